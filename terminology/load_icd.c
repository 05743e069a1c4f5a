/*
 * load_icd.c - the fixed-width files of CMS: order files, ICD-9-CM titles, GEMs.
 *
 * Order     columns 1-5 number, 7-13 code, 15 flag (0 heading, 1 valid for submission), 17-76
 *           short description, 78- long description.
 * Titles    the code in five (diagnoses) or four (procedures) characters, a blank, the title;
 *           Latin-1.
 * GEM       source, target, five digits: approximate, no map, combination, scenario, choice
 *           list.  (CMS, "General Equivalence Mappings", Documentation and User's Guide.)
 */
#include "terminology/order.h"

static bool wrong_line(size_t line, const char *what, struct error *err)
{
    return error_set(err, ERROR_SOURCE, "line %zu: %s", line, what);
}

static struct text part(struct text line, size_t from, size_t len)
{
    if (from >= line.len) {
        return (struct text){"", 0};
    }
    return text_trim(
        (struct text){line.at + from, line.len - from < len ? line.len - from : len});
}

static bool is_prefix(struct text prefix, struct text code)
{
    return prefix.len < code.len && memcmp(prefix.at, code.at, prefix.len) == 0;
}

/* The files list a heading before what is under it, so the parent is the last code seen that
 * begins this one. */
static struct text parent_of(struct text stack[ORDER_DEPTH_MAX], int *depth, struct text code)
{
    struct text parent = {"", 0};

    while (*depth > 0 && !is_prefix(stack[*depth - 1], code)) {
        (*depth)--;
    }
    if (*depth > 0) {
        parent = stack[*depth - 1];
    }
    if (*depth < ORDER_DEPTH_MAX) {
        stack[(*depth)++] = code;
    }
    return parent;
}

bool order_next(struct order *order, struct code_entry *entry, struct error *err)
{
    struct text line;
    char normal[CODE_FORM_MAX];

    do {
        if (!load_line(&order->rest, &line)) {
            return false;
        }
        order->line++;
    } while (text_is_blank(line));
    *entry = (struct code_entry){.from = CODE_NO_DAY, .until = CODE_NO_DAY};
    entry->code = part(line, 6, 7);
    if (line.len < 16 || (line.at[14] != '0' && line.at[14] != '1') ||
        code_normal(order->dialect, entry->code, normal).len != entry->code.len) {
        return wrong_line(order->line, "not a row of the order file", err);
    }
    order->brief = part(line, 16, 60);
    entry->display = part(line, 77, SIZE_MAX);
    if (entry->display.len == 0) {
        entry->display = order->brief;
    }
    entry->flags = line.at[14] == '1' ? CODE_BILLABLE : 0;
    order->parent = parent_of(order->stack, &order->depth, entry->code);
    return true;
}

bool load_icd10pcs(struct text content, struct pack_builder *builder, struct error *err)
{
    struct order order = {.rest = load_utf8(content, &builder->arena),
                          .dialect = CODE_ICD10PCS};
    struct code_entry entry;

    while (order_next(&order, &entry, err)) {
        pack_builder_add(builder, &entry, order.parent);
        pack_builder_property(builder, "short", order.brief);
    }
    return err->code == ERROR_NONE;
}

/* The official title files list codes that may be used, and no headings. */
bool load_icd9cm(struct text content, int width, struct pack_builder *builder,
                 struct error *err)
{
    enum code_dialect dialect = width == 5 ? CODE_ICD9CM : CODE_ICD9CM_PROCEDURE;
    struct text line;

    content = load_utf8(content, &builder->arena);
    for (size_t at = 1; load_line(&content, &line); at++) {
        struct code_entry entry = {
            .flags = CODE_BILLABLE, .from = CODE_NO_DAY, .until = CODE_NO_DAY};
        char normal[CODE_FORM_MAX];
        if (text_is_blank(line)) {
            continue;
        }
        entry.code = part(line, 0, (size_t)width);
        entry.display = part(line, (size_t)width + 1, SIZE_MAX);
        if (entry.display.len == 0 || code_normal(dialect, entry.code, normal).len == 0) {
            return wrong_line(at, "not a code and its title", err);
        }
        pack_builder_add(builder, &entry, (struct text){"", 0});
    }
    return true;
}

static struct text next_word(struct text *line)
{
    struct text word;

    *line = text_trim(*line);
    word = (struct text){line->at, 0};
    while (word.len < line->len && line->at[word.len] != ' ' && line->at[word.len] != '\t') {
        word.len++;
    }
    line->at += word.len;
    line->len -= word.len;
    return word;
}

static bool are_gem_flags(struct text flags)
{
    for (size_t i = 0; i < flags.len; i++) {
        if (flags.at[i] < '0' || flags.at[i] > (i < 3 ? '1' : '9')) {
            return false;
        }
    }
    return flags.len == 5;
}

static bool add_gem_row(struct pack_builder *builder, struct text *last, struct text line)
{
    struct text source = next_word(&line);
    struct text target = next_word(&line);
    struct text flags = next_word(&line);
    struct code_relation relation = {.kind = PACK_MAPS_TO, .target = target};

    if (text_trim(line).len > 0 || !are_gem_flags(flags)) {
        return false;
    }
    if (!text_equal(source, *last)) {
        struct code_entry entry = {
            .code = source, .flags = CODE_BILLABLE, .from = CODE_NO_DAY, .until = CODE_NO_DAY};
        pack_builder_add(builder, &entry, (struct text){"", 0});
        *last = source;
    }
    relation.flags = (flags.at[0] == '1' ? PACK_APPROXIMATE : 0u) |
                     (flags.at[2] == '1' ? PACK_COMBINATION : 0u);
    relation.scenario = flags.at[3] - '0';
    relation.choice = flags.at[4] - '0';
    if (flags.at[1] == '1') {
        relation.kind = PACK_NO_TARGET;
        relation.target.len = 0;
    }
    pack_builder_relate(builder, source, &relation);
    return true;
}

bool load_gem(struct text content, struct pack_builder *builder, struct error *err)
{
    struct text last = {"", 0};
    struct text line;

    for (size_t at = 1; load_line(&content, &line); at++) {
        if (!text_is_blank(line) && !add_gem_row(builder, &last, line)) {
            return wrong_line(at, "not a source, a target and five flags", err);
        }
    }
    return true;
}
