/*
 * step_number.c - steps for exact decimal numbers.
 */
#include "transform/number_text.h"
#include "transform/step_cell.h"

enum { MONEY_FRACTION_MAX = 4 };

static const char rule_number[] = "number.format";
static const struct number_format plain = {.decimal = '.'};

static bool format_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct number_format *format = xcalloc(1, sizeof(*format));

    (void)env;
    step->data = format;
    return number_format_compile(format, step, err);
}

static void number_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    struct number_text number;

    if (number_read(at->data, in, &number)) {
        cell_put(at->cell, number_text_keep(&number, in, cell_arena(at)));
    } else {
        cell_refuse(at, rule_number);
    }
}

STEP_RUN_WORD(number)

/* Takes zeros off the end of the fraction while it is longer than `most`. */
static bool fraction_cut(struct number_text *number, int most)
{
    while (number->fraction > most) {
        if (number->at[number->len - 1] != '0') {
            return false;
        }
        number->len--;
        number->fraction--;
    }
    if (number->at[number->len - 1] == '.') {
        number->len--;
    }
    return true;
}

static void number_negate(struct number_text *number)
{
    if (number->at[0] == '-') {
        number->len--;
        memmove(number->at, number->at + 1, number->len);
    } else if (strspn(number->at, "0.") < number->len) {
        memmove(number->at + 1, number->at, number->len);
        number->at[0] = '-';
        number->len++;
    }
}

/* (1.50) and 1.50- are how ledgers write a minus; they are taken off the text. */
static bool ledger_minus(struct text *text)
{
    if (text->len > 2 && text->at[0] == '(' && text->at[text->len - 1] == ')') {
        *text = text_trim((struct text){text->at + 1, text->len - 2});
        return true;
    }
    if (text->len > 1 && text->at[text->len - 1] == '-') {
        *text = text_trim((struct text){text->at, text->len - 1});
        return true;
    }
    return false;
}

static void money_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    struct text amount = in;
    bool minus = ledger_minus(&amount);
    struct number_text number;
    bool doubled = minus && amount.len > 0 && (amount.at[0] == '-' || amount.at[0] == '+');

    if (doubled || !number_read(at->data, amount, &number) ||
        !fraction_cut(&number, MONEY_FRACTION_MAX)) {
        cell_refuse(at, "money.format");
        return;
    }
    if (minus) {
        number_negate(&number);
    }
    cell_put(at->cell, number_text_keep(&number, in, cell_arena(at)));
}

STEP_RUN_WORD(money)

static void integer_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    struct number_text number;

    if (number_read(&plain, in, &number) && fraction_cut(&number, 0)) {
        cell_put(at->cell, number_text_keep(&number, in, cell_arena(at)));
    } else {
        cell_refuse(at, "integer.format");
    }
}

STEP_RUN_WORD(integer)

static void negate_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    struct number_text number;

    if (number_read(&plain, in, &number)) {
        number_negate(&number);
        cell_put(at->cell, number_text_keep(&number, in, cell_arena(at)));
    } else {
        cell_refuse(at, rule_number);
    }
}

STEP_RUN_WORD(negate)

static void abs_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    struct number_text number;

    if (!number_read(&plain, in, &number)) {
        cell_refuse(at, rule_number);
        return;
    }
    if (number.at[0] == '-') {
        number_negate(&number);
    }
    cell_put(at->cell, number_text_keep(&number, in, cell_arena(at)));
}

STEP_RUN_WORD(abs)

const struct step_impl step_number_impls[] = {
    {"number", format_compile, number_run, NULL},
    {"money", format_compile, money_run, NULL},
    {"integer", NULL, integer_run, NULL},
    {"negate", NULL, negate_run, NULL},
    {"abs", NULL, abs_run, NULL},
    {0},
};
