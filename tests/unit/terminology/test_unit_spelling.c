/*
 * Spellings of units; each that the lists know is read by UCUM where $HMS_REAL_DATA has its
 * essence.
 */
#include "terminology/unit_spelling.h"

#include "core/file.h"
#include "terminology/ucum.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { ESSENCE_MAX = 4 << 20 };

static void legacy_spellings_become_ucum(void **state)
{
    static const char *const cases[][2] = {
        {"mg/dl", "mg/dL"},
        {"MG/DL", "mg/dL"},
        {" mg / dl ", "mg/dL"},
        {"mg%", "mg/dL"},
        {"gm/dl", "g/dL"},
        {"gm%", "g/dL"},
        {"mcg", "ug"},
        {"\u00B5g/L", "ug/L"},
        {"\u03BCg/L", "ug/L"},
        {"\u00B5mol/l", "umol/L"},
        {"mEq/L", "meq/L"},
        {"mval/l", "meq/L"},
        {"U/L", "U/L"},
        {"u/l", "U/L"},
        {"E/l", "U/L"},
        {"IU/L", "[IU]/L"},
        {"UI/L", "[IU]/L"},
        {"uIU/mL", "u[IU]/mL"},
        {"mIU/L", "m[IU]/L"},
        {"x10^9/l", "10*9/L"},
        {"10*3/uL", "10*3/uL"},
        {"10e3/ul", "10*3/uL"},
        {"x10(9)/L", "10*9/L"},
        {"109/L", "10*9/L"},
        {"10\u2079/L", "10*9/L"},
        {"10**12/l", "10*12/L"},
        {"K/mcL", "10*3/uL"},
        {"K/uL", "10*3/uL"},
        {"thou/uL", "10*3/uL"},
        {"Tsd/\u00B5l", "10*3/uL"},
        {"M/uL", "10*6/uL"},
        {"mill/cmm", "10*6/uL"},
        {"Mio/\u00B5l", "10*6/uL"},
        {"lakhs/cumm", "10*5/uL"},
        {"T/L", "10*12/L"},
        {"Gpt/l", "10*9/L"},
        {"cells/cu.mm", "/uL"},
        {"/HPF", "/[HPF]"},
        {"sec", "s"},
        {"sek", "s"},
        {"mm/hr", "mm/h"},
        {"mm/1st hr", "mm/h"},
        {"ratio", "1"},
        {"% ", "%"},
        {"\u066A", "%"},
        {"ml/min/1.73m2", "mL/min/{1.73_m2}"},
        {"mL/min/1.73 m\u00B2", "mL/min/{1.73_m2}"},
        {"mmol\u00B7L\u207B\u00B9", "mmol/L"},
        {"mg/24h", "mg/d"},
        {"ug/kg/min", "ug/kg/min"},
        {"mg/g creat", "mg/g"},
        {"U/gHb", "U/g{Hb}"},
        {"copies/ml", "{copies}/mL"},
        {"\u0645\u0644\u063A/\u062F\u0644", "mg/dL"},
        {"\u063A/\u062F\u0644", "g/dL"},
        {"\u0648\u062D\u062F\u0629/\u0644\u062A\u0631", "U/L"},
        {"mmHg", "mm[Hg]"},
        {"\u00B0C", "Cel"},
        {"fl", "fL"},
        {"[IU]/mL", "[IU]/mL"},
    };
    char out[UNIT_SPELLING_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text ucum = unit_spelling(text_of(cases[i][0]), out);
        if (!text_is(ucum, cases[i][1])) {
            fail_msg("%s is %.*s, not %s", cases[i][0], (int)ucum.len, ucum.at, cases[i][1]);
        }
    }
}

static void what_has_two_meanings_or_none_is_not_known(void **state)
{
    static const char *const cases[] = {"G/L",
                                        "G/l",
                                        "",
                                        "/",
                                        "//",
                                        "furlong",
                                        "mg/furlong",
                                        "mg/",
                                        "k/l",
                                        "mil/ul",
                                        "x10^7/l",
                                        "mg/dl/h/d/s/s",
                                        "mg/dl of a very long unit that goes on",
                                        "cells"};
    char out[UNIT_SPELLING_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text ucum = unit_spelling(text_of(cases[i]), out);
        if (ucum.len > 0) {
            fail_msg("%s is %.*s", cases[i], (int)ucum.len, ucum.at);
        }
    }
}

struct reading {
    struct ucum *ucum;
    int words;
    int bad;
};

static void read_unit(struct text written, void *context)
{
    struct reading *reading = context;
    char out[UNIT_SPELLING_MAX];
    struct ucum_unit unit;
    struct text ucum = unit_spelling(written, out);

    reading->words++;
    if (ucum.len == 0 || ucum_read(reading->ucum, ucum, &unit, NULL) != UCUM_OK) {
        printf("%.*s: %.*s\n", (int)written.len, written.at, (int)ucum.len, ucum.at);
        reading->bad++;
    }
}

static void each_spelling_leads_to_a_unit_of_ucum(void **state)
{
    const char *folder = getenv("HMS_REAL_DATA");
    char *path = path_join(folder == NULL ? "../shared/data" : folder,
                           "terminology/ucum/ucum-essence.xml");
    struct reading reading = {0};
    struct strbuf content;
    struct error err = {0};

    (void)state;
    strbuf_init(&content, ESSENCE_MAX);
    if (!file_read(path, ESSENCE_MAX, &content, &err)) {
        strbuf_release(&content);
        free(path);
        skip();
    }
    reading.ucum = ucum_new(strbuf_text(&content), &err);
    assert_non_null(reading.ucum);
    unit_spelling_each(read_unit, &reading);
    assert_true(reading.words > 300);
    assert_int_equal(reading.bad, 0);
    ucum_free(reading.ucum);
    strbuf_release(&content);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legacy_spellings_become_ucum),
        cmocka_unit_test(what_has_two_meanings_or_none_is_not_known),
        cmocka_unit_test(each_spelling_leads_to_a_unit_of_ucum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
