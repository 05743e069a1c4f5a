#include "terminology/molar_mass.h"

#include <math.h>
#include <stdlib.h>

static const struct {
    char symbol[3];
    double weight;
} elements[] = {
    {"H", 1.008},   {"Li", 6.94},   {"B", 10.81},   {"C", 12.011},  {"N", 14.007},
    {"O", 15.999},  {"F", 18.998},  {"Na", 22.990}, {"Mg", 24.305}, {"Al", 26.982},
    {"Si", 28.085}, {"P", 30.974},  {"S", 32.06},   {"Cl", 35.45},  {"K", 39.098},
    {"Ca", 40.078}, {"V", 50.942},  {"Cr", 51.996}, {"Mn", 54.938}, {"Fe", 55.845},
    {"Co", 58.933}, {"Ni", 58.693}, {"Cu", 63.546}, {"Zn", 65.38},  {"As", 74.922},
    {"Se", 78.971}, {"Br", 79.904}, {"Mo", 95.95},  {"Ag", 107.87}, {"Cd", 112.41},
    {"Sb", 121.76}, {"I", 126.90},  {"Ba", 137.33}, {"Au", 196.97}, {"Hg", 200.59},
    {"Tl", 204.38}, {"Pb", 207.2},  {"Bi", 208.98},
};

/* Names of LOINC in lower case, without what stands behind '.' or '^'. */
static const struct {
    const char *component;
    const char *formula;
    int charge;
} analytes[] = {
    /* ions and elements */
    {"sodium", "Na", 1},
    {"potassium", "K", 1},
    {"chloride", "Cl", 1},
    {"lithium", "Li", 1},
    {"calcium", "Ca", 2},
    {"magnesium", "Mg", 2},
    {"bicarbonate", "CHO3", 1},
    {"carbon dioxide", "CO2", 1},
    {"phosphate", "P", 0},
    {"phosphorus", "P", 0},
    {"fluoride", "F", 1},
    {"bromide", "Br", 1},
    {"iodine", "I", 0},
    {"iron", "Fe", 0},
    {"copper", "Cu", 0},
    {"zinc", "Zn", 0},
    {"selenium", "Se", 0},
    {"manganese", "Mn", 0},
    {"chromium", "Cr", 0},
    {"cobalt", "Co", 0},
    {"nickel", "Ni", 0},
    {"aluminum", "Al", 0},
    {"arsenic", "As", 0},
    {"cadmium", "Cd", 0},
    {"lead", "Pb", 0},
    {"mercury", "Hg", 0},
    {"thallium", "Tl", 0},
    {"molybdenum", "Mo", 0},
    {"vanadium", "V", 0},
    {"antimony", "Sb", 0},
    /* metabolites */
    {"glucose", "C6H12O6", 0},
    {"galactose", "C6H12O6", 0},
    {"fructose", "C6H12O6", 0},
    {"lactose", "C12H22O11", 0},
    {"creatinine", "C4H7N3O", 0},
    {"creatine", "C4H9N3O2", 0},
    {"urea", "CH4N2O", 0},
    {"urea nitrogen", "N2", 0},
    {"urate", "C5H4N4O3", 0},
    {"uric acid", "C5H4N4O3", 0},
    {"xanthine", "C5H4N4O2", 0},
    {"bilirubin", "C33H36N4O6", 0},
    {"ammonia", "NH3", 0},
    {"lactate", "C3H6O3", 0},
    {"pyruvate", "C3H4O3", 0},
    {"beta hydroxybutyrate", "C4H8O3", 0},
    {"acetoacetate", "C4H6O3", 0},
    {"acetone", "C3H6O", 0},
    {"citrate", "C6H8O7", 0},
    {"oxalate", "C2H2O4", 0},
    {"methylmalonate", "C4H6O4", 0},
    {"orotate", "C5H4N2O4", 0},
    {"cholesterol", "C27H46O", 0},
    {"triglyceride", "C57H104O6", 0},
    {"carnitine", "C7H15NO3", 0},
    {"homocysteine", "C4H9NO2S", 0},
    {"cystine", "C6H12N2O4S2", 0},
    {"cysteine", "C3H7NO2S", 0},
    {"phenylalanine", "C9H11NO2", 0},
    {"tyrosine", "C9H11NO3", 0},
    {"tryptophan", "C11H12N2O2", 0},
    {"leucine", "C6H13NO2", 0},
    {"isoleucine", "C6H13NO2", 0},
    {"valine", "C5H11NO2", 0},
    {"methionine", "C5H11NO2S", 0},
    {"alanine", "C3H7NO2", 0},
    {"glycine", "C2H5NO2", 0},
    {"glutamine", "C5H10N2O3", 0},
    {"glutamate", "C5H9NO4", 0},
    {"arginine", "C6H14N4O2", 0},
    {"citrulline", "C6H13N3O3", 0},
    {"ornithine", "C5H12N2O2", 0},
    {"lysine", "C6H14N2O2", 0},
    {"hemoglobin", "C738.5H1127N195O201.5S3Fe", 0}, /* the mean of its two kinds of chain */
    /* vitamins */
    {"cobalamins", "C63H88CoN14O14P", 0},
    {"cobalamin (vitamin b12)", "C63H88CoN14O14P", 0},
    {"folate", "C19H19N7O6", 0},
    {"calcidiol", "C27H44O2", 0},
    {"25-hydroxyvitamin d3", "C27H44O2", 0},
    {"25-hydroxyvitamin d", "C27H44O2", 0},
    {"25-hydroxyvitamin d2", "C28H44O2", 0},
    {"calcitriol", "C27H44O3", 0},
    {"retinol", "C20H30O", 0},
    {"alpha tocopherol", "C29H50O2", 0},
    {"ascorbate", "C6H8O6", 0},
    {"pyridoxal phosphate", "C8H10NO6P", 0},
    {"carotene", "C40H56", 0},
    /* hormones and amines */
    {"cortisol", "C21H30O5", 0},
    {"cortisone", "C21H28O5", 0},
    {"aldosterone", "C21H28O5", 0},
    {"testosterone", "C19H28O2", 0},
    {"estradiol", "C18H24O2", 0},
    {"estriol", "C18H24O3", 0},
    {"estrone", "C18H22O2", 0},
    {"progesterone", "C21H30O2", 0},
    {"17-hydroxyprogesterone", "C21H30O3", 0},
    {"androstenedione", "C19H26O2", 0},
    {"dehydroepiandrosterone", "C19H28O2", 0},
    {"dehydroepiandrosterone sulfate", "C19H28O5S", 0},
    {"thyroxine", "C15H11I4NO4", 0},
    {"triiodothyronine", "C15H12I3NO4", 0},
    {"c peptide", "C129H211N35O48", 0},
    {"epinephrine", "C9H13NO3", 0},
    {"norepinephrine", "C8H11NO3", 0},
    {"dopamine", "C8H11NO2", 0},
    {"metanephrine", "C10H15NO3", 0},
    {"normetanephrine", "C9H13NO3", 0},
    {"vanillylmandelate", "C9H10O5", 0},
    {"homovanillate", "C9H10O4", 0},
    {"5-hydroxyindoleacetate", "C10H9NO3", 0},
    {"serotonin", "C10H12N2O", 0},
    {"histamine", "C5H9N3", 0},
    /* drugs and poisons */
    {"acetaminophen", "C8H9NO2", 0},
    {"salicylates", "C7H6O3", 0},
    {"salicylate", "C7H6O3", 0},
    {"ethanol", "C2H6O", 0},
    {"methanol", "CH4O", 0},
    {"isopropanol", "C3H8O", 0},
    {"ethylene glycol", "C2H6O2", 0},
    {"digoxin", "C41H64O14", 0},
    {"phenytoin", "C15H12N2O2", 0},
    {"carbamazepine", "C15H12N2O", 0},
    {"valproate", "C8H16O2", 0},
    {"phenobarbital", "C12H12N2O3", 0},
    {"lamotrigine", "C9H7Cl2N5", 0},
    {"levetiracetam", "C8H14N2O2", 0},
    {"ethosuximide", "C7H11NO2", 0},
    {"theophylline", "C7H8N4O2", 0},
    {"caffeine", "C8H10N4O2", 0},
    {"lidocaine", "C14H22N2O", 0},
    {"methotrexate", "C20H22N8O5", 0},
    {"vancomycin", "C66H75Cl2N9O24", 0},
    {"amikacin", "C22H43N5O13", 0},
    {"tobramycin", "C18H37N5O9", 0},
    {"tacrolimus", "C44H69NO12", 0},
    {"sirolimus", "C51H79NO13", 0},
    {"cyclosporine", "C62H111N11O12", 0},
    {"amitriptyline", "C20H23N", 0},
    {"nortriptyline", "C19H21N", 0},
    {"clozapine", "C18H19ClN4", 0},
};

