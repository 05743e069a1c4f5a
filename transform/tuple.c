#include "transform/map_run.h"

#include "core/ident.h"

static void put_u16(struct strbuf *out, uint32_t value)
{
    const char bytes[2] = {(char)(value >> 8), (char)value};

    strbuf_add(out, bytes, sizeof(bytes));
}

static void put_u32(struct strbuf *out, uint32_t value)
{
    put_u16(out, value >> 16);
    put_u16(out, value & 0xFFFF);
}

static void put_field(struct strbuf *out, const void *bytes, size_t len)
{
    put_u32(out, (uint32_t)len);
    strbuf_add(out, bytes, len);
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
        struct column_source source = run->columns[col];
        struct cell value = source.rule < 0
                                ? (struct cell){"", 0, CELL_NULL}
                                : run->rules[source.rule].values[source.output][row];
        const char *broken = entity_column_encode(&entity->columns[col], value, &run->fields);
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

static void append_tuple(struct map_run *run, uint32_t row)
{
    const struct entity *entity = run->map->target;
    struct digest128 digest = digest_of(run->fields.at, run->fields.len);
    struct text key = run->keys[row];
    struct ident id = ident_of(text_of(run->env->organisation), text_of(run->env->system),
                               text_of(entity->name), key);
    struct lane_output *lane = &run->lanes[lane_of(id, entity->lanes)];
    unsigned char hash[16];
    uint32_t org = (uint32_t)run->org_id;
    const unsigned char org_bytes[4] = {(unsigned char)(org >> 24), (unsigned char)(org >> 16),
                                        (unsigned char)(org >> 8), (unsigned char)org};

    for (int i = 0; i < 8; i++) {
        hash[i] = (unsigned char)(digest.high >> (56 - 8 * i));
        hash[8 + i] = (unsigned char)(digest.low >> (56 - 8 * i));
    }
    put_u16(&lane->tuples, entity->ncols);
    put_field(&lane->tuples, id.bytes, sizeof(id.bytes));
    put_field(&lane->tuples, org_bytes, sizeof(org_bytes));
    put_field(&lane->tuples, run->env->system, strlen(run->env->system));
    put_field(&lane->tuples, key.at, key.len);
    put_field(&lane->tuples, hash, sizeof(hash));
    strbuf_add(&lane->tuples, run->fields.at, run->fields.len);
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
