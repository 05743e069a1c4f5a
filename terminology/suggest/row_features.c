#include "terminology/suggest/row_features.h"

#include "terminology/suggest/axis_match.h"
#include "terminology/suggest/drug_words.h"

#include <math.h>

static struct axis_match axis_of(struct candidate_room *room, const struct suggest_index *index,
                                 const struct asked *asked, enum axis axis, uint16_t value)
{
    float *agrees = &room->axis[axis][0][value];
    float *against = &room->axis[axis][1][value];

    if (room->axis_stamp[axis][value] != room->stamp) {
        struct axis_match match = axis_match(asked, axis, &index->values[axis][value]);
        *agrees = match.agrees;
        *against = match.against;
        room->axis_stamp[axis][value] = room->stamp;
    }
    return (struct axis_match){*agrees, *against};
}

/* Cells of blood are counted by machines; those of urine and CSF need not be. */
static float usual_method(const struct suggest_index *index, const uint16_t *values)
{
    const struct axis_value *system = &index->values[AXIS_SYSTEM][values[AXIS_SYSTEM]];

    return system->usual > 0 ? index->values[AXIS_METHOD][values[AXIS_METHOD]].usual : 0;
}

static void read_axes(struct candidate *candidate, struct candidate_room *room,
                      const struct suggest_index *index, const struct candidates *found)
{
    const struct asked *asked = &found->asked;
    unsigned silent = found->slots[candidate->slot].silent;
    unsigned cues = asked->cues & ~silent;
    static const int into[INDEX_AXES][2] = {
        [AXIS_SYSTEM] = {F_SYSTEM_AGREES, F_SYSTEM_AGAINST},
        [AXIS_PROPERTY] = {F_PROPERTY_AGREES, F_PROPERTY_AGAINST},
        [AXIS_SCALE] = {F_SCALE_AGREES, F_SCALE_AGAINST},
        [AXIS_TIME] = {F_TIME_AGREES, F_TIME_AGAINST},
        [AXIS_METHOD] = {F_METHOD_AGREES, F_METHOD_EXTRA},
        [AXIS_ROUTE] = {F_ROUTE_AGREES, F_ROUTE_AGAINST},
    };
    const uint16_t *values = &index->value_of[(size_t)candidate->row * INDEX_AXES];
    const struct axis_value *system = &index->values[AXIS_SYSTEM][values[AXIS_SYSTEM]];
    struct text property = index->values[AXIS_PROPERTY][values[AXIS_PROPERTY]].text;
    bool method = values[AXIS_METHOD] != 0;

    for (int axis = 0; axis < INDEX_AXES; axis++) {
        struct axis_match match = axis_of(room, index, asked, (enum axis)axis, values[axis]);
        if ((silent >> axis & 1U) != 0 && (axis == AXIS_SYSTEM || axis == AXIS_METHOD)) {
            match = (struct axis_match){0, 0};
        }
        candidate->features[into[axis][0]] = match.agrees;
        candidate->features[into[axis][1]] = match.against;
    }
    candidate->features[F_METHOD_EXTRA] = method && candidate->features[F_METHOD_AGREES] == 0
                                              ? 1 - usual_method(index, values)
                                              : 0;
    candidate->features[F_METHOD_MISSING] =
        !method && index->has_axes && (cues & (1U << AXIS_METHOD)) != 0 ? 1 : 0;
    if ((asked->routes & ~(unsigned)(ROUTE_ORAL | ROUTE_INJECTED)) == 0) {
        unsigned routes = index->values[AXIS_ROUTE][values[AXIS_ROUTE]].routes;
        candidate->features[F_ROUTE_USUAL] = (routes & ROUTE_WHOLE_BODY) != 0 ? 1
                                             : (routes & ROUTE_INJECTED) != 0 ? 0.5F
                                                                              : 0;
    }
    if ((cues & (1U << AXIS_SYSTEM)) == 0 || asked->is_drawn_blood) {
        candidate->features[F_SYSTEM_USUAL] = system->usual;
    }
    candidate->features[F_SYSTEM_OPEN] = system->is_open ? 1 : 0;
    if (asked->said != UNIT_NONE && asked->unit == UNIT_NONE && property.len > 0) {
        candidate->features[F_SAID_AGREES] = unit_kind_agrees(asked->said, property);
        candidate->features[F_SAID_AGAINST] = candidate->features[F_SAID_AGREES] == 0 ? 1 : 0;
    }
}

/* Where values lie: how much of the wider span of logarithms two entries share. */
static float values_agree(const struct suggest_query *query, const struct memory_near *near)
{
    double low, high, all_low, all_high;

    if (query->count == 0 || !near->has_values || !near->same_unit || query->p05 <= 0 ||
        near->p05 <= 0 || query->p95 < query->p05 || near->p95 < near->p05) {
        return 0;
    }
    low = fmax(log(query->p05), log(near->p05));
    high = fmin(log(query->p95), log(near->p95));
    all_low = fmin(log(query->p05), log(near->p05));
    all_high = fmax(log(query->p95), log(near->p95));
    return high <= low ? -1 : (float)((high - low) / (all_high - all_low + 1e-9));
}

static void read_memory(struct candidate *candidate, const struct candidates *found,
                        const struct suggest_query *query)
{
    for (int i = 0; i < found->nnear; i++) {
        const struct memory_near *near = &found->near[i];
        if (near->row == candidate->row) {
            candidate->features[F_NEAR] = near->likeness;
            candidate->features[F_APPROVED] = near->is_same ? (near->same_unit ? 1 : 0.7F) : 0;
            candidate->features[F_VALUES] = values_agree(query, near);
        }
    }
}

static void read_row(struct candidate *candidate, const struct candidates *found,
                     const struct suggest_index *index, const struct suggest_query *query)
{
    unsigned marks = index->row_marks[candidate->row];
    uint16_t rank = index->rank[candidate->row];

    candidate->features[F_DEPRECATED] = (marks & ROW_DEPRECATED) != 0;
    candidate->features[F_UNSURE] = (marks & ROW_UNSURE) != 0;
    candidate->features[F_HEADING] = (marks & ROW_HEADING) != 0;
    candidate->features[F_EARLY] = index->early[candidate->row];
    candidate->features[F_EXACT_ROW] = candidate->row == found->exact_row;
    if (rank > 0) {
        float often = query->frequency > 100 ? 1 : 0.7F;
        candidate->features[F_RANK] = often * (1 - logf((float)rank) / logf(20000));
    }
}

void row_features_read(struct candidate *candidate, struct candidates *found,
                       struct candidate_room *room, const struct suggest_index *index,
                       const struct suggest_query *query)
{
    read_row(candidate, found, index, query);
    read_axes(candidate, room, index, found);
    read_memory(candidate, found, query);
}

float row_promise(const struct candidates *found, struct candidate_room *room,
                  const struct suggest_index *index, uint32_t row)
{
    const uint16_t *values = &index->value_of[(size_t)row * INDEX_AXES];
    float sum = 1.5F * index->values[AXIS_SYSTEM][values[AXIS_SYSTEM]].usual +
                2 * index->early[row] - ((index->row_marks[row] & ROW_DEPRECATED) != 0 ? 3 : 0);

    for (int axis = 0; axis < INDEX_AXES; axis++) {
        struct axis_match match =
            axis_of(room, index, &found->asked, (enum axis)axis, values[axis]);
        sum += 2 * (match.agrees - match.against);
    }
    if (values[AXIS_METHOD] != 0) {
        sum += usual_method(index, values) - 1;
    }
    return sum;
}
