#include "terminology/property_unit.h"

/* PROPERTY, units of the dimensions it may have, the property in moles or grams.  [arb'U] stands
 * for any arbitrary unit. */
static const struct {
    const char *property;
    const char *units;
    const char *molar;
} properties[] = {
    {"MCnc", "g/L", "SCnc"},
    {"SCnc", "mol/L", "MCnc"},
    {"MSCnc", "g/L mol/L", NULL},
    {"NCnc", "/L [CFU]/L [PFU]/L", NULL},
    {"CCnc", "kat/L [arb'U]/L", NULL},
    {"ACnc", "[arb'U]/L kat/L /L [arb'U] 1", NULL},
    {"RlMCnc", "1", NULL},
    {"RelMCnc", "1", NULL},
    {"RlSCnc", "1", NULL},
    {"RlACnc", "1 [arb'U]/L", NULL},
    {"RelACnc", "1 [arb'U]/L", NULL},
    {"RlCCnc", "1", NULL},
    {"LsCnc", "[pH] 1", NULL},
    {"MCnt", "g/g", "SCnt"},
    {"SCnt", "mol/g", "MCnt"},
    {"CCnt", "kat/g [arb'U]/g", NULL},
    {"ACnt", "[arb'U]/g kat/g /g 1", NULL},
    {"NCnt", "/g [CFU]/g", NULL},
    {"MRat", "g/s", "SRat"},
    {"SRat", "mol/s", "MRat"},
    {"CRat", "kat/s [arb'U]/s kat", NULL},
    {"ARat", "[arb'U]/s kat/s kat", NULL},
    {"NRat", "/s", NULL},
    {"VRat", "m3/s", NULL},
    {"ArVRat", "m3/s m/s", NULL},
    {"ArVolRt", "m3/s m/s", NULL},
    {"ArVol", "m3 m", NULL},
    {"MFr", "1", NULL},
    {"NFr", "1", NULL},
    {"VFr", "1", NULL},
    {"SFr", "1", NULL},
    {"CFr", "1", NULL},
    {"AFr", "1", NULL},
    {"SatFr", "1", NULL},
    {"LenFr", "1", NULL},
    {"TmFr", "1", NULL},
    {"RelRto", "1", NULL},
    {"RelTime", "1", NULL},
    {"RlTm", "1", NULL},
    {"Prctl", "1", NULL},
    {"NRto", "1", NULL},
    {"VRto", "1", NULL},
    {"LenRto", "1", NULL},
    {"VelRto", "1", NULL},
    {"MRto", "1 g/mol", NULL},
    {"SRto", "1 mol/g", NULL},
    {"MCrto", "1 g/mol", "ScRto"},
    {"ScRto", "1 mol/g", "MCrto"},
    {"CCrto", "kat/g kat/mol [arb'U]/g [arb'U]/mol", NULL},
    {"Time", "s", NULL},
    {"TmDf", "s", NULL},
    {"Temp", "K Cel [degF]", NULL},
    {"Len", "m", NULL},
    {"EntLen", "m", NULL},
    {"Area", "m2", NULL},
    {"EntArea", "m2", NULL},
    {"Vol", "m3", NULL},
    {"EntVol", "m3", NULL},
    {"Mass", "g", NULL},
    {"EntMass", "g", "EntSub"},
    {"EntSub", "mol", "EntMass"},
    {"Num", "1", NULL},
    {"Naric", "1 /m2", NULL},
    {"NAric", "1 /m2", NULL},
    {"Pres", "Pa", NULL},
    {"PPres", "Pa", NULL},
    {"Vel", "m/s", NULL},
    {"Angle", "rad", NULL},
    {"Freq", "/s", NULL},
    {"Elpot", "V", NULL},
    {"Osmol", "osm/kg osm/L", NULL},
    {"InvLen", "/m", NULL},
};

static bool same_dimension(const struct ucum_unit *unit, const struct ucum_unit *pattern,
                           bool any_arbitrary)
{
    if (memcmp(unit->dim, pattern->dim, sizeof(unit->dim)) != 0 || unit->mol != pattern->mol ||
        (unit->special != NULL) != (pattern->special != NULL)) {
        return false;
    }
    if (any_arbitrary) {
        return unit->narbitrary > 0;
    }
    return unit->narbitrary == pattern->narbitrary &&
           memcmp(unit->arbitrary, pattern->arbitrary,
                  pattern->narbitrary * sizeof(pattern->arbitrary[0])) == 0;
}

/* The table's units are those of UCUM; a smaller one may not have them all. */
static bool fits_one(struct ucum_cache *cache, struct text word, const struct ucum_unit *unit)
{
    const struct ucum_parsed *pattern = ucum_cache_find(cache, word);
    bool any_arbitrary = memmem(word.at, word.len, "[arb'U]", 7) != NULL;

    return pattern->fault == UCUM_OK && same_dimension(unit, &pattern->unit, any_arbitrary);
}

/* mmol/mol is a number, but no fraction of masses: 53 mmol/mol of hemoglobin A1c are 7 %. */
static bool is_fraction_of_moles(const struct ucum_unit *unit, unsigned marks,
                                 struct text property)
{
    return unit->mol == 0 && (marks & UCUM_MOLES) != 0 && property.at[0] == 'M' &&
           property.at[1] != 'S';
}

enum property_fit property_fits(struct ucum_cache *cache, struct text property,
                                const struct ucum_parsed *unit)
{
    struct ucum_unit asked = unit->unit; /* a look-up may end the life of `unit` */
    unsigned marks = unit->marks;
    const char *list = NULL;

    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
        if (text_equal_nocase(property, text_of(properties[i].property))) {
            list = properties[i].units;
        }
    }
    if (list == NULL || unit->fault != UCUM_OK) {
        return PROPERTY_UNJUDGED;
    }
    if ((marks & UCUM_LOG) != 0 || is_fraction_of_moles(&asked, marks, property)) {
        return PROPERTY_CONFLICTS;
    }
    while (*list != '\0') {
        size_t len = strcspn(list, " ");
        if (fits_one(cache, (struct text){list, len}, &asked)) {
            return PROPERTY_FITS;
        }
        list += len + strspn(list + len, " ");
    }
    return PROPERTY_CONFLICTS;
}

const char *property_molar(struct text property)
{
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
        if (text_equal_nocase(property, text_of(properties[i].property))) {
            return properties[i].molar;
        }
    }
    return NULL;
}
