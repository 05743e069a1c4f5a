/* test_golden.c - which value survives, what is a conflict, and the file of rules. */
#include "tests/unit/unit.h"

#include "transform/people/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *trusted[] = {(char[]){"best"}, (char[]){"good"}};

/* Candidates sorted by field and value, as golden_read() gives them. */
static struct golden golden_of(struct golden_candidate *candidates, size_t n,
                               enum golden_rule rule)
{
    struct golden golden = {.candidates = candidates, .ncandidates = n};
    struct golden_rules rules = {.trust = trusted, .ntrust = 2};

    for (int field = 0; field < GOLDEN_NFIELDS; field++) {
        rules.of_field[field] = rule;
    }
    for (size_t i = 0; i < n; i++) {
        candidates[i].row = candidates[i].registration;
        candidates[i].at = candidates[i].at == NULL ? "" : candidates[i].at;
        candidates[i].source_system =
            candidates[i].source_system == NULL ? "other" : candidates[i].source_system;
    }
    golden_compute(&golden, &rules);
    return golden;
}

static void assert_survives(struct golden_candidate *candidates, size_t n,
                            enum golden_rule rule, const char *value)
{
    struct golden golden = golden_of(candidates, n, rule);

    assert_true(golden.nvalues > 0);
    assert_int_equal(golden.values[0].role, ROLE_SURVIVES);
    assert_string_equal(golden.values[0].from->value, value);
    free(golden.values);
}

static void every_rule_takes_its_value(void **state)
{
    struct golden_candidate all[] = {
        {.field = "occupation", .value = "a", .registration = "1", .at = "2020", .parts = 1},
        {.field = "occupation", .value = "a", .registration = "2", .at = "2021", .parts = 1},
        {.field = "occupation",
         .value = "b",
         .registration = "3",
         .at = "2023",
         .parts = 1,
         .source_system = "good"},
        {.field = "occupation",
         .value = "ccc",
         .registration = "4",
         .at = "2019",
         .parts = 3,
         .source_system = "best"},
    };

    (void)state;
    assert_survives(all, 4, RULE_MOST_FREQUENT, "a");
    assert_survives(all, 4, RULE_MOST_RECENT, "b");
    assert_survives(all, 4, RULE_MOST_COMPLETE, "ccc");
    assert_survives(all, 4, RULE_MOST_TRUSTED, "ccc");
    all[0].choice = 4;
    all[2].choice = 5;
    assert_survives(all, 4, RULE_MOST_COMPLETE, "b");
}

static void ties_are_broken_the_same_way_always(void **state)
{
    struct golden_candidate all[] = {
        {.field = "religion", .value = "x", .registration = "2"},
        {.field = "religion", .value = "y", .registration = "1"},
    };

    (void)state;
    assert_survives(all, 2, RULE_MOST_FREQUENT, "y"); /* the lowest id */
    all[0].leads = true;
    assert_survives(all, 2, RULE_MOST_FREQUENT, "x"); /* the leading one */
    all[1].at = "2020";
    assert_survives(all, 2, RULE_MOST_FREQUENT, "y"); /* the most recent */
}

static void the_most_restrictive_confidentiality_survives(void **state)
{
    struct golden_candidate all[] = {
        {.field = "confidentiality", .value = "N", .registration = "1", .at = "2025"},
        {.field = "confidentiality", .value = "R", .registration = "2"},
        {.field = "confidentiality", .value = "U", .registration = "3"},
    };

    (void)state;
    assert_survives(all, 3, RULE_MOST_RESTRICTIVE, "R");
}

