/*
 * ucum_unit.c - arithmetic of units and conversion between them.
 */
#include "terminology/ucum_table.h"

#include <math.h>

enum { DIM_MAX = 999 };

struct ucum_unit ucum_unit_one(void)
{
    return (struct ucum_unit){.factor = 1};
}

static bool add_exponent(int16_t *into, int by, int times)
{
    int sum = *into + by * times;

    *into = (int16_t)sum;
    return sum <= DIM_MAX && sum >= -DIM_MAX;
}

static bool add_arbitrary(struct ucum_unit *into, struct ucum_arbitrary by, int times)
{
    int at = 0;

    while (at < into->narbitrary && into->arbitrary[at].atom < by.atom) {
        at++;
    }
    if (at == into->narbitrary || into->arbitrary[at].atom != by.atom) {
        if (into->narbitrary == UCUM_ARBITRARY_MAX) {
            return false;
        }
        memmove(into->arbitrary + at + 1, into->arbitrary + at,
                (size_t)(into->narbitrary - at) * sizeof(by));
        into->arbitrary[at] = (struct ucum_arbitrary){by.atom, 0};
        into->narbitrary++;
    }
    if (!add_exponent(&into->arbitrary[at].exponent, by.exponent, times)) {
        return false;
    }
    if (into->arbitrary[at].exponent == 0) {
        into->narbitrary--;
        memmove(into->arbitrary + at, into->arbitrary + at + 1,
                (size_t)(into->narbitrary - at) * sizeof(by));
    }
    return true;
}

bool ucum_unit_multiply(struct ucum_unit *into, const struct ucum_unit *by, int sign)
{
    bool ok = add_exponent(&into->mol, by->mol, sign);

    for (int i = 0; i < UCUM_BASES; i++) {
        ok = add_exponent(&into->dim[i], by->dim[i], sign) && ok;
    }
    for (int i = 0; i < by->narbitrary; i++) {
        ok = ok && add_arbitrary(into, by->arbitrary[i], sign);
    }
    into->factor = sign > 0 ? into->factor * by->factor : into->factor / by->factor;
    return ok && ucum_real_is_finite(into->factor) && into->factor > 0;
}

bool ucum_unit_raise(struct ucum_unit *unit, int exponent)
{
    struct ucum_unit one = ucum_unit_one();
    bool ok = unit->special == NULL && add_exponent(&one.mol, unit->mol, exponent);

    for (int i = 0; i < UCUM_BASES; i++) {
        ok = ok && add_exponent(&one.dim[i], unit->dim[i], exponent);
    }
    for (int i = 0; i < unit->narbitrary && exponent != 0; i++) {
        ok = ok && add_arbitrary(&one, unit->arbitrary[i], exponent);
    }
    if (ok) {
        one.factor = ucum_real_power(unit->factor, exponent);
        *unit = one;
    }
    return ok && ucum_real_is_finite(unit->factor) && unit->factor > 0;
}

bool ucum_multiply(struct ucum_unit *into, const struct ucum_unit *by)
{
    return into->special == NULL && by->special == NULL && ucum_unit_multiply(into, by, 1);
}

bool ucum_divide(struct ucum_unit *into, const struct ucum_unit *by)
{
    return into->special == NULL && by->special == NULL && ucum_unit_multiply(into, by, -1);
}

static bool same_arbitrary(const struct ucum_unit *a, const struct ucum_unit *b)
{
    if (a->narbitrary != b->narbitrary) {
        return false;
    }
    for (int i = 0; i < a->narbitrary; i++) {
        if (a->arbitrary[i].atom != b->arbitrary[i].atom ||
            a->arbitrary[i].exponent != b->arbitrary[i].exponent) {
            return false;
        }
    }
    return true;
}

bool ucum_is_commensurable(const struct ucum_unit *a, const struct ucum_unit *b)
{
    return memcmp(a->dim, b->dim, sizeof(a->dim)) == 0 && same_arbitrary(a, b);
}

/* Degrees above the absolute zero of a scale, in hundredths: 273.15 Cel, 459.67 degF. */
static ucum_real hundredths(int value)
{
    return (ucum_real)value / 100;
}

