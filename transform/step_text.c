/*
 * step_text.c - steps that change the characters of one value and look at nothing else.
 */
#include "transform/step_cell.h"

static const char rule_too_long[] = "text.too_long";

static void trim_cell(const struct step_cell *at)
{
    cell_put(at->cell, text_trim(cell_text(*at->cell)));
}

STEP_RUN_TEXT(trim)

/* Bytes of the white space at `at`, or 0. */
static size_t space_width(const char *at, size_t len)
{
    if (*at == ' ' || (*at >= '\t' && *at <= '\r')) {
        return 1;
    }
    return len > 1 && memcmp(at, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static void collapse_cell(const struct step_cell *at)
{
    struct text in = text_trim(cell_text(*at->cell));
    char *out = arena_bytes(cell_arena(at), in.len);
    size_t used = 0;

    for (size_t i = 0; i < in.len;) {
        size_t space = space_width(in.at + i, in.len - i);
        if (space == 0) {
            out[used++] = in.at[i++];
        } else {
            i += space;
            if (used > 0 && out[used - 1] != ' ') {
                out[used++] = ' ';
            }
        }
    }
    arena_trim(cell_arena(at), in.len - used);
    while (used > 0 && out[used - 1] == ' ') {
        used--;
    }
    cell_put(at->cell, (struct text){out, used});
}

STEP_RUN_TEXT(collapse)

static void nullif_cell(const struct step_cell *at)
{
    if (step_words_hold(at->data, 0, text_trim(cell_text(*at->cell)))) {
        cell_clear(at->cell);
    }
}

STEP_RUN_TEXT(nullif)

static void default_run(const struct step *step, struct step_frame *frame)
{
    const struct step_words *words = step->data;

    for (int value = 0; value < frame->nvalues; value++) {
        for (uint32_t row = 0; row < frame->nrows; row++) {
            struct cell *cell = &frame->values[value][row];
            if (frame->bad[row] == NULL && cell_trimmed(cell).len == 0) {
                cell_put(cell, words->at[0]);
            }
        }
    }
}

static bool replace_compile(struct step *step, const struct step_env *env, struct error *err)
{
    if (step->source->args[0][0] == '\0') {
        return step_error(step, err, "the old text is empty");
    }
    return step_compile_words(step, env, err);
}

static size_t occurrences(struct text in, struct text word)
{
    size_t count = 0;
    const char *at = in.at;
    const char *end = in.at + in.len;

    while ((at = memmem(at, (size_t)(end - at), word.at, word.len)) != NULL) {
        count++;
        at += word.len;
    }
    return count;
}

static void replace_cell(const struct step_cell *at)
{
    const struct step_words *words = at->data;
    struct text in = cell_text(*at->cell);
    struct text old = words->at[0];
    struct text new = words->at[1];
    size_t count = occurrences(in, old);
    size_t len = in.len - count * old.len + count * new.len;
    char *out;
    char *to;

    if (count == 0) {
        return;
    }
    if (len > ROW_BYTES_MAX) {
        cell_refuse(at, rule_too_long);
        return;
    }
    out = to = arena_bytes(cell_arena(at), len);
    while (count-- > 0) {
        const char *hit = memmem(in.at, in.len, old.at, old.len);
        size_t before = (size_t)(hit - in.at);
        to = mempcpy(to, in.at, before);
        to = mempcpy(to, new.at, new.len);
        in.at += before + old.len;
        in.len -= before + old.len;
    }
    memcpy(to, in.at, in.len);
    cell_put(at->cell, (struct text){out, len});
}

STEP_RUN_TEXT(replace)

static void put_pair(const struct step_cell *at, struct text a, struct text b)
{
    char *out = arena_bytes(cell_arena(at), a.len + b.len);

    memcpy(mempcpy(out, a.at, a.len), b.at, b.len);
    cell_put(at->cell, (struct text){out, a.len + b.len});
}

static void prefix_cell(const struct step_cell *at)
{
    const struct step_words *words = at->data;

    if (cell_trimmed(at->cell).len > 0) {
        put_pair(at, words->at[0], cell_text(*at->cell));
    }
}

STEP_RUN_TEXT(prefix)

static void suffix_cell(const struct step_cell *at)
{
    const struct step_words *words = at->data;

    if (cell_trimmed(at->cell).len > 0) {
        put_pair(at, cell_text(*at->cell), words->at[0]);
    }
}

STEP_RUN_TEXT(suffix)

const struct step_impl step_text_impls[] = {
    {"trim", NULL, trim_run, NULL},
    {"collapse_spaces", NULL, collapse_run, NULL},
    {"nullif", step_compile_words, nullif_run, NULL},
    {"default", step_compile_words, default_run, NULL},
    {"replace", replace_compile, replace_run, NULL},
    {"prefix", step_compile_words, prefix_run, NULL},
    {"suffix", step_compile_words, suffix_run, NULL},
    {0},
};
