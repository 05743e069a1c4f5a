#include "rehearsals/reconcile_drill.h"

enum { ID_BYTES = 16, VALUES_MAX = 1 << 16 };

/* The rows of one side of a group, as bytes in the arena. */
struct side {
    struct text *rows;
    size_t count;
    size_t size;
    struct arena arena;
};

struct group {
    const struct drill *drill;
    const struct entity *entity;
    uint16_t number;
    bool wanted[FINGERPRINT_BUCKETS];
    struct bucket_range range; /* from the first wanted to behind the last */
    struct side source;
    struct side store;
};

static const uint8_t *id_of(struct text row)
{
    return (const uint8_t *)row.at + 6; /* count word, length word */
}

static void side_add(struct side *side, struct text bytes)
{
    if (side->count == side->size) {
        side->size = side->size == 0 ? 1024 : side->size * 2;
        side->rows = xrealloc(side->rows, side->size * sizeof(*side->rows));
    }
    char *copy = arena_bytes(&side->arena, bytes.len);
    memcpy(copy, bytes.at, bytes.len);
    side->rows[side->count++] = (struct text){copy, bytes.len};
}

static void side_release(struct side *side)
{
    free(side->rows);
    arena_release(&side->arena);
    *side = (struct side){0};
}

static int compare_rows(const void *left, const void *right)
{
    const struct text *a = left, *b = right;
    int order = memcmp(id_of(*a), id_of(*b), ID_BYTES);
    return order != 0 ? order : text_compare(*a, *b);
}

/* ---- fetching */

static bool take_source(const struct stage_row *row, void *context, struct error *err)
{
    struct group *group = context;
    (void)err;
    if (row->row != NULL && group->wanted[fingerprint_bucket_of(tuple_id(row->row))]) {
        side_add(&group->source, row->row->bytes);
    }
    return true;
}

static bool take_store(struct text bytes, void *context, struct error *err)
{
    struct group *group = context;
    struct text rest = bytes;
    struct tuple tuple;
    if (!tuple_take(&tuple, group->entity->ncols, &rest)) {
        return error_set(err, ERROR_STORE, "entity '%s': the store sent no such tuple",
                         group->entity->name);
    }
    side_add(&group->store, tuple.bytes);
    return true;
}

static bool fetch_source(struct group *group, struct error *err)
{
    const struct drill *drill = group->drill;
    struct stage_reader reader = {
        .range = group->range,
        .only_entity = group->number,
        .decisions = drill->decisions,
        .row = take_source,
        .context = group,
    };
    decisions_reset(drill->decisions);
    for (size_t i = 0; i < drill->nstage_files; i++) {
        if (!stage_read(drill->stage_files[i], &reader, err)) {
            return false;
        }
    }
    return true;
}

/* One COPY for each run of neighbouring buckets. */
static bool fetch_store(struct group *group, struct error *err)
{
    char *table = xasprintf("hms.\"%s__%s\"", group->entity->name, group->drill->organisation);
    bool ok = true;
    for (uint32_t first = group->range.first; ok && first < group->range.end; first++) {
        struct bucket_range run = {first, first};
        while (run.end < group->range.end && group->wanted[run.end]) {
            run.end++;
        }
        if (run.end == first) {
            continue;
        }
        char *sql = pass_copy_sql(group->entity, table, run);
        ok = pg_copy_out(group->drill->pg, sql, take_store, group, err);
        free(sql);
        first = run.end;
    }
    free(table);
    return ok;
}

/* ---- comparing */

static void add_value(struct strbuf *out, enum column_type type, struct text field)
{
    if (field.at == NULL) {
        strbuf_puts(out, "NULL");
    } else if (!column_decode(out, type, field)) {
        strbuf_puts(out, "?");
    }
}

/* Names the fields of a pair that differ, and counts them by column. */
static void compare_fields(const struct group *group, struct text a, struct text b,
                           struct reconcile_entity *result, struct strbuf *names,
                           struct strbuf *values)
{
    struct tuple source, store;
    if (!tuple_take(&source, group->entity->ncols, &a) ||
        !tuple_take(&store, group->entity->ncols, &b)) {
        abort(); /* both were taken before */
    }
    for (uint32_t col = 0; col < group->entity->ncols; col++) {
        const struct entity_column *column = &group->entity->columns[col];
        if (tuple_field_equal(source.fields[col], store.fields[col])) {
            continue;
        }
        result->columns[col]++;
        strbuf_addf(names, "%s%s", names->len > 0 ? ", " : "", column->name);
        strbuf_addf(values, "%s%s: ", values->len > 0 ? "; " : "", column->name);
        add_value(values, column->type, source.fields[col]);
        strbuf_puts(values, " / ");
        add_value(values, column->type, store.fields[col]);
    }
}

static void name_difference(const struct group *group, struct reconciliation *recon,
                            enum difference_kind kind, struct text row,
                            const struct strbuf *names, const struct strbuf *values)
{
    struct reconcile_difference difference = {.entity = group->entity->name, .kind = kind};
    if (recon->ndifferences >= group->drill->show) {
        return;
    }
    memcpy(difference.id.bytes, id_of(row), ID_BYTES);
    difference.columns = arena_strdup(&recon->arena, strbuf_text(names));
    if (group->drill->values && values->len > 0) {
        difference.values = arena_strdup(&recon->arena, strbuf_text(values));
    }
    recon->differences[recon->ndifferences++] = difference;
}

