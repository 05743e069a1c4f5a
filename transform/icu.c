#include "transform/icu.h"

#include <unicode/ucal.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>
#include <unicode/utrans.h>

enum {
    REGEX_STEPS_MAX = 50,      /* of 10,000 engine operations each */
    REGEX_STACK_MAX = 1 << 20, /* bytes */
    ZONE_NAME_MAX = 64,        /* characters */
    LATIN_GROWTH = 8,          /* UTF-16 units for a byte */
    LATIN_TEXT_MAX = 64 << 10, /* bytes */
    CASE_GROWTH = 3,           /* times: U+0390 and the like become three characters */
};

static bool text_is_ascii(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((text.at[i] & 0x80) != 0) {
            return false;
        }
    }
    return true;
}

/* ASCII text with the letters from `first` to `last` in the other case. */
static struct text ascii_case(struct text text, char first, char last, struct arena *arena)
{
    char *out;
    size_t i = 0;

    while (i < text.len && (text.at[i] < first || text.at[i] > last)) {
        i++;
    }
    if (i == text.len) {
        return text;
    }
    out = arena_bytes(arena, text.len);
    for (i = 0; i < text.len; i++) {
        bool hit = text.at[i] >= first && text.at[i] <= last;
        out[i] = (char)(hit ? text.at[i] ^ 0x20 : text.at[i]);
    }
    return (struct text){out, text.len};
}

typedef int32_t case_map(const UCaseMap *map, char *dest, int32_t room, const char *src,
                         int32_t len, UErrorCode *status);

static struct text unicode_case(struct text text, case_map *change, struct arena *arena)
{
    static UCaseMap *no_language; /* process */
    UErrorCode status = U_ZERO_ERROR;
    size_t room = text.len * CASE_GROWTH;
    char *out;
    int32_t len;

    if (no_language == NULL) {
        no_language = ucasemap_open("", 0, &status);
    }
    out = arena_bytes(arena, room);
    len = change(no_language, out, (int32_t)room, text.at, (int32_t)text.len, &status);
    if (U_FAILURE(status)) {
        arena_trim(arena, room);
        return text;
    }
    arena_trim(arena, room - (size_t)len);
    return (struct text){out, (size_t)len};
}

struct text icu_upper(struct text text, struct arena *arena)
{
    if (text.len > ICU_TEXT_MAX) {
        return text;
    }
    return text_is_ascii(text) ? ascii_case(text, 'a', 'z', arena)
                               : unicode_case(text, ucasemap_utf8ToUpper, arena);
}

struct text icu_lower(struct text text, struct arena *arena)
{
    if (text.len > ICU_TEXT_MAX) {
        return text;
    }
    return text_is_ascii(text) ? ascii_case(text, 'A', 'Z', arena)
                               : unicode_case(text, ucasemap_utf8ToLower, arena);
}

