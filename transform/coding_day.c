#include "transform/coding_day.h"

#include "core/calendar.h"
#include "terminology/code_pack.h"

#include <assert.h>

enum { DAY_SECONDS = 86400, SECOND_US = 1000000 };

/* When the care took place that the code is about; a diagnosis is coded when it is recorded, its
 * onset may be long before the classification. Entities that say no day are not here. */
static const struct {
    const char *entity;
    const char *columns[CODING_DAYS_MAX];
} services[] = {
    {"encounter", {"started_at", "ended_at"}},
    {"condition", {"recorded_at", "onset_date"}},
    {"allergy", {"recorded_at", "onset_date"}},
    {"procedure", {"performed_at"}},
    {"immunization", {"occurred_at"}},
    {"device", {"used_from"}},
    {"document", {"written_at"}},
    {"service_order", {"ordered_at"}},
    {"medication_order", {"ordered_at", "started_at"}},
    {"dispense", {"dispensed_at"}},
    {"specimen", {"collected_at", "received_at"}},
    {"report", {"effective_at", "issued_at"}},
    {"observation", {"effective_at", "issued_at"}},
    {"charge", {"charged_at"}},
    {"claim_line", {"service_from", "service_to"}},
    {"supply_delivery", {"delivered_at"}},
};

/* started_at and onset_date have started_precision and onset_precision. */
static int precision_column(const struct entity *entity, const char *column)
{
    const char *end = strrchr(column, '_');
    char *name = xasprintf("%.*s_precision", (int)(end - column), column);
    int found = entity_column_find(entity, text_of(name));

    free(name);
    return found;
}

static void add_column(struct coding_days *days, const struct entity *entity, const char *name)
{
    int column = entity_column_find(entity, text_of(name));
    enum column_type type;

    assert(column >= 0); /* a test looks at every row of the table */
    type = entity->columns[column].type;
    assert(type == COLUMN_DATE || type == COLUMN_TIMESTAMP);
    days->at[days->count].column = column;
    days->at[days->count].precision = precision_column(entity, name);
    days->at[days->count].is_instant = type == COLUMN_TIMESTAMP;
    days->count++;
}

void coding_days_init(struct coding_days *days, const struct map *map)
{
    *days = (struct coding_days){0};
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
        for (int c = 0; c < CODING_DAYS_MAX; c++) {
            if (strcmp(services[i].entity, map->target->name) == 0 &&
                services[i].columns[c] != NULL) {
                add_column(days, map->target, services[i].columns[c]);
            }
        }
    }
    if (days->count > 0 && map->zone != NULL && map->zone[0] != '\0') {
        days->zone = xcalloc(1, sizeof(*days->zone));
        if (!zone_init(days->zone, map->zone)) {
            free(days->zone); /* the map's steps say so where they need it */
            days->zone = NULL;
        }
    }
}

void coding_days_release(struct coding_days *days)
{
    free(days->zone);
    *days = (struct coding_days){0};
}

static int64_t floor_divide(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

int32_t coding_day(const struct coding_days *days, int number, struct text value,
                   struct text precision)
{
    int32_t day = CODE_NO_DAY;
    int64_t seconds;
    int64_t us;

    if (value.len == 0 || text_is(precision, "Y")) {
        return CODE_NO_DAY;
    }
    if (!days->at[number].is_instant) {
        return calendar_parse_date(value, &day) ? day : CODE_NO_DAY;
    }
    if (!calendar_parse_timestamp(value, &us)) {
        return CODE_NO_DAY;
    }
    seconds = floor_divide(us, SECOND_US);
    return days->zone != NULL ? zone_day(days->zone, seconds)
                              : (int32_t)floor_divide(seconds, DAY_SECONDS);
}