static void note_difference(const struct group *group, struct text *source, struct text *store,
                            struct reconcile_entity *result, struct reconciliation *recon)
{
    struct strbuf names, values;
    strbuf_init(&names, VALUES_MAX);
    strbuf_init(&values, VALUES_MAX);
    if (source != NULL && store != NULL) {
        result->different++;
        compare_fields(group, *source, *store, result, &names, &values);
        name_difference(group, recon, DIFFERENT, *source, &names, &values);
    } else if (source != NULL) {
        result->only_source++;
        name_difference(group, recon, ONLY_IN_SOURCE, *source, &names, &values);
    } else {
        result->only_store++;
        name_difference(group, recon, ONLY_IN_STORE, *store, &names, &values);
    }
    strbuf_release(&names);
    strbuf_release(&values);
}

static size_t same_id(const struct side *side, size_t from, const uint8_t *id)
{
    size_t end = from;
    while (end < side->count && memcmp(id_of(side->rows[end]), id, ID_BYTES) == 0) {
        end++;
    }
    return end;
}

/* Takes equal rows out of two sorted runs of one id; what stays moves to the front. */
static void cancel_equal(struct text *a, size_t *na, struct text *b, size_t *nb)
{
    size_t i = 0, j = 0, left_a = 0, left_b = 0;
    while (i < *na && j < *nb) {
        int order = text_compare(a[i], b[j]);
        if (order == 0) {
            i++;
            j++;
        } else if (order < 0) {
            a[left_a++] = a[i++];
        } else {
            b[left_b++] = b[j++];
        }
    }
    while (i < *na) {
        a[left_a++] = a[i++];
    }
    while (j < *nb) {
        b[left_b++] = b[j++];
    }
    *na = left_a;
    *nb = left_b;
}

static void compare_group(struct group *group, struct reconcile_entity *result,
                          struct reconciliation *recon, uint64_t *repeats)
{
    struct side *source = &group->source, *store = &group->store;
    size_t i = 0, j = 0;
    if (source->count > 0) {
        qsort(source->rows, source->count, sizeof(*source->rows), compare_rows);
    }
    if (store->count > 0) {
        qsort(store->rows, store->count, sizeof(*store->rows), compare_rows);
    }
    while (i < source->count || j < store->count) {
        const uint8_t *id;
        if (j == store->count ||
            (i < source->count &&
             memcmp(id_of(source->rows[i]), id_of(store->rows[j]), ID_BYTES) <= 0)) {
            id = id_of(source->rows[i]);
        } else {
            id = id_of(store->rows[j]);
        }
        size_t end_i = same_id(source, i, id), end_j = same_id(store, j, id);
        size_t na = end_i - i, nb = end_j - j;
        *repeats += na > 1 ? na - 1 : 0;
        cancel_equal(source->rows + i, &na, store->rows + j, &nb);
        for (size_t k = 0; k < na || k < nb; k++) {
            note_difference(group, k < na ? &source->rows[i + k] : NULL,
                            k < nb ? &store->rows[j + k] : NULL, result, recon);
        }
        i = end_i;
        j = end_j;
    }
}

/* ---- grouping */

static uint64_t bucket_bytes(const struct pass_side *side, uint32_t bucket)
{
    return side->rows == 0
               ? 0
               : side->fingerprint.buckets[bucket].rows * (side->bytes / side->rows + 1);
}

/* Marks buckets that differ from `next` on until the group is full; false: none is left. */
static bool fill_group(struct group *group, const struct pass_entity *work, uint32_t *next)
{
    uint64_t source_bytes = 0, store_bytes = 0;
    memset(group->wanted, 0, sizeof(group->wanted));
    group->range = (struct bucket_range){FINGERPRINT_BUCKETS, 0};
    for (; *next < group->drill->range.end; (*next)++) {
        if (fingerprint_bucket_equal(&work->expected.fingerprint, &work->store.fingerprint,
                                     *next)) {
            continue;
        }
        source_bytes += bucket_bytes(&work->expected, *next);
        store_bytes += bucket_bytes(&work->store, *next);
        bool full =
            source_bytes > RECONCILE_DRILL_BYTES_MAX || store_bytes > RECONCILE_DRILL_BYTES_MAX;
        if (full && group->range.end > 0) {
            break;
        }
        group->wanted[*next] = true;
        if (group->range.end == 0) {
            group->range.first = *next;
        }
        group->range.end = *next + 1;
    }
    return group->range.end > 0;
}

bool drill_entity(const struct drill *drill, const struct pass_entity *work,
                  struct reconcile_entity *result, struct reconciliation *recon,
                  uint64_t *repeats, struct error *err)
{
    struct group *group = xcalloc(1, sizeof(*group));
    uint32_t next = drill->range.first;
    bool ok = true;
    *group = (struct group){.drill = drill,
                            .entity = result->entity,
                            .number = (uint16_t)(result->entity - entity_table)};
    *repeats = 0;
    while (ok && fill_group(group, work, &next)) {
        ok = (work->expected.rows == 0 || fetch_source(group, err)) &&
             (work->store.rows == 0 || fetch_store(group, err));
        if (ok) {
            compare_group(group, result, recon, repeats);
        }
        side_release(&group->source);
        side_release(&group->store);
    }
    free(group);
    return ok || error_wrap(err, "comparing entity '%s' row by row", result->entity->name);
}
