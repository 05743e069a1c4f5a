#include "transform/dedup/people.h"

#include "transform/dedup/people_dict.h"
#include "transform/dedup/record_sort.h"
#include "transform/dedup/team.h"
#include "transform/dedup/value_form.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_RECORDS = 16384 };

/* Reading: cells of a batch are cut by one thread, then fields are divided among all. */
struct reading {
    struct people *people;
    int jobs;
    int slots[PEOPLE_CSV_COLUMNS_MAX];
    int nslots;      /* cells of a line: the id, then the columns of each field */
    struct text *at; /* of the batch: nslots a line */
    uint32_t nlines;
    uint32_t room; /* records that cells and ids have room for */
    struct value_former formers[TEAM_MAX];
    atomic_int next_field;
};

static struct text join_cells(const struct text *cells, int ncells, struct arena *arena)
{
    size_t len = 0;
    char *at;

    if (ncells == 1) {
        return cells[0];
    }
    for (int i = 0; i < ncells; i++) {
        len += cells[i].len + 1;
    }
    arena_clear(arena);
    at = arena_bytes(arena, len);
    len = 0;
    for (int i = 0; i < ncells; i++) {
        memcpy(at + len, cells[i].at, cells[i].len);
        len += cells[i].len;
        at[len++] = ' ';
    }
    return (struct text){at, len};
}

static void intern_field(struct reading *reading, int field, struct value_former *former,
                         struct arena *arena)
{
    struct people *people = reading->people;
    const struct people_field *what = &people->model->fields[field];
    uint32_t *out = people->cells + (size_t)people->nrecords * (size_t)people->nfields + field;
    const struct text *cells = reading->at;
    char form[VALUE_FORM_MAX];
    int first = 1;

    for (int i = 0; i < field; i++) {
        first += people->model->fields[i].ncolumns;
    }
    for (uint32_t line = 0; line < reading->nlines; line++) {
        struct text raw = join_cells(cells + first, what->ncolumns, arena);
        struct text normal = {form, value_form(former, what, raw, form)};
        *out = people_dict_put(&people->dicts[field], what->kind, normal);
        out += people->nfields;
        cells += reading->nslots;
    }
}

static void intern_fields(void *context, int member)
{
    struct reading *reading = context;
    struct arena arena = {0};
    int field;

    while ((field = atomic_fetch_add(&reading->next_field, 1)) < reading->people->nfields) {
        intern_field(reading, field, &reading->formers[member], &arena);
    }
    arena_release(&arena);
}

static void make_room(struct reading *reading)
{
    struct people *people = reading->people;

    if (people->nrecords + BATCH_RECORDS <= reading->room) {
        return;
    }
    reading->room = people->nrecords + people->nrecords / 2 + 4 * BATCH_RECORDS;
    people->cells = xrealloc(people->cells, (size_t)reading->room * (size_t)people->nfields *
                                                sizeof(*people->cells));
    people->ids = xrealloc(people->ids, (size_t)reading->room * sizeof(*people->ids));
}

static bool end_batch(struct reading *reading, struct error *err)
{
    struct people *people = reading->people;

    make_room(reading);
    atomic_store(&reading->next_field, 0);
    team_run(reading->nlines < 256 ? 1 : reading->jobs, intern_fields, reading);
    for (uint32_t line = 0; line < reading->nlines; line++) {
        struct text id = reading->at[(size_t)line * (size_t)reading->nslots];
        if (id.len == 0) {
            return error_set(err, ERROR_SOURCE, "record %" PRIu32 " has no id",
                             people->nrecords + line + 1);
        }
        people->ids[people->nrecords + line] = id;
    }
    people->nrecords += reading->nlines;
    reading->nlines = 0;
    return people->nrecords <= PEOPLE_MAX ||
           error_set(err, ERROR_LIMIT, "more than %d records", PEOPLE_MAX);
}

static bool bind_columns(struct reading *reading, const struct people_csv *csv,
                         struct error *err)
{
    const struct people_model *model = reading->people->model;
    int column;

    for (int i = 0; i < PEOPLE_CSV_COLUMNS_MAX; i++) {
        reading->slots[i] = -1;
    }
    reading->nslots = 0;
    column = people_csv_column(csv, model->record, err);
    if (column < 0) {
        return false;
    }
    reading->slots[column] = reading->nslots++;
    for (int field = 0; field < model->nfields; field++) {
        for (int i = 0; i < model->fields[field].ncolumns; i++) {
            column = people_csv_column(csv, model->fields[field].columns[i], err);
            if (column < 0) {
                return false;
            }
            if (reading->slots[column] >= 0) {
                return error_set(err, ERROR_CONFIG, "the model names column '%s' twice",
                                 model->fields[field].columns[i]);
            }
            reading->slots[column] = reading->nslots++;
        }
    }
    return true;
}

static bool read_file(struct reading *reading, struct people_csv *csv, struct error *err)
{
    if (!bind_columns(reading, csv, err)) {
        return false;
    }
    while (people_csv_next(csv, reading->slots,
                           reading->at + (size_t)reading->nlines * (size_t)reading->nslots,
                           reading->nslots, err)) {
        if (++reading->nlines == BATCH_RECORDS && !end_batch(reading, err)) {
            return false;
        }
    }
    return err->code == ERROR_NONE && end_batch(reading, err);
}

bool people_read(struct people *people, const struct people_model *model,
                 const char *const *paths, int npaths, int jobs, struct error *err)
{
    struct reading *reading = xcalloc(1, sizeof(*reading));
    bool ok = true;

    *people = (struct people){.model = model, .nfields = model->nfields};
    people->files = xcalloc((size_t)npaths, sizeof(*people->files));
    reading->people = people;
    reading->jobs = jobs;
    reading->at = xmalloc(sizeof(*reading->at) * BATCH_RECORDS *
                          (PEOPLE_FIELDS_MAX * PEOPLE_COLUMNS_MAX + 1));
    for (int i = 0; i < people->nfields; i++) {
        people_dict_init(&people->dicts[i]);
    }
    for (int i = 0; ok && i < npaths; i++) {
        ok = people_csv_open(&people->files[i], paths[i], err);
        people->nfiles += ok ? 1 : 0;
        ok = ok && read_file(reading, &people->files[i], err);
    }
    for (int i = 0; i < TEAM_MAX; i++) {
        value_former_release(&reading->formers[i]);
    }
    free(reading->at);
    free(reading);
    ok = ok && record_sort(people, err);
    if (!ok) {
        people_release(people);
    }
    return ok;
}

void people_release(struct people *people)
{
    for (int i = 0; i < people->nfields; i++) {
        people_dict_release(&people->dicts[i]);
    }
    for (int i = 0; i < people->nfiles; i++) {
        people_csv_close(&people->files[i]);
    }
    free(people->files);
    free(people->cells);
    free(people->ids);
    *people = (struct people){0};
}

int64_t people_find(const struct people *people, struct text id)
{
    uint32_t low = 0;
    uint32_t high = people->nrecords;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = text_compare(people->ids[middle], id);
        if (order == 0) {
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return -1;
}
