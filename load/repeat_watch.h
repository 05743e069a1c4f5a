/*
 * repeat_watch.h - which ids of a leaf may have come twice, known before its key is built.
 *
 * Shape     Bloom filters of one cache line a row (F. Putze and others, "Cache-, hash- and space-
 *           efficient Bloom filters", 2007); when one is full a larger one is put in front.  Ids
 *           are hashes already, so their own bits choose line and bits.
 * Answer    every id that comes twice is a suspect, and of the others about one in a thousand; the
 *           server then looks at the suspects alone (mig.take_repeats).  Over SUSPECTS_MAX, or rows
 *           in the largest filter beyond its room, the watch gives up and the server looks at all.
 * Memory    2 to 4 bytes a row, at most 88 MB a leaf.
 */
#ifndef HMS_LOAD_REPEAT_WATCH_H
#define HMS_LOAD_REPEAT_WATCH_H

#include "core/pg.h"
#include "core/strbuf.h"

enum { REPEAT_FILTERS = 6, SUSPECTS_MAX = 200000 };

struct repeat_filter {
    uint64_t *lines; /* of eight words */
    uint64_t nlines; /* a power of two */
    uint64_t rows;
};

struct repeat_watch {
    struct repeat_filter filters[REPEAT_FILTERS];
    int nfilters;
    struct strbuf suspects; /* as an array of PostgreSQL */
    uint64_t nsuspects;
    bool gave_up;
};

/* Canonical tuples, whose first field is the id. */
void repeat_watch_add(struct repeat_watch *watch, struct text tuples);
/* Into mig.suspect. */
bool repeat_watch_save(const struct repeat_watch *watch, struct pg *pg, int run_id,
                       const char *entity, int lane, struct error *err) MUST_CHECK;
void repeat_watch_release(struct repeat_watch *watch);

#endif
