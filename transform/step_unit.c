/*
 * step_unit.c - units of measurement and of money.
 */
#include "core/strmap.h"
#include "transform/step_cell.h"

enum { UNIT_BYTES_MAX = 32, UNITS_MAX = 1024 };

/*
 * UCUM unit, then how laboratories write it, separated by spaces.  Spellings are compared
 * without case and spaces, with U+00B5 and U+03BC as u, and with U+00B2, U+00B3, U+2079 ... as
 * digits; a UCUM unit itself is compared as it stands first.
 */
static const char *const units[][2] = {
    {"g/L", "g/l gm/l gr/l"},
    {"g/dL", "g/dl gm/dl g% gm% g/100ml"},
    {"mg/L", "mg/l"},
    {"mg/dL", "mg/dl mg% mg/100ml mgs/dl"},
    {"ug/L", "ug/l mcg/l"},
    {"ug/dL", "ug/dl mcg/dl ug%"},
    {"ug/mL", "ug/ml mcg/ml"},
    {"ng/mL", "ng/ml"},
    {"ng/dL", "ng/dl"},
    {"ng/L", "ng/l"},
    {"pg/mL", "pg/ml"},
    {"pg", "pg pg/cell"},
    {"mmol/L", "mmol/l mmoles/l"},
    {"umol/L", "umol/l mcmol/l"},
    {"nmol/L", "nmol/l"},
    {"pmol/L", "pmol/l"},
    {"mol/L", "mol/l"},
    {"meq/L", "meq/l mval/l"},
    {"mosm/kg", "mosm/kg mosmol/kg"},
    {"mg/mmol", "mg/mmol"},
    {"mg/g", "mg/g mg/gcr mg/gkrea"},
    {"mmol/mol", "mmol/mol"},
    {"U/L", "u/l e/l ul-1 units/l"},
    {"kU/L", "ku/l"},
    {"mU/L", "mu/l"},
    {"[IU]/L", "iu/l ui/l ie/l"},
    {"k[IU]/L", "kiu/l"},
    {"m[IU]/L", "miu/l mie/l uiu/ml"},
    {"m[IU]/mL", "miu/ml mie/ml"},
    {"[IU]/mL", "iu/ml ie/ml"},
    {"[IU]", "iu ie ui"},
    {"U", "u e units"},
    {"ukat/L", "ukat/l"},
    {"10*9/L", "10^9/l 109/l 10e9/l 10**9/l x10^9/l x109/l x10e9/l gpt/l giga/l"},
    {"10*12/L", "10^12/l 1012/l 10e12/l 10**12/l x10^12/l x1012/l x10e12/l tpt/l t/l tera/l"},
    {"10*3/uL", "10^3/ul 103/ul 10e3/ul 10**3/ul x10^3/ul x103/ul x10e3/ul k/ul thou/ul "
                "k/cumm thousand/ul tsd/ul"},
    {"10*6/uL", "10^6/ul 106/ul 10e6/ul 10**6/ul x10^6/ul x106/ul x10e6/ul m/ul mio/ul mill/ul "
                "million/ul m/cumm"},
    {"/uL", "/ul 1/ul cells/ul cells/cumm /cumm /mm3 cells/mm3"},
    {"/[HPF]", "/hpf hpf"},
    {"/[LPF]", "/lpf lpf"},
    {"%", "% percent pct prozent vol%"},
    {"fL", "fl cu.mic. cumicron um3"},
    {"mm/h", "mm/h mm/hr mm/hour mm/1hr mm/std"},
    {"s", "s sec secs second seconds sek"},
    {"min", "min mins minute minutes"},
    {"h", "h hr hrs hour hours std"},
    {"d", "d day days tag tage"},
    {"wk", "wk week weeks"},
    {"mo", "mo month months"},
    {"a", "a yr yrs year years y"},
    {"mL/min", "ml/min"},
    {"mL/min/{1.73_m2}",
     "ml/min/1.73m2 ml/min/1,73m2 ml/min/{1.73_m2} ml/min/1.73 ml/min/1.73sqm"},
    {"mL", "ml cc"},
    {"L", "l liter litre ltr"},
    {"dL", "dl"},
    {"L/min", "l/min lpm"},
    {"uL", "ul"},
    {"kg", "kg kgs kilogram kilograms"},
    {"g", "g gm gms gram grams gr"},
    {"mg", "mg mgs milligram milligrams"},
    {"ug", "ug mcg microgram micrograms"},
    {"ng", "ng"},
    {"[lb_av]", "lb lbs pound pounds"},
    {"[oz_av]", "oz ounce ounces"},
    {"m", "m meter metre"},
    {"cm", "cm cms centimeter centimetre"},
    {"mm", "mm millimeter millimetre"},
    {"[in_i]", "in inch inches"},
    {"kg/m2", "kg/m2 kg/m^2 kg/sqm"},
    {"m2", "m2 sqm"},
    {"mm[Hg]", "mmhg mm[hg] torr"},
    {"kPa", "kpa"},
    {"cm[H2O]", "cmh2o cm[h2o]"},
    {"Cel", "c \u00B0c degc celsius cel deg_c"},
    {"[degF]", "f \u00B0f degf fahrenheit"},
    {"/min", "/min 1/min bpm beats/min breaths/min {beats}/min {breaths}/min"},
    {"1", "1 ratio {ratio} index"},
    {"{INR}", "inr {inr}"},
    {"{score}", "score {score}"},
    {"{nominal}", "{nominal} nominal"},
    {"[pH]", "ph [ph]"},
    {"mV", "mv"},
    {"kcal", "kcal"},
    {"meq", "meq"},
    {"mmol", "mmol"},
    {"ug/mg", "ug/mg mcg/mg"},
    {"mg/kg", "mg/kg"},
    {"mg/h", "mg/h mg/hr"},
    {"ug/h", "ug/h mcg/h mcg/hr"},
    {"{tbl}", "tab tabs tablet tablets tbl tabl. {tbl}"},
    {"{capsule}", "cap caps capsule capsules kaps {capsule}"},
};

