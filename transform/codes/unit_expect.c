/*
 * unit_expect.c - what values of patients usually are, for the common tests of blood.
 *
 * Source    adult reference intervals of general medical knowledge, rounded outwards; they only
 *           have to tell factors of two and more apart, and never judge a person's value.
 */
#include "transform/codes/unit_pool.h"

static const struct {
    const char *component;
    struct unit_usual usual;
} tests[] = {
    {"glucose", {"mmol/L", 3.9, 9}},
    {"creatinine", {"umol/L", 50, 130}},
    {"urea", {"mmol/L", 2.5, 9}},
    {"urea nitrogen", {"mmol/L", 2.5, 9}},
    {"urate", {"umol/L", 180, 450}},
    {"sodium", {"mmol/L", 135, 146}},
    {"potassium", {"mmol/L", 3.5, 5.1}},
    {"chloride", {"mmol/L", 96, 108}},
    {"bicarbonate", {"mmol/L", 21, 30}},
    {"carbon dioxide", {"mmol/L", 21, 30}},
    {"calcium", {"mmol/L", 2.1, 2.6}},
    {"calcium.ionized", {"mmol/L", 1.1, 1.35}},
    {"magnesium", {"mmol/L", 0.65, 1.05}},
    {"phosphate", {"mmol/L", 0.8, 1.5}},
    {"iron", {"umol/L", 7, 30}},
    {"bilirubin", {"umol/L", 4, 22}},
    {"bilirubin.total", {"umol/L", 4, 22}},
    {"bilirubin.direct", {"umol/L", 1, 6}},
    {"bilirubin.glucuronidated+bilirubin.albumin bound", {"umol/L", 1, 6}},
    {"albumin", {"g/L", 32, 50}},
    {"protein", {"g/L", 60, 83}},
    {"cholesterol", {"mmol/L", 3.3, 6.2}},
    {"cholesterol.in hdl", {"mmol/L", 0.9, 1.9}},
    {"cholesterol.in ldl", {"mmol/L", 1.6, 4.2}},
    {"triglyceride", {"mmol/L", 0.6, 2.5}},
    {"lactate", {"mmol/L", 0.5, 2.2}},
    {"ammonia", {"umol/L", 12, 50}},
    {"hemoglobin", {"mmol/L", 7, 10.9}},
    {"alanine aminotransferase", {"U/L", 8, 50}},
    {"aspartate aminotransferase", {"U/L", 10, 45}},
    {"alkaline phosphatase", {"U/L", 40, 130}},
    {"gamma glutamyl transferase", {"U/L", 8, 65}},
    {"lactate dehydrogenase", {"U/L", 120, 280}},
    {"creatine kinase", {"U/L", 35, 220}},
    {"amylase", {"U/L", 28, 110}},
    {"c reactive protein", {"mg/L", 0.5, 20}},
    {"thyrotropin", {"m[IU]/L", 0.4, 4.5}},
    {"thyroxine.free", {"pmol/L", 9, 24}},
    {"triiodothyronine.free", {"pmol/L", 3, 7}},
    {"cobalamins", {"pmol/L", 140, 700}},
    {"cobalamin (vitamin b12)", {"pmol/L", 140, 700}},
    {"folate", {"nmol/L", 6, 45}},
    {"ferritin", {"ug/L", 15, 350}},
    {"25-hydroxyvitamin d3+25-hydroxyvitamin d2", {"ug/L", 10, 60}},
    {"calcidiol", {"nmol/L", 25, 150}},
    {"cortisol", {"nmol/L", 100, 600}},
    {"leukocytes", {"10*9/L", 4, 11}},
    {"erythrocytes", {"10*12/L", 3.7, 5.8}},
    {"platelets", {"10*9/L", 150, 400}},
    {"neutrophils", {"10*9/L", 1.8, 7.5}},
    {"lymphocytes", {"10*9/L", 1, 4}},
    {"hematocrit", {"%", 34, 50}},
    {"erythrocyte mean corpuscular volume", {"fL", 80, 99}},
    {"erythrocyte mean corpuscular hemoglobin", {"pg", 26, 33}},
    {"hemoglobin a1c/hemoglobin.total", {"%", 4.5, 8.5}},
    {"coagulation tissue factor induced", {"s", 10, 15}},
    {"fibrinogen", {"g/L", 1.8, 4.5}},
};

/* Of urine and other fluids nothing is usual. */
static bool is_blood(struct text system)
{
    static const char *const begins[] = {"Ser", "Plas", "Bld", "RBC"};

    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        size_t len = strlen(begins[i]);
        if (system.len >= len && memcmp(system.at, begins[i], len) == 0) {
            return true;
        }
    }
    return false;
}

bool unit_expect(struct text component, struct text system, struct unit_usual *out)
{
    const char *end = component.len == 0 ? NULL : memchr(component.at, '^', component.len);

    if (end != NULL) {
        component.len = (size_t)(end - component.at);
    }
    for (size_t i = 0; is_blood(system) && i < sizeof(tests) / sizeof(tests[0]); i++) {
        if (text_equal_nocase(text_trim(component), text_of(tests[i].component))) {
            *out = tests[i].usual;
            return true;
        }
    }
    return false;
}
