/* index_axes.c - what a pack says of the axes of its codes, as small numbers and words. */
#include "core/ident.h"
#include "terminology/suggest/axis_match.h"
#include "terminology/suggest/drug_words.h"
#include "terminology/suggest/index_names.h"

#include <math.h>
#include <stdlib.h>

enum { AXIS_VALUES_MAX = 60000 };

static const char *const axis_properties[] = {
#define X(axis, property) property,
    AXIS_LIST(X)
#undef X
};

/* A DDD is "value unit route"; a code has one for each of its ways. */
static unsigned routes_of_ddd(struct text value)
{
    for (size_t i = value.len; i > 0; i--) {
        if (value.at[i - 1] == ' ') {
            return drug_routes_of_ddd((struct text){value.at + i, value.len - i});
        }
    }
    return 0;
}

static unsigned routes_of_row(const struct suggest_index *index, uint32_t row)
{
    unsigned routes = drug_routes_of_group(code_pack_entry(index->pack, row).code);
    struct text name;
    struct text value;

    if (routes != 0) {
        return routes;
    }
    for (size_t at = 0; code_pack_property(index->pack, row, &at, &name, &value);) {
        routes |= text_is(name, "ddd") ? routes_of_ddd(value) : 0U;
    }
    return routes | ROUTE_WHOLE_BODY;
}

static void fill_words(struct suggest_index *index, struct axis_value *value)
{
    struct name_form form;

    name_form_make(&form, index->lexicon, value->text);
    for (int i = 0; i < form.nwords && value->nwords < AXIS_WORDS_MAX; i++) {
        uint32_t word = suggest_index_word(index, form.words[i]);
        if (word != CODE_NONE) {
            value->words[value->nwords++] = word;
        }
    }
}

static uint16_t value_number(struct suggest_index *index, struct strmap *seen, enum axis axis,
                             struct text text)
{
    struct strmap_entry *entry = strmap_put(seen, text);

    if (entry == NULL) {
        return 0;
    }
    if (entry->number == 0) {
        struct axis_value *value = &index->values[axis][index->nvalues[axis]];
        *value = (struct axis_value){.text = text,
                                     .usual = axis_usual(axis, text),
                                     .is_open = axis_open_system(text),
                                     .is_drawn = axis_is_drawn(text)};
        value->hash = checksum_of(text.at, text.len);
        entry->number = ++index->nvalues[axis];
    }
    return (uint16_t)(entry->number - 1);
}

static uint16_t rank_of(struct text value)
{
    unsigned rank = 0;

    for (size_t i = 0; i < value.len && rank < 6000; i++) {
        rank = rank * 10 + (unsigned)(value.at[i] - '0') % 10;
    }
    return (uint16_t)rank;
}

static uint8_t marks_of(struct code_entry entry)
{
    bool is_unsure = entry.status == CODE_TRIAL || entry.status == CODE_DISCOURAGED;

    return (uint8_t)((entry.status == CODE_DEPRECATED ? ROW_DEPRECATED : 0U) |
                     (is_unsure ? ROW_UNSURE : 0U) |
                     ((entry.flags & CODE_BILLABLE) == 0 ? ROW_HEADING : 0U));
}

static void read_row(struct suggest_index *index, uint32_t row, struct text values[INDEX_AXES])
{
    struct text name;
    struct text value;

    for (int axis = 0; axis < INDEX_AXES; axis++) {
        values[axis] = (struct text){"", 0};
    }
    for (size_t at = 0; code_pack_property(index->pack, row, &at, &name, &value);) {
        for (int axis = 0; axis < INDEX_AXES; axis++) {
            if (values[axis].len == 0 && text_is(name, axis_properties[axis])) {
                values[axis] = value;
            }
        }
        if (text_is(name, "COMMON_TEST_RANK")) {
            index->rank[row] = rank_of(value);
        }
    }
}

/* Codes are numbered as they are made, and the common tests came first. */
static float early_of(struct text code)
{
    double number = 0;

    for (size_t i = 0; i < code.len && code.at[i] >= '0' && code.at[i] <= '9'; i++) {
        number = number * 10 + (code.at[i] - '0');
    }
    return number < 1 ? 0 : (float)fmax(0, 1 - log10(number) / 5);
}

