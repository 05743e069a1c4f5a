/*
 * step_noise.h - any bytes through any step: nothing is read past its end, and every rule that
 * refuses or flags stands in the step's row of the table.
 *
 * Input     byte 0 chooses the step; the rest is cut at 0xFE bytes into values, 0xFF alone is
 *           NULL, and the values are dealt to the rows and columns of a frame.
 */
#ifndef HMS_TESTS_STEP_NOISE_H
#define HMS_TESTS_STEP_NOISE_H

#include "tests/unit/transform/step_trial.h"

#include "tests/unit/transform/raw_folder.h"

enum { NOISE_ROWS = 4, NOISE_STEPS_MAX = 256 };

struct noise {
    struct cell cells[MAP_FROM_MAX][NOISE_ROWS];
    char *owned[MAP_FROM_MAX * NOISE_ROWS];
    int count;
};

/* Each value in memory of exactly its size. */
static inline void noise_deal(struct noise *noise, const uint8_t *bytes, size_t len)
{
    while (len > 0 && noise->count < MAP_FROM_MAX * NOISE_ROWS) {
        const uint8_t *cut = memchr(bytes, 0xFE, len);
        size_t width = cut == NULL ? len : (size_t)(cut - bytes);
        struct cell *cell =
            &noise->cells[noise->count % MAP_FROM_MAX][noise->count / MAP_FROM_MAX];
        char *copy = malloc(width == 0 ? 1 : width);
        memcpy(copy, bytes, width);
        *cell = (struct cell){copy, (uint32_t)width, CELL_TEXT};
        if (width == 1 && bytes[0] == 0xFF) {
            *cell = (struct cell){NULL, 0, CELL_NULL};
        }
        noise->owned[noise->count++] = copy;
        bytes += width + (cut != NULL);
        len -= width + (cut != NULL);
    }
}

static inline void noise_check_rule(const struct step_spec *spec, const char *rule)
{
    const char *found = rule == NULL ? spec->rule : strstr(spec->rule, rule);

    if (found == NULL) {
        fprintf(stderr, "step '%s' uses rule '%s', which its row does not list\n", spec->name,
                rule);
        abort();
    }
}

static inline void noise_check(const struct step_frame *frame, const struct step_spec *spec)
{
    volatile unsigned char sum = 0;

    for (uint32_t row = 0; row < frame->nrows; row++) {
        noise_check_rule(spec, frame->bad[row]);
        noise_check_rule(spec, frame->flag[row]);
        for (int value = 0; value < frame->nvalues && frame->bad[row] == NULL; value++) {
            const struct cell *cell = &frame->values[value][row];
            for (uint32_t i = 0; cell->state == CELL_TEXT && i < cell->len; i++) {
                sum = (unsigned char)(sum + (unsigned char)cell->at[i]);
            }
        }
    }
}

/* The steps, compiled once with the arguments of their examples. */
struct noise_step {
    struct step step;
    char *words;
    struct yaml *yaml;
};

static struct noise_step noise_steps[NOISE_STEPS_MAX];

static inline const struct step *noise_step(size_t number)
{
    struct noise_step *noise = &noise_steps[number];
    struct raw_folder folder;
    char via[256];

    if (noise->step.impl == NULL) {
        raw_folder_make(&folder);
        trial.env.folder = trial.env.raw_folder = folder.path;
        snprintf(via, sizeof(via), "%s %s", step_table[number].name,
                 step_table[number].example_args);
        assert_true(trial_compile(via));
        raw_folder_remove(&folder);
        *noise = (struct noise_step){trial.step, trial.words, trial.yaml};
    }
    return &noise->step;
}

static inline void noise_release(void)
{
    for (size_t i = 0; i < step_count; i++) {
        step_release(&noise_steps[i].step);
        free(noise_steps[i].words);
        yaml_free(noise_steps[i].yaml);
    }
}

static inline void step_noise(const uint8_t *bytes, size_t len)
{
    size_t number = len == 0 ? 0 : bytes[0] % step_count;
    const struct step_spec *spec = &step_table[number];
    struct noise noise = {.count = 0};
    struct arena arena = {0};
    const char *bad[NOISE_ROWS] = {NULL};
    const char *flag[NOISE_ROWS] = {NULL};
    struct step_frame frame = {.nrows = NOISE_ROWS, .bad = bad, .flag = flag, .arena = &arena};

    if (len == 0) {
        return;
    }
    noise_deal(&noise, bytes + 1, len - 1);
    for (int value = 0; value < MAP_FROM_MAX; value++) {
        frame.values[value] = noise.cells[value];
    }
    frame.nvalues = spec->in_max;
    step_run(noise_step(number), &frame);
    noise_check(&frame, spec);
    for (int i = 0; i < noise.count; i++) {
        free(noise.owned[i]);
    }
    arena_release(&arena);
}

#endif
