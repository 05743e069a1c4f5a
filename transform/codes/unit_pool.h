/*
 * unit_pool.h - local tests that may be compared, and what their values are expected to be.
 *
 * Pool      tests whose LOINC codes share component, system and time, and whose units count the
 *           same thing (mass and amount of an analyte of known molar mass are the same thing).
 *           Numbers are compared as logarithms in one unit of the pool.
 * Expected  the middle of the other tests of the pool and of what is usual (unit_expect.c); a
 *           laboratory has one voice, what is usual has one and a half: it outvotes one
 *           laboratory, and not two that agree.
 * Limits    the first 256 tests of a pool are asked.
 */
#ifndef HMS_TRANSFORM_UNIT_POOL_H
#define HMS_TRANSFORM_UNIT_POOL_H

#include "core/strmap.h"
#include "transform/codes/unit_gate.h"

/* A test and where it stands among others. */
struct unit_point {
    struct unit_test test;
    uint32_t row;    /* of the pack */
    uint32_t pool;   /* tests that may be compared have the same number */
    bool is_placed;  /* it has a pool and the numbers below */
    double per_unit; /* logarithm of one unit, in the unit of the pool */
    double logs[UNIT_QUANTILES];
};

struct unit_points {
    struct unit_point *at;
    size_t count;
    struct arena arena;
};

/* unit_gate_read.c: one row a test, of all organisations that are loaded; gate->share is set. */
bool unit_points_read(struct unit_points *points, struct unit_gate *gate,
                      struct error *err) MUST_CHECK;
void unit_points_release(struct unit_points *points);

/* unit_expect.c: what is usual for an analyte in blood: the middle of its range and half its
 * width, as logarithms of moles, grams or what else the unit counts, by liter. */
struct unit_usual {
    const char *unit;
    double low;
    double high;
};
bool unit_expect(struct text component, struct text system, struct unit_usual *out);

/* unit_place.c: the logarithm of one `unit` in moles where the analyte's mass is known, in base
 * units otherwise; and a word for what is counted, so that only likes are compared. */
bool unit_place(struct ucum_cache *units, struct text component, struct text unit,
                double *per_unit, char kind[64]);

struct pool_member {
    uint32_t pool;
    uint32_t point;
};

/* Zero but for the gate; released by unit_pools_release(). */
struct unit_pools {
    struct unit_gate *gate;
    struct unit_points points;
    struct strmap numbers;       /* axes and kind of unit -> number of the pool */
    struct pool_member *members; /* by pool */
    size_t nmembers;
};

/* As logarithms. */
struct unit_expected {
    double median;
    double spread; /* of one standard deviation */
    double weight;
};

/* unit_pool.c: reads the tests and puts each into its pool. */
bool unit_pools_read(struct unit_pools *pools, struct error *err) MUST_CHECK;
void unit_pools_release(struct unit_pools *pools);
/* An axis of the test's LOINC code, such as PROPERTY. */
struct text unit_axis(const struct unit_pools *pools, const struct unit_point *point,
                      const char *name);
/* The pool of a test if it were in that unit; NULL: it is in none. */
struct strmap_entry *unit_pool_of(struct unit_pools *pools, const struct unit_point *point,
                                  const char *unit, double *per_unit);
/* False: nothing is known of such values. */
bool unit_pool_expect(struct unit_pools *pools, const struct unit_point *point, uint32_t pool,
                      struct unit_expected *out);

#endif
