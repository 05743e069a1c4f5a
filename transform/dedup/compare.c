#include "transform/dedup/compare.h"

#include "transform/dedup/compare_date.h"
#include "transform/dedup/compare_value.h"
#include "transform/dedup/fast_cpu.h"
#include "transform/dedup/row_facts.h"
#include "transform/dedup/value_mark.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_BITS = 14, CACHE_SLOTS = 1 << CACHE_BITS, PAIRS_AHEAD = 8 };

/* A slot: two numbers of 27 bits, lower first, the field, the level; 0 is free. */
struct level_cache {
    uint64_t slots[CACHE_SLOTS];
};

_Static_assert(PEOPLE_MAX < 1 << 27, "a value has 27 bits in a slot");

static int compare_numbers(struct comparer *comparer, int field, uint32_t a, uint32_t b)
{
    const struct people_dict *dict = &comparer->people->dicts[field];
    struct side left = side_of(dict, a);
    struct side right = side_of(dict, b);

    return compare_values(&comparer->jaro, comparer->kinds[field], &left, &right);
}

/* Of kinds whose values repeat and are dear to compare. */
static int compare_cached(struct comparer *comparer, int field, uint32_t a, uint32_t b)
{
    uint64_t low = a < b ? a : b;
    uint64_t high = a < b ? b : a;
    uint64_t key = (low << 27 | high) << 8 | (uint64_t)field << 4;
    uint64_t *slot;

    slot = &comparer->cache->slots[key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - CACHE_BITS)];
    if ((*slot ^ key) >> 4 != 0) {
        *slot = key | (uint64_t)compare_numbers(comparer, field, a, b);
    }
    return (int)(*slot & 15);
}

/* Given and family name of two records that have both can only change places; one of them alone
 * in the other's place would be counted twice. */
static inline ALWAYS_INLINE bool may_be_elsewhere(const struct comparer *comparer, int field,
                                                  int other, const uint32_t *a,
                                                  const uint32_t *b)
{
    uint32_t two = UINT32_C(1) << field | UINT32_C(1) << other;

    if (other == field || b[other] == 0) {
        return false;
    }
    return two != comparer->swapping || a[other] == 0 || b[field] == 0;
}

static bool share_word(const struct comparer *comparer, int field, uint32_t a, int other,
                       uint32_t b)
{
    struct side name = side_of(&comparer->people->dicts[field], a);
    struct side side = side_of(&comparer->people->dicts[other], b);

    return values_share_word(&name, &side);
}

/* Whether a name of `a` is among the other names of `b`. */
static inline ALWAYS_INLINE bool name_is_elsewhere(const struct comparer *comparer, int field,
                                                   const uint32_t *a, const uint32_t *b)
{
    const struct people *people = comparer->people;
    uint64_t mark = people->dicts[field].marks[a[field]];

    for (int i = 0; i < comparer->nnames; i++) {
        int other = comparer->names[i];
        if (may_be_elsewhere(comparer, field, other, a, b) &&
            marks_may_share_word(mark, people->dicts[other].marks[b[other]]) &&
            share_word(comparer, field, a[field], other, b[other])) {
            return true;
        }
    }
    return false;
}

/* Whether a given and a family name are not unlike. */
static bool is_like(struct comparer *comparer, uint32_t given, uint32_t family)
{
    struct side left = side_of(&comparer->people->dicts[comparer->given], given);
    struct side right = side_of(&comparer->people->dicts[comparer->family], family);

    left.nicknames = NULL;
    return compare_values(&comparer->jaro, PEOPLE_FAMILY, &left, &right) != NAME_DIFFERS;
}

static bool is_near(const struct comparer *comparer, uint32_t given, uint32_t family)
{
    struct side left = side_of(&comparer->people->dicts[comparer->given], given);
    struct side right = side_of(&comparer->people->dicts[comparer->family], family);

    return values_are_near(&left, &right) || values_share_word(&left, &right);
}

static inline ALWAYS_INLINE bool may_be_near(uint64_t a, uint64_t b)
{
    return marks_may_be_near(a, b) || marks_may_share_word(a, b);
}

/* Of two records whose given and family names both differ: one name is found in the other's
 * place, and the other is not unlike what stands in its own. */
static inline ALWAYS_INLINE bool names_are_swapped(struct comparer *comparer, const uint32_t *a,
                                                   const uint32_t *b)
{
    int given = comparer->given;
    int family = comparer->family;
    const uint64_t *givens = comparer->people->dicts[given].marks;
    const uint64_t *families = comparer->people->dicts[family].marks;
    bool there = may_be_near(givens[a[given]], families[b[family]]) &&
                 is_near(comparer, a[given], b[family]);
    bool back = may_be_near(givens[b[given]], families[a[family]]) &&
                is_near(comparer, b[given], a[family]);

    return (there && (back || is_like(comparer, b[given], a[family]))) ||
           (back && is_like(comparer, a[given], b[family]));
}