static void what_contradicts_is_shown(void **state)
{
    static const struct {
        const char *field, *a, *b;
        bool is_conflict;
    } cases[] = {
        {"birth_date", "1980", "1980-02-01", false},
        {"birth_date", "1980-02", "1980-02-01", false},
        {"birth_date", "1980-02", "1980-03-01", true},
        {"birth_date", "1980-02-01", "1980-02-02", true},
        {"sex", "female", "male", true},
        {"blood_group", "A+", "A-", true},
        {"deceased", "false", "true", true},
        {"occupation", "baker", "butcher", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct golden_candidate all[] = {
            {.field = cases[i].field, .value = cases[i].a, .registration = "1"},
            {.field = cases[i].field, .value = cases[i].b, .registration = "2"},
        };
        struct golden golden = golden_of(all, 2, RULE_MOST_RECENT);
        assert_int_equal(golden.values[0].is_conflict, cases[i].is_conflict);
        assert_int_equal(golden.nvalues, cases[i].is_conflict ? 2 : 1);
        assert_int_equal(golden.values[0].agreeing, 1);
        assert_int_equal(golden.values[0].differing, 1);
        if (cases[i].is_conflict) {
            assert_int_equal(golden.values[1].role, ROLE_CONTRADICTS);
        }
        free(golden.values);
    }
}

static void lists_are_united_and_nothing_is_dropped(void **state)
{
    struct golden_candidate all[] = {
        {.field = "allergy", .value = "latex", .registration = "1", .united = true},
        {.field = "allergy", .value = "nuts", .registration = "1", .united = true, .parts = 1},
        {.field = "allergy", .value = "nuts", .registration = "2", .united = true, .parts = 1},
        {.field = "no_allergy", .value = "", .registration = "3", .united = true, .parts = 1},
        {.field = "telecom", .value = "phone 1", .registration = "1", .united = true},
    };
    struct golden golden = golden_of(all, 5, RULE_MOST_RECENT);
    static const bool conflicts[] = {false, true, true, false};

    (void)state;
    assert_int_equal(golden.nvalues, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(golden.values[i].role, ROLE_UNITED);
        assert_int_equal(golden.values[i].is_conflict, conflicts[i]);
    }
    assert_int_equal(golden.values[1].agreeing, 2);
    free(golden.values);
}

static void a_person_without_values_is_no_trouble(void **state)
{
    struct golden golden = golden_of(NULL, 0, RULE_MOST_RECENT);

    (void)state;
    assert_int_equal(golden.nvalues, 0);
    free(golden.values);
}

/* ---- the file of rules ---- */

static void the_shipped_rules_are_whole(void **state)
{
    struct golden_rules rules;
    struct error err = {0};

    (void)state;
    assert_true(golden_rules_load(&rules, "mappings/golden.yml", &err));
    assert_int_equal(rules.of_field[FIELD_confidentiality], RULE_MOST_RESTRICTIVE);
    assert_int_equal(rules.of_field[FIELD_birth_date], RULE_MOST_COMPLETE);
    assert_int_equal(golden_rules_trust(&rules, "x"), 0);
    golden_rules_release(&rules);
}

static void a_wrong_file_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *content, *says;
    } cases[] = {
        {"golden: x\n", "'fields' gives each field its rule"},
        {"- x\n", "survivor rules are a map"},
        {"golden: x\nfields: {sex: most_recent}\n", "field 'preferred_name' has no rule"},
        {"golden: x\nfields: {shoe: most_recent}\n", "'shoe' is not a field"},
        {"golden: x\nfields: {sex: best}\n", "'best' is not a survivor rule"},
        {"golden: x\nfields: {sex: chosen}\n", "'chosen' is not a survivor rule"},
        {"golden: x\nfields: {sex: most_restrictive}\n", "is for confidentiality only"},
        {"golden: x\ntrust: y\nfields: {sex: most_recent}\n", "trust is a list"},
        {"golden: x\ntrust: [a, a]\nfields: {sex: most_recent}\n", "and each once"},
        {"golden: x\nextra: y\n", "extra"},
    };
    char path[] = "/tmp/hms-golden.XXXXXX";
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        FILE *file = fopen(path, "w");
        struct golden_rules rules;
        struct error err = {0};
        fputs(cases[i].content, file);
        fclose(file);
        assert_false(golden_rules_load(&rules, path, &err));
        assert_int_equal(err.code, ERROR_CONFIG);
        assert_non_null(strstr(err.message, cases[i].says));
    }
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_takes_its_value),
        cmocka_unit_test(ties_are_broken_the_same_way_always),
        cmocka_unit_test(the_most_restrictive_confidentiality_survives),
        cmocka_unit_test(what_contradicts_is_shown),
        cmocka_unit_test(lists_are_united_and_nothing_is_dropped),
        cmocka_unit_test(a_person_without_values_is_no_trouble),
        cmocka_unit_test(the_shipped_rules_are_whole),
        cmocka_unit_test(a_wrong_file_is_refused_with_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
