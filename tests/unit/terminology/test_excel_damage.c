#include "tests/unit/unit.h"

#include "terminology/excel_damage.h"

static void damage_is_seen_in_a_value_alone(void **state)
{
    static const struct {
        const char *value;
        enum excel_damage damage;
    } cases[] = {
        {"", EXCEL_SOUND},
        {"5-Mar", EXCEL_DATE},
        {" 5-mar ", EXCEL_DATE},
        {"Mar-05", EXCEL_DATE},
        {"5-Mar-05", EXCEL_DATE},
        {"05-Mar-2005", EXCEL_DATE},
        {"05. Mrz", EXCEL_DATE},
        {"Mrz 05", EXCEL_DATE},
        {"02. Okt", EXCEL_DATE},
        {"05-f\u00E9vr", EXCEL_DATE},
        {"f\u00E9vr-05", EXCEL_DATE},
        {"5-ago", EXCEL_DATE},
        {"2005-03-05", EXCEL_DATE},
        {"2005-03-05 00:00:00", EXCEL_DATE},
        {"5/3/2005", EXCEL_DATE},
        {"05.03.2005", EXCEL_DATE},
        {"#NAME?", EXCEL_ERROR},
        {"#BEZUG!", EXCEL_ERROR},
        {"#N/A", EXCEL_ERROR},
        {"########", EXCEL_ERROR},
        {"1.2E+11", EXCEL_POWER},
        {"1,2E+11", EXCEL_POWER},
        {"1.2e+11", EXCEL_POWER},
        {"5E+05", EXCEL_POWER},
        {"1E-05", EXCEL_POWER},
        {"12345678901234500", EXCEL_ROUNDED},
        {"999000011000001000", EXCEL_ROUNDED},
        {"1234.0", EXCEL_FRACTION},
        {"22298006.0", EXCEL_FRACTION},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (excel_damage_of(text_of(cases[i].value)) != cases[i].damage) {
            fail_msg("%s: %s", cases[i].value,
                     excel_damage_name(excel_damage_of(text_of(cases[i].value))));
        }
    }
}

static void codes_of_any_system_are_left_alone(void **state)
{
    static const char *const codes[] = {
        "A09",
        "I21.9",
        "250.0",
        "250.00",
        "V10.11",
        "2345-7",
        "5-3",
        "N02BE01",
        "S72.001A",
        "22298006",
        "7732-18-5",
        "1910-42-5",
        "2005-33-05",
        "0000-0001",
        "0002-8215-1",
        "MAR",
        "DEC1",
        "MARKER-05",
        "E850.0",
        "1E05",
        "5E+5x",
        "12E-05",
        "#5",
        "#",
        "45-Mar",
        "Mar-5",
        "Mar-051",
        "13/13/2005",
        "1.2.3",
        "10.0",
        "J18.9 J44.0",
        "1234567890",
        "mg/dL",
        "10*3/uL",
        "1 Mar",
        "E+11",
        "2005-03-05 12:30:00",
        "999000011000001104",
        "1234567890123450",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        if (excel_damage_of(text_of(codes[i])) != EXCEL_SOUND) {
            fail_msg("%s: %s", codes[i], excel_damage_name(excel_damage_of(text_of(codes[i]))));
        }
    }
}

static void doubt_is_kept_apart_from_damage(void **state)
{
    static const struct {
        const char *value;
        enum excel_damage doubt;
    } cases[] = {
        {"44260", EXCEL_DAY_NUMBER},      {"12345", EXCEL_SOUND},
        {"442600", EXCEL_SOUND},          {"250.0", EXCEL_FRACTION},
        {"250.1", EXCEL_SOUND},           {"1234567890123450", EXCEL_ROUNDED},
        {"123456789012345", EXCEL_SOUND}, {"1234567890123456", EXCEL_SOUND},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(excel_doubt_of(text_of(cases[i].value)), cases[i].doubt);
        assert_int_equal(excel_damage_of(text_of(cases[i].value)), EXCEL_SOUND);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_is_seen_in_a_value_alone),
        cmocka_unit_test(codes_of_any_system_are_left_alone),
        cmocka_unit_test(doubt_is_kept_apart_from_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
