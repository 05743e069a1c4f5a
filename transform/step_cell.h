/*
 * step_cell.h - how the steps read and write the cells of a frame; for the step_*.c files only.
 *
 * Rules     a row that is already bad is left alone; NULL and ABSENT stay what they are unless
 *           the step says otherwise; a value that comes out blank comes out as NULL.
 * Lifetime  text given to cell_put() lives in the frame's arena, in the step's own data, or is
 *           part of the cell's old text.
 */
#ifndef HMS_TRANSFORM_STEP_CELL_H
#define HMS_TRANSFORM_STEP_CELL_H

#include "transform/step.h"

/* The arguments of a step with their lengths; the data of steps that need no more. */
struct step_words {
    int count;
    struct text at[MAP_STEP_ARGS_MAX];
};

bool step_compile_words(struct step *step, const struct step_env *env, struct error *err);
/* Argument `n` as a whole number; an error at the step's place when it is none in min..max. */
bool step_arg_number(const struct step *step, int n, int min, int max, int *number,
                     struct error *err) MUST_CHECK;
/* What stands behind "name=" in one of the arguments, or NULL. */
const char *step_arg_option(const struct step *step, const char *name);
bool step_words_hold(const struct step_words *words, int from, struct text word);

static inline void cell_put(struct cell *cell, struct text text)
{
    *cell = text.len == 0 ? (struct cell){"", 0, CELL_NULL}
                          : (struct cell){text.at, (uint32_t)text.len, CELL_TEXT};
}

static inline void cell_clear(struct cell *cell)
{
    *cell = (struct cell){"", 0, CELL_NULL};
}

/* Outer spaces off; empty for NULL and ABSENT. */
static inline struct text cell_trimmed(const struct cell *cell)
{
    return cell->state == CELL_TEXT ? text_trim(cell_text(*cell)) : (struct text){"", 0};
}

/* One value of one row, as a step sees it. */
struct step_cell {
    const void *data; /* of the step */
    struct step_frame *frame;
    uint32_t row;
    struct cell *cell;
};

static inline struct arena *cell_arena(const struct step_cell *at)
{
    return at->frame->arena;
}

/* Value `n` of the same row. */
static inline struct cell *cell_sibling(const struct step_cell *at, int n)
{
    return &at->frame->values[n][at->row];
}

static inline void cell_refuse(const struct step_cell *at, const char *rule)
{
    at->frame->bad[at->row] = rule;
}

/* The first flag of a row stays. */
static inline void cell_flag(const struct step_cell *at, const char *rule)
{
    if (at->frame->flag[at->row] == NULL) {
        at->frame->flag[at->row] = rule;
    }
}

/* Calls `change` for each value that is TEXT; inline, so that the call is none. */
static inline void frame_each_text(const struct step *step, struct step_frame *frame,
                                   void (*change)(const struct step_cell *at))
{
    for (int value = 0; value < frame->nvalues; value++) {
        struct cell *cells = frame->values[value];
        for (uint32_t row = 0; row < frame->nrows; row++) {
            struct step_cell at = {step->data, frame, row, &cells[row]};
            if (frame->bad[row] == NULL && cells[row].state == CELL_TEXT) {
                change(&at);
            }
        }
    }
}

/* The same with the text trimmed first, for steps that read a word, a number or a date; what
 * is blank becomes NULL. */
static inline void frame_each_word(const struct step *step, struct step_frame *frame,
                                   void (*change)(const struct step_cell *at))
{
    for (int value = 0; value < frame->nvalues; value++) {
        struct cell *cells = frame->values[value];
        for (uint32_t row = 0; row < frame->nrows; row++) {
            struct step_cell at = {step->data, frame, row, &cells[row]};
            if (frame->bad[row] == NULL && cells[row].state == CELL_TEXT) {
                cell_put(&cells[row], text_trim(cell_text(cells[row])));
                if (cells[row].state == CELL_TEXT) {
                    change(&at);
                }
            }
        }
    }
}

/* Calls `change` once a row, at its first value, for steps that read or write several; then
 * there are `out` values. */
static inline void frame_each_row(const struct step *step, struct step_frame *frame, int out,
                                  void (*change)(const struct step_cell *at))
{
    for (uint32_t row = 0; row < frame->nrows; row++) {
        struct step_cell at = {step->data, frame, row, &frame->values[0][row]};
        if (frame->bad[row] == NULL) {
            change(&at);
        }
    }
    frame->nvalues = out;
}

/* static void NAME_run(): the run function of a step whose work on one value is NAME_cell(). */
#define STEP_RUN_TEXT(name)                                                                    \
    static void name##_run(const struct step *step, struct step_frame *frame)                  \
    {                                                                                          \
        frame_each_text(step, frame, name##_cell);                                             \
    }
#define STEP_RUN_WORD(name)                                                                    \
    static void name##_run(const struct step *step, struct step_frame *frame)                  \
    {                                                                                          \
        frame_each_word(step, frame, name##_cell);                                             \
    }
#define STEP_RUN_ROW(name, out)                                                                \
    static void name##_run(const struct step *step, struct step_frame *frame)                  \
    {                                                                                          \
        frame_each_row(step, frame, out, name##_row);                                          \
    }

#endif
