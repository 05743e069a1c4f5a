/*
 * load_ndc.c - the FDA's NDC directory: package.txt, and product.txt for what is in the packages.
 *
 * Shape     TAB between cells, no quotes, Latin-1 or UTF-8, bound by header.
 * Codes     of packages in 11 digits (terminology/code_ndc.h); of products with one hyphen, as
 *           headings above them.  The form that the FDA prints is the property `fda`.
 * Days      from the start of marketing to its end.
 * Again     a package that stands there several times (one product under several applications)
 *           is taken once, as it comes first.
 */
#include "core/calendar.h"
#include "core/strmap.h"
#include "terminology/delimited.h"
#include "terminology/load.h"

#include <stdio.h>

enum { NDC_CODES_MAX = 2000000 };

struct ndc_loader {
    struct pack_builder *builder;
    struct strmap seen; /* codes in normal form; of a product its display */
    unsigned repeated;
};

/* Columns by which the two tables are bound; -1: there is none. */
struct ndc_columns {
    int product, package, description, from, until, brand, suffix, substance;
};

/* Cell's column of product.txt, name of the property. */
static const char *const details[][2] = {
    {"NONPROPRIETARYNAME", "substance"},
    {"DOSAGEFORMNAME", "dose form"},
    {"ROUTENAME", "route"},
    {"ACTIVE_NUMERATOR_STRENGTH", "strength"},
    {"ACTIVE_INGRED_UNIT", "strength unit"},
    {"LABELERNAME", "labeler"},
    {"PHARM_CLASSES", "class"},
    {"DEASCHEDULE", "schedule"},
};

enum { DETAILS = sizeof(details) / sizeof(details[0]) };

static struct ndc_columns bind(const struct delimited *table)
{
    return (struct ndc_columns){
        .product = delimited_column(table, "PRODUCTNDC"),
        .package = delimited_column(table, "NDCPACKAGECODE"),
        .description = delimited_column(table, "PACKAGEDESCRIPTION"),
        .from = delimited_column(table, "STARTMARKETINGDATE"),
        .until = delimited_column(table, "ENDMARKETINGDATE"),
        .brand = delimited_column(table, "PROPRIETARYNAME"),
        .suffix = delimited_column(table, "PROPRIETARYNAMESUFFIX"),
        .substance = delimited_column(table, "NONPROPRIETARYNAME"),
    };
}

/* "20200131", or CODE_NO_DAY. */
static int32_t day_of(struct text cell)
{
    char text[9] = "";
    int32_t day;
    int year, month, number;

    if (cell.len != 8) {
        return CODE_NO_DAY;
    }
    memcpy(text, cell.at, cell.len);
    return sscanf(text, "%4d%2d%2d", &year, &month, &number) == 3 &&
                   calendar_days(year, month, number, &day)
               ? day
               : CODE_NO_DAY;
}

/* False: not a code, or one that is there. */
static bool begin(struct ndc_loader *loader, const struct delimited *table,
                  const struct ndc_columns *columns, int column, struct code_entry *entry)
{
    char normal[CODE_FORM_MAX];
    int32_t last = day_of(delimited_cell(table, columns->until));

    *entry = (struct code_entry){
        .code = code_normal(CODE_NDC, delimited_cell(table, column), normal),
        .from = day_of(delimited_cell(table, columns->from)),
        .until = last == CODE_NO_DAY ? CODE_NO_DAY : last + 1,
    };
    entry->code = arena_copy(&loader->builder->arena, entry->code);
    if (entry->code.len == 10 && memchr(entry->code.at, '-', 10) == NULL) {
        entry->code.len = 0; /* no hyphens: which package it is cannot be known */
    }
    if (entry->code.len > 0 && strmap_find(&loader->seen, entry->code) != NULL) {
        loader->repeated += column == columns->package;
        return false;
    }
    return entry->code.len > 0;
}

static bool wrong_row(const struct delimited *table, const char *what, struct error *err)
{
    return error_set(err, ERROR_SOURCE, "row %zu: %s", table->row, what);
}

