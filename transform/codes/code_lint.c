#include "transform/codes/code_lint.h"

enum { DIGITS_MAX = 32, LONG_DIGITS = 16, LENGTHS_MAX = DIGITS_MAX + 1, FEWEST = 4 };

struct column {
    size_t dates;
    size_t rounded;
    size_t long_numbers;
    size_t fractions;
    size_t other_fractions;
    size_t of_length[LENGTHS_MAX]; /* codes of digits only */
    size_t with_zero[LENGTHS_MAX]; /* of these, those that begin with 0 */
    size_t length;                 /* that most of them have; 0: none */
};

static bool is_digits(struct text code)
{
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] < '0' || code.at[i] > '9') {
            return false;
        }
    }
    return code.len > 0;
}

/* "250.07" has digits behind a dot that are not all zero. */
static bool has_fraction(struct text code)
{
    const char *dot = code.len == 0 ? NULL : memchr(code.at, '.', code.len);

    for (const char *at = dot == NULL ? code.at + code.len : dot + 1; at < code.at + code.len;
         at++) {
        if (*at >= '1' && *at <= '9') {
            return true;
        }
    }
    return false;
}

static void count_code(struct column *column, struct text code)
{
    enum excel_damage doubt = excel_doubt_of(code);

    column->dates += excel_damage_of(code) == EXCEL_DATE;
    column->rounded += doubt == EXCEL_ROUNDED;
    column->fractions += doubt == EXCEL_FRACTION;
    column->other_fractions += has_fraction(code);
    if (is_digits(code)) {
        column->long_numbers += code.len >= LONG_DIGITS;
        if (code.len <= DIGITS_MAX) {
            column->of_length[code.len]++;
            column->with_zero[code.len] += code.at[0] == '0';
        }
    }
}

/* 1, 2, 3 ... to 999 is a counter: of the shorter numbers at least half are there. */
static bool is_counter(size_t shorter, size_t length)
{
    double possible = 1;

    for (size_t i = 1; i < length; i++) {
        possible *= 10;
    }
    return 2 * (double)shorter >= possible - 1;
}

/* The length of the full codes, when shorter ones may have lost their zeros. */
static size_t full_length(const struct column *column)
{
    size_t numbers = 0;
    size_t longest = 0;
    size_t full;

    for (size_t len = 1; len < LENGTHS_MAX; len++) {
        numbers += column->of_length[len];
        longest = column->of_length[len] > 0 ? len : longest;
    }
    full = column->of_length[longest];
    if (longest < 2 || numbers < FEWEST || full == numbers || column->with_zero[longest] > 0 ||
        3 * full < 2 * numbers || is_counter(numbers - full, longest)) {
        return 0;
    }
    return longest;
}

static bool is_damage(const struct column *column, enum excel_damage doubt)
{
    return (doubt == EXCEL_DAY_NUMBER && column->dates > 0) ||
           (doubt == EXCEL_ROUNDED && 2 * column->rounded > column->long_numbers) ||
           (doubt == EXCEL_FRACTION && column->other_fractions == 0);
}

void code_lint(const struct text *codes, size_t count,
               void (*found)(size_t index, const char *word, const char *what, void *context),
               void *context)
{
    struct column column = {0};

    for (size_t i = 0; i < count; i++) {
        count_code(&column, text_trim(codes[i]));
    }
    column.length = full_length(&column);
    for (size_t i = 0; i < count; i++) {
        struct text code = text_trim(codes[i]);
        enum excel_damage damage = excel_damage_of(code);
        enum excel_damage doubt = excel_doubt_of(code);
        if (damage != EXCEL_SOUND) {
            found(i, excel_damage_name(damage), excel_damage_text(damage), context);
        } else if (is_damage(&column, doubt)) {
            found(i, excel_damage_name(doubt), excel_damage_text(doubt), context);
        } else if (is_digits(code) && code.len < column.length) {
            found(i, "zeros", "shorter than its neighbours, which have one length: lost zeros",
                  context);
        }
    }
}
