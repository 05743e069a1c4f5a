#include "transform/codes/unit_gate.h"

#include "core/strmap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POOL_KEY_MAX = 4096, REFERENCES_MAX = 256 };

static const double usual_weight = 1.5; /* outvotes one laboratory, not two that agree */

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

struct pool_member {
    uint32_t pool;
    uint32_t point;
};

struct judging {
    struct unit_gate *gate;
    struct unit_points points;
    struct strmap pools;         /* axes and kind of unit -> number */
    struct pool_member *members; /* by pool */
    size_t nmembers;
};

/* --- where tests stand --- */

static struct text axis(const struct judging *judging, const struct unit_point *point,
                        const char *name)
{
    return code_pack_value(judging->gate->loinc, point->row, name);
}

/* Enzymes are written in units and in international units, and mean the same. */
static struct text unit_of(const struct judging *judging, const struct unit_point *point,
                           const char *unit, char out[UCUM_EXPRESSION_MAX])
{
    const char *at = strstr(unit, "[IU]");

    if (at == NULL || strlen(unit) >= UCUM_EXPRESSION_MAX ||
        !text_is(axis(judging, point, "PROPERTY"), "CCnc")) {
        return text_of(unit);
    }
    return (struct text){out, (size_t)snprintf(out, UCUM_EXPRESSION_MAX, "%.*sU%s",
                                               (int)(at - unit), unit, at + 4)};
}

/* The pool of a test if it were in that unit; NULL: it is in none. */
static struct strmap_entry *pool_of(struct judging *judging, const struct unit_point *point,
                                    const char *unit, double *per_unit)
{
    char buffer[UCUM_EXPRESSION_MAX];
    struct text component = axis(judging, point, "COMPONENT");
    struct strmap_entry *entry;
    struct strbuf key;
    char kind[64];

    if (!unit_place(judging->gate->units, component, unit_of(judging, point, unit, buffer),
                    per_unit, kind)) {
        return NULL;
    }
    strbuf_init(&key, POOL_KEY_MAX);
    strbuf_add_text(&key, component);
    strbuf_putc(&key, '\x1f');
    strbuf_add_text(&key, axis(judging, point, "SYSTEM"));
    strbuf_putc(&key, '\x1f');
    strbuf_add_text(&key, axis(judging, point, "TIME_ASPCT"));
    strbuf_addf(&key, "\x1f%s", kind);
    entry = strmap_put(&judging->pools, strbuf_text(&key));
    if (entry != NULL && entry->number == 0) {
        entry->number = judging->pools.count;
    }
    strbuf_release(&key);
    return entry;
}

static void place(struct judging *judging, struct unit_point *point)
{
    struct strmap_entry *pool;

    point->row = code_pack_find(judging->gate->loinc, text_of(point->test.code));
    if (point->row == CODE_NONE || point->test.unit[0] == '\0') {
        return;
    }
    pool = pool_of(judging, point, point->test.unit, &point->per_unit);
    if (pool != NULL) {
        point->is_placed = true;
        point->pool = (uint32_t)pool->number;
        for (int i = 0; i < UNIT_QUANTILES; i++) {
            point->logs[i] = log(point->test.values[i]) + point->per_unit;
        }
    }
}

/* --- what is expected --- */

struct reference {
    double median;
    double spread; /* of one standard deviation */
    double weight;
};

static int compare_medians(const void *left, const void *right)
{
    const struct reference *a = left;
    const struct reference *b = right;

    return (a->median > b->median) - (a->median < b->median);
}

static int compare_spreads(const void *left, const void *right)
{
    const struct reference *a = left;
    const struct reference *b = right;

    return (a->spread > b->spread) - (a->spread < b->spread);
}

/* Index of the weighted median; `list` is sorted. */
static size_t middle(const struct reference *list, size_t count)
{
    double total = 0;
    double sum = 0;
    size_t at = 0;

    for (size_t i = 0; i < count; i++) {
        total += list[i].weight;
    }
    while (at + 1 < count && sum + list[at].weight < total / 2) {
        sum += list[at++].weight;
    }
    return at;
}

static bool add_usual(struct judging *judging, const struct unit_point *point, uint32_t pool,
                      struct reference *out)
{
    struct unit_usual usual;
    struct strmap_entry *usual_pool;
    double per_unit;

