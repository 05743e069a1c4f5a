#include "transform/dedup/shared_values.h"

#include "transform/dedup/row_facts.h"

#include <stdlib.h>

enum {
    YEARS_AROUND = 5,
    DAYS_AROUND = 10,
    DATE_TIMES = 10,
};

/* Holders from which a value is looked at; 0: a kind that strangers may share. */
static uint32_t holders_least(enum people_kind kind)
{
    switch (kind) {
    case PEOPLE_IDENTIFIER:
        return 5;
    case PEOPLE_EMAIL:
        return 8;
    case PEOPLE_PHONE:
    case PEOPLE_BIRTH_DATE:
        return 12;
    case PEOPLE_STREET:
        return 20;
    case PEOPLE_GIVEN:
    case PEOPLE_FAMILY:
    case PEOPLE_MIDDLE:
    case PEOPLE_OTHER_NAME:
    case PEOPLE_RELATIVE:
    case PEOPLE_FULL_NAME:
    case PEOPLE_SEX:
    case PEOPLE_POSTCODE:
    case PEOPLE_PLACE:
    case PEOPLE_TEXT:
    case PEOPLE_KIND_COUNT:
        break;
    }
    return 0;
}

/* A date that is a value of the dictionary, under a number in whose order it is looked at. */
struct dated {
    int number;
    uint32_t value;
};

static int order_dated(const void *left, const void *right)
{
    const struct dated *a = left;
    const struct dated *b = right;

    return a->number == b->number ? 0 : a->number < b->number ? -1 : 1;
}

/* `digits` of four bits each, as a number. */
static int number_of(uint32_t digits, int from, int count)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        number = number * 10 + (int)(digits >> (4 * (7 - from - i)) & 15);
    }
    return number;
}

/* In the calendar. */
static int day_number(uint32_t digits)
{
    return (number_of(digits, 0, 4) * 12 + number_of(digits, 4, 2)) * 31 +
           number_of(digits, 6, 2);
}

/* The same day of all years side by side; years are far fewer than lie between. */
static int birthday_number(uint32_t digits)
{
    return number_of(digits, 4, 4) * 10000 + number_of(digits, 0, 4);
}

static bool stands_out(const struct people_dict *dict, const struct dated *all, size_t n,
                       size_t at, int reach)
{
    uint64_t around = 0;

    for (size_t i = at; i-- > 0 && all[i].number >= all[at].number - reach;) {
        around += dict->counts[all[i].value];
    }
    for (size_t i = at + 1; i < n && all[i].number <= all[at].number + reach; i++) {
        around += dict->counts[all[i].value];
    }
    return (uint64_t)dict->counts[all[at].value] * 2 * (uint64_t)reach >
           DATE_TIMES * (around + 2 * (uint64_t)reach);
}

/* Marks the dates that stand out among those that `number` puts around them. */
static void mark_dates(const struct people_dict *dict, int (*number)(uint32_t digits),
                       int reach, uint8_t *marks)
{
    struct dated *all = xmalloc(((size_t)dict->nvalues + 1) * sizeof(*all));
    size_t n = 0;

    for (uint32_t i = 1; i < dict->nvalues; i++) {
        all[n++] = (struct dated){number(dict->sounds[i]), i};
    }
    qsort(all, n, sizeof(*all), order_dated);
    for (size_t i = 0; i < n; i++) {
        if (stands_out(dict, all, n, i, reach)) {
            marks[all[i].value]++;
        }
    }
    free(all);
}

/* Dates that stand out both among the days and among the years around them. */
static uint32_t find_dates(const struct people_dict *dict, uint32_t least, uint32_t *values)
{
    uint8_t *marks = xcalloc((size_t)dict->nvalues + 1, 1);
    uint32_t count = 0;

    mark_dates(dict, birthday_number, YEARS_AROUND, marks);
    mark_dates(dict, day_number, DAYS_AROUND, marks);
    for (uint32_t i = 1; i < dict->nvalues; i++) {
        if (dict->counts[i] >= least && marks[i] == 2) {
            values[count++] = i;
        }
    }
    free(marks);
    return count;
}

/* The fields that tell who somebody is: names and birth date; for a birth date also all that else
 * belongs to one home, as a person's records with ill-written names share it. */
static bool is_witness(enum people_kind kind, enum people_kind of)
{
    if (kind == PEOPLE_GIVEN || kind == PEOPLE_FAMILY || kind == PEOPLE_FULL_NAME ||
        kind == PEOPLE_BIRTH_DATE) {
        return kind != of;
    }
    return of == PEOPLE_BIRTH_DATE && holders_least(kind) > 0;
}

static int find_witnesses(const struct people_model *model, int field, int *witnesses)
{
    int n = 0;

    for (int i = 0; i < model->nfields; i++) {
        if (is_witness(model->fields[i].kind, model->fields[field].kind)) {
            witnesses[n++] = i;
        }
    }
    return n;
}

static int order_numbers(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    return a == b ? 0 : a < b ? -1 : 1;
}

