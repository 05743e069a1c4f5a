#include "rehearsals/synth/care.h"

#include "rehearsals/synth/catalog.h"
#include "rehearsals/synth/dump.h"

enum { ORPHAN_OFFSET = 1000000 }; /* numbers beyond all that exist */

/* 0, 1, 2 ... with the given shares of a thousand; the last takes what is left. */
static uint32_t draw_count(struct draw *draw, const uint16_t *permille, uint32_t max)
{
    uint32_t left = draw_below(draw, 1000);
    uint32_t count = 0;

    while (count < max && left >= permille[count]) {
        left -= permille[count++];
    }
    return count;
}

static uint32_t at_least(uint32_t count, bool needed)
{
    return needed && count == 0 ? 1 : count;
}

static int64_t draw_time(struct draw *draw, int32_t first_day, int32_t last_day)
{
    int64_t day = draw_between(draw, first_day, last_day);

    return day * DAY_MINUTES + draw_between(draw, 7 * 60, 19 * 60);
}

uint32_t encounter_count(const struct world *world, uint64_t patient)
{
    static const uint16_t permille[] = {220, 360, 240, 110, 50};
    struct draw draw = world_draw(world, DRAW_ENCOUNTERS, patient);
    enum plant plant = plant_of(world->org, patient);

    if (plant_loses_patient(plant)) {
        return 0;
    }
    if (plant_loses_encounter(plant)) {
        return 1;
    }
    return at_least(draw_count(&draw, permille, 5),
                    plant == PLANT_CONDITION_CODE || plant == PLANT_EXCEL_DATE);
}

static uint32_t draw_location(struct draw *draw, enum encounter_class class)
{
    switch (class) {
    case CLASS_INPATIENT:
        return 1 + draw_below(draw, 5);
    case CLASS_EMERGENCY:
        return 7;
    case CLASS_OUTPATIENT:
        break;
    }
    return draw_chance(draw, 800) ? 6 : 8;
}

void encounter_at(const struct world *world, uint64_t patient, uint32_t i,
                  struct encounter *encounter)
{
    struct draw draw = world_draw(world, DRAW_ENCOUNTER, patient * 8 + i);
    enum plant plant = plant_of(world->org, patient);
    uint32_t state = draw_below(&draw, 100);
    uint32_t class = draw_below(&draw, 100);
    int64_t stay;

    encounter->number = patient * 8 + i;
    encounter->patient = patient;
    encounter->plant = plant_loses_encounter(plant) ? plant : PLANT_NONE;
    encounter->state = state < 95   ? STATE_FINISHED
                       : state < 98 ? STATE_CANCELLED
                                    : STATE_ONGOING;
    encounter->class = class < 70   ? CLASS_OUTPATIENT
                       : class < 85 ? CLASS_INPATIENT
                                    : CLASS_EMERGENCY;
    encounter->arrived = draw_time(&draw, DAY_FIRST_CARE, DAY_LAST_CARE);
    encounter->seen = encounter->arrived + draw_between(&draw, 5, 60);
    stay = draw_between(&draw, 10, 120);
    encounter->ended = encounter->seen + stay;
    if (encounter->class == CLASS_INPATIENT) {
        encounter->ended = (encounter->arrived / DAY_MINUTES + 1 + stay / 10) * DAY_MINUTES +
                           draw_between(&draw, 9 * 60, 16 * 60);
    }
    if (encounter->state != STATE_FINISHED) {
        encounter->ended = DUMP_NO_TIME;
    }
    if (encounter->state == STATE_CANCELLED) {
        encounter->seen = DUMP_NO_TIME;
    }
    encounter->practitioner = draw_below(&draw, world_practitioners(patient));
    encounter->location = draw_location(&draw, encounter->class);
    encounter->complaint = draw_below(&draw, CATALOG_DIAGNOSES);
}

uint32_t diagnosis_count(const struct world *world, uint64_t patient, uint32_t encounter)
{
    static const uint16_t permille[] = {350, 450, 150};
    struct draw draw = world_draw(world, DRAW_ENCOUNTERS, ~(patient * 8 + encounter));
    enum plant plant = plant_of(world->org, patient);
    bool planted = plant == PLANT_CONDITION_CODE || plant == PLANT_EXCEL_DATE;

    return plant_loses_encounter(plant)
               ? 0
               : at_least(draw_count(&draw, permille, 3), planted && encounter == 0);
}

void diagnosis_at(const struct world *world, const struct encounter *encounter, uint32_t i,
                  struct diagnosis *diagnosis)
{
    struct draw draw = world_draw(world, DRAW_DIAGNOSIS, encounter->number * 4 + i);
    enum plant plant = plant_of(world->org, encounter->patient);
    bool planted = plant == PLANT_CONDITION_CODE || plant == PLANT_EXCEL_DATE;

