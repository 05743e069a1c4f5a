/*
 * people_csv.h - a CSV file of people, mapped and cut into cells where it lies.
 *
 * Shape     RFC 4180: commas, quotes doubled inside quotes, LF or CRLF; a header line; spaces
 *           around cells and names are not part of them.  A byte order mark is skipped.
 * Parts     whole lines, so that several threads can cut one file.
 * Lifetime  cells point into the mapping, until people_csv_close(), or into the arena of their
 *           part when a quote was undone.
 * Errors    ERROR_SOURCE: unreadable, no header, a column that is not there, a quote that never
 *           ends (with its line).
 * Limits    PEOPLE_CSV_COLUMNS_MAX columns of a line; more are not looked at.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_CSV_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_CSV_H

#include "core/arena.h"
#include "core/error.h"

enum { PEOPLE_CSV_COLUMNS_MAX = 1024 };

struct people_csv_part {
    const char *at;
    const char *end;
    struct arena undone; /* cells whose quotes were undone; the owner clears and releases it */
    bool broken;         /* a quote never ended */
};

struct people_csv {
    const char *path; /* the caller's */
    const char *start;
    const char *at; /* where the next part begins */
    const char *end;
    struct arena arena;
    struct text names[PEOPLE_CSV_COLUMNS_MAX];
    int nnames;
};

bool people_csv_open(struct people_csv *csv, const char *path, struct error *err) MUST_CHECK;
void people_csv_close(struct people_csv *csv);
/* The place of a column, or -1 and an error. */
int people_csv_column(const struct people_csv *csv, const char *name, struct error *err);
/* The next `bytes` bytes or a little more.  False at the end, or with an error (err->code set). */
bool people_csv_cut(struct people_csv *csv, size_t bytes, struct people_csv_part *part,
                    struct error *err);
/* One line: column i becomes cells[slots[i]] when i < nslots and slots[i] >= 0; cells that the
 * line lacks become empty.  False at the end. */
bool people_csv_next(struct people_csv_part *part, const int *slots, int nslots,
                     struct text *cells, int ncells);

#endif
