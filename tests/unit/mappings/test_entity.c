#include "mappings/entity.h"
#include "mappings/nearest.h"
#include "mappings/step_table.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void every_entity_starts_with_the_fixed_columns(void **state)
{
    static const char *const fixed[] = {"id", "org_id", "source_system", "source_key",
                                        "row_hash"};

    (void)state;
    assert_true(entity_count > 30);
    for (size_t e = 0; e < entity_count; e++) {
        const struct entity *entity = &entity_table[e];

        assert_true(entity->ncols > ENTITY_FIXED_COLUMNS &&
                    entity->ncols <= ENTITY_COLUMNS_MAX);
        for (int i = 0; i < ENTITY_FIXED_COLUMNS; i++) {
            assert_string_equal(entity->columns[i].name, fixed[i]);
            assert_true(entity->columns[i].required);
        }
        assert_true(entity_column_find(entity, TEXT_LITERAL("run_id")) < 0);
    }
}

static void references_are_ids_of_entities(void **state)
{
    int references = 0;

    (void)state;
    for (size_t e = 0; e < entity_count; e++) {
        for (uint32_t i = 0; i < entity_table[e].ncols; i++) {
            const struct entity_column *column = &entity_table[e].columns[i];

            if (column->references) {
                references++;
                assert_int_equal(column->type, COLUMN_UUID);
                assert_non_null(entity_find(text_of(column->references)));
            }
        }
    }
    assert_true(references > 30);
}

static void value_sets_and_lanes_come_from_the_schema(void **state)
{
    const struct entity *patient = entity_find(TEXT_LITERAL("patient"));
    const struct entity_column *sex =
        &patient->columns[entity_column_find(patient, TEXT_LITERAL("sex"))];

    (void)state;
    assert_true(sex->required);
    assert_string_equal(sex->allowed[0], "male");
    assert_string_equal(sex->allowed[3], "unknown");
    assert_null(sex->allowed[4]);
    assert_int_equal(patient->lanes, 1);
    assert_true(entity_find(TEXT_LITERAL("observation"))->lanes > 1);
    assert_null(entity_find(TEXT_LITERAL("organisation"))); /* of schema hms, but no entity */
}

static void the_nearest_name_is_offered(void **state)
{
    static const char *const names[] = {"birth_date", "sex", "mrn", "language", NULL};
    static const struct {
        const char *word;
        const char *nearest;
    } cases[] = {
        {"birthdate", "birth_date"},
        {"brith_date", "birth_date"},
        {"BIRTH_DATE", "birth_date"},
        {"se", "sex"},
        {"esx", "sex"},
        {"xyz", NULL},
        {"langage", "language"},
        {"lang", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *found = nearest_of(text_of(cases[i].word), names);

        if (!cases[i].nearest) {
            assert_null(found);
        } else {
            assert_non_null(found);
            assert_string_equal(found, cases[i].nearest);
        }
    }
    assert_string_equal(entity_nearest(TEXT_LITERAL("pateint")), "patient");
    assert_string_equal(step_nearest(TEXT_LITERAL("trimm")), "trim");
    assert_null(entity_nearest(TEXT_LITERAL("zzzzzz")));
}

static void a_word_too_long_has_no_neighbour(void **state)
{
    char word[200];

    (void)state;
    memset(word, 'a', sizeof(word));
    assert_null(entity_nearest((struct text){word, sizeof(word)}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_entity_starts_with_the_fixed_columns),
        cmocka_unit_test(references_are_ids_of_entities),
        cmocka_unit_test(value_sets_and_lanes_come_from_the_schema),
        cmocka_unit_test(the_nearest_name_is_offered),
        cmocka_unit_test(a_word_too_long_has_no_neighbour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
