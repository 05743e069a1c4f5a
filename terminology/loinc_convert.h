/*
 * loinc_convert.h - a result of one LOINC code and unit as another unit, with the code that then
 * is right.
 *
 * Rule      a value in mg/dL has the property MCnc, in mmol/L it has SCnc, and a code of LOINC has
 *           one property: so a conversion from mass to amount changes the code, to the one of
 *           the same component, system, time, scale and method.  None, or more than one:
 *           refused.  A conversion inside a property keeps the code.
 * Molar     masses and charges are of terminology/molar_mass.h; an equivalent is 1/charge mole.
 * Refused   with a reason in words: what cannot be known is not computed.
 * Threads   one: the siblings are indexed when they are first asked for.
 */
#ifndef HMS_TERMINOLOGY_LOINC_CONVERT_H
#define HMS_TERMINOLOGY_LOINC_CONVERT_H

#include "terminology/code_pack.h"
#include "terminology/property_unit.h"

struct loinc_converter {
    const struct code_pack *pack;
    struct ucum_cache *units;
    struct strmap siblings; /* axes -> row + 1, 0: several */
    bool has_siblings;
};

struct loinc_value {
    struct text code;
    struct text unit; /* UCUM */
    ucum_real value;
};

void loinc_converter_init(struct loinc_converter *converter, const struct code_pack *pack,
                          struct ucum_cache *units);
void loinc_converter_release(struct loinc_converter *converter);
/* `out->unit` says the unit that is wanted; its code and value are set, the code's text the
 * pack's.  False: `*why` is the reason. */
bool loinc_convert(struct loinc_converter *converter, const struct loinc_value *from,
                   struct loinc_value *out, const char **why);

#endif
