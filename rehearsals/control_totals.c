#include "rehearsals/control_totals.h"

enum {
    NUMERIC_HEADER = 8,
    NUMERIC_NEGATIVE = 0x4000,
    NUMERIC_BASE = 10000,
    NUMERIC_BASE_DIGITS = 4,
    NUMERIC_DIGITS_MAX = 38,
    MONEY_SCALE = 4,
    QUANTITY_SCALE = 6,
};

bool control_totals_init(struct control_totals *totals, const enum column_type *types,
                         uint32_t ncols)
{
    *totals = (struct control_totals){0};
    for (uint32_t col = 0; col < ncols; col++) {
        if (types[col] != COLUMN_MONEY && types[col] != COLUMN_QUANTITY) {
            continue;
        }
        if (totals->count == CONTROL_TOTALS_MAX) {
            return false;
        }
        int scale = types[col] == COLUMN_MONEY ? MONEY_SCALE : QUANTITY_SCALE;
        totals->totals[totals->count++] = (struct control_total){.column = col, .scale = scale};
    }
    return true;
}

static uint16_t word(const char *at)
{
    return (uint16_t)((uint8_t)at[0] << 8 | (uint8_t)at[1]);
}

/* Digits weigh 10000^weight, 10000^(weight-1) ...  They are added up as an integer in units of
 * the last one, which is then moved by the powers of ten that are missing or too many. */
bool numeric_units(struct text bytes, int scale, int128 *units)
{
    if (bytes.len < NUMERIC_HEADER) {
        return false;
    }
    int ndigits = word(bytes.at);
    int weight = (int16_t)word(bytes.at + 2);
    int sign = word(bytes.at + 4);
    if (bytes.len != NUMERIC_HEADER + (size_t)ndigits * 2 ||
        (sign != 0 && sign != NUMERIC_NEGATIVE) ||
        ndigits * NUMERIC_BASE_DIGITS > NUMERIC_DIGITS_MAX) {
        return false;
    }
    int128 value = 0;
    for (int i = 0; i < ndigits; i++) {
        int digit = word(bytes.at + NUMERIC_HEADER + 2 * i);
        if (digit >= NUMERIC_BASE) {
            return false;
        }
        value = value * NUMERIC_BASE + digit;
    }
    int shift = scale + NUMERIC_BASE_DIGITS * (weight - ndigits + 1);
    if (ndigits > 0 && ndigits * NUMERIC_BASE_DIGITS + shift > NUMERIC_DIGITS_MAX) {
        return false;
    }
    for (; value != 0 && shift > 0; shift--) {
        value *= 10;
    }
    for (; value != 0 && shift < 0; shift++) {
        if (value % 10 != 0) {
            return false;
        }
        value /= 10;
    }
    *units = sign == 0 ? value : -value;
    return true;
}

bool control_totals_add(struct control_totals *totals, const struct tuple *tuple)
{
    for (uint32_t i = 0; i < totals->count; i++) {
        struct control_total *total = &totals->totals[i];
        struct text field = tuple->fields[total->column];
        if (field.at == NULL) {
            continue;
        }
        int128 units;
        if (!numeric_units(field, total->scale, &units)) {
            return false;
        }
        total->units += units;
        total->values++;
    }
    return true;
}

void control_totals_merge(struct control_totals *into, const struct control_totals *from)
{
    for (uint32_t i = 0; i < from->count; i++) {
        into->totals[i].column = from->totals[i].column;
        into->totals[i].scale = from->totals[i].scale;
        into->totals[i].units += from->totals[i].units;
        into->totals[i].values += from->totals[i].values;
    }
    into->count = from->count;
}

struct decimal control_total_value(const struct control_total *total)
{
    return (struct decimal){.units = total->units, .scale = total->scale};
}
