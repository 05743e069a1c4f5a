#include "mappings/map_fmt.h"

#include "core/yaml.h"
#include "mappings/map_notes.h"
#include "mappings/map_scalar.h"

#include <string.h>

enum { FMT_BYTES_MAX = 8 << 20, ORDER_MAX = 17, ROUNDS_MAX = 4 };

/* What a level holds: it decides order and shape of the members. */
enum level { LEVEL_MAP, LEVEL_RULES, LEVEL_RULE, LEVEL_TESTS, LEVEL_DROPS, LEVEL_OTHER };

struct fmt {
    const struct map_notes *notes;
    struct strbuf *out;
};

static const char *const orders[][ORDER_MAX] = {
    [LEVEL_MAP] = {"map", "release", "source", "target", "only", "each", "rules", "drop"},
    [LEVEL_RULE] = {"to", "from", "via", "bad", "risk", "why", "tests"},
    [LEVEL_OTHER] = {"table", "key", "part", "nulls", "optional", "zone", "repeats", "when",
                     "otherwise", "as", "of", "ordinal", "in", "out", "bad", "why", "by"},
};

static bool write_members(struct fmt *fmt, const struct yaml_node *node, enum level level,
                          int indent);

static enum level level_below(enum level level, const struct yaml_node *node)
{
    if (!node->key) {
        return LEVEL_OTHER;
    }
    if (level == LEVEL_MAP && strcmp(node->key, "rules") == 0) {
        return LEVEL_RULES;
    }
    if (level == LEVEL_MAP && strcmp(node->key, "drop") == 0) {
        return LEVEL_DROPS;
    }
    if (level == LEVEL_RULES) {
        return LEVEL_RULE;
    }
    return level == LEVEL_RULE && strcmp(node->key, "tests") == 0 ? LEVEL_TESTS : LEVEL_OTHER;
}

/* "M002": letters first, then the number */
static int compare_ids(const char *a, const char *b)
{
    size_t letters_a = strcspn(a, "0123456789");
    size_t letters_b = strcspn(b, "0123456789");
    int order = text_compare((struct text){a, letters_a}, (struct text){b, letters_b});

    if (order == 0 && strlen(a) != strlen(b)) {
        long left = strtol(a + letters_a, NULL, 10);
        long right = strtol(b + letters_b, NULL, 10);

        order = left < right ? -1 : left > right;
    }
    return order != 0 ? order : strcmp(a, b);
}

static int rank_of(enum level level, const char *key)
{
    int rank = 0;

    while (rank < ORDER_MAX && orders[level][rank] && strcmp(orders[level][rank], key) != 0) {
        rank++;
    }
    return rank;
}

static bool comes_later(enum level level, const struct yaml_node *a, const struct yaml_node *b)
{
    if (level == LEVEL_RULES) {
        return compare_ids(a->key, b->key) > 0;
    }
    if (level == LEVEL_MAP || level == LEVEL_RULE || level == LEVEL_OTHER) {
        return rank_of(level, a->key) > rank_of(level, b->key);
    }
    return false;
}

/* The members in their canonical order (a stable insertion sort); caller frees. */
static const struct yaml_node **ordered(const struct yaml_node *node, enum level level)
{
    const struct yaml_node **members = xcalloc(node->nchildren + 1, sizeof(const void *));
    size_t count = 0;

    for (const struct yaml_node *child = node->child; child; child = child->next) {
        size_t at = count++;

        while (at > 0 && node->kind == YAML_MAP && comes_later(level, members[at - 1], child)) {
            members[at] = members[at - 1];
            at--;
        }
        members[at] = child;
    }
    return members;
}

/* On one line: {a: b, c: [d]}.  False when a text needs lines of its own. */
static bool write_flow(struct strbuf *out, const struct yaml_node *node, enum level level)
{
    const struct yaml_node **members;
    bool ok = true;

    if (node->kind == YAML_SCALAR) {
        return map_scalar_inline(out, node, true);
    }
    members = ordered(node, level);
    strbuf_putc(out, node->kind == YAML_MAP ? '{' : '[');
    for (size_t i = 0; i < node->nchildren && ok; i++) {
        strbuf_puts(out, i > 0 ? ", " : "");
        if (members[i]->key) {
            map_scalar_key(out, members[i]->key, true);
            strbuf_puts(out, ": ");
        }
        ok = write_flow(out, members[i], level_below(level, members[i]));
    }
    strbuf_putc(out, node->kind == YAML_MAP ? '}' : ']');
    free(members);
    return ok;
}

static bool was_on_one_line(const struct yaml_node *node)
{
    return node->child && (node->child->key ? node->child->key_line : node->child->line) ==
                              (node->key ? node->key_line : node->line);
}

static bool may_flow(const struct fmt *fmt, const struct yaml_node *node, enum level level)
{
    if (node->kind == YAML_SCALAR || map_notes_within(fmt->notes, node)) {
        return false;
    }
    if (level == LEVEL_RULES || level == LEVEL_DROPS || level == LEVEL_TESTS) {
        return node->nchildren == 0;
    }
    return level != LEVEL_RULE || (was_on_one_line(node) && !yaml_get(node, "tests"));
}

