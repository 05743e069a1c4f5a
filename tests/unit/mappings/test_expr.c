#include "mappings/expr.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* One row: A is "x", B is " 12 ", EMPTY the empty text, NONE no value, GONE absent. */
static const char *const names[] = {"A", "B", "EMPTY", "NONE", "GONE", "odd name"};
static const struct cell cells[] = {
    {"x", 1, CELL_TEXT}, {" 12 ", 4, CELL_TEXT}, {"", 0, CELL_TEXT},
    {"", 0, CELL_NULL},  {"", 0, CELL_ABSENT},   {"it's", 4, CELL_TEXT},
};

static int find(const char *name, void *context)
{
    (void)context;
    for (int i = 0; i < (int)(sizeof(names) / sizeof(names[0])); i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static struct cell cell_of(void *context, int column)
{
    (void)context;
    return cells[column];
}

static void conditions_mean_what_they_say(void **state)
{
    static const struct {
        const char *text;
        bool holds;
    } cases[] = {
        {"A = 'x'", true},
        {"A = 'y'", false},
        {"A != 'y'", true},
        {"B = '12'", true}, /* outer spaces do not count */
        {"B < '2'", true},  /* bytes, not numbers */
        {"B >= '12'", true},
        {"B <= '11'", false},
        {"B > '11'", true},
        {"EMPTY = ''", true},
        {"EMPTY is blank", true},
        {"NONE is blank", true},
        {"GONE is blank", true},
        {"A is blank", false},
        {"A is not blank", true},
        {"NONE = ''", false}, /* no value is unequal to every text */
        {"NONE != ''", true},
        {"NONE < 'z'", false},
        {"GONE != 'x'", true},
        {"A in ('w', 'x')", true},
        {"A in ('w')", false},
        {"A not in ('w', 'y')", true},
        {"NONE in ('')", false},
        {"NONE not in ('x')", true},
        {"A like 'x*'", true},
        {"B like '?2'", true},
        {"A not like 'y*'", true},
        {"NONE like '*'", false},
        {"A = 'x' and B = '12'", true},
        {"A = 'x' and B = '13'", false},
        {"A = 'y' or B = '12'", true},
        {"A = 'y' and B = '12' or B = '12'", true}, /* and binds closer */
        {"A = 'x' or A = 'x' and A = 'y'", true},
        {"(A = 'x' or A = 'x') and A = 'y'", false},
        {"not A = 'y'", true},
        {"not not A = 'y'", false},
        {"not (A = 'x' and B is blank)", true},
        {"\"odd name\" = 'it''s'", true},
        {"never", false},
        {"\n A\t=\n'x' ", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arena arena = {0};
        struct error err = {0};
        const char *unknown = NULL;
        int at = 0;
        struct expr *expr = expr_parse(cases[i].text, &arena, &at, &err);

        if (!expr) {
            fail_msg("%s: %s", cases[i].text, err.message);
        }
        assert_true(expr_bind(expr, find, NULL, &unknown));
        if (expr_eval(expr, cell_of, NULL) != cases[i].holds) {
            fail_msg("%s is not %d", cases[i].text, cases[i].holds);
        }
        arena_release(&arena);
    }
}

static void mistakes_are_found_where_they_are(void **state)
{
    static const struct {
        const char *text;
        int at;
    } cases[] = {
        {"", 0},
        {"A", 1},
        {"A =", 3},
        {"A = x", 4},
        {"A = 'x' and", 11},
        {"A = 'x", 4},
        {"(A = 'x'", 0},
        {"A = 'x')", 7},
        {"A in 'x'", 5},
        {"A in ('x'", 9},
        {"A in ('x',)", 10},
        {"A is empty", 5},
        {"A not = 'x'", 6},
        {"A # 'x'", 2},
        {"and = 'x'", 0},
        {"'x' = A", 0},
        {"A = 'x' AND B = 'y'", 8},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct arena arena = {0};
        struct error err = {0};
        int at = -1;

        assert_null(expr_parse(cases[i].text, &arena, &at, &err));
        assert_int_equal(err.code, ERROR_CONFIG);
        if (at != cases[i].at) {
            fail_msg("'%s': place %d, expected %d", cases[i].text, at, cases[i].at);
        }
        arena_release(&arena);
    }
}

static void an_unknown_column_is_named(void **state)
{
    struct arena arena = {0};
    struct error err = {0};
    const char *unknown = NULL;
    int at;
    struct expr *expr = expr_parse("A = 'x' or Z is blank", &arena, &at, &err);

    (void)state;
    assert_non_null(expr);
    assert_false(expr_bind(expr, find, NULL, &unknown));
    assert_string_equal(unknown, "Z");
    arena_release(&arena);
}

static void count_column(const char *name, void *context)
{
    (void)name;
    ++*(int *)context;
}

static void every_column_is_visited(void **state)
{
    struct arena arena = {0};
    struct error err = {0};
    int at, columns = 0;
    struct expr *expr = expr_parse("A = 'x' or not (B is blank and A in ('a', 'b')) or never",
                                   &arena, &at, &err);

    (void)state;
    assert_non_null(expr);
    expr_each_column(expr, count_column, &columns);
    assert_int_equal(columns, 3);
    arena_release(&arena);
}

static void depth_and_size_have_limits(void **state)
{
    char deep[200];
    char wide[8000] = "A in ('x'";
    struct arena arena = {0};
    struct error err = {0};
    int at;

    (void)state;
    memset(deep, '(', sizeof(deep) - 1);
    deep[sizeof(deep) - 1] = '\0';
    assert_null(expr_parse(deep, &arena, &at, &err));
    assert_non_null(strstr(err.message, "deeper"));

    for (int i = 0; i < 300; i++) {
        size_t len = strlen(wide);
        snprintf(wide + len, sizeof(wide) - len, ", 'x'");
    }
    err = (struct error){0};
    assert_null(expr_parse(wide, &arena, &at, &err));
    assert_non_null(strstr(err.message, "parts"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_mean_what_they_say),
        cmocka_unit_test(mistakes_are_found_where_they_are),
        cmocka_unit_test(an_unknown_column_is_named),
        cmocka_unit_test(every_column_is_visited),
        cmocka_unit_test(depth_and_size_have_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
