/*
 * step_code.c - the shape of standard codes.  Whether a code exists is a matter of terminology
 * packs; what is checked here is what can be known without one.
 */
#include "transform/check_digit.h"
#include "transform/digit.h"
#include "transform/step_cell.h"

enum { CODE_BYTES_MAX = 24 };

static const char rule_format[] = "code.format";
static const char rule_check[] = "code.check";

static bool is_letter(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

/* Upper-case copy in `code`; empty when it does not fit or is not ASCII. */
static struct text code_upper(struct text in, char code[CODE_BYTES_MAX])
{
    if (in.len > CODE_BYTES_MAX) {
        return (struct text){"", 0};
    }
    for (size_t i = 0; i < in.len; i++) {
        char byte = in.at[i];
        code[i] = (char)(byte >= 'a' && byte <= 'z' ? byte - ('a' - 'A') : byte);
    }
    return (struct text){code, in.len};
}

/* Does the code fit the shape?  9 is a digit, A a letter, N either; other bytes themselves. */
static bool code_fits(struct text code, const char *shape)
{
    for (size_t i = 0; i < code.len; i++) {
        char byte = code.at[i];
        char want = shape[i];
        bool fits = want == '9'   ? digit_is_ascii(byte)
                    : want == 'A' ? is_letter(byte)
                    : want == 'N' ? digit_is_ascii(byte) || is_letter(byte)
                                  : byte == want;
        if (!fits || want == '\0') {
            return false;
        }
    }
    return shape[code.len] == '\0';
}

static bool code_fits_one(struct text code, const char *const *shapes)
{
    for (; *shapes != NULL; shapes++) {
        if (code_fits(code, *shapes)) {
            return true;
        }
    }
    return false;
}

static bool holds_month(struct text code)
{
    static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    for (size_t i = 0; i + 3 <= code.len; i++) {
        for (const char *month = months; *month != '\0'; month += 3) {
            if (memcmp(code.at + i, month, 3) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* What a spreadsheet makes of codes: dates (5-Mar, Mar-05, 2005-03-05, 05/03/2005), powers of
 * ten (1.2E+11), errors (#NAME?, #####). */
static bool is_excel_damage(struct text code)
{
    static const char *const dates[] = {"9999-99-99", "99/99/9999", "9/9/9999", "99.99.9999",
                                        NULL};

    if (code.len == 0 || code.at[0] == '#') {
        return code.len > 0;
    }
    if (digit_is_ascii(code.at[0]) && memmem(code.at, code.len, "E+", 2) != NULL) {
        return true;
    }
    return code_fits_one(code, dates) ||
           (holds_month(code) && memchr(code.at, '-', code.len) != NULL);
}

static void code_refuse(const struct step_cell *at, struct text code)
{
    cell_refuse(at, is_excel_damage(code) ? "code.excel" : rule_format);
}

/* The code with a dot behind its first `before` characters where it has more of them. */
static void code_put_dotted(const struct step_cell *at, struct text code, size_t before)
{
    char dotted[CODE_BYTES_MAX + 1];
    size_t len = 0;

    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] != '.') {
            if (len == before) {
                dotted[len++] = '.';
            }
            dotted[len++] = code.at[i];
        }
    }
    cell_put(at->cell, arena_copy(cell_arena(at), (struct text){dotted, len}));
}

static void code_shape(const struct step_cell *at, const char *const *shapes, struct text code)
{
    if (code_fits_one(code, shapes)) {
        code_put_dotted(at, code, 3);
    } else {
        code_refuse(at, code);
    }
}

static void icd10_cell(const struct step_cell *at)
{
    static const char *const shapes[] = {"A99", "A99.9", "A99.99", "A999", "A9999", NULL};
    static const char *const marks[] = {"\u2020", "+", "*"};
    struct text in = cell_text(*at->cell);
    char upper[CODE_BYTES_MAX];

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t len = strlen(marks[i]);
        if (in.len > len && memcmp(in.at + in.len - len, marks[i], len) == 0) {
            in.len -= len;
            break;
        }
    }
    code_shape(at, shapes, code_upper(in, upper));
}

static void icd10cm_cell(const struct step_cell *at)
{
    static const char *const shapes[] = {"A9N",  "A9N.N", "A9N.NN", "A9N.NNN", "A9N.NNNN",
                                         "A9NN", "A9NNN", "A9NNNN", "A9NNNNN", NULL};
    char upper[CODE_BYTES_MAX];

    code_shape(at, shapes, code_upper(cell_text(*at->cell), upper));
}

static void icd9_cell(const struct step_cell *at)
{
    static const char *const shapes[] = {"999",   "999.9",  "999.99", "9999",  "99999", "V99",
                                         "V99.9", "V99.99", "V999",   "V9999", NULL};
    static const char *const external[] = {"E999", "E999.9", "E9999", NULL};
    char upper[CODE_BYTES_MAX];
    struct text code = code_upper(cell_text(*at->cell), upper);

    if (code_fits_one(code, external)) {
        code_put_dotted(at, code, 4);
    } else {
        code_shape(at, shapes, code);
    }
}

STEP_RUN_WORD(icd10)
STEP_RUN_WORD(icd10cm)
STEP_RUN_WORD(icd9)

static void atc_cell(const struct step_cell *at)
{
    static const char *const shapes[] = {"A", "A99", "A99A", "A99AA", "A99AA99", NULL};
    char upper[CODE_BYTES_MAX];
    struct text code = code_upper(cell_text(*at->cell), upper);

    if (code_fits_one(code, shapes) && strchr("ABCDGHJLMNPRSV", code.at[0]) != NULL) {
        cell_put(at->cell, arena_copy(cell_arena(at), code));
    } else {
        code_refuse(at, code);
    }
}

STEP_RUN_WORD(atc)

/* Published with a wrong check digit, and to be accepted all the same (LOINC 2.x, deprecated).
 */
static const char *const loinc_exceptions[] = {
    "11491-6", "11501-6", "5895-7", "5896-5", "5897-3", "5928-1", "6028-3", "6415-5",
    "6580-7",  "6645-7",  "6646-5", "6647-3", "6648-1", "6649-9", NULL,
};

static bool is_loinc_exception(struct text code)
{
    for (const char *const *known = loinc_exceptions; *known != NULL; known++) {
        if (text_is(code, *known)) {
            return true;
        }
    }
    return false;
}

static void loinc_cell(const struct step_cell *at)
{
    struct text code = cell_text(*at->cell);
    char number[CODE_BYTES_MAX];
    char upper[CODE_BYTES_MAX];
    size_t digits = code.len < 3 || code.len > 9 ? 0 : code.len - 2;

    for (size_t i = 0; i < digits; i++) {
        if (!digit_is_ascii(code.at[i])) {
            digits = 0;
        }
    }
    if (digits == 0 || code.at[digits] != '-' || !digit_is_ascii(code.at[digits + 1])) {
        code_refuse(at, code_upper(code, upper));
        return;
    }
    memcpy(number, code.at, digits);
    number[digits] = code.at[digits + 1];
    if (!check_luhn((struct text){number, digits + 1}) && !is_loinc_exception(code)) {
        cell_refuse(at, rule_check);
    }
}

STEP_RUN_WORD(loinc)

/* 6 to 18 digits; the two before the check digit say what it is: x0 concept, x1 description,
 * x2 relationship, with x 0 (core) or 1 (extension). */
static void snomed_cell(const struct step_cell *at)
{
    struct text code = cell_text(*at->cell);
    char upper[CODE_BYTES_MAX];
    bool shape = code.len >= 6 && code.len <= 18 && code.at[0] != '0';

    for (size_t i = 0; shape && i < code.len; i++) {
        shape = digit_is_ascii(code.at[i]);
    }
    if (!shape || code.at[code.len - 3] > '1' || code.at[code.len - 2] > '2') {
        code_refuse(at, code_upper(code, upper));
    } else if (!check_verhoeff(code)) {
        cell_refuse(at, rule_check);
    }
}

STEP_RUN_WORD(snomed)

const struct step_impl step_code_impls[] = {
    {"icd10", NULL, icd10_run, NULL},
    {"icd10cm", NULL, icd10cm_run, NULL},
    {"icd9", NULL, icd9_run, NULL},
    {"loinc", NULL, loinc_run, NULL},
    {"atc", NULL, atc_run, NULL},
    {"snomed", NULL, snomed_run, NULL},
    {0},
};
