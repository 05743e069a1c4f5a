/*
 * step_code.c - the shape of standard codes.  Whether a code exists is a matter of terminology
 * packs; what is checked here is what can be known without one.
 */
#include "terminology/code_form.h"
#include "terminology/code_loinc.h"
#include "terminology/excel_damage.h"
#include "transform/check_digit.h"
#include "transform/digit.h"
#include "transform/step_cell.h"

static const char rule_format[] = "code.format";
static const char rule_check[] = "code.check";

static void code_refuse(const struct step_cell *at)
{
    bool is_damaged = excel_damage_of(cell_text(*at->cell)) != EXCEL_SOUND;

    cell_refuse(at, is_damaged ? "code.excel" : rule_format);
}

/* The code in capitals and with its dot. */
static void code_cell(const struct step_cell *at, enum code_dialect dialect)
{
    char normal[CODE_FORM_MAX];
    char dotted[CODE_FORM_MAX];
    struct text code = code_normal(dialect, cell_text(*at->cell), normal);

    if (code.len == 0) {
        code_refuse(at);
    } else {
        cell_put(at->cell, arena_copy(cell_arena(at), code_dotted(dialect, code, dotted)));
    }
}

static void icd10_cell(const struct step_cell *at)
{
    code_cell(at, CODE_ICD10);
}

static void icd10cm_cell(const struct step_cell *at)
{
    code_cell(at, CODE_ICD10CM);
}

static void icd9_cell(const struct step_cell *at)
{
    code_cell(at, CODE_ICD9CM);
}

static void atc_cell(const struct step_cell *at)
{
    code_cell(at, CODE_ATC);
}

STEP_RUN_WORD(icd10)
STEP_RUN_WORD(icd10cm)
STEP_RUN_WORD(icd9)
STEP_RUN_WORD(atc)

static void loinc_cell(const struct step_cell *at)
{
    struct text code = cell_text(*at->cell);
    char normal[CODE_FORM_MAX];

    if (code_normal(CODE_LOINC, code, normal).len == 0) {
        code_refuse(at);
    } else if (!code_loinc_digit_is_right(code)) {
        cell_refuse(at, rule_check);
    }
}

STEP_RUN_WORD(loinc)

/* 6 to 18 digits; the two before the check digit say what it is: x0 concept, x1 description,
 * x2 relationship, with x 0 (core) or 1 (extension). */
static void snomed_cell(const struct step_cell *at)
{
    struct text code = cell_text(*at->cell);
    bool shape = code.len >= 6 && code.len <= 18 && code.at[0] != '0';

    for (size_t i = 0; shape && i < code.len; i++) {
        shape = digit_is_ascii(code.at[i]);
    }
    if (!shape || code.at[code.len - 3] > '1' || code.at[code.len - 2] > '2') {
        code_refuse(at);
    } else if (!check_verhoeff(code)) {
        cell_refuse(at, rule_check);
    }
}

STEP_RUN_WORD(snomed)

const struct step_impl step_code_impls[] = {
    {"icd10", NULL, icd10_run, NULL},
    {"icd10cm", NULL, icd10cm_run, NULL},
    {"icd9", NULL, icd9_run, NULL},
    {"loinc", NULL, loinc_run, NULL},
    {"atc", NULL, atc_run, NULL},
    {"snomed", NULL, snomed_run, NULL},
    {0},
};
