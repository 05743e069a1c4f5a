/*
 * order.h - the rows of CMS's order files for ICD-10-CM and ICD-10-PCS, one after the other.
 *
 * Parent    the files list a heading before what is under it: the last code seen that begins
 *           this one.
 * Errors    ERROR_SOURCE with the line.
 */
#ifndef HMS_TERMINOLOGY_ORDER_H
#define HMS_TERMINOLOGY_ORDER_H

#include "terminology/load.h"

enum { ORDER_DEPTH_MAX = 8 };

struct order {
    struct text rest; /* UTF-8 */
    enum code_dialect dialect;
    size_t line;
    struct text brief;  /* short title of the last row */
    struct text parent; /* of the last row; empty for none */
    struct text stack[ORDER_DEPTH_MAX];
    int depth;
};

/* False: there is none, or `err` is set. */
bool order_next(struct order *order, struct code_entry *entry, struct error *err);

#endif
