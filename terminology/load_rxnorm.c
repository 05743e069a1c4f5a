/*
 * load_rxnorm.c - RxNorm from its Rich Release Format: '|' behind each field, no header, no quotes.
 *
 * Concepts  RXNCONSO, atoms of RxNorm itself: the name of the concept, its term type (`tty`) and
 *           synonyms; a concept whose every such atom is suppressed is deprecated.  Atoms of ATC
 *           give the relation "ATC".
 * Relations RXNREL, of RxNorm itself: the second concept stands in the relation to the first.
 * Properties RXNSAT, of RxNorm itself: NDC and strengths.
 * Retired   RXNATOMARCHIVE: concepts that are gone, and what they were merged into.
 * Source    RxNorm Technical Documentation (National Library of Medicine), sections 12.4 to 12.8.
 */
#include "terminology/load.h"
#include "terminology/load_links.h"

#include <stdio.h>

enum { RRF_FIELDS = 18, RXNORM_NUMBER = 16 };

enum link_kind { LINK_ATOM, LINK_ATC, LINK_ATTRIBUTE, LINK_RELATION, LINK_ARCHIVED };

struct rxnorm {
    struct text files[5]; /* by link_kind */
    struct load_links links;
    struct pack_builder *builder;
};

static bool split(struct text line, struct text fields[RRF_FIELDS], int count)
{
    for (int i = 0; i < count; i++) {
        const char *bar = memchr(line.at, '|', line.len);
        if (bar == NULL) {
            return false;
        }
        fields[i] = (struct text){line.at, (size_t)(bar - line.at)};
        line.at += fields[i].len + 1;
        line.len -= fields[i].len + 1;
    }
    return line.len == 0;
}

/* The fields of the line that a link leads to; it was split before. */
static void fields_of(const struct rxnorm *rxnorm, const struct load_link *link,
                      struct text fields[RRF_FIELDS], int count)
{
    struct text rest = rxnorm->files[link->kind];
    struct text line = {"", 0};

    rest.at += link->value;
    rest.len -= link->value;
    (void)!load_line(&rest, &line);
    (void)!split(line, fields, count);
}

static bool is_kept_relation(struct text name)
{
    static const char *const kept[] = {
        "has_ingredient",    "has_precise_ingredient", "has_ingredients", "has_dose_form",
        "has_doseformgroup", "tradename_of",           "consists_of",     "contains",
        "has_part",          "quantified_form_of",     "reformulated_to", "isa",
    };

    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        if (text_is(name, kept[i])) {
            return true;
        }
    }
    return false;
}

/* Whose the line is, and as what; 0: it is not taken. */
static uint32_t owner_of(enum link_kind *kind, const struct text f[RRF_FIELDS])
{
    switch (*kind) {
    case LINK_ATOM:
        *kind = text_is(f[11], "ATC") ? LINK_ATC : LINK_ATOM;
        return *kind == LINK_ATC || text_is(f[11], "RXNORM") ? link_number(f[0]) : 0;
    case LINK_ATTRIBUTE:
        return text_is(f[9], "RXNORM") && text_is(f[11], "N") &&
                       (text_is(f[8], "NDC") || text_is(f[8], "RXN_STRENGTH") ||
                        text_is(f[8], "RXN_AVAILABLE_STRENGTH"))
                   ? link_number(f[0])
                   : 0;
    case LINK_RELATION:
        return text_is(f[2], "CUI") && text_is(f[6], "CUI") && text_is(f[10], "RXNORM") &&
                       is_kept_relation(f[7])
                   ? link_number(f[4])
                   : 0;
    case LINK_ATC:
    case LINK_ARCHIVED:
        break;
    }
    return text_is(f[13], "RXNORM") ? link_number(f[12]) : 0;
}

static bool add_links(struct rxnorm *rxnorm, enum link_kind kind, int count, struct error *err)
{
    struct text file = rxnorm->files[kind];
    struct text rest = file;
    struct text line;

    for (size_t row = 1; rest.len > 0; row++) {
        uint64_t at = (uint64_t)(rest.at - file.at);
        struct text fields[RRF_FIELDS];
        enum link_kind as = kind;
        uint32_t from;
        if (!load_line(&rest, &line) || line.len == 0) {
            continue;
        }
        if (!split(line, fields, count)) {
            return error_set(err, ERROR_SOURCE, "line %zu: not %d fields, each ended by '|'",
                             row, count);
        }
        from = owner_of(&as, fields);
        if (from != 0) {
            links_add(&rxnorm->links, (struct load_link){from, as, at});
        }
    }
    return true;
}

static bool is_synonym(struct text tty)
{
    return text_is(tty, "SY") || text_is(tty, "TMSY") || text_is(tty, "PSN") ||
           text_is(tty, "ET");
}

