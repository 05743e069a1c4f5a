/*
 * ucum_table.h - what ucum-essence.xml says, for the files of ucum.h only.
 *
 * Shape     an array of atoms in the file's order and a hash from code to place.
 * Limits    UCUM_ATOMS_MAX units, UCUM_PREFIXES_MAX prefixes, UCUM_DEFINITION_MAX bytes a text.
 */
#ifndef HMS_TERMINOLOGY_UCUM_TABLE_H
#define HMS_TERMINOLOGY_UCUM_TABLE_H

#include "core/strmap.h"
#include "terminology/ucum.h"

enum { UCUM_ATOMS_MAX = 2000, UCUM_PREFIXES_MAX = 64, UCUM_DEFINITION_MAX = 256 };

/* function's name in the file, constant */
#define UCUM_FUNCTION_LIST(X)                                                                  \
    X("Cel", UCUM_CELSIUS)                                                                     \
    X("degF", UCUM_FAHRENHEIT)                                                                 \
    X("degRe", UCUM_REAUMUR)                                                                   \
    X("pH", UCUM_MINUS_LG)                                                                     \
    X("ln", UCUM_LN)                                                                           \
    X("lg", UCUM_LG)                                                                           \
    X("lgTimes2", UCUM_LG_TIMES_2)                                                             \
    X("ld", UCUM_LD)                                                                           \
    X("tanTimes100", UCUM_TAN_100)                                                             \
    X("100tan", UCUM_TAN_100_DEGREES)                                                          \
    X("hpX", UCUM_HP_10)                                                                       \
    X("hpC", UCUM_HP_100)                                                                      \
    X("hpM", UCUM_HP_1000)                                                                     \
    X("hpQ", UCUM_HP_50000)                                                                    \
    X("sqrt", UCUM_SQRT)

enum ucum_function {
    UCUM_NO_FUNCTION,
#define X(name, function) function,
    UCUM_FUNCTION_LIST(X)
#undef X
};

struct ucum_atom {
    struct text code;
    struct text name;
    struct text definition; /* unit of the value */
    ucum_real value;
    enum ucum_function function;
    bool is_metric;
    bool is_arbitrary;
    bool is_special;
    bool is_resolved;
    struct ucum_unit unit; /* of a special one: the unit its function leads to */
};

struct ucum_prefix {
    struct text code;
    struct text name;
    ucum_real value;
};

struct ucum {
    struct ucum_atom *atoms;
    size_t natoms;
    size_t nbases;
    struct ucum_prefix prefixes[UCUM_PREFIXES_MAX];
    size_t nprefixes;
    struct strmap by_code;
    struct arena arena;
    char *version;
};

/* Unity. */
struct ucum_unit ucum_unit_one(void);
/* into *= by ^ sign; false: out of range. */
bool ucum_unit_multiply(struct ucum_unit *into, const struct ucum_unit *by, int sign);
bool ucum_unit_raise(struct ucum_unit *unit, int exponent);

#endif
