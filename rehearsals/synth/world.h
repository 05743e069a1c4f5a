/*
 * world.h - the size and the seed of one organisation's synthetic world, and the small numbers
 * that grow with it.
 *
 * Law       every fact is a function of (seed, organisation, number); nothing is kept.
 *           Patients are numbered from 0; the things of patient n have numbers made of n, so
 *           that they do not move when the dump grows.
 * Time      days since 1970-01-01 and minutes since 1970-01-01T00:00, wall clock of the
 *           organisation.
 */
#ifndef HMS_REHEARSALS_SYNTH_WORLD_H
#define HMS_REHEARSALS_SYNTH_WORLD_H

#include "rehearsals/synth/draw.h"

enum org_number {
    ORG_SHARED, /* facts of people who are known in several organisations */
    ORG_NORTHGATE,
    ORG_LINDENHOF,
    ORG_ALNOOR,
    ORG_RIVERSIDE,
    ORG_STMARY,
    ORG_END,
};

/* The calendar of the synthetic world: all care lies between these days. */
enum {
    DAY_FIRST_BIRTH = -16436, /* 1925-01-01 */
    DAY_LAST_BIRTH = 16070,   /* 2013-12-31 */
    DAY_FIRST_CARE = 16071,   /* 2014-01-01 */
    DAY_LAST_CARE = 19890,    /* 2024-06-16 */
    DAY_FIRST_DEATH = 19950,  /* 2024-08-15 */
    DAY_MINUTES = 1440,
};

struct world {
    uint64_t seed;
    enum org_number org;
    uint64_t npatients;
    uint64_t nresults;
};

/* How many there were when patient n came; what patient n refers to is below these. */
static inline uint32_t world_practitioners(uint64_t n)
{
    return (uint32_t)(20 + n / 100);
}

static inline uint32_t world_items(uint64_t n)
{
    return (uint32_t)(50 + n / 200);
}

static inline struct draw world_draw(const struct world *world, enum draw_what what,
                                     uint64_t number)
{
    return draw_of(world->seed, world->org, what, number);
}

#endif
