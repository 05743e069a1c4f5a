/*
 * catalogue.h - the entities of the store one is connected to: columns and references.
 *
 * Source    the server's own catalogue, mig.entity and mig.reference.
 * Shape     columns as in a tuple, run_id left out.  References in the order in which load
 * checks them: required ones first, those to the entity itself last. Ownership the catalogue
 * owns all it returns.
 */
#ifndef HMS_LOAD_CATALOGUE_H
#define HMS_LOAD_CATALOGUE_H

#include "core/arena.h"
#include "core/pg.h"

struct catalogue_reference {
    const char *column;
    const char *parent;
    bool required;
};

struct catalogue_entity {
    const char *name;
    const char **columns;
    uint32_t ncolumns;
    struct catalogue_reference *references;
    size_t nreferences;
};

struct catalogue {
    struct catalogue_entity *entities;
    size_t count;
    struct arena arena;
};

bool catalogue_load(struct catalogue *catalogue, struct pg *pg, struct error *err) MUST_CHECK;
void catalogue_release(struct catalogue *catalogue);
/* Index of the entity, or -1. */
int catalogue_find(const struct catalogue *catalogue, const char *name);

#endif
