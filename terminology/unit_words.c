#include "terminology/unit_words.h"

/* UCUM, then how it is written, folded, separated by blanks. */
struct unit_word {
    const char *ucum;
    const char *words;
};

static const struct unit_word wholes[] = {
    {"%", "% percent pct prozent vol% por_ciento pourcent"},
    {"[ppth]", "promille \u2030"},
    {"[ppm]", "ppm"},
    {"g/dL", "g% gm% gms% gr%"},
    {"mg/dL", "mg% mgs% mgm% mg/100"},
    {"ug/dL", "ug% mcg%"},
    {"mm/h", "\u043C\u043C/\u0447\u0430\u0441 mm/1hr mm/1sthr mm/1h mm1hr mm1h mm/1.h "
             "mm/1sthour mminthe1sthour mm/1ststd"},
    {"mm[Hg]", "\u043C\u043C\u0440\u0442\u0441\u0442 \u043C\u043C.\u0440\u0442.\u0441\u0442. "
               "mmhg mm[hg] mm.hg torr"},
    {"cm[H2O]", "cmh2o cm[h2o] cmwater"},
    {"kPa", "kpa"},
    {"bar", "bar"},
    {"mbar", "mbar"},
    {"Cel", "\u00BAc \u2103 c \u00B0c degc cel celsius deg_c degreec degreescelsius gradc"},
    {"[degF]", "\u2109 f \u00B0f degf fahrenheit [degf]"},
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

static const struct unit_word numerators[] = {
    {"kg", "\u043A\u0433 kg kgs kilogram kilograms kilogramm"},
    {"g", "\u0433 \u0433\u0440 g gm gms gram grams gr gramm gramme grammes gramo \u063A "
          "\u063A\u0645 "
          "\u063A\u0631\u0627\u0645 \u062C\u0631\u0627\u0645 \u062C\u0645"},
    {"mg", "\u043C\u0433 mg mgs mgm milligram milligrams milligramm \u0645\u0644\u063A "
           "\u0645\u063A \u0645\u0644\u062C\u0645 \u0645\u062C\u0645 \u0645\u0644\u063A\u0645"},
    {"ug", "\u043C\u043A\u0433 ug mcg mcgs ugm mcgm microgram micrograms mikrogramm gamma "
           "\u0645\u0643\u063A \u0645\u064A\u0643\u0631\u0648\u063A\u0631\u0627\u0645"},
    {"ug{FEU}", "ugfeu mcgfeu"},
    {"ng{FEU}", "ngfeu"},
    {"mg{FEU}", "mgfeu"},
    {"ug{DDU}", "ugddu mcgddu"},
    {"ng{DDU}", "ngddu"},
    {"ng", "\u043D\u0433 ng ngm nanogram nanograms nanogramm \u0646\u063A"},
    {"pg", "\u043F\u0433 pg pgm picogram picograms pikogramm \u0628\u063A"},
    {"fg", "fg"},
    {"mol", "\u043C\u043E\u043B\u044C mol mole moles"},
    {"mmol", "\u043C\u043C\u043E\u043B\u044C mmol mmole mmoles mmols millimol millimole "
             "\u0645\u0645\u0648\u0644 "
             "\u0645\u0644\u0645\u0648\u0644 \u0645\u0644\u064A\u0645\u0648\u0644"},
    {"umol",
     "\u043C\u043A\u043C\u043E\u043B\u044C umol umole umoles mcmol micromol micromole mikromol "
     "\u0645\u064A\u0643\u0631\u0648\u0645\u0648\u0644"},
    {"nmol", "\u043D\u043C\u043E\u043B\u044C nmol nmole nmoles nanomol"},
    {"pmol", "\u043F\u043C\u043E\u043B\u044C pmol pmole pmoles picomol"},
    {"fmol", "fmol"},
    {"eq", "eq"},
    {"meq", "meq meqs mval \u0645\u0643\u0627\u0641\u0626"},
    {"ueq", "ueq"},
    {"osm", "osm osmol"},
    {"mosm", "mosm mosmol mosmole mosmoles"},
    {"U", "\u0435\u0434 \u0435\u0434. u e un units unit einh einheit einheiten unites "
          "unidades \u0648\u062D\u062F\u0629"},
    {"mU", "mu munit munits \u043C\u0435\u0434"},
    {"uU", "uu"},
    {"kU", "ku"},
    {"[IU]", "\u043C\u0435 iu ie ui [iu] i.u. i.e. u.i. \u0648.\u062F"},
    {"m[IU]", "\u043C\u043C\u0435 miu mie mui m[iu]"},
    {"u[IU]", "\u043C\u043A\u043C\u0435 uiu uie uui u[iu] mciu"},
    {"k[IU]", "kiu kie k[iu]"},
    {"[arb'U]", "au arbu arb.u [arb'u] arbitraryunits"},
    {"[GPL'U]", "gpl gplu gpl-u [gpl'u]"},
    {"[MPL'U]", "mpl mplu mpl-u [mpl'u]"},
    {"[beth'U]", "bu bethesda bethesdaunits [beth'u]"},
    {"{Ehrlich'U}", "ehrlichu ehrlichunits {ehrlich'u}"},
    {"[CFU]", "cfu kbe ufc [cfu]"},
    {"{copies}", "copies copy cp cps kopien {copies}"},
    {"{Log_copies}", "logcopies log10copies logcp {log_copies}"},
    {"kat", "kat"},
    {"ukat", "ukat mckat"},
    {"nkat", "nkat"},
    {"L", "\u043B l liter litre ltr lt lit liters litres \u0644\u062A\u0631"},
    {"dL", "dl"},
    {"mL", "\u043C\u043B ml cc mls milliliter millilitre ccm \u0645\u0644"},
    {"uL", "\u043C\u043A\u043B ul mcl"},
    {"fL", "fl"},
    {"m", "m meter metre meters"},
    {"cm", "\u0441\u043C cm cms centimeter centimetre zentimeter \u0633\u0645"},
    {"mm", "\u043C\u043C mm mms millimeter millimetre \u0645\u0645"},
    {"um", "um micron microns"},
    {"s", "\u0441\u0435\u043A \u79D2 s sec secs second seconds sek sekunde sekunden seg sec. "
          "\u062B\u0627\u0646\u064A\u0629"},
    {"ms", "ms msec"},
    {"min",
     "\u043C\u0438\u043D min mins minute minutes mn minuten \u062F\u0642\u064A\u0642\u0629"},
    {"h", "\u0447 \u0447\u0430\u0441 h hr hrs hour hours std stunde stunden "
          "\u0633\u0627\u0639\u0629"},
    {"d", "d day days tag tage jour jours dia dias \u064A\u0648\u0645"},
    {"wk", "wk week weeks woche wochen"},
    {"mo", "mo month months monat monate"},
    {"a", "a yr yrs year years y jahr jahre \u0633\u0646\u0629"},
    {"kcal", "kcal"},
    {"m2", "m2 sqm qm m^2"},
    {"10*4", "\u4E07 \u842C"},
    {"10*5", "lac lacs lakh lakhs"},
    {"10*6", "\u043C\u043B\u043D \u043C\u043B\u043D. millones milioni milhoes "
             "milh\u00F5es million millions mill mio mio. mln"},
    {"10*9", "\u043C\u043B\u0440\u0434 gpt giga mrd"},
    {"10*12", "tpt tera"},
    {"10*3", "\u0442\u044B\u0441 \u0442\u044B\u0441. tys tys. miles mila x1000 *1000 thou "
             "thous thousand thousands tsd tsd. tausend th 1000"},
    /* a number of things is a number */
    {"", "cells cell zellen count # no no. number wbc rbc leu leuko ery 1 cellules celulas "
         "anzahl \u043A\u043B "
         "\u500B \u4E2A \u500B\u6570"},
};

static const struct unit_word denominators[] = {
    {"L", "\u043B l ltr liter litre lt lit \u0644\u062A\u0631 \u0644"},
    {"dL", "\u0434\u043B dl 100ml 100cc deciliter decilitre \u062F\u0644 "
           "\u062F\u064A\u0633\u064A\u0644\u062A\u0631"},
    {"mL", "\u043C\u043B ml cc mls ccm milliliter millilitre \u0645\u0644"},
    {"mL{FEU}", "mlfeu ml(feu) ml{feu}"},
    {"L{FEU}", "lfeu l(feu) l{feu}"},
    {"mL{DDU}", "mlddu ml(ddu) ml{ddu}"},
    {"L{DDU}", "lddu l(ddu) l{ddu}"},
    {"uL", "mmc \u043C\u043A\u043B \u043C\u043C3 ul mcl cumm cmm cu.mm cu.mm. mm3 mm^3 "
           "cub.mm cubicmm microl microliter"},
    {"nL", "nl"},
    {"kg", "\u043A\u0433 kg kgkg kg_bw kgh2o kg.h2o kgwater kgkgw kgbw"},
    {"g", "\u0433 g gm gcr gcrea gcreat gcreatinine gkrea gkreatinin g{creat} gcret gcrt gram"},
    {"mg", "mg mgcr mgcrea mgcreat mgcreatinine mgkrea mg{creat}"},
    {"g{Hb}", "ghb gmhb g{hb}"},
    {"mmol", "mmol mmolcr mmolcrea mmolcreat mmolcreatinine mmolkrea"},
    {"mol", "mol molcr molcrea molkrea molhb"},
    {"s", "\u0441 \u0441\u0435\u043A s sec second"},
    {"min", "\u043C\u0438\u043D min mn minute"},
    {"h", "\u0447 \u0447\u0430\u0441 h hr hour std hrs"},
    {"d", "\u0441\u0443\u0442 \u0441\u0443\u0442\u043A\u0438 d day 24h 24hr 24hrs 24hour "
          "24hours 24std tag j jour dia 1d 24.h"},
    {"wk", "wk week woche"},
    {"m2", "m2 sqm m^2 qm"},
    {"{1.73_m2}", "1.73m2 1,73m2 1.73m^2 1.73sqm 1.73 1,73qm {1.73_m2} {1.73m2} 1.73m"},
    {"100{WBCs}", "100wbc 100wbcs 100leuk 100leuko 100{wbcs}"},
    {"[HPF]", "hpf [hpf] hpfield h.p.f. h.p.f hp.f gf"},
    {"[LPF]", "lpf [lpf] lpfield l.p.f. l.p.f"},
};

static const struct {
    const struct unit_word *words;
    size_t count;
} lists[] = {
    [UNIT_WHOLES] = {wholes, sizeof(wholes) / sizeof(wholes[0])},
    [UNIT_NUMERATORS] = {numerators, sizeof(numerators) / sizeof(numerators[0])},
    [UNIT_DENOMINATORS] = {denominators, sizeof(denominators) / sizeof(denominators[0])},
};

const char *unit_word_find(enum unit_words list, struct text word)
{
    for (size_t i = 0; i < lists[list].count; i++) {
        for (const char *at = lists[list].words[i].words; *at != '\0';) {
            size_t len = strcspn(at, " ");
            if (len == word.len && memcmp(at, word.at, len) == 0) {
                return lists[list].words[i].ucum;
            }
            at += len + strspn(at + len, " ");
        }
    }
    return NULL;
}

void unit_words_each(enum unit_words list,
                     void (*visit)(struct text word, const char *ucum, void *context),
                     void *context)
{
    for (size_t i = 0; i < lists[list].count; i++) {
        for (const char *at = lists[list].words[i].words; *at != '\0';) {
            size_t len = strcspn(at, " ");
            visit((struct text){at, len}, lists[list].words[i].ucum, context);
            at += len + strspn(at + len, " ");
        }
    }
}
