#include "tests/unit/unit.h"

#include "tests/unit/transform/raw_folder.h"
#include "transform/code_map.h"

#define HEAD  "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
#define MATCH "\tskos:exactMatch\t1-8\tsemapv:ManualMappingCuration\n"

struct bad_file {
    const char *content;
    const char *error;
};

static void a_bad_file_names_its_line(void **state)
{
    static const struct bad_file cases[] = {
        {"", ":0: no header line"},
        {"# only a comment\n", ":1: no header line"},
        {"subject_id\tobject_id\n", ":1: the columns subject_id, predicate_id"},
        {"subject_id\tcode\n", ":1: column 2 is none of SSSOM's"},
        {HEAD "a\tskos:exactMatch\t1-8\n", ":2: not as many columns"},
        {HEAD "\n", ":2: not as many columns"},
        {HEAD "#x\nB" MATCH "A" MATCH, ":2: not as many columns"},
        {HEAD "B" MATCH "A" MATCH, ":3: lines are not sorted"},
        {HEAD "A" MATCH "A" MATCH, ":3: this subject_id stands in the line before"},
        {HEAD "  " MATCH, ":2: subject_id is blank"},
        {HEAD "A\tskos:sameAs\t1-8\tx\n", ":2: predicate_id is no skos: match"},
        {HEAD "A\tskos:exactMatch\t1-8\t\n", ":2: mapping_justification is blank"},
        {"confidence\t" HEAD "1.01\tA" MATCH, ":2: confidence is no number from 0 to 1"},
        {"confidence\t" HEAD "high\tA" MATCH, ":2: confidence is no number from 0 to 1"},
        {HEAD "A\xFF" MATCH, ": not UTF-8"},
        {"predicate_modifier\t" HEAD "Not\tA" MATCH, ":2: a negated row"},
        {"subject_id\t" HEAD, ":1: column 2 is named like one before it"},
    };
    struct raw_folder folder;

    (void)state;
    raw_folder_make(&folder);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct error err = {0};
        struct code_map map;
        char *path = path_join(folder.path, "bad.tsv");
        raw_folder_file(&folder, "bad.tsv", cases[i].content);
        assert_false(code_map_load(&map, path, "object_id", &err));
        assert_int_equal(err.code, ERROR_CONFIG);
        if (strstr(err.message, cases[i].error) == NULL) {
            print_error("'%s' does not hold '%s'\n", err.message, cases[i].error);
        }
        assert_non_null(strstr(err.message, cases[i].error));
        free(path);
    }
    raw_folder_remove(&folder);
}

static void line_ends_and_spaces_around_cells_do_not_matter(void **state)
{
    struct raw_folder folder;
    struct error err = {0};
    struct code_map map;
    struct text target;
    char *path;

    (void)state;
    raw_folder_make(&folder);
    path = path_join(folder.path, "ok.tsv");
    raw_folder_file(&folder, "ok.tsv",
                    "subject_id\tpredicate_id\tobject_id\tmapping_justification\r\n"
                    " A \tskos:broadMatch\t 1-8 \tx\r\n"
                    "B C\tskos:exactMatch\t\tx");
    assert_true(code_map_load(&map, path, "object_id", &err));
    assert_int_equal(code_map_find(&map, TEXT_LITERAL("A"), &target), CODE_MAP_PROPOSED);
    assert_text(target, "1-8");
    assert_int_equal(code_map_find(&map, TEXT_LITERAL("B C"), &target), CODE_MAP_NONE);
    assert_int_equal(target.len, 0);
    assert_int_equal(code_map_find(&map, TEXT_LITERAL("C"), &target), CODE_MAP_UNKNOWN);
    assert_int_equal(target.len, 0);
    code_map_release(&map);
    free(path);
    raw_folder_remove(&folder);
}

struct approval {
    const char *author;
    const char *reviewer;
    bool is_approved;
};

static void a_row_is_approved_by_a_reviewer_who_is_not_its_author(void **state)
{
    static const struct approval cases[] = {
        {"ada", "ben", true},
        {"ada", "ben|cleo", true},
        {"ada|ben", "cleo", true},
        {"ada", "", false},
        {"", "ben", false},
        {"", "", false},
        {"ada", "ada", false},
        {"ada", "Ada", false},
        {"ada", " ada ", false},
        {"ada", "ben|ada", false},
        {"ada|ben", "ben", false},
        {"ada", " | ", false},
        {"orcid:1", "orcid:2", true},
        {"ada", "adalbert", true},
        {"|ada", "|ben", true},
        {"ada", "a d a", false},
        {"ada", "ada\u200B", false},
        {"ada", "\u00A0Ada", false},
        {"ada", "\u0430da", false},
        {"ada", "\uFF41da", false},
        {"\u00C1d\u00E1m", "a\u0301DAM", false},
        {"ada.l", "Ada L", false},
        {"\u0411\u0435\u043D", "\u0431\u0415\u041D", false},
        {"\u0391\u03BD\u03BD\u03B1", "Anna", false},
        {"\u0411\u0435\u043D", "\u0412\u0435\u043D", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct sssom_row row = {0};
        row.at[SSSOM_author_id] = text_of(cases[i].author);
        row.at[SSSOM_reviewer_id] = text_of(cases[i].reviewer);
        if (sssom_is_approved(&row) != cases[i].is_approved) {
            print_error("author '%s', reviewer '%s'\n", cases[i].author, cases[i].reviewer);
        }
        assert_int_equal(sssom_is_approved(&row), cases[i].is_approved);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_approved_by_a_reviewer_who_is_not_its_author),
        cmocka_unit_test(a_bad_file_names_its_line),
        cmocka_unit_test(line_ends_and_spaces_around_cells_do_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
