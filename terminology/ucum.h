/*
 * ucum.h - the Unified Code for Units of Measure: reads unit expressions, compares and converts.
 *
 * Source    ucum-essence.xml (ucum.org), read by ucum_new(); the language is that of "The
 *           Unified Code for Units of Measure", version 2.2, sections 1 to 22.
 * Shape     a unit is a factor times powers of the seven base units (m s g rad K C cd), times
 *           powers of arbitrary units, each of which is its own dimension ([IU] is never [arb'U]).
 *           Units on a scale with a function (Cel, [pH], B[V]) stand alone, with a prefix at
 *           most.  Annotations in braces mean nothing.  The empty expression is unity.
 * Moles     are a number (6.02214076e23) in UCUM; `mol` counts them beside, so that mass and
 *           amount can be told apart and joined by a molar mass.
 * Case      sensitive codes (c/s) only.
 * Threads   read-only after loading.
 */
#ifndef HMS_TERMINOLOGY_UCUM_H
#define HMS_TERMINOLOGY_UCUM_H

#include "core/error.h"
#include "terminology/ucum_real.h"

enum { UCUM_BASES = 7, UCUM_MASS = 2, UCUM_ARBITRARY_MAX = 4, UCUM_DEPTH_MAX = 32 };

/* fault, what it says */
#define UCUM_FAULT_LIST(X)                                                                     \
    X(UCUM_OK, "valid")                                                                        \
    X(UCUM_BAD_BYTE, "a byte that no unit may hold")                                           \
    X(UCUM_NO_TERM, "a unit is missing here")                                                  \
    X(UCUM_NO_OPERATOR, "'.' or '/' is missing here")                                          \
    X(UCUM_UNKNOWN, "no such unit")                                                            \
    X(UCUM_NOT_METRIC, "this unit takes no prefix")                                            \
    X(UCUM_OPEN, "a bracket or brace is not closed")                                           \
    X(UCUM_SPECIAL, "a unit on a scale of its own cannot be multiplied, divided or raised")    \
    X(UCUM_RANGE, "a number or exponent is out of range")                                      \
    X(UCUM_DEEP, "brackets are nested too deeply")

enum ucum_fault {
#define X(fault, text) fault,
    UCUM_FAULT_LIST(X)
#undef X
};

const char *ucum_fault_text(enum ucum_fault fault);

struct ucum;
struct ucum_atom;

struct ucum_arbitrary {
    uint16_t atom;
    int16_t exponent;
};

struct ucum_unit {
    ucum_real factor; /* in base units; of a special unit: what its prefix says */
    int16_t dim[UCUM_BASES];
    int16_t mol;
    uint8_t narbitrary;
    struct ucum_arbitrary arbitrary[UCUM_ARBITRARY_MAX]; /* sorted by atom */
    const struct ucum_atom *special;                     /* the tables' */
};

/* From the text of ucum-essence.xml; NULL and ERROR_SOURCE when that is damaged. */
struct ucum *ucum_new(struct text essence, struct error *err);
void ucum_free(struct ucum *ucum);
const char *ucum_version(const struct ucum *ucum);
size_t ucum_count(const struct ucum *ucum); /* base units and units */
/* Code and name of unit `index`; they live as long as the tables. */
struct text ucum_code(const struct ucum *ucum, size_t index);
struct text ucum_name(const struct ucum *ucum, size_t index);

/* `*at` is the place of a fault, may be NULL. */
enum ucum_fault ucum_read(const struct ucum *ucum, struct text expression,
                          struct ucum_unit *out, size_t *at) MUST_CHECK;
/* "mg/dL" as "(milligram) / (deciliter)". */
enum ucum_fault ucum_describe(const struct ucum *ucum, struct text expression,
                              struct strbuf *out) MUST_CHECK;

bool ucum_is_commensurable(const struct ucum_unit *a, const struct ucum_unit *b);
/* False when they are not commensurable, or the value is outside the function of a scale. */
bool ucum_convert(const struct ucum_unit *from, const struct ucum_unit *to, ucum_real value,
                  ucum_real *out) MUST_CHECK;
/* The same where one side counts grams and the other moles; molar mass in g/mol, above 0. */
struct ucum_conversion {
    const struct ucum_unit *from;
    const struct ucum_unit *to;
    ucum_real molar_mass;
};
bool ucum_convert_molar(const struct ucum *ucum, const struct ucum_conversion *how,
                        ucum_real value, ucum_real *out) MUST_CHECK;
/* Products of units; false when one is special or the result is out of range. */
bool ucum_multiply(struct ucum_unit *into, const struct ucum_unit *by) MUST_CHECK;
bool ucum_divide(struct ucum_unit *into, const struct ucum_unit *by) MUST_CHECK;

#endif
