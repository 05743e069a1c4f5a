#include "transform/zone.h"

enum {
    DAY_SECONDS = 86400,
    ZONE_OFFSET_MAX = 26 * 3600 /* no zone was ever further from UTC than 16 h */
};

bool zone_init(struct zone *zone, const char *name)
{
    zone->count = icu_zone_periods(name, zone->periods, ZONE_PERIODS_MAX);
    return zone->count > 0;
}

/* The last period that starts at or before `utc`. */
static size_t zone_period_at(const struct zone *zone, int64_t utc)
{
    size_t low = 0;
    size_t high = zone->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (zone->periods[middle].start <= utc) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

int32_t zone_day(const struct zone *zone, int64_t utc)
{
    int64_t local = utc + zone->periods[zone_period_at(zone, utc)].offset;

    return (int32_t)((local - (local % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS) / DAY_SECONDS);
}

enum zone_times zone_to_utc(const struct zone *zone, int64_t local, int64_t *utc)
{
    enum zone_times times = ZONE_GAP;

    for (size_t i = zone_period_at(zone, local - ZONE_OFFSET_MAX); i < zone->count; i++) {
        int64_t instant = local - zone->periods[i].offset;
        if (zone->periods[i].start > local + ZONE_OFFSET_MAX) {
            break;
        }
        if (instant < zone->periods[i].start ||
            (i + 1 < zone->count && instant >= zone->periods[i + 1].start)) {
            continue;
        }
        if (times == ZONE_ONCE) {
            return ZONE_TWICE;
        }
        times = ZONE_ONCE;
        *utc = instant;
    }
    return times;
}
