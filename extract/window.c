#include "extract/window.h"

#include "core/batch.h"
#include "core/ident.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WINDOW_CHUNK = 256 << 10, /* a multiple of four: see charset_feed() */
    STREAM_CHUNK = 64 << 10,
    WINDOW_MAX = ROW_BYTES_MAX + CHARSET_GROWTH * WINDOW_CHUNK + 2,
};

/* Reads until `len` bytes are there or the file ends. */
static bool read_all(struct window *window, char *into, size_t len, size_t *got,
                     struct error *err)
{
    *got = 0;
    while (*got < len) {
        ssize_t n = read(window->fd, into + *got, len - *got);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return error_set(err, ERROR_SOURCE, "cannot be read: %s", strerror(errno));
        }
        if (n == 0) {
            break;
        }
        *got += (size_t)n;
    }
    checksum_stream_add(window->checksum, into, *got);
    window->size += *got;
    return true;
}

static bool is_stream(const struct window *window)
{
    return charset_kind_of(window->charset) == CHARSET_STREAM;
}

bool window_open(struct window *window, const char *path, const char *charset,
                 struct error *err)
{
    char head[CHARSET_HEAD];
    struct stat info;
    size_t got;
    size_t bom;

    *window = (struct window){.fd = open(path, O_RDONLY | O_CLOEXEC)};
    strbuf_init(&window->shown, WINDOW_MAX);
    strbuf_init(&window->chunk, STREAM_CHUNK);
    if (window->fd < 0) {
        return error_set(err, ERROR_SOURCE, "cannot be read: %s", strerror(errno));
    }
    if (fstat(window->fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        return error_set(err, ERROR_SOURCE, "is not a regular file");
    }
    window->checksum = checksum_stream_new();
    if (!read_all(window, head, sizeof(head), &got, err)) {
        return false;
    }
    window->charset = charset_open(charset, (struct text){head, got}, &bom, err);
    if (window->charset == NULL) {
        return false;
    }
    window->bom = bom;
    window->source = bom;
    window->at_end = got < sizeof(head);
    strbuf_add(is_stream(window) ? &window->chunk : &window->shown, head + bom, got - bom);
    return !window->at_end || !is_stream(window) || window_fill(window, err);
}

void window_release(struct window *window)
{
    if (window->fd >= 0) {
        close(window->fd);
    }
    charset_free(window->charset);
    checksum_stream_free(window->checksum);
    strbuf_release(&window->shown);
    strbuf_release(&window->chunk);
    free(window->marks.at);
    *window = (struct window){.fd = -1};
}

struct text window_text(const struct window *window)
{
    struct text shown = strbuf_text(&window->shown);

    return (struct text){shown.at + window->taken, shown.len - window->taken};
}

/* --- bringing bytes in sight --- */

static void forget_taken(struct window *window)
{
    size_t left = window->shown.len - window->taken;
    size_t marks = window->marks.len - window->marks_taken;

    if (window->taken > 0) {
        memmove(window->shown.at, window->shown.at + window->taken, left);
        window->shown.len = left;
        window->taken = 0;
    }
    if (window->marks_taken > 0) {
        memmove(window->marks.at, window->marks.at + window->marks_taken,
                marks * sizeof(*window->marks.at));
        window->marks.len = marks;
        window->marks_taken = 0;
    }
}

/* Chunks of the stream stay a multiple of four, counted behind the byte order mark. */
static bool fill_stream(struct window *window, struct error *err)
{
    size_t want = STREAM_CHUNK - window->chunk.len;
    char *room = strbuf_reserve(&window->chunk, want);
    size_t got;

    if (!read_all(window, room, want, &got, err)) {
        return false;
    }
    window->chunk.len += got;
    window->at_end = got < want;
    charset_feed(window->charset, strbuf_text(&window->chunk), window->at_end, &window->shown,
                 &window->marks);
    strbuf_clear(&window->chunk);
    return true;
}

bool window_fill(struct window *window, struct error *err)
{
    char *room;
    size_t got;

    forget_taken(window);
    if (is_stream(window)) {
        return fill_stream(window, err);
    }
    room = strbuf_reserve(&window->shown, WINDOW_CHUNK);
    if (!read_all(window, room, WINDOW_CHUNK, &got, err)) {
        return false;
    }
    window->shown.len += got;
    window->at_end = got < WINDOW_CHUNK;
    return true;
}

/* --- taking records, and their places in the source --- */

/* The source place of the line end that stands `at` bytes of UTF-8 behind the start of the
 * file; marks before it are taken. */
static uint64_t mark_source(struct window *window, uint64_t at)
{
    while (window->marks_taken < window->marks.len && window->marks_utf8 < at) {
        struct charset_mark mark = window->marks.at[window->marks_taken++];

        window->marks_utf8 += mark.utf8;
        window->marks_source += mark.source;
    }
    return window->bom + window->marks_source;
}

static struct window_span take_stream(struct window *window, size_t length, size_t taken)
{
    struct window_span span = {.offset = window->source};
    uint64_t end;

    if (taken == length) { /* ended by the file */
        end = window->size;
        window->source = end;
    } else {
        end = mark_source(window, window->utf8 + length);
        window->source =
            mark_source(window, window->utf8 + taken - 1) + charset_unit(window->charset);
    }
    span.length = end - span.offset;
    window->utf8 += taken;
    return span;
}

struct window_span window_take(struct window *window, size_t length, size_t taken)
{
    struct window_span span = {window->source, length};

    if (is_stream(window)) {
        span = take_stream(window, length, taken);
    } else {
        window->source += taken;
    }
    window->taken += taken;
    return span;
}

void window_skip(struct window *window, size_t length)
{
    window->taken += length;
    window->utf8 += length;
    window->source += is_stream(window) ? 0 : length;
}

static bool read_source(int fd, char *into, struct window_span span, struct error *err)
{
    while (span.length > 0) {
        ssize_t n = pread(fd, into, span.length, (off_t)span.offset);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return error_set(err, ERROR_SOURCE, "cannot be read again: %s",
                             n < 0 ? strerror(errno) : "it was cut while it was read");
        }
        into += n;
        span.offset += (uint64_t)n;
        span.length -= (uint64_t)n;
    }
    return true;
}

bool window_source_bytes(const struct window *window, struct window_span span,
                         struct text shown, struct arena *arena, struct text *bytes,
                         struct error *err)
{
    char *copy;

    if (!is_stream(window)) {
        *bytes = arena_copy(arena, shown);
        return true;
    }
    copy = arena_bytes(arena, span.length);
    *bytes = (struct text){copy, span.length};
    return read_source(window->fd, copy, span, err);
}
