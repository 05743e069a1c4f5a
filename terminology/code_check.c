#include "terminology/code_check.h"

#include "terminology/code_loinc.h"
#include "terminology/code_ndc.h"

#include <stdio.h>

enum { SEVENTH = 7 };

static const struct {
    const char *name;
    const char *text;
} verdicts[] = {
#define X(verdict, name, text) {name, text},
    CODE_VERDICT_LIST(X)
#undef X
};

const char *code_verdict_name(enum code_verdict verdict)
{
    return verdicts[verdict].name;
}

const char *code_verdict_text(enum code_verdict verdict)
{
    return verdicts[verdict].text;
}

static uint32_t find_normal(const struct code_pack *pack, struct text code,
                            struct code_state *state)
{
    uint32_t row = code_pack_find_state(pack, code, state);

    /* the UK's M45X is M45: the X only says that nothing is in the fourth place */
    if (row == CODE_NONE && code_pack_dialect(pack) == CODE_ICD10_UK && code.len >= 4 &&
        code.at[3] == 'X') {
        row = code_pack_find_state(pack, (struct text){code.at, 3}, state);
    }
    return row;
}

uint32_t code_look_up(const struct code_pack *pack, struct text code)
{
    char normal[CODE_FORM_MAX];
    struct code_state state;

    /* chapters and blocks are no codes of any shape, but they are in the pack */
    struct text form = code_normal(code_pack_dialect(pack), code, normal);

    return form.len > 0 ? find_normal(pack, form, &state) : code_pack_find(pack, code);
}

/* W21.9A is W21.9XXA: the last character belongs in the seventh place. */
static bool find_padded(const struct code_pack *pack, struct text code,
                        char instead[CODE_FORM_MAX])
{
    size_t last = code.len - 1;

    if (code_pack_dialect(pack) != CODE_ICD10CM || code.len < 4 || code.len >= SEVENTH) {
        return false;
    }
    memset(instead, 'X', SEVENTH);
    memcpy(instead, code.at, last);
    instead[SEVENTH - 1] = code.at[last];
    instead[SEVENTH] = '\0';
    if (code_pack_find(pack, (struct text){instead, SEVENTH}) != CODE_NONE) {
        return true;
    }
    instead[0] = '\0';
    return false;
}

static bool is_on_own_days(const struct code_pack *pack, uint32_t row, int32_t day)
{
    struct code_entry entry = code_pack_entry(pack, row);

    return (entry.from == CODE_NO_DAY || day >= entry.from) &&
           (entry.until == CODE_NO_DAY || day < entry.until);
}

/* A code that was withdrawn later was right on a day before. */
static enum code_verdict judge(const struct code_pack *pack, uint32_t row,
                               const struct code_state *state, int32_t day)
{
    bool is_known_day = day != CODE_NO_DAY && state->is_dated;

    if (day != CODE_NO_DAY && (!code_pack_covers(pack, day) ||
                               (state->is_dated && !is_on_own_days(pack, row, day)))) {
        return CODE_NOT_ON_DAY;
    }
    if (state->status == CODE_DEPRECATED && !is_known_day) {
        return CODE_RETIRED;
    }
    if ((state->flags & CODE_BILLABLE) == 0) {
        return CODE_HEADING;
    }
    return (state->flags & (CODE_ASTERISK | CODE_OPTIONAL)) != 0 ? CODE_NEVER_ALONE
                                                                 : CODE_RIGHT;
}

/* The one successor; several are for a person to choose from. */
static void put_successor(const struct code_pack *pack, struct code_finding *finding)
{
    struct text successor = {"", 0};
    int successors = 0;
    size_t at;
    size_t end = code_pack_related(pack, finding->row, &at);

    for (end += at; at < end; at++) {
        struct code_relation relation = code_pack_relation(pack, at);
        if (relation.kind == PACK_REPLACED_BY) {
            successor = relation.target;
            successors++;
        }
    }
    if (successors == 1 && successor.len < CODE_FORM_MAX) {
        memcpy(finding->instead, successor.at, successor.len);
        finding->instead[successor.len] = '\0';
    }
}

