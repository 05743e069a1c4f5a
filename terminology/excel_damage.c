#include "terminology/excel_damage.h"

enum { EXCEL_DIGITS = 15, EXCEL_VALUE_MAX = 40 };

static const struct {
    const char *name;
    const char *text;
} damages[] = {
#define X(damage, name, text) {name, text},
    EXCEL_DAMAGE_LIST(X)
#undef X
};

const char *excel_damage_name(enum excel_damage damage)
{
    return damages[damage].name;
}

const char *excel_damage_text(enum excel_damage damage)
{
    return damages[damage].text;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Takes the digits at the front of `rest`; how many they are. */
static size_t take_digits(struct text *rest, int *number)
{
    size_t count = 0;

    *number = 0;
    while (count < rest->len && is_digit(rest->at[count])) {
        *number = count < 9 ? *number * 10 + (rest->at[count] - '0') : *number;
        count++;
    }
    rest->at += count;
    rest->len -= count;
    return count;
}

static bool take(struct text *rest, const char *word)
{
    size_t len = strlen(word);

    if (rest->len < len || !text_equal_nocase((struct text){rest->at, len}, text_of(word))) {
        return false;
    }
    rest->at += len;
    rest->len -= len;
    return true;
}

/* #NAME?, #REF!, #BEZUG!, #DIV/0!, #N/A, #NV, #####: none of these begins a code. */
static bool is_error(struct text value)
{
    size_t signs = 0;
    char last = value.len > 0 ? value.at[value.len - 1] : '\0';

    while (signs < value.len && value.at[signs] == '#') {
        signs++;
    }
    return (signs > 1 && signs == value.len) ||
           (signs == 1 && value.len > 2 &&
            (last == '!' || last == '?' || text_is(value, "#N/A") || text_is(value, "#NV") ||
             text_is(value, "#N/D")));
}

/* 1.2E+11, 5E+05, 1,2E+11; below one only in the form of a spreadsheet, 1.2E-05. */
static bool is_power(struct text value)
{
    int number;
    size_t whole = take_digits(&value, &number);
    size_t digits;
    bool is_small;

    if (take(&value, ".") || take(&value, ",")) {
        take_digits(&value, &number);
    }
    is_small = take(&value, "E-");
    if (whole == 0 || (!is_small && !take(&value, "E+")) || (is_small && whole > 1)) {
        return false;
    }
    digits = take_digits(&value, &number);
    return value.len == 0 && (digits == 2 || digits == 3);
}

/* A longer name stands before a shorter one that begins it. */
static bool take_month(struct text *rest)
{
    static const char *const months[] = {
        "JAN",      "JANV",      "ENE",       "GEN",      "FEB",  "FEV",       "F\u00E9V",
        "F\u00C9V", "F\u00E9VR", "MAR",       "MARS",     "MRZ",  "MRT",       "M\u00C4R",
        "M\u00E4R", "M\u00C4RZ", "M\u00E4RZ", "APR",      "AVR",  "ABR",       "MAY",
        "MAI",      "MAG",       "MEI",       "JUN",      "JUIN", "GIU",       "JUL",
        "JUIL",     "LUG",       "AUG",       "AGO",      "AOU",  "AO\u00FBT", "AO\u00DBT",
        "SEP",      "SEPT",      "SET",       "OCT",      "OKT",  "OTT",       "OUT",
        "NOV",      "DEC",       "D\u00E9C",  "D\u00C9C", "DEZ",  "DIC",
    };
    size_t longest = 0;

    for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
        struct text probe = *rest;
        if (take(&probe, months[i]) && strlen(months[i]) > longest) {
            longest = strlen(months[i]);
        }
    }
    rest->at += longest;
    rest->len -= longest;
    if (longest > 0) {
        take(rest, ".");
    }
    return longest > 0;
}

