#include "core/ident.h"
#include "tests/unit/transform/step_trial.h"

static void contacts_are_normalised_or_refused(void **state)
{
    static const struct trial_case cases[] = {
        {"phone '254'", "0722 000-123", "+254722000123"},
        {"phone '254'", "722000123", "+254722000123"},
        {"phone '254'", "254722000123", "+254722000123"},
        {"phone '254'", "00254722000123", "+254722000123"},
        {"phone '254'", "+44 (0)20 7946 0000", "+442079460000"},
        {"phone '49'", "030/123456", "+4930123456"},
        {"phone '1'", "(212) 555-1234", "+12125551234"},
        {"phone '1'", "1-212-555-1234", "+12125551234"},
        {"phone '971'", "\u0660\u0665\u0660 \u0661\u0662\u0663 \u0664\u0665\u0666\u0667",
         "+971501234567"},
        {"phone '254'", "0722000123 / 0733000123", "refused phone.format"},
        {"phone '254'", "0722000123 x5", "refused phone.format"},
        {"phone '254'", "12", "refused phone.format"},
        {"phone '254'", "+", "refused phone.format"},
        {"phone '254'", "000000000", "refused phone.format"},
        {"phone '254'", "01234567890123456789", "refused phone.format"},
        {"email", "A.B@Example.ORG", "A.B@example.org"},
        {"email", "a@b", "refused email.format"},
        {"email", "a@b..c", "refused email.format"},
        {"email", "a@b.c.", "refused email.format"},
        {"email", "@b.c", "refused email.format"},
        {"email", "a b@c.d", "refused email.format"},
        {"email", "a@b@c.d", "refused email.format"},
        {"email", "a@", "refused email.format"},
        {"postcode 'GB'", "ec1a1bb", "EC1A 1BB"},
        {"postcode 'GB'", "m1 1ae", "M1 1AE"},
        {"postcode 'GB'", "1234", "refused postcode.format"},
        {"postcode 'US'", "021391234", "02139-1234"},
        {"postcode 'US'", "2139", "refused postcode.format"},
        {"postcode 'SA'", "\u0661\u0662\u0663\u0664\u0665", "12345"},
        {"postcode", "ab  12", "AB 12"},
        {"postcode", "#", "refused postcode.format"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("phone '+254'", "one to three digits");
    trial_refuses_to_compile("postcode 'XX'", "not known here");
}

static void check_digits_are_checked(void **state)
{
    static const struct trial_case cases[] = {
        {"check luhn", "79927398713", "79927398713"},
        {"check luhn", "79927398710", "refused check.digit"},
        {"check luhn", "7", "refused check.digit"},
        {"check npi", "1234567893", "1234567893"},
        {"check npi", "1234567890", "refused check.digit"},
        {"check npi", "123456789", "refused check.digit"},
        {"check verhoeff", "2363", "2363"},
        {"check verhoeff", "2336", "refused check.digit"},
        {"check mod11", "9434765919", "9434765919"},
        {"check mod11", "9434765918", "refused check.digit"},
        {"check mod97", "79444", "79444"},
        {"check mod97", "794", "refused check.digit"},
        {"check iban", "DE89370400440532013000", "DE89370400440532013000"},
        {"check iban", "DE88370400440532013000", "refused check.digit"},
        {"check luhn", "7992739871\u0663", "refused check.digit"},
        {"check luhn", "NULL", "NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
    trial_refuses_to_compile("check sum", "there is no check 'sum'");
}

static void keys_become_the_ids_of_the_rows_they_name(void **state)
{
    char expected[37];

    (void)state;
    ident_format(ident_of(TEXT_LITERAL("alpha"), TEXT_LITERAL("north"), TEXT_LITERAL("patient"),
                          TEXT_LITERAL("A\x1E"
                                       "7")),
                 expected);
    assert_string_equal(trial_run("ref 'patient'", " A ; 7"), expected);
    assert_string_equal(trial_run("ref 'patient' '7'", "A"), expected);
    ident_format(ident_of(TEXT_LITERAL("alpha"), TEXT_LITERAL("north"), TEXT_LITERAL("patient"),
                          TEXT_LITERAL("A")),
                 expected);
    assert_string_equal(trial_run("ref 'patient'", " A "), expected);
    assert_string_equal(trial_run("ref 'patient'", "A ; NULL"), "NULL");
    assert_string_equal(trial_run("ref 'patient'", "A\x1E"
                                                   "7"),
                        "refused key.control");
    trial_refuses_to_compile("ref 'patent'", "did you mean 'patient'?");
}

static void other_ids_and_keys(void **state)
{
    static const struct trial_case cases[] = {
        {"uuid", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8",
         "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
        {"uuid", "6ba7b8109dad11d180b400c04fd430c8", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
        {"uuid", "6ba7b8109dad11d180b400c04fd430c", "refused uuid.format"},
        {"uuid", "{}", "refused uuid.format"},
        {"hash_key", "NULL ; NULL", "NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
    char one[64];
    snprintf(one, sizeof(one), "%s", trial_run("hash_key", "a ; NULL"));
    assert_string_not_equal(trial_run("hash_key", "NULL ; a"), one);
    assert_string_equal(trial_run("hash_key", " a  ; NULL"), one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contacts_are_normalised_or_refused),
        cmocka_unit_test(check_digits_are_checked),
        cmocka_unit_test(keys_become_the_ids_of_the_rows_they_name),
        cmocka_unit_test(other_ids_and_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
