/*
 * load_atc.c - ATC with DDD, and the yearly alterations, as tables with a header.
 *
 * ATC       columns "ATC code", "ATC level name", and where there are any "DDD", "Unit", "Adm.R",
 *           "Note"; or atc_code, atc_name, ddd, uom, adm_r, note, as scripts write it, with "NA" for
 *           what there is not.  A code has a row for each of its DDDs, many have none; the
 *           property `ddd` says "value unit route".
 * Changes   "Previous ATC code", "Substance name", "New ATC code", and "Year" where it is there.
 *           The old code stays in the pack, deprecated, and leads to its successors; it is right
 *           until 31 December of the year before its (last) change.  A code that the ATC table
 *           has is in use again, and its old changes are left out.  Where the new code is empty,
 *           "-" or "deleted", nothing follows.
 * Source    WHOCC, Guidelines for ATC classification and DDD assignment: alterations take effect
 *           on 1 January.
 */
#include "core/calendar.h"
#include "core/strmap.h"
#include "terminology/delimited.h"
#include "terminology/load.h"

#include <stdio.h>
#include <stdlib.h>

enum { ATC_CODES_MAX = 100000, ATC_IN_USE = UINT32_MAX };

struct atc_columns {
    int code, name, ddd, unit, route, note;
};

struct atc_loader {
    struct pack_builder *builder;
    struct strmap codes; /* ATC_IN_USE, or the year of the last change */
    unsigned reused;
};

struct atc_change {
    struct text old, new, name;
    char normal[2][CODE_FORM_MAX];
    uint64_t year; /* 0: not known */
};

static int column_of(const struct delimited *table, const char *name, const char *other)
{
    int column = delimited_column(table, name);

    return column >= 0 ? column : delimited_column(table, other);
}

/* The cell, empty for "NA". */
static struct text cell_of(const struct delimited *table, int column)
{
    struct text cell = delimited_cell(table, column);

    return text_is(cell, "NA") ? (struct text){"", 0} : cell;
}

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
    struct text value = cell_of(table, columns->ddd);
    struct text unit = cell_of(table, columns->unit);
    struct text route = cell_of(table, columns->route);

    if (value.len > 0) {
        pack_builder_property(
            builder, "ddd",
            text_of(arena_printf(&builder->arena, "%.*s %.*s %.*s", (int)value.len, value.at,
                                 (int)unit.len, unit.at, (int)route.len, route.at)));
    }
    pack_builder_property(builder, "note", cell_of(table, columns->note));
}

static bool put_code(struct atc_loader *loader, struct text code, uint64_t number,
                     struct error *err)
{
    struct strmap_entry *entry = strmap_put(&loader->codes, code);

    if (entry == NULL) {
        return error_set(err, ERROR_LIMIT, "more than %d codes", ATC_CODES_MAX);
    }
    entry->number = number > entry->number ? number : entry->number;
    return true;
}

static bool add_row(const struct delimited *table, const struct atc_columns *columns,
                    struct text *last, struct atc_loader *loader, struct error *err)
{
    char normal[CODE_FORM_MAX];
    struct text code = code_normal(CODE_ATC, delimited_cell(table, columns->code), normal);

    if (code.len == 0) {
        return error_set(err, ERROR_SOURCE, "row %zu: not an ATC code", table->row);
    }
    if (!text_equal(code, *last)) {
        struct code_entry entry = {.code = code,
                                   .display = delimited_cell(table, columns->name),
                                   .flags = code.len == 7 ? CODE_BILLABLE : 0,
                                   .from = CODE_NO_DAY,
                                   .until = CODE_NO_DAY};
        pack_builder_add(loader->builder, &entry, parent_of(code));
        *last = arena_copy(&loader->builder->arena, code);
        if (!put_code(loader, code, ATC_IN_USE, err)) {
            return false;
        }
    }
    add_ddd(table, columns, loader->builder);
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

static bool load_codes(struct atc_loader *loader, struct text content, struct error *err)
{
    struct delimited table;
    struct atc_columns columns;
    struct text last = {"", 0};
    bool ok = true;

    delimited_init(&table, load_utf8(content, &loader->builder->arena), ',', true);
    if (!delimited_next(&table)) {
        return finish(&table, error_set(err, ERROR_SOURCE, "no header"), err);
    }
    columns = (struct atc_columns){
        .code = column_of(&table, "ATC code", "atc_code"),
        .name = column_of(&table, "ATC level name", "atc_name"),
        .ddd = delimited_column(&table, "DDD"),
        .unit = column_of(&table, "Unit", "uom"),
        .route = column_of(&table, "Adm.R", "adm_r"),
        .note = delimited_column(&table, "Note"),
    };
    while (ok && delimited_next(&table)) {
        ok = add_row(&table, &columns, &last, loader, err);
    }
    return finish(&table, ok, err);
}

static bool is_deleted(struct text cell)
{
    return cell.len == 0 || text_is(cell, "-") ||
           text_equal_nocase(cell, TEXT_LITERAL("deleted"));
}

static bool read_change(const struct delimited *table, const int columns[4],
                        struct atc_change *change, struct error *err)
{
    struct text new = delimited_cell(table, columns[2]);
    struct text year = delimited_cell(table, columns[3]);
    char digits[5] = "";