static bool end(struct ndc_loader *loader, const struct code_entry *entry, struct text parent,
                struct error *err)
{
    struct strmap_entry *seen = strmap_put(&loader->seen, entry->code);

    if (seen == NULL) {
        return error_set(err, ERROR_LIMIT, "more than %d codes", NDC_CODES_MAX);
    }
    seen->text = entry->display;
    pack_builder_add(loader->builder, entry, parent);
    return true;
}

static bool load_products(struct ndc_loader *loader, struct text content, struct error *err)
{
    struct delimited table;
    struct ndc_columns columns;
    int detail[DETAILS];
    bool ok = true;

    delimited_init(&table, load_utf8(content, &loader->builder->arena), '\t', false);
    (void)delimited_next(&table);
    columns = bind(&table);
    for (int i = 0; i < DETAILS; i++) {
        detail[i] = delimited_column(&table, details[i][0]);
    }
    while (ok && delimited_next(&table)) {
        struct code_entry entry;
        struct text brand = delimited_cell(&table, columns.brand);
        struct text suffix = delimited_cell(&table, columns.suffix);
        struct text substance = delimited_cell(&table, columns.substance);
        if (!begin(loader, &table, &columns, columns.product, &entry)) {
            ok = entry.code.len > 0 || wrong_row(&table, "not the NDC of a product", err);
            continue;
        }
        entry.display =
            text_of(arena_printf(&loader->builder->arena, "%.*s%s%.*s (%.*s)", (int)brand.len,
                                 brand.at, suffix.len > 0 ? " " : "", (int)suffix.len,
                                 suffix.at, (int)substance.len, substance.at));
        ok = end(loader, &entry, (struct text){"", 0}, err);
        pack_builder_property(loader->builder, "fda", delimited_cell(&table, columns.product));
        for (int i = 0; i < DETAILS; i++) {
            pack_builder_property(loader->builder, details[i][1],
                                  delimited_cell(&table, detail[i]));
        }
    }
    ok = ok && (!table.bad || wrong_row(&table, "too many cells", err));
    delimited_release(&table);
    return ok;
}

static bool load_packages(struct ndc_loader *loader, struct text content, struct error *err)
{
    struct delimited table;
    struct ndc_columns columns;
    bool ok = true;

    delimited_init(&table, load_utf8(content, &loader->builder->arena), '\t', false);
    (void)delimited_next(&table);
    columns = bind(&table);
    while (ok && delimited_next(&table)) {
        struct code_entry entry;
        char normal[CODE_FORM_MAX];
        struct text product =
            code_normal(CODE_NDC, delimited_cell(&table, columns.product), normal);
        struct text description = delimited_cell(&table, columns.description);
        const struct strmap_entry *above = strmap_find(&loader->seen, product);
        if (!begin(loader, &table, &columns, columns.package, &entry)) {
            ok = entry.code.len > 0 || wrong_row(&table, "not the NDC of a package", err);
            continue;
        }
        entry.flags = CODE_BILLABLE;
        entry.display = above == NULL
                            ? description
                            : text_of(arena_printf(&loader->builder->arena, "%.*s, %.*s",
                                                   (int)above->text.len, above->text.at,
                                                   (int)description.len, description.at));
        ok = end(loader, &entry, above == NULL ? (struct text){"", 0} : product, err);
        pack_builder_property(loader->builder, "fda", delimited_cell(&table, columns.package));
    }
    ok = ok && (!table.bad || wrong_row(&table, "too many cells", err));
    delimited_release(&table);
    return ok;
}

bool load_ndc(const struct load_set *set, struct pack_builder *builder,
              struct load_facts *facts, struct error *err)
{
    struct ndc_loader loader = {.builder = builder};
    struct text products = set->content[LOAD_NDC_PRODUCTS];
    bool ok;

    strmap_init(&loader.seen, NDC_CODES_MAX);
    ok = (products.len == 0 || load_products(&loader, products, err)) &&
         load_packages(&loader, set->content[LOAD_NDC], err);
    if (loader.repeated > 0) {
        snprintf(facts->word, sizeof(facts->word),
                 "%u packages stand there more than once and are taken once", loader.repeated);
    }
    strmap_release(&loader.seen);
    return ok;
}
