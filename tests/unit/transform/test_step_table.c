#include "tests/unit/transform/step_trial.h"

#include "tests/unit/transform/raw_folder.h"

static struct raw_folder folder;

static int set_up(void **state)
{
    (void)state;
    raw_folder_make(&folder);
    trial.env.folder = folder.path;
    trial.env.raw_folder = folder.path;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    raw_folder_remove(&folder);
    return 0;
}

static void every_example_of_the_table_is_true(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < step_count; i++) {
        const struct step_spec *spec = &step_table[i];
        char via[256];
        const char *out;
        snprintf(via, sizeof(via), "%s %s", spec->name, spec->example_args);
        out = trial_run(via, spec->example_in);
        if (strcmp(out, spec->example_out) != 0) {
            print_error("%s: '%s' gives '%s'\n", via, spec->example_in, out);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void names_are_words_and_stand_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < step_count; i++) {
        const char *name = step_table[i].name;
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789"), strlen(name));
        assert_ptr_equal(step_spec_find(text_of(name)), &step_table[i]);
        assert_true(step_table[i].args_max <= MAP_STEP_ARGS_MAX);
        assert_true(step_table[i].in_max <= MAP_FROM_MAX && step_table[i].out <= MAP_TO_MAX);
    }
}

static void a_step_is_found_by_its_exact_name_or_guessed_by_a_near_one(void **state)
{
    (void)state;
    assert_null(step_spec_find(TEXT_LITERAL("Trim")));
    assert_string_equal(step_nearest(TEXT_LITERAL("daet")), "date");
    assert_string_equal(step_nearest(TEXT_LITERAL("partialdate")), "partial_date");
    assert_null(step_nearest(TEXT_LITERAL("xyzzy")));
}

static void a_refused_or_missing_value_is_left_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < step_count; i++) {
        const struct step_spec *spec = &step_table[i];
        struct cell cells[MAP_FROM_MAX] = {0};
        const char *bad = "earlier.rule";
        const char *flag = NULL;
        struct step_frame frame = {
            .nvalues = spec->in_min, .nrows = 1, .bad = &bad, .flag = &flag};
        char via[256];
        frame.arena = &trial.arena;
        for (int value = 0; value < MAP_FROM_MAX; value++) {
            frame.values[value] = &cells[value];
        }
        snprintf(via, sizeof(via), "%s %s", spec->name, spec->example_args);
        assert_true(trial_compile(via));
        step_run(&trial.step, &frame);
        assert_string_equal(bad, "earlier.rule");
        assert_null(flag);
        assert_int_equal(frame.nvalues, spec->out == STEP_OUT_SAME ? spec->in_min : spec->out);
        trial_release();
    }
}

static void codes_are_mapped_kept_or_blanked(void **state)
{
    static const struct trial_case cases[] = {
        {"code_map 'lab.tsv'", " CREA ", "2160-0"},
        {"code_map 'lab.tsv'", "K", "2823-3 (code.proposed)"},
        {"code_map 'lab.tsv'", "crea", "NULL (code.unmapped)"},
        {"code_map 'lab.tsv'", "XYZ", "NULL (code.unmapped)"},
        {"code_map 'lab.tsv' 'unmapped=keep'", "XYZ", "XYZ (code.unmapped)"},
        {"code_map 'lab.tsv' 'take=object_label'", "GLU", "Glucose in serum"},
        {"code_map 'lab.tsv'", "NULL", "NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("code_map 'lab.tsv' 'unmapped=drop'", "keep or null");
    trial_refuses_to_compile("code_map 'lab.tsv' 'keep'", "options are");
    trial_refuses_to_compile("code_map 'lab.tsv' 'take=label'", "lab.tsv:2: no column 'label'");
    trial_refuses_to_compile("code_map 'none.tsv'", "none.tsv");
}

static void values_are_looked_up_in_another_table(void **state)
{
    static const struct trial_case cases[] = {
        {"lookup 'DOCTORS' 'DOC_ID' 'NAME'", " D7", "Anna Weber"},
        {"lookup 'DOCTORS' 'DOC_ID' 'NAME'", "D1", "NULL (lookup.missing)"},
        {"lookup 'DOCTORS' 'DOC_ID' 'NAME'", "D8", "-"},
        {"lookup 'DOCTORS' 'DOC_ID' 'NAME'", "D9", "NULL (lookup.ambiguous)"},
        {"lookup 'DOCTORS' 'DOC_ID' 'WARD'", "D9", "W1"},
        {"lookup 'DOCTORS' 'DOC_ID' 'NAME'", "D5", "NULL (lookup.missing)"},
        {"lookup 'DOCTORS' 'DOC_ID' 'NAME'", "", "NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("lookup 'DOCTORS' 'DOC_ID' 'AGE'", "no column AGE");
    trial_refuses_to_compile("lookup 'NURSES' 'ID' 'NAME'", "NURSES");
    trial_refuses_to_compile("lookup '../x' 'ID' 'NAME'", "no '/'");
    trial.env.raw_folder = NULL;
    trial_refuses_to_compile("lookup 'DOCTORS' 'DOC_ID' 'NAME'", "folder of raw tables");
    trial.env.raw_folder = folder.path;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_of_the_table_is_true),
        cmocka_unit_test(names_are_words_and_stand_once),
        cmocka_unit_test(a_step_is_found_by_its_exact_name_or_guessed_by_a_near_one),
        cmocka_unit_test(a_refused_or_missing_value_is_left_alone),
        cmocka_unit_test(codes_are_mapped_kept_or_blanked),
        cmocka_unit_test(values_are_looked_up_in_another_table),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
