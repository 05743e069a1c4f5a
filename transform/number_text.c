#include "transform/number_text.h"

#include "transform/digit.h"

static bool is_mark(const char *mark)
{
    return strlen(mark) == 1 && strchr(".,' _", mark[0]) != NULL;
}

bool number_format_compile(struct number_format *format, const struct step *step,
                           struct error *err)
{
    const struct map_step *source = step->source;

    *format = (struct number_format){.decimal = '.'};
    for (int i = 0; i < source->nargs; i++) {
        if (!is_mark(source->args[i])) {
            return step_error(step, err, "argument %d is no mark; marks are . , ' _ and space",
                              i + 1);
        }
    }
    if (source->nargs > 0) {
        format->decimal = source->args[0][0];
    }
    if (source->nargs > 1) {
        format->thousands = source->args[1][0];
    }
    return format->decimal != format->thousands ||
           step_error(step, err, "decimal and thousands mark are the same");
}

struct mark {
    const char *bytes;
    char token;
};

/* A digit, '.' (decimal mark), ',' (thousands mark), '-' or '+'; 0: something else. */
static char foreign_token(const char *at, size_t len, bool spaces, size_t *width)
{
    static const struct mark marks[] = {
        {"\u066B", '.'}, {"\u066C", ','}, {"\u2212", '-'},
        {"\u00A0", ' '}, {"\u202F", ' '}, {"\u2009", ' '},
    };
    int digit = digit_read(at, len, width);

    if (digit >= 0) {
        return (char)('0' + digit);
    }
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t bytes = strlen(marks[i].bytes);
        if (bytes <= len && memcmp(at, marks[i].bytes, bytes) == 0) {
            *width = bytes;
            if (marks[i].token == ' ') {
                return spaces ? ',' : 0;
            }
            return marks[i].token;
        }
    }
    return 0;
}

static inline char number_token(const struct number_format *format, const char *at, size_t len,
                                size_t *width)
{
    *width = 1;
    if (digit_is_ascii(*at) || *at == '-' || *at == '+') {
        return *at;
    }
    if (*at == format->decimal) {
        return '.';
    }
    if (*at == format->thousands && *at != '\0') {
        return ',';
    }
    if ((*at & 0x80) == 0) {
        return '\0';
    }
    return foreign_token(at, len, format->thousands == ' ', width);
}

/* A number on its way through its characters. */
struct number_state {
    int digits;  /* in front of the point, leading zeros too */
    int kept;    /* digits written */
    int group;   /* digits since the last thousands mark */
    bool groups; /* a thousands mark was seen */
    bool point;
    bool nonzero;
};

static bool number_add(struct number_state *state, char token, struct number_text *number)
{
    switch (token) {
    case ',':
        if (state->point || state->digits == 0 || state->group > 3 ||
            (state->groups && state->group != 3)) {
            return false;
        }
        state->groups = true;
        state->group = 0;
        return true;
    case '.':
        if (state->point || (state->groups && state->group != 3)) {
            return false;
        }
        if (state->kept == 0) {
            number->at[number->len++] = '0';
        }
        number->at[number->len++] = '.';
        state->point = true;
        return true;
    case '0':
        if (!state->point && state->kept == 0) {
            state->digits++;
            state->group++;
            return true;
        }
        break;
    case '+':
    case '-':
    case 0:
        return false;
    default:
        state->nonzero = true;
        break;
    }
    if (state->kept == NUMBER_DIGITS_MAX) {
        return false;
    }
    number->at[number->len++] = token;
    state->kept++;
    state->digits += !state->point;
    state->group += !state->point;
    number->fraction = (uint8_t)(number->fraction + state->point);
    return true;
}

bool number_read(const struct number_format *format, struct text text,
                 struct number_text *number)
{
    struct number_state state = {0};
    bool negative = false;

    number->at[0] = '-';
    number->len = 1; /* the minus is taken off at the end */
    number->fraction = 0;
    for (size_t i = 0; i < text.len;) {
        size_t width;
        char token = number_token(format, text.at + i, text.len - i, &width);
        if (i == 0 && (token == '-' || token == '+')) {
            negative = token == '-';
        } else if (!number_add(&state, token, number)) {
            return false;
        }
        i += width;
    }
    if (state.digits + number->fraction == 0 ||
        (!state.point && state.groups && state.group != 3)) {
        return false;
    }
    if (state.kept == 0 && !state.point) {
        number->at[number->len++] = '0';
    }
    if (number->at[number->len - 1] == '.') {
        number->len--;
    }
    if (!negative || !state.nonzero) {
        number->len--;
        memmove(number->at, number->at + 1, number->len);
    }
    return true;
}

struct text number_text_keep(const struct number_text *number, struct text same,
                             struct arena *arena)
{
    struct text text = {number->at, number->len};

    return text_equal(text, same) ? same : arena_copy(arena, text);
}
