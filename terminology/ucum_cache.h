/*
 * ucum_cache.h - units that were read before: a table of results has millions of values in a
 * hundred units.
 *
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

struct ucum_parsed {
    enum ucum_fault fault;
    bool counts_charge; /* eq stands in it: UCUM reads an equivalent as a mole */
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

#endif