static void read_route(struct suggest_index *index, uint32_t row, struct strmap *seen)
{
    unsigned routes = routes_of_row(index, row);
    char bytes[ROUTES_TEXT_MAX];
    struct text text = drug_routes_text(routes, bytes);
    uint32_t known = index->nvalues[AXIS_ROUTE];
    uint16_t number;

    if (strmap_find(seen, text) == NULL) {
        text = arena_copy(&index->texts, text);
    }
    number = value_number(index, seen, AXIS_ROUTE, text);
    if (index->nvalues[AXIS_ROUTE] > known) {
        index->values[AXIS_ROUTE][number].routes = routes;
    }
    index->value_of[(size_t)row * INDEX_AXES + AXIS_ROUTE] = number;
}

/* A word belongs to an axis when more codes have it there than concepts in their names. */
static void mark_words(struct suggest_index *index, enum axis axis, const uint32_t *rows_of)
{
    uint32_t *count = xcalloc((size_t)index->nwords + 1, sizeof(uint32_t));
    uint32_t *named = xcalloc((size_t)index->nwords + 1, sizeof(uint32_t));

    for (uint32_t v = 0; v < index->nvalues[axis]; v++) {
        const struct axis_value *value = &index->values[axis][v];
        for (int i = 0; i < value->nwords; i++) {
            count[value->words[i]] += rows_of[v];
        }
    }
    for (uint32_t i = 0; i < index->core.at[index->nconcepts]; i++) {
        named[index->core.items[i]]++;
    }
    for (uint32_t word = 0; word < index->nwords; word++) {
        if (count[word] > named[word] && index->words[word].len > 1 &&
            !name_word_is_number(index->words[word])) {
            index->word_axes[word] |= (uint8_t)(1U << axis);
        }
    }
    free(count);
    free(named);
}

void index_axes_read(struct suggest_index *index)
{
    uint32_t nrows = code_pack_count(index->pack);
    struct strmap seen[INDEX_AXES];

    index->value_of = xcalloc((size_t)nrows * INDEX_AXES + 1, sizeof(uint16_t));
    index->rank = xcalloc((size_t)nrows + 1, sizeof(uint16_t));
    index->row_marks = xcalloc((size_t)nrows + 1, 1);
    index->early = xcalloc((size_t)nrows + 1, sizeof(float));
    index->word_axes = xcalloc((size_t)index->nwords + 1, 1);
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        strmap_init(&seen[axis], AXIS_VALUES_MAX);
        index->values[axis] = xcalloc(AXIS_VALUES_MAX, sizeof(struct axis_value));
        value_number(index, &seen[axis], (enum axis)axis, (struct text){"", 0});
    }
    for (uint32_t row = 0; row < nrows; row++) {
        struct text values[INDEX_AXES];
        read_row(index, row, values);
        index->row_marks[row] = marks_of(code_pack_entry(index->pack, row));
        for (int axis = 0; axis < INDEX_AXES; axis++) {
            index->value_of[(size_t)row * INDEX_AXES + (size_t)axis] =
                value_number(index, &seen[axis], (enum axis)axis, values[axis]);
        }
        if (index->is_atc) {
            read_route(index, row, &seen[AXIS_ROUTE]);
        }
        if (index->has_axes) {
            index->early[row] = early_of(code_pack_entry(index->pack, row).code);
        }
    }
    for (int axis = 0; axis < INDEX_AXES; axis++) {
        uint32_t *rows_of = xcalloc((size_t)index->nvalues[axis] + 1, sizeof(uint32_t));
        for (uint32_t row = 0; row < nrows; row++) {
            rows_of[index->value_of[(size_t)row * INDEX_AXES + (size_t)axis]]++;
        }
        for (uint32_t v = 0; v < index->nvalues[axis]; v++) {
            fill_words(index, &index->values[axis][v]);
        }
        index->values[axis] = xrealloc(index->values[axis],
                                       (index->nvalues[axis] + 1) * sizeof(struct axis_value));
        mark_words(index, (enum axis)axis, rows_of);
        free(rows_of);
        strmap_release(&seen[axis]);
    }
}
