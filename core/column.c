#include "core/column.h"

#include "core/calendar.h"
#include "core/decimal.h"
#include "core/ident.h"

enum {
    NUMERIC_BASE = 10000, /* PostgreSQL: four decimal digits in each 16-bit word */
    NUMERIC_BASE_DIGITS = 4,
    NUMERIC_PRECISION = 18,
    NUMERIC_DIGITS_MAX =
        7, /* in base 10000: 18 decimal digits, the point anywhere in a group */
    NUMERIC_NEGATIVE = 0x4000,
};

static const char *const type_names[] = {
#define X(type, sql, text, rule) [type] = (sql),
    COLUMN_TYPE_LIST(X)
#undef X
};

const char *column_type_sql(enum column_type type)
{
    return type_names[type];
}

bool column_type_parse(struct text sql, enum column_type *type)
{
    for (size_t i = 0; i < sizeof(type_names) / sizeof(type_names[0]); i++) {
        if (text_is(sql, type_names[i])) {
            *type = (enum column_type)i;
            return true;
        }
    }
    return false;
}

/* `value` as `len` bytes, most significant first; behind them. */
static char *put_big_endian(char *at, uint64_t value, size_t len)
{
    uint64_t bytes = __builtin_bswap64(value << (64 - 8 * len));

    memcpy(at, &bytes, len);
    return at + len;
}

/* A field of `len` bytes that hold one number. */
static void add_number(struct strbuf *tuple, uint64_t value, size_t len)
{
    char *at = strbuf_reserve(tuple, 4 + len);

    if (at != NULL) {
        put_big_endian(put_big_endian(at, len, 4), value, len);
        strbuf_advance(tuple, 4 + len);
    }
}

static void add_bytes(struct strbuf *tuple, const void *bytes, size_t len)
{
    char *at = strbuf_reserve(tuple, 4 + len);

    if (at != NULL) {
        memcpy(put_big_endian(at, len, 4), bytes, len);
        strbuf_advance(tuple, 4 + len);
    }
}

static uint64_t big_endian(const char *at, size_t len)
{
    uint64_t value = 0;

    for (size_t i = 0; i < len; i++) {
        value = value << 8 | (uint8_t)at[i];
    }
    return value;
}

/* Base-10000 digits of `number`, least significant first, to digits[0..]; how many. */
static int base_digits(uint64_t number, uint16_t *digits)
{
    int count = 0;

    for (; number != 0; number /= NUMERIC_BASE) {
        digits[count++] = (uint16_t)(number % NUMERIC_BASE);
    }
    return count;
}

/* numeric: ndigits, weight, sign, dscale, then base-10000 digits without zeros at either end. */
static void add_numeric(struct strbuf *tuple, struct decimal value)
{
    uint16_t digits[NUMERIC_DIGITS_MAX] = {
        0}; /* least significant first: fraction, whole part */
    int group = (value.scale + NUMERIC_BASE_DIGITS - 1) / NUMERIC_BASE_DIGITS;
    uint64_t units = (uint64_t)(value.units < 0 ? -value.units : value.units);
    uint64_t one = decimal_power(value.scale);
    uint64_t fraction = units % one * decimal_power(group * NUMERIC_BASE_DIGITS - value.scale);
    int whole = base_digits(units / one, digits + group);
    int ndigits = whole > 0 ? group + whole : base_digits(fraction, digits);
    int first = 0;
    char *at = strbuf_reserve(tuple, 4 + 8 + sizeof(digits));
    char *start = at;

    base_digits(fraction, digits);
    while (first < ndigits && digits[first] == 0) {
        first++;
    }
    if (at == NULL) {
        return;
    }
    at = put_big_endian(at, (uint64_t)(8 + 2 * (ndigits - first)), 4);
    at = put_big_endian(at, (uint64_t)(ndigits - first), 2);
    at = put_big_endian(at, ndigits == 0 ? 0 : (uint16_t)(ndigits - group - 1), 2);
    at = put_big_endian(at, value.units < 0 ? NUMERIC_NEGATIVE : 0, 2);
    at = put_big_endian(at, (uint64_t)value.scale, 2);
    for (int i = ndigits - 1; i >= first; i--) {
        at = put_big_endian(at, digits[i], 2);
    }
    strbuf_advance(tuple, (size_t)(at - start));
}

static const char *encode_numeric(struct strbuf *tuple, struct text text, int scale)
{
    const int128 limit = decimal_power(NUMERIC_PRECISION);
    struct decimal value;

    if (!decimal_parse(text, &value)) {
        return "number.format";
    }
    if (!decimal_rescale(&value, scale)) {
        return "number.scale";
    }
    if (value.units >= limit || value.units <= -limit) {
        return "number.range";
    }
    add_numeric(tuple, value);
    return NULL;
}

static const char *encode_integer(struct strbuf *tuple, struct text text, int64_t max,
                                  size_t len)
{
    struct decimal value;

    if (!decimal_parse(text, &value) || value.scale != 0) {
        return "integer.format";
    }
    if (value.units > max || value.units < -(int128)max - 1) {
        return "integer.range";
    }
    add_number(tuple, (uint64_t)(int64_t)value.units, len);
    return NULL;
}

static const char *encode_date(struct strbuf *tuple, struct text text)
{
    int32_t days;

    if (!calendar_parse_date(text, &days)) {
        return "date.format";
    }
    add_number(tuple, (uint32_t)(days - CALENDAR_2000), 4);
    return NULL;
}

