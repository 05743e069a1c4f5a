#include "core/json_out.h"

#include <assert.h>
#include <inttypes.h>

void json_out_init(struct json_out *out, struct strbuf *sb)
{
    *out = (struct json_out){.sb = sb, .first = {true}};
}

/* The comma before a value or key, when there was one before it. */
static void separate(struct json_out *out)
{
    if (out->after_key) {
        out->after_key = false;
        return;
    }
    if (!out->first[out->depth]) {
        strbuf_putc(out->sb, out->depth == 0 ? '\n' : ',');
    }
    out->first[out->depth] = false;
}

static void open_with(struct json_out *out, char bracket)
{
    separate(out);
    strbuf_putc(out->sb, bracket);
    assert(out->depth + 1 < JSON_OUT_DEPTH_MAX);
    out->first[++out->depth] = true;
}

static void close_with(struct json_out *out, char bracket)
{
    assert(out->depth > 0 && !out->after_key);
    out->depth--;
    strbuf_putc(out->sb, bracket);
}

void json_out_object(struct json_out *out)
{
    open_with(out, '{');
}

void json_out_end_object(struct json_out *out)
{
    close_with(out, '}');
}

void json_out_array(struct json_out *out)
{
    open_with(out, '[');
}

void json_out_end_array(struct json_out *out)
{
    close_with(out, ']');
}

/* Bytes that need no escape and no check: printable ASCII but quote and backslash. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

static size_t sequence_length(unsigned char lead)
{
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

static size_t write_other(struct strbuf *sb, struct text rest)
{
    unsigned char c = (unsigned char)rest.at[0];
    size_t len = sequence_length(c);

    if (c == '"' || c == '\\') {
        strbuf_putc(sb, '\\');
        strbuf_putc(sb, (char)c);
        return 1;
    }
    if (c == '\n') {
        strbuf_puts(sb, "\\n");
        return 1;
    }
    if (c < 0x20 || c == 0x7F) {
        strbuf_addf(sb, "\\u%04x", c);
        return 1;
    }
    if (len <= rest.len && text_is_utf8((struct text){rest.at, len})) {
        strbuf_add(sb, rest.at, len);
        return len;
    }
    strbuf_puts(sb, "\xEF\xBF\xBD");
    return 1;
}

static void write_quoted(struct strbuf *sb, struct text value)
{
    size_t i = 0;

    strbuf_putc(sb, '"');
    while (i < value.len) {
        size_t run = i;
        while (run < value.len && is_plain((unsigned char)value.at[run])) {
            run++;
        }
        strbuf_add(sb, value.at + i, run - i);
        i = run;
        if (i < value.len) {
            i += write_other(sb, (struct text){value.at + i, value.len - i});
        }
    }
    strbuf_putc(sb, '"');
}

void json_out_key(struct json_out *out, const char *key)
{
    separate(out);
    write_quoted(out->sb, text_of(key));
    strbuf_putc(out->sb, ':');
    out->after_key = true;
}

void json_out_text(struct json_out *out, struct text value)
{
    separate(out);
    write_quoted(out->sb, value);
}

void json_out_string(struct json_out *out, const char *value)
{
    if (value == NULL) {
        json_out_null(out);
    } else {
        json_out_text(out, text_of(value));
    }
}

void json_out_int(struct json_out *out, int64_t value)
{
    separate(out);
    strbuf_addf(out->sb, "%" PRId64, value);
}

void json_out_uint(struct json_out *out, uint64_t value)
{
    separate(out);
    strbuf_addf(out->sb, "%" PRIu64, value);
}

void json_out_bool(struct json_out *out, bool value)
{
    json_out_raw(out, value ? TEXT_LITERAL("true") : TEXT_LITERAL("false"));
}

void json_out_null(struct json_out *out)
{
    json_out_raw(out, TEXT_LITERAL("null"));
}

void json_out_raw(struct json_out *out, struct text json)
{
    separate(out);
    strbuf_add_text(out->sb, json);
}

void json_out_member(struct json_out *out, const char *key, const char *value)
{
    json_out_key(out, key);
    json_out_string(out, value);
}

void json_out_member_text(struct json_out *out, const char *key, struct text value)
{
    json_out_key(out, key);
    json_out_text(out, value);
}

void json_out_member_int(struct json_out *out, const char *key, int64_t value)
{
    json_out_key(out, key);
    json_out_int(out, value);
}

void json_out_member_uint(struct json_out *out, const char *key, uint64_t value)
{
    json_out_key(out, key);
    json_out_uint(out, value);
}

void json_out_member_bool(struct json_out *out, const char *key, bool value)
{
    json_out_key(out, key);
    json_out_bool(out, value);
}
