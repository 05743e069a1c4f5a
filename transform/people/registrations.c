#include "transform/people/registrations.h"

#include "transform/dedup/people_builder.h"
#include "transform/people/copy_tuple.h"

#include <stdlib.h>
#include <string.h>

enum { SQL_MAX = 1 << 16, CONTENT_MAX = 64 << 20, UUID_DIGITS = 36 };

struct reading {
    struct registrations *out;
    struct people_builder *builder;
    int32_t org_id;
    int ncells;
    struct strbuf content; /* of one registration */
};

/* Each cell with its length, so that no two rows of cells give the same bytes. */
static struct ident hash_content(struct strbuf *content, const struct text *cells, int ncells)
{
    struct digest128 digest;
    struct ident id;

    strbuf_clear(content);
    for (int i = 0; i < ncells; i++) {
        tuple_put_text(content, cells[i]);
    }
    digest = digest_of(content->at, content->len);
    memcpy(id.bytes, &digest.high, 8);
    memcpy(id.bytes + 8, &digest.low, 8);
    return id;
}

static bool add_row(struct text tuple, void *context, struct error *err)
{
    struct reading *reading = context;
    struct registrations *out = reading->out;
    struct tuple_reader reader = tuple_read(tuple);
    struct text cells[PEOPLE_FIELDS_MAX * PEOPLE_COLUMNS_MAX];
    struct registration *registration;
    char id[UUID_DIGITS + 1];

    if (out->count == out->room) {
        out->room = out->room + out->room / 2 + 4096;
        out->at = xrealloc(out->at, (size_t)out->room * sizeof(*out->at));
    }
    registration = &out->at[out->count];
    registration->id = tuple_next_ident(&reader, NULL);
    registration->org_id = reading->org_id;
    for (int i = 0; i < reading->ncells; i++) {
        cells[i] = tuple_next(&reader, NULL);
    }
    if (reader.bad) {
        return error_set(err, ERROR_STORE, "the store's COPY cut a row");
    }
    registration->content = hash_content(&reading->content, cells, reading->ncells);
    if (strbuf_is_full(&reading->content)) {
        return error_set(err, ERROR_LIMIT, "a registration is longer than %d bytes",
                         CONTENT_MAX);
    }
    ident_format(registration->id, id);
    out->count++;
    return people_builder_add(reading->builder, (struct text){id, UUID_DIGITS}, cells, err);
}

static bool has_column(struct pg *pg, const char *name, struct error *err)
{
    const char *const params[] = {name};
    int64_t count;

    if (!pg_query_int(pg,
                      "SELECT count(*) FROM pg_attribute WHERE attnum > 0 AND attname = $1 "
                      "AND attrelid = 'mpi.registration'::regclass AND atttypid = 25",
                      1, params, &count, err)) {
        return false;
    }
    if (count == 0) {
        error_set(err, ERROR_CONFIG,
                  "the model names column '%s', which mpi.registration does "
                  "not have",
                  name);
        error_hint(err, "docs/people.md lists the columns");
    }
    return count > 0;
}

/* "id, given, family, ..." in the order of the model's cells. */
static bool list_columns(struct strbuf *sql, const struct people_model *model, struct pg *pg,
                         struct error *err)
{
    if (strcmp(model->record, "id") != 0) {
        return error_set(err, ERROR_CONFIG, "a model for the store has 'record: id', not '%s'",
                         model->record);
    }
    strbuf_puts(sql, "id");
    for (int field = 0; field < model->nfields; field++) {
        for (int i = 0; i < model->fields[field].ncolumns; i++) {
            const char *name = model->fields[field].columns[i];
            char *quoted;
            if (!has_column(pg, name, err)) {
                return false;
            }
            quoted = pg_quote_name(pg, name);
            strbuf_addf(sql, ", %s", quoted);
            free(quoted);
        }
    }
    return true;
}

static bool read_organisation(struct reading *reading, const struct people_org *org,
                              const char *columns, struct pg *pg, struct error *err)
{
    struct strbuf sql;
    bool ok;

    reading->org_id = (int32_t)strtol(org->number, NULL, 10);
    strbuf_init(&sql, SQL_MAX);
    strbuf_addf(&sql,
                "COPY (SELECT %s FROM mpi.registration WHERE org_id = %d) "
                "TO STDOUT (FORMAT binary)",
                columns, reading->org_id);
    ok = pg_setting(pg, "hms.org_id", org->number, err) &&
         pg_copy_out(pg, sql.at, add_row, reading, err);
    strbuf_release(&sql);
    return ok;
}

static int order_registrations(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct ident)); /* the id comes first */
}

bool registrations_read(struct registrations *registrations, struct people *people,
                        const struct people_model *model, struct pg *pg,
                        const struct people_index *index, int jobs, struct error *err)
{
    struct reading reading = {.out = registrations, .ncells = people_model_columns(model)};
    struct strbuf columns;
    bool ok;

    *registrations = (struct registrations){0};
    *people = (struct people){0};
    strbuf_init(&columns, SQL_MAX / 2);
    strbuf_init(&reading.content, CONTENT_MAX);
    reading.builder = people_builder_new(model, jobs);
    ok = list_columns(&columns, model, pg, err);
    for (int i = 0; ok && i < index->norgs; i++) {
        ok = read_organisation(&reading, &index->orgs[i], columns.at, pg, err);
    }
    if (ok) {
        ok = people_builder_end(reading.builder, people, err);
        qsort(registrations->at, registrations->count, sizeof(*registrations->at),
              order_registrations);
    } else {
        people_builder_free(reading.builder);
    }
    strbuf_release(&columns);
    strbuf_release(&reading.content);
    if (!ok) {
        registrations_release(registrations);
    }
    return ok;
}

void registrations_release(struct registrations *registrations)
{
    free(registrations->at);
    *registrations = (struct registrations){0};
}

int64_t registrations_find(const struct registrations *registrations, struct ident id)
{
    const struct registration *found =
        registrations->count == 0 ? NULL
                                  : bsearch(&id, registrations->at, registrations->count,
                                            sizeof(*registrations->at), order_registrations);

    return found == NULL ? -1 : found - registrations->at;
}
