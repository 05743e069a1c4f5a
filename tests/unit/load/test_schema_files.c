#include "tests/unit/unit.h"

#include "core/text.h"
#include "load/schema_files.h"

static size_t count_lines(const char *const *lines)
{
    size_t n = 0;

    while (lines[n] != NULL) {
        n++;
    }
    return n;
}

static void steps_come_in_the_order_of_their_numbers(void **state)
{
    (void)state;
    assert_true(schema_step_count > 0);
    assert_string_equal(schema_steps[0].name, "001_store");
    for (size_t i = 1; i < schema_step_count; i++) {
        assert_true(strncmp(schema_steps[i - 1].name, schema_steps[i].name, 3) < 0);
    }
}

static void each_step_can_be_deployed_verified_and_reverted(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema_step_count; i++) {
        assert_true(count_lines(schema_steps[i].deploy) > 0);
        assert_true(count_lines(schema_steps[i].verify) > 0);
        assert_true(count_lines(schema_steps[i].revert) > 0);
    }
}

/* The program holds the files to the byte: quotes, backslashes and empty lines included. */
static void the_program_holds_the_files_as_they_are(void **state)
{
    static const char *const names[] = {"deploy", "verify", "revert"};

    (void)state;
    for (size_t i = 0; i < schema_step_count; i++) {
        const char *const *const lists[] = {schema_steps[i].deploy, schema_steps[i].verify,
                                            schema_steps[i].revert};
        for (size_t n = 0; n < COUNT_OF(names); n++) {
            char *path = xasprintf("load/schema/%s/%s.sql", schema_steps[i].name, names[n]);
            FILE *file = fopen(path, "r");
            char line[4096];
            size_t at = 0;
            assert_non_null(file);
            while (fgets(line, sizeof(line), file) != NULL) {
                line[strcspn(line, "\n")] = '\0';
                assert_non_null(lists[n][at]);
                assert_string_equal(line, lists[n][at++]);
            }
            assert_null(lists[n][at]);
            fclose(file);
            free(path);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_come_in_the_order_of_their_numbers),
        cmocka_unit_test(each_step_can_be_deployed_verified_and_reverted),
        cmocka_unit_test(the_program_holds_the_files_as_they_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
