/*
 * changing_rows.h - a table of people whose rows change: ids, values and copies are kept right.
 *
 * Copies    records alike in every field form a ring (`next`, `before`); one of them represents
 *           all (blocking->copy_of), and only its values are counted.
 * Memory    what a dictionary needs to grow, 8 bytes a record for rings, 1 for `gone`, 4 to 8 for
 *           each representative.
 */
#ifndef HMS_TRANSFORM_DEDUP_CHANGING_ROWS_H
#define HMS_TRANSFORM_DEDUP_CHANGING_ROWS_H

#include "transform/dedup/blocking.h"
#include "transform/dedup/people_piece.h"

struct changing_rows {
    struct people *people;
    struct blocking *blocking;
    uint32_t room;  /* records that all arrays have room for */
    uint8_t *gone;  /* by record */
    uint32_t *next; /* by record: rings of copies */
    uint32_t *before;
    uint32_t *id_slots; /* of records that came later: record + 1 */
    uint32_t nid_slots;
    uint32_t *row_slots; /* of rows: a record that has, or had, the row, + 1 */
    uint64_t nrow_slots;
    uint64_t nrows; /* slots taken */
    struct people_piece piece;
    struct value_former former;
    uint32_t *row; /* the row made last */
};

void changing_rows_open(struct changing_rows *rows, struct people *people,
                        struct blocking *blocking);
void changing_rows_release(struct changing_rows *rows);
uint64_t changing_rows_memory(const struct changing_rows *rows);

/* The record of that id, gone or not, or -1. */
int64_t changing_rows_find(const struct changing_rows *rows, struct text id);
/* Records that are alike with it in every field, itself among them. */
uint32_t changing_rows_alike(const struct changing_rows *rows, uint32_t record);
/* A new record without a row; it is gone until it is placed. */
uint32_t changing_rows_add(struct changing_rows *rows, struct text id);
/* Makes rows->row from cells.  Its values exist, but are not counted yet. */
void changing_rows_make(struct changing_rows *rows, const struct text *cells);

/* Gives the record the row made last.  True when it represents itself, false when it is a copy. */
bool changing_rows_place(struct changing_rows *rows, uint32_t record);
/* Takes the record out; it is gone.  The result is the copy that represents the others from now
 * on, or UINT32_MAX. */
uint32_t changing_rows_take(struct changing_rows *rows, uint32_t record);

#endif