/* The name of a concept; false: no atom of RxNorm names it. */
static bool add_concept(struct rxnorm *rxnorm, struct text code, size_t first, size_t count)
{
    struct code_entry entry = {.code = code,
                               .status = CODE_DEPRECATED,
                               .flags = CODE_BILLABLE,
                               .from = CODE_NO_DAY,
                               .until = CODE_NO_DAY};
    struct text tty = {"", 0};
    struct text f[RRF_FIELDS];

    for (size_t i = first; i < first + count; i++) {
        if (rxnorm->links.at[i].kind == LINK_ATOM) {
            bool is_better;
            fields_of(rxnorm, &rxnorm->links.at[i], f, 18);
            is_better = tty.len == 0 || (is_synonym(tty) && !is_synonym(f[12]));
            entry.status = text_is(f[16], "N") ? CODE_ACTIVE : entry.status;
            entry.display = is_better ? f[14] : entry.display;
            tty = is_better ? f[12] : tty;
        }
    }
    if (tty.len == 0) {
        return false;
    }
    pack_builder_add(rxnorm->builder, &entry, (struct text){"", 0});
    pack_builder_property(rxnorm->builder, "tty", tty);
    for (size_t i = first; i < first + count; i++) {
        if (rxnorm->links.at[i].kind == LINK_ATOM) {
            fields_of(rxnorm, &rxnorm->links.at[i], f, 18);
            if (!text_equal(f[14], entry.display)) {
                pack_builder_property(rxnorm->builder, "synonym", f[14]);
            }
        }
    }
    return true;
}

static void add_details(struct rxnorm *rxnorm, struct text code, size_t first, size_t count)
{
    struct text f[RRF_FIELDS];

    for (size_t i = first; i < first + count; i++) {
        const struct load_link *link = &rxnorm->links.at[i];
        struct code_relation relation = {.kind = PACK_RELATED};
        if (link->kind == LINK_ATTRIBUTE) {
            fields_of(rxnorm, link, f, 13);
            pack_builder_property(rxnorm->builder, text_is(f[8], "NDC") ? "ndc" : "strength",
                                  f[10]);
        } else if (link->kind == LINK_ATC) {
            fields_of(rxnorm, link, f, 18);
            relation.target = f[13];
            relation.note = TEXT_LITERAL("ATC");
            pack_builder_relate(rxnorm->builder, code, &relation);
        } else if (link->kind == LINK_RELATION) {
            fields_of(rxnorm, link, f, 16);
            relation.target = f[0];
            relation.note = f[7];
            pack_builder_relate(rxnorm->builder, code, &relation);
        }
    }
}

/* A concept that is gone, and its successors, each once: the archive has a line for each atom. */
static void add_archived(struct rxnorm *rxnorm, struct text code, size_t first, size_t count)
{
    struct code_entry entry = {.code = code,
                               .status = CODE_DEPRECATED,
                               .flags = CODE_BILLABLE,
                               .from = CODE_NO_DAY,
                               .until = CODE_NO_DAY};
    struct text last = {"", 0};
    struct text f[RRF_FIELDS];
    bool is_added = false;

    for (size_t i = first; i < first + count; i++) {
        struct code_relation relation = {.kind = PACK_REPLACED_BY};
        if (rxnorm->links.at[i].kind != LINK_ARCHIVED) {
            continue;
        }
        fields_of(rxnorm, &rxnorm->links.at[i], f, 16);
        if (!is_added) {
            entry.display = f[2];
            pack_builder_add(rxnorm->builder, &entry, (struct text){"", 0});
            pack_builder_property(rxnorm->builder, "tty", f[14]);
            is_added = true;
        }
        relation.target = f[15];
        if (f[15].len > 0 && !text_equal(f[15], code) && !text_equal(f[15], last)) {
            pack_builder_relate(rxnorm->builder, code, &relation);
            last = f[15];
        }
    }
}

bool load_rxnorm(const struct load_set *set, struct pack_builder *builder,
                 struct load_facts *facts, struct error *err)
{
    struct rxnorm rxnorm = {.builder = builder};
    size_t count = 0;
    bool ok;

    (void)facts;
    rxnorm.files[LINK_ATOM] = load_utf8(set->content[LOAD_RXNORM], &builder->arena);
    rxnorm.files[LINK_ATC] = rxnorm.files[LINK_ATOM];
    rxnorm.files[LINK_ATTRIBUTE] = set->content[LOAD_RXNORM_ATTRIBUTES];
    rxnorm.files[LINK_RELATION] = set->content[LOAD_RXNORM_RELATIONS];
    rxnorm.files[LINK_ARCHIVED] = set->content[LOAD_RXNORM_ARCHIVE];
    ok = (add_links(&rxnorm, LINK_ATOM, 18, err) || error_wrap(err, "RXNCONSO")) &&
         (add_links(&rxnorm, LINK_ATTRIBUTE, 13, err) || error_wrap(err, "RXNSAT")) &&
         (add_links(&rxnorm, LINK_RELATION, 16, err) || error_wrap(err, "RXNREL")) &&
         (add_links(&rxnorm, LINK_ARCHIVED, 16, err) || error_wrap(err, "RXNATOMARCHIVE")) &&
         links_sort(&rxnorm.links, err);
    for (size_t at = 0; ok && at < rxnorm.links.count; at += count) {
        char number[RXNORM_NUMBER];
        struct text code;
        snprintf(number, sizeof(number), "%u", rxnorm.links.at[at].from);
        code = text_of(number);
        count = links_find(&rxnorm.links, rxnorm.links.at[at].from, &at);
        if (add_concept(&rxnorm, code, at, count)) {
            add_details(&rxnorm, code, at, count);
        } else {
            add_archived(&rxnorm, code, at, count);
        }
    }
    links_release(&rxnorm.links);
    return ok;
}
