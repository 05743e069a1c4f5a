/*
 * people_piece.h - some records on their way into a table: cut, and made into forms, by one
 * thread; then numbered field by field.
 *
 * Lifetime  everything lives until people_piece_clear().
 */
#ifndef HMS_TRANSFORM_DEDUP_PEOPLE_PIECE_H
#define HMS_TRANSFORM_DEDUP_PEOPLE_PIECE_H

#include "transform/dedup/people_dict.h"
#include "transform/dedup/value_form.h"

enum { PIECE_RECORDS = 2048, PIECE_BYTES = 128 << 10 };

/* Which column of a file is which cell of a record. */
struct people_columns {
    int slots[PEOPLE_CSV_COLUMNS_MAX]; /* of a column: 0 the id, then cells; -1 not named */
    int nslots;
};

struct people_piece {
    struct people_csv_part part; /* what is to be cut, when it comes from a file */
    struct text *cells;          /* of a line: the id, then the columns of each field */
    int ncells;
    uint32_t nlines;
    uint32_t room;
    struct arena text;       /* cells that were given, not cut */
    struct made_form *forms; /* [field * room + line] */
    struct arena form_text;
};

void people_piece_init(struct people_piece *piece, const struct people_model *model);
void people_piece_release(struct people_piece *piece);
void people_piece_clear(struct people_piece *piece);
/* Copies a record's cells into the piece. */
void people_piece_add(struct people_piece *piece, struct text id, const struct text *cells);
/* Cuts the part into lines. */
void people_piece_cut(struct people_piece *piece, const struct people_columns *columns);
void people_piece_make(struct people_piece *piece, const struct people_model *model,
                       struct value_former *former);

#endif
