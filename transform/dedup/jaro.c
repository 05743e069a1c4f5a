#include "transform/dedup/jaro.h"

#include <string.h>

/* The uppermost bit of a mark is no letter (value_mark.h). */
static const uint64_t bag_bits = UINT64_MAX >> 1;

/* Bytes of `a` from `from` to `to` that equal those of `b`, `shift` places on. */
static bool same_tail(struct text a, struct text b, size_t from_a, size_t from_b)
{
    if (a.len - from_a != b.len - from_b) {
        return false;
    }
    for (size_t i = from_a, j = from_b; i < a.len; i++, j++) {
        if (a.at[i] != b.at[j]) {
            return false;
        }
    }
    return true;
}

bool text_one_edit(struct text a, struct text b)
{
    size_t i = 0;

    if (a.len > b.len + 1 || b.len > a.len + 1) {
        return false;
    }
    while (i < a.len && i < b.len && a.at[i] == b.at[i]) {
        i++;
    }
    if (i == a.len && i == b.len) {
        return false;
    }
    if (a.len > b.len) {
        return same_tail(a, b, i + 1, i);
    }
    if (b.len > a.len) {
        return same_tail(a, b, i, i + 1);
    }
    return same_tail(a, b, i + 1, i + 1) ||
           (i + 1 < a.len && a.at[i] == b.at[i + 1] && a.at[i + 1] == b.at[i] &&
            same_tail(a, b, i + 2, i + 2));
}

static double with_prefix(double jaro, struct text a, struct text b)
{
    size_t most = a.len < b.len ? a.len : b.len;
    size_t prefix = 0;

    most = most < 4 ? most : 4;
    while (prefix < most && a.at[prefix] == b.at[prefix]) {
        prefix++;
    }
    return jaro + 0.1 * (double)prefix * (1.0 - jaro);
}

double jaro_winkler_bound(uint64_t bag_a, struct text a, uint64_t bag_b, struct text b)
{
    size_t shared = (size_t)__builtin_popcountll(bag_a & bag_b & bag_bits);
    size_t rest_a = a.len - (size_t)__builtin_popcountll(bag_a & bag_bits);
    size_t rest_b = b.len - (size_t)__builtin_popcountll(bag_b & bag_bits);
    double matches = (double)(shared + (rest_a < rest_b ? rest_a : rest_b));
    double jaro;

    if (matches <= 0.0) {
        return 0.0;
    }
    jaro = (matches / (double)a.len + matches / (double)b.len + 1.0) / 3.0;
    return jaro >= 1.0 ? 1.0 : with_prefix(jaro, a, b);
}

/* Matching is greedy from one side, so the sides are put in one order. */
static void put_in_order(struct text *a, struct text *b)
{
    if (a->len > b->len || (a->len == b->len && memcmp(a->at, b->at, a->len) > 0)) {
        struct text swap = *a;
        *a = *b;
        *b = swap;
    }
}

double jaro_winkler(struct jaro *jaro, struct text a, struct text b)
{
    uint64_t taken = 0; /* places of b that are matched */
    uint64_t given = 0; /* places of a that are matched */
    size_t window;
    size_t most;
    int matches;
    int moved = 0;
    double m;

    a.len = a.len < JARO_MAX ? a.len : JARO_MAX;
    b.len = b.len < JARO_MAX ? b.len : JARO_MAX;
    if (a.len == 0 || b.len == 0) {
        return 0.0;
    }
    put_in_order(&a, &b);
    most = a.len > b.len ? a.len : b.len;
    window = most / 2 > 0 ? most / 2 - 1 : 0;
    for (size_t j = 0; j < b.len; j++) {
        jaro->places[(uint8_t)b.at[j]] |= UINT64_C(1) << j;
    }
    for (size_t i = 0; i < a.len; i++) {
        uint64_t from = i > window ? i - window : 0;
        uint64_t reach = i + window >= 63 ? ~UINT64_C(0) : (UINT64_C(2) << (i + window)) - 1;
        uint64_t may = jaro->places[(uint8_t)a.at[i]] & ~taken & reach;
        may = from < 64 ? may >> from << from : 0;
        taken |= may & (~may + 1);
        given |= may != 0 ? UINT64_C(1) << i : 0;
    }
    for (size_t j = 0; j < b.len; j++) {
        jaro->places[(uint8_t)b.at[j]] = 0;
    }
    matches = __builtin_popcountll(taken);
    if (matches == 0) {
        return 0.0;
    }
    for (; given != 0; given &= given - 1, taken &= taken - 1) {
        moved += a.at[__builtin_ctzll(given)] != b.at[__builtin_ctzll(taken)] ? 1 : 0;
    }
    m = (double)matches;
    return with_prefix(
        (m / (double)a.len + m / (double)b.len + (m - (double)(moved / 2)) / m) / 3.0, a, b);
}
