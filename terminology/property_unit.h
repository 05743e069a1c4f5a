/*
 * property_unit.h - which units go with which PROPERTY of LOINC.
 *
 * Source    LOINC Users' Guide, properties: "mass concentration" is a mass over a volume.  Each
 *           property is given by units of its dimension, in UCUM.
 * Wide      where laboratories differ in good faith: activities are written in units, in
 *           katals and in international units; an arbitrary concentration may be an index.
 * Marks     a logarithm ({Log_copies}/mL) goes with none of these properties, and a fraction of
 *           moles (mmol/mol) with no property of masses.
 * Unjudged  properties that are no quantity (Prid, Find), and those that say too little (Ratio).
 */
#ifndef HMS_TERMINOLOGY_PROPERTY_UNIT_H
#define HMS_TERMINOLOGY_PROPERTY_UNIT_H

#include "terminology/ucum_cache.h"

enum property_fit { PROPERTY_UNJUDGED, PROPERTY_FITS, PROPERTY_CONFLICTS };

/* `unit` was read by the same cache. */
enum property_fit property_fits(struct ucum_cache *cache, struct text property,
                                const struct ucum_parsed *unit);
/* The property that counts the same in moles instead of grams, or grams instead of moles;
 * NULL: none. */
const char *property_molar(struct text property);

#endif
