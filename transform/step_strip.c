/*
 * step_strip.c - steps that put in, take out or keep single characters.
 */
#include "transform/digit.h"
#include "transform/step_cell.h"

enum { PAD_WIDTH_MAX = 1000 };

struct pad {
    size_t width;
    char fill;
};

static bool pad_compile(struct step *step, const struct step_env *env, struct error *err)
{
    struct pad pad;
    int width;

    (void)env;
    if (!step_arg_number(step, 0, 1, PAD_WIDTH_MAX, &width, err)) {
        return false;
    }
    pad = (struct pad){(size_t)width, step->source->args[1][0]};
    if (strlen(step->source->args[1]) != 1) {
        return step_error(step, err, "argument 2 is no single ASCII character");
    }
    step->data = xmalloc(sizeof(pad));
    memcpy(step->data, &pad, sizeof(pad));
    return true;
}

static size_t character_count(struct text in)
{
    size_t count = 0;

    for (size_t i = 0; i < in.len; i++) {
        count += (in.at[i] & 0xC0) != 0x80;
    }
    return count;
}

static void pad_cell(const struct step_cell *at)
{
    const struct pad *pad = at->data;
    struct text in = cell_text(*at->cell);
    size_t have = character_count(in);
    char *out;

    if (have == 0 || have >= pad->width) {
        return;
    }
    out = arena_bytes(cell_arena(at), in.len + pad->width - have);
    memset(out, pad->fill, pad->width - have);
    memcpy(out + pad->width - have, in.at, in.len);
    cell_put(at->cell, (struct text){out, in.len + pad->width - have});
}

STEP_RUN_TEXT(pad)

/* Bytes of the character at `at`; broken UTF-8 counts byte by byte. */
static size_t character_width(const char *at, size_t len)
{
    size_t width = 1;

    while (width < len && width < 4 && (*at & 0x80) != 0 && (at[width] & 0xC0) == 0x80) {
        width++;
    }
    return width;
}

static void strip_cell(const struct step_cell *at)
{
    const struct step_words *words = at->data;
    struct text set = words->at[0];
    struct text in = cell_text(*at->cell);
    char *out = arena_bytes(cell_arena(at), in.len);
    size_t used = 0;

    for (size_t i = 0; i < in.len;) {
        size_t width = character_width(in.at + i, in.len - i);
        if (memmem(set.at, set.len, in.at + i, width) == NULL) {
            memcpy(out + used, in.at + i, width);
            used += width;
        }
        i += width;
    }
    arena_trim(cell_arena(at), in.len - used);
    cell_put(at->cell, (struct text){out, used});
}

STEP_RUN_TEXT(strip)

static void strip_left_cell(const struct step_cell *at)
{
    const struct step_words *words = at->data;
    struct text set = words->at[0];
    struct text in = cell_text(*at->cell);

    while (in.len > 0) {
        size_t width = character_width(in.at, in.len);
        if (width == in.len || memmem(set.at, set.len, in.at, width) == NULL) {
            break;
        }
        in.at += width;
        in.len -= width;
    }
    cell_put(at->cell, in);
}

STEP_RUN_TEXT(strip_left)

static void digits_cell(const struct step_cell *at)
{
    struct text in = cell_text(*at->cell);
    char *out = arena_bytes(cell_arena(at), in.len);
    size_t used = 0;

    for (size_t i = 0; i < in.len;) {
        size_t width;
        int digit = digit_read(in.at + i, in.len - i, &width);
        if (digit >= 0) {
            out[used++] = (char)('0' + digit);
        }
        i += width;
    }
    arena_trim(cell_arena(at), in.len - used);
    cell_put(at->cell, (struct text){out, used});
}

STEP_RUN_TEXT(digits)

const struct step_impl step_strip_impls[] = {
    {"pad_left", pad_compile, pad_run, NULL},
    {"strip", step_compile_words, strip_run, NULL},
    {"strip_left", step_compile_words, strip_left_run, NULL},
    {"digits", NULL, digits_run, NULL},
    {0},
};
