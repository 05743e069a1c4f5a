#include "mappings/map_scalar.h"

#include <string.h>

static bool has_control(struct text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7F) {
            return true;
        }
    }
    return false;
}

/* What an unquoted text ends with is no part of it: a block text ends with a line end. */
static struct text content_of(const struct yaml_node *node)
{
    struct text text = text_of(node->text);

    while (!node->quoted && text.len > 0 && text.at[text.len - 1] == '\n') {
        text.len--;
    }
    return text;
}

static bool is_plain_safe(struct text text, bool in_flow)
{
    if (text.len == 0 || has_control(text) || strchr(" ,[]{}#&*!|>'\"%@`?:", text.at[0]) ||
        text.at[text.len - 1] == ' ' || text.at[text.len - 1] == ':') {
        return false;
    }
    if (text.at[0] == '-' && (text.len == 1 || text.at[1] == ' ' || text.at[1] == '-')) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (in_flow && strchr(",[]{}", text.at[i])) {
            return false;
        }
        if (i + 1 < text.len && ((text.at[i] == ':' && text.at[i + 1] == ' ') ||
                                 (text.at[i] == ' ' && text.at[i + 1] == '#'))) {
            return false;
        }
    }
    return !text_is(text, "---") && !text_is(text, "...");
}

static void put_single_quoted(struct strbuf *out, struct text text)
{
    strbuf_putc(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'') {
            strbuf_putc(out, '\'');
        }
        strbuf_putc(out, text.at[i]);
    }
    strbuf_putc(out, '\'');
}

static void put_double_quoted(struct strbuf *out, struct text text)
{
    strbuf_putc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c == '"' || c == '\\') {
            strbuf_addf(out, "\\%c", c);
        } else if (c == '\n') {
            strbuf_puts(out, "\\n");
        } else if (c == '\t') {
            strbuf_puts(out, "\\t");
        } else if (c < 0x20 || c == 0x7F) {
            strbuf_addf(out, "\\x%02X", c);
        } else {
            strbuf_putc(out, (char)c);
        }
    }
    strbuf_putc(out, '"');
}

static void put_quoted(struct strbuf *out, struct text text)
{
    bool has_special = false;

    for (size_t i = 0; i < text.len; i++) {
        has_special = has_special || text.at[i] == '"' || text.at[i] == '\\';
    }
    if (has_special && !has_control(text)) {
        put_single_quoted(out, text);
    } else {
        put_double_quoted(out, text);
    }
}

static bool is_multiline(struct text text)
{
    return text.len > 0 && memchr(text.at, '\n', text.len) != NULL;
}

/* A block cannot begin with a space or a line end, nor hold control characters. */
static bool fits_block(struct text text)
{
    if (text.len == 0 || text.at[0] == ' ' || text.at[0] == '\n') {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (((unsigned char)text.at[i] < 0x20 && text.at[i] != '\n') || text.at[i] == 0x7F ||
            (text.at[i] == ' ' && i + 1 < text.len && text.at[i + 1] == '\n')) {
            return false;
        }
    }
    return text.at[text.len - 1] != ' ';
}

bool map_scalar_inline(struct strbuf *out, const struct yaml_node *node, bool in_flow)
{
    struct text text = content_of(node);

    if (!node->quoted && is_multiline(text) && fits_block(text)) {
        return false;
    }
    if (!node->quoted && (text.len == 0 || is_plain_safe(text, in_flow))) {
        strbuf_add_text(out, text);
    } else {
        put_quoted(out, text);
    }
    return true;
}

void map_scalar_key(struct strbuf *out, const char *key, bool in_flow)
{
    if (is_plain_safe(text_of(key), in_flow)) {
        strbuf_puts(out, key);
    } else {
        put_quoted(out, text_of(key));
    }
}

bool map_scalar_can_fold(const struct yaml_node *node)
{
    static const char *const prose[] = {"why", "via", "when", "by"};
    struct text text = content_of(node);
    bool is_prose = false;

    for (size_t i = 0; i < sizeof(prose) / sizeof(prose[0]); i++) {
        is_prose = is_prose || (node->key && strcmp(node->key, prose[i]) == 0);
    }
    return is_prose && !node->quoted && fits_block(text);
}

const char *map_scalar_block_mark(const struct yaml_node *node)
{
    return is_multiline(content_of(node)) ? "|-" : ">-";
}

/* Where the line that starts at `at` ends: at the last single space that still fits. */
static size_t line_end(struct text text, size_t at, size_t room)
{
    size_t end = text.len;

    for (size_t i = at + 1; i + 1 < text.len; i++) {
        bool is_break = text.at[i] == ' ' && text.at[i - 1] != ' ' && text.at[i + 1] != ' ';

        if (i - at > room && end != text.len) {
            break;
        }
        if (is_break) {
            end = i;
        }
        if (is_break && i - at > room) {
            break;
        }
    }
    return text.len - at <= room ? text.len : end;
}

void map_scalar_block(struct strbuf *out, const struct yaml_node *node, int indent, int width)
{
    struct text text = content_of(node);
    bool is_literal = is_multiline(text);
    size_t room = width - indent > 20 ? (size_t)(width - indent) : 20;

    for (size_t at = 0; at < text.len;) {
        const char *line_break = memchr(text.at + at, '\n', text.len - at);
        size_t end = !is_literal  ? line_end(text, at, room)
                     : line_break ? (size_t)(line_break - text.at)
                                  : text.len;

        if (end > at) {
            strbuf_addf(out, "%*s%.*s", indent, "", (int)(end - at), text.at + at);
        }
        strbuf_putc(out, '\n');
        at = end + 1;
    }
}
