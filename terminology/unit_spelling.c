#include "terminology/unit_spelling.h"

#include <stdio.h>

enum { PARTS_MAX = 4 };

/* UCUM, then how it is written, folded, separated by blanks. */
struct spelling {
    const char *ucum;
    const char *words;
};

static const struct spelling wholes[] = {
    {"%", "% percent pct prozent vol% por_ciento pourcent"},
    {"[ppth]", "promille \u2030"},
    {"[ppm]", "ppm"},
    {"g/dL", "g% gm% gms% gr%"},
    {"mg/dL", "mg% mgs% mgm% mg/100"},
    {"ug/dL", "ug% mcg%"},
    {"mm/h", "mm/1hr mm/1sthr mm/1h mm1hr mm1h mm/1.h mm/1sthour mminthe1sthour mm/1ststd"},
    {"mm[Hg]", "mmhg mm[hg] mm.hg torr"},
    {"cm[H2O]", "cmh2o cm[h2o] cmwater"},
    {"kPa", "kpa"},
    {"bar", "bar"},
    {"mbar", "mbar"},
    {"Cel", "c \u00B0c degc cel celsius deg_c degreec degreescelsius gradc"},
    {"[degF]", "f \u00B0f degf fahrenheit [degf]"},
    {"/min", "bpm beats/min breaths/min {beats}/min {breaths}/min schlage/min"},
    {"1", "1 ratio {ratio} index quotient none"},
    {"{INR}", "inr {inr}"},
    {"{score}", "score {score} points punkte"},
    {"{nominal}", "{nominal} nominal"},
    {"{titer}", "titer titre {titer} dilution"},
    {"{s_co_ratio}", "s/co s/coratio {s_co_ratio}"},
    {"[pH]", "ph [ph] phunits"},
    {"mV", "mv"},
    {"dB", "db"},
    {"kcal", "kcal"},
    {"kg/m2", "kg/m2 kg/m^2 kg/sqm kg/qm"},
    {"pg", "pg/cell pg/zelle"},
    {"fL", "fl cu.mic. cumicron um3 cu.micron cub.micron"},
    {"{tbl}", "tab tabs tablet tablets tbl tabl. tablette tabletten comprime comprimido {tbl}"},
    {"{capsule}", "cap caps capsule capsules kaps kapsel kapseln gelule {capsule}"},
    {"{ampule}", "amp ampule ampoule ampulle ampullen"},
    {"{drop}", "drop drops gtt tropfen gouttes"},
    {"{puff}", "puff puffs hub huebe"},
    {"[lb_av]", "lb lbs pound pounds"},
    {"[oz_av]", "oz ounce ounces"},
    {"[in_i]", "in inch inches zoll"},
    {"[ft_i]", "ft foot feet"},
    {"[cin_i]", "cuin"},
    {"[Ch]", "fr ch french charriere"},
};

