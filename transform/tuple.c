#include "transform/map_run.h"

#include "core/ident.h"

enum { SHORT_FIELD = 32 };

static char *put_u16(char *at, uint32_t value)
{
    at[0] = (char)(value >> 8);
    at[1] = (char)value;
    return at + 2;
}

static char *put_u32(char *at, uint32_t value)
{
    return put_u16(put_u16(at, value >> 16), value & 0xFFFF);
}

static char *put_u64(char *at, uint64_t value)
{
    return put_u32(put_u32(at, (uint32_t)(value >> 32)), (uint32_t)value);
}

static char *put_field(char *at, const void *bytes, size_t len)
{
    return mempcpy(put_u32(at, (uint32_t)len), bytes, len);
}

/* The field of NULL: no bytes, of length -1. */
static const struct cell null_cell = {"", 0, CELL_NULL};

/* The cells of a column and how many; *at says which of them is a row's. */
static const struct cell *column_cells(struct map_run *run, uint32_t col, uint32_t nrows,
                                       uint32_t *count, const uint16_t **at)
{
    struct column_source *source = &run->columns[col];

    *count = 1;
    *at = run->first;
    if (source->rule >= 0) {
        const struct rule *rule = &run->rules[source->rule];
        *count = rule->count;
        *at = rule->at;
        return rule->values[source->output];
    }
    if (source->cells == NULL) {
        return &null_cell;
    }
    if (source->distinct.at == NULL) {
        distinct_init(&source->distinct, run->view.rows_max);
    }
    distinct_find(&source->distinct, source->cells, run->fate, nrows);
    *count = source->distinct.count;
    *at = source->distinct.at;
    return source->distinct.cells;
}

/* One value as a field; what cannot be written stands as NULL.  The rule id it breaks, or NULL. */
static const char *encode_cell(const struct entity_column *column, struct cell cell,
                               struct strbuf *out)
{
    const char *broken = cell.state != CELL_TEXT && !column->required
                             ? NULL
                             : entity_column_encode(column, cell, out);

    if (broken != NULL || cell.state != CELL_TEXT) {
        column_encode_null(out);
    }
    return broken;
}

/* Each different value of a column, once.  What they break is told by value in broken[], when
 * any does. */
static bool encode_values(struct map_run *run, uint32_t col, const struct cell *cells,
                          struct tuple_piece *piece, const char **broken)
{
    const struct entity_column *column = &run->map->target->columns[col];
    bool is_any = false;

    piece->starts = arena_alloc(&run->arena, sizeof(*piece->starts) * (piece->count + 1));
    for (uint32_t i = 0; i < piece->count; i++) {
        piece->starts[i] = (uint32_t)run->encoded.len;
        broken[i] = encode_cell(column, cells[i], &run->encoded);
        is_any = is_any || broken[i] != NULL;
    }
    piece->starts[piece->count] = (uint32_t)run->encoded.len;
    return is_any;
}

/* The value could not be written: by the rule's `bad` it stays NULL, or the row leaves. */
static bool resolve(struct map_run *run, const struct batch *batch, uint32_t row, uint32_t col,
                    const char *broken)
{
    const struct entity_column *column = &run->map->target->columns[col];
    const struct map_rule *rule =
        run->columns[col].rule < 0 ? NULL : &run->map->rules[run->columns[col].rule];
    const char *source = rule != NULL && rule->nfrom > 0 ? rule->from[0] : column->name;
    struct departure why = {OUTCOME_REJECTED, broken, source};

    if (rule != NULL) {
        why.outcome = rule->bad.outcome;
        why.rule = rule->bad.rule != NULL ? rule->bad.rule : broken;
    }
    if (why.outcome == OUTCOME_ISSUE && !column->required) {
        balance_count(&run->balance, OUTCOME_ISSUE, why.rule, source, 1);
        return true;
    }
    if (why.outcome ==
        OUTCOME_ISSUE) { /* nothing can be blanked in a column that must be filled */
        why.outcome = OUTCOME_REJECTED;
    }
    map_run_depart(run, batch, row, why);
    return false;
}

static void resolve_column(struct map_run *run, const struct batch *batch, uint32_t col,
                           const struct tuple_piece *piece)
{
    for (uint32_t row = 0; row < batch->nrows; row++) {
        const char *broken = run->fate[row] == NULL ? run->bad[piece->at[row]] : NULL;
        if (broken != NULL) {
            (void)resolve(run, batch, row, col, broken);
        }
    }
}

/* Columns that are the same for all rows lie behind one another: they are copied at once. */
static void add_piece(struct map_run *run, const struct tuple_piece *piece)
{
    struct tuple_piece *last = run->npieces == 0 ? NULL : &run->pieces[run->npieces - 1];

    if (last != NULL && last->count == 1 && piece->count == 1) {
        last->starts[1] = piece->starts[1];
    } else {
        run->pieces[run->npieces++] = *piece;
    }
}

