#include "tests/unit/transform/step_trial.h"

static void spaces_are_taken_off(void **state)
{
    static const struct trial_case cases[] = {
        {"trim", "  Anna \t", "Anna"},
        {"trim", "\u00A0Anna\u00A0 ", "Anna"},
        {"trim", "\r\n", "NULL"},
        {"trim", "", "NULL"},
        {"trim", " a b ; NULL ; c ", "a b ; NULL ; c"},
        {"collapse_spaces", "  Anna \u00A0 Maria\n\nKamau ", "Anna Maria Kamau"},
        {"collapse_spaces", "   ", "NULL"},
        {"collapse_spaces", "a\u00E9  b", "a\u00E9 b"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void case_follows_unicode_and_no_language(void **state)
{
    static const struct trial_case cases[] = {
        {"upper", "istanbul", "ISTANBUL"},
        {"upper", "\u0131", "I"},
        {"lower", "ISTANBUL", "istanbul"},
        {"lower", "\u0130", "i\u0307"},
        {"upper", "stra\u00DFe \u03B1\u0301", "STRASSE \u0391\u0301"},
        {"upper", "ABC 12", "ABC 12"},
        {"upper", "\u0390\u0390", "\u0399\u0308\u0301\u0399\u0308\u0301"},
        {"upper", "\xFF", "\xFF"},
        {"title", "ANNA-MARIA VON DER HEIDE", "Anna-Maria Von Der Heide"},
        {"title", "O'BRIEN", "O'Brien"},
        {"title", "john's ward", "John's Ward"},
        {"title", "ZOE\u0308 E\u0301MILE", "Zoe\u0308 E\u0301mile"},
        {"title", "2ND FLOOR", "2nd Floor"},
        {"title", "\u0645\u062D\u0645\u062F", "\u0645\u062D\u0645\u062F"},
        {"nfc", "e\u0301", "\u00E9"},
        {"nfc", "\u00E9 plain", "\u00E9 plain"},
        {"nfc", "\uFB01", "\uFB01"},
        {"nfkc", "\uFB01\u00B2", "fi2"},
        {"nfkc", "\uFDFA",
         "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064A\u0647 "
         "\u0648\u0633\u0644\u0645"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void nothing_and_something_are_exchanged(void **state)
{
    static const struct trial_case cases[] = {
        {"nullif '99999999' '-'", " 99999999 ", "NULL"},
        {"nullif '99999999' '-'", "9999999", "9999999"},
        {"nullif ''", "  ", "NULL"},
        {"default 'x'", "  ", "x"},
        {"default 'x'", "NULL ; a", "x ; a"},
        {"constant 'KES'", "", "KES"},
        {"constant ''", "", "NULL"},
        {"first", "NULL ;   ; c ; d", "c"},
        {"first", "NULL ; NULL", "NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void values_are_joined_and_parted(void **state)
{
    static const struct trial_case cases[] = {
        {"join ', '", "a ; NULL ; ", "a"},
        {"join ', '", "NULL ; NULL", "NULL"},
        {"join ''", "a ; b", "ab"},
        {"template '{2}/{1}'", "a ; b", "b/a"},
        {"template '{2}/{1}'", "a ; NULL", "NULL"},
        {"template '{3}'", "a ; b", "NULL"},
        {"template 'D'", "1980-01-01", "D"},
        {"template 'D'", " ", "NULL"},
        {"template '{1}'", "a ; NULL", "NULL"},
        {"pick 2", "a ; b ; c", "b"},
        {"pick 3", "a ; b", "NULL"},
        {"split '^' 1", "^b", "NULL"},
        {"split '^' 3", "a^b", "NULL"},
        {"split '^' -1", "a^b^ c ", "c"},
        {"split '^' -1", "a", "a"},
        {"split '||' 2", "a||b||c", "b"},
        {"split2 ','", "Otieno", "Otieno ; NULL"},
        {"split2 ','", "Otieno,", "Otieno ; NULL"},
        {"split2 ','", "NULL", "NULL ; NULL"},
        {"split2 ','", "a,b,c", "a ; b,c"},
        {"substring 2", "\u00E9\u00E8a", "\u00E8a"},
        {"substring 2 1", "\u00E9\u00E8a", "\u00E8"},
        {"substring 9 2", "short", "NULL"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void characters_come_and_go(void **state)
{
    static const struct trial_case cases[] = {
        {"replace 'aa' 'b'", "aaaaa", "bba"}, {"replace '-' ''", "--", "NULL"},
        {"replace '''' 'x'", "a'b", "axb"},   {"prefix 'D'", " ", " "},
        {"prefix 'D'", "NULL", "NULL"},       {"pad_left 4 '0'", "7", "0007"},
        {"pad_left 4 '0'", "12345", "12345"}, {"pad_left 3 '0'", "\u00E9", "00\u00E9"},
        {"pad_left 3 '0'", "", ""},           {"strip '\u00E9-'", "a\u00E9-\u00E8", "a\u00E8"},
        {"strip 'ab'", "abba", "NULL"},       {"strip_left '0'", "0000", "0"},
        {"strip_left '0'", "0010", "10"},     {"strip_left '0'", "10", "10"},
        {"digits", "no digits", "NULL"},      {"digits", "\u0661\u06F2-3\u0966", "123"},
    };

    (void)state;
    TRIAL_ALL(cases);
}

static void wrong_arguments_are_named(void **state)
{
    (void)state;
    trial_refuses_to_compile("template '{x}'", "step 'template': after '{'");
    trial_refuses_to_compile("template '{1'", "after '{'");
    trial_refuses_to_compile("replace '' 'x'", "the old text is empty");
    trial_refuses_to_compile("split ',' 0", "counted from 1");
    trial_refuses_to_compile("split ',' two", "no whole number");
    trial_refuses_to_compile("split2 ''", "separator is empty");
    trial_refuses_to_compile("pad_left 4 'ab'", "no single ASCII character");
    trial_refuses_to_compile("pad_left 4000 '0'", "no whole number from 1 to 1000");
    trial_refuses_to_compile("pick 0", "no whole number from 1 to 8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces_are_taken_off),
        cmocka_unit_test(case_follows_unicode_and_no_language),
        cmocka_unit_test(nothing_and_something_are_exchanged),
        cmocka_unit_test(values_are_joined_and_parted),
        cmocka_unit_test(characters_come_and_go),
        cmocka_unit_test(wrong_arguments_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