static const struct spelling numerators[] = {
    {"kg", "kg kgs kilogram kilograms kilogramm"},
    {"g", "g gm gms gram grams gr gramm gramme grammes gramo \u063A \u063A\u0645 "
          "\u063A\u0631\u0627\u0645 \u062C\u0631\u0627\u0645 \u062C\u0645"},
    {"mg", "mg mgs mgm milligram milligrams milligramm \u0645\u0644\u063A "
           "\u0645\u063A \u0645\u0644\u062C\u0645 \u0645\u062C\u0645 \u0645\u0644\u063A\u0645"},
    {"ug", "ug mcg mcgs ugm mcgm microgram micrograms mikrogramm gamma "
           "\u0645\u0643\u063A \u0645\u064A\u0643\u0631\u0648\u063A\u0631\u0627\u0645"},
    {"ng", "ng ngm nanogram nanograms nanogramm \u0646\u063A"},
    {"pg", "pg pgm picogram picograms pikogramm \u0628\u063A"},
    {"fg", "fg"},
    {"mol", "mol mole moles"},
    {"mmol", "mmol mmole mmoles mmols millimol millimole \u0645\u0645\u0648\u0644 "
             "\u0645\u0644\u0645\u0648\u0644 \u0645\u0644\u064A\u0645\u0648\u0644"},
    {"umol", "umol umole umoles mcmol micromol micromole mikromol "
             "\u0645\u064A\u0643\u0631\u0648\u0645\u0648\u0644"},
    {"nmol", "nmol nmole nmoles nanomol"},
    {"pmol", "pmol pmole pmoles picomol"},
    {"fmol", "fmol"},
    {"eq", "eq"},
    {"meq", "meq meqs mval \u0645\u0643\u0627\u0641\u0626"},
    {"ueq", "ueq"},
    {"osm", "osm osmol"},
    {"mosm", "mosm mosmol mosmole mosmoles"},
    {"U", "u e un units unit einh einheit einheiten unites unidades \u0648\u062D\u062F\u0629"},
    {"mU", "mu munit munits me"},
    {"uU", "uu"},
    {"kU", "ku"},
    {"[IU]", "iu ie ui [iu] i.u. i.e. u.i. \u0648.\u062F"},
    {"m[IU]", "miu mie mui m[iu]"},
    {"u[IU]", "uiu uie uui u[iu] mciu"},
    {"k[IU]", "kiu kie k[iu]"},
    {"[arb'U]", "au arbu arb.u [arb'u] arbitraryunits"},
    {"[GPL'U]", "gpl gplu gpl-u [gpl'u]"},
    {"[MPL'U]", "mpl mplu mpl-u [mpl'u]"},
    {"[beth'U]", "bu bethesda bethesdaunits [beth'u]"},
    {"{Ehrlich'U}", "eu ehrlichu ehrlichunits {ehrlich'u}"},
    {"[CFU]", "cfu kbe ufc [cfu]"},
    {"{copies}", "copies copy cp cps kopien {copies}"},
    {"{Log_copies}", "logcopies log10copies logcp {log_copies}"},
    {"kat", "kat"},
    {"ukat", "ukat mckat"},
    {"nkat", "nkat"},
    {"L", "l liter litre ltr lt lit liters litres \u0644\u062A\u0631"},
    {"dL", "dl"},
    {"mL", "ml cc mls milliliter millilitre ccm \u0645\u0644"},
    {"uL", "ul mcl"},
    {"fL", "fl"},
    {"m", "m meter metre meters"},
    {"cm", "cm cms centimeter centimetre zentimeter \u0633\u0645"},
    {"mm", "mm mms millimeter millimetre \u0645\u0645"},
    {"um", "um micron microns"},
    {"s",
     "s sec secs second seconds sek sekunde sekunden seg sec. \u062B\u0627\u0646\u064A\u0629"},
    {"ms", "ms msec"},
    {"min", "min mins minute minutes mn minuten \u062F\u0642\u064A\u0642\u0629"},
    {"h", "h hr hrs hour hours std stunde stunden \u0633\u0627\u0639\u0629"},
    {"d", "d day days tag tage jour jours dia dias \u064A\u0648\u0645"},
    {"wk", "wk week weeks woche wochen"},
    {"mo", "mo month months monat monate"},
    {"a", "a yr yrs year years y jahr jahre \u0633\u0646\u0629"},
    {"kcal", "kcal"},
    {"m2", "m2 sqm qm m^2"},
    {"10*5", "lac lacs lakh lakhs"},
    {"10*6", "million millions mill mio mio. mln"},
    {"10*9", "gpt giga mrd"},
    {"10*12", "tpt tera"},
    {"10*3", "thou thous thousand thousands tsd tsd. tausend th 1000"},
    /* a number of things is a number */
    {"",
     "cells cell zellen count # no no. number wbc rbc leu leuko ery 1 cellules celulas anzahl"},
};

/* One letter, which is a number of cells in a volume only. */
static const struct {
    const char *letter;
    const char *below;
    const char *ucum;
} letters[] = {{"k", "uL", "10*3"}, {"m", "uL", "10*6"}, {"t", "L", "10*12"}};

static const struct spelling denominators[] = {
    {"L", "l ltr liter litre lt lit \u0644\u062A\u0631 \u0644"},
    {"dL", "dl 100ml 100cc deciliter decilitre \u062F\u0644 "
           "\u062F\u064A\u0633\u064A\u0644\u062A\u0631"},
    {"mL", "ml cc mls ccm milliliter millilitre \u0645\u0644"},
    {"uL", "ul mcl cumm cmm cu.mm cu.mm. mm3 mm^3 cub.mm cubicmm microl microliter"},
    {"nL", "nl"},
    {"kg", "kg kgkg kg_bw kgh2o kg.h2o kgwater kgkgw kgbw"},
    {"g", "g gm gcr gcrea gcreat gcreatinine gkrea gkreatinin g{creat} gcret gcrt gram"},
    {"mg", "mg mgcr mgcrea mgcreat mgcreatinine mgkrea mg{creat}"},
    {"g{Hb}", "ghb gmhb g{hb}"},
    {"mmol", "mmol mmolcr mmolcrea mmolcreat mmolcreatinine mmolkrea"},
    {"mol", "mol molcr molcrea molkrea molhb"},
    {"s", "s sec second"},
    {"min", "min mn minute"},
    {"h", "h hr hour std hrs"},
    {"d", "d day 24h 24hr 24hrs 24hour 24hours 24std tag j jour dia 1d 24.h"},
    {"wk", "wk week woche"},
    {"m2", "m2 sqm m^2 qm"},
    {"{1.73_m2}", "1.73m2 1,73m2 1.73m^2 1.73sqm 1.73 1,73qm {1.73_m2} {1.73m2} 1.73m"},
    {"[HPF]", "hpf [hpf] hpfield h.p.f. h.p.f hp.f gf"},
    {"[LPF]", "lpf [lpf] lpfield l.p.f. l.p.f"},
};

