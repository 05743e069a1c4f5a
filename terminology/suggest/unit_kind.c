#include "terminology/suggest/unit_kind.h"

enum { UNIT_BYTES_MAX = 64, UNIT_PARTS_MAX = 6 };

enum part {
    PART_UNKNOWN,
    PART_MASS,
    PART_SUBSTANCE,
    PART_ACTIVITY,
    PART_COUNT,
    PART_VOLUME,
    PART_TIME,
    PART_LENGTH,
    PART_PRESSURE,
    PART_TEMPERATURE,
    PART_OSMOLE,
    PART_FRACTION,
    PART_FIELD,
    PART_RATIO,
    PART_INDEX,
    PART_TITRE,
    PART_MOLAR,
    PART_AREA,
};

/* Spellings in lower case, without blanks, brackets and braces. */
static const struct spelling {
    const char *names; /* parted by blanks */
    enum part part;
} spellings[] = {
    {"kg g gm gram grams mg ug mcg ng pg fg lb lbs oz gcrt gcr gcreat gcreatinine gcre "
     "mgcreat mghb ghb ghgb mgcrt kcal",
     PART_MASS},
    {"mol mmol umol mcmol nmol pmol fmol mole moles meq ueq eq mval molcrt mmolcrt "
     "molcreat mmolcreat molcr mmolcr",
     PART_SUBSTANCE},
    {"u iu mu uu ku miu uiu kiu unit units miiu au eu bu gpl mpl apl gplu mplu aplu kau mau "
     "kua "
     "kat ukat nkat mkat",
     PART_ACTIVITY},
    {"cells cell copies copy cpy cp cps k m x10e3 x10e6 x10e9 x10e12 10e3 10e6 10e9 10e12 10*3 "
     "10*6 10*9 10*12 10^3 10^6 10^9 10^12 x10*3 x10*6 x10*9 x10*12 x10^3 x10^6 x10^9 x10^12 "
     "10x3 10x6 x103 x106 thou thousand mil mill million th t # cfu log logcopies "
     "logcpy count number particles wbc rbc 100wbc",
     PART_COUNT},
    {"l dl cl ml ul mcl nl pl fl mm3 cumm cmm cm3 cc liter litre hl", PART_VOLUME},
    {"s sec secs second seconds ms min mins minute minutes h hr hrs hour hours d day days wk "
     "week "
     "weeks mo month months a yr year years 24h 24hr 24hrs 24hour 24hours 12h 8h",
     PART_TIME},
    {"cm mm um in inch inches km", PART_LENGTH},
    {"mmhg kpa pa cmh2o torr mbar bar hpa psi", PART_PRESSURE},
    {"cel degc degf celsius fahrenheit", PART_TEMPERATURE},
    {"osm mosm osmol mosmol", PART_OSMOLE},
    {"% percent pct vol% ppm ppb", PART_FRACTION},
    {"hpf lpf field oif", PART_FIELD},
    {"ratio 1 rto", PART_RATIO},
    {"index iv ai isr od idx value oddratio score s/co sco eiv ev lx mom inr", PART_INDEX},
    {"titer titre dilution dils", PART_TITRE},
    {"nm pm", PART_MOLAR},
    {"m2 1.73m2 bsa 1.73sqm 173m2", PART_AREA},
};

