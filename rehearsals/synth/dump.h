/*
 * dump.h - one file of a synthetic dump, written field by field.
 *
 * Shape     each call adds one field to the row; dump_end_row() closes it.  The text is built
 *           as UTF-8 in one buffer and encoded when the buffer is written, at ends of rows.
 * Speed     no printf; a field is a memcpy and a look at its bytes for quoting.
 * Limits    a field DUMP_FIELD_MAX bytes (asserted), a row DUMP_ROW_MAX.
 * Errors    a failed write is remembered; dump_close() says so.
 */
#ifndef HMS_REHEARSALS_SYNTH_DUMP_H
#define HMS_REHEARSALS_SYNTH_DUMP_H

#include "core/error.h"
#include "rehearsals/synth/charset.h"

enum { DUMP_FIELD_MAX = 2048, DUMP_ROW_MAX = 32768, DUMP_BUFFER = 1 << 20 };

/* How an organisation writes. Patterns: yyyy yy MM dd HH mm ss, other bytes as they are. */
struct dump_format {
    enum charset charset;
    bool byte_order_mark;
    char delimiter;
    const char *line_end;
    const char *date;
    const char *time;
    char decimal;   /* '.' or ',' */
    char thousands; /* of money; '\0': none */
    bool padded;    /* text fields are filled with spaces to a multiple of DUMP_PAD */
};

enum { DUMP_PAD = 8 };

enum dump_spoil { SPOIL_NONE, SPOIL_BAD_BYTE, SPOIL_NUL };

struct dump {
    const struct dump_format *format;
    FILE *file;
    char *path;
    char *buffer;
    char *at;
    struct strbuf encoded;
    bool first_field;
    enum dump_spoil spoil;
    uint64_t line;       /* of the file, on which the current row starts, from 1 */
    uint64_t more_lines; /* line breaks inside the current row */
    uint64_t rows;       /* without the header */
    uint64_t bytes;      /* written, after encoding */
    int failed;          /* errno of the first failed write */
    bool bad_letter;     /* a letter that the charset does not have */
};

/* `columns` are separated by spaces and become the header. */
bool dump_open(struct dump *dump, const char *path, const struct dump_format *format,
               const char *columns, struct error *err) MUST_CHECK;
bool dump_close(struct dump *dump, struct error *err) MUST_CHECK;
bool dump_has_failed(const struct dump *dump);

void dump_blank(struct dump *dump);
/* Text of people: quoted where needed, padded where the organisation does that. */
void dump_text(struct dump *dump, const char *text);
/* A code or word: quoted where needed, never padded. */
void dump_word(struct dump *dump, const char *word);
/* `n` pieces as one text field; blank pieces are left out. */
void dump_join(struct dump *dump, const char *separator, const char *const *pieces, int n);
void dump_uint(struct dump *dump, uint64_t value);
/* "NG" and the number in at least `width` digits. */
void dump_key(struct dump *dump, const char *prefix, uint64_t value, int width);
/* units / 10^decimals with the organisation's decimal mark. */
void dump_decimal(struct dump *dump, const char *prefix, int64_t units, int decimals);
/* Cents, with thousands marks where the organisation sets them; `prefix` such as "$". */
void dump_money(struct dump *dump, const char *prefix, int64_t cents);
void dump_date(struct dump *dump, int32_t day);     /* DUMP_NO_DAY: blank */
void dump_time(struct dump *dump, int64_t minutes); /* DUMP_NO_TIME: blank */
void dump_date_as(struct dump *dump, const char *pattern, int32_t day);
/* The next text, word, key or join has this in it. */
void dump_spoil(struct dump *dump, enum dump_spoil spoil);
void dump_end_row(struct dump *dump);

#define DUMP_NO_DAY  INT32_MIN
#define DUMP_NO_TIME INT64_MIN

#endif
