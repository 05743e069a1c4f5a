#include "transform/dedup/people_builder.h"

#include "transform/dedup/implied_fields.h"
#include "transform/dedup/people_piece.h"
#include "transform/dedup/people_sound.h"
#include "transform/dedup/record_sort.h"
#include "transform/dedup/shared_values.h"
#include "transform/dedup/team.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { PIECES_MAX = 2 * TEAM_MAX, PIECES_LEAST = 8 };

/* Pieces are filled, made into forms side by side, and then each field is numbered by one
 * thread, in the order of the records. */
struct people_builder {
    struct people people;
    int jobs;
    struct people_piece pieces[PIECES_MAX];
    uint32_t firsts[PIECES_MAX]; /* number of a piece's first record */
    int npieces;
    int filled;
    const struct people_columns *columns; /* of the file that is read; NULL: cells are added */
    struct value_former formers[TEAM_MAX];
    atomic_int next;
    uint32_t room;                /* records that cells and ids have room for */
    uint32_t without_id;          /* the first record that has none, from 1 on */
    int order[PEOPLE_FIELDS_MAX]; /* fields, those with most values first */
};

struct people_builder *people_builder_new(const struct people_model *model, int jobs)
{
    struct people_builder *builder = xcalloc(1, sizeof(*builder));

    builder->people = (struct people){.model = model, .nfields = model->nfields};
    builder->jobs = jobs;
    builder->npieces = 2 * jobs > PIECES_LEAST ? 2 * jobs : PIECES_LEAST;
    for (int i = 0; i < builder->npieces; i++) {
        people_piece_init(&builder->pieces[i], model);
    }
    for (int i = 0; i < model->nfields; i++) {
        people_dict_init(&builder->people.dicts[i], model->fields[i].kind);
    }
    return builder;
}

void people_builder_free(struct people_builder *builder)
{
    if (builder == NULL) {
        return;
    }
    for (int i = 0; i < builder->npieces; i++) {
        people_piece_release(&builder->pieces[i]);
    }
    for (int i = 0; i < TEAM_MAX; i++) {
        value_former_release(&builder->formers[i]);
    }
    people_release(&builder->people);
    free(builder);
}

static void make_pieces(void *context, int member)
{
    struct people_builder *builder = context;
    int i;

    while ((i = atomic_fetch_add(&builder->next, 1)) < builder->filled) {
        if (builder->columns != NULL) {
            people_piece_cut(&builder->pieces[i], builder->columns);
        }
        people_piece_make(&builder->pieces[i], builder->people.model,
                          &builder->formers[member]);
    }
}

static void number_field(struct people_builder *builder, int field)
{
    struct people *people = &builder->people;

    for (int i = 0; i < builder->filled; i++) {
        const struct people_piece *piece = &builder->pieces[i];
        uint32_t *numbers = people->cells +
                            (size_t)builder->firsts[i] * (size_t)people->nfields +
                            (size_t)field;
        people_dict_put(&people->dicts[field], people->model->fields[field].kind,
                        piece->forms + (size_t)field * piece->room, piece->nlines, numbers,
                        (size_t)people->nfields);
    }
}

static bool is_in_files(const struct people *people, struct text text)
{
    for (int i = 0; i < people->nfiles; i++) {
        if (text.at >= people->files[i].start && text.at < people->files[i].end) {
            return true;
        }
    }
    return false;
}

static void take_ids(struct people_builder *builder)
{
    struct people *people = &builder->people;

    for (int i = 0; i < builder->filled; i++) {
        const struct people_piece *piece = &builder->pieces[i];
        struct text *ids = people->ids + builder->firsts[i];
        for (uint32_t line = 0; line < piece->nlines; line++) {
            struct text id = piece->cells[(size_t)line * (size_t)piece->ncells];
            if (id.len == 0 && builder->without_id == 0) {
                builder->without_id = builder->firsts[i] + line + 1;
            }
            ids[line] = is_in_files(people, id) ? id : arena_copy(&people->id_text, id);
        }
    }
}

/* Each field, and the ids, are one thread's: those with most values first, so that none is left
 * with much to do at the end. */
static void number_fields(void *context, int member)
{
    struct people_builder *builder = context;
    int i;

    (void)member;
    while ((i = atomic_fetch_add(&builder->next, 1)) <= builder->people.nfields) {
        if (i == 0) {
            take_ids(builder);
        } else {
            number_field(builder, builder->order[i - 1]);
        }
    }
}

static void order_fields(struct people_builder *builder)
{
    const struct people_dict *dicts = builder->people.dicts;

    for (int i = 0; i < builder->people.nfields; i++) {
        int at = i;
        for (; at > 0 && dicts[builder->order[at - 1]].nvalues < dicts[i].nvalues; at--) {
            builder->order[at] = builder->order[at - 1];
        }
        builder->order[at] = i;
    }
}

