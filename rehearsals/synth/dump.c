#include "rehearsals/synth/dump.h"

#include <assert.h>
#include <errno.h>

#include "core/calendar.h"

enum { MINUTES_A_DAY = 1440 };

static const char utf8_mark[] = "\xEF\xBB\xBF";

static void flush(struct dump *dump)
{
    struct text utf8 = {dump->buffer, (size_t)(dump->at - dump->buffer)};

    strbuf_clear(&dump->encoded);
    if (!charset_encode(dump->format->charset, utf8, &dump->encoded)) {
        dump->bad_letter = true;
    } else if (fwrite(dump->encoded.at, 1, dump->encoded.len, dump->file) !=
                   dump->encoded.len &&
               dump->failed == 0) {
        dump->failed = errno;
    }
    dump->bytes += dump->encoded.len;
    dump->at = dump->buffer;
}

static void put(struct dump *dump, const char *bytes, size_t len)
{
    memcpy(dump->at, bytes, len);
    dump->at += len;
}

static void put_byte(struct dump *dump, char byte)
{
    *dump->at++ = byte;
}

static void put_digits(struct dump *dump, uint64_t value, int width)
{
    char digits[20];
    int n = 0;

    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0 || n < width);
    while (n > 0) {
        put_byte(dump, digits[--n]);
    }
}

static void start_field(struct dump *dump)
{
    if (!dump->first_field) {
        put_byte(dump, dump->format->delimiter);
    }
    dump->first_field = false;
}

static void put_spoil(struct dump *dump)
{
    if (dump->spoil == SPOIL_BAD_BYTE) {
        put(dump, CHARSET_BAD_BYTE, sizeof(CHARSET_BAD_BYTE) - 1);
    } else if (dump->spoil == SPOIL_NUL) {
        put_byte(dump, '\0');
    }
    dump->spoil = SPOIL_NONE;
}

static bool needs_quotes(const struct dump *dump, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == dump->format->delimiter || text[i] == '"' || text[i] == '\n' ||
            text[i] == '\r') {
            return true;
        }
    }
    return false;
}

static void put_quoted(struct dump *dump, const char *text, size_t len)
{
    put_byte(dump, '"');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"') {
            put_byte(dump, '"');
        } else if (text[i] == '\n') {
            dump->more_lines++;
        }
        put_byte(dump, text[i]);
    }
    put_spoil(dump);
    put_byte(dump, '"');
}

static void put_field(struct dump *dump, const char *text, size_t len)
{
    assert(len <= DUMP_FIELD_MAX);
    start_field(dump);
    if (needs_quotes(dump, text, len)) {
        put_quoted(dump, text, len);
        return;
    }
    put(dump, text, len);
    if (dump->spoil != SPOIL_NONE) {
        put_spoil(dump);
    }
}

bool dump_open(struct dump *dump, const char *path, const struct dump_format *format,
               const char *columns, struct error *err)
{
    *dump = (struct dump){.format = format, .first_field = true, .line = 1};
    dump->file = fopen(path, "wb");
    if (dump->file == NULL) {
        return error_set(err, ERROR_CONFIG, "cannot write %s: %s", path, strerror(errno));
    }
    (void)setvbuf(dump->file, NULL, _IONBF, 0);
    dump->path = xstrdup(path);
    dump->buffer = xmalloc(DUMP_BUFFER + DUMP_ROW_MAX);
    dump->at = dump->buffer;
    strbuf_init(&dump->encoded, 2 * (DUMP_BUFFER + DUMP_ROW_MAX) + 1);
    if (format->byte_order_mark) {
        put(dump, utf8_mark, sizeof(utf8_mark) - 1);
    }
    while (*columns != '\0') {
        size_t len = strcspn(columns, " ");

        put_field(dump, columns, len);
        columns += len + strspn(columns + len, " ");
    }
    dump_end_row(dump);
    dump->rows = 0;
    return true;
}

bool dump_close(struct dump *dump, struct error *err)
{
    bool ok = true;

    if (dump->file == NULL) {
        return true;
    }
    flush(dump);
    if (fclose(dump->file) != 0 && dump->failed == 0) {
        dump->failed = errno;
    }
    dump->file = NULL;
    if (dump->failed != 0) {
        ok = error_set(err, ERROR_CONFIG, "cannot write %s: %s", dump->path,
                       strerror(dump->failed));
    } else if (dump->bad_letter) {
        ok = error_set(err, ERROR_SOURCE, "%s: a letter that the charset does not have",
                       dump->path);
    }
    free(dump->path);
    free(dump->buffer);
    strbuf_release(&dump->encoded);
    dump->path = NULL;
    dump->buffer = NULL;
    return ok;
}

bool dump_has_failed(const struct dump *dump)
{
    return dump->failed != 0 || dump->bad_letter;
}

void dump_blank(struct dump *dump)
{
    start_field(dump);
}

void dump_word(struct dump *dump, const char *word)
{
    put_field(dump, word, strlen(word));
}

static size_t characters(const char *text, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return n;
}

