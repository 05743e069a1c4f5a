/*
 * control_totals.h - the exact sum of every money and quantity column of an entity.
 *
 * Units     money in 1/10,000, quantities in 1/1,000,000, in signed 128-bit integers: no
 *           rounding, and no overflow below 10^19 rows.
 * Size      fixed, no pointers: it may lie in memory shared between processes.
 * Source    PostgreSQL 15, numeric_send(): base-10000 digits, weight, sign, display scale.
 */
#ifndef HMS_REHEARSALS_CONTROL_TOTALS_H
#define HMS_REHEARSALS_CONTROL_TOTALS_H

#include "core/column.h"
#include "core/decimal.h"
#include "rehearsals/tuple.h"

enum { CONTROL_TOTALS_MAX = 16 };

struct control_total {
    int128 units;
    uint64_t values; /* fields that are not NULL */
    uint32_t column; /* index into the entity's columns */
    int scale;
};

struct control_totals {
    struct control_total totals[CONTROL_TOTALS_MAX];
    uint32_t count;
};

/* Finds the columns to add up; those beyond CONTROL_TOTALS_MAX are refused (false). */
bool control_totals_init(struct control_totals *totals, const enum column_type *types,
                         uint32_t ncols);
/* False when a field is no number of its column's type. */
bool control_totals_add(struct control_totals *totals, const struct tuple *tuple);
void control_totals_merge(struct control_totals *into, const struct control_totals *from);
struct decimal control_total_value(const struct control_total *total);
/* The units of a binary numeric at `scale` digits behind the point; false for NaN, infinity,
 * malformed bytes, or digits that would be lost. */
bool numeric_units(struct text bytes, int scale, int128 *units);

#endif
