/*
 * ucum_read.c - the grammar of unit expressions:
 *
 *   expression  [ "/" ] term
 *   term        component { ("." | "/") component }         from left to right: a/b.c = (a/b).c
 *   component   unit [ exponent ] [ annotation ] | number [ annotation ] | annotation
 *               | "(" term ")"
 *   exponent    [ "+" | "-" ] digits
 */
#include "terminology/ucum_table.h"

enum { NUMBER_DIGITS_MAX = 18, EXPONENT_MAX = 99 };

struct ucum_reader {
    const struct ucum *ucum;
    struct text text;
    size_t at;
    int depth;
    enum ucum_fault fault;
    struct strbuf *words; /* NULL: nobody wants a description */
};

static bool read_term(struct ucum_reader *reader, struct ucum_unit *out);

static bool fail(struct ucum_reader *reader, enum ucum_fault fault)
{
    reader->fault = fault;
    return false;
}

static int peek(const struct ucum_reader *reader)
{
    return reader->at < reader->text.len ? (unsigned char)reader->text.at[reader->at] : -1;
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static void say(const struct ucum_reader *reader, const char *words)
{
    if (reader->words != NULL) {
        strbuf_puts(reader->words, words);
    }
}

static void say_text(const struct ucum_reader *reader, struct text words)
{
    if (reader->words != NULL) {
        strbuf_add_text(reader->words, words);
    }
}

static bool skip_annotation(struct ucum_reader *reader)
{
    size_t start = reader->at;

    while (peek(reader) >= 0 && peek(reader) != '}') {
        reader->at++;
        if (peek(reader) == '{') {
            return fail(reader, UCUM_BAD_BYTE);
        }
    }
    if (peek(reader) < 0) {
        return fail(reader, UCUM_OPEN);
    }
    reader->at++;
    say_text(reader, (struct text){reader->text.at + start, reader->at - start});
    return true;
}

/* End of the symbol that starts at reader->at: what stands in square brackets is one piece. */
static bool find_symbol_end(struct ucum_reader *reader, size_t *end)
{
    bool bracket = false;
    size_t at = reader->at;

    for (; at < reader->text.len; at++) {
        char byte = reader->text.at[at];
        if (byte == '[') {
            bracket = true;
        } else if (byte == ']') {
            if (!bracket) {
                break;
            }
            bracket = false;
        } else if (!bracket && memchr("./(){}", byte, 6) != NULL) {
            break;
        }
    }
    *end = at;
    return !bracket || fail(reader, UCUM_OPEN);
}

/* Takes a trailing exponent off the symbol, unless the code itself has it (10*). */
static bool split_exponent(struct ucum_reader *reader, struct text *symbol, int *exponent)
{
    size_t start = symbol->len;
    int value = 0;

    while (start > 0 && is_digit(symbol->at[start - 1])) {
        start--;
    }
    *exponent = 1;
    if (start == symbol->len) {
        return true;
    }
    for (size_t i = start; i < symbol->len; i++) {
        value = value * 10 + (symbol->at[i] - '0');
        if (value > EXPONENT_MAX) {
            return fail(reader, UCUM_RANGE);
        }
    }
    if (start > 0 && (symbol->at[start - 1] == '-' || symbol->at[start - 1] == '+')) {
        start--;
        value = symbol->at[start] == '-' ? -value : value;
    }
    symbol->len = start;
    *exponent = value;
    return true;
}

static const struct ucum_atom *find_atom(const struct ucum_reader *reader, struct text code)
{
    const struct strmap_entry *entry = strmap_find(&reader->ucum->by_code, code);

    return entry == NULL ? NULL : &reader->ucum->atoms[entry->number];
}

/* The unit as it stands, else a prefix and a unit that takes one. */
static const struct ucum_atom *find_unit(struct ucum_reader *reader, struct text symbol,
                                         const struct ucum_prefix **prefix)
{
    const struct ucum_atom *atom = find_atom(reader, symbol);

    *prefix = NULL;
    fail(reader, UCUM_UNKNOWN);
    for (size_t i = 0; atom == NULL && i < reader->ucum->nprefixes; i++) {
        struct text code = reader->ucum->prefixes[i].code;
        if (symbol.len > code.len && memcmp(symbol.at, code.at, code.len) == 0) {
            atom =
                find_atom(reader, (struct text){symbol.at + code.len, symbol.len - code.len});
            *prefix = &reader->ucum->prefixes[i];
            if (atom != NULL && !atom->is_metric) {
                fail(reader, UCUM_NOT_METRIC);
                atom = NULL;
            }
        }
    }
    if (atom == NULL || !atom->is_resolved) {
        return NULL;
    }
    reader->fault = UCUM_OK;
    return atom;
}

static void describe_unit(const struct ucum_reader *reader, const struct ucum_prefix *prefix,
                          const struct ucum_atom *atom, int exponent)
{
    if (reader->words == NULL) {
        return;
    }
    strbuf_putc(reader->words, '(');
    if (prefix != NULL) {
        strbuf_add_text(reader->words, prefix->name);
    }
    strbuf_add_text(reader->words, atom->name);
    if (exponent != 1) {
        strbuf_addf(reader->words, " ^ %d", exponent);
    }
    strbuf_putc(reader->words, ')');
}

static bool read_symbol(struct ucum_reader *reader, struct ucum_unit *out)
{
    const struct ucum_prefix *prefix;
    const struct ucum_atom *atom;
    struct text symbol = {reader->text.at + reader->at, 0};
    size_t end;
    int exponent;

    if (!find_symbol_end(reader, &end)) {
        return false;
    }
    symbol.len = end - reader->at;
    if (!split_exponent(reader, &symbol, &exponent)) {
        return false;
    }
    atom = find_unit(reader, symbol, &prefix);
    if (atom == NULL) {
        return false;
    }
    reader->at = end;
    *out = atom->unit;
    if (atom->is_special) {
        out->special = atom;
        out->factor = 1;
    }
    if (prefix != NULL) {
        out->factor *= prefix->value;
    }
    describe_unit(reader, prefix, atom, exponent);
    if (exponent == 1) {
        return true;
    }
    return ucum_unit_raise(out, exponent) ||
           fail(reader, out->special != NULL ? UCUM_SPECIAL : UCUM_RANGE);
}

/* Digits alone are a number; digits with anything behind them may be a symbol (10*). */
static bool read_number(struct ucum_reader *reader, struct ucum_unit *out)
{
    size_t start = reader->at;
    uint64_t value = 0;

    while (is_digit(peek(reader))) {
        if (reader->at - start == NUMBER_DIGITS_MAX) {
            return fail(reader, UCUM_RANGE);
        }
        value = value * 10 + (uint64_t)(peek(reader) - '0');
        reader->at++;
    }
    if (peek(reader) >= 0 && memchr("./){", peek(reader), 4) == NULL) {
        reader->at = start;
        return read_symbol(reader, out);
    }
    if (value == 0) {
        return fail(reader, UCUM_RANGE);
    }
    say_text(reader, (struct text){reader->text.at + start, reader->at - start});
    *out = ucum_unit_one();
    out->factor = (ucum_real)value;
    return true;
}

static bool read_bracket(struct ucum_reader *reader, struct ucum_unit *out)
{
    reader->at++;
    say(reader, "(");
    if (++reader->depth > UCUM_DEPTH_MAX) {
        return fail(reader, UCUM_DEEP);
    }
    if (!read_term(reader, out)) {
        return false;
    }
    if (peek(reader) != ')') {
        return fail(reader, UCUM_OPEN);
    }
    reader->at++;
    reader->depth--;
    say(reader, ")");
    return true;
}

static bool read_component(struct ucum_reader *reader, struct ucum_unit *out)
{
    int byte = peek(reader);
    bool ok;

    if (byte < 0 || memchr("./)}", byte, 4) != NULL) {
        return fail(reader, UCUM_NO_TERM);
    }
    if (byte == '{') {
        *out = ucum_unit_one();
        return skip_annotation(reader);
    }
    if (byte == '(') {
        return read_bracket(reader, out);
    }
    ok = is_digit(byte) ? read_number(reader, out) : read_symbol(reader, out);
    return ok && (peek(reader) != '{' || skip_annotation(reader));
}

static bool read_term(struct ucum_reader *reader, struct ucum_unit *out)
{
    if (!read_component(reader, out)) {
        return false;
    }
    while (peek(reader) == '.' || peek(reader) == '/') {
        int sign = peek(reader) == '.' ? 1 : -1;
        struct ucum_unit by;
        reader->at++;
        say(reader, sign > 0 ? " * " : " / ");
        if (!read_component(reader, &by)) {
            return false;
        }
        if (out->special != NULL || by.special != NULL) {
            return fail(reader, UCUM_SPECIAL);
        }
        if (!ucum_unit_multiply(out, &by, sign)) {
            return fail(reader, UCUM_RANGE);
        }
    }
    return true;
}

static bool read_expression(struct ucum_reader *reader, struct ucum_unit *out)
{
    struct ucum_unit by;

    *out = ucum_unit_one();
    for (size_t i = 0; i < reader->text.len; i++) {
        if (reader->text.at[i] < '!' || reader->text.at[i] > '~') {
            reader->at = i;
            return fail(reader, UCUM_BAD_BYTE);
        }
    }
    if (reader->text.len == 0) {
        say(reader, "(unity)");
        return true;
    }
    if (peek(reader) == '/') {
        reader->at++;
        say(reader, "1 / ");
        if (!read_term(reader, &by)) {
            return false;
        }
        if (by.special != NULL || !ucum_unit_multiply(out, &by, -1)) {
            return fail(reader, by.special != NULL ? UCUM_SPECIAL : UCUM_RANGE);
        }
    } else if (!read_term(reader, out)) {
        return false;
    }
    return reader->at == reader->text.len || fail(reader, UCUM_NO_OPERATOR);
}

enum ucum_fault ucum_read(const struct ucum *ucum, struct text expression,
                          struct ucum_unit *out, size_t *at)
{
    struct ucum_reader reader = {.ucum = ucum, .text = expression};

    read_expression(&reader, out);
    if (at != NULL) {
        *at = reader.at;
    }
    return reader.fault;
}

enum ucum_fault ucum_describe(const struct ucum *ucum, struct text expression,
                              struct strbuf *out)
{
    struct ucum_reader reader = {.ucum = ucum, .text = expression, .words = out};
    struct ucum_unit unit;

    read_expression(&reader, &unit);
    return reader.fault;
}

const char *ucum_fault_text(enum ucum_fault fault)
{
    static const char *const texts[] = {
#define X(fault, text) text,
        UCUM_FAULT_LIST(X)
#undef X
    };

    return texts[fault];
}
