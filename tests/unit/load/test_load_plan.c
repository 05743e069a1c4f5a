#include "tests/unit/unit.h"

#include "load/load_plan.h"

static const char *patient_columns[] = {"id", "org_id"};
static const char *visit_columns[] = {"id", "org_id", "patient_id", "place_id"};
static struct catalogue_reference visit_references[] = {{"patient_id", "patient", true},
                                                        {"place_id", "place", false}};
static struct catalogue_reference place_references[] = {{"parent_id", "site", false}};
static struct catalogue_entity entities[] = {
    {"patient", patient_columns, 2, NULL, 0},
    {"visit", visit_columns, 4, visit_references, 2},
    {"place", patient_columns, 2, place_references, 1},
    {"site", patient_columns, 2, NULL, 0},
    {"item", patient_columns, 2, NULL, 0},
};
static const struct catalogue catalogue = {.entities = entities, .count = COUNT_OF(entities)};

static struct batch_table table_of(const char *entity, uint32_t ncols, uint8_t lanes)
{
    return (struct batch_table){.name = entity,
                                .organisation = "north",
                                .source = "north",
                                .map = "north/x",
                                .ncols = ncols,
                                .columns = visit_columns,
                                .lanes = lanes};
}

static void a_table_is_refused_unless_the_store_has_it(void **state)
{
    static const struct {
        const char *entity;
        uint32_t ncols;
        uint8_t lanes;
        const char *organisation;
        enum error_code code;
    } cases[] = {
        {"visit", 4, 1, "north", ERROR_NONE},      {"visit", 4, 8, "north", ERROR_NONE},
        {"patient", 2, 2, "north", ERROR_NONE},    {"visit", 3, 1, "north", ERROR_CONFIG},
        {"item", 3, 1, "north", ERROR_CONFIG},     {"unheard", 4, 1, "north", ERROR_CONFIG},
        {"visit", 4, 1, "south", ERROR_CONFIG},    {"visit", 4, 0, "north", ERROR_INTEGRITY},
        {"visit", 4, 3, "north", ERROR_INTEGRITY}, {"visit", 4, 16, "north", ERROR_INTEGRITY},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct batch_table table = table_of(cases[i].entity, cases[i].ncols, cases[i].lanes);
        struct error err = {0};
        struct load_plan plan;
        int entity;
        table.organisation = cases[i].organisation;
        load_plan_init(&plan, &catalogue, "north");
        assert_int_equal(load_plan_add_table(&plan, &table, &entity, &err),
                         cases[i].code == ERROR_NONE);
        assert_int_equal(err.code, cases[i].code);
        load_plan_release(&plan);
    }
}

static void maps_of_one_entity_agree_on_its_lanes(void **state)
{
    struct batch_table two = table_of("visit", 4, 2);
    struct batch_table four = table_of("visit", 4, 4);
    struct error err = {0};
    struct load_plan plan;
    int entity;

    (void)state;
    load_plan_init(&plan, &catalogue, "north");
    assert_true(load_plan_add_table(&plan, &two, &entity, &err));
    assert_true(load_plan_add_table(&plan, &two, &entity, &err));
    assert_false(load_plan_add_table(&plan, &four, &entity, &err));
    assert_int_equal(err.code, ERROR_INTEGRITY);
    load_plan_release(&plan);
}

static void parents_of_parents_are_loaded_too(void **state)
{
    struct batch_table visit = table_of("visit", 4, 2);
    struct error err = {0};
    struct load_plan plan;
    int entity;

    (void)state;
    load_plan_init(&plan, &catalogue, "north");
    assert_true(load_plan_add_table(&plan, &visit, &entity, &err));
    load_plan_add_parents(&plan);
    assert_int_equal(plan.entities[0].lanes, 1);
    assert_int_equal(plan.entities[1].lanes, 2);
    assert_int_equal(plan.entities[2].lanes, 1);
    assert_int_equal(plan.entities[3].lanes, 1);
    assert_int_equal(plan.entities[4].lanes, 0);
    load_plan_release(&plan);
}

static void a_leaf_is_named_for_entity_organisation_and_lane(void **state)
{
    struct batch_table visit = table_of("visit", 4, 2);
    struct error err = {0};
    char name[LEAF_NAME_MAX];
    struct load_plan plan;
    int entity;

    (void)state;
    load_plan_init(&plan, &catalogue, "north");
    assert_true(load_plan_add_table(&plan, &visit, &entity, &err));
    load_plan_add_parents(&plan);
    load_plan_leaf_name(&plan, 1, 1, name);
    assert_string_equal(name, "visit__north__1");
    load_plan_leaf_name(&plan, 0, 0, name);
    assert_string_equal(name, "patient__north");
    load_plan_release(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_refused_unless_the_store_has_it),
        cmocka_unit_test(maps_of_one_entity_agree_on_its_lanes),
        cmocka_unit_test(parents_of_parents_are_loaded_too),
        cmocka_unit_test(a_leaf_is_named_for_entity_organisation_and_lane),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