/* Whether no value of the witness is that of half of the holders; who has none is like nobody. */
static bool are_unlike(const struct people *people, const uint32_t *records, uint32_t n,
                       int witness)
{
    uint32_t *numbers = xmalloc(((size_t)n + 1) * sizeof(*numbers));
    uint32_t most = 0;

    for (uint32_t i = 0; i < n; i++) {
        numbers[i] = people_row(people, records[i])[witness];
    }
    qsort(numbers, n, sizeof(*numbers), order_numbers);
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && numbers[end] == numbers[i]; end++) {
        }
        most = numbers[i] != 0 && end - i > most ? end - i : most;
    }
    free(numbers);
    return 2 * most < n;
}

/* Values whose holders are to be looked at, and their holders. */
struct suspects {
    uint32_t *values;
    uint32_t count;
    uint32_t *place_of; /* by value: its place + 1 */
    uint32_t *starts;   /* by place */
    uint32_t *records;
};

static void find_suspects(const struct people *people, int field, struct suspects *suspects)
{
    const struct people_dict *dict = &people->dicts[field];
    uint32_t least = holders_least(people->model->fields[field].kind);
    uint32_t count = 0;

    *suspects = (struct suspects){0};
    for (uint32_t i = 1; least > 0 && i < dict->nvalues; i++) {
        count += dict->counts[i] >= least ? 1 : 0;
    }
    if (count == 0) {
        return;
    }
    suspects->values = xmalloc(count * sizeof(*suspects->values));
    if (people->model->fields[field].kind == PEOPLE_BIRTH_DATE) {
        suspects->count = find_dates(dict, least, suspects->values);
        return;
    }
    for (uint32_t i = 1; i < dict->nvalues; i++) {
        if (dict->counts[i] >= least) {
            suspects->values[suspects->count++] = i;
        }
    }
}

static void find_holders(const struct people *people, int field, struct suspects *suspects)
{
    const struct people_dict *dict = &people->dicts[field];
    uint32_t *fill = xmalloc(((size_t)suspects->count + 1) * sizeof(*fill));
    uint32_t total = 0;

    suspects->place_of = xcalloc((size_t)dict->nvalues + 1, sizeof(uint32_t));
    suspects->starts = xmalloc(((size_t)suspects->count + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < suspects->count; i++) {
        suspects->place_of[suspects->values[i]] = i + 1;
        suspects->starts[i] = fill[i] = total;
        total += dict->counts[suspects->values[i]];
    }
    suspects->starts[suspects->count] = total;
    suspects->records = xmalloc(((size_t)total + 1) * sizeof(uint32_t));
    for (uint32_t i = 0; i < people->nrecords; i++) {
        uint32_t place = suspects->place_of[people_row(people, i)[field]];
        if (place != 0) {
            suspects->records[fill[place - 1]++] = i;
        }
    }
    free(fill);
}

static void drop_value(struct people *people, int field, const uint32_t *records, uint32_t n,
                       uint32_t value)
{
    struct people_dict *dict = &people->dicts[field];

    for (uint32_t i = 0; i < n; i++) {
        uint32_t *row = people->cells + (size_t)records[i] * (size_t)people->width;
        row[field] = 0;
        row_facts_fill(people, row);
    }
    dict->counts[value] = 0;
    dict->present -= n;
    dict->strangers =
        xrealloc(dict->strangers, ((size_t)dict->nstrangers + 1) * sizeof(uint32_t));
    dict->strangers[dict->nstrangers++] = value;
    dict->nstranger_records += n;
}

static void judge_suspects(struct people *people, int field, const struct suspects *suspects)
{
    int witnesses[PEOPLE_FIELDS_MAX];
    int nwitnesses = find_witnesses(people->model, field, witnesses);
    struct people_dict *dict = &people->dicts[field];

    for (uint32_t i = 0; i < suspects->count; i++) {
        const uint32_t *records = suspects->records + suspects->starts[i];
        uint32_t n = suspects->starts[i + 1] - suspects->starts[i];
        bool unlike = nwitnesses > 0;
        for (int k = 0; unlike && k < nwitnesses; k++) {
            unlike = are_unlike(people, records, n, witnesses[k]);
        }
        if (unlike) {
            drop_value(people, field, records, n, suspects->values[i]);
        }
    }
    if (dict->nstrangers > 0) {
        qsort(dict->strangers, dict->nstrangers, sizeof(uint32_t), order_numbers);
    }
}

void shared_values_drop(struct people *people)
{
    for (int field = 0; field < people->nfields; field++) {
        struct suspects suspects;
        find_suspects(people, field, &suspects);
        if (suspects.count > 0) {
            find_holders(people, field, &suspects);
            judge_suspects(people, field, &suspects);
        }
        free(suspects.values);
        free(suspects.place_of);
        free(suspects.starts);
        free(suspects.records);
    }
}

bool value_is_of_strangers(const struct people_dict *dict, uint32_t value)
{
    return dict->nstrangers > 0 && bsearch(&value, dict->strangers, dict->nstrangers,
                                           sizeof(value), order_numbers) != NULL;
}