static bool is_in_word(UChar32 c)
{
    return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

/* Letters from `i` to the end of the word, as far as two. */
static int letters_ahead(const uint8_t *at, int32_t i, int32_t len)
{
    int letters = 0;

    while (i < len && letters < 2) {
        UChar32 c;
        U8_NEXT_OR_FFFD(at, i, len, c);
        if (!is_in_word(c)) {
            break;
        }
        letters++;
    }
    return letters;
}

struct text icu_title(struct text text, struct arena *arena)
{
    const uint8_t *at = (const uint8_t *)text.at;
    int32_t len = (int32_t)text.len;
    size_t room = text.len * CASE_GROWTH;
    uint8_t *out;
    int32_t used = 0;
    bool inside = false;

    if (text.len > ICU_TEXT_MAX) {
        return text;
    }
    out = (uint8_t *)arena_bytes(arena, room);
    for (int32_t i = 0; i < len;) {
        UChar32 c;
        U8_NEXT_OR_FFFD(at, i, len, c);
        bool apostrophe = c == '\'' || c == 0x2019;
        uint32_t to = (uint32_t)(inside ? u_tolower(c) : u_totitle(c));
        U8_APPEND_UNSAFE(out, used, to);
        inside = is_in_word(c) || (apostrophe && inside && letters_ahead(at, i, len) < 2);
    }
    arena_trim(arena, room - (size_t)used);
    return (struct text){(char *)out, (size_t)used};
}

struct text icu_normalize(enum icu_form form, struct text text, struct arena *arena)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer =
        form == ICU_NFC ? unorm2_getNFCInstance(&status) : unorm2_getNFKCInstance(&status);
    size_t room;
    UChar *wide;
    UChar *normal;
    char *out;
    int32_t nwide;
    int32_t len;

    if (text.len > ICU_TEXT_MAX || text_is_ascii(text)) {
        return text;
    }
    wide = arena_alloc(arena, text.len * sizeof(UChar));
    u_strFromUTF8WithSub(wide, (int32_t)text.len, &nwide, text.at, (int32_t)text.len, 0xFFFD,
                         NULL, &status);
    if (U_FAILURE(status) ||
        (unorm2_quickCheck(normalizer, wide, nwide, &status) == UNORM_YES)) {
        return text;
    }
    room = (size_t)unorm2_normalize(normalizer, wide, nwide, NULL, 0, &status);
    status = U_ZERO_ERROR; /* it said U_BUFFER_OVERFLOW_ERROR, as asked */
    normal = arena_alloc(arena, room * sizeof(UChar));
    len = unorm2_normalize(normalizer, wide, nwide, normal, (int32_t)room, &status);
    out = arena_bytes(arena, room * 3);
    u_strToUTF8WithSub(out, (int32_t)(room * 3), &len, normal, len, 0xFFFD, NULL, &status);
    return U_FAILURE(status) ? text : (struct text){out, (size_t)len};
}

struct icu_latin {
    UTransliterator *change; /* NULL: ICU came without its rules */
};

struct icu_latin *icu_latin_open(void)
{
    static const char rules[] = "NFKC; Any-Latin; NFD; [:Mn:] Remove; Latin-ASCII; Lower; NFC";
    UErrorCode status = U_ZERO_ERROR;
    UChar id[sizeof(rules)];
    struct icu_latin *latin = xcalloc(1, sizeof(*latin));

    u_uastrcpy(id, rules);
    latin->change = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    return latin;
}

struct text icu_latin(struct icu_latin *latin, struct text text, struct arena *arena)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = (int32_t)text.len * LATIN_GROWTH + LATIN_GROWTH;
    UChar *wide;
    char *out;
    int32_t nwide;
    int32_t limit;
    int32_t len;

    if (latin->change == NULL || text.len > LATIN_TEXT_MAX) {
        return text;
    }
    wide = arena_alloc(arena, (size_t)room * sizeof(UChar));
    u_strFromUTF8WithSub(wide, room, &nwide, text.at, (int32_t)text.len, 0xFFFD, NULL, &status);
    limit = nwide;
    utrans_transUChars(latin->change, wide, &nwide, room, 0, &limit, &status);
    out = arena_bytes(arena, (size_t)room * 3);
    u_strToUTF8WithSub(out, room * 3, &len, wide, nwide, 0xFFFD, NULL, &status);
    return U_FAILURE(status) ? text : (struct text){out, (size_t)len};
}

void icu_latin_free(struct icu_latin *latin)
{
    if (latin != NULL) {
        utrans_close(latin->change);
        free(latin);
    }
}

struct icu_regex {
    URegularExpression *compiled;
    UText *text;
};

struct icu_regex *icu_regex_open(const char *pattern, int *at)
{
    UErrorCode status = U_ZERO_ERROR;
    UParseError where = {0};
    UText source = UTEXT_INITIALIZER;
    struct icu_regex *regex = xcalloc(1, sizeof(*regex));