/* 5-Mar, 05. Mrz, 5-Mar-05, 5-Mar-2005; Mar-05, Mrz 05, Mar-2005. */
static bool is_month_date(struct text value)
{
    int number;
    size_t digits = take_digits(&value, &number);

    if (digits > 0) {
        if (digits > 2 || number < 1 || number > 31 ||
            !(take(&value, "-") || take(&value, ". ") || take(&value, ".")) ||
            !take_month(&value)) {
            return false;
        }
        if (value.len == 0) {
            return true;
        }
    } else if (!take_month(&value)) {
        return false;
    }
    if (!take(&value, "-") && !take(&value, " ")) {
        return false;
    }
    digits = take_digits(&value, &number);
    return value.len == 0 && (digits == 2 || (digits == 4 && number >= 1900 && number < 2100));
}

/* Nothing more, or the midnight that a program put behind the day. */
static bool is_end_of_day(struct text rest)
{
    return rest.len == 0 || text_is(rest, " 00:00:00") || text_is(rest, "T00:00:00") ||
           text_is(rest, " 00:00") || text_is(rest, " 0:00");
}

/* 2005-03-05 or, with one separator twice, 5/3/2005 and 05.03.2005. */
static bool is_number_date(struct text value)
{
    static const char *const separators[] = {"-", "/", "."};
    struct text start = value;

    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        int part[3];
        size_t digits[3];
        value = start;
        digits[0] = take_digits(&value, &part[0]);
        if (!take(&value, separators[i])) {
            continue;
        }
        digits[1] = take_digits(&value, &part[1]);
        if (!take(&value, separators[i])) {
            continue;
        }
        digits[2] = take_digits(&value, &part[2]);
        if (digits[0] == 4 && digits[1] == 2 && digits[2] == 2 && part[0] >= 1900 &&
            part[0] < 2100) {
            return part[1] >= 1 && part[1] <= 12 && part[2] >= 1 && part[2] <= 31 &&
                   is_end_of_day(value);
        }
        return digits[0] >= 1 && digits[0] <= 2 && digits[1] >= 1 && digits[1] <= 2 &&
               digits[2] == 4 && part[2] >= 1900 && part[2] < 2100 && part[0] >= 1 &&
               part[1] >= 1 && part[0] <= 31 && part[1] <= 31 &&
               (part[0] <= 12 || part[1] <= 12) && is_end_of_day(value);
    }
    return false;
}

/* How many digits a whole number has past the 15 that a spreadsheet keeps, all of them 0. */
static size_t zeros_past_15(struct text value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (!is_digit(value.at[i]) || (i >= EXCEL_DIGITS && value.at[i] != '0')) {
            return 0;
        }
    }
    return value.len > EXCEL_DIGITS ? value.len - EXCEL_DIGITS : 0;
}

/* Digits in front of a ".0" or ",0" that ends the value; 0 when it is nothing like that. */
static size_t digits_before_point_zero(struct text value)
{
    int number;
    size_t digits = take_digits(&value, &number);

    return text_is(value, ".0") || text_is(value, ",0") ? digits : 0;
}

enum excel_damage excel_damage_of(struct text value)
{
    value = text_trim(value);
    if (value.len == 0 || value.len > EXCEL_VALUE_MAX) {
        return EXCEL_SOUND;
    }
    if (is_error(value)) {
        return EXCEL_ERROR;
    }
    if (is_power(value)) {
        return EXCEL_POWER;
    }
    if (is_month_date(value) || is_number_date(value)) {
        return EXCEL_DATE;
    }
    if (zeros_past_15(value) > 1) {
        return EXCEL_ROUNDED;
    }
    /* three digits and ".0" are a code of ICD-9 */
    return digits_before_point_zero(value) > 3 ? EXCEL_FRACTION : EXCEL_SOUND;
}

enum excel_damage excel_doubt_of(struct text value)
{
    struct text rest;
    int number;

    value = text_trim(value);
    rest = value;
    /* 20000 is a day of 1954, 60000 one of 2064 */
    if (take_digits(&rest, &number) == 5 && rest.len == 0 && number >= 20000 &&
        number <= 60000) {
        return EXCEL_DAY_NUMBER;
    }
    if (zeros_past_15(value) == 1) {
        return EXCEL_ROUNDED;
    }
    return digits_before_point_zero(value) > 0 ? EXCEL_FRACTION : EXCEL_SOUND;
}
