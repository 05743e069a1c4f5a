/*
 * step_unit.c - units of measurement and of money.
 */
#include "core/strmap.h"
#include "terminology/unit_spelling.h"
#include "transform/step_cell.h"

enum { UNITS_MAX = 4096 };

/* Spellings that came before: a column of results has a hundred of them, a million times.  Empty
 * text: not known. */
struct unit_memory {
    struct strmap seen;
    struct arena arena;
};

static void unit_release(struct step *step)
{
    struct unit_memory *memory = step->data;

    strmap_release(&memory->seen);
    arena_release(&memory->arena);
    free(memory);
}

static bool unit_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct unit_memory *memory = xcalloc(1, sizeof(*memory));

    (void)env;
    (void)err;
    strmap_init(&memory->seen, UNITS_MAX);
    step->data = memory;
    return true;
}

static struct text unit_of(struct unit_memory *memory, struct text written, struct arena *arena)
{
    struct strmap_entry *entry = strmap_find(&memory->seen, written);
    char ucum[UNIT_SPELLING_MAX];

    if (entry != NULL) {
        return entry->text;
    }
    entry = written.len <= UNIT_SPELLING_MAX ? strmap_put(&memory->seen, written) : NULL;
    if (entry == NULL) {
        return text_of(arena_strdup(arena, unit_spelling(written, ucum)));
    }
    entry->text = text_of(arena_strdup(&memory->arena, unit_spelling(written, ucum)));
    return entry->text;
}

/* "{anything}" is UCUM: an annotation. */
static bool is_annotation(struct text unit)
{
    return unit.len > 2 && unit.at[0] == '{' &&
           memchr(unit.at, '}', unit.len) == unit.at + unit.len - 1;
}

static void unit_run(const struct step *step, struct step_frame *frame)
{
    struct unit_memory *memory = step->data;

    for (int value = 0; value < frame->nvalues; value++) {
        for (uint32_t row = 0; row < frame->nrows; row++) {
            struct cell *cell = &frame->values[value][row];
            struct step_cell at = {memory, frame, row, cell};
            struct text written = cell_trimmed(cell);
            struct text ucum;
            if (frame->bad[row] != NULL || cell->state != CELL_TEXT) {
                continue;
            }
            ucum = unit_of(memory, written, frame->arena);
            cell_put(cell, ucum.len > 0 ? ucum : written);
            if (ucum.len == 0 && written.len > 0 && !is_annotation(written)) {
                cell_flag(&at, "unit.unknown");
            }
        }
    }
}

/* ISO 4217, list one, 2024: codes in use, funds and metals left out. */
static const char currencies[] =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN "
    "BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS "
    "KHR "
    "KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
    "MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF "
    "SAR "
    "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD "
    "TZS "
    "UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL";

static void currency_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);

    for (const char *code = currencies; in.len == 3; code += 4) {
        if (text_equal_nocase(in, (struct text){code, 3})) {
            cell_put(at->cell, (struct text){code, 3});
            return;
        }
        if (code[3] == '\0') {
            break;
        }
    }
    cell_refuse(at, "currency.unknown");
}

STEP_RUN_WORD(currency)

const struct step_impl step_unit_impls[] = {
    {"unit", unit_compile, unit_run, unit_release},
    {"currency", NULL, currency_run, NULL},
    {0},
};