    if (!unit_expect(axis(judging, point, "COMPONENT"), axis(judging, point, "SYSTEM"),
                     &usual)) {
        return false;
    }
    usual_pool = pool_of(judging, point, usual.unit, &per_unit);
    if (usual_pool == NULL || usual_pool->number != pool) {
        return false;
    }
    *out = (struct reference){.median = (log(usual.low) + log(usual.high)) / 2 + per_unit,
                              .spread = log(usual.high / usual.low) / 2};
    return true;
}

static int compare_members(const void *left, const void *right)
{
    const struct pool_member *a = left;
    const struct pool_member *b = right;

    if (a->pool != b->pool) {
        return a->pool < b->pool ? -1 : 1;
    }
    return (a->point > b->point) - (a->point < b->point);
}

/* Index of the first member of the pool, or of where it would be. */
static size_t first_member(const struct judging *judging, uint32_t pool)
{
    size_t low = 0;
    size_t high = judging->nmembers;

    while (low < high) {
        size_t half = low + (high - low) / 2;
        if (judging->members[half].pool < pool) {
            low = half + 1;
        } else {
            high = half;
        }
    }
    return low;
}

/* The other tests of the pool and what is usual; a laboratory with several tests has one voice. */
static size_t gather(struct judging *judging, const struct unit_point *point, uint32_t pool,
                     struct reference *list)
{
    const char *voices[REFERENCES_MAX] = {NULL};
    size_t count = add_usual(judging, point, pool, list) ? 1 : 0;

    for (size_t i = first_member(judging, pool);
         i < judging->nmembers && judging->members[i].pool == pool && count < REFERENCES_MAX;
         i++) {
        const struct unit_point *other = &judging->points.at[judging->members[i].point];
        if (other == point) {
            continue;
        }
        voices[count] = other->test.organisation;
        list[count++] = (struct reference){
            .median = other->logs[UNIT_MEDIAN],
            .spread = (other->logs[UNIT_HIGH] - other->logs[UNIT_LOW]) / 1.349};
    }
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        for (size_t k = 0; voices[i] != NULL && k < count; k++) {
            same += voices[k] != NULL && strcmp(voices[k], voices[i]) == 0;
        }
        list[i].weight = voices[i] == NULL ? usual_weight : 1.0 / (double)same;
    }
    return count;
}

static bool expect(struct judging *judging, const struct unit_point *point, uint32_t pool,
                   struct reference *out)
{
    struct reference list[REFERENCES_MAX];
    size_t count = gather(judging, point, pool, list);

    if (count == 0) {
        return false;
    }
    qsort(list, count, sizeof(list[0]), compare_spreads);
    out->spread = list[middle(list, count)].spread;
    qsort(list, count, sizeof(list[0]), compare_medians);
    out->median = list[middle(list, count)].median;
    out->weight = 1;
    return true;
}

/* --- verdicts --- */

static void tell(struct judging *judging, const struct unit_point *point, enum unit_fault fault,
                 const char *looks_like, double expected)
{
    struct unit_finding finding = {fault, &point->test, looks_like, expected};

    judging->gate->found(&finding, judging->gate->context);
}

/* The unit in which values that are `away` from where they belong would be near; NULL: none. */
static const char *find_unit(struct judging *judging, const struct unit_point *point,
                             double away, double tolerance)
{
    const char *best = NULL;
    double nearest = tolerance;

    for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++) {
        double per_unit;
        const struct strmap_entry *pool = pool_of(judging, point, candidates[i], &per_unit);
        double left = fabs(away + per_unit - point->per_unit);
        if (pool != NULL && pool->number == point->pool && left < nearest - 1e-6 &&
            left < fabs(away) / 2.5) {
            best = candidates[i];
            nearest = left;
        }
    }
    return best;
}

static bool judge_values(struct judging *judging, const struct unit_point *point)
{
    struct reference expected;
    const char *unit;
    double away;

    if (!expect(judging, point, point->pool, &expected)) {
        return false;
    }
    away = point->logs[UNIT_MEDIAN] - expected.median;
    if (fabs(away) < log(UNIT_GATE_FACTOR_MIN) || fabs(away) < 2 * expected.spread) {
        return false;
    }
    unit = find_unit(judging, point, away, fmax(0.35, expected.spread));
    if (unit != NULL) {
        tell(judging, point, UNIT_SWAPPED, unit, exp(expected.median - point->per_unit));
    } else if (fabs(away) > log(4) && fabs(away) > 4 * expected.spread) {
        tell(judging, point, UNIT_FAR, "", exp(expected.median - point->per_unit));
    } else {
        return false;
    }
    return true;
}

