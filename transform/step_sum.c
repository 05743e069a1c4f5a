/*
 * step_sum.c - steps that calculate, in exact decimals.
 */
#include "core/decimal.h"
#include "transform/step_cell.h"

enum { DECIMAL_SCALE_MAX = 18, DECIMAL_DIGITS_MAX = 38, DECIMAL_BYTES_MAX = 64 };

static const char rule_number[] = "number.format";
static const char rule_range[] = "number.range";

static bool decimal_fits(struct decimal value)
{
    int128 limit = 1;

    for (int i = 0; i < DECIMAL_DIGITS_MAX; i++) {
        limit *= 10;
    }
    return value.units > -limit && value.units < limit;
}

/* The product, with no more zeros at its end than `scale` asks for; false: too many digits. */
static bool decimal_multiply(struct decimal *value, struct decimal factor, int scale)
{
    if (__builtin_mul_overflow(value->units, factor.units, &value->units)) {
        return false;
    }
    value->scale += factor.scale;
    while (value->scale > scale && value->units % 10 == 0) {
        value->units /= 10;
        value->scale--;
    }
    return value->scale <= DECIMAL_SCALE_MAX && decimal_fits(*value);
}

static void put_decimal(const struct step_cell *at, struct decimal value)
{
    struct strbuf out;

    strbuf_init(&out, DECIMAL_BYTES_MAX);
    decimal_format(&out, value);
    cell_put(at->cell, arena_copy(cell_arena(at), strbuf_text(&out)));
    strbuf_release(&out);
}

static bool scale_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct decimal *factor = xcalloc(1, sizeof(*factor));

    (void)env;
    step->data = factor;
    return decimal_parse(text_of(step->source->args[0]), factor) ||
           step_error(step, err, "the factor is no decimal number such as 0.001");
}

static void scale_cell(const struct step_cell *at)
{
    const struct decimal *factor = at->data;
    struct decimal value;

    if (!decimal_parse(cell_text(*at->cell), &value)) {
        cell_refuse(at, rule_number);
    } else if (!decimal_multiply(&value, *factor, value.scale)) {
        cell_refuse(at, rule_range);
    } else {
        put_decimal(at, value);
    }
}

STEP_RUN_WORD(scale)

static bool round_compile(struct step *step, const struct step_env *env, struct error *err)
{
    const char *word = step->source->args[0];
    int *digits = xcalloc(1, sizeof(*digits));

    (void)env;
    step->data = digits;
    *digits = (int)strtol(word, NULL, 10);
    return (strspn(word, "0123456789") == strlen(word) && *digits <= DECIMAL_SCALE_MAX) ||
           step_error(step, err, "digits behind the point are a number from 0 to %d",
                      DECIMAL_SCALE_MAX);
}

static void round_cell(const struct step_cell *at)
{
    const int *digits = at->data;
    struct decimal value;

    if (!decimal_parse(cell_text(*at->cell), &value)) {
        cell_refuse(at, rule_number);
    } else if (value.scale > *digits && decimal_round(&value, *digits)) {
        put_decimal(at, value);
    }
}

STEP_RUN_WORD(round)

static void multiply_row(const struct step_cell *at)
{
    struct text a = cell_trimmed(at->cell);
    struct text b = cell_trimmed(cell_sibling(at, 1));
    struct decimal value;
    struct decimal factor;

    if (a.len == 0 || b.len == 0) {
        cell_clear(at->cell);
    } else if (!decimal_parse(a, &value) || !decimal_parse(b, &factor)) {
        cell_refuse(at, rule_number);
    } else if (!decimal_multiply(&value, factor,
                                 value.scale > factor.scale ? value.scale : factor.scale)) {
        cell_refuse(at, rule_range);
    } else {
        put_decimal(at, value);
    }
}

STEP_RUN_ROW(multiply, 1)

static bool decimal_add(struct decimal *sum, struct decimal value)
{
    int scale = sum->scale > value.scale ? sum->scale : value.scale;

    return decimal_rescale(sum, scale) && decimal_rescale(&value, scale) &&
           !__builtin_add_overflow(sum->units, value.units, &sum->units) && decimal_fits(*sum);
}

static void sum_row(const struct step_cell *at)
{
    struct decimal sum = {0, 0};
    bool blank = true;

    for (int n = 0; n < at->frame->nvalues; n++) {
        struct text in = cell_trimmed(cell_sibling(at, n));
        struct decimal value;
        if (in.len == 0) {
            continue;
        }
        blank = false;
        if (!decimal_parse(in, &value)) {
            cell_refuse(at, rule_number);
            return;
        }
        if (!decimal_add(&sum, value)) {
            cell_refuse(at, rule_range);
            return;
        }
    }
    if (blank) {
        cell_clear(at->cell);
    } else {
        put_decimal(at, sum);
    }
}

STEP_RUN_ROW(sum, 1)

const struct step_impl step_sum_impls[] = {
    {"scale", scale_compile, scale_run, NULL},
    {"round", round_compile, round_run, NULL},
    {"multiply", NULL, multiply_run, NULL},
    {"sum", NULL, sum_run, NULL},
    {0},
};
