#include "rehearsals/reconcile_group.h"

enum { VALUES_MAX = 1 << 16 };

static int compare_rows(const void *left, const void *right)
{
    const struct text *a = left, *b = right;
    int order = memcmp(group_row_id(*a), group_row_id(*b), GROUP_ID_BYTES);
    return order != 0 ? order : text_compare(*a, *b);
}

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
    memcpy(difference.id.bytes, group_row_id(row), GROUP_ID_BYTES);
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

static size_t same_id(const struct group_side *side, size_t from, const uint8_t *id)
{
    size_t end = from;
    while (end < side->count &&
           memcmp(group_row_id(side->rows[end]), id, GROUP_ID_BYTES) == 0) {
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
                          struct reconciliation *recon)
{
    struct group_side *source = &group->source, *store = &group->store;
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
            (i < source->count && memcmp(group_row_id(source->rows[i]),
                                         group_row_id(store->rows[j]), GROUP_ID_BYTES) <= 0)) {
            id = group_row_id(source->rows[i]);
        } else {
            id = group_row_id(store->rows[j]);
        }
        size_t end_i = same_id(source, i, id), end_j = same_id(store, j, id);
        size_t na = end_i - i, nb = end_j - j;
        if (na > 1 && group_entry_of(group, id) == NULL) {
            group->repeats += na - 1; /* the others were counted as they came by */
        }
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

/* Marks up to `most` buckets that differ from `*next` on; false: none is left. */
static bool fill_group(struct group *group, const struct pass_entity *work, uint32_t *next,
                       uint32_t most)
{
    uint64_t bytes = 0;
    memset(group->wanted, 0, sizeof(group->wanted));
    group->range = (struct bucket_range){FINGERPRINT_BUCKETS, 0};
    group->nbuckets = 0;
    for (; *next < group->drill->range.end && group->nbuckets < most; (*next)++) {
        if (fingerprint_bucket_equal(&work->expected.fingerprint, &work->store.fingerprint,
                                     *next)) {
            continue;
        }
        bytes += work->store.fingerprint.buckets[*next].rows * sizeof(struct group_entry);
        if (bytes > RECONCILE_DRILL_BYTES_MAX && group->nbuckets > 0) {
            break;
        }
        group->wanted[*next] = true;
        if (group->nbuckets++ == 0) {
            group->range.first = *next;
        }
        group->range.end = *next + 1;
    }
    return group->nbuckets > 0;
}

static bool drill_group(struct group *group, const struct pass_entity *work, struct error *err)
{
    group->nentries = 0;
    group->repeats = 0;
    group->overflow = false;
    return (work->store.rows == 0 || group_fetch_hashes(group, err)) &&
           (work->expected.rows == 0 || group_fetch_source(group, err)) &&
           group_fetch_store(group, err);
}

bool drill_entity(const struct drill *drill, const struct pass_entity *work,
                  struct reconcile_entity *result, struct reconciliation *recon,
                  uint64_t *repeats, struct error *err)
{
    struct group *group = xcalloc(1, sizeof(*group));
    uint32_t next = drill->range.first, most = FINGERPRINT_BUCKETS;
    bool ok = true;
    *group = (struct group){.drill = drill,
                            .entity = result->entity,
                            .number = (uint16_t)(result->entity - entity_table)};
    *repeats = 0;
    while (ok && fill_group(group, work, &next, most)) {
        ok = drill_group(group, work, err);
        if (ok) {
            compare_group(group, result, recon);
            *repeats += group->repeats;
        } else if (group->overflow) {
            most = group->nbuckets / 2;
            next = group->range.first;
            ok = true;
        }
        group_side_release(&group->source);
        group_side_release(&group->store);
    }
    free(group->entries);
    free(group);
    return ok || error_wrap(err, "comparing entity '%s' row by row", result->entity->name);
}