/* Giga (cells) in some countries and grams, typed in capitals, in others: nobody but the source
 * can say. */
static const char *const ambiguous[] = {"G/L", "G/l"};

struct glyph {
    const char *written;
    char plain;
};

static const struct glyph glyphs[] = {
    {"\u00B5", 'u'}, {"\u03BC", 'u'}, {"\u00B2", '2'}, {"\u00B3", '3'},
    {"\u2076", '6'}, {"\u2079", '9'}, {"\u00D7", 'x'}, {"\u2215", '/'},
};

/* The spelling without case, spaces and unusual glyphs; empty when it does not fit. */
static struct text unit_fold(struct text in, char out[UNIT_BYTES_MAX])
{
    size_t used = 0;

    for (size_t i = 0; i < in.len;) {
        char byte = in.at[i];
        size_t width = 1;
        for (size_t g = 0; (byte & 0x80) != 0 && g < sizeof(glyphs) / sizeof(glyphs[0]); g++) {
            size_t len = strlen(glyphs[g].written);
            if (len <= in.len - i && memcmp(in.at + i, glyphs[g].written, len) == 0) {
                byte = glyphs[g].plain;
                width = len;
                break;
            }
        }
        i += width;
        if (byte == ' ') {
            continue;
        }
        if (used == UNIT_BYTES_MAX) {
            return (struct text){"", 0};
        }
        out[used++] = (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
    }
    return (struct text){out, used};
}

struct unit_map {
    struct strmap exact;  /* UCUM as it stands */
    struct strmap folded; /* other spellings */
};

static void unit_release(struct step *step)
{
    struct unit_map *map = step->data;

    strmap_release(&map->exact);
    strmap_release(&map->folded);
    free(map);
}

static bool unit_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct unit_map *map = xcalloc(1, sizeof(*map));

    (void)env;
    (void)err;
    step->data = map;
    strmap_init(&map->exact, UNITS_MAX);
    strmap_init(&map->folded, UNITS_MAX);
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        const char *list = units[i][1];
        strmap_put(&map->exact, text_of(units[i][0]))->text = text_of(units[i][0]);
        while (*list != '\0') {
            size_t len = strcspn(list, " ");
            char folded[UNIT_BYTES_MAX];
            struct text key = unit_fold((struct text){list, len}, folded);
            strmap_put(&map->folded, key)->text = text_of(units[i][0]);
            list += len + strspn(list + len, " ");
        }
    }
    return true;
}

static bool is_ambiguous(struct text unit)
{
    for (size_t i = 0; i < sizeof(ambiguous) / sizeof(ambiguous[0]); i++) {
        if (text_is(unit, ambiguous[i])) {
            return true;
        }
    }
    return false;
}

/* "{anything}" is UCUM: an annotation. */
static bool is_annotation(struct text unit)
{
    return unit.len > 2 && unit.at[0] == '{' &&
           memchr(unit.at, '}', unit.len) == unit.at + unit.len - 1;
}

static void unit_cell(const struct step_cell *at)
{
    const struct unit_map *map = at->data;
    struct text in = cell_text(*at->cell);
    struct strmap_entry *entry = strmap_find(&map->exact, in);
    char folded[UNIT_BYTES_MAX];

    if (entry == NULL && !is_ambiguous(in)) {
        entry = strmap_find(&map->folded, unit_fold(in, folded));
    }
    if (entry != NULL) {
        cell_put(at->cell, entry->text);
    } else if (!is_annotation(in)) {
        cell_flag(at, "unit.unknown");
    }
}

STEP_RUN_WORD(unit)

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
