/*
 * catalog.h - the tests, diagnoses, drugs and services that the synthetic organisations know,
 * under their standard codes and under the codes each organisation made up.
 *
 * Source    LOINC codes and names of common tests (loinc.org), ATC codes of common drugs
 *           (whocc.no), ICD-10 and ICD-9-CM codes of common diagnoses; a few dozen of each, all
 *           checked against the official tables.
 */
#ifndef HMS_REHEARSALS_SYNTH_CATALOG_H
#define HMS_REHEARSALS_SYNTH_CATALOG_H

#include <stddef.h>
#include <stdint.h>

enum {
    CATALOG_TESTS = 40,
    CATALOG_DIAGNOSES = 36,
    CATALOG_DRUGS = 28,
    CATALOG_SUBSTANCES = 12,
    CATALOG_PAYERS = 8,
    CATALOG_SPECIALTIES = 10,
    CATALOG_SERVICES = 16,
    CATALOG_SUPPLIES = 12,
    CATALOG_LOCATIONS = 14,
};

struct catalog_test {
    const char *loinc;
    const char *name;
    const char *unit; /* UCUM; "" for tests that answer in words */
    int32_t low;      /* normal range, in units of 10^-decimals */
    int32_t high;
    int decimals;
    const char *specimen;
    const char *code_de; /* lindenhof's */
    const char *name_de;
    const char *unit_de;
    const char *unit_us; /* riverside's */
};

struct catalog_diagnosis {
    const char *icd10; /* with dot */
    const char *icd9;  /* with dot */
    const char *text;
    const char *text_de;
};

struct catalog_drug {
    const char *atc;
    const char *name;
    int32_t dose_tenths;
    const char *unit; /* mg g ug U */
    uint32_t route;   /* 0 oral, 1 intravenous, 2 subcutaneous, 3 inhaled */
};

struct catalog_substance {
    const char *code;
    const char *name;
    const char *name_de;
    const char *reaction;
    const char *reaction_de;
};

struct catalog_service {
    const char *code;
    const char *name;
    const char *name_de;
    int32_t cents;
};

enum location_kind {
    LOCATION_SITE,
    LOCATION_WARD,
    LOCATION_CLINIC,
    LOCATION_LAB,
    LOCATION_STORE,
    LOCATION_THEATRE,
};

struct catalog_location {
    const char *name;
    const char *name_de;
    const char *name_ar;
    enum location_kind kind;
};

/* Words of tests without a unit, from normal to not. */
enum { CATALOG_WORDS = 3 };

extern const struct catalog_test catalog_tests[CATALOG_TESTS];
extern const struct catalog_diagnosis catalog_diagnoses[CATALOG_DIAGNOSES];
extern const struct catalog_drug catalog_drugs[CATALOG_DRUGS];
extern const struct catalog_substance catalog_substances[CATALOG_SUBSTANCES];
extern const struct catalog_service catalog_services[CATALOG_SERVICES];
extern const struct catalog_location catalog_locations[CATALOG_LOCATIONS];
extern const char *const catalog_words[CATALOG_WORDS];
extern const char *const catalog_words_de[CATALOG_WORDS];
extern const char *const catalog_specialties[CATALOG_SPECIALTIES];
extern const char *const catalog_specialties_de[CATALOG_SPECIALTIES];
extern const char *const catalog_supplies[CATALOG_SUPPLIES];
extern const char *const catalog_supplies_de[CATALOG_SUPPLIES];
extern const char *const catalog_payers[CATALOG_PAYERS];
extern const char *const catalog_payers_de[CATALOG_PAYERS];
/* 0 public, 1 private, 2 self */
extern const uint8_t catalog_payer_kinds[CATALOG_PAYERS];

#endif