    utext_openUTF8(&source, pattern, -1, &status);
    regex->compiled = uregex_openUText(&source, 0, &where, &status);
    utext_close(&source);
    if (U_SUCCESS(status)) {
        uregex_setTimeLimit(regex->compiled, REGEX_STEPS_MAX, &status);
        uregex_setStackLimit(regex->compiled, REGEX_STACK_MAX, &status);
    }
    if (U_FAILURE(status)) {
        *at = where.offset;
        icu_regex_free(regex);
        return NULL;
    }
    return regex;
}

int icu_regex_groups(const struct icu_regex *regex)
{
    UErrorCode status = U_ZERO_ERROR;

    return uregex_groupCount(regex->compiled, &status);
}

static bool regex_set_text(struct icu_regex *regex, struct text text, UErrorCode *status)
{
    regex->text = utext_openUTF8(regex->text, text.at, (int64_t)text.len, status);
    uregex_setUText(regex->compiled, regex->text, status);
    return U_SUCCESS(*status);
}

enum icu_match icu_regex_find(struct icu_regex *regex, struct text text, int group,
                              struct text *group_text)
{
    UErrorCode status = U_ZERO_ERROR;
    bool found =
        regex_set_text(regex, text, &status) && uregex_find64(regex->compiled, -1, &status);
    int64_t start;
    int64_t end;

    *group_text = (struct text){text.at, 0};
    if (U_FAILURE(status)) {
        return ICU_MATCH_TOO_LONG;
    }
    if (!found) {
        return ICU_MATCH_NO;
    }
    start = uregex_start64(regex->compiled, group, &status);
    end = uregex_end64(regex->compiled, group, &status);
    if (U_SUCCESS(status) && start >= 0 && end > start && (size_t)end <= text.len) {
        *group_text = (struct text){text.at + start, (size_t)(end - start)};
    }
    return ICU_MATCH_YES;
}

enum icu_match icu_regex_match(struct icu_regex *regex, struct text text)
{
    UErrorCode status = U_ZERO_ERROR;
    bool matches =
        regex_set_text(regex, text, &status) && uregex_matches64(regex->compiled, -1, &status);

    if (U_FAILURE(status)) {
        return ICU_MATCH_TOO_LONG;
    }
    return matches ? ICU_MATCH_YES : ICU_MATCH_NO;
}

void icu_regex_free(struct icu_regex *regex)
{
    if (regex != NULL) {
        uregex_close(regex->compiled);
        utext_close(regex->text);
        free(regex);
    }
}

static UCalendar *calendar_open(const char *zone)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar name[ZONE_NAME_MAX];
    UChar known[ZONE_NAME_MAX];
    UBool is_system = false;

    if (strlen(zone) >= ZONE_NAME_MAX) {
        return NULL;
    }
    u_uastrcpy(name, zone);
    ucal_getCanonicalTimeZoneID(name, -1, known, ZONE_NAME_MAX, &is_system, &status);
    if (U_FAILURE(status) || !is_system) {
        return NULL;
    }
    return ucal_open(name, -1, "en_US", UCAL_GREGORIAN, &status);
}

static int32_t calendar_offset(UCalendar *calendar, UDate when)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t ms;

    ucal_setMillis(calendar, when, &status);
    ms = ucal_get(calendar, UCAL_ZONE_OFFSET, &status);
    ms += ucal_get(calendar, UCAL_DST_OFFSET, &status);
    return ms / 1000;
}

size_t icu_zone_periods(const char *zone, struct icu_zone_period *periods, size_t max)
{
    static const UDate year_1800 = -5364662400000.0;
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = calendar_open(zone);
    UDate when = year_1800;
    size_t count = 0;

    if (calendar == NULL) {
        return 0;
    }
    periods[count++] =
        (struct icu_zone_period){INT64_MIN / 4, calendar_offset(calendar, year_1800)};
    while (count < max) {
        ucal_setMillis(calendar, when, &status);
        if (!ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &when,
                                            &status) ||
            U_FAILURE(status)) {
            break;
        }
        periods[count++] =
            (struct icu_zone_period){(int64_t)(when / 1000.0), calendar_offset(calendar, when)};
    }
    ucal_close(calendar);
    return count;
}