    diagnosis->number = encounter->number * 4 + i;
    diagnosis->patient = encounter->patient;
    diagnosis->encounter = encounter->number;
    diagnosis->plant = planted && encounter->number % 8 == 0 && i == 0 ? plant : PLANT_NONE;
    diagnosis->code = draw_below(&draw, CATALOG_DIAGNOSES);
    diagnosis->rank = i + 1;
    diagnosis->at_discharge = draw_chance(&draw, 600);
    diagnosis->recorded = encounter->arrived + draw_between(&draw, 5, 90);
}

uint32_t lab_order_count(const struct world *world, uint64_t patient)
{
    static const uint16_t permille[] = {400, 320, 180};
    struct draw draw = world_draw(world, DRAW_LAB_ORDERS, patient);
    enum plant plant = plant_of(world->org, patient);

    if (plant_loses_patient(plant)) {
        return 0;
    }
    return plant == PLANT_LAB_ORDER_BLANK ? 1 : draw_count(&draw, permille, 3);
}

/* What laboratory and medication orders have in common. */
static void draw_order(const struct world *world, uint64_t patient, struct draw *draw,
                       struct order *order)
{
    uint32_t encounters = encounter_count(world, patient);
    uint32_t state = draw_below(draw, 100);
    uint32_t priority = draw_below(draw, 100);

    order->patient = patient;
    order->plant = PLANT_NONE;
    order->practitioner = draw_below(draw, world_practitioners(patient));
    order->state = state < 90 ? ORDER_COMPLETED : state < 96 ? ORDER_ACTIVE : ORDER_CANCELLED;
    order->priority = priority < 80   ? PRIORITY_ROUTINE
                      : priority < 95 ? PRIORITY_URGENT
                                      : PRIORITY_STAT;
    if (encounters == 0 || plant_loses_encounter(plant_of(world->org, patient))) {
        order->encounter = CARE_NONE;
        order->ordered = draw_time(draw, DAY_FIRST_CARE, DAY_LAST_CARE);
    } else {
        struct encounter encounter;

        encounter_at(world, patient, draw_below(draw, encounters), &encounter);
        order->encounter = encounter.number;
        order->ordered = encounter.arrived + draw_between(draw, 10, 100);
    }
    order->frequency = draw_below(draw, 4);
    order->days = 3 + draw_below(draw, 26);
    order->refills = draw_below(draw, 4);
}

void lab_order_at(const struct world *world, uint64_t patient, uint32_t i, struct order *order)
{
    struct draw draw = world_draw(world, DRAW_LAB_ORDER, patient * 8 + i);

    order->number = patient * 8 + i;
    draw_order(world, patient, &draw, order);
    order->code = draw_below(&draw, CATALOG_TESTS);
    if (plant_of(world->org, patient) == PLANT_LAB_ORDER_BLANK) {
        order->plant = PLANT_LAB_ORDER_BLANK;
    }
}

static bool is_med_order_plant(enum plant plant)
{
    return plant == PLANT_MED_ORDER_CODE || plant == PLANT_MED_ORDER_UNMAPPED;
}

uint32_t med_order_count(const struct world *world, uint64_t patient)
{
    static const uint16_t permille[] = {520, 300, 140};
    struct draw draw = world_draw(world, DRAW_MED_ORDERS, patient);
    enum plant plant = plant_of(world->org, patient);

    return plant_loses_patient(plant)
               ? 0
               : at_least(draw_count(&draw, permille, 3), is_med_order_plant(plant));
}

void med_order_at(const struct world *world, uint64_t patient, uint32_t i, struct order *order)
{
    struct draw draw = world_draw(world, DRAW_MED_ORDER, patient * 8 + i);
    enum plant plant = plant_of(world->org, patient);

    order->number = patient * 8 + i;
    draw_order(world, patient, &draw, order);
    order->code = draw_below(&draw, CATALOG_DRUGS);
    if (i == 0 && is_med_order_plant(plant)) {
        order->plant = plant;
    }
}

static uint64_t first_result(const struct world *world, uint64_t patient)
{
    return patient * world->nresults / world->npatients;
}

uint32_t result_count(const struct world *world, uint64_t patient)
{
    return (uint32_t)(first_result(world, patient + 1) - first_result(world, patient));
}

static bool is_result_plant(enum plant plant)
{
    return plant == PLANT_RESULT_ORPHAN || plant == PLANT_RESULT_TWICE ||
           plant == PLANT_RESULT_CONFLICT || plant == PLANT_RESULT_NUL ||
           plant == PLANT_RESULT_CODE || plant == PLANT_RESULT_UNMAPPED ||
           plant == PLANT_RESULT_RAGGED || plant == PLANT_RESULT_BYTE;
}

/* The share of a patient who is lost falls to a neighbour, who never is. */
static uint64_t patient_of_share(const struct world *world, uint64_t patient)
{
    if (!plant_loses_patient(plant_of(world->org, patient))) {
        return patient;
    }
    return patient + 1 < world->npatients ? patient + 1 : patient - 1;
}

