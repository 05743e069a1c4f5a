#include "transform/map_run.h"

#include "core/ident.h"

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

/* The value could not be written: by the rule's `bad` it is blanked, or the row leaves. */
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
        column_encode_null(&run->fields);
        return true;
    }
    if (why.outcome ==
        OUTCOME_ISSUE) { /* nothing can be blanked in a column that must be filled */
        why.outcome = OUTCOME_REJECTED;
    }
    map_run_depart(run, batch, row, why);
    return false;
}

/* The entity's own columns into run->fields; false when the row has left. */
static bool encode_fields(struct map_run *run, const struct batch *batch, uint32_t row)
{
    const struct entity *entity = run->map->target;

    strbuf_clear(&run->fields);
    for (uint32_t col = ENTITY_FIXED_COLUMNS; col < entity->ncols; col++) {
        const struct entity_column *column = &entity->columns[col];
        struct cell value = map_run_value(run, col, row);
        const char *broken;

        if (value.state != CELL_TEXT && !column->required) {
            column_encode_null(&run->fields);
            continue;
        }
        broken = entity_column_encode(column, value, &run->fields);
        if (broken != NULL && !resolve(run, batch, row, col, broken)) {
            return false;
        }
    }
    if (strbuf_is_full(&run->fields)) {
        map_run_depart(run, batch, row,
                       (struct departure){OUTCOME_REJECTED, "row.too_long", ""});
        return false;
    }
    return true;
}

static int lane_of(struct ident id, int lanes)
{
    return id.bytes[0] * lanes / 256;
}

/* Field count, the columns that every entity starts with, then run->fields. */
static void append_tuple(struct map_run *run, uint32_t row)
{
    enum { FIELD_COUNT = 2, LENGTHS = 4 * ENTITY_FIXED_COLUMNS, NUMBERS = 16 + 4 + 16 };
    const struct entity *entity = run->map->target;
    struct digest128 digest = digest_of(run->fields.at, run->fields.len);
    struct text system = text_of(run->env->system);
    struct text key = run->keys[row];
    struct ident id =
        ident_of(text_of(run->env->organisation), system, text_of(entity->name), key);
    struct lane_output *lane = &run->lanes[lane_of(id, entity->lanes)];
    size_t size = FIELD_COUNT + LENGTHS + NUMBERS + system.len + key.len + run->fields.len;
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
    memcpy(at, run->fields.at, run->fields.len);
    strbuf_advance(&lane->tuples, size);
    lane->rows++;
}

void map_run_encode(struct map_run *run, const struct batch *batch)
{
    uint64_t loaded = 0;

    for (uint32_t row = 0; row < batch->nrows; row++) {
        if (run->fate[row] == NULL && encode_fields(run, batch, row)) {
            append_tuple(run, row);
            loaded++;
        }
    }
    balance_count(&run->balance, OUTCOME_LOADED, "", "", loaded);
}