static double weight_of(const char *symbol, size_t len)
{
    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
        if (strlen(elements[i].symbol) == len && memcmp(elements[i].symbol, symbol, len) == 0) {
            return elements[i].weight;
        }
    }
    return NAN;
}

/* "6", "201.5" or nothing, which is 1. */
static double take_count(const char **at)
{
    char *end = NULL;
    double count = **at >= '0' && **at <= '9' ? strtod(*at, &end) : 1;

    *at = end == NULL ? *at : end;
    return count;
}

double molar_mass_of(const char *formula)
{
    double sum = 0;

    for (const char *at = formula; *at != '\0';) {
        size_t len = at[1] >= 'a' && at[1] <= 'z' ? 2 : 1;
        double weight = weight_of(at, len);
        at += len;
        sum += weight * take_count(&at);
    }
    return isnan(sum) ? 0 : sum;
}

static bool find(struct text name, struct molar_mass *out)
{
    for (size_t i = 0; i < sizeof(analytes) / sizeof(analytes[0]); i++) {
        if (text_equal_nocase(name, text_of(analytes[i].component))) {
            *out = (struct molar_mass){.formula = analytes[i].formula,
                                       .grams = molar_mass_of(analytes[i].formula),
                                       .charge = analytes[i].charge};
            return true;
        }
    }
    return false;
}

static struct text up_to(struct text text, char byte)
{
    const char *end = text.len == 0 ? NULL : memchr(text.at, byte, text.len);

    return text_trim(end == NULL ? text : (struct text){text.at, (size_t)(end - text.at)});
}

bool molar_mass_find(struct text component, struct molar_mass *out)
{
    struct text name = up_to(component, '^');

    if (name.len == 0 || name.len > MOLAR_COMPONENT_MAX ||
        memchr(name.at, '/', name.len) != NULL || memchr(name.at, '+', name.len) != NULL) {
        return false;
    }
    return find(name, out) || find(up_to(name, '.'), out);
}