static void encode_columns(struct map_run *run, const struct batch *batch)
{
    strbuf_clear(&run->encoded);
    run->npieces = 0;
    for (uint32_t col = ENTITY_FIXED_COLUMNS; col < run->map->target->ncols; col++) {
        struct tuple_piece piece;
        const struct cell *cells =
            column_cells(run, col, batch->nrows, &piece.count, &piece.at);
        if (encode_values(run, col, cells, &piece, run->bad)) {
            resolve_column(run, batch, col, &piece);
        }
        add_piece(run, &piece);
    }
}

/* The bytes of the longest row there could be. */
static size_t longest_row(const struct map_run *run)
{
    size_t longest = 0;

    for (uint32_t i = 0; i < run->npieces; i++) {
        const struct tuple_piece *piece = &run->pieces[i];
        uint32_t most = 0;
        for (uint32_t field = 0; field < piece->count; field++) {
            uint32_t len = piece->starts[field + 1] - piece->starts[field];
            most = len > most ? len : most;
        }
        longest += most;
    }
    return longest;
}

/* Nearly all fields are short: a copy of fixed size costs less than a call, and what is too much
 * of it is written over by the next one.  Behind source and target there is room for it. */
static char *put_encoded(char *at, const char *bytes, size_t len)
{
    if (len <= SHORT_FIELD) {
        memcpy(at, bytes, SHORT_FIELD);
    } else {
        memcpy(at, bytes, len);
    }
    return at + len;
}

/* The fields of the entity's own columns, one behind the other. */
static struct text join_fields(struct map_run *run, uint32_t row)
{
    const char *encoded = run->encoded.at;
    char *at = run->fields.at;

    for (uint32_t i = 0; i < run->npieces; i++) {
        const struct tuple_piece *piece = &run->pieces[i];
        const uint32_t *start = &piece->starts[piece->at[row]];
        at = put_encoded(at, encoded + start[0], start[1] - start[0]);
    }
    return (struct text){run->fields.at, (size_t)(at - run->fields.at)};
}

static int lane_of(struct ident id, int lanes)
{
    return id.bytes[0] * lanes / 256;
}

/* Field count, the columns that every entity starts with, then its own. */
static void append_tuple(struct map_run *run, uint32_t row, struct text fields)
{
    enum { FIELD_COUNT = 2, LENGTHS = 4 * ENTITY_FIXED_COLUMNS, NUMBERS = 16 + 4 + 16 };
    const struct entity *entity = run->map->target;
    struct digest128 digest = digest_of(fields.at, fields.len);
    struct text system = text_of(run->env->system);
    struct text key = run->keys[row];
    struct ident id =
        ident_of(text_of(run->env->organisation), system, text_of(entity->name), key);
    struct lane_output *lane = &run->lanes[lane_of(id, entity->lanes)];
    size_t size = FIELD_COUNT + LENGTHS + NUMBERS + system.len + key.len + fields.len;
    char *at = strbuf_reserve(&lane->tuples, size);

    if (at == NULL) {
        return; /* map_run_batch() asks whether it is full */
    }
    at = put_u16(at, entity->ncols);
    at = put_field(at, id.bytes, sizeof(id.bytes));
    at = put_u32(put_u32(at, 4), (uint32_t)run->org_id);
    at = put_field(at, system.at, system.len);
    at = put_field(at, key.at, key.len);
    at = put_u64(put_u64(put_u32(at, 16), digest.high), digest.low);
    memcpy(at, fields.at, fields.len);
    strbuf_advance(&lane->tuples, size);
    lane->rows++;
}

/* Column by column, then row by row.  Room for the longest row is there before the first. */
void map_run_encode(struct map_run *run, const struct batch *batch)
{
    uint64_t loaded = 0;

    encode_columns(run, batch);
    strbuf_clear(&run->fields);
    if (strbuf_reserve(&run->encoded, SHORT_FIELD) == NULL ||
        strbuf_reserve(&run->fields, longest_row(run) + SHORT_FIELD) == NULL) {
        run->encoded.full = true; /* map_run_batch() asks */
        return;
    }
    for (uint32_t row = 0; row < batch->nrows; row++) {
        struct text fields;
        if (run->fate[row] != NULL) {
            continue;
        }
        fields = join_fields(run, row);
        if (fields.len > ROW_BYTES_MAX) {
            map_run_depart(run, batch, row,
                           (struct departure){OUTCOME_REJECTED, "row.too_long", ""});
        } else {
            append_tuple(run, row, fields);
            loaded++;
        }
    }
    balance_count(&run->balance, OUTCOME_LOADED, "", "", loaded);
}
