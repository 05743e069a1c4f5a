/* A field of any bytes: its normal form is its own normal form, and its parts lie inside of it. */
#include "terminology/code_ndc.h"
#include "terminology/code_pair.h"
#include "terminology/excel_damage.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_form(enum code_dialect dialect, struct text field)
{
    char once[CODE_FORM_MAX];
    char twice[CODE_FORM_MAX];
    char dotted[CODE_FORM_MAX];
    struct text form = code_normal(dialect, field, once);
    struct text again;

    assert(form.len <= CODE_FORM_MAX);
    if (form.len == 0) {
        return;
    }
    again = code_normal(dialect, form, twice);
    assert(text_equal(form, again));
    if (form.len + 2 < CODE_FORM_MAX) {
        again = code_normal(dialect, code_dotted(dialect, form, dotted), twice);
        assert(text_equal(form, again));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text field = {(const char *)data + 1, size - 1};
    struct text parts[CODE_PARTS_MAX];
    char readings[NDC_READINGS_MAX][NDC_BYTES_MAX];
    enum code_dialect dialect;

    if (size == 0) {
        return 0;
    }
    dialect = (enum code_dialect)(data[0] % (CODE_NDC + 1));
    check_form(dialect, field);
    for (int i = code_split(dialect, field, parts) - 1; i >= 0; i--) {
        assert(parts[i].at >= field.at && parts[i].at + parts[i].len <= field.at + field.len);
        check_form(dialect, parts[i]);
    }
    (void)ndc_readings(field, readings);
    (void)code_loinc_digit_is_right(field);
    assert(excel_damage_of(field) == EXCEL_SOUND ||
           excel_damage_name(excel_damage_of(field))[0] != '\0');
    (void)excel_doubt_of(field);
    return 0;
}