static const char *const two_meanings[] = {"G/L", "G/l", "mil/mm3", "mil/ul"};

struct glyph {
    const char *written;
    char plain;
};

static const struct glyph glyphs[] = {
    {"\u00B5", 'u'}, {"\u03BC", 'u'}, {"\u00B9", '1'}, {"\u00B2", '2'}, {"\u00B3", '3'},
    {"\u2076", '6'}, {"\u2079", '9'}, {"\u00D7", 'x'}, {"\u2215", '/'}, {"\u2044", '/'},
    {"\u066A", '%'}, {"\u00B7", '.'}, {"\u22C5", '.'}, {"\u207B", '-'}, {"\u2212", '-'},
};

/* The ASCII byte that a glyph stands for, or 0; `*width` are its bytes. */
static char plain_of(struct text rest, size_t *width)
{
    *width = 1;
    for (size_t g = 0; (rest.at[0] & 0x80) != 0 && g < sizeof(glyphs) / sizeof(glyphs[0]);
         g++) {
        size_t len = strlen(glyphs[g].written);
        if (len <= rest.len && memcmp(rest.at, glyphs[g].written, len) == 0) {
            *width = len;
            return glyphs[g].plain;
        }
    }
    return rest.at[0] >= 'A' && rest.at[0] <= 'Z' ? (char)(rest.at[0] + ('a' - 'A'))
                                                  : rest.at[0];
}

static struct text fold(struct text in, char out[UNIT_SPELLING_MAX])
{
    size_t used = 0;
    size_t width;

    for (size_t i = 0; i < in.len; i += width) {
        char byte = plain_of((struct text){in.at + i, in.len - i}, &width);
        if (byte == ' ' || (byte == '\xA0' && i > 0 && in.at[i - 1] == '\xC2')) {
            used -= byte == '\xA0'; /* the first byte of a no-break space */
            continue;
        }
        if (used == UNIT_SPELLING_MAX) {
            return (struct text){"", 0};
        }
        out[used++] = byte;
    }
    return (struct text){out, used};
}

static const char *find_word(const struct spelling *list, size_t count, struct text word)
{
    for (size_t i = 0; i < count; i++) {
        for (const char *at = list[i].words; *at != '\0';) {
            size_t len = strcspn(at, " ");
            if (len == word.len && memcmp(at, word.at, len) == 0) {
                return list[i].ucum;
            }
            at += len + strspn(at + len, " ");
        }
    }
    return NULL;
}

#define FIND_WORD(list, word) find_word(list, sizeof(list) / sizeof(list[0]), word)

/* "10^9", "x10e9", "10**9", "10(9)", "10exp9", "109" as "10*9". */
static const char *find_power(struct text word)
{
    static const struct spelling powers[] = {
        {"10*3", "3"}, {"10*6", "6"}, {"10*9", "9"}, {"10*12", "12"}, {"10*5", "5"}};
    static const char *const signs[] = {"exp", "e+", "**", "^", "e", "*", "(", ""};

    if (word.len > 0 && (word.at[0] == 'x' || word.at[0] == '*')) {
        word = (struct text){word.at + 1, word.len - 1};
    }
    if (word.len < 3 || memcmp(word.at, "10", 2) != 0) {
        return NULL;
    }
    word = (struct text){word.at + 2, word.len - 2};
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        size_t len = strlen(signs[i]);
        if (len <= word.len && memcmp(word.at, signs[i], len) == 0) {
            struct text digits = {word.at + len, word.len - len};
            digits.len -= digits.len > 0 && digits.at[digits.len - 1] == ')';
            return FIND_WORD(powers, digits);
        }
    }
    return NULL;
}