static void write_notes(struct fmt *fmt, const struct yaml_node *entry, enum note_place place,
                        int indent)
{
    for (size_t i = 0; i < fmt->notes->count; i++) {
        const struct map_note *note = &fmt->notes->at[i];

        if (note->entry != entry || note->place != place) {
            continue;
        }
        if (note->text.len == 0) {
            strbuf_puts(fmt->out, fmt->out->len > 0 ? "\n" : "");
        } else {
            strbuf_addf(fmt->out, "%*s%.*s\n", indent, "", (int)note->text.len, note->text.at);
        }
    }
}

/* More than one (a value of several lines) are written above it instead. */
static bool shows_behind(const struct fmt *fmt, const struct yaml_node *entry)
{
    return map_notes_count(fmt->notes, entry, NOTE_BEHIND) == 1;
}

/* The comment behind an entry, at the end of its first line. */
static void end_line(struct fmt *fmt, const struct yaml_node *entry)
{
    for (size_t i = 0; i < fmt->notes->count && shows_behind(fmt, entry); i++) {
        const struct map_note *note = &fmt->notes->at[i];

        if (note->entry == entry && note->place == NOTE_BEHIND) {
            strbuf_addf(fmt->out, "  %.*s", (int)note->text.len, note->text.at);
        }
    }
    strbuf_putc(fmt->out, '\n');
}

/* The value behind "key:" or "-", whose line is open and `col` wide already. */
static bool write_value(struct fmt *fmt, const struct yaml_node *node, enum level level,
                        int indent, int col)
{
    struct strbuf flow;
    bool ok = true;

    if (node->kind == YAML_SCALAR) {
        strbuf_init(&flow, FMT_BYTES_MAX);
        if (map_scalar_inline(&flow, node, false) &&
            (col + 1 + (int)flow.len <= MAP_FMT_WIDTH || !map_scalar_can_fold(node))) {
            strbuf_puts(fmt->out, flow.len > 0 ? " " : "");
            strbuf_add_text(fmt->out, strbuf_text(&flow));
            end_line(fmt, node);
        } else {
            strbuf_addf(fmt->out, " %s", map_scalar_block_mark(node));
            end_line(fmt, node);
            map_scalar_block(fmt->out, node, indent + 2, MAP_FMT_WIDTH);
        }
        strbuf_release(&flow);
        return true;
    }
    strbuf_init(&flow, FMT_BYTES_MAX);
    if (may_flow(fmt, node, level) && write_flow(&flow, node, level) &&
        (col + 1 + (int)flow.len <= MAP_FMT_WIDTH || node->nchildren == 0)) {
        strbuf_addf(fmt->out, " %s", flow.at);
        end_line(fmt, node);
    } else {
        end_line(fmt, node);
        ok = write_members(fmt, node, level, indent + 2);
    }
    strbuf_release(&flow);
    return ok;
}

/* "- first: ..." and the other members under it. */
static bool write_item_map(struct fmt *fmt, const struct yaml_node *node, int indent)
{
    size_t start;

    if (shows_behind(fmt, node)) {
        write_notes(fmt, node, NOTE_BEHIND, indent);
    }
    start = fmt->out->len;
    if (!write_members(fmt, node, LEVEL_OTHER, indent + 2)) {
        return false;
    }
    fmt->out->at[start + (size_t)indent] = '-';
    return true;
}

static bool starts_with_note(const struct fmt *fmt, const struct yaml_node *node)
{
    const struct yaml_node **members = ordered(node, LEVEL_OTHER);
    const struct yaml_node *first = members[0];
    bool starts = map_notes_count(fmt->notes, first, NOTE_BEFORE) > 0 ||
                  map_notes_count(fmt->notes, first, NOTE_BEHIND) > 1;

    free(members);
    return starts;
}

static bool write_item(struct fmt *fmt, const struct yaml_node *node, int indent)
{
    struct strbuf flow;
    bool fits;

    strbuf_init(&flow, FMT_BYTES_MAX);
    fits = node->kind != YAML_MAP || node->nchildren == 0 ||
           (!map_notes_within(fmt->notes, node) && write_flow(&flow, node, LEVEL_OTHER) &&
            indent + 2 + (int)flow.len <= MAP_FMT_WIDTH);
    strbuf_release(&flow);
    if (!fits && !starts_with_note(fmt, node)) {
        return write_item_map(fmt, node, indent);
    }
    strbuf_addf(fmt->out, "%*s-", indent, "");
    return write_value(fmt, node, LEVEL_OTHER, indent, indent + 1);
}

static bool write_entry(struct fmt *fmt, const struct yaml_node *node, enum level level,
                        int indent)
{
    size_t start;
    bool ok;

    write_notes(fmt, node, NOTE_BEFORE, indent);
    if (!shows_behind(fmt, node)) {
        write_notes(fmt, node, NOTE_BEHIND, indent);
    }
    if (node->key) {
        start = fmt->out->len;
        strbuf_addf(fmt->out, "%*s", indent, "");
        map_scalar_key(fmt->out, node->key, false);
        strbuf_putc(fmt->out, ':');
        ok = write_value(fmt, node, level_below(level, node), indent,
                         (int)(fmt->out->len - start));
    } else {
        ok = write_item(fmt, node, indent);
    }
    write_notes(fmt, node, NOTE_AFTER, indent);
    return ok;
}

