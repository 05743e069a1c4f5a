#include "core/file.h"
#include "rehearsals/plan.h"
#include "tests/unit/unit.h"

#include <unistd.h>

static char path[] = "/tmp/test_plan_XXXXXX";

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static struct plan *load(const char *text, const char *setting, struct error *err)
{
    const char *const settings[] = {setting};
    assert_true(file_write(path, text_of(text), err));
    return plan_load(path, settings, setting == NULL ? 0 : 1, err);
}

/* The words of step 0 joined by '|'. */
static void assert_words(struct plan *plan, const char *expected)
{
    char *words[PLAN_WORDS_MAX + 1];
    struct error err = {0};
    struct strbuf all;
    strbuf_init(&all, 4096);
    assert_true(plan_step_words(plan, &plan->steps[0], words, &err));
    for (int i = 0; words[i] != NULL; i++) {
        strbuf_addf(&all, "%s%s", i == 0 ? "" : "|", words[i]);
    }
    assert_string_equal(all.at, expected);
    strbuf_release(&all);
}

static void a_plan_is_read_with_its_needs(void **state)
{
    struct error err = {0};
    (void)state;
    struct plan *plan = load("plan: p\n"
                             "about: why\n"
                             "steps:\n"
                             "  load: {needs: [extract], run: hms load, allow: [0, 1]}\n"
                             "  extract: {run: hms extract}\n",
                             NULL, &err);
    assert_non_null(plan);
    assert_string_equal(plan->name, "p");
    assert_int_equal(plan->nsteps, 2);
    assert_string_equal(plan->steps[0].id, "load");
    assert_int_equal(plan->steps[0].nneeds, 1);
    assert_int_equal(plan->steps[0].needs[0], 1);
    assert_true(plan_step_allows(&plan->steps[0], 1));
    assert_false(plan_step_allows(&plan->steps[0], 2));
    assert_true(plan_step_allows(&plan->steps[1], 0));
    assert_false(plan_step_allows(&plan->steps[1], 1));
    plan_free(plan);
}

static void words_are_split_as_a_shell_would(void **state)
{
    static const struct {
        const char *run;
        const char *words;
    } cases[] = {
        {"a b  c", "a|b|c"},
        {"'a b' \"c d\"", "a b|c d"},
        {"a'b'c", "abc"},
        {"a\\ b", "a b"},
        {"''", ""},
        {"${dir}/x y", "/one two/x|y"},
        {"\"${dir}\"", "/one two"},
        {"'${dir}'", "${dir}"},
        {"$HOME", "$HOME"},
        {"'a | b' \\>", "a | b|>"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error err = {0};
        char *text = xasprintf("plan: p\n"
                               "variables: {dir: \"/one two\"}\n"
                               "steps:\n"
                               "  a:\n"
                               "    run: >-\n"
                               "      %s\n",
                               cases[i].run);
        struct plan *plan = load(text, NULL, &err);
        if (plan == NULL) {
            fail_msg("%s: %s", cases[i].run, err.message);
        }
        assert_words(plan, cases[i].words);
        plan_free(plan);
        free(text);
    }
}

static const char with_variables[] = "plan: p\n"
                                     "variables:\n"
                                     "  root: {default: top, about: where}\n"
                                     "  maps: ${root}/maps\n"
                                     "steps:\n"
                                     "  a: {run: \"x ${maps} ${work}/y ${number}\"}\n";

static void variables_have_defaults_that_use_earlier_ones(void **state)
{
    struct error err = {0};
    (void)state;
    struct plan *plan = load(with_variables, NULL, &err);
    assert_non_null(plan);
    plan_set(plan, "work", "W");
    plan_set(plan, "number", "7");
    assert_words(plan, "x|top/maps|W/y|7");
    plan_free(plan);
}

static void a_setting_replaces_a_default(void **state)
{
    struct error err = {0};
    (void)state;
    struct plan *plan = load(with_variables, "maps=else where", &err);
    assert_non_null(plan);
    assert_words(plan, "x|else where|/y|");
    plan_free(plan);
}

static void a_setting_of_no_variable_is_a_usage_error(void **state)
{
    static const char *const wrong[] = {"map=x", "work=x", "maps", ""};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct error err = {0};
        assert_null(load(with_variables, wrong[i], &err));
        assert_int_equal(err.code, ERROR_USAGE);
    }
}

static void mistakes_are_refused_with_their_place(void **state)
{
    static const struct {
        const char *text;
        const char *place; /* line and column, then a word of the message */
        const char *word;
    } cases[] = {
        {"plan: p\nsteps:\n  a: {run: x, needs: [b]}\n", ":3:23: ", "unknown step 'b'"},
        {"plan: p\nsteps:\n  a: {run: \"x ${y}\"}\n", ":3:", "unknown variable 'y'"},
        {"plan: p\nsteps:\n  a: {run: x, needs: [b]}\n  b: {run: x, needs: [a]}\n",
         ":4:", "which needs 'b' in the end"},
        {"plan: p\nsteps:\n  a: {run: x, needs: [a]}\n", ":3:", "needs 'a'"},
        {"plan: p\nsteps:\n  a: {run: x | y}\n", ":3:14: ", "no shell"},
        {"plan: p\nsteps:\n  a: {run: \"x 'y\"}\n", ":3:", "never closed"},
        {"plan: p\nsteps:\n  a: {runs: x}\n", ":3:", "runs"},
        {"plan: p\nsteps:\n  a: {needs: []}\n", ":3:", "has no 'run'"},
        {"plan: p\nsteps:\n  A b: {run: x}\n", ":3:", "id"},
        {"plan: p\nsteps:\n  a: {run: x, allow: [256]}\n", ":3:", "exit status"},
        {"plan: p\nvariables: {work: x}\nsteps:\n  a: {run: x}\n", ":2:", "given by"},
        {"plan: p\nvariables: {v: {about: x}}\nsteps:\n  a: {run: x}\n", ":2:", "no default"},
        {"plan: p\ninputs: [\"${z}/*\"]\nsteps:\n  a: {run: x}\n", ":2:", "unknown variable"},
        {"plan: p\nstep: {}\n", ":2:", "step"},
        {"steps:\n  a: {run: x}\n", ":1:", "name"},
        {"plan: p\n", ":1:", "steps"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error err = {0};
        if (load(cases[i].text, NULL, &err) != NULL) {
            fail_msg("case %zu was accepted", i);
        }
        assert_int_equal(err.code, ERROR_CONFIG);
        if (strstr(err.message, cases[i].place) == NULL ||
            strstr(err.message, cases[i].word) == NULL) {
            fail_msg("case %zu: %s", i, err.message);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_is_read_with_its_needs),
        cmocka_unit_test(words_are_split_as_a_shell_would),
        cmocka_unit_test(variables_have_defaults_that_use_earlier_ones),
        cmocka_unit_test(a_setting_replaces_a_default),
        cmocka_unit_test(a_setting_of_no_variable_is_a_usage_error),
        cmocka_unit_test(mistakes_are_refused_with_their_place),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