static inline ALWAYS_INLINE bool nicknames_may_meet(const struct people_dict *dict, uint32_t a,
                                                    uint32_t b)
{
    return dict->nicknames != NULL && dict->nicknames[a][0] != 0 && dict->nicknames[b][0] != 0;
}

/* Two different names: most are told by their sounds and letters. */
static inline ALWAYS_INLINE int compare_name(struct comparer *comparer, int field,
                                             const uint32_t *a, const uint32_t *b)
{
    const struct people_dict *dict = &comparer->people->dicts[field];
    int fact = comparer->people->facts[field];
    uint32_t sounds = fact == 0 ? 0 : a[fact] ^ b[fact];
    bool same_initial = sounds >> SOUND_BITS == 0;
    bool same_sound = fact != 0 && sounds << (32 - SOUND_BITS) == 0;

    if (!same_sound &&
        names_differ(dict->marks[a[field]], dict->marks[b[field]], same_initial) &&
        !nicknames_may_meet(dict, a[field], b[field])) {
        return NAME_DIFFERS;
    }
    return compare_cached(comparer, field, a[field], b[field]);
}

/* Of two different values. */
static inline ALWAYS_INLINE int compare_field(struct comparer *comparer, int field,
                                              const uint32_t *a, const uint32_t *b)
{
    const uint64_t *marks = comparer->people->dicts[field].marks;
    enum people_kind kind = comparer->kinds[field];
    int fact = comparer->people->facts[field];
    int last = 0; /* level when nothing is in common */

    switch (kind) {
    case PEOPLE_BIRTH_DATE:
        return compare_dates(a[fact], b[fact]);
    case PEOPLE_SEX:
        return SEX_DIFFERS;
    case PEOPLE_PHONE:
        last = digits_folds_differ(kind, a[fact], b[fact]) ? PHONE_DIFFERS : 0;
        break;
    case PEOPLE_IDENTIFIER:
        last = digits_folds_differ(kind, a[fact], b[fact]) ? IDENTIFIER_DIFFERS : 0;
        break;
    case PEOPLE_STREET:
        last = street_marks_differ(street_fact(a, fact), street_fact(b, fact)) ? STREET_DIFFERS
                                                                               : 0;
        break;
    case PEOPLE_POSTCODE:
        last = postcode_marks_differ(marks[a[field]], marks[b[field]]) ? POSTCODE_DIFFERS : 0;
        break;
    case PEOPLE_PLACE:
    case PEOPLE_TEXT:
        last = words_differ(marks[a[field]], marks[b[field]]) ? WORDS_DIFFERS : 0;
        break;
    case PEOPLE_EMAIL:
        break;
    case PEOPLE_GIVEN:
    case PEOPLE_FAMILY:
    case PEOPLE_MIDDLE:
    case PEOPLE_OTHER_NAME:
    case PEOPLE_RELATIVE:
    case PEOPLE_FULL_NAME:
    case PEOPLE_KIND_COUNT:
        return compare_name(comparer, field, a, b);
    }
    if (last != 0) {
        return last;
    }
    return kind == PEOPLE_PLACE ? compare_cached(comparer, field, a[field], b[field])
                                : compare_numbers(comparer, field, a[field], b[field]);
}

/* Agreement that goes with that on another field says nothing more (implied_fields.h). */
static inline ALWAYS_INLINE uint64_t without_implied(const struct people *people,
                                                     uint32_t implied, uint64_t pattern)
{
    for (uint32_t fields = implied; fields != 0; fields &= fields - 1) {
        int field = __builtin_ctz(fields);
        uint32_t by =
            pattern_level(pattern, field) == LEVEL_EXACT ? people->implied_by[field] : 0;
        for (; by != 0; by &= by - 1) {
            if (pattern_level(pattern, __builtin_ctz(by)) == LEVEL_EXACT) {
                pattern &= ~(UINT64_C(15) << (4 * field));
            }
        }
    }
    return pattern;
}

static inline ALWAYS_INLINE uint64_t compare_two(struct comparer *comparer, const uint32_t *a,
                                                 const uint32_t *b)
{
    uint32_t differ = 0; /* bits of fields with two different values */
    uint64_t pattern = 0;

    for (int field = 0; field < comparer->people->nfields; field++) {
        bool same = a[field] == b[field];
        pattern |= (uint64_t)(same && a[field] != 0 ? LEVEL_EXACT : LEVEL_MISSING)
                   << (4 * field);
        differ |= (uint32_t)(!same && a[field] != 0 && b[field] != 0) << field;
    }
    if (comparer->swapping != 0 && (differ & comparer->swapping) == comparer->swapping &&
        names_are_swapped(comparer, a, b)) {
        pattern |= (uint64_t)NAME_SWAPPED << (4 * comparer->given);
        differ &= ~comparer->swapping;
    }
    for (; differ != 0; differ &= differ - 1) {
        int field = __builtin_ctz(differ);
        int level = compare_field(comparer, field, a, b);
        if (level >= NAME_LIKE && (comparer->elsewhere >> field & 1) != 0 &&
            (name_is_elsewhere(comparer, field, a, b) ||
             name_is_elsewhere(comparer, field, b, a))) {
            level = NAME_ELSEWHERE;
        }
        pattern |= (uint64_t)level << (4 * field);
    }
    return without_implied(comparer->people, comparer->implied, pattern);
}

