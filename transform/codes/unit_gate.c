#include "transform/codes/unit_gate.h"

#include "transform/codes/unit_pool.h"

#include <math.h>

/* What values may turn out to be in; of equal ones the first is named. */
static const char *const candidates[] = {
    "mmol/L", "umol/L",  "nmol/L", "pmol/L",  "mol/L",   "meq/L",   "mg/dL",   "g/dL",
    "g/L",    "mg/L",    "ug/L",   "ug/dL",   "ng/dL",   "ng/L",    "U/L",     "kU/L",
    "mU/L",   "ukat/L",  "[IU]/L", "k[IU]/L", "m[IU]/L", "[IU]/dL", "10*9/L",  "10*12/L",
    "10*6/L", "10*6/uL", "/uL",    "/L",      "%",       "1",       "[ppth]",  "fL",
    "pg",     "fg",      "s",      "min",     "ms",      "mL/min",  "L/min",   "mg/d",
    "g/d",    "mmol/d",  "umol/d", "mg/g",    "g/mol",   "ug/mg",   "mosm/kg", "mm/h",
};

static const struct {
    const char *name;
    const char *text;
} faults[] = {
#define X(fault, name, text) {name, text},
    UNIT_FAULT_LIST(X)
#undef X
};

const char *unit_fault_name(enum unit_fault fault)
{
    return faults[fault].name;
}

const char *unit_fault_text(enum unit_fault fault)
{
    return faults[fault].text;
}

static void tell(struct unit_pools *pools, const struct unit_point *point,
                 enum unit_fault fault, const char *looks_like, double expected)
{
    struct unit_finding finding = {fault, &point->test, looks_like, expected};

    pools->gate->found(&finding, pools->gate->context);
}

/* The unit in which values that are `away` from where they belong would be near; NULL: none. */
static const char *find_unit(struct unit_pools *pools, const struct unit_point *point,
                             double away, double tolerance)
{
    const char *best = NULL;
    double nearest = tolerance;

    for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++) {
        double per_unit;
        const struct strmap_entry *pool = unit_pool_of(pools, point, candidates[i], &per_unit);
        double left = fabs(away + per_unit - point->per_unit);
        if (pool != NULL && pool->number == point->pool && left < nearest - 1e-6 &&
            left < fabs(away) / 2.5) {
            best = candidates[i];
            nearest = left;
        }
    }
    return best;
}

static bool judge_values(struct unit_pools *pools, const struct unit_point *point)
{
    struct unit_expected expected;
    const char *unit;
    double away;

    if (!unit_pool_expect(pools, point, point->pool, &expected)) {
        return false;
    }
    away = point->logs[UNIT_MEDIAN] - expected.median;
    if (fabs(away) < log(UNIT_GATE_FACTOR_MIN) || fabs(away) < 2 * expected.spread) {
        return false;
    }
    unit = find_unit(pools, point, away, fmax(0.35, expected.spread));
    if (unit != NULL) {
        tell(pools, point, UNIT_SWAPPED, unit, exp(expected.median - point->per_unit));
    } else if (fabs(away) > log(4) && fabs(away) > 4 * expected.spread) {
        tell(pools, point, UNIT_FAR, "", exp(expected.median - point->per_unit));
    } else {
        return false;
    }
    return true;
}

static void judge_range(struct unit_pools *pools, const struct unit_point *point)
{
    const double *range = point->test.range;
    const char *unit;
    double away;
    double width;

    if (!(range[0] > 0) || !(range[1] > range[0])) {
        return;
    }
    width = log(range[1] / range[0]) / 2;
    away = log(point->test.values[UNIT_MEDIAN]) - (log(range[0]) + log(range[1])) / 2;
    if (fabs(away) < log(3) || fabs(away) < 3 * width) {
        return;
    }
    unit = find_unit(pools, point, away, fmax(0.5, width));
    if (unit != NULL) {
        tell(pools, point, UNIT_OFF_RANGE, unit, sqrt(range[0] * range[1]));
    }
}

/* Numbers without a unit: the one that would put them where such values are. */
static const char *guess_unit(struct unit_pools *pools, const struct unit_point *point)
{
    struct text property = unit_axis(pools, point, "PROPERTY");
    const char *best = NULL;
    double nearest = 0.35;

    for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++) {
        struct ucum_parsed parsed =
            *ucum_cache_find(pools->gate->units, text_of(candidates[i]));
        struct strmap_entry *pool;
        struct unit_expected expected;
        double per_unit;
        double left;
        if (property_fits(pools->gate->units, property, &parsed) != PROPERTY_FITS) {
            continue;
        }
        pool = unit_pool_of(pools, point, candidates[i], &per_unit);
        if (pool == NULL ||
            !unit_pool_expect(pools, point, (uint32_t)pool->number, &expected)) {
            continue;
        }
        left = fabs(log(point->test.values[UNIT_MEDIAN]) + per_unit - expected.median);
        if (left < nearest - 1e-6) {
            best = candidates[i];
            nearest = left;
        }
    }
    return best == NULL ? "" : best;
}

static void judge(struct unit_pools *pools, const struct unit_point *point)
{
    bool is_many = point->test.rows >= UNIT_GATE_ROWS_MIN;
    struct ucum_parsed parsed;
    enum property_fit fit;

    if (point->row == CODE_NONE) {
        return; /* transform says code.unknown */
    }
    if (point->test.unit[0] == '\0') {
        struct ucum_parsed one = *ucum_cache_find(pools->gate->units, TEXT_LITERAL("1"));
        fit = property_fits(pools->gate->units, unit_axis(pools, point, "PROPERTY"), &one);
        if (fit == PROPERTY_CONFLICTS) { /* a ratio needs no unit */
            tell(pools, point, UNIT_MISSING, is_many ? guess_unit(pools, point) : "", 0);
        }
        return;
    }
    parsed = *ucum_cache_find(pools->gate->units, text_of(point->test.unit));
    if (parsed.fault != UCUM_OK) {
        tell(pools, point, UNIT_NOT_UCUM, "", 0);
        return;
    }
    fit = property_fits(pools->gate->units, unit_axis(pools, point, "PROPERTY"), &parsed);
    if (fit == PROPERTY_CONFLICTS) {
        tell(pools, point, UNIT_OF_OTHER_PROPERTY, "", 0);
    }
    if (is_many && point->is_placed && !judge_values(pools, point)) {
        judge_range(pools, point);
    }
}

static bool is_judged(const struct unit_gate *gate, const struct unit_point *point)
{
    return gate->organisation == NULL ||
           strcmp(gate->organisation, point->test.organisation) == 0;
}

bool unit_gate_run(struct unit_gate *gate, struct error *err)
{
    struct unit_pools pools = {.gate = gate};
    bool ok = unit_pools_read(&pools, err);

    for (size_t i = 0; ok && i < pools.points.count; i++) {
        const struct unit_point *point = &pools.points.at[i];
        if (is_judged(gate, point)) {
            judge(&pools, point);
            gate->tests++;
            gate->rows += point->test.rows;
        }
    }
    unit_pools_release(&pools);
    return ok;
}
