#include "rehearsals/reconcile_group.h"

enum { IDS_PER_QUERY = 500 };

static void side_add(struct group_side *side, struct text bytes)
{
    if (side->count == side->size) {
        side->size = side->size == 0 ? 1024 : side->size * 2;
        side->rows = xrealloc(side->rows, side->size * sizeof(*side->rows));
    }
    char *copy = arena_bytes(&side->arena, bytes.len);
    memcpy(copy, bytes.at, bytes.len);
    side->rows[side->count++] = (struct text){copy, bytes.len};
}

void group_side_release(struct group_side *side)
{
    free(side->rows);
    arena_release(&side->arena);
    *side = (struct group_side){0};
}

/* False with `overflow` when the rows are too many and the group could be smaller. */
static bool keep_row(struct group *group, struct group_side *side, struct text bytes)
{
    if (side->arena.used + bytes.len > RECONCILE_DRILL_BYTES_MAX && group->nbuckets > 1) {
        group->overflow = true;
        return false;
    }
    side_add(side, bytes);
    return true;
}

/* ---- the store's hashes */

static int compare_entries(const void *left, const void *right)
{
    const struct group_entry *a = left, *b = right;
    int order = memcmp(a->id, b->id, GROUP_ID_BYTES);
    if (order != 0) {
        return order;
    }
    if (a->digest.high != b->digest.high) {
        return a->digest.high < b->digest.high ? -1 : 1;
    }
    return a->digest.low == b->digest.low ? 0 : a->digest.low < b->digest.low ? -1 : 1;
}

struct group_entry *group_entry_of(const struct group *group, const uint8_t *id)
{
    size_t low = 0, high = group->nentries;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (memcmp(group->entries[middle].id, id, GROUP_ID_BYTES) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < group->nentries && memcmp(group->entries[low].id, id, GROUP_ID_BYTES) == 0
               ? &group->entries[low]
               : NULL;
}

/* Takes one entry with these bytes that was not matched before; NULL: there is none. */
static struct group_entry *match_entry(const struct group *group, struct group_entry *first,
                                       struct text bytes)
{
    struct digest128 digest = digest_of(bytes.at, bytes.len);
    const struct group_entry *end = group->entries + group->nentries;
    for (struct group_entry *entry = first;
         entry < end && memcmp(entry->id, first->id, GROUP_ID_BYTES) == 0; entry++) {
        if (!entry->matched && entry->digest.high == digest.high &&
            entry->digest.low == digest.low) {
            entry->matched = true;
            return entry;
        }
    }
    return NULL;
}

static bool take_hash(struct text bytes, void *context, struct error *err)
{
    struct group *group = context;
    struct text rest = bytes;
    struct tuple tuple;
    if (!tuple_take(&tuple, group->entity->ncols, &rest)) {
        return error_set(err, ERROR_STORE, "entity '%s': the store sent no such tuple",
                         group->entity->name);
    }
    if (group->nentries == group->entries_size) {
        group->entries_size = group->entries_size == 0 ? 4096 : group->entries_size * 2;
        group->entries =
            xrealloc(group->entries, group->entries_size * sizeof(*group->entries));
    }
    struct group_entry *entry = &group->entries[group->nentries++];
    *entry = (struct group_entry){.digest = digest_of(tuple.bytes.at, tuple.bytes.len)};
    memcpy(entry->id, tuple_id(&tuple), GROUP_ID_BYTES);
    return true;
}

static char *table_name(const struct group *group)
{
    return xasprintf("hms.\"%s__%s\"", group->entity->name, group->drill->organisation);
}

/* One COPY for each run of neighbouring buckets. */
bool group_fetch_hashes(struct group *group, struct error *err)
{
    char *table = table_name(group);
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
        ok = pg_copy_out(group->drill->pg, sql, take_hash, group, err);
        free(sql);
        first = run.end;
    }
    free(table);
    if (ok && group->nentries > 0) {
        qsort(group->entries, group->nentries, sizeof(*group->entries), compare_entries);
    }
    return ok;
}

/* ---- rows that differ */

static bool take_source(const struct stage_row *row, void *context, struct error *err)
{
    struct group *group = context;
    (void)err;
    if (row->row == NULL || !group->wanted[fingerprint_bucket_of(tuple_id(row->row))]) {
        return true;
    }
    struct group_entry *first = group_entry_of(group, tuple_id(row->row));
    if (first != NULL) {
        group->repeats += first->met ? 1 : 0;
        first->met = true;
        if (match_entry(group, first, row->row->bytes) != NULL) {
            return true;
        }
    }
    return keep_row(group, &group->source, row->row->bytes);
}

bool group_fetch_source(struct group *group, struct error *err)
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

static bool take_store(struct text bytes, void *context, struct error *err)
{
    struct group *group = context;
    struct group_entry *first = group_entry_of(group, group_row_id(bytes));
    (void)err;
    if (first == NULL || match_entry(group, first, bytes) == NULL) {
        return true; /* of an id that comes several times, the row that was matched */
    }
    return keep_row(group, &group->store, bytes);
}

/* COPY of the rows of up to IDS_PER_QUERY entries from `*next` on; NULL when none is left. */
static char *rows_sql(const struct group *group, const char *table, size_t *next)
{
    struct strbuf ids;
    size_t count = 0;
    char *sql = NULL;
    strbuf_init(&ids, IDS_PER_QUERY * 64);
    for (; *next < group->nentries && count < IDS_PER_QUERY; (*next)++) {
        struct ident id;
        char text[37];
        if (group->entries[*next].matched) {
            continue;
        }
        memcpy(id.bytes, group->entries[*next].id, GROUP_ID_BYTES);
        ident_format(id, text);
        strbuf_addf(&ids, "%s'%s'", count++ == 0 ? "" : ", ", text);
    }
    if (count > 0) {
        char *from = xasprintf("%s WHERE id IN (%s)", table, ids.at);
        sql = pass_copy_sql(group->entity, from, (struct bucket_range){0, FINGERPRINT_BUCKETS});
        free(from);
    }
    strbuf_release(&ids);
    return sql;
}

bool group_fetch_store(struct group *group, struct error *err)
{
    char *table = table_name(group);
    size_t next = 0;
    bool ok = true;
    for (char *sql; ok && (sql = rows_sql(group, table, &next)) != NULL; free(sql)) {
        ok = pg_copy_out(group->drill->pg, sql, take_store, group, err);
    }
    free(table);
    return ok;
}