/* From the number on the scale to the number of the function's unit. */
static ucum_real from_scale(enum ucum_function function, ucum_real x)
{
    switch (function) {
    case UCUM_CELSIUS:
        return x + hundredths(27315);
    case UCUM_FAHRENHEIT:
        return x + hundredths(45967);
    case UCUM_REAUMUR:
        return x + hundredths(21852);
    case UCUM_MINUS_LG:
    case UCUM_HP_10:
        return powl(10, (long double)-x);
    case UCUM_LN:
        return expl((long double)x);
    case UCUM_LG:
        return powl(10, (long double)x);
    case UCUM_LG_TIMES_2:
        return powl(10, (long double)(x / 2));
    case UCUM_LD:
        return exp2l((long double)x);
    case UCUM_TAN_100:
        return atanl((long double)(x / 100));
    case UCUM_TAN_100_DEGREES:
        return atanl((long double)(x / 100)) * 180 / acosl(-1);
    case UCUM_HP_100:
        return powl(100, (long double)-x);
    case UCUM_HP_1000:
        return powl(1000, (long double)-x);
    case UCUM_HP_50000:
        return powl(50000, (long double)-x);
    case UCUM_SQRT:
        return x * x;
    case UCUM_NO_FUNCTION:
        break;
    }
    return x;
}

/* And back; NaN where there is no such number. */
static ucum_real to_scale(enum ucum_function function, ucum_real x)
{
    switch (function) {
    case UCUM_CELSIUS:
        return x - hundredths(27315);
    case UCUM_FAHRENHEIT:
        return x - hundredths(45967);
    case UCUM_REAUMUR:
        return x - hundredths(21852);
    case UCUM_MINUS_LG:
    case UCUM_HP_10:
        return -log10l((long double)x);
    case UCUM_LN:
        return logl((long double)x);
    case UCUM_LG:
        return log10l((long double)x);
    case UCUM_LG_TIMES_2:
        return 2 * log10l((long double)x);
    case UCUM_LD:
        return log2l((long double)x);
    case UCUM_TAN_100:
        return 100 * tanl((long double)x);
    case UCUM_TAN_100_DEGREES:
        return 100 * tanl((long double)x * acosl(-1) / 180);
    case UCUM_HP_100:
        return -log10l((long double)x) / 2;
    case UCUM_HP_1000:
        return -log10l((long double)x) / 3;
    case UCUM_HP_50000:
        return -log10l((long double)x) / log10l(50000);
    case UCUM_SQRT:
        return sqrtl((long double)x);
    case UCUM_NO_FUNCTION:
        break;
    }
    return x;
}

static ucum_real to_base(const struct ucum_unit *unit, ucum_real value)
{
    value *= unit->factor;
    return unit->special == NULL
               ? value
               : from_scale(unit->special->function, value) * unit->special->unit.factor;
}

static ucum_real from_base(const struct ucum_unit *unit, ucum_real value)
{
    if (unit->special != NULL) {
        value = to_scale(unit->special->function, value / unit->special->unit.factor);
    }
    return value / unit->factor;
}

bool ucum_convert(const struct ucum_unit *from, const struct ucum_unit *to, ucum_real value,
                  ucum_real *out)
{
    if (!ucum_is_commensurable(from, to)) {
        return false;
    }
    *out = from_base(to, to_base(from, value));
    return ucum_real_is_finite(*out);
}

bool ucum_convert_molar(const struct ucum *ucum, const struct ucum_conversion *how,
                        ucum_real value, ucum_real *out)
{
    const struct strmap_entry *mole = strmap_find(&ucum->by_code, TEXT_LITERAL("mol"));
    struct ucum_unit shifted = *how->from;
    int grams = how->from->dim[UCUM_MASS] - how->to->dim[UCUM_MASS]; /* as many become moles */

    if (mole == NULL || how->to->mol - how->from->mol != grams || !(how->molar_mass > 0)) {
        return false;
    }
    shifted.dim[UCUM_MASS] = how->to->dim[UCUM_MASS];
    if (!ucum_is_commensurable(&shifted, how->to)) {
        return false;
    }
    value = to_base(how->from, value);
    value *= ucum_real_power(ucum->atoms[mole->number].unit.factor / how->molar_mass, grams);
    *out = from_base(how->to, value);
    return ucum_real_is_finite(*out);
}
