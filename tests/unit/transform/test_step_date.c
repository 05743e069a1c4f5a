#include "tests/unit/transform/step_trial.h"

static void a_date_is_a_day_that_exists(void **state)
{
    static const struct trial_case cases[] = {
        {"date 'dd/MM/yyyy'", "29/02/2024", "2024-02-29"},
        {"date 'dd/MM/yyyy'", "29/02/2023", "refused date.format"},
        {"date 'dd/MM/yyyy'", "29/02/1900", "refused date.format"},
        {"date 'dd/MM/yyyy'", "29/02/2000", "2000-02-29"},
        {"date 'dd/MM/yyyy'", "31/02/2020", "refused date.format"},
        {"date 'dd/MM/yyyy'", "00/01/2020", "refused date.format"},
        {"date 'dd/MM/yyyy'", "01/01/0000", "refused date.format"},
        {"date 'dd/MM/yyyy'", "01/01/20200", "refused date.format"},
        {"date 'dd/MM/yyyy'", "1/01/2020", "refused date.format"},
        {"date 'd/M/yyyy'", "1/1/2020", "2020-01-01"},
        {"date 'd/M/yyyy'", "31/12/2020", "2020-12-31"},
        {"date 'yyyyMMdd'", "20200131", "2020-01-31"},
        {"date 'yyyyMMdd'", "2020013", "refused date.format"},
        {"date 'dd-MMM-yyyy'", "12-mar-2015", "2015-03-12"},
        {"date 'dd-MMM-yyyy'", "12-mrz-2015", "refused date.format"},
        {"date 'd MMMM yyyy'", "1  September 2015", "2015-09-01"},
        {"date 'dd/MM/yyyy' 'yyyy-MM-dd'", "2015-03-12", "2015-03-12"},
        {"date 'dd/MM/yyyy'", " \u00A0 ", "NULL"},
        {"date 'dd/MM/yyyy'", "NULL", "NULL"},
        {"date 'dd/MM/yyyy'", "\u0662\u0669/\u0660\u0662/\u0662\u0660\u0662\u0664",
         "2024-02-29"},
        {"date 'yyyy-MM-dd'", "\u06F1\u06F9\u06F8\u06F0-\u06F0\u06F1-\u06F0\u06F2",
         "1980-01-02"},
        {"date 'yyyy-MM-ddTHH:mm:ssX'", "2012-01-01T05:05:49Z", "2012-01-01"},
        {"date 'yyyy-MM-ddTHH:mm:ssX'", "2012-01-01T25:05:49Z", "refused date.format"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void a_two_digit_year_turns_at_the_pivot(void **state)
{
    static const struct trial_case cases[] = {
        {"date 'dd.MM.yy' 'pivot=30'", "01.02.29", "2029-02-01"},
        {"date 'dd.MM.yy' 'pivot=30'", "01.02.30", "1930-02-01"},
        {"date 'dd.MM.yy' 'pivot=30'", "01.02.99", "1999-02-01"},
        {"date 'dd.MM.yy' 'pivot=30'", "29.02.00", "2000-02-29"},
        {"date 'dd.MM.yy' 'pivot=30'", "01.02.1999", "refused date.format"},
        {"date 'dd.MM.yy' 'dd.MM.yyyy' 'pivot=30'", "01.02.1999", "1999-02-01"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("date 'dd.MM.yy'", "a two-digit year needs 'pivot=NN'");
    trial_refuses_to_compile("date 'dd.MM.yy' 'pivot=x'", "two digits");
}

static void a_partial_date_says_how_much_is_known(void **state)
{
    static const struct trial_case cases[] = {
        {"partial_date 'dd/MM/yyyy' 'MM/yyyy' 'yyyy'", "01/02/1980", "1980-02-01 ; D"},
        {"partial_date 'dd/MM/yyyy' 'MM/yyyy' 'yyyy'", "02/1980", "1980-02-01 ; M"},
        {"partial_date 'dd/MM/yyyy' 'MM/yyyy' 'yyyy'", "1980", "1980-01-01 ; Y"},
        {"partial_date 'dd/MM/yyyy' 'yyyy'", "31/02/1980", "refused date.format"},
        {"partial_date 'dd/MM/yyyy' 'yyyy'", "", "NULL ; NULL"},
        {"year_only_on '01-01'", "1980-01-01", "1980-01-01 ; Y"},
        {"year_only_on '01-01'", "1980-01-02", "1980-01-02 ; D"},
        {"year_only_on '01-01' '07-01'", "1980-07-01", "1980-01-01 ; Y"},
        {"year_only_on '01-01'", "NULL", "NULL ; NULL"},
        {"year_only_on '01-01'", "1980", "refused date.format"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("year_only_on '02-30'", "no day MM-DD");
    trial_refuses_to_compile("date 'MM/yyyy'", "use partial_date");
}

static void local_time_becomes_utc(void **state)
{
    static const struct trial_case cases[] = {
        {"timestamp 'dd/MM/yyyy HH:mm'", "01/02/2024 10:30", "2024-02-01T07:30:00Z"},
        {"timestamp 'yyyy-MM-dd HH:mm:ss.S'", "2024-02-01 00:00:00.25",
         "2024-01-31T21:00:00.250000Z"},
        {"timestamp 'yyyy-MM-dd hh:mm a'", "2024-02-01 12:10 AM", "2024-01-31T21:10:00Z"},
        {"timestamp 'yyyy-MM-dd hh:mm a'", "2024-02-01 12:10 pm", "2024-02-01T09:10:00Z"},
        {"timestamp 'yyyy-MM-dd hh:mm a'", "2024-02-01 13:10 PM", "refused timestamp.format"},
        {"timestamp 'yyyy-MM-ddTHH:mm:ssX'", "2012-01-01T05:05:49Z", "2012-01-01T05:05:49Z"},
        {"timestamp 'yyyy-MM-ddTHH:mm:ssX'", "2012-01-01T05:05:49+05:30",
         "2011-12-31T23:35:49Z"},
        {"timestamp 'yyyy-MM-ddTHH:mm:ssX'", "2012-01-01T05:05:49-0500",
         "2012-01-01T10:05:49Z"},
        {"timestamp 'yyyy-MM-ddTHH:mm:ssX'", "2012-01-01T05:05:49", "refused timestamp.format"},
        {"timestamp 'yyyy-MM-dd HH:mm'", "2024-02-01 24:00", "refused timestamp.format"},
        {"timestamp 'yyyy-MM-dd HH:mm:ss'", "2016-12-31 23:59:60", "refused timestamp.format"},
        {"timestamp 'yyyy-MM-dd' 'at=12:00'", "2024-02-01", "2024-02-01T09:00:00Z"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=UTC'", "0001-01-01 00:00", "0001-01-01T00:00:00Z"},
        {"timestamp 'yyyy-MM-ddTHH:mmX'", "0001-01-01T00:00+01:00", "refused timestamp.format"},
        {"timestamp 'yyyy-MM-dd HH:mm'", "", "NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void clocks_put_forward_and_back_are_seen(void **state)
{
    static const struct trial_case cases[] = {
        /* Berlin 2024: forward on 31 March at 2:00, back on 27 October at 3:00 */
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2024-03-31 01:59",
         "2024-03-31T00:59:00Z"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2024-03-31 02:00",
         "refused timestamp.gap"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2024-03-31 02:59",
         "refused timestamp.gap"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2024-03-31 03:00",
         "2024-03-31T01:00:00Z"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2024-10-27 01:59",
         "2024-10-26T23:59:00Z"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2024-10-27 02:00",
         "2024-10-27T00:00:00Z (timestamp.ambiguous)"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2024-10-27 02:59",
         "2024-10-27T00:59:00Z (timestamp.ambiguous)"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2024-10-27 03:00",
         "2024-10-27T02:00:00Z"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Europe/Berlin'", "2150-07-01 12:00",
         "2150-07-01T10:00:00Z"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=America/New_York'", "1975-01-06 02:30",
         "1975-01-06T07:30:00Z"},
        /* Samoa had no 30 December 2011 */
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Pacific/Apia'", "2011-12-30 12:00",
         "refused timestamp.gap"},
        {"timestamp 'yyyy-MM-dd HH:mm' 'zone=Pacific/Apia'", "2011-12-31 00:00",
         "2011-12-30T10:00:00Z"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("timestamp 'yyyy-MM-dd HH:mm' 'zone=Mars/Base'",
                             "no time zone 'Mars/Base'");
}

static void epoch_and_ranges_are_checked(void **state)
{
    static const struct trial_case cases[] = {
        {"epoch_seconds", "-1", "1969-12-31T23:59:59Z"},
        {"epoch_seconds", "951782400", "2000-02-29T00:00:00Z"},
        {"epoch_seconds", "999999999999", "refused timestamp.format"},
        {"epoch_seconds", "1e9", "refused timestamp.format"},
        {"epoch_seconds", "-", "refused timestamp.format"},
        {"date_range '1900-01-01' '2030-12-31'", "1899-12-31", "refused date.range"},
        {"date_range '1900-01-01' '2030-12-31'", "2030-12-31T23:59:59Z",
         "2030-12-31T23:59:59Z"},
        {"date_range '1900-01-01' '2030-12-31'", "31/12/2030", "refused date.format"},
        {"not_future", "2026-01-16", "refused date.future"},
        {"not_future", "2026-01-15T10:00:00Z", "2026-01-15T10:00:00Z"},
        {"not_future", "NULL", "NULL"},
        {"not_future", "2026-01-16 ; Y", "refused date.future"},
        {"not_future", "1956-01-01 ; Y", "1956-01-01 ; Y"},
        {"date_range '1900-01-01' '2030-12-31'", "NULL ; NULL", "NULL ; NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("date_range '2000-01-01' '1999-01-01'", "the earlier one first");
}

static void a_pattern_that_cannot_work_is_refused(void **state)
{
    (void)state;
    trial_refuses_to_compile("date 'dd/MM'", "no year");
    trial_refuses_to_compile("date 'dd/yyyy'", "without a month");
    trial_refuses_to_compile("date 'yyy-MM-dd'", "yyyy or yy");
    trial_refuses_to_compile("date 'yyyy-MM-dd-yyyy'", "stands twice");
    trial_refuses_to_compile("date 'pivot=20'", "no pattern");
    trial_refuses_to_compile("timestamp 'yyyy-MM-dd'", "needs 'at=HH:MM'");
    trial_refuses_to_compile("timestamp 'yyyy-MM-dd' 'at=25:00'", "wants HH:MM");
    trial_refuses_to_compile("timestamp 'yyyy-MM-dd hh:mm'", "come together");
    trial_refuses_to_compile("timestamp 'yyyy-MM-dd mm'", "without an hour");
    trial_refuses_to_compile("date 'yyyy-MM-dd.........................'", "too many fields");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_a_day_that_exists),
        cmocka_unit_test(a_two_digit_year_turns_at_the_pivot),
        cmocka_unit_test(a_partial_date_says_how_much_is_known),
        cmocka_unit_test(local_time_becomes_utc),
        cmocka_unit_test(clocks_put_forward_and_back_are_seen),
        cmocka_unit_test(epoch_and_ranges_are_checked),
        cmocka_unit_test(a_pattern_that_cannot_work_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
