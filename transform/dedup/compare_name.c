#include "transform/dedup/compare_name.h"

#include "transform/dedup/level.h"
#include "transform/dedup/name_form.h"
#include "transform/dedup/value_form.h"

#include <string.h>

enum { SOLID_MAX = VALUE_FORM_MAX };

static const double typo_least = 0.93;
static const double close_least = 0.87;
static const double like_least = 0.78;

static bool share_group(const uint16_t a[2], const uint16_t b[2])
{
    for (int i = 0; i < 2; i++) {
        if (a[i] != 0 && (a[i] == b[0] || a[i] == b[1])) {
            return true;
        }
    }
    return false;
}

static bool begins(struct text a, struct text b)
{
    return memcmp(a.at, b.at, a.len < b.len ? a.len : b.len) == 0;
}

static bool one_edit(struct text a, struct text b)
{
    return a.len >= 4 && b.len >= 4 && text_one_edit(a, b);
}

static int compare_single(struct jaro *jaro, const struct side *a, const struct side *b)
{
    double bound = jaro_winkler_bound(a->bag, a->form, b->bag, b->form);
    double like = bound < 0.70 ? 0.0 : jaro_winkler(jaro, a->form, b->form);

    if (like >= typo_least || (like > 0.0 && one_edit(a->form, b->form))) {
        return NAME_TYPO;
    }
    if (like >= close_least ||
        (a->form.len >= 3 && b->form.len >= 3 && begins(a->form, b->form))) {
        return NAME_CLOSE;
    }
    return like >= like_least || (a->sound != 0 && a->sound == b->sound) ? NAME_LIKE
                                                                         : NAME_DIFFERS;
}

/* How two words of names agree: 0 not at all, 1 nearly, as an initial or a short name, 2. */
static int compare_word(struct text a, struct text b, bool given)
{
    uint16_t groups_a[2];
    uint16_t groups_b[2];

    if (text_equal(a, b)) {
        return 2;
    }
    if (one_edit(a, b) || ((a.len == 1 || b.len == 1) && begins(a, b))) {
        return 1;
    }
    if (!given) {
        return 0;
    }
    nickname_groups(a, groups_a);
    nickname_groups(b, groups_b);
    return share_group(groups_a, groups_b) ? 1 : 0;
}

struct words {
    struct text at[NAME_WORDS_MAX];
    int count;
};

/* Words of `few` that stand in `many`, each in another one; `slips` are those that only nearly
 * do. */
static int match_words(const struct words *few, const struct words *many, bool given,
                       int *slips)
{
    bool taken[NAME_WORDS_MAX] = {false};
    bool found[NAME_WORDS_MAX] = {false};
    int matched = 0;

    *slips = 0;
    for (int least = 2; least >= 1; least--) {
        for (int i = 0; i < few->count; i++) {
            for (int k = 0; k < many->count && !found[i]; k++) {
                if (!taken[k] && compare_word(few->at[i], many->at[k], given) >= least) {
                    taken[k] = found[i] = true;
                    matched++;
                    *slips += least == 1 ? 1 : 0;
                }
            }
        }
    }
    return matched;
}

static struct text solid(struct text form, char out[SOLID_MAX])
{
    size_t len = 0;

    for (size_t i = 0; i < form.len && len < SOLID_MAX; i++) {
        if (form.at[i] != ' ') {
            out[len++] = form.at[i];
        }
    }
    return (struct text){out, len};
}

/* Written as one word or as several: Al Harbi, Alharbi. */
static bool is_same_solid(struct text a, struct text b)
{
    char solid_a[SOLID_MAX];
    char solid_b[SOLID_MAX];
    struct text one = solid(a, solid_a);
    struct text other = solid(b, solid_b);

    return text_equal(one, other) || one_edit(one, other);
}

static int compare_several(struct jaro *jaro, const struct side *a, const struct side *b)
{
    bool given = a->nicknames != NULL;
    struct words words_a;
    struct words words_b;
    int matched;
    int slips;

    if (is_same_solid(a->form, b->form)) {
        return NAME_TYPO;
    }
    words_a.count = name_words(a->form, words_a.at);
    words_b.count = name_words(b->form, words_b.at);
    matched = words_a.count <= words_b.count ? match_words(&words_a, &words_b, given, &slips)
                                             : match_words(&words_b, &words_a, given, &slips);
    if (matched == words_a.count && matched == words_b.count) {
        return slips == 0 ? NAME_TYPO : NAME_CLOSE;
    }
    if (matched == words_a.count || matched == words_b.count) {
        return slips < matched ? NAME_ELSEWHERE : NAME_INITIAL;
    }
    if (matched > 0) {
        return NAME_LIKE;
    }
    return jaro_winkler(jaro, a->form, b->form) >= typo_least ? NAME_CLOSE : NAME_DIFFERS;
}

static int compare_bases(struct jaro *jaro, const struct side *a, const struct side *b)
{
    if (text_equal(a->form, b->form)) { /* one of them says which generation */
        return NAME_VARIANT;
    }
    if (a->form.len == 1 || b->form.len == 1) {
        return begins(a->form, b->form) ? NAME_INITIAL : NAME_DIFFERS;
    }
    if (a->nicknames != NULL && share_group(a->nicknames, b->nicknames)) {
        return NAME_VARIANT;
    }
    return ((a->bag | b->bag) & LETTER_BAG_SPACE) != 0 ? compare_several(jaro, a, b)
                                                       : compare_single(jaro, a, b);
}

int compare_names(struct jaro *jaro, const struct side *a, const struct side *b)
{
    char elder = name_generation(a->form);
    char younger = name_generation(b->form);
    struct side left = *a;
    struct side right = *b;
    int level;

    left.form = name_base(a->form);
    right.form = name_base(b->form);
    level = compare_bases(jaro, &left, &right);
    return elder != '\0' && younger != '\0' && elder != younger && level < NAME_GENERATION
               ? NAME_GENERATION
               : level;
}