static bool write_members(struct fmt *fmt, const struct yaml_node *node, enum level level,
                          int indent)
{
    const struct yaml_node **members = ordered(node, level);
    bool ok = true;

    for (size_t i = 0; i < node->nchildren && ok; i++) {
        ok = write_entry(fmt, members[i], level, indent);
    }
    free(members);
    return ok && !strbuf_is_full(fmt->out);
}

static bool same_text(const struct yaml_node *a, const struct yaml_node *b)
{
    struct text left = text_of(a->text), right = text_of(b->text);
    bool is_word = left.len == 0 || text_is(left, "null");

    while (!a->quoted && left.len > 0 && left.at[left.len - 1] == '\n') {
        left.len--;
    }
    while (!b->quoted && right.len > 0 && right.at[right.len - 1] == '\n') {
        right.len--;
    }
    return text_equal(left, right) && (!is_word || a->quoted == b->quoted);
}

/* The same tree, whatever the order of a map's members. */
static bool same_tree(const struct yaml_node *a, const struct yaml_node *b)
{
    const struct yaml_node *twin = b->child;

    if (a->kind != b->kind || a->nchildren != b->nchildren) {
        return false;
    }
    if (a->kind == YAML_SCALAR) {
        return same_text(a, b);
    }
    for (const struct yaml_node *child = a->child; child; child = child->next) {
        twin = a->kind == YAML_MAP ? yaml_get(b, child->key) : twin;
        if (!twin || !same_tree(child, twin)) {
            return false;
        }
        twin = twin->next;
    }
    return true;
}

static bool check_same(const char *path, const struct yaml_node *root, size_t comments,
                       struct text result, struct error *err)
{
    struct error inner = {0};
    struct map_notes notes;
    struct yaml *yaml = yaml_parse(path, result, &inner);
    bool same = yaml && same_tree(root, yaml_root(yaml));

    map_notes_read(&notes, result, NULL);
    same = same && notes.comments == comments;
    map_notes_release(&notes);
    yaml_free(yaml);
    if (!same) {
        error_set(err, ERROR_CONFIG, "%s: cannot be formatted without changing what it says",
                  path);
        error_hint(err, "nothing was written; a comment in an unusual place may be the cause");
    }
    return same;
}

static void write_document(struct fmt *fmt, const struct yaml_node *root, bool *ok)
{
    for (size_t i = 0; i < fmt->notes->count; i++) {
        if (fmt->notes->at[i].place == NOTE_HEAD) {
            strbuf_addf(fmt->out, "%.*s\n", (int)fmt->notes->at[i].text.len,
                        fmt->notes->at[i].text.at);
        }
    }
    *ok = write_members(fmt, root, LEVEL_MAP, 0);
    for (size_t i = 0; i < fmt->notes->count; i++) {
        if (fmt->notes->at[i].place == NOTE_FOOT && fmt->notes->at[i].text.len > 0) {
            strbuf_addf(fmt->out, "%.*s\n", (int)fmt->notes->at[i].text.len,
                        fmt->notes->at[i].text.at);
        }
    }
}

static bool format_once(const char *path, struct text content, struct strbuf *out,
                        struct error *err)
{
    struct yaml *yaml = yaml_parse(path, content, err);
    struct map_notes notes = {0};
    struct fmt fmt = {&notes, out};
    const struct yaml_node *root;
    bool ok = false;

    if (!yaml) {
        return false;
    }
    root = yaml_root(yaml);
    if (root->kind != YAML_MAP || !yaml_get(root, "map")) {
        yaml_error(yaml, root, err, "not a map: a map starts with 'map: system/name'");
        goto out;
    }
    map_notes_read(&notes, content, root);
    strbuf_clear(out);
    write_document(&fmt, root, &ok);
    if (!ok) {
        error_set(err, ERROR_LIMIT, "%s: the formatted map is too large", path);
        goto out;
    }
    ok = check_same(path, root, notes.comments, strbuf_text(out), err);

out:
    map_notes_release(&notes);
    yaml_free(yaml);
    return ok;
}

/* A strange layout may take a second round to settle; what comes out is always settled. */
bool map_fmt(const char *path, struct text content, struct strbuf *out, struct error *err)
{
    struct strbuf before;
    bool settled = false;
    bool ok = format_once(path, content, out, err);

    strbuf_init(&before, FMT_BYTES_MAX);
    for (int round = 0; ok && !settled && round < ROUNDS_MAX; round++) {
        strbuf_clear(&before);
        strbuf_add_text(&before, strbuf_text(out));
        ok = format_once(path, strbuf_text(&before), out, err);
        settled = text_equal(strbuf_text(&before), strbuf_text(out));
    }
    strbuf_release(&before);
    if (ok && !settled) {
        error_set(err, ERROR_CONFIG, "%s: cannot be formatted: the layout does not settle",
                  path);
    }
    return ok && settled;
}
