/*
 * step_unicode.c - steps that need the tables of Unicode.
 */
#include "transform/icu.h"
#include "transform/step_cell.h"

static void upper_cell(const struct step_cell *at)
{
    cell_put(at->cell, icu_upper(cell_text(*at->cell), cell_arena(at)));
}

static void lower_cell(const struct step_cell *at)
{
    cell_put(at->cell, icu_lower(cell_text(*at->cell), cell_arena(at)));
}

static void title_cell(const struct step_cell *at)
{
    cell_put(at->cell, icu_title(cell_text(*at->cell), cell_arena(at)));
}

static void nfc_cell(const struct step_cell *at)
{
    cell_put(at->cell, icu_normalize(ICU_NFC, cell_text(*at->cell), cell_arena(at)));
}

static void nfkc_cell(const struct step_cell *at)
{
    cell_put(at->cell, icu_normalize(ICU_NFKC, cell_text(*at->cell), cell_arena(at)));
}

STEP_RUN_TEXT(upper)
STEP_RUN_TEXT(lower)
STEP_RUN_TEXT(title)
STEP_RUN_TEXT(nfc)
STEP_RUN_TEXT(nfkc)

const struct step_impl step_unicode_impls[] = {
    {"upper", NULL, upper_run, NULL}, {"lower", NULL, lower_run, NULL},
    {"title", NULL, title_run, NULL}, {"nfc", NULL, nfc_run, NULL},
    {"nfkc", NULL, nfkc_run, NULL},   {0},
};