/* Digits without hyphens: which packages of the pack may they be?  False: none, or only the one
 * that they are. */
static bool is_ambiguous(const struct code_pack *pack, struct text digits,
                         char instead[CODE_FORM_MAX])
{
    char readings[NDC_READINGS_MAX][NDC_BYTES_MAX];
    int count = ndc_readings(digits, readings);
    size_t len = 0;
    int found = 0;

    for (int i = 0; i < count; i++) {
        struct text reading = text_of(readings[i]);
        bool is_again = (i > 0 && text_is(reading, readings[0])) ||
                        (i > 1 && text_is(reading, readings[1]));
        if (!is_again && code_pack_find(pack, reading) != CODE_NONE) {
            len += (size_t)snprintf(instead + len, CODE_FORM_MAX - len, "%s%s",
                                    found > 0 ? " " : "", readings[i]);
            found++;
        }
    }
    if (found > 1 || (found == 1 && !text_is(digits, instead))) {
        return true;
    }
    instead[0] = '\0';
    return false;
}

/* The title files of ICD-9-CM list no headings: what longer codes begin with is one. */
static bool is_unlisted_heading(const struct code_pack *pack, struct text form)
{
    enum code_dialect dialect = code_pack_dialect(pack);
    uint32_t first = 0;
    uint32_t count = code_pack_count(pack);
    struct text code;

    if (dialect != CODE_ICD9CM && dialect != CODE_ICD9CM_PROCEDURE) {
        return false;
    }
    while (count > 0) { /* the first code behind it in order */
        uint32_t half = count / 2;
        if (text_compare(code_pack_entry(pack, first + half).code, form) < 0) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    if (first == code_pack_count(pack)) {
        return false;
    }
    code = code_pack_entry(pack, first).code;
    return code.len > form.len && memcmp(code.at, form.at, form.len) == 0;
}

struct code_finding code_check(const struct code_pack *pack, struct text code, int32_t day)
{
    struct code_finding finding = {.verdict = CODE_MALFORMED, .row = CODE_NONE};
    enum code_dialect dialect = code_pack_dialect(pack);
    char normal[CODE_FORM_MAX];
    struct text form = code_normal(dialect, code, normal);
    struct code_state state;

    if (form.len == 0 && dialect == CODE_LOINC && code_loinc_is_part(code)) {
        form = code; /* Athena's LOINC has parts and answers */
    }
    if (form.len == 0) {
        return finding;
    }
    if (dialect == CODE_NDC && is_ambiguous(pack, form, finding.instead)) {
        finding.verdict = CODE_AMBIGUOUS;
        return finding;
    }
    finding.row = find_normal(pack, form, &state);
    if (finding.row != CODE_NONE) {
        finding.verdict = judge(pack, finding.row, &state, day);
        if (finding.verdict != CODE_NOT_ON_DAY &&
            code_take_suffix(dialect, &code).is_placeholder) {
            finding.verdict = CODE_HEADING;
        }
        if (finding.verdict == CODE_RETIRED || finding.verdict == CODE_NOT_ON_DAY) {
            put_successor(pack, &finding);
        }
    } else if (dialect == CODE_LOINC && !code_loinc_digit_is_right(form)) {
        finding.verdict = CODE_WRONG_DIGIT;
    } else if (find_padded(pack, form, finding.instead)) {
        finding.verdict = CODE_SEVENTH;
    } else if (is_unlisted_heading(pack, form)) {
        finding.verdict =
            day == CODE_NO_DAY || code_pack_covers(pack, day) ? CODE_HEADING : CODE_NOT_ON_DAY;
    } else {
        finding.verdict = CODE_UNKNOWN;
    }
    return finding;
}