static void draw_value(struct draw *draw, struct result *result)
{
    const struct catalog_test *test = &catalog_tests[result->test];
    int32_t spread = test->high - test->low;
    uint32_t odd = draw_below(draw, 100);

    result->comparator = 0;
    if (*test->unit == '\0') {
        result->value = odd < 85 ? 0 : odd < 95 ? 1 : 2;
        result->flag = 0;
        return;
    }
    if (odd == 0) {
        result->comparator = '<';
        result->value = test->low / 2 + 1;
        result->flag = result->value <= test->low ? 'L' : 'N';
    } else if (odd == 1) {
        result->comparator = '>';
        result->value = test->high * 4;
        result->flag = 'H';
    } else {
        result->value = test->low - spread * 15 / 100 +
                        (int32_t)draw_below(draw, (uint32_t)(spread * 13 / 10 + 1));
        result->value = result->value < 0 ? 0 : result->value;
        result->flag = result->value < test->low ? 'L' : result->value > test->high ? 'H' : 'N';
    }
}

/* Laboratory orders of a patient that results may refer to. */
static uint32_t good_orders(const struct world *world, uint64_t patient)
{
    return plant_of(world->org, patient) == PLANT_LAB_ORDER_BLANK
               ? 0
               : lab_order_count(world, patient);
}

static void draw_origin(const struct world *world, uint32_t i, struct draw *draw,
                        struct result *result)
{
    uint32_t orders = good_orders(world, result->patient);
    struct order order;

    if (orders == 0) {
        result->order = CARE_NONE;
        result->encounter = CARE_NONE;
        result->test = draw_below(draw, CATALOG_TESTS);
        result->collected = draw_time(draw, DAY_FIRST_CARE, DAY_LAST_CARE);
        return;
    }
    lab_order_at(world, result->patient, i % orders, &order);
    result->order = order.number;
    result->encounter = order.encounter;
    result->test = (order.code + i / orders) % CATALOG_TESTS;
    result->collected = order.ordered + draw_between(draw, 5, 45) +
                        (int64_t)(i / orders / CATALOG_TESTS % 30) * DAY_MINUTES;
}

void result_at(const struct world *world, uint64_t patient, uint32_t i, struct result *result)
{
    struct draw draw;
    uint32_t state;

    result->number = first_result(world, patient) + i;
    result->share = patient;
    draw = world_draw(world, DRAW_RESULT, result->number);
    result->plant = plant_of(world->org, patient);
    if (i > 0 || !is_result_plant(result->plant)) {
        result->plant = PLANT_NONE;
    }
    result->patient = patient_of_share(world, patient);
    draw_origin(world, i, &draw, result);
    if (result->plant == PLANT_RESULT_ORPHAN) {
        result->patient = world->npatients + ORPHAN_OFFSET + patient;
        result->order = CARE_NONE;
        result->encounter = CARE_NONE;
    }
    result->resulted = result->collected + draw_between(&draw, 20, 90);
    draw_value(&draw, result);
    state = draw_below(&draw, 100);
    result->state = state < 94   ? RESULT_FINAL
                    : state < 97 ? RESULT_PRELIMINARY
                                 : RESULT_CORRECTED;
    result->practitioner = draw_below(&draw, world_practitioners(0));
    result->device = draw_below(&draw, 6);
    result->commented = draw_chance(&draw, 30);
}

uint32_t allergy_count(const struct world *world, uint64_t patient)
{
    static const uint16_t permille[] = {750, 180, 60};
    struct draw draw = world_draw(world, DRAW_ALLERGIES, patient);
    enum plant plant = plant_of(world->org, patient);

    return plant_loses_patient(plant)
               ? 0
               : at_least(draw_count(&draw, permille, 3), plant == PLANT_ENCOUNTER_RAGGED);
}

void allergy_at(const struct world *world, uint64_t patient, uint32_t i,
                struct allergy *allergy)
{
    struct draw draw = world_draw(world, DRAW_ALLERGY, patient * 4 + i);
    enum plant plant = plant_of(world->org, patient);
    uint32_t encounters = plant_loses_encounter(plant) ? 0 : encounter_count(world, patient);
    uint32_t severity = draw_below(&draw, 100);

    allergy->number = patient * 4 + i;
    allergy->patient = patient;
    allergy->encounter = encounters > 0 && draw_chance(&draw, 600)
                             ? patient * 8 + draw_below(&draw, encounters)
                             : CARE_NONE;
    allergy->plant = PLANT_NONE;
    if (plant == PLANT_ENCOUNTER_RAGGED && i == 0) {
        allergy->plant = PLANT_ALLERGY_ENCOUNTER;
        allergy->encounter = patient * 8;
    }
    allergy->substance = (draw_below(&draw, 4) * 3 + i) % CATALOG_SUBSTANCES;
    allergy->severity = severity < 55 ? 0 : severity < 90 ? 1 : 2;
    allergy->resolved = draw_chance(&draw, 80);
    allergy->recorded = draw_between(&draw, DAY_FIRST_CARE, DAY_LAST_CARE);
}