/* Asks memory for what comparing and weighing two rows will look up. */
static inline ALWAYS_INLINE void fetch_values(const struct comparer *comparer,
                                              const uint32_t *a, const uint32_t *b)
{
    for (int field = 0; field < comparer->people->nfields; field++) {
        const struct people_dict *dict = &comparer->people->dicts[field];
        if (a[field] == b[field]) {
            __builtin_prefetch(&dict->counts[a[field]]);
        } else if (comparer->looks_up[field]) {
            __builtin_prefetch(&dict->marks[a[field]]);
            __builtin_prefetch(&dict->marks[b[field]]);
        }
    }
}

static inline ALWAYS_INLINE void compare_each(struct comparer *comparer,
                                              const struct record_pair *pairs, uint32_t n,
                                              uint64_t *patterns)
{
    const struct people *people = comparer->people;

    for (uint32_t i = 0; i < n + PAIRS_AHEAD; i++) {
        if (i < n) {
            fetch_values(comparer, people_row(people, pairs[i].a),
                         people_row(people, pairs[i].b));
        }
        if (i >= PAIRS_AHEAD) {
            const struct record_pair *pair = &pairs[i - PAIRS_AHEAD];
            patterns[i - PAIRS_AHEAD] =
                compare_two(comparer, people_row(people, pair->a), people_row(people, pair->b));
        }
    }
}

static uint64_t compare_plain(struct comparer *comparer, const uint32_t *a, const uint32_t *b)
{
    return compare_two(comparer, a, b);
}

static void compare_each_plain(struct comparer *comparer, const struct record_pair *pairs,
                               uint32_t n, uint64_t *patterns)
{
    compare_each(comparer, pairs, n, patterns);
}

FAST_CPU static uint64_t compare_fast(struct comparer *comparer, const uint32_t *a,
                                      const uint32_t *b)
{
    return compare_two(comparer, a, b);
}

FAST_CPU static void compare_each_fast(struct comparer *comparer,
                                       const struct record_pair *pairs, uint32_t n,
                                       uint64_t *patterns)
{
    compare_each(comparer, pairs, n, patterns);
}

static bool is_elsewhere_kind(enum people_kind kind)
{
    return kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY || kind == PEOPLE_MIDDLE ||
           kind == PEOPLE_OTHER_NAME;
}

/* Kinds whose different values are told by marks; of the others the row has all of it, or the
 * forms are needed. */
static bool looks_up_marks(enum people_kind kind)
{
    return kind != PEOPLE_BIRTH_DATE && kind != PEOPLE_SEX && kind != PEOPLE_PHONE &&
           kind != PEOPLE_IDENTIFIER && kind != PEOPLE_STREET && kind != PEOPLE_EMAIL;
}

static uint32_t implied_fields(const struct people *people)
{
    uint32_t fields = 0;

    for (int field = 0; field < people->nfields; field++) {
        fields |= (uint32_t)(people->implied_by[field] != 0) << field;
    }
    return fields;
}

void comparer_init(struct comparer *comparer, const struct people *people)
{
    bool fast = cpu_is_fast();

    memset(comparer, 0, sizeof(*comparer));
    comparer->people = people;
    comparer->implied = implied_fields(people);
    comparer->given = people_model_find(people->model, PEOPLE_GIVEN);
    comparer->family = people_model_find(people->model, PEOPLE_FAMILY);
    if (comparer->given >= 0 && comparer->family >= 0) {
        comparer->swapping = UINT32_C(1) << comparer->given | UINT32_C(1) << comparer->family;
    }
    for (int field = 0; field < people->nfields; field++) {
        comparer->kinds[field] = people->model->fields[field].kind;
        comparer->looks_up[field] = looks_up_marks(comparer->kinds[field]);
        if (is_elsewhere_kind(comparer->kinds[field])) {
            comparer->names[comparer->nnames++] = field;
            comparer->elsewhere |= UINT32_C(1) << field;
        }
    }
    comparer->cache = xcalloc(1, sizeof(*comparer->cache));
    comparer->compare = fast ? compare_fast : compare_plain;
    comparer->compare_all = fast ? compare_each_fast : compare_each_plain;
}

void comparer_release(struct comparer *comparer)
{
    free(comparer->cache);
    comparer->cache = NULL;
}

uint64_t row_pattern(const struct people *people, const uint32_t *row)
{
    uint64_t pattern = 0;

    for (int field = 0; field < people->nfields; field++) {
        pattern |= row[field] == 0 ? 0 : (uint64_t)LEVEL_EXACT << (4 * field);
    }
    return without_implied(people, implied_fields(people), pattern);
}
