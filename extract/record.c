#include "extract/record.h"

#include "core/batch.h"

enum { LINE_BLOCK = 4096 };

static bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* Block by block, so that a file with CR only is not searched to its end for an LF again and
 * again. */
size_t line_end_find(struct text bytes)
{
    for (size_t from = 0; from < bytes.len; from += LINE_BLOCK) {
        const char *at = bytes.at + from;
        size_t len = bytes.len - from < LINE_BLOCK ? bytes.len - from : LINE_BLOCK;
        const char *lf = memchr(at, '\n', len);
        const char *cr = memchr(at, '\r', lf == NULL ? len : (size_t)(lf - at));

        if (cr != NULL || lf != NULL) {
            return (size_t)((cr != NULL ? cr : lf) - bytes.at);
        }
    }
    return bytes.len;
}

static uint64_t line_ends_count(struct text bytes)
{
    uint64_t lines = 0;

    for (size_t i = 0; i < bytes.len; i++) {
        bool crlf = bytes.at[i] == '\r' && i + 1 < bytes.len && bytes.at[i + 1] == '\n';

        lines += is_line_end(bytes.at[i]) && !crlf;
    }
    return lines;
}

/* Bytes of the line end at `at`: 0 at the end of the file, or when more must be seen. */
static size_t line_end_size(struct text bytes, bool last, size_t at, bool *more)
{
    *more = false;
    if (at == bytes.len) {
        *more = !last;
        return 0;
    }
    if (bytes.at[at] == '\n') {
        return 1;
    }
    if (at + 1 == bytes.len) {
        *more = !last;
        return 1;
    }
    return bytes.at[at + 1] == '\n' ? 2 : 1;
}

/* A record of that state that ends at the line end `at`. */
static struct record record_at(struct text bytes, bool last, size_t at, enum record_state state)
{
    bool more;
    size_t size = line_end_size(bytes, last, at, &more);

    if (more) {
        return (struct record){.state = RECORD_MORE};
    }
    return (struct record){state, at, at + size, size > 0, false};
}

/* The index behind the closing quote of the field that opens at `at`; bytes.len + 1 when it is
 * not in sight. */
static size_t quoted_field_end(struct text bytes, bool last, size_t at, char quote)
{
    for (size_t i = at + 1; i < bytes.len; i += 2) {
        const char *found = memchr(bytes.at + i, quote, bytes.len - i);

        if (found == NULL) {
            break;
        }
        i = (size_t)(found - bytes.at);
        if (i + 1 == bytes.len) {
            return last ? i + 1 : bytes.len + 1;
        }
        if (bytes.at[i + 1] != quote) {
            return i + 1;
        }
    }
    return bytes.len + 1;
}

static size_t line_end_from(struct text bytes, size_t at)
{
    return at + line_end_find((struct text){bytes.at + at, bytes.len - at});
}

/* A record with quotes in its first line, which ends at `first`; jumps from quote to quote. */
static struct record quoted_record_find(struct text bytes, bool last, char delimiter,
                                        char quote, size_t first)
{
    size_t line = first;
    size_t at = 0;
    const char *found;
    struct record record;

    while ((found = memchr(bytes.at + at, quote, line - at)) != NULL) {
        size_t open = (size_t)(found - bytes.at);

        if (open > 0 && bytes.at[open - 1] != delimiter) { /* inside an unquoted field */
            at = open + 1;
            continue;
        }
        at = quoted_field_end(bytes, last, open, quote);
        if (at > bytes.len) {
            return last ? record_at(bytes, last, first, RECORD_UNCLOSED)
                        : (struct record){.state = RECORD_MORE};
        }
        if (at < bytes.len && bytes.at[at] != delimiter && !is_line_end(bytes.at[at])) {
            return record_at(bytes, last, first, RECORD_QUOTE);
        }
        if (at > line) {
            line = line_end_from(bytes, at);
        }
    }
    record = record_at(bytes, last, line, RECORD_WHOLE);
    if (line > first) {
        record.lines = line_ends_count((struct text){bytes.at, record.taken});
    }
    return record;
}

struct record record_find(struct text bytes, bool last, char delimiter, char quote)
{
    struct record record;
    size_t line;

    if (bytes.len > ROW_BYTES_MAX + 2) { /* the two: a CRLF behind the longest row */
        bytes.len = ROW_BYTES_MAX + 2;
        last = false;
    }
    line = line_end_find(bytes);
    if (quote == '\0' || memchr(bytes.at, quote, line) == NULL) {
        record = record_at(bytes, last, line, RECORD_WHOLE);
    } else {
        record = quoted_record_find(bytes, last, delimiter, quote, line);
        record.has_quote = true;
    }
    if ((record.state == RECORD_MORE && bytes.len == ROW_BYTES_MAX + 2) ||
        record.length > ROW_BYTES_MAX) {
        record = line > ROW_BYTES_MAX ? (struct record){RECORD_TOO_LONG, line, line, 0, false}
                                      : record_at(bytes, true, line, RECORD_TOO_LONG);
    }
    return record;
}
