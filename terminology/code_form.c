#include "terminology/code_form.h"

#include "terminology/code_loinc.h"
#include "terminology/code_ndc.h"

static const char *const dialect_names[] = {
#define X(dialect, name) name,
    CODE_DIALECT_LIST(X)
#undef X
};

/* 9 a digit, A a letter, N either, P either but I and O; in normal form. */
static const char *const icd10cm_shapes[] = {"A9N", "A9NN", "A9NNN", "A9NNNN", "A9NNNNN", NULL};
static const char *const icd10_shapes[] = {"A99", "A999", "A9999", NULL};
static const char *const icd10_uk_shapes[] = {"A99", "A99N", "A99N9", NULL};
static const char *const icd9cm_shapes[] = {"999",   "9999", "99999", "V99", "V999",
                                            "V9999", "E999", "E9999", NULL};
static const char *const icd9_procedure_shapes[] = {"99", "999", "9999", NULL};
static const char *const icd10pcs_shapes[] = {"PPP", "PPPPPPP", NULL};
static const char *const rxnorm_shapes[] = {"9",      "99",      "999",      "9999", "99999",
                                            "999999", "9999999", "99999999", NULL};
static const char *const atc_shapes[] = {"A", "A99", "A99A", "A99AA", "A99AA99", NULL};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

bool code_dialect_of(struct text name, enum code_dialect *out)
{
    for (size_t i = 0; i < sizeof(dialect_names) / sizeof(dialect_names[0]); i++) {
        if (text_is(name, dialect_names[i])) {
            *out = (enum code_dialect)i;
            return true;
        }
    }
    return false;
}

const char *code_dialect_name(enum code_dialect dialect)
{
    return dialect_names[dialect];
}

/* A shape of the same length. */
static bool fits(struct text code, const char *shape)
{
    for (size_t i = 0; i < code.len; i++) {
        char want = shape[i];
        char byte = code.at[i];
        bool ok = want == '9'   ? is_digit(byte)
                  : want == 'A' ? is_letter(byte)
                  : want == 'N' ? is_digit(byte) || is_letter(byte)
                  : want == 'P'
                      ? is_digit(byte) || (is_letter(byte) && byte != 'I' && byte != 'O')
                      : byte == want;
        if (!ok) {
            return false;
        }
    }
    return true;
}

static struct text if_fits(struct text code, const char *const *shapes)
{
    for (; *shapes != NULL; shapes++) {
        if (strlen(*shapes) == code.len && fits(code, *shapes)) {
            return code;
        }
    }
    return (struct text){"", 0};
}

static struct text without_mark(struct text code, bool is_german)
{
    static const char *const marks[] = {"\u2020", "+", "*", "!"};
    size_t count = sizeof(marks) / sizeof(marks[0]) - !is_german;

    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(marks[i]);
        if (code.len > len && memcmp(code.at + code.len - len, marks[i], len) == 0) {
            code.len -= len;
            return text_trim(code);
        }
    }
    return code;
}

/* Where the dot of a system stands: 0 none. */
static size_t dot_place(enum code_dialect dialect, struct text code)
{
    switch (dialect) {
    case CODE_ICD10CM:
    case CODE_ICD10:
    case CODE_ICD10_UK:
    case CODE_ICD10_GM:
        return 3;
    case CODE_ICD9CM:
        return code.len > 0 && (code.at[0] == 'E' || code.at[0] == 'e') ? 4 : 3;
    case CODE_ICD9CM_PROCEDURE:
        return 2;
    case CODE_PLAIN:
    case CODE_ICD10PCS:
    case CODE_LOINC:
    case CODE_ATC:
    case CODE_UCUM:
    case CODE_RXNORM:
    case CODE_NDC:
        break;
    }
    return 0;
}

/* In capitals and without the dot, which must stand in its place with something behind it. */
static struct text undotted(struct text code, size_t place, char out[CODE_FORM_MAX])
{
    size_t len = 0;