static const struct {
    enum part above;
    enum part below;
    enum unit_kind kind;
} kinds[] = {
    {PART_MASS, PART_VOLUME, UNIT_MASS_VOLUME},
    {PART_SUBSTANCE, PART_VOLUME, UNIT_SUBSTANCE_VOLUME},
    {PART_ACTIVITY, PART_VOLUME, UNIT_ACTIVITY_VOLUME},
    {PART_COUNT, PART_VOLUME, UNIT_COUNT_VOLUME},
    {PART_UNKNOWN, PART_VOLUME, UNIT_COUNT_VOLUME},
    {PART_MASS, PART_MASS, UNIT_MASS_MASS},
    {PART_SUBSTANCE, PART_MASS, UNIT_SUBSTANCE_MASS},
    {PART_ACTIVITY, PART_MASS, UNIT_ACTIVITY_MASS},
    {PART_SUBSTANCE, PART_SUBSTANCE, UNIT_SUBSTANCE_SUBSTANCE},
    {PART_MASS, PART_SUBSTANCE, UNIT_MASS_MASS},
    {PART_ACTIVITY, PART_SUBSTANCE, UNIT_ACTIVITY_MASS},
    {PART_MASS, PART_TIME, UNIT_MASS_TIME},
    {PART_SUBSTANCE, PART_TIME, UNIT_SUBSTANCE_TIME},
    {PART_ACTIVITY, PART_TIME, UNIT_ACTIVITY_TIME},
    {PART_VOLUME, PART_TIME, UNIT_VOLUME_TIME},
    {PART_COUNT, PART_TIME, UNIT_COUNT_TIME},
    {PART_UNKNOWN, PART_TIME, UNIT_COUNT_TIME},
    {PART_LENGTH, PART_TIME, UNIT_VELOCITY},
    {PART_OSMOLE, PART_MASS, UNIT_OSMOLALITY},
    {PART_OSMOLE, PART_VOLUME, UNIT_OSMOLALITY},
    {PART_COUNT, PART_FIELD, UNIT_FIELD},
    {PART_UNKNOWN, PART_FIELD, UNIT_FIELD},
    {PART_MASS, PART_UNKNOWN, UNIT_MASS},
    {PART_SUBSTANCE, PART_UNKNOWN, UNIT_OTHER},
    {PART_ACTIVITY, PART_UNKNOWN, UNIT_ACTIVITY},
    {PART_COUNT, PART_UNKNOWN, UNIT_COUNT},
    {PART_VOLUME, PART_UNKNOWN, UNIT_VOLUME},
    {PART_TIME, PART_UNKNOWN, UNIT_TIME},
    {PART_LENGTH, PART_UNKNOWN, UNIT_LENGTH},
    {PART_PRESSURE, PART_UNKNOWN, UNIT_PRESSURE},
    {PART_TEMPERATURE, PART_UNKNOWN, UNIT_TEMPERATURE},
    {PART_FRACTION, PART_UNKNOWN, UNIT_FRACTION},
    {PART_FIELD, PART_UNKNOWN, UNIT_FIELD},
    {PART_RATIO, PART_UNKNOWN, UNIT_RATIO},
    {PART_INDEX, PART_UNKNOWN, UNIT_INDEX},
    {PART_TITRE, PART_UNKNOWN, UNIT_TITRE},
    {PART_MOLAR, PART_UNKNOWN, UNIT_SUBSTANCE_VOLUME},
};

/* Lower case; blanks, brackets and what stands in braces behind a unit go ("mg{creat}" stays a
 * mass); the micro sign is u. */
static size_t plain(struct text unit, char out[UNIT_BYTES_MAX])
{
    size_t used = 0;

    for (size_t i = 0; i < unit.len && used + 1 < UNIT_BYTES_MAX; i++) {
        uint8_t byte = (uint8_t)unit.at[i];
        if ((byte == 0xc2 && i + 1 < unit.len && (uint8_t)unit.at[i + 1] == 0xb5) ||
            (byte == 0xce && i + 1 < unit.len && (uint8_t)unit.at[i + 1] == 0xbc)) {
            out[used++] = 'u';
            i++;
        } else if (byte >= 'A' && byte <= 'Z') {
            out[used++] = (char)(byte + ('a' - 'A'));
        } else if (byte != ' ' && byte != '[' && byte != ']' && byte != '{' && byte != '}' &&
                   byte != '(' && byte != ')' && byte != '_') {
            out[used++] = (char)byte;
        }
    }
    return used;
}

static bool lists(const char *names, struct text word)
{
    for (const char *at = names; *at != '\0';) {
        size_t len = strcspn(at, " ");
        if (text_equal((struct text){at, len}, word)) {
            return true;
        }
        at += len + (at[len] == ' ');
    }
    return false;
}

static enum part spelt(struct text word)
{
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        if (lists(spellings[i].names, word)) {
            return spellings[i].part;
        }
    }
    return PART_UNKNOWN;
}