    change->old = code_normal(CODE_ATC, delimited_cell(table, columns[0]), change->normal[0]);
    change->name = delimited_cell(table, columns[1]);
    change->new = code_normal(CODE_ATC, new, change->normal[1]);
    memcpy(digits, year.at, year.len == 4 ? 4 : 0);
    change->year = strtoul(digits, NULL, 10);
    if (change->old.len == 0 || (change->new.len == 0 && !is_deleted(new))) {
        return error_set(err, ERROR_SOURCE, "row %zu: not an ATC code", table->row);
    }
    return true;
}

/* Once for each old code; `year` is that of its last change. */
static void add_old(struct atc_loader *loader, const struct atc_change *change, uint64_t year)
{
    struct code_entry entry = {.code = change->old,
                               .display = change->name,
                               .status = CODE_DEPRECATED,
                               .flags = CODE_BILLABLE,
                               .from = CODE_NO_DAY,
                               .until = CODE_NO_DAY};

    if (year > 0 && !calendar_days((int)year, 1, 1, &entry.until)) {
        entry.until = CODE_NO_DAY;
    }
    pack_builder_add(loader->builder, &entry, parent_of(change->old));
}

static void add_change(struct atc_loader *loader, struct strmap *added,
                       const struct atc_change *change)
{
    uint64_t last = strmap_find(&loader->codes, change->old)->number;
    struct code_relation relation = {.kind = PACK_REPLACED_BY, .target = change->new};
    char note[24];

    if (last == ATC_IN_USE) {
        loader->reused++;
        return;
    }
    if (strmap_find(added, change->old) == NULL) {
        strmap_put(added, change->old);
        add_old(loader, change, last);
    }
    if (change->new.len > 0) {
        snprintf(note, sizeof(note), "%u", (unsigned)change->year);
        relation.note = text_of(change->year > 0 ? note : "");
        pack_builder_relate(loader->builder, change->old, &relation);
    }
}

/* Twice: the second time the last change of each code is known. */
static bool load_changes(struct atc_loader *loader, struct text content, bool adds,
                         struct error *err)
{
    static const char *const names[] = {"Previous ATC code", "Substance name", "New ATC code",
                                        "Year"};
    struct delimited table;
    struct strmap added;
    int columns[4];
    bool ok = true;

    strmap_init(&added, ATC_CODES_MAX);
    delimited_init(&table, load_utf8(content, &loader->builder->arena), ',', true);
    (void)delimited_next(&table);
    for (int i = 0; i < 4; i++) {
        columns[i] = delimited_column(&table, names[i]);
    }
    while (ok && delimited_next(&table)) {
        struct atc_change change;
        ok = read_change(&table, columns, &change, err);
        if (ok && adds) {
            add_change(loader, &added, &change);
        } else if (ok) {
            ok = put_code(loader, change.old, change.year, err);
        }
    }
    strmap_release(&added);
    return finish(&table, ok, err);
}

bool load_atc(const struct load_set *set, struct pack_builder *builder,
              struct load_facts *facts, struct error *err)
{
    struct atc_loader loader = {.builder = builder};
    struct text changes = set->content[LOAD_ATC_ALTERATIONS];
    bool ok;

    strmap_init(&loader.codes, ATC_CODES_MAX);
    ok = load_codes(&loader, set->content[LOAD_ATC], err);
    if (ok && changes.len > 0) {
        ok = (load_changes(&loader, changes, false, err) &&
              load_changes(&loader, changes, true, err)) ||
             error_wrap(err, "%s", load_what(LOAD_ATC_ALTERATIONS));
    }
    if (loader.reused > 0) {
        snprintf(facts->word, sizeof(facts->word),
                 "%u alterations are of codes that are in use again and are left out",
                 loader.reused);
    }
    strmap_release(&loader.codes);
    return ok;
}
