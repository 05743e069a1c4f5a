/*
 * step_trial.h - one step on one row of values, in words.
 *
 * Written   via "split ',' 2" as in a map; values separated by " ; ", NULL is NULL.
 * Result    the values that come out, written the same way; "refused RULE" when the row is
 *           refused; " (RULE)" behind the values when it is flagged.
 * Surroundings  those of the examples in mappings/step_table.h.
 */
#ifndef HMS_TESTS_STEP_TRIAL_H
#define HMS_TESTS_STEP_TRIAL_H

#include "tests/unit/unit.h"
#include "transform/step.h"

enum { TRIAL_TODAY = 20468 /* 2026-01-15 */, TRIAL_BYTES = 1 << 16 };

struct trial {
    struct step_env env;
    struct yaml *yaml;
    struct map map;
    struct map_step source;
    struct step step;
    struct error err;
    char *words;
    char out[TRIAL_BYTES];
    struct arena arena;
};

static struct trial trial = {.env = {.organisation = "alpha",
                                     .system = "north",
                                     .zone = "Africa/Nairobi",
                                     .folder = ".",
                                     .today = TRIAL_TODAY}};

/* Splits via into the step's name and arguments; quotes as in the language of maps. */
static void trial_parse(const char *via)
{
    char *to = xmalloc(strlen(via) + 1);
    const char *name = NULL;

    trial.words = to;
    trial.source = (struct map_step){0};
    while (*via != '\0') {
        const char *word = to;
        if (*via == ' ') {
            via++;
            continue;
        }
        if (*via == '\'') {
            for (via++; *via != '\'' || via[1] == '\''; *to++ = *via++) {
                via += *via == '\'';
            }
            via++;
        } else {
            while (*via != ' ' && *via != '\0') {
                *to++ = *via++;
            }
        }
        *to++ = '\0';
        if (name == NULL) {
            name = word;
        } else {
            trial.source.args[trial.source.nargs++] = word;
        }
    }
    trial.source.spec = step_spec_find(text_of(name));
    assert_non_null(trial.source.spec);
}

static bool trial_compile(const char *via)
{
    trial_parse(via);
    trial.err = (struct error){0};
    trial.yaml = yaml_parse("trial.yml", TEXT_LITERAL("via: step"), &trial.err);
    assert_non_null(trial.yaml);
    trial.map = (struct map){.name = "north/trial", .yaml = trial.yaml};
    trial.source.node = yaml_get(yaml_root(trial.yaml), "via");
    trial.source.width = 4;
    return step_compile(&trial.step, &trial.map, &trial.source, &trial.env, &trial.err);
}

static void trial_release(void)
{
    step_release(&trial.step);
    yaml_free(trial.yaml);
    free(trial.words);
    arena_release(&trial.arena);
}

/* Values of one row, each in memory of exactly its size so that a read past the end is seen. */
static int trial_cells(const char *in, struct cell *cells, char **owned)
{
    int count = 0;

    while (in != NULL) {
        const char *end = strstr(in, " ; ");
        size_t len = end == NULL ? strlen(in) : (size_t)(end - in);
        owned[count] = malloc(len == 0 ? 1 : len);
        memcpy(owned[count], in, len);
        cells[count] = (struct cell){owned[count], (uint32_t)len, CELL_TEXT};
        if (text_is((struct text){in, len}, "NULL")) {
            cells[count] = (struct cell){NULL, 0, CELL_NULL};
        }
        count++;
        in = end == NULL ? NULL : end + 3;
    }
    return count;
}

static void trial_write(const struct step_frame *frame, const char *bad, const char *flag)
{
    size_t used = 0;

    if (bad != NULL) {
        snprintf(trial.out, sizeof(trial.out), "refused %s", bad);
        return;
    }
    for (int i = 0; i < frame->nvalues; i++) {
        struct cell cell = frame->values[i][0];
        struct text text = cell.state == CELL_TEXT ? cell_text(cell) : TEXT_LITERAL("NULL");
        used += (size_t)snprintf(trial.out + used, sizeof(trial.out) - used, "%s%.*s",
                                 i == 0 ? "" : " ; ", (int)text.len, text.at);
    }
    if (flag != NULL) {
        snprintf(trial.out + used, sizeof(trial.out) - used, " (%s)", flag);
    }
}

/* What comes out; lives until the next trial. */
static const char *trial_run(const char *via, const char *in)
{
    struct cell cells[MAP_FROM_MAX] = {0};
    char *owned[MAP_FROM_MAX] = {0};
    const char *bad = NULL;
    const char *flag = NULL;
    struct step_frame frame = {.nrows = 1, .bad = &bad, .flag = &flag, .arena = &trial.arena};

    if (!trial_compile(via)) {
        snprintf(trial.out, sizeof(trial.out), "does not compile: %s", trial.err.message);
    } else {
        frame.nvalues = trial.source.spec->in_max == 0 ? 0 : trial_cells(in, cells, owned);
        for (int i = 0; i < MAP_FROM_MAX; i++) {
            frame.values[i] = &cells[i];
        }
        step_run(&trial.step, &frame);
        trial_write(&frame, bad, flag);
    }
    trial_release();
    for (int i = 0; i < MAP_FROM_MAX; i++) {
        free(owned[i]);
    }
    return trial.out;
}

struct trial_case {
    const char *via;
    const char *in;
    const char *out;
};

static inline void trial_all(const struct trial_case *cases, size_t count)
{
    int wrong = 0;

    for (size_t i = 0; i < count; i++) {
        const char *out = trial_run(cases[i].via, cases[i].in);
        if (strcmp(out, cases[i].out) != 0) {
            print_error("%s: '%s' gives '%s', not '%s'\n", cases[i].via, cases[i].in, out,
                        cases[i].out);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define TRIAL_ALL(cases) trial_all(cases, COUNT_OF(cases))

/* The error names the step and says `what`. */
static inline void trial_refuses_to_compile(const char *via, const char *what)
{
    bool ok = trial_compile(via);

    if (ok || strstr(trial.err.message, what) == NULL) {
        print_error("%s: '%s' does not hold '%s'\n", via, trial.err.message, what);
    }
    assert_false(ok);
    assert_non_null(strstr(trial.err.message, what));
    trial_release();
}

#endif
