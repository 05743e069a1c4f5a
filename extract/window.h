/*
 * window.h - a file seen through a window that slides over it: bytes to cut records from, and
 * the way back from there to the bytes on the disk.
 *
 *     file     |.....taken.....|===== in sight =====|.....not yet read.....|
 *                              ^ window_text()
 *
 * Charset   UTF8 and TABLE show the source's own bytes; STREAM shows UTF-8 (extract/charset.h).
 * Seal      size and XXH3-64 of the file are taken on the way.
 * Lifetime  what window_text() shows lives until the next window_fill().
 * Memory    as much as was asked for without taking; the caller takes at the latest after
 *           ROW_BYTES_MAX + 2 bytes.
 * Errors    ERROR_SOURCE: the file cannot be read; ERROR_CONFIG: see charset_open().
 */
#ifndef HMS_EXTRACT_WINDOW_H
#define HMS_EXTRACT_WINDOW_H

#include "core/arena.h"
#include "extract/charset.h"

/* Where a record lies in the source file. */
struct window_span {
    uint64_t offset;
    uint64_t length; /* without the line end */
};

struct window {
    int fd;
    bool at_end; /* everything is in sight */
    struct charset *charset;
    struct checksum_stream *checksum;
    uint64_t size;       /* bytes of the file read so far */
    uint64_t source;     /* source offset of the first byte in sight */
    struct strbuf shown; /* the first `taken` bytes of it are no longer in sight */
    size_t taken;
    struct strbuf chunk;        /* STREAM: source bytes on their way */
    struct charset_marks marks; /* STREAM: line ends of what is in sight */
    size_t marks_taken;
    uint64_t marks_utf8;   /* STREAM: place of the last mark taken, in UTF-8 ... */
    uint64_t marks_source; /* ... and in the source */
    uint64_t utf8;         /* STREAM: UTF-8 bytes taken since the start */
    uint64_t bom;
};

bool window_open(struct window *window, const char *path, const char *charset,
                 struct error *err) MUST_CHECK;
void window_release(struct window *window);

struct text window_text(const struct window *window);
/* Brings more bytes in sight, or sets at_end. */
bool window_fill(struct window *window, struct error *err) MUST_CHECK;
/* Takes a record that ends in sight: `taken` bytes, the last `taken - length` its line end. */
struct window_span window_take(struct window *window, size_t length, size_t taken);
/* Takes bytes without a line end from the middle of a record; the place of the record is the
 * `source` from before. */
void window_skip(struct window *window, size_t length);
/* The source's own bytes of a record, copied into the arena.  `shown` is how the window showed
 * them. */
bool window_source_bytes(const struct window *window, struct window_span span,
                         struct text shown, struct arena *arena, struct text *bytes,
                         struct error *err) MUST_CHECK;

#endif
