/*
 * record.h - where a delimited record ends, without looking into its fields.
 *
 * Why       libcsv tells neither the place of a row nor where to go on after a broken one; so
 *           records are cut here and libcsv is given exactly one at a time.
 * Rule      a record ends at LF, CR or CRLF outside quotes, or with the file.  A quote opens
 *           only at the start of a field and is doubled inside.
 * Broken    text after a closing quote, a quote open at the end of the file, or a record over
 *           ROW_BYTES_MAX: the record is given up at the end of its first line, so that one
 *           stray quote costs one row and not the rest of the file.
 * Promise   the answer does not depend on how much of the file is in sight, once it is no
 *           longer RECORD_MORE.
 */
#ifndef HMS_EXTRACT_RECORD_H
#define HMS_EXTRACT_RECORD_H

#include "core/text.h"

enum record_state {
    RECORD_MORE,  /* the end is not in sight: show more bytes */
    RECORD_WHOLE, /* ended as it should; a quote inside an unquoted field is not looked for */
    RECORD_QUOTE, /* text after a closing quote */
    RECORD_UNCLOSED, /* a quote is still open at the end of the file */
    RECORD_TOO_LONG, /* `length` may be short of the line end: then `taken` equals it */
};

struct record {
    enum record_state state;
    size_t length;  /* without the line end */
    size_t taken;   /* with it */
    uint64_t lines; /* line ends in `taken` */
    bool has_quote; /* false: its cells simply lie between the delimiters */
};

/* The first record of `bytes`, which must not be empty; `last`: the file ends with them.
 * `quote` '\0': quotes are ordinary bytes. */
struct record record_find(struct text bytes, bool last, char delimiter, char quote);
/* Index of the first LF or CR, or bytes.len. */
size_t line_end_find(struct text bytes);

#endif
