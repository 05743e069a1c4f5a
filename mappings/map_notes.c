#include "mappings/map_notes.h"

#include <string.h>

/* Where the scanner stands between two lines. */
struct scanner {
    char quote;       /* open since an earlier line, or 0 */
    int block_indent; /* of the key that opened a block text, or -1 */
};

struct entry {
    const struct yaml_node *node;
    int line;
    int indent; /* of its line */
};

struct entries {
    struct entry *at;
    size_t count;
};

static void add_note(struct map_notes *notes, struct text text, int line, int indent,
                     bool own_line)
{
    if (text.len == 0 && notes->count > 0 && notes->at[notes->count - 1].text.len == 0 &&
        notes->at[notes->count - 1].line == line - 1) {
        notes->at[notes->count - 1].line = line; /* several blank lines are one */
        return;
    }
    notes->at = xrealloc(notes->at, (notes->count + 1) * sizeof(*notes->at));
    notes->at[notes->count++] =
        (struct map_note){.text = text, .line = line, .indent = indent, .own_line = own_line};
    notes->comments += text.len > 0;
}

static bool opens_token(struct text line, size_t at)
{
    size_t before = at;

    while (before > 0 && line.at[before - 1] == ' ') {
        before--;
    }
    return before == 0 || strchr("[{,", line.at[before - 1]) != NULL ||
           (before < at && strchr(":-?", line.at[before - 1]) != NULL);
}

/* Where the quoted text that is open at `at` ends: behind its quote, or at the line's end. */
static size_t skip_quoted(struct scanner *scanner, struct text line, size_t at)
{
    for (; at < line.len; at++) {
        if (scanner->quote == '"' && line.at[at] == '\\') {
            at++;
        } else if (line.at[at] == scanner->quote) {
            if (scanner->quote == '\'' && at + 1 < line.len && line.at[at + 1] == '\'') {
                at++;
                continue;
            }
            scanner->quote = 0;
            return at + 1;
        }
    }
    return line.len;
}

/* The place of the comment in this line, or its length. */
static size_t find_comment(struct scanner *scanner, struct text line)
{
    size_t at = scanner->quote ? skip_quoted(scanner, line, 0) : 0;

    while (at < line.len) {
        char c = line.at[at];

        if (c == '#' && (at == 0 || line.at[at - 1] == ' ' || line.at[at - 1] == '\t')) {
            return at;
        }
        if ((c == '"' || c == '\'') && opens_token(line, at)) {
            scanner->quote = c;
            at = skip_quoted(scanner, line, at + 1);
        } else {
            at++;
        }
    }
    return at;
}

static int indent_of(struct text line)
{
    int indent = 0;

    while ((size_t)indent < line.len && line.at[indent] == ' ') {
        indent++;
    }
    return indent;
}

/* "key: >-" and "- |": what follows deeper is text. */
static bool opens_block(struct text line)
{
    size_t at;

    line = text_trim(line);
    at = line.len;
    while (at > 0 && strchr("+-0123456789", line.at[at - 1]) != NULL) {
        at--;
    }
    if (at < 1 || (line.at[at - 1] != '|' && line.at[at - 1] != '>')) {
        return false;
    }
    at--;
    return at >= 2 && line.at[at - 1] == ' ' &&
           (line.at[at - 2] == ':' || line.at[at - 2] == '-');
}

static int key_indent(struct text line)
{
    int indent = indent_of(line);

    while ((size_t)indent + 1 < line.len && line.at[indent] == '-' &&
           line.at[indent + 1] == ' ') {
        indent += 2;
    }
    return indent;
}

static void scan_line(struct map_notes *notes, struct scanner *scanner, struct text line,
                      int number)
{
    bool was_quoted = scanner->quote != 0;
    int indent = indent_of(line);
    bool is_blank = text_is_blank(line);
    size_t comment;

    if (scanner->block_indent >= 0) {
        if (is_blank || indent > scanner->block_indent) {
            return;
        }
        scanner->block_indent = -1;
    }
    if (is_blank && !was_quoted) {
        add_note(notes, text_of(""), number, 0, true);
        return;
    }
    comment = find_comment(scanner, line);
    if (comment < line.len) {
        struct text text = text_trim((struct text){line.at + comment, line.len - comment});

        add_note(notes, text, number, indent, (size_t)indent == comment && !was_quoted);
    }
    if (scanner->quote == 0 && opens_block((struct text){line.at, comment})) {
        scanner->block_indent = key_indent(line);
    }
}

static void add_entry(struct entries *entries, const struct yaml_node *node)
{
    entries->at = xrealloc(entries->at, (entries->count + 1) * sizeof(*entries->at));
    entries->at[entries->count++] =
        (struct entry){.node = node, .line = node->key ? node->key_line : node->line};
}

