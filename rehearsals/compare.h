/*
 * compare.h - what is recorded of rehearsals, as tables: all of them, one, or two side by side.
 *
 * Source    ops.* of the store's main database, so that it works when the rehearsals' own
 *           databases are gone.
 * JSON      schema "hms.rehearsal/1"; the record names the table.
 */
#ifndef HMS_REHEARSALS_COMPARE_H
#define HMS_REHEARSALS_COMPARE_H

#include "core/pg.h"
#include "rehearsals/grid.h"

#define REHEARSAL_SCHEMA "hms.rehearsal/1"

enum { RECORD_GRIDS_MAX = 8 };

/* The tables of one answer, in the order in which they are read. */
struct rehearsal_record {
    int first;  /* rehearsal */
    int second; /* 0: only one */
    struct grid grids[RECORD_GRIDS_MAX];
    size_t ngrids;
};

bool rehearsal_list(struct rehearsal_record *record, struct pg *pg,
                    struct error *err) MUST_CHECK;
bool rehearsal_show(struct rehearsal_record *record, struct pg *pg, int number,
                    struct error *err) MUST_CHECK;
bool rehearsal_compare(struct rehearsal_record *record, struct pg *pg, int first, int second,
                       struct error *err) MUST_CHECK;
void rehearsal_record_release(struct rehearsal_record *record);

void rehearsal_record_text(const struct rehearsal_record *record, struct strbuf *out);
void rehearsal_record_json(const struct rehearsal_record *record, struct strbuf *out);
/* Of a comparison: one self-contained page with charts. */
void rehearsal_record_html(const struct rehearsal_record *record, struct strbuf *out);

#endif