    for (size_t i = 0; i < code.len; i++) {
        char byte = code.at[i];
        if (byte == '.' && place > 0 && i == place && i + 1 < code.len) {
            continue;
        }
        if (len == CODE_FORM_MAX) {
            return (struct text){"", 0};
        }
        out[len++] = (char)(byte >= 'a' && byte <= 'z' ? byte - ('a' - 'A') : byte);
    }
    return (struct text){out, len};
}

static bool take_letter(struct text *code, const char *letters, char *out)
{
    char last = code->len > 0 ? code->at[code->len - 1] : '\0';

    if (last >= 'a' && last <= 'z') {
        last = (char)(last - ('a' - 'A'));
    }
    if (*out != '\0' || last == '\0' || strchr(letters, last) == NULL) {
        return false;
    }
    *out = last;
    code->len--;
    return true;
}

struct code_suffix code_take_suffix(enum code_dialect dialect, struct text *code)
{
    struct code_suffix suffix = {0};

    if (dialect != CODE_ICD10_GM) {
        return suffix;
    }
    *code = text_trim(*code);
    while (take_letter(code, "VGAZ", &suffix.certainty) ||
           take_letter(code, "RLB", &suffix.side)) {
    }
    *code = without_mark(text_trim(*code), true);
    while (code->len > 0 && code->at[code->len - 1] == '-') {
        suffix.is_placeholder = true;
        code->len--;
    }
    if (suffix.is_placeholder && code->len > 0 && code->at[code->len - 1] == '.') {
        code->len--;
    }
    return suffix;
}

struct text code_normal(enum code_dialect dialect, struct text code, char out[CODE_FORM_MAX])
{
    size_t place = dot_place(dialect, code);

    switch (dialect) {
    case CODE_ICD10CM:
        return if_fits(undotted(code, place, out), icd10cm_shapes);
    case CODE_ICD10:
        return if_fits(undotted(without_mark(code, false), place, out), icd10_shapes);
    case CODE_ICD10_UK:
        return if_fits(undotted(without_mark(code, false), place, out), icd10_uk_shapes);
    case CODE_ICD10_GM:
        code_take_suffix(dialect, &code);
        return if_fits(undotted(code, place, out), icd10_shapes);
    case CODE_ICD10PCS:
        return if_fits(undotted(code, 0, out), icd10pcs_shapes);
    case CODE_ICD9CM:
        return if_fits(undotted(code, place, out), icd9cm_shapes);
    case CODE_ICD9CM_PROCEDURE:
        return if_fits(undotted(code, place, out), icd9_procedure_shapes);
    case CODE_ATC:
        code = if_fits(undotted(code, 0, out), atc_shapes);
        return code.len > 0 && strchr("ABCDGHJLMNPRSV", code.at[0]) != NULL
                   ? code
                   : (struct text){"", 0};
    case CODE_LOINC:
        return code_loinc_is(code) ? code : (struct text){"", 0};
    case CODE_RXNORM:
        code = if_fits(code, rxnorm_shapes);
        return code.len > 0 && code.at[0] != '0' ? code : (struct text){"", 0};
    case CODE_NDC:
        return ndc_normal(code, out);
    case CODE_PLAIN:
    case CODE_UCUM:
        break;
    }
    return code.len <= CODE_FORM_MAX ? code : (struct text){"", 0};
}

struct text code_dotted(enum code_dialect dialect, struct text code, char out[CODE_FORM_MAX])
{
    size_t place = dot_place(dialect, code);
    size_t len = 0;
    bool is_block = memchr(code.at, '-', code.len) != NULL;

    for (size_t i = 0; i < code.len && len + 2 < CODE_FORM_MAX; i++) {
        if (i == place && place > 0 && !is_block) {
            out[len++] = '.';
        }
        out[len++] = code.at[i];
    }
    out[len] = '\0';
    return (struct text){out, len};
}