/* In the order of the document. */
static void collect(struct entries *entries, const struct yaml_node *node)
{
    for (const struct yaml_node *child = node->child; child; child = child->next) {
        add_entry(entries, child);
        collect(entries, child);
    }
}

/* The entry that a comment behind a value belongs to: the first on that line, else the last
 * that starts above it. */
static const struct yaml_node *entry_on(const struct entries *entries, int line)
{
    const struct yaml_node *above = NULL;

    for (size_t i = 0; i < entries->count && entries->at[i].line <= line; i++) {
        if (entries->at[i].line == line) {
            return entries->at[i].node;
        }
        above = entries->at[i].node;
    }
    return above;
}

/* The last entry above `line` that starts a line and is indented at most so deep. */
static const struct yaml_node *entry_above(const struct entries *entries, int line, int indent)
{
    const struct yaml_node *found = NULL;

    for (size_t i = 0; i < entries->count && entries->at[i].line < line; i++) {
        bool is_first = i == 0 || entries->at[i - 1].line < entries->at[i].line;

        if (is_first && entries->at[i].indent <= indent) {
            found = entries->at[i].node;
        }
    }
    return found;
}

static const struct entry *entry_below(const struct entries *entries, int line)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->at[i].line > line) {
            return &entries->at[i];
        }
    }
    return NULL;
}

static void place_note(struct map_note *note, const struct entries *entries)
{
    const struct entry *below = entry_below(entries, note->line);

    if (!note->own_line) {
        note->entry = entry_on(entries, note->line);
        note->place = note->entry ? NOTE_BEHIND : NOTE_HEAD;
    } else if (below && (note->text.len == 0 || note->indent <= below->indent)) {
        note->entry = below->node;
        note->place = NOTE_BEFORE;
    } else if (note->text.len > 0 && note->indent > 0) {
        note->entry = entry_above(entries, note->line, note->indent);
        note->place = note->entry ? NOTE_AFTER : NOTE_FOOT;
    } else {
        note->place = NOTE_FOOT;
    }
}

/* Comments above the first entry that a blank line parts from it head the document. */
static void find_head(struct map_notes *notes, const struct entries *entries)
{
    size_t head = 0;

    for (size_t i = 0; i < notes->count && entries->count > 0; i++) {
        if (notes->at[i].line < entries->at[0].line && notes->at[i].text.len == 0) {
            head = i + 1;
        }
    }
    for (size_t i = 0; i < head; i++) {
        notes->at[i].place = NOTE_HEAD;
        notes->at[i].entry = NULL;
    }
}

void map_notes_read(struct map_notes *notes, struct text content, const struct yaml_node *root)
{
    struct scanner scanner = {.block_indent = -1};
    struct entries entries = {0};
    size_t next_entry = 0;
    int number = 1;

    *notes = (struct map_notes){0};
    if (root) {
        collect(&entries, root);
    }
    for (size_t at = 0; at < content.len; number++) {
        const char *end = memchr(content.at + at, '\n', content.len - at);
        size_t len = end ? (size_t)(end - content.at) - at : content.len - at;
        struct text line = {content.at + at, len};

        for (; next_entry < entries.count && entries.at[next_entry].line <= number;
             next_entry++) {
            entries.at[next_entry].indent = indent_of(line);
        }
        scan_line(notes, &scanner, line, number);
        at += len + 1;
    }
    for (size_t i = 0; i < notes->count && root; i++) {
        place_note(&notes->at[i], &entries);
    }
    find_head(notes, &entries);
    free(entries.at);
}

static bool is_within(const struct yaml_node *node, const struct yaml_node *sought)
{
    for (const struct yaml_node *child = node->child; child; child = child->next) {
        if (child == sought || is_within(child, sought)) {
            return true;
        }
    }
    return false;
}

bool map_notes_within(const struct map_notes *notes, const struct yaml_node *node)
{
    for (size_t i = 0; i < notes->count; i++) {
        const struct map_note *note = &notes->at[i];

        if (note->text.len > 0 && note->entry && is_within(node, note->entry)) {
            return true;
        }
    }
    return false;
}

size_t map_notes_count(const struct map_notes *notes, const struct yaml_node *entry,
                       enum note_place place)
{
    size_t count = 0;

    for (size_t i = 0; i < notes->count; i++) {
        count += notes->at[i].entry == entry && notes->at[i].place == place;
    }
    return count;
}

void map_notes_release(struct map_notes *notes)
{
    free(notes->at);
    *notes = (struct map_notes){0};
}