/* A word that nobody listed may be one with something behind it: "gcreatinine", "%normal". */
static enum part part_of(struct text word)
{
    static const char *const heads[] = {"%",      "titer", "ratio", "ug",   "mg",
                                        "ng",     "mmol",  "umol",  "nmol", "cells",
                                        "copies", "log",   "units", "u",    "g"};
    enum part part = spelt(word);

    for (size_t i = 0; part == PART_UNKNOWN && i < sizeof(heads) / sizeof(heads[0]); i++) {
        size_t len = strlen(heads[i]);
        if (word.len > len && memcmp(word.at, heads[i], len) == 0) {
            part = spelt((struct text){heads[i], len});
        }
    }
    return part;
}

/* Parts between slashes; numbers in front of a part ("100 mL", "24 h") go unless they are it. */
static int split(struct text unit, struct text parts[UNIT_PARTS_MAX])
{
    int nparts = 0;

    for (size_t start = 0, i = 0; i <= unit.len && nparts < UNIT_PARTS_MAX; i++) {
        if (i == unit.len || unit.at[i] == '/') {
            parts[nparts++] = (struct text){unit.at + start, i - start};
            start = i + 1;
        }
    }
    return nparts;
}

static enum part numbered_part(struct text word)
{
    enum part part = part_of(word);

    while (part == PART_UNKNOWN && word.len > 0 &&
           ((word.at[0] >= '0' && word.at[0] <= '9') || word.at[0] == '.')) {
        word.at++;
        word.len--;
        part = word.len == 0 ? PART_COUNT : part_of(word);
    }
    return part;
}

enum unit_kind unit_kind_of(struct text unit)
{
    struct text parts[UNIT_PARTS_MAX];
    char bytes[UNIT_BYTES_MAX];
    enum part above;
    enum part below = PART_UNKNOWN;
    int nparts;

    unit = (struct text){bytes, plain(text_trim(unit), bytes)};
    if (unit.len == 0) {
        return UNIT_NONE;
    }
    nparts = split(unit, parts);
    above = numbered_part(parts[0]);
    for (int i = 1; i < nparts; i++) {
        enum part part = numbered_part(parts[i]);
        below = part == PART_TIME || below == PART_UNKNOWN ? part : below;
        if (part == PART_TIME && nparts > 2 && above != PART_VOLUME) {
            below = numbered_part(parts[1]) == PART_VOLUME ? PART_VOLUME : part;
        }
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].above == above && kinds[i].below == below) {
            return kinds[i].kind;
        }
    }
    return UNIT_OTHER;
}

const char *unit_kind_name(enum unit_kind kind)
{
    static const char *const names[] = {
#define X(kind, what, properties) what,
        UNIT_KIND_LIST(X)
#undef X
    };

    return names[kind];
}

float unit_kind_agrees(enum unit_kind kind, struct text property)
{
    static const char *const lists_of[] = {
#define X(kind, what, properties) properties,
        UNIT_KIND_LIST(X)
#undef X
    };
    const char *at = lists_of[kind];
    float worth = 1;

    if (*at == '\0') {
        return 0.5F;
    }
    while (*at != '\0') {
        size_t len = strcspn(at, " ");
        if (text_equal_nocase((struct text){at, len}, property)) {
            return worth;
        }
        worth = worth * 0.9F;
        at += len + (at[len] == ' ');
    }
    return 0;
}

bool unit_is_of_a_day(struct text unit)
{
    static const char *const days[] = {"d", "day", "24h", "24hr", "24hrs", "24hour", "24hours"};
    struct text parts[UNIT_PARTS_MAX];
    char bytes[UNIT_BYTES_MAX];
    int nparts;

    unit = (struct text){bytes, plain(text_trim(unit), bytes)};
    nparts = split(unit, parts);
    for (size_t i = 0; nparts > 1 && i < sizeof(days) / sizeof(days[0]); i++) {
        if (text_is(parts[nparts - 1], days[i])) {
            return true;
        }
    }
    return false;
}
