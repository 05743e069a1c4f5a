/*
 * coding_day.h - the day of service of a row: on which its code must have been valid.
 *
 * Columns   each coded entity names those that may say it, best first; the first that is filled
 *           counts.  A date that is known to the year only says no day.
 * Zone      an instant is the day that the source's calendar showed.
 */
#ifndef HMS_TRANSFORM_CODING_DAY_H
#define HMS_TRANSFORM_CODING_DAY_H

#include "mappings/map.h"
#include "transform/zone.h"

enum { CODING_DAYS_MAX = 2 };

struct coding_days {
    int count;
    struct {
        int column;
        int precision; /* column, or -1: always to the day */
        bool is_instant;
    } at[CODING_DAYS_MAX];
    struct zone *zone; /* NULL: UTC */
};

void coding_days_init(struct coding_days *days, const struct map *map);
void coding_days_release(struct coding_days *days);
/* Of the `number`th of the columns: its value and that of its precision, as the rules made them.
 * CODE_NO_DAY when it says none. */
int32_t coding_day(const struct coding_days *days, int number, struct text value,
                   struct text precision);

#endif
