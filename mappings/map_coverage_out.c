/* Coverage as text for people and as NDJSON. */
#include "core/json_out.h"
#include "mappings/map_coverage.h"

#include <string.h>

static unsigned count_word(const struct coverage_table *table, const char *word)
{
    unsigned count = 0;

    for (uint32_t i = 0; i < table->ncols; i++) {
        count += strcmp(coverage_word(&table->columns[i]), word) == 0;
    }
    return count;
}

static void table_heading(const struct map_coverage *coverage,
                          const struct coverage_table *table, struct strbuf *out)
{
    static const char *const words[] = {"used", "dropped", "empty", "UNMAPPED", "unknown"};
    bool first = true;

    strbuf_addf(out, "%s", table->name);
    if (coverage->counted) {
        strbuf_addf(out, "  %llu row%s,", (unsigned long long)table->rows,
                    table->rows == 1 ? "" : "s");
    }
    strbuf_addf(out, "  %u column%s:", table->ncols, table->ncols == 1 ? "" : "s");
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        unsigned count = count_word(table, words[i]);

        if (count > 0) {
            strbuf_addf(out, "%s %u %s", first ? "" : ",", count, words[i]);
            first = false;
        }
    }
    if (!table->map) {
        strbuf_puts(out, "  (no map reads this table)");
    }
    strbuf_putc(out, '\n');
}

static void column_line(const struct map_coverage *coverage,
                        const struct coverage_column *column, int width, struct strbuf *out)
{
    const char *word = coverage_word(column);

    strbuf_addf(out, "  %-*s", width, column->name);
    if (coverage->counted) {
        strbuf_addf(out, " %10llu", (unsigned long long)column->filled);
    }
    strbuf_addf(out, "  %s", word);
    if (strcmp(word, "dropped") == 0) {
        strbuf_addf(out, ": %s%s%s%s", column->drop->why, column->drop->by[0] ? " (" : "",
                    column->drop->by, column->drop->by[0] ? ")" : "");
    } else if (column->used_by[0]) {
        strbuf_addf(out, ": %s", column->used_by);
    }
    strbuf_putc(out, '\n');
}

static int widest(const struct coverage_table *table)
{
    int width = 0;

    for (uint32_t i = 0; i < table->ncols; i++) {
        int len = (int)strlen(table->columns[i].name);

        width = len > width ? len : width;
    }
    return width < 40 ? width : 40;
}

/* "9 of 24 columns filled; not filled: a, b" */
static void entity_lines(const struct coverage_entity *entity, struct strbuf *out)
{
    uint32_t own = entity->entity->ncols - ENTITY_FIXED_COLUMNS;
    uint32_t filled = 0;
    bool first = true;

    for (uint32_t i = ENTITY_FIXED_COLUMNS; i < entity->entity->ncols; i++) {
        filled += entity->filled[i];
    }
    strbuf_addf(out, "%s  %u of %u columns filled, by %s\n", entity->entity->name, filled, own,
                entity->maps);
    for (uint32_t i = ENTITY_FIXED_COLUMNS; i < entity->entity->ncols; i++) {
        if (!entity->filled[i]) {
            strbuf_addf(out, "%s %s", first ? "  not filled:" : ",",
                        entity->entity->columns[i].name);
            first = false;
        }
    }
    strbuf_puts(out, first ? "" : "\n");
}

void map_coverage_text(const struct map_coverage *coverage, struct strbuf *out)
{
    for (size_t i = 0; i < coverage->ntables; i++) {
        const struct coverage_table *table = &coverage->tables[i];
        int width = widest(table);

        table_heading(coverage, table, out);
        for (uint32_t c = 0; c < table->ncols; c++) {
            column_line(coverage, &table->columns[c], width, out);
        }
        strbuf_putc(out, '\n');
    }
    for (size_t i = 0; i < coverage->nentities; i++) {
        entity_lines(&coverage->entities[i], out);
    }
}

static void table_json(const struct map_coverage *coverage, const struct coverage_table *table,
                       struct strbuf *sb)
{
    struct json_out out;

    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "map-coverage-table 1");
    json_out_member(&out, "table", table->name);
    json_out_member_bool(&out, "has_map", table->map != NULL);
    if (coverage->counted) {
        json_out_member_uint(&out, "rows", table->rows);
    }
    json_out_key(&out, "columns");
    json_out_array(&out);
    for (uint32_t i = 0; i < table->ncols; i++) {
        const struct coverage_column *column = &table->columns[i];

        json_out_object(&out);
        json_out_member(&out, "column", column->name);
        json_out_member(&out, "state",
                        coverage_is_unmapped(column) ? "unmapped" : coverage_word(column));
        json_out_member(&out, "used_by", column->used_by);
        if (coverage->counted) {
            json_out_member_uint(&out, "filled", column->filled);
        }
        if (column->drop) {
            json_out_member(&out, "why", column->drop->why);
            json_out_member(&out, "by", column->drop->by);
        }
        json_out_end_object(&out);
    }
    json_out_end_array(&out);
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
}

static void entity_json(const struct coverage_entity *entity, struct strbuf *sb)
{
    struct json_out out;

    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "map-coverage-entity 1");
    json_out_member(&out, "entity", entity->entity->name);
    json_out_member(&out, "maps", entity->maps);
    for (int side = 1; side >= 0; side--) {
        json_out_key(&out, side ? "filled" : "not_filled");
        json_out_array(&out);
        for (uint32_t i = ENTITY_FIXED_COLUMNS; i < entity->entity->ncols; i++) {
            if (entity->filled[i] == (side == 1)) {
                json_out_string(&out, entity->entity->columns[i].name);
            }
        }
        json_out_end_array(&out);
    }
    json_out_end_object(&out);
    strbuf_putc(sb, '\n');
}

void map_coverage_json(const struct map_coverage *coverage, struct strbuf *out)
{
    for (size_t i = 0; i < coverage->ntables; i++) {
        table_json(coverage, &coverage->tables[i], out);
    }
    for (size_t i = 0; i < coverage->nentities; i++) {
        entity_json(&coverage->entities[i], out);
    }
}
