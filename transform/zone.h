/*
 * zone.h - local time of a zone of the IANA database to UTC.
 *
 * Shape     the zone's periods of one offset each, found by bisection; read once from ICU.
 * Units     seconds since 1970-01-01T00:00:00, local or UTC.
 * Limits    ZONE_PERIODS_MAX periods: rules that go on for ever are followed for centuries.
 */
#ifndef HMS_TRANSFORM_ZONE_H
#define HMS_TRANSFORM_ZONE_H

#include "transform/icu.h"

enum { ZONE_PERIODS_MAX = 1024 };

struct zone {
    size_t count;
    struct icu_zone_period periods[ZONE_PERIODS_MAX];
};

enum zone_times {
    ZONE_GAP,  /* the clocks were put forward over this time */
    ZONE_ONCE, /* the usual case */
    ZONE_TWICE /* the clocks were put back over it; the earlier instant is given */
};

/* False: no such zone. */
bool zone_init(struct zone *zone, const char *name);
int32_t zone_day(const struct zone *zone, int64_t utc); /* the local date of that instant */
enum zone_times zone_to_utc(const struct zone *zone, int64_t local, int64_t *utc);

#endif
