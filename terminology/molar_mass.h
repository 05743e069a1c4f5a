/*
 * molar_mass.h - how heavy a mole of an analyte is, and how many charges it carries.
 *
 * Source    each row of the table is a chemical formula, of our own knowledge; masses are
 *           computed from it with the abridged standard atomic weights of IUPAC (2021).
 * Analytes  are COMPONENTs of LOINC, compared without case: what stands behind '^' is a
 *           condition, what stands behind '.' a fraction of the same substance ("Calcium.ionized"),
 *           and neither changes the mass.  A ratio ("A/B") and a sum ("A+B") have none.
 * Counted   as laboratories count, not as chemists would: phosphate as phosphorus, urea nitrogen
 *           as the two nitrogens of a urea, hemoglobin as a chain with its iron,
 *           triglyceride as triolein.
 * Not here  proteins whose mass depends on who purified them, mixtures, and international units.
 */
#ifndef HMS_TERMINOLOGY_MOLAR_MASS_H
#define HMS_TERMINOLOGY_MOLAR_MASS_H

#include "core/text.h"

struct molar_mass {
    const char *formula;
    double grams; /* of a mole */
    int charge;   /* equivalents of a mole; 0: it has none */
};

enum { MOLAR_COMPONENT_MAX = 64 };

bool molar_mass_find(struct text component, struct molar_mass *out);
/* Of a formula such as "C6H12O6"; 0: it is none. */
double molar_mass_of(const char *formula);

#endif
