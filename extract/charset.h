/*
 * charset.h - the bytes of a legacy charset as UTF-8.
 *
 * Shape     three kinds, so that places stay exact and the common case stays fast:
 *             UTF8    bytes are used as they are; whoever makes a cell checks them
 *             TABLE   one byte is one character and ASCII is ASCII (windows-1252, iso-8859-x):
 *                     records are cut from the source bytes, each cell goes through a table
 *             STREAM  all others (utf-16, shift_jis, gb18030, ebcdic): the file is converted
 *                     while it is read; a mark at each line end leads back to its source byte
 * Invalid   STREAM writes CHARSET_BAD_BYTE, which is never part of UTF-8, for each sequence
 *           that is not of the charset, so that it is found where the cell is checked.  In a
 *           TABLE charset that uses 0x80 to 0x9F for letters, a byte there that ICU passes on
 *           as a C1 control is a hole, not a character (0x81 in windows-1252).
 * Errors    ERROR_CONFIG unknown name; ERROR_SOURCE the byte order mark is missing or that of
 *           another charset.
 */
#ifndef HMS_EXTRACT_CHARSET_H
#define HMS_EXTRACT_CHARSET_H

#include "core/error.h"
#include "core/strbuf.h"

enum {
    CHARSET_GROWTH = 3, /* bytes of UTF-8 for a byte of source, at most */
    CHARSET_HEAD = 4,   /* bytes of a file needed to see its byte order mark */
};
#define CHARSET_BAD_BYTE '\xff'

enum charset_kind { CHARSET_UTF8, CHARSET_TABLE, CHARSET_STREAM };

struct charset;

/* A line end (the character LF or CR): how far from the one before (or the start) it stands, in
 * UTF-8 and in the source. */
struct charset_mark {
    uint32_t utf8;
    uint32_t source;
};

struct charset_marks {
    struct charset_mark *at;
    size_t len;
    size_t size;
};

bool charset_is_known(const char *name);
/* `head` is the start of the file, CHARSET_HEAD bytes or all there are; *bom is how many of
 * them are a byte order mark.  NULL on error. */
struct charset *charset_open(const char *name, struct text head, size_t *bom,
                             struct error *err);
void charset_free(struct charset *charset);
enum charset_kind charset_kind_of(const struct charset *charset);

/* TABLE: appends at `out`, which has room for CHARSET_GROWTH bytes a byte; returns the length.
 * `*bad` is set when a byte is not of the charset, and left alone otherwise. */
size_t charset_decode(const struct charset *charset, struct text in, char *out, bool *bad);

/* STREAM: the next bytes of the source; all of them are taken.  Give a multiple of four until
 * the `last`, so that no UTF-16 or UTF-32 line end is split. */
void charset_feed(struct charset *charset, struct text in, bool last, struct strbuf *utf8,
                  struct charset_marks *marks);
/* STREAM: bytes of the source that a line end character takes. */
uint32_t charset_unit(const struct charset *charset);

#endif
