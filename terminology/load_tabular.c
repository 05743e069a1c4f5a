/*
 * load_tabular.c - ICD-10-CM from its order file, its tabular list or both.
 *
 * Both      the order file says which codes there are and which may be used; the tabular list
 *           adds chapters, sections and notes.
 * Alone     the tabular list makes the codes: below a code that seventh characters hold for,
 *           each of them with X in the places before, as the order file lists them.  Exceptions
 *           are said in notes only (S06: no D and S behind a death), so some codes are made that
 *           there are not; the user is told.
 */
#include "terminology/order.h"
#include "terminology/tabular.h"

#include <stdio.h>

enum { SEVENTH = 7 };

static void add_notes(struct pack_builder *builder, const struct tabular_node *node)
{
    for (const struct tabular_note *note = node->notes; note != NULL; note = note->next) {
        pack_builder_property(builder, note->kind, note->words);
    }
}

static struct text parent_of(const struct tabular_node *node)
{
    return node->parent == NULL ? (struct text){"", 0} : node->parent->code;
}

static bool add_ordered(struct text content, const struct tabular *tabular,
                        struct pack_builder *builder, struct error *err)
{
    struct order order = {.rest = load_utf8(content, &builder->arena), .dialect = CODE_ICD10CM};
    struct code_entry entry;

    while (order_next(&order, &entry, err)) {
        struct tabular_node *node = tabular_find(tabular, entry.code);
        struct text parent = order.parent;
        if (node != NULL && !node->is_group && node->parent != NULL) {
            parent = node->parent->code;
            node->is_listed = true;
        }
        pack_builder_add(builder, &entry, parent);
        pack_builder_property(builder, "short", order.brief);
        if (node != NULL && !node->is_group) {
            add_notes(builder, node);
        }
    }
    return err->code == ERROR_NONE;
}

static void add_node(const struct tabular_node *node, unsigned flags,
                     struct pack_builder *builder)
{
    struct code_entry entry = {.code = node->code,
                               .display = node->display,
                               .flags = flags,
                               .from = CODE_NO_DAY,
                               .until = CODE_NO_DAY};

    pack_builder_add(builder, &entry, parent_of(node));
    add_notes(builder, node);
}

/* W21.9 and A are W21.9XXA. */
static void add_seventh(const struct tabular_node *node, const struct tabular_note *seventh,
                        struct pack_builder *builder)
{
    char code[SEVENTH];
    struct code_entry entry = {.code = {code, SEVENTH},
                               .flags = CODE_BILLABLE | CODE_GENERATED,
                               .from = CODE_NO_DAY,
                               .until = CODE_NO_DAY};

    memset(code, 'X', SEVENTH);
    memcpy(code, node->code.at, node->code.len);
    code[SEVENTH - 1] = seventh->code;
    entry.display =
        text_of(arena_printf(&builder->arena, "%.*s, %.*s", (int)node->display.len,
                             node->display.at, (int)seventh->words.len, seventh->words.at));
    pack_builder_add(builder, &entry, node->code);
}

static void add_generated(const struct tabular *tabular, struct pack_builder *builder,
                          struct load_facts *facts)
{
    unsigned made = 0;

    for (const struct tabular_node *node = tabular->nodes; node != NULL; node = node->next) {
        const struct tabular_note *seventh =
            node->has_children || node->code.len >= SEVENTH ? NULL : tabular_sevenths(node);
        if (!node->is_group) {
            add_node(node, node->has_children || seventh != NULL ? 0 : CODE_BILLABLE, builder);
            for (; seventh != NULL; seventh = seventh->next) {
                add_seventh(node, seventh, builder);
                made++;
            }
        }
    }
    if (made > 0) {
        snprintf(facts->word, sizeof(facts->word),
                 "%u codes were made by seventh characters without the order file: what only a "
                 "note forbids is among them",
                 made);
    }
}

/* Chapters and sections; and are the two files of one year? */
static void add_groups(const struct tabular *tabular, bool is_ordered,
                       struct pack_builder *builder, struct load_facts *facts)
{
    unsigned missing = 0;

    for (const struct tabular_node *node = tabular->nodes; node != NULL; node = node->next) {
        if (node->is_group) {
            add_node(node, CODE_GROUP, builder);
        } else if (is_ordered && !node->is_listed) {
            missing++;
        }
    }
    if (missing > 0) {
        snprintf(facts->word, sizeof(facts->word),
                 "%u codes of the tabular list are not in the order file and are left out",
                 missing);
    }
}

bool load_icd10cm(const struct load_set *set, struct pack_builder *builder,
                  struct load_facts *facts, struct error *err)
{
    struct text order = set->content[LOAD_ICD10CM];
    struct text list = set->content[LOAD_ICD10CM_TABULAR];
    struct tabular tabular = {0};
    bool ok = true;

    if (list.len > 0) {
        ok = tabular_read(&tabular, list, err) ||
             error_wrap(err, "%s", load_what(LOAD_ICD10CM_TABULAR));
        snprintf(facts->version, sizeof(facts->version), "%.*s", (int)tabular.version.len,
                 tabular.version.at);
    }
    if (ok && order.len > 0) {
        ok = add_ordered(order, &tabular, builder, err);
    } else if (ok) {
        add_generated(&tabular, builder, facts);
    }
    if (ok) {
        add_groups(&tabular, order.len > 0, builder, facts);
    }
    tabular_release(&tabular);
    return ok;
}
