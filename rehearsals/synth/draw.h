/*
 * draw.h - random numbers that are computed from what they are for, not from what was drawn
 * before: the n-th patient is the same whatever the size of the dump, and nothing is kept.
 *
 * Source    SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
 *           OOPSLA 2014), started from a hash of (seed, organisation, what, number).
 */
#ifndef HMS_REHEARSALS_SYNTH_DRAW_H
#define HMS_REHEARSALS_SYNTH_DRAW_H

#include <stdbool.h>
#include <stdint.h>

/* What the numbers are for; a new word goes to the end, or every dump changes. */
enum draw_what {
    DRAW_MEMBER,
    DRAW_PERSON,
    DRAW_TWIN,
    DRAW_RECORD,
    DRAW_PRACTITIONER,
    DRAW_ENCOUNTERS,
    DRAW_ENCOUNTER,
    DRAW_DIAGNOSIS,
    DRAW_LAB_ORDERS,
    DRAW_LAB_ORDER,
    DRAW_MED_ORDERS,
    DRAW_MED_ORDER,
    DRAW_RESULT,
    DRAW_ALLERGIES,
    DRAW_ALLERGY,
    DRAW_CLAIMS,
    DRAW_CLAIM,
    DRAW_ITEM,
    DRAW_MOVES,
    DRAW_MOVE,
    DRAW_RENDER,
};

struct draw {
    uint64_t state;
};

static inline uint64_t draw_mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static inline struct draw draw_of(uint64_t seed, uint32_t org, enum draw_what what,
                                  uint64_t number)
{
    uint64_t place = ((uint64_t)org << 32 | (uint64_t)what) + UINT64_C(0x9e3779b97f4a7c15);

    return (struct draw){draw_mix(draw_mix(seed ^ draw_mix(place)) + number)};
}

static inline uint64_t draw_next(struct draw *draw)
{
    draw->state += UINT64_C(0x9e3779b97f4a7c15);
    return draw_mix(draw->state);
}

/* 0 .. n-1; n at least 1. */
static inline uint32_t draw_below(struct draw *draw, uint32_t n)
{
    return (uint32_t)(((draw_next(draw) >> 32) * n) >> 32);
}

static inline int32_t draw_between(struct draw *draw, int32_t low, int32_t high)
{
    return low + (int32_t)draw_below(draw, (uint32_t)(high - low) + 1);
}

static inline bool draw_chance(struct draw *draw, uint32_t permille)
{
    return draw_below(draw, 1000) < permille;
}

#endif
