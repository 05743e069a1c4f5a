#include "transform/people/review_compare.h"

#include "transform/dedup/compare_value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 256 };

/* The kind before the ": " of "KIND: NAME". */
static enum people_kind kind_before(const char *line)
{
    for (int kind = 0; kind < PEOPLE_KIND_COUNT; kind++) {
        const char *word = people_kind_word((enum people_kind)kind);
        size_t len = strlen(word);
        if (strncmp(line, word, len) == 0 && strncmp(line + len, ": ", 2) == 0) {
            return (enum people_kind)kind;
        }
    }
    return PEOPLE_KIND_COUNT;
}

/* The number behind " m " or " u ", 0 when there is none. */
static double share_behind(const char *line, const char *name)
{
    const char *at = strstr(line, name);

    return at == NULL ? 0.0 : strtod(at + strlen(name), NULL);
}

static void learn_level(struct review_comparer *comparer, enum people_kind kind,
                        const char *line)
{
    const struct level *levels = levels_of(kind);
    double m = share_behind(line, " m ");
    double u = share_behind(line, " u ");
    size_t len = strcspn(line, " ");

    for (int level = 1; m > 0.0 && u > 0.0 && level < level_count(kind); level++) {
        if (strlen(levels[level].code) == len && strncmp(levels[level].code, line, len) == 0) {
            comparer->weights[kind][level] = log2(m / u);
        }
    }
}

/* "field KIND: NAME", then its lines "level CODE m M u U h H". */
static void learn_weights(struct review_comparer *comparer, struct text learned)
{
    enum people_kind kind = PEOPLE_KIND_COUNT;
    char line[LINE_MAX_BYTES];

    while (learned.len > 0) {
        const char *end = memchr(learned.at, '\n', learned.len);
        size_t len = end == NULL ? learned.len : (size_t)(end - learned.at);
        snprintf(line, sizeof(line), "%.*s", (int)(len < sizeof(line) ? len : 0), learned.at);
        if (strncmp(line, "field ", 6) == 0) {
            kind = kind_before(line + 6);
        } else if (strncmp(line, "level ", 6) == 0 && kind != PEOPLE_KIND_COUNT) {
            learn_level(comparer, kind, line + 6);
        }
        len += end == NULL ? 0 : 1;
        learned = (struct text){learned.at + len, learned.len - len};
    }
}

void review_comparer_init(struct review_comparer *comparer, struct text learned)
{
    *comparer = (struct review_comparer){0};
    for (int kind = 0; kind < PEOPLE_KIND_COUNT; kind++) {
        const struct level *levels = levels_of((enum people_kind)kind);
        for (int level = 1; level < level_count((enum people_kind)kind); level++) {
            comparer->weights[kind][level] = log2(levels[level].m / levels[level].u);
        }
    }
    learn_weights(comparer, learned);
}

void review_comparer_release(struct review_comparer *comparer)
{
    value_former_release(&comparer->former);
}

static uint32_t digits_number(struct text form)
{
    uint32_t number = 0;

    for (size_t i = 0; i < form.len && i < 8; i++) {
        number = number * 10 + (uint32_t)(form.at[i] - '0');
    }
    return number;
}

static struct side make_side(enum people_kind kind, struct text form, uint16_t nicknames[2])
{
    uint64_t sound = sound_key(form);
    struct side side = {.form = form, .bag = letter_bag(form), .nicknames = nicknames};

    side.sound =
        kind == PEOPLE_BIRTH_DATE ? digits_number(form) : (uint32_t)(sound ^ sound >> 32);
    nickname_groups(form, nicknames);
    return side;
}

int review_compare(struct review_comparer *comparer, enum people_kind kind, struct text a,
                   struct text b)
{
    struct people_field field = {.kind = kind, .order = DATE_ORDER_YMD};
    char forms[2][VALUE_FORM_MAX];
    uint16_t nicknames[2][2];
    struct side sides[2];
    struct text raw[2] = {a, b};

    for (int i = 0; i < 2; i++) {
        size_t len = value_form(&comparer->former, &field, raw[i], forms[i]);
        if (len == 0) {
            return LEVEL_MISSING;
        }
        sides[i] = make_side(kind, (struct text){forms[i], len}, nicknames[i]);
    }
    if (text_equal(sides[0].form, sides[1].form)) {
        return LEVEL_EXACT;
    }
    return compare_values(&comparer->jaro, kind, &sides[0], &sides[1]);
}
