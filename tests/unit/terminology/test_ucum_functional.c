/*
 * All cases of UcumFunctionalTests.xml against ucum-essence.xml, both in
 * $HMS_REAL_DATA/terminology/ucum; skipped where they are not.
 *
 * The file holds 576 cases, two of them commented out by its authors (1-103, which contradicts
 * 2-101, and 3-130); the 574 others are run.
 *
 * Outcomes of that file are rounded (25 for 25.2), so a value is right when it rounds to the
 * digits that are given.
 */
#include "tests/unit/unit.h"

#include "core/file.h"
#include "terminology/ucum.h"
#include "terminology/xml.h"

#include <stdio.h>
#include <stdlib.h>

enum { CASES = 574, FILE_MAX = 1 << 20 };

struct run {
    struct ucum *ucum;
    char section[32];
    int passed;
    int failed;
};

static bool equals(ucum_real got, struct text wanted)
{
    int digits = 0;
    bool leading = true;
    char text[64];
    struct strbuf out;
    ucum_real want;
    ucum_real rounded;

    for (size_t i = 0; i < wanted.len && wanted.at[i] != 'e'; i++) {
        leading = leading && (wanted.at[i] == '0' || wanted.at[i] == '.');
        digits += !leading && wanted.at[i] != '.';
    }
    strbuf_init(&out, sizeof(text));
    ucum_real_format(&out, got, digits);
    assert_true(ucum_real_parse(wanted, &want));
    assert_true(ucum_real_parse(strbuf_text(&out), &rounded));
    strbuf_release(&out);
    got = rounded / want - 1;
    return got < 1e-25 && got > -1e-25;
}

static bool unit_of(const struct run *run, struct text expression, struct ucum_unit *out)
{
    return ucum_read(run->ucum, expression, out, NULL) == UCUM_OK;
}

static bool passes_display(const struct run *run, const char *const *a)
{
    struct strbuf out;
    bool ok;

    strbuf_init(&out, 1000);
    ok = ucum_describe(run->ucum, xml_attribute(a, "unit"), &out) == UCUM_OK &&
         text_equal(strbuf_text(&out), xml_attribute(a, "display"));
    strbuf_release(&out);
    return ok;
}

static bool passes_conversion(const struct run *run, const char *const *a)
{
    struct ucum_unit from;
    struct ucum_unit to;
    ucum_real x;

    return ucum_real_parse(xml_attribute(a, "value"), &x) &&
           unit_of(run, xml_attribute(a, "srcUnit"), &from) &&
           unit_of(run, xml_attribute(a, "dstUnit"), &to) && ucum_convert(&from, &to, x, &x) &&
           equals(x, xml_attribute(a, "outcome"));
}

static bool passes_product(const struct run *run, const char *const *a, bool divide)
{
    struct ucum_unit u1;
    struct ucum_unit u2;
    struct ucum_unit result;
    ucum_real v1;
    ucum_real v2;

    return ucum_real_parse(xml_attribute(a, "v1"), &v1) &&
           ucum_real_parse(xml_attribute(a, "v2"), &v2) &&
           unit_of(run, xml_attribute(a, "u1"), &u1) &&
           unit_of(run, xml_attribute(a, "u2"), &u2) &&
           unit_of(run, xml_attribute(a, "uRes"), &result) &&
           (divide ? ucum_divide(&u1, &u2) : ucum_multiply(&u1, &u2)) &&
           ucum_convert(&u1, &result, divide ? v1 / v2 : v1 * v2, &v1) &&
           equals(v1, xml_attribute(a, "vRes"));
}

static bool passes(const struct run *run, const char *const *a)
{
    struct ucum_unit unit;

    if (strcmp(run->section, "validation") == 0) {
        return unit_of(run, xml_attribute(a, "unit"), &unit) ==
               text_is(xml_attribute(a, "valid"), "true");
    }
    if (strcmp(run->section, "displayNameGeneration") == 0) {
        return passes_display(run, a);
    }
    if (strcmp(run->section, "conversion") == 0) {
        return passes_conversion(run, a);
    }
    return passes_product(run, a, strcmp(run->section, "division") == 0);
}

static bool on_open(void *context, const char *name, const char *const *attributes,
                    struct error *err)
{
    struct run *run = context;

    (void)err;
    if (strcmp(name, "case") != 0) {
        snprintf(run->section, sizeof(run->section), "%s", name);
    } else if (passes(run, attributes)) {
        run->passed++;
    } else {
        run->failed++;
        print_error("%s, case %s: %s\n", run->section, xml_attribute(attributes, "id").at,
                    xml_attribute(attributes, "unit").at);
    }
    return true;
}

static void on_text(void *context, struct text piece)
{
    (void)context;
    (void)piece;
}

static bool on_close(void *context, const char *name, struct error *err)
{
    (void)context;
    (void)name;
    (void)err;
    return true;
}

static void every_functional_case_passes(void **state)
{
    const char *data = getenv("HMS_REAL_DATA");
    char *folder = path_join(data == NULL ? "../shared/data" : data, "terminology/ucum");
    char *essence = path_join(folder, "ucum-essence.xml");
    char *tests = path_join(folder, "UcumFunctionalTests.xml");
    struct run run = {0};
    struct xml_walk walk = {on_open, on_text, on_close, &run};
    struct strbuf content;
    struct error err = {0};

    (void)state;
    if (!file_exists(essence) || !file_exists(tests)) {
        free(folder);
        free(essence);
        free(tests);
        skip();
    }
    strbuf_init(&content, FILE_MAX);
    assert_true(file_read(essence, FILE_MAX, &content, &err));
    run.ucum = ucum_new(strbuf_text(&content), &err);
    if (run.ucum == NULL) {
        fail_msg("%s", err.message);
    }
    strbuf_clear(&content);
    assert_true(file_read(tests, FILE_MAX, &content, &err));
    assert_true(xml_parse(strbuf_text(&content), &walk, &err));
    print_message("%d of %d cases pass\n", run.passed, run.passed + run.failed);
    assert_int_equal(run.failed, 0);
    assert_int_equal(run.passed, CASES);
    ucum_free(run.ucum);
    strbuf_release(&content);
    free(folder);
    free(essence);
    free(tests);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_functional_case_passes)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
