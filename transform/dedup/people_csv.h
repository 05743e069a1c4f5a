/*
 * people_csv.h - a CSV file of people, mapped and cut into cells where it lies.
 *
 * Shape     RFC 4180: commas, quotes doubled inside quotes, LF or CRLF; a header line; spaces
 *           around cells and names are not part of them.  A byte order mark is skipped.
 * Lifetime  cells point into the mapping, or into the file's arena when a quote was undone;
 *           both live until people_csv_close().
 * Errors    ERROR_SOURCE: unreadable, no header, a column that is not there, a quote that never
 *           ends.
 * Limits    PEOPLE_CSV_COLUMNS_MAX columns of a line; more are not looked at.
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_CSV_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_CSV_H

#include "core/arena.h"
#include "core/error.h"

enum { PEOPLE_CSV_COLUMNS_MAX = 1024 };

struct people_csv {
    const char *path; /* the caller's */
    const char *start;
    const char *at;
    const char *end;
    size_t size;
    uint64_t line;
    struct arena arena;
    struct text names[PEOPLE_CSV_COLUMNS_MAX];
    int nnames;
};

bool people_csv_open(struct people_csv *csv, const char *path, struct error *err) MUST_CHECK;
void people_csv_close(struct people_csv *csv);
/* The place of a column, or -1 and an error. */
int people_csv_column(const struct people_csv *csv, const char *name, struct error *err);
/* One line: cells[slots[i]] becomes cell i when slots[i] >= 0; cells that the line lacks become
 * empty.  False at the end, or with an error (err->code set). */
bool people_csv_next(struct people_csv *csv, const int *slots, struct text *cells, int ncells,
                     struct error *err);

#endif
