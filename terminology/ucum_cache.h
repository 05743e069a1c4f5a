/*
 * ucum_cache.h - units that were read before: a table of results has millions of values in a
 * hundred units.
 *
 * Marks     to UCUM an annotation says nothing, and mol/mol is a number like %.  Both say what a value
 *           means, so it is noted, and ucum_cache_conflict() tells what keeps two units from being
 *           converted by a factor.
 * Limits    UCUM_CACHE_MAX units are kept; those beyond are read anew each time.
 * Lifetime  a parsed unit lives until ucum_cache_release(), the one that did not fit until the
 *           next look-up.
 * Threads   one.
 */
#ifndef HMS_TERMINOLOGY_UCUM_CACHE_H
#define HMS_TERMINOLOGY_UCUM_CACHE_H

#include "core/strmap.h"
#include "terminology/ucum.h"

enum { UCUM_CACHE_MAX = 10000, UCUM_EXPRESSION_MAX = 256 };

enum ucum_mark {
    UCUM_LOG = 1,     /* {Log_copies}/mL */
    UCUM_BODY = 2,    /* mL/min/{1.73_m2}: per body surface */
    UCUM_FEU = 4,     /* ng/mL{FEU}: fibrinogen equivalents */
    UCUM_DDU = 8,     /* ng/mL{DDU}: D-dimer units, about half of them */
    UCUM_CHARGE = 16, /* eq stands in it: UCUM reads an equivalent as a mole */
    UCUM_MOLES = 32,  /* mol, kat or U stands in it, if only in mmol/mol */
};

struct ucum_parsed {
    enum ucum_fault fault;
    unsigned marks;
    struct ucum_unit unit;
};

struct ucum_cache {
    const struct ucum *ucum;
    struct strmap units;
    struct ucum_parsed other;
};

void ucum_cache_init(struct ucum_cache *cache, const struct ucum *ucum);
void ucum_cache_release(struct ucum_cache *cache);
const struct ucum_parsed *ucum_cache_find(struct ucum_cache *cache, struct text expression);
/* Why no factor leads from one to the other although UCUM has one; NULL: nothing.  Without
 * UCUM_CHARGE and UCUM_MOLES, which the analyte and the property settle where they are known. */
const char *ucum_cache_conflict(const struct ucum_parsed *from, const struct ucum_parsed *to);

#endif