static const char *encode_timestamp(struct strbuf *tuple, struct text text)
{
    int64_t us;

    if (!calendar_parse_timestamp(text, &us)) {
        return "timestamp.format";
    }
    add_number(tuple, (uint64_t)(us - CALENDAR_2000 * CALENDAR_DAY_US), 8);
    return NULL;
}

static const char *encode_uuid(struct strbuf *tuple, struct text text)
{
    struct ident id;

    if (!ident_parse(text, &id)) {
        return "uuid.format";
    }
    add_bytes(tuple, id.bytes, sizeof(id.bytes));
    return NULL;
}

static const char *encode_bool(struct strbuf *tuple, struct text text)
{
    bool yes = text_is(text, "true");

    if (!yes && !text_is(text, "false")) {
        return "boolean.format";
    }
    add_number(tuple, yes ? 1 : 0, 1);
    return NULL;
}

static const char *encode_text(struct strbuf *tuple, struct text text)
{
    if (!text_is_utf8(text)) {
        return "text.encoding";
    }
    add_bytes(tuple, text.at, text.len);
    return NULL;
}

const char *column_encode(struct strbuf *tuple, enum column_type type, struct text text)
{
    switch (type) {
    case COLUMN_TEXT:
        return encode_text(tuple, text);
    case COLUMN_UUID:
        return encode_uuid(tuple, text);
    case COLUMN_DATE:
        return encode_date(tuple, text);
    case COLUMN_TIMESTAMP:
        return encode_timestamp(tuple, text);
    case COLUMN_BOOL:
        return encode_bool(tuple, text);
    case COLUMN_INT4:
        return encode_integer(tuple, text, INT32_MAX, 4);
    case COLUMN_INT8:
        return encode_integer(tuple, text, INT64_MAX, 8);
    case COLUMN_MONEY:
        return encode_numeric(tuple, text, 4);
    case COLUMN_QUANTITY:
        return encode_numeric(tuple, text, 6);
    }
    return "value.type";
}

bool column_decimal(struct text bytes, struct decimal *out)
{
    struct decimal value = {0, 0};
    int16_t weight;
    uint64_t ndigits;
    int scale;

    if (bytes.len < 8) {
        return false;
    }
    ndigits = big_endian(bytes.at, 2);
    weight = (int16_t)big_endian(bytes.at + 2, 2);
    value.scale = (int)big_endian(bytes.at + 6, 2);
    if (bytes.len != 8 + 2 * ndigits || ndigits > 9 || value.scale > 6 || weight > 8 ||
        weight < -2) {
        return false;
    }
    for (uint64_t i = 0; i < ndigits; i++) {
        value.units = value.units * NUMERIC_BASE + (int128)big_endian(bytes.at + 8 + 2 * i, 2);
    }
    scale = ((int)ndigits - weight - 1) * NUMERIC_BASE_DIGITS; /* of units, may be negative */
    for (; scale < value.scale; scale++) {
        value.units *= 10;
    }
    for (; scale > value.scale; scale--) {
        value.units /= 10;
    }
    if (big_endian(bytes.at + 4, 2) == NUMERIC_NEGATIVE) {
        value.units = -value.units;
    }
    *out = value;
    return true;
}

static bool decode_numeric(struct strbuf *out, struct text bytes)
{
    struct decimal value;

    if (!column_decimal(bytes, &value)) {
        return false;
    }
    decimal_format(out, value);
    return true;
}

static bool decode_uuid(struct strbuf *out, struct text bytes)
{
    struct ident id;
    char text[37];

    memcpy(id.bytes, bytes.at, sizeof(id.bytes));
    ident_format(id, text);
    strbuf_puts(out, text);
    return true;
}

bool column_decode(struct strbuf *out, enum column_type type, struct text bytes)
{
    static const size_t sizes[] = {
        [COLUMN_UUID] = 16, [COLUMN_DATE] = 4, [COLUMN_TIMESTAMP] = 8,
        [COLUMN_BOOL] = 1,  [COLUMN_INT4] = 4, [COLUMN_INT8] = 8,
    };

    if (type < sizeof(sizes) / sizeof(sizes[0]) && sizes[type] != 0 &&
        bytes.len != sizes[type]) {
        return false;
    }
    switch (type) {
    case COLUMN_TEXT:
        strbuf_add_text(out, bytes);
        return true;
    case COLUMN_UUID:
        return decode_uuid(out, bytes);
    case COLUMN_DATE:
        calendar_format_date(out, (int32_t)big_endian(bytes.at, 4) + CALENDAR_2000);
        return true;
    case COLUMN_TIMESTAMP:
        calendar_format_timestamp(out, (int64_t)big_endian(bytes.at, 8) +
                                           CALENDAR_2000 * CALENDAR_DAY_US);
        return true;
    case COLUMN_BOOL:
        strbuf_puts(out, bytes.at[0] != 0 ? "true" : "false");
        return true;
    case COLUMN_INT4:
        strbuf_addf(out, "%d", (int32_t)big_endian(bytes.at, 4));
        return true;
    case COLUMN_INT8:
        strbuf_addf(out, "%lld", (long long)big_endian(bytes.at, 8));
        return true;
    case COLUMN_MONEY:
    case COLUMN_QUANTITY:
        return decode_numeric(out, bytes);
    }
    return false;
}
