#include "transform/dedup/compare.h"

#include "transform/dedup/compare_value.h"
#include "transform/dedup/row_facts.h"
#include "transform/dedup/value_mark.h"

#include <stdlib.h>
#include <string.h>

enum { CACHE_BITS = 12, CACHE_SLOTS = 1 << CACHE_BITS };

/* A slot: two numbers of 27 bits, lower first, the field, the level; 0 is free. */
struct level_cache {
    uint64_t slots[CACHE_SLOTS];
};

_Static_assert(PEOPLE_MAX < 1 << 27, "a value has 27 bits in a slot");

static bool is_elsewhere_kind(enum people_kind kind)
{
    return kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY || kind == PEOPLE_MIDDLE ||
           kind == PEOPLE_OTHER_NAME;
}

void comparer_init(struct comparer *comparer, const struct people *people)
{
    memset(comparer, 0, sizeof(*comparer));
    comparer->people = people;
    comparer->given = people_model_find(people->model, PEOPLE_GIVEN);
    comparer->family = people_model_find(people->model, PEOPLE_FAMILY);
    for (int field = 0; field < people->nfields; field++) {
        if (is_elsewhere_kind(people->model->fields[field].kind)) {
            comparer->names[comparer->nnames++] = field;
        }
    }
    comparer->cache = xcalloc(1, sizeof(*comparer->cache));
}

void comparer_release(struct comparer *comparer)
{
    free(comparer->cache);
    comparer->cache = NULL;
}

/* Kinds whose values repeat and are dear to compare. */
static bool is_worth_keeping(enum people_kind kind)
{
    return kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY;
}

static int compare_numbers(struct comparer *comparer, int field, uint32_t a, uint32_t b)
{
    const struct people_dict *dict = &comparer->people->dicts[field];
    struct side left = side_of(dict, a);
    struct side right = side_of(dict, b);

    return compare_values(&comparer->jaro, comparer->people->model->fields[field].kind, &left,
                          &right);
}

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
static bool may_be_elsewhere(const struct comparer *comparer, int field, int other,
                             const uint32_t *a, const uint32_t *b)
{
    int given = comparer->given;
    int family = comparer->family;

    if (other == field || b[other] == 0) {
        return false;
    }
    return (field != given && field != family) || (other != given && other != family) ||
           a[other] == 0 || b[field] == 0;
}

/* Whether a name of `a` is among the other names of `b`. */
static bool name_is_elsewhere(const struct comparer *comparer, int field, const uint32_t *a,
                              const uint32_t *b)
{
    const struct people *people = comparer->people;
    uint64_t mark = people->dicts[field].marks[a[field]];

    for (int i = 0; i < comparer->nnames; i++) {
        int other = comparer->names[i];
        if (may_be_elsewhere(comparer, field, other, a, b) &&
            marks_may_share_word(mark, people->dicts[other].marks[b[other]])) {
            struct side name = side_of(&people->dicts[field], a[field]);
            struct side side = side_of(&people->dicts[other], b[other]);
            if (values_share_word(&name, &side)) {
                return true;
            }
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
    const struct people_dict *givens = &comparer->people->dicts[comparer->given];
    const struct people_dict *families = &comparer->people->dicts[comparer->family];
    struct side left;
    struct side right;
    bool near = marks_may_be_near(givens->marks[given], families->marks[family]);
    bool share = marks_may_share_word(givens->marks[given], families->marks[family]);

    if (!near && !share) {
        return false;
    }
    left = side_of(givens, given);
    right = side_of(families, family);
    return (near && values_are_near(&left, &right)) ||
           (share && values_share_word(&left, &right));
}

/* One name is found in the other's place, and the other is not unlike what stands in its own. */
static bool names_are_swapped(struct comparer *comparer, const uint32_t *a, const uint32_t *b)
{
    int given = comparer->given;
    int family = comparer->family;
    bool there;
    bool back;

    if (given < 0 || family < 0 || a[given] == 0 || a[family] == 0 || b[given] == 0 ||
        b[family] == 0 || a[given] == b[given] || a[family] == b[family]) {
        return false;
    }
    there = is_near(comparer, a[given], b[family]);
    back = is_near(comparer, b[given], a[family]);
    return (there && (back || is_like(comparer, b[given], a[family]))) ||
           (back && is_like(comparer, a[given], b[family]));
}

/* Of two different values. */
static int compare_field(struct comparer *comparer, int field, const uint32_t *a,
                         const uint32_t *b)
{
    enum people_kind kind = comparer->people->model->fields[field].kind;
    int fact = comparer->people->facts[field];

    if (kind == PEOPLE_BIRTH_DATE) {
        return compare_dates(a[fact], b[fact]);
    }
    if (kind == PEOPLE_PHONE || kind == PEOPLE_IDENTIFIER) {
        return digits_folds_differ(kind, a[fact], b[fact])
                   ? level_differs(kind)
                   : compare_numbers(comparer, field, a[field], b[field]);
    }
    if (kind == PEOPLE_STREET) {
        return street_marks_differ(street_fact(a, fact), street_fact(b, fact))
                   ? level_differs(kind)
                   : compare_numbers(comparer, field, a[field], b[field]);
    }
    return is_worth_keeping(kind) ? compare_cached(comparer, field, a[field], b[field])
                                  : compare_numbers(comparer, field, a[field], b[field]);
}

/* Agreement that goes with that on another field says nothing more (implied_fields.h). */
static uint64_t without_implied(const struct people *people, uint64_t pattern)
{
    uint64_t left = pattern;

    for (int field = 0; field < people->nfields; field++) {
        if (pattern_level(pattern, field) != LEVEL_EXACT) {
            continue;
        }
        for (uint32_t by = people->implied_by[field]; by != 0; by &= by - 1) {
            if (pattern_level(left, __builtin_ctz(by)) == LEVEL_EXACT) {
                left &= ~(UINT64_C(15) << (4 * field));
            }
        }
    }
    return left;
}

uint64_t compare_rows(struct comparer *comparer, const uint32_t *a, const uint32_t *b)
{
    const struct people *people = comparer->people;
    bool swapped = names_are_swapped(comparer, a, b);
    uint64_t pattern = 0;

    for (int field = 0; field < people->nfields; field++) {
        int level;
        if (a[field] == 0 || b[field] == 0) {
            continue;
        }
        if (swapped && (field == comparer->given || field == comparer->family)) {
            level = field == comparer->given ? NAME_SWAPPED : LEVEL_MISSING;
        } else if (a[field] == b[field]) {
            level = LEVEL_EXACT;
        } else {
            level = compare_field(comparer, field, a, b);
            if (level >= NAME_LIKE && is_elsewhere_kind(people->model->fields[field].kind) &&
                (name_is_elsewhere(comparer, field, a, b) ||
                 name_is_elsewhere(comparer, field, b, a))) {
                level = NAME_ELSEWHERE;
            }
        }
        pattern |= (uint64_t)level << (4 * field);
    }
    return people->has_implied ? without_implied(people, pattern) : pattern;
}

uint64_t compare_records(struct comparer *comparer, uint32_t a, uint32_t b)
{
    return compare_rows(comparer, people_row(comparer->people, a),
                        people_row(comparer->people, b));
}

uint64_t row_pattern(const struct people *people, const uint32_t *row)
{
    uint64_t pattern = 0;

    for (int field = 0; field < people->nfields; field++) {
        pattern |= row[field] == 0 ? 0 : (uint64_t)LEVEL_EXACT << (4 * field);
    }
    return without_implied(people, pattern);
}
