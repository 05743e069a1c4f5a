#include "transform/coding.h"

#include "core/calendar.h"
#include "tests/unit/unit.h"

#include <limits.h>

static struct map map_of(const char *entity, const char *zone)
{
    return (struct map){.name = "site/x",
                        .system = "site",
                        .zone = zone,
                        .target = entity_find(text_of(entity))};
}

static int32_t day_of(const char *date)
{
    int32_t day = 0;

    assert_true(calendar_parse_date(text_of(date), &day));
    return day;
}

static void every_coded_entity_is_known_and_its_days_are_columns(void **state)
{
    size_t coded = 0;

    (void)state;
    for (size_t i = 0; i < entity_count; i++) {
        struct map map = map_of(entity_table[i].name, NULL);
        struct coding coding;
        coding_init(&coding, &map, -1, 1);
        coded += coding.is_used;
        coding_release(&coding);
    }
    assert_true(coded >= 18);
}

static void the_day_is_that_of_the_source_s_calendar(void **state)
{
    static const struct {
        const char *zone, *value, *precision, *day;
    } cases[] = {
        {"Africa/Nairobi", "2031-09-30T20:30:00Z", "T", "2031-09-30"},
        {"Africa/Nairobi", "2031-09-30T21:30:00Z", "", "2031-10-01"},
        {"America/Chicago", "2024-01-01T05:59:59Z", "", "2023-12-31"},
        {"America/Chicago", "1969-12-31T23:00:00Z", "", "1969-12-31"},
        {"", "1969-12-31T23:59:59Z", "", "1969-12-31"},
        {NULL, "1970-01-01T00:00:00Z", "M", "1970-01-01"},
        {NULL, "1970-01-01T00:00:00Z", "Y", NULL},
        {NULL, "", "", NULL},
        {"No/Where", "1970-01-01T00:00:00Z", "", "1970-01-01"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct map map = map_of("procedure", cases[i].zone);
        struct coding_days days;
        coding_days_init(&days, &map);
        assert_int_equal(days.count, 1);
        assert_true(days.at[0].precision >= 0);
        assert_int_equal(
            coding_day(&days, 0, text_of(cases[i].value), text_of(cases[i].precision)),
            cases[i].day == NULL ? CODE_NO_DAY : day_of(cases[i].day));
        coding_days_release(&days);
    }
}

static void a_date_needs_no_zone(void **state)
{
    struct map map = map_of("claim_line", "America/Chicago");
    struct coding_days days;

    (void)state;
    coding_days_init(&days, &map);
    assert_int_equal(coding_day(&days, 0, TEXT_LITERAL("2024-02-29"), TEXT_LITERAL("")),
                     day_of("2024-02-29"));
    coding_days_release(&days);
}

static void without_packs_a_proposed_code_is_not_hidden_behind_unverified(void **state)
{
    static const struct {
        const char *flag, *code;
        bool has_source;
        const char *map, *code_state;
    } cases[] = {
        {NULL, "1-8", true, "site/lab.tsv", "unverified"},
        {"code.proposed", "1-8", true, "site/lab.tsv", "proposed"},
        {"code.unmapped", "1-8", true, NULL, "unverified"}, /* unmapped=keep */
        {"code.unmapped", "", true, "site/lab.tsv", "unmapped"},
        {NULL, "", false, NULL, NULL},
    };
    struct step_spec spec = {.name = "code_map"};
    struct map_rule rule = {.nvia = 1};
    struct map map = map_of("observation", NULL);

    (void)state;
    rule.via[0] = (struct map_step){.spec = &spec, .args = {"lab.tsv"}, .nargs = 1};
    map.rules = &rule;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct coding_row row = {.code = text_of(cases[i].code),
                                 .has_source = cases[i].has_source,
                                 .day = CODE_NO_DAY};
        struct coding coding;
        coding_init(&coding, &map, 0, 1);
        coding_note(&coding, 0, cases[i].flag);
        assert_null(coding_judge(&coding, 0, &row, NULL));
        assert_int_equal(coding.maps[0].state, cases[i].map == NULL ? CELL_NULL : CELL_TEXT);
        assert_true(
            text_is(cell_text(coding.maps[0]), cases[i].map == NULL ? "" : cases[i].map));
        assert_true(text_is(cell_text(coding.states[0]),
                            cases[i].code_state == NULL ? "" : cases[i].code_state));
        coding_release(&coding);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_coded_entity_is_known_and_its_days_are_columns),
        cmocka_unit_test(the_day_is_that_of_the_source_s_calendar),
        cmocka_unit_test(a_date_needs_no_zone),
        cmocka_unit_test(without_packs_a_proposed_code_is_not_hidden_behind_unverified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
