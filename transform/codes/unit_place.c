/* unit_place.c - a unit as a point on a logarithmic scale that mass and amount share. */
#include "terminology/molar_mass.h"
#include "transform/codes/unit_pool.h"

#include <math.h>
#include <stdio.h>

static const double avogadro = 6.02214076e23;

/* Grams become moles, equivalents become moles, where the analyte is known. */
static bool to_moles(struct ucum_unit *unit, const struct molar_mass *analyte, bool is_charge,
                     double *per_unit)
{
    if (unit->mol == 1) {
        *per_unit -= log(avogadro);
        if (is_charge) {
            *per_unit -= analyte->charge > 0 ? log(analyte->charge) : 0;
            return analyte->charge > 0;
        }
    } else if (unit->mol == 0 && unit->dim[UCUM_MASS] == 1 && unit->narbitrary == 0 &&
               analyte->grams > 0) {
        *per_unit -= log(analyte->grams);
        unit->dim[UCUM_MASS] = 0;
        unit->mol = 1;
    }
    return true;
}

bool unit_place(struct ucum_cache *units, struct text component, struct text unit,
                double *per_unit, char kind[64])
{
    const struct ucum_parsed *parsed = ucum_cache_find(units, unit);
    struct molar_mass analyte = {0};
    struct ucum_unit counted;
    int used = 0;

    if (parsed->fault != UCUM_OK || parsed->unit.special != NULL) {
        return false;
    }
    (void)molar_mass_find(component, &analyte);
    counted = parsed->unit;
    *per_unit = log((double)counted.factor);
    if (!to_moles(&counted, &analyte, (parsed->marks & UCUM_CHARGE) != 0, per_unit)) {
        return false;
    }
    used = snprintf(kind, 64, "m%d", counted.mol);
    for (int i = 0; i < UCUM_BASES; i++) {
        used += snprintf(kind + used, 64 - (size_t)used, ",%d", counted.dim[i]);
    }
    for (int i = 0; i < counted.narbitrary; i++) {
        used += snprintf(kind + used, used < 64 ? 64 - (size_t)used : 0, "a%u^%d",
                         counted.arbitrary[i].atom, counted.arbitrary[i].exponent);
        if (used >= 64) {
            return false;
        }
    }
    return isfinite(*per_unit);
}