static const char *find_numerator(struct text word, const char *below)
{
    const char *found = find_power(word);

    for (size_t i = 0; found == NULL && below != NULL && i < 3; i++) {
        if (text_is(word, letters[i].letter) && strcmp(below, letters[i].below) == 0) {
            found = letters[i].ucum;
        }
    }
    if (found == NULL && word.len == 0) {
        found = "";
    }
    return found != NULL ? found : FIND_WORD(numerators, word);
}

/* The parts between slashes; "mmol.l-1" is written with a slash, too. 0: too many. */
static size_t split(struct text folded, struct text parts[PARTS_MAX])
{
    size_t count = 0;

    for (;;) {
        const char *slash = folded.len == 0 ? NULL : memchr(folded.at, '/', folded.len);
        size_t len = slash == NULL ? folded.len : (size_t)(slash - folded.at);
        if (count == PARTS_MAX) {
            return 0;
        }
        parts[count++] = (struct text){folded.at, len};
        if (slash == NULL) {
            break;
        }
        folded = (struct text){slash + 1, folded.len - len - 1};
    }
    if (count == 1 && parts[0].len > 4 &&
        memcmp(parts[0].at + parts[0].len - 2, "-1", 2) == 0) {
        const char *dot = memrchr(parts[0].at, '.', parts[0].len);
        if (dot != NULL) {
            size_t len = (size_t)(dot - parts[0].at);
            parts[1] = (struct text){dot + 1, parts[0].len - len - 3};
            parts[0].len = len;
            count = 2;
        }
    }
    return count;
}

static struct text compose(struct text folded, char out[UNIT_SPELLING_MAX])
{
    struct text parts[PARTS_MAX];
    const char *words[PARTS_MAX] = {NULL};
    size_t count = split(folded, parts);
    size_t used;

    for (size_t i = 1; i < count; i++) {
        words[i] = FIND_WORD(denominators, parts[i]);
        if (words[i] == NULL) {
            return (struct text){"", 0};
        }
    }
    words[0] = count == 0 ? NULL : find_numerator(parts[0], words[1]);
    if (words[0] == NULL || (count == 1 && words[0][0] == '\0')) {
        return (struct text){"", 0};
    }
    used = (size_t)snprintf(out, UNIT_SPELLING_MAX, "%s", words[0]);
    for (size_t i = 1; i < count && used < UNIT_SPELLING_MAX; i++) {
        used += (size_t)snprintf(out + used, UNIT_SPELLING_MAX - used, "/%s", words[i]);
    }
    return used < UNIT_SPELLING_MAX ? (struct text){out, used} : (struct text){"", 0};
}

struct text unit_spelling(struct text written, char out[UNIT_SPELLING_MAX])
{
    char buffer[UNIT_SPELLING_MAX];
    struct text folded = fold(written, buffer);
    const char *whole;

    for (size_t i = 0; i < sizeof(two_meanings) / sizeof(two_meanings[0]); i++) {
        if (text_is(written, two_meanings[i])) {
            return (struct text){"", 0};
        }
    }
    if (folded.len == 0) {
        return (struct text){"", 0};
    }
    whole = FIND_WORD(wholes, folded);
    if (whole != NULL) {
        return (struct text){out, (size_t)snprintf(out, UNIT_SPELLING_MAX, "%s", whole)};
    }
    return compose(folded, out);
}

static void each_word(const struct spelling *list, size_t count, const char *before,
                      void (*visit)(struct text written, void *context), void *context)
{
    for (size_t i = 0; i < count; i++) {
        for (const char *at = list[i].words; *at != '\0';) {
            char written[2 * UNIT_SPELLING_MAX];
            size_t len = strcspn(at, " ");
            bool is_count = list[i].ucum[0] == '\0' || list[i].ucum[0] == '1';
            snprintf(written, sizeof(written), "%s%.*s%s", before, (int)len, at,
                     list == numerators && is_count ? "/l" : "");
            visit(text_of(written), context);
            at += len + strspn(at + len, " ");
        }
    }
}

void unit_spelling_each(void (*visit)(struct text written, void *context), void *context)
{
    each_word(wholes, sizeof(wholes) / sizeof(wholes[0]), "", visit, context);
    each_word(numerators, sizeof(numerators) / sizeof(numerators[0]), "", visit, context);
    each_word(denominators, sizeof(denominators) / sizeof(denominators[0]), "mg/", visit,
              context);
}
