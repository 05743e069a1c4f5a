/*
 * load_loinc.c - the LOINC table (Loinc.csv or LoincTableCore.csv) and MapTo.csv, bound by the
 * names of their headers: columns come and go with the releases.
 */
#include "terminology/code_loinc.h"
#include "terminology/delimited.h"
#include "terminology/load.h"

#include <stdio.h>

static const char *const axes[] = {
    "COMPONENT",
    "PROPERTY",
    "TIME_ASPCT",
    "SYSTEM",
    "SCALE_TYP",
    "METHOD_TYP",
    "CLASS",
    "CLASSTYPE",
    "SHORTNAME",
    "DisplayName",
    "CONSUMER_NAME",
    "RELATEDNAMES2",
    "EXAMPLE_UCUM_UNITS",
    "EXAMPLE_UNITS",
    "ORDER_OBS",
    "COMMON_TEST_RANK",
    "UNITSREQUIRED",
    "EXTERNAL_COPYRIGHT_NOTICE",
    "STATUS_REASON",
    "VersionFirstReleased",
    "VersionLastChanged",
};

enum { AXES = sizeof(axes) / sizeof(axes[0]) };

struct loinc_columns {
    int number, name, shortname, component, status, changed;
    int axes[AXES];
};

static bool status_of(struct text text, enum code_status *out)
{
    for (int i = CODE_ACTIVE; i <= CODE_DEPRECATED; i++) {
        if (text_equal_nocase(text, text_of(code_status_name((enum code_status)i)))) {
            *out = (enum code_status)i;
            return true;
        }
    }
    return false;
}

static struct text first_of(struct text a, struct text b, struct text c)
{
    return a.len > 0 ? a : b.len > 0 ? b : c;
}

static bool add_row(const struct delimited *table, const struct loinc_columns *columns,
                    struct pack_builder *builder, struct error *err)
{
    struct code_entry entry = {
        .flags = CODE_BILLABLE, .from = CODE_NO_DAY, .until = CODE_NO_DAY};

    entry.code = delimited_cell(table, columns->number);
    if (!code_loinc_digit_is_right(entry.code)) {
        return error_set(err, ERROR_SOURCE, "row %zu: not a LOINC code", table->row);
    }
    if (!status_of(delimited_cell(table, columns->status), &entry.status)) {
        return error_set(err, ERROR_SOURCE, "row %zu: no status that LOINC has", table->row);
    }
    entry.display = first_of(delimited_cell(table, columns->name),
                             delimited_cell(table, columns->shortname),
                             delimited_cell(table, columns->component));
    pack_builder_add(builder, &entry, (struct text){"", 0});
    for (int i = 0; i < AXES; i++) {
        pack_builder_property(builder, axes[i], delimited_cell(table, columns->axes[i]));
    }
    return true;
}

/* "2.9" is before "2.73": the numbers are compared, not the texts. */
static void keep_later(char version[64], struct text candidate)
{
    int major = 0, minor = 0, seen_major = 0, seen_minor = 0;
    char text[16];

    if (candidate.len == 0 || candidate.len >= sizeof(text)) {
        return;
    }
    memcpy(text, candidate.at, candidate.len);
    text[candidate.len] = '\0';
    if (sscanf(text, "%4d.%4d", &major, &minor) < 1) {
        return;
    }
    if (sscanf(version, "%4d.%4d", &seen_major, &seen_minor) < 1 || major > seen_major ||
        (major == seen_major && minor > seen_minor)) {
        snprintf(version, 64, "%d.%d", major, minor);
    }
}

bool load_loinc(struct text content, struct pack_builder *builder, struct load_facts *facts,
                struct error *err)
{
    struct delimited table;
    struct loinc_columns columns;
    bool ok;

    delimited_init(&table, load_utf8(content, &builder->arena), ',', true);
    ok = delimited_next(&table) || error_set(err, ERROR_SOURCE, "no header");
    if (ok) {
        columns.number = delimited_column(&table, "LOINC_NUM");
        columns.name = delimited_column(&table, "LONG_COMMON_NAME");
        columns.shortname = delimited_column(&table, "SHORTNAME");
        columns.component = delimited_column(&table, "COMPONENT");
        columns.status = delimited_column(&table, "STATUS");
        columns.changed = delimited_column(&table, "VersionLastChanged");
        for (int i = 0; i < AXES; i++) {
            columns.axes[i] = delimited_column(&table, axes[i]);
        }
    }
    while (ok && delimited_next(&table)) {
        ok = (table.count == 1 && text_is_blank(table.cells[0])) ||
             add_row(&table, &columns, builder, err);
        keep_later(facts->version, delimited_cell(&table, columns.changed));
    }
    if (ok && table.bad) {
        ok = error_set(err, ERROR_SOURCE, "row %zu: a quote is not closed", table.row);
    }
    delimited_release(&table);
    return ok;
}

/* One code may lead to several: which one is meant stands in the comment and is for a person to
 * choose. */
bool load_loinc_map_to(struct text content, struct pack_builder *builder, struct error *err)
{
    struct delimited table;
    int source;
    int target;
    int comment;
    bool ok;

    delimited_init(&table, load_utf8(content, &builder->arena), ',', true);
    ok = delimited_next(&table) || error_set(err, ERROR_SOURCE, "no header");
    source = delimited_column(&table, "LOINC");
    target = delimited_column(&table, "MAP_TO");
    comment = delimited_column(&table, "COMMENT");
    while (ok && delimited_next(&table)) {
        struct code_relation relation = {.kind = PACK_REPLACED_BY,
                                         .target = delimited_cell(&table, target),
                                         .note = delimited_cell(&table, comment)};
        if (relation.target.len > 0) {
            pack_builder_relate(builder, delimited_cell(&table, source), &relation);
        }
    }
    if (ok && table.bad) {
        ok = error_set(err, ERROR_SOURCE, "row %zu: a quote is not closed", table.row);
    }
    delimited_release(&table);
    return ok;
}