static void judge_range(struct judging *judging, const struct unit_point *point)
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
    unit = find_unit(judging, point, away, fmax(0.5, width));
    if (unit != NULL) {
        tell(judging, point, UNIT_OFF_RANGE, unit, sqrt(range[0] * range[1]));
    }
}

/* Numbers without a unit: the one that would put them where such values are. */
static const char *guess_unit(struct judging *judging, const struct unit_point *point)
{
    struct text property = axis(judging, point, "PROPERTY");
    const char *best = NULL;
    double nearest = 0.35;

    for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++) {
        struct ucum_parsed parsed =
            *ucum_cache_find(judging->gate->units, text_of(candidates[i]));
        struct strmap_entry *pool;
        struct reference expected;
        double per_unit;
        double left;
        if (property_fits(judging->gate->units, property, &parsed) != PROPERTY_FITS) {
            continue;
        }
        pool = pool_of(judging, point, candidates[i], &per_unit);
        if (pool == NULL || !expect(judging, point, (uint32_t)pool->number, &expected)) {
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

static void judge(struct judging *judging, const struct unit_point *point)
{
    bool is_many = point->test.rows >= UNIT_GATE_ROWS_MIN;
    struct ucum_parsed parsed;
    enum property_fit fit;

    if (point->row == CODE_NONE) {
        return; /* transform says code.unknown */
    }
    if (point->test.unit[0] == '\0') {
        struct ucum_parsed one = *ucum_cache_find(judging->gate->units, TEXT_LITERAL("1"));
        fit = property_fits(judging->gate->units, axis(judging, point, "PROPERTY"), &one);
        if (fit == PROPERTY_CONFLICTS) { /* a ratio needs no unit */
            tell(judging, point, UNIT_MISSING, is_many ? guess_unit(judging, point) : "", 0);
        }
        return;
    }
    parsed = *ucum_cache_find(judging->gate->units, text_of(point->test.unit));
    if (parsed.fault != UCUM_OK) {
        tell(judging, point, UNIT_NOT_UCUM, "", 0);
        return;
    }
    fit = property_fits(judging->gate->units, axis(judging, point, "PROPERTY"), &parsed);
    if (fit == PROPERTY_CONFLICTS) {
        tell(judging, point, UNIT_OF_OTHER_PROPERTY, "", 0);
    }
    if (is_many && point->is_placed && !judge_values(judging, point)) {
        judge_range(judging, point);
    }
}

static void place_all(struct judging *judging)
{
    judging->members = xcalloc(judging->points.count + 1, sizeof(*judging->members));
    for (size_t i = 0; i < judging->points.count; i++) {
        struct unit_point *point = &judging->points.at[i];
        place(judging, point);
        if (point->is_placed && point->test.rows >= UNIT_GATE_ROWS_MIN) {
            judging->members[judging->nmembers++] =
                (struct pool_member){point->pool, (uint32_t)i};
        }
    }
    qsort(judging->members, judging->nmembers, sizeof(*judging->members), compare_members);
}

static bool is_judged(const struct unit_gate *gate, const struct unit_point *point)
{
    return gate->organisation == NULL ||
           strcmp(gate->organisation, point->test.organisation) == 0;
}

bool unit_gate_run(struct unit_gate *gate, struct error *err)
{
    struct judging judging = {.gate = gate};
    bool ok = unit_points_read(&judging.points, gate, err);

    strmap_init(&judging.pools, UNIT_GATE_TESTS_MAX);
    if (ok) {
        place_all(&judging);
    }
    for (size_t i = 0; ok && i < judging.points.count; i++) {
        const struct unit_point *point = &judging.points.at[i];
        if (is_judged(gate, point)) {
            judge(&judging, point);
            gate->tests++;
            gate->rows += point->test.rows;
        }
    }
    free(judging.members);
    strmap_release(&judging.pools);
    unit_points_release(&judging.points);
    return ok;
}
