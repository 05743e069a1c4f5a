/*
 * load_plan.h - what one load brings: which entities, in how many lanes, from which files.
 *
 * Shape     one entry for each entity of the catalogue.  An entity whose rows come, or that is
 *           referenced by one that does, is loaded; the others are left alone.  A leaf is an
 *           entity and a lane.
 * Errors    ERROR_CONFIG when a table of the stage was made for another organisation or another
 *           version of the schema.
 */
#ifndef HMS_LOAD_LOAD_PLAN_H
#define HMS_LOAD_LOAD_PLAN_H

#include "core/batch_file.h"
#include "load/catalogue.h"

enum { LANES_MAX = 8, LEAF_NAME_MAX = 128 };

struct load_plan_entity {
    uint8_t lanes; /* 0: not loaded */
    uint64_t rows[LANES_MAX];
};

struct load_plan {
    const struct catalogue *catalogue;
    const char *organisation;
    int32_t org_id;
    int run_id;
    struct load_plan_entity *entities; /* as in the catalogue */
    size_t nfiles;
    char **files;  /* paths */
    bool **within; /* within[file][entity]: that file holds rows of it */
};

void load_plan_init(struct load_plan *plan, const struct catalogue *catalogue,
                    const char *organisation);
void load_plan_release(struct load_plan *plan);
size_t load_plan_add_file(struct load_plan *plan, const char *path); /* its index */
/* A T block: `*entity` is its index in the catalogue. */
bool load_plan_add_table(struct load_plan *plan, const struct batch_table *table, int *entity,
                         struct error *err) MUST_CHECK;
/* After the last table: adds the entities that are only referenced. */
void load_plan_add_parents(struct load_plan *plan);

/* <entity>__<org> or <entity>__<org>__<lane> */
void load_plan_leaf_name(const struct load_plan *plan, int entity, int lane,
                         char out[LEAF_NAME_MAX]);
/* COPY aside.LEAF (columns) FROM STDIN (FORMAT binary, FREEZE), to be free()d. */
char *load_plan_copy_sql(const struct load_plan *plan, struct pg *pg, int entity, int lane);

#endif
