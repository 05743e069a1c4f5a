#include "terminology/code_loinc.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool code_loinc_is(struct text code)
{
    size_t digits = code.len < 3 || code.len > 9 ? 0 : code.len - 2;

    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(code.at[i])) {
            return false;
        }
    }
    return digits > 0 && code.at[digits] == '-' && is_digit(code.at[digits + 1]);
}

bool code_loinc_is_part(struct text code)
{
    return code.len > 2 && code.at[0] == 'L' && (code.at[1] == 'P' || code.at[1] == 'A') &&
           code_loinc_is((struct text){code.at + 2, code.len - 2});
}

static bool is_published_wrong(struct text code)
{
    static const char *const known[] = {
        "11491-6", "11501-6", "5895-7", "5896-5", "5897-3", "5928-1", "6028-3",
        "6415-5",  "6580-7",  "6645-7", "6646-5", "6647-3", "6648-1", "6649-9",
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (text_is(code, known[i])) {
            return true;
        }
    }
    return false;
}

bool code_loinc_digit_is_right(struct text code)
{
    int sum = 0;

    if (!code_loinc_is(code) && !code_loinc_is_part(code)) {
        return false;
    }
    for (size_t i = 0; i + 2 < code.len; i++) {
        int sign = code.at[code.len - 3 - i] - '0';
        sum += i % 2 == 0 ? 2 * sign - sign / 5 * 9 : sign;
    }
    return (sum + code.at[code.len - 1] - '0') % 10 == 0 || is_published_wrong(code);
}
