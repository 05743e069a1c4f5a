/*
 * load_atc.c - ATC with DDD, and the yearly alterations, as tables with a header.
 *
 * ATC       columns "ATC code", "ATC level name", and where there are any "DDD", "Unit", "Adm.R",
 *           "Note".  A code has a row for each of its DDDs, many have none; the property `ddd`
 *           says "value unit route".
 * Changes   "Previous ATC code", "Substance name", "New ATC code", and "Year" where it is there.
 *           The old code stays in the pack, deprecated, and leads to its successor.
 */
#include "terminology/delimited.h"
#include "terminology/load.h"

struct atc_columns {
    int code, name, ddd, unit, route, note;
};

/* Levels have 1, 3, 4, 5 and 7 characters. */
static struct text parent_of(struct text code)
{
    static const size_t shorter[] = {0, 0, 0, 1, 3, 4, 0, 5};

    code.len = shorter[code.len];
    return code;
}

static void add_ddd(const struct delimited *table, const struct atc_columns *columns,
                    struct pack_builder *builder)
{
    struct text value = delimited_cell(table, columns->ddd);
    struct text unit = delimited_cell(table, columns->unit);
    struct text route = delimited_cell(table, columns->route);

    if (value.len > 0) {
        pack_builder_property(
            builder, "ddd",
            text_of(arena_printf(&builder->arena, "%.*s %.*s %.*s", (int)value.len, value.at,
                                 (int)unit.len, unit.at, (int)route.len, route.at)));
    }
    pack_builder_property(builder, "note", delimited_cell(table, columns->note));
}

static bool add_row(const struct delimited *table, const struct atc_columns *columns,
                    struct text *last, struct pack_builder *builder)
{
    char normal[CODE_FORM_MAX];
    struct text code = code_normal(CODE_ATC, delimited_cell(table, columns->code), normal);

    if (code.len == 0) {
        return false;
    }
    if (!text_equal(code, *last)) {
        struct code_entry entry = {.code = code,
                                   .display = delimited_cell(table, columns->name),
                                   .flags = code.len == 7 ? CODE_BILLABLE : 0,
                                   .from = CODE_NO_DAY,
                                   .until = CODE_NO_DAY};
        pack_builder_add(builder, &entry, parent_of(code));
        *last = arena_copy(&builder->arena, code);
    }
    add_ddd(table, columns, builder);
    return true;
}

static bool finish(struct delimited *table, bool ok, struct error *err)
{
    if (ok && table->bad) {
        ok = error_set(err, ERROR_SOURCE, "row %zu: a quote is not closed", table->row);
    }
    delimited_release(table);
    return ok;
}

bool load_atc(struct text content, struct pack_builder *builder, struct error *err)
{
    struct delimited table;
    struct atc_columns columns;
    struct text last = {"", 0};
    bool ok = true;

    delimited_init(&table, load_utf8(content, &builder->arena), ',', true);
    if (!delimited_next(&table)) {
        return finish(&table, error_set(err, ERROR_SOURCE, "no header"), err);
    }
    columns = (struct atc_columns){
        .code = delimited_column(&table, "ATC code"),
        .name = delimited_column(&table, "ATC level name"),
        .ddd = delimited_column(&table, "DDD"),
        .unit = delimited_column(&table, "Unit"),
        .route = delimited_column(&table, "Adm.R"),
        .note = delimited_column(&table, "Note"),
    };
    while (ok && delimited_next(&table)) {
        ok = add_row(&table, &columns, &last, builder) ||
             error_set(err, ERROR_SOURCE, "row %zu: not an ATC code", table.row);
    }
    return finish(&table, ok, err);
}

bool load_atc_alterations(struct text content, struct pack_builder *builder, struct error *err)
{
    struct delimited table;
    int old;
    int name;
    int new;
    int year;
    bool ok = true;

    delimited_init(&table, load_utf8(content, &builder->arena), ',', true);
    if (!delimited_next(&table)) {
        return finish(&table, error_set(err, ERROR_SOURCE, "no header"), err);
    }
    old = delimited_column(&table, "Previous ATC code");
    name = delimited_column(&table, "Substance name");
    new = delimited_column(&table, "New ATC code");
    year = delimited_column(&table, "Year");
    while (ok && delimited_next(&table)) {
        char normal[2][CODE_FORM_MAX];
        struct text code = code_normal(CODE_ATC, delimited_cell(&table, old), normal[0]);
        struct code_entry entry = {.code = code,
                                   .display = delimited_cell(&table, name),
                                   .status = CODE_DEPRECATED,
                                   .flags = CODE_BILLABLE,
                                   .from = CODE_NO_DAY,
                                   .until = CODE_NO_DAY};
        struct code_relation relation = {
            .kind = PACK_REPLACED_BY,
            .target = code_normal(CODE_ATC, delimited_cell(&table, new), normal[1]),
            .note = delimited_cell(&table, year)};
        ok = (code.len > 0 && relation.target.len > 0) ||
             error_set(err, ERROR_SOURCE, "row %zu: not an ATC code", table.row);
        if (ok) {
            pack_builder_add(builder, &entry, parent_of(code));
            pack_builder_relate(builder, code, &relation);
        }
    }
    return finish(&table, ok, err);
}