void dump_text(struct dump *dump, const char *text)
{
    char padded[DUMP_FIELD_MAX + DUMP_PAD];
    size_t len = strlen(text);
    size_t pad = DUMP_PAD - characters(text, len) % DUMP_PAD;

    if (!dump->format->padded) {
        put_field(dump, text, len);
        return;
    }
    assert(len + pad <= DUMP_FIELD_MAX);
    (void)snprintf(padded, sizeof(padded), "%s%*s", text, (int)pad, "");
    put_field(dump, padded, len + pad);
}

void dump_join(struct dump *dump, const char *separator, const char *const *pieces, int n)
{
    char joined[DUMP_FIELD_MAX];
    size_t len = 0;

    for (int i = 0; i < n; i++) {
        size_t more = strlen(pieces[i]);
        size_t gap = len > 0 && more > 0 ? strlen(separator) : 0;

        assert(len + gap + more < sizeof(joined));
        memcpy(joined + len, separator, gap);
        memcpy(joined + len + gap, pieces[i], more);
        len += gap + more;
    }
    joined[len] = '\0';
    dump_text(dump, joined);
}

void dump_uint(struct dump *dump, uint64_t value)
{
    start_field(dump);
    put_digits(dump, value, 1);
}

void dump_key(struct dump *dump, const char *prefix, uint64_t value, int width)
{
    start_field(dump);
    put(dump, prefix, strlen(prefix));
    put_digits(dump, value, width);
    put_spoil(dump);
}

static void put_decimal(struct dump *dump, int64_t units, int decimals)
{
    static const uint64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    uint64_t size = units < 0 ? (uint64_t)-units : (uint64_t)units;

    if (units < 0) {
        put_byte(dump, '-');
    }
    put_digits(dump, size / powers[decimals], 1);
    if (decimals > 0) {
        put_byte(dump, dump->format->decimal);
        put_digits(dump, size % powers[decimals], decimals);
    }
}

void dump_decimal(struct dump *dump, const char *prefix, int64_t units, int decimals)
{
    /* A decimal mark that is also the delimiter would need quotes; no organisation has that. */
    assert(dump->format->decimal != dump->format->delimiter);
    start_field(dump);
    put(dump, prefix, strlen(prefix));
    put_decimal(dump, units, decimals);
}

void dump_money(struct dump *dump, const char *prefix, int64_t cents)
{
    uint64_t whole = (uint64_t)(cents < 0 ? -cents : cents) / 100;
    char text[48];
    char digits[21];
    size_t n = 0;
    size_t len = 0;

    if (dump->format->thousands == '\0' || whole < 1000) {
        dump_decimal(dump, prefix, cents, 2);
        return;
    }
    do {
        digits[n++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    while (*prefix != '\0') {
        text[len++] = *prefix++;
    }
    if (cents < 0) {
        text[len++] = '-';
    }
    while (n > 0) {
        text[len++] = digits[--n];
        if (n > 0 && n % 3 == 0) {
            text[len++] = dump->format->thousands;
        }
    }
    text[len++] = dump->format->decimal;
    text[len++] = (char)('0' + (cents < 0 ? -cents : cents) / 10 % 10);
    text[len++] = (char)('0' + (cents < 0 ? -cents : cents) % 10);
    put_field(dump, text, len);
}

static void put_pattern(struct dump *dump, const char *pattern, int32_t day, int32_t minute)
{
    int year = 0;
    int month = 0;
    int date = 0;

    calendar_civil(day, &year, &month, &date);
    while (*pattern != '\0') {
        size_t run = strspn(pattern, (char[2]){*pattern, '\0'});

        switch (*pattern) {
        case 'y':
            put_digits(dump, (uint64_t)(run == 2 ? year % 100 : year), (int)run);
            break;
        case 'M':
            put_digits(dump, (uint64_t)month, 2);
            break;
        case 'd':
            put_digits(dump, (uint64_t)date, 2);
            break;
        case 'H':
            put_digits(dump, (uint64_t)(minute / 60), 2);
            break;
        case 'm':
            put_digits(dump, (uint64_t)(minute % 60), 2);
            break;
        case 's':
            put(dump, "00", 2);
            break;
        default:
            put(dump, pattern, run);
        }
        pattern += run;
    }
}

void dump_date_as(struct dump *dump, const char *pattern, int32_t day)
{
    start_field(dump);
    if (day != DUMP_NO_DAY) {
        put_pattern(dump, pattern, day, 0);
    }
}

void dump_date(struct dump *dump, int32_t day)
{
    dump_date_as(dump, dump->format->date, day);
}

void dump_time(struct dump *dump, int64_t minutes)
{
    start_field(dump);
    if (minutes != DUMP_NO_TIME) {
        assert(minutes >= 0);
        put_pattern(dump, dump->format->time, (int32_t)(minutes / MINUTES_A_DAY),
                    (int32_t)(minutes % MINUTES_A_DAY));
    }
}

void dump_spoil(struct dump *dump, enum dump_spoil spoil)
{
    dump->spoil = spoil;
}

void dump_end_row(struct dump *dump)
{
    put(dump, dump->format->line_end, strlen(dump->format->line_end));
    dump->line += 1 + dump->more_lines;
    dump->more_lines = 0;
    dump->rows++;
    dump->first_field = true;
    if (dump->at - dump->buffer >= DUMP_BUFFER) {
        flush(dump);
    }
}
