#include "transform/people/verdicts.h"

#include "transform/dedup/people_csv.h"
#include "transform/people/copy_tuple.h"

#include <inttypes.h>
#include <stdlib.h>

enum { PART_BYTES = 1 << 20, CSV_CELLS = 3 };

struct reading {
    struct verdicts *out;
    const struct registrations *records;
    size_t room;
};

static struct verdict_pair *new_pair(struct verdicts *verdicts, size_t *room)
{
    if (verdicts->npairs == *room) {
        *room = *room * 2 + 256;
        verdicts->pairs = xrealloc(verdicts->pairs, *room * sizeof(*verdicts->pairs));
    }
    return &verdicts->pairs[verdicts->npairs++];
}

static bool add_verdict(struct text tuple, void *context, struct error *err)
{
    struct reading *reading = context;
    struct tuple_reader reader = tuple_read(tuple);
    int64_t verdict = tuple_next_int(&reader);
    int64_t a = registrations_find(reading->records, tuple_next_ident(&reader, NULL));
    int64_t b = registrations_find(reading->records, tuple_next_ident(&reader, NULL));
    bool same = tuple_next_int(&reader) != 0;

    if (a < 0 || b < 0) {
        reading->out->dormant++;
        return true;
    }
    *new_pair(reading->out, &reading->room) =
        (struct verdict_pair){(uint32_t)a, (uint32_t)b, same, verdict};
    return reading->out->npairs <= VERDICTS_MAX ||
           error_set(err, ERROR_LIMIT, "more than %d verdicts", VERDICTS_MAX);
}

bool verdicts_read(struct verdicts *verdicts, struct pg *pg, const struct people_index *index,
                   const struct registrations *records, struct error *err)
{
    struct reading reading = {.out = verdicts, .records = records};
    char *sql = xasprintf(/* the name of an index is made of letters, digits and _ */
                          "COPY (SELECT v.verdict_id, v.a, v.b, v.same FROM mpi.verdict v "
                          "JOIN mpi.index_organisation a ON a.organisation = v.a_organisation "
                          "JOIN mpi.index_organisation b ON b.organisation = v.b_organisation "
                          "WHERE v.withdrawn_at IS NULL AND a.index_name = '%s' AND "
                          "b.index_name = '%s') "
                          "TO STDOUT (FORMAT binary)",
                          index->name, index->name);
    bool ok;

    *verdicts = (struct verdicts){0};
    ok = pg_copy_out(pg, sql, add_verdict, &reading, err);
    free(sql);
    if (!ok) {
        verdicts_release(verdicts);
    }
    return ok;
}

void verdicts_release(struct verdicts *verdicts)
{
    free(verdicts->pairs);
    *verdicts = (struct verdicts){0};
}

struct csv_reading {
    struct verdicts *out;
    const struct people *people;
    size_t room;
    int64_t line;
};

static bool read_part(struct csv_reading *reading, struct people_csv_part *part,
                      const int *slots, int nslots, struct error *err)
{
    struct text cells[CSV_CELLS];

    while (people_csv_next(part, slots, nslots, cells, CSV_CELLS)) {
        int64_t a = people_find(reading->people, cells[0]);
        int64_t b = people_find(reading->people, cells[1]);
        bool same = text_is(cells[2], "same");
        reading->line++;
        if (!same && !text_is(cells[2], "different")) {
            return error_set(err, ERROR_SOURCE,
                             "verdict %" PRId64 ": the answer is 'same' or 'different'",
                             reading->line);
        }
        if (text_equal(cells[0], cells[1])) {
            return error_set(err, ERROR_SOURCE, "verdict %" PRId64 " is about one record",
                             reading->line);
        }
        if (a < 0 || b < 0) {
            reading->out->dormant++;
            continue;
        }
        *new_pair(reading->out, &reading->room) =
            (struct verdict_pair){(uint32_t)a, (uint32_t)b, same, reading->line};
        if (reading->out->npairs > VERDICTS_MAX) {
            return error_set(err, ERROR_LIMIT, "more than %d verdicts", VERDICTS_MAX);
        }
    }
    return !part->broken || error_set(err, ERROR_SOURCE, "a quote of the verdicts never ends");
}

bool verdicts_read_csv(struct verdicts *verdicts, const struct people *people, const char *path,
                       struct error *err)
{
    static const char *const names[CSV_CELLS] = {"record_a", "record_b", "answer"};
    struct csv_reading reading = {.out = verdicts, .people = people};
    struct people_csv *csv = xcalloc(1, sizeof(*csv));
    struct people_csv_part part = {0};
    int slots[PEOPLE_CSV_COLUMNS_MAX];
    bool ok = people_csv_open(csv, path, err);

    *verdicts = (struct verdicts){0};
    for (int i = 0; i < PEOPLE_CSV_COLUMNS_MAX; i++) {
        slots[i] = -1;
    }
    for (int i = 0; ok && i < CSV_CELLS; i++) {
        int column = people_csv_column(csv, names[i], err);
        ok = column >= 0;
        if (ok) {
            slots[column] = i;
        }
    }
    while (ok && people_csv_cut(csv, PART_BYTES, &part, err)) {
        ok = read_part(&reading, &part, slots, csv->nnames, err);
        arena_clear(&part.undone);
    }
    ok = ok && err->code == ERROR_NONE;
    arena_release(&part.undone);
    people_csv_close(csv);
    free(csv);
    if (!ok) {
        verdicts_release(verdicts);
    }
    return ok;
}
