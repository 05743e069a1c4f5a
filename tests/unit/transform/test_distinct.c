#include "transform/distinct.h"

#include "tests/unit/unit.h"

enum { ROWS = BATCH_ROWS_MAX };

static struct cell text_cell(const char *text)
{
    return (struct cell){text, (uint32_t)strlen(text), CELL_TEXT};
}

static bool same(struct cell a, struct cell b)
{
    return a.state == b.state && text_equal(cell_text(a), cell_text(b));
}

/* What every consumer relies on, checked against each row's own cell. */
static void assert_fits(const struct distinct *distinct, const struct cell *cells,
                        const char *const *gone, uint32_t nrows)
{
    for (uint32_t row = 0; row < nrows; row++) {
        if (gone[row] == NULL) {
            assert_true(distinct->at[row] < distinct->count);
            assert_true(same(distinct->cells[distinct->at[row]], cells[row]));
        }
    }
}

static void null_absent_and_empty_are_three_values(void **state)
{
    const struct cell cells[] = {{"", 0, CELL_NULL},   {"", 0, CELL_TEXT}, {"", 0, CELL_ABSENT},
                                 {"", 0, CELL_ABSENT}, {"", 0, CELL_NULL}, {"a", 1, CELL_TEXT}};
    const char *gone[6] = {NULL};
    struct distinct distinct;

    (void)state;
    distinct_init(&distinct, 6);
    distinct_find(&distinct, cells, gone, 6);
    assert_int_equal(distinct.count, 4);
    assert_fits(&distinct, cells, gone, 6);
    distinct_release(&distinct);
}

static void a_row_that_is_gone_has_no_value(void **state)
{
    const struct cell cells[] = {text_cell("x"), text_cell("\xFF"), text_cell("x")};
    const char *gone[] = {NULL, "text.encoding", NULL};
    struct distinct distinct;

    (void)state;
    distinct_init(&distinct, 3);
    distinct_find(&distinct, cells, gone, 3);
    assert_int_equal(distinct.count, 1);
    assert_fits(&distinct, cells, gone, 3);
    distinct_release(&distinct);
}

/* Lengths around the borders of how a cell is read, with few letters, so that equal heads, tails
 * and middles are frequent. */
static void values_of_every_length_are_told_apart(void **state)
{
    static char letters[ROWS][40];
    struct cell cells[ROWS];
    const char *gone[ROWS] = {NULL};
    struct distinct distinct;
    unsigned random = 1;

    (void)state;
    distinct_init(&distinct, ROWS);
    for (int turn = 0; turn < 200; turn++) {
        uint32_t different = 0;
        for (uint32_t row = 0; row < ROWS; row++) {
            uint32_t len = (random = random * 1103515245 + 12345) >> 16 & 31;
            for (uint32_t i = 0; i < len; i++) {
                letters[row][i] =
                    (char)('a' + ((random = random * 1103515245 + 12345) >> 24 & 1));
            }
            cells[row] = (struct cell){letters[row], turn % 2 == 0 ? len : len % 5, CELL_TEXT};
        }
        distinct.remaining = 0;
        distinct_find(&distinct, cells, gone, ROWS);
        assert_fits(&distinct, cells, gone, ROWS);
        for (uint32_t i = 0; turn < 4 && i < distinct.count; i++) {
            for (uint32_t j = 0; j < i; j++) {
                different += same(distinct.cells[i], distinct.cells[j]);
            }
        }
        assert_int_equal(different, 0);
    }
    distinct_release(&distinct);
}

static void a_column_of_different_values_is_left_in_peace(void **state)
{
    static char numbers[ROWS][16];
    struct cell cells[ROWS];
    const char *gone[ROWS] = {NULL};
    struct distinct distinct;
    uint32_t searched = 0;

    (void)state;
    distinct_init(&distinct, ROWS);
    for (uint32_t row = 0; row < ROWS; row++) {
        (void)snprintf(numbers[row], sizeof(numbers[row]), "R%06u", row);
        cells[row] = text_cell(numbers[row]);
    }
    for (int batch = 0; batch < 1000; batch++) {
        searched += distinct.remaining == 0;
        distinct_find(&distinct, cells, gone, ROWS);
        assert_fits(&distinct, cells, gone, ROWS);
    }
    assert_in_range(searched, 1, 30);
    for (uint32_t row = 0; row < ROWS; row++) {
        cells[row] = text_cell("same");
    }
    for (int batch = 0; batch < 100; batch++) {
        distinct_find(&distinct, cells, gone, ROWS);
    }
    assert_int_equal(distinct.count, 1); /* it is looked at again */
    distinct_release(&distinct);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_absent_and_empty_are_three_values),
        cmocka_unit_test(a_row_that_is_gone_has_no_value),
        cmocka_unit_test(values_of_every_length_are_told_apart),
        cmocka_unit_test(a_column_of_different_values_is_left_in_peace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