/* Numbers the records of the pieces. */
static bool place_records(struct people_builder *builder, struct error *err)
{
    struct people *people = &builder->people;
    uint64_t total = people->nrecords;

    for (int i = 0; i < builder->filled; i++) {
        builder->firsts[i] = (uint32_t)total;
        total += builder->pieces[i].nlines;
    }
    if (total > PEOPLE_MAX) {
        return error_set(err, ERROR_LIMIT, "more than %d records", PEOPLE_MAX);
    }
    if (total > builder->room) {
        builder->room = (uint32_t)(total + total / 2);
        people->cells =
            xrealloc(people->cells,
                     (size_t)builder->room * (size_t)people->nfields * sizeof(*people->cells));
        people->ids = xrealloc(people->ids, (size_t)builder->room * sizeof(*people->ids));
    }
    people->nrecords = (uint32_t)total;
    return true;
}

static bool end_pieces(struct people_builder *builder, struct error *err)
{
    bool ok;

    atomic_store(&builder->next, 0);
    team_run(builder->filled > 1 ? builder->jobs : 1, make_pieces, builder);
    ok = place_records(builder, err);
    if (ok) {
        order_fields(builder);
        atomic_store(&builder->next, 0);
        team_run(builder->filled > 1 ? builder->jobs : 1, number_fields, builder);
    }
    if (ok && builder->without_id != 0) {
        ok = error_set(err, ERROR_SOURCE, "record %" PRIu32 " has no id", builder->without_id);
    }
    for (int i = 0; i < builder->filled; i++) {
        people_piece_clear(&builder->pieces[i]);
    }
    builder->filled = 0;
    return ok;
}

bool people_builder_add(struct people_builder *builder, struct text id,
                        const struct text *cells, struct error *err)
{
    struct people_piece *piece;

    if (builder->filled == 0) {
        builder->filled = 1;
    }
    piece = &builder->pieces[builder->filled - 1];
    people_piece_add(piece, id, cells);
    if (piece->nlines < PIECE_RECORDS && piece->text.used < PIECE_BYTES) {
        return true;
    }
    if (builder->filled < builder->npieces) {
        builder->filled++;
        return true;
    }
    return end_pieces(builder, err);
}

static bool bind_columns(const struct people_model *model, const struct people_csv *csv,
                         struct people_columns *columns, struct error *err)
{
    int ncells = 0;
    int column = people_csv_column(csv, model->record, err);

    if (column < 0) {
        return false;
    }
    columns->nslots = csv->nnames;
    for (int i = 0; i < csv->nnames; i++) {
        columns->slots[i] = -1;
    }
    columns->slots[column] = ncells++;
    for (int field = 0; field < model->nfields; field++) {
        for (int i = 0; i < model->fields[field].ncolumns; i++) {
            column = people_csv_column(csv, model->fields[field].columns[i], err);
            if (column < 0) {
                return false;
            }
            if (columns->slots[column] >= 0) {
                return error_set(err, ERROR_CONFIG, "the model names column '%s' twice",
                                 model->fields[field].columns[i]);
            }
            columns->slots[column] = ncells++;
        }
    }
    return true;
}

static bool read_file(struct people_builder *builder, struct people_csv *csv, struct error *err)
{
    struct people_columns columns;
    bool ok = bind_columns(builder->people.model, csv, &columns, err);

    builder->columns = &columns;
    while (ok &&
           people_csv_cut(csv, PIECE_BYTES, &builder->pieces[builder->filled].part, err)) {
        builder->filled++;
        ok = builder->filled < builder->npieces || end_pieces(builder, err);
    }
    ok = ok && err->code == ERROR_NONE && end_pieces(builder, err);
    builder->columns = NULL;
    return ok;
}

static void close_dicts(void *context, uint32_t from, uint32_t to)
{
    struct people_builder *builder = context;

    for (uint32_t i = from; i < to; i++) {
        people_dict_close(&builder->people.dicts[builder->order[i]]);
    }
}

bool people_builder_end(struct people_builder *builder, struct people *people,
                        struct error *err)
{
    bool ok = end_pieces(builder, err);

    if (ok) {
        team_share(builder->jobs, (uint32_t)builder->people.nfields, 1, close_dicts, builder);
    }
    for (int i = 0; ok && i < builder->people.nfields; i++) {
        people_number_sounds(&builder->people, i, 1);
    }
    ok = ok && record_sort(&builder->people, builder->jobs, err);
    if (ok) {
        shared_values_drop(&builder->people);
        implied_fields_find(&builder->people);
        *people = builder->people;
        builder->people = (struct people){0};
    }
    people_builder_free(builder);
    return ok;
}

bool people_read(struct people *people, const struct people_model *model,
                 const char *const *paths, int npaths, int jobs, struct error *err)
{
    struct people_builder *builder = people_builder_new(model, jobs);
    bool ok = true;

    builder->people.files = xcalloc((size_t)npaths, sizeof(*builder->people.files));
    for (int i = 0; ok && i < npaths; i++) {
        struct people_csv *csv = &builder->people.files[i];
        ok = people_csv_open(csv, paths[i], err);
        builder->people.nfiles += ok ? 1 : 0;
        ok = ok && read_file(builder, csv, err);
    }
    if (!ok) {
        people_builder_free(builder);
        return false;
    }
    return people_builder_end(builder, people, err);
}
