/*
 * unit_gate.h - does what a laboratory calls a unit fit its code, and its values?
 *
 * Test      one local test: source code and text, LOINC code and unit, with all its numbers.
 * Property  the LOINC code's PROPERTY against the dimension of the unit.
 * Values    medians and quartiles, on a logarithmic scale, in one unit, against
 *             - those of other tests of the same component, system and time (any organisation;
 *               of mass and amount alike, by the molar mass),
 *             - what is usual (unit_expect.c),
 *             - the reference ranges that the rows themselves carry.
 *           The middle one of these judges, so that one wrong laboratory among others is found
 *           and does not drag them along.  Where the values are far away, and would be where
 *           they belong if they were in another unit, that unit is named.
 * Few       tests of fewer than UNIT_GATE_ROWS_MIN numbers are compared with nothing, and of fewer
 *           than UNIT_GATE_SHOWN_MIN nothing is said at all.
 * Sample    of an organisation with more than `sample` results about so many are read, those with the lowest ids: ids
 *           are hashes, so that is as good as drawing lots, and the same each time.  A test with
 *           few results may then be among the Few.
 * Privacy   medians and counts, no value of a person.
 * Not seen  units on scales of their own (Cel, pH), ratios without dimension that differ in name
 *           only, and a swap that changes less than a factor of UNIT_GATE_FACTOR_MIN.
 */
#ifndef HMS_TRANSFORM_UNIT_GATE_H
#define HMS_TRANSFORM_UNIT_GATE_H

#include "core/pg.h"
#include "terminology/loinc_convert.h"

enum {
    UNIT_GATE_ROWS_MIN = 20,
    UNIT_GATE_SHOWN_MIN = 5,
    UNIT_GATE_TESTS_MAX = 200000,
    UNIT_GATE_SAMPLE = 2000000
};
#define UNIT_GATE_FACTOR_MIN 1.7

/* constant, name in output, what it says */
#define UNIT_FAULT_LIST(X)                                                                     \
    X(UNIT_NOT_UCUM, "unknown", "not a unit of UCUM")                                          \
    X(UNIT_MISSING, "missing", "numbers without a unit")                                       \
    X(UNIT_OF_OTHER_PROPERTY, "property", "the unit goes with another property")               \
    X(UNIT_SWAPPED, "swapped", "the values are those of another unit")                         \
    X(UNIT_OFF_RANGE, "range", "values and reference ranges are in different units")           \
    X(UNIT_FAR, "far", "the values are far from those of other such tests")

enum unit_fault {
#define X(fault, name, text) fault,
    UNIT_FAULT_LIST(X)
#undef X
};

enum { UNIT_LOW, UNIT_MEDIAN, UNIT_HIGH, UNIT_QUANTILES }; /* quartiles and median */

struct unit_test {
    const char *organisation;
    const char *source_code;
    const char *source_text;
    const char *code; /* LOINC */
    const char *unit; /* UCUM, or what was written where that is not known; "" */
    uint64_t rows;    /* that were read */
    double values[UNIT_QUANTILES];
    double range[2]; /* medians of what the rows say; 0: they say nothing */
};

struct unit_finding {
    enum unit_fault fault;
    const struct unit_test *test;
    const char *looks_like; /* unit, or "" */
    double expected;        /* median in the unit that it is labelled with; 0: nothing said */
};

const char *unit_fault_name(enum unit_fault fault);
const char *unit_fault_text(enum unit_fault fault);

struct unit_gate {
    struct pg *pg;
    const struct code_pack *loinc;
    struct ucum_cache *units;
    const char *organisation; /* whose tests are judged; all are compared with. NULL: all */
    uint64_t sample;          /* UNIT_GATE_SAMPLE */
    void (*found)(const struct unit_finding *finding, void *context);
    void *context;
    double share;   /* of the results that were read, where it was least */
    uint64_t tests; /* judged */
    uint64_t rows;
};

bool unit_gate_run(struct unit_gate *gate, struct error *err) MUST_CHECK;

#endif
