/*
 * Spellings of units; each that the lists know is read by UCUM where $HMS_REAL_DATA has its
 * essence.
 */
#include "terminology/unit_spelling.h"

#include "core/file.h"
#include "terminology/ucum.h"
#include "terminology/unit_words.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { ESSENCE_MAX = 4 << 20 };

static const char *const common[][2] = {
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

static const char *const of_many_countries[][2] = {
    {"x10E3/uL", "10*3/uL"},
    {"10x3/uL", "10*3/uL"},
    {"E9/l", "10*9/L"},
    {"10E09/L", "10*9/L"},
    {"10^7/l", "10*7/L"},
    {"\u4E07/\u03BCL", "10*4/uL"},
    {"\u00D710\u2074/\u03BCL", "10*4/uL"},
    {"Tsd./\u00B5l", "10*3/uL"},
    {"tys/\u00B5l", "10*3/uL"},
    {"mila/mmc", "10*3/uL"},
    {"mmol/mol Hb", "mmol/mol"},
    {"\u00B5kat/l", "ukat/L"},
    {"IE/ml", "[IU]/mL"},
    {"\u2030", "[ppth]"},
    {"ng/mL FEU", "ng/mL{FEU}"},
    {"mg/l (FEU)", "mg/L{FEU}"},
    {"ng/mL DDU", "ng/mL{DDU}"},
    {"/100 WBC", "/100{WBCs}"},
    {"cells/mm3", "/uL"},
    {"g%", "g/dL"},
    {"cc", "mL"},
    {"mg\u00A0/\u202FdL", "mg/dL"},
    {"\uFF4D\uFF47\uFF0F\uFF44\uFF2C", "mg/dL"},
    {"\u338E/\u3397", "mg/dL"},
    {"\uFF05", "%"},
    {"m\u2113", "mL"},
    {"\u2103", "Cel"},
    {"\u00BAC", "Cel"},
    {"\u043C\u043C\u043E\u043B\u044C/\u043B", "mmol/L"},
    {"\u0415\u0434/\u043B", "U/L"},
    {"\u043C\u041C\u0415/\u043B", "m[IU]/L"},
    {"\u043C\u043A\u043C\u043E\u043B\u044C/\u041B", "umol/L"},
    {"MU/L", "mU/L"},
    {"MIU/L", "m[IU]/L"},
    {"gr/dl", "g/dL"},
    {"EU/dL", "{Ehrlich'U}/dL"},
};

static void each_is(const char *const (*cases)[2], size_t count)
{
    char out[UNIT_SPELLING_MAX];

    for (size_t i = 0; i < count; i++) {
        struct text ucum = unit_spelling(text_of(cases[i][0]), out);
        if (!text_is(ucum, cases[i][1])) {
            fail_msg("%s is %.*s, not %s", cases[i][0], (int)ucum.len, ucum.at, cases[i][1]);
        }
    }
}

static void legacy_spellings_become_ucum(void **state)
{
    (void)state;
    each_is(common, sizeof(common) / sizeof(common[0]));
    each_is(of_many_countries, sizeof(of_many_countries) / sizeof(of_many_countries[0]));
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
                                        "107/l",
                                        "105/l",
                                        "x10^13/l",
                                        "10^-9/l",
                                        "G / L",
                                        "\u0413/\u043B",
                                        "\uFF27/\uFF2C",
                                        "gr",
                                        "mM",
                                        "uM",
                                        "\u00B5M",
                                        "M",
                                        "m/mm3",
                                        "mE/L",
                                        "MU",
                                        "MIU/mL",
                                        "EU/mL",
                                        "\u0441",
                                        "mol%",
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

static void read_unit(struct reading *reading, const char *before, struct text word,
                      const char *behind)
{
    char written[2 * UNIT_SPELLING_MAX];
    char out[UNIT_SPELLING_MAX];
    struct ucum_unit unit;
    struct text ucum;

    snprintf(written, sizeof(written), "%s%.*s%s", before, (int)word.len, word.at, behind);
    ucum = unit_spelling(text_of(written), out);
    reading->words++;
    if (ucum.len == 0 || ucum_read(reading->ucum, ucum, &unit, NULL) != UCUM_OK) {
        printf("%s: %.*s\n", written, (int)ucum.len, ucum.at);
        reading->bad++;
    }
}

static void read_whole(struct text word, const char *ucum, void *context)
{
    (void)ucum;
    read_unit(context, "", word, "");
}

static void read_numerator(struct text word, const char *ucum, void *context)
{
    (void)ucum;
    read_unit(context, "", word, "/l");
}

static void read_denominator(struct text word, const char *ucum, void *context)
{
    (void)ucum;
    read_unit(context, "mg/", word, "");
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
    unit_words_each(UNIT_WHOLES, read_whole, &reading);
    unit_words_each(UNIT_NUMERATORS, read_numerator, &reading);
    unit_words_each(UNIT_DENOMINATORS, read_denominator, &reading);
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
