/*
 * step_result.c - steps for laboratory results and their reference ranges.
 */
#include "core/decimal.h"
#include "transform/digit.h"
#include "transform/number_text.h"
#include "transform/step_cell.h"

enum { RANGE_BYTES_MAX = 128 };

static bool format_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct number_format *format = xcalloc(1, sizeof(*format));

    (void)env;
    step->data = format;
    return number_format_compile(format, step, err);
}

struct comparator {
    const char *written;
    const char *means;
};

/* Two characters before one. */
static const struct comparator comparators[] = {
    {"<=", "<="}, {"=<", "<="},     {"\u2264", "<="}, {">=", ">="},
    {"=>", ">="}, {"\u2265", ">="}, {"<", "<"},       {">", ">"},
};

/* Takes a comparator off the front; NULL: there is none. */
static const char *comparator_take(struct text *text)
{
    if (text->len > 0 && digit_is_ascii(text->at[0])) {
        return NULL; /* nearly always */
    }
    for (size_t i = 0; i < sizeof(comparators) / sizeof(comparators[0]); i++) {
        size_t len = strlen(comparators[i].written);
        if (text->len >= len && memcmp(text->at, comparators[i].written, len) == 0) {
            *text = text_trim((struct text){text->at + len, text->len - len});
            return comparators[i].means;
        }
    }
    return NULL;
}

/* "1:40" becomes "40", the reciprocal that LOINC's property Titr reports. */
static bool titre_take(struct text *text)
{
    if (text->len < 3 || text->at[0] != '1' || text->at[1] != ':') {
        return false;
    }
    *text = text_trim((struct text){text->at + 2, text->len - 2});
    return true;
}

/* Fills the first two values; false leaves them. */
static bool comparator_split(const struct step_cell *at, struct text in)
{
    struct text rest = in;
    const char *comparator = comparator_take(&rest);
    bool titre = titre_take(&rest);
    struct number_text number;

    if (!number_read(at->data, rest, &number) || (titre && number.at[0] == '-')) {
        return false;
    }
    if (titre) {
        cell_flag(at, "number.titre");
    }
    cell_put(at->cell, text_of(comparator));
    cell_put(cell_sibling(at, 1), number_text_keep(&number, rest, cell_arena(at)));
    return true;
}

static void comparator_split_row(const struct step_cell *at)
{
    struct text in = cell_trimmed(at->cell);

    if (in.len == 0) {
        cell_clear(at->cell);
        cell_clear(cell_sibling(at, 1));
    } else if (!comparator_split(at, in)) {
        cell_refuse(at, "number.format");
    }
}

STEP_RUN_ROW(comparator_split, 2)

static void result_split_row(const struct step_cell *at)
{
    struct text in = cell_trimmed(at->cell);

    cell_clear(cell_sibling(at, 2));
    if (in.len == 0 || !comparator_split(at, in)) {
        cell_clear(at->cell);
        cell_clear(cell_sibling(at, 1));
        cell_put(cell_sibling(at, 2), in);
    }
}

STEP_RUN_ROW(result_split, 3)

/* Bytes of the word between low and high at `text`, or 0. */
static size_t range_separator(struct text text)
{
    static const char *const words[] = {"-", "\u2013", "\u2014", "..", " to ", " bis "};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t len = strlen(words[i]);
        if (text.len >= len && memcmp(text.at, words[i], len) == 0) {
            return len;
        }
    }
    return 0;
}

static bool range_read(const struct number_format *format, struct text in,
                       struct number_text *low, struct number_text *high)
{
    for (size_t i = 1; i < in.len && in.len <= RANGE_BYTES_MAX; i++) {
        struct text rest = {in.at + i, in.len - i};
        size_t width = range_separator(rest);
        struct text behind = {rest.at + width, rest.len - width};
        if (width > 0 && number_read(format, text_trim((struct text){in.at, i}), low) &&
            number_read(format, text_trim(behind), high)) {
            return true;
        }
    }
    return false;
}

static bool range_is_rising(const struct number_text *low, const struct number_text *high)
{
    struct decimal a;
    struct decimal b;

    return decimal_parse((struct text){low->at, low->len}, &a) &&
           decimal_parse((struct text){high->at, high->len}, &b) &&
           decimal_rescale(&a, a.scale > b.scale ? a.scale : b.scale) &&
           decimal_rescale(&b, a.scale) && a.units <= b.units;
}

static void range_split_row(const struct step_cell *at)
{
    struct cell *low_cell = at->cell;
    struct cell *high_cell = cell_sibling(at, 1);
    struct text in = cell_trimmed(at->cell);
    const char *comparator = comparator_take(&in);
    struct number_text low;
    struct number_text high;

    if (comparator == NULL && in.len == 0) {
        cell_clear(low_cell);
        cell_clear(high_cell);
    } else if (comparator != NULL && number_read(at->data, in, &low)) {
        struct cell *bound = comparator[0] == '<' ? high_cell : low_cell;
        cell_clear(low_cell);
        cell_clear(high_cell);
        cell_put(bound, number_text_keep(&low, in, cell_arena(at)));
    } else if (comparator == NULL && range_read(at->data, in, &low, &high) &&
               range_is_rising(&low, &high)) {
        cell_put(low_cell, number_text_keep(&low, in, cell_arena(at)));
        cell_put(high_cell, number_text_keep(&high, in, cell_arena(at)));
    } else {
        cell_refuse(at, "range.format");
    }
}

STEP_RUN_ROW(range_split, 2)

const struct step_impl step_result_impls[] = {
    {"comparator_split", format_compile, comparator_split_run, NULL},
    {"result_split", format_compile, result_split_run, NULL},
    {"range_split", format_compile, range_split_run, NULL},
    {0},
};
