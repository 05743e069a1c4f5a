/*
 * segments.h - in which order the rows of several maps were written into one leaf.
 *
 * Shape     runs of rows of one map; a run ends at row number `upto`.  Needed where several
 *           maps feed an entity: a row itself does not say which map it came from.
 * Limits    SEGMENTS_MAX runs (ERROR_LIMIT).
 */
#ifndef HMS_LOAD_SEGMENTS_H
#define HMS_LOAD_SEGMENTS_H

#include "core/arena.h"
#include "core/pg.h"

enum { SEGMENTS_MAX = 4000000 };

struct segment {
    const char *map;
    uint64_t upto;
};

struct segments {
    struct segment *at;
    size_t count;
    size_t size;
    uint64_t rows;
    struct arena arena;
};

void segments_add(struct segments *segments, const char *map, uint64_t rows);
/* Into mig.segment. */
bool segments_save(const struct segments *segments, struct pg *pg, int run_id,
                   const char *entity, int lane, struct error *err) MUST_CHECK;
void segments_release(struct segments *segments);

#endif
