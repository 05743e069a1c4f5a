/* The form in which values of people are compared. */
#include "tests/unit/unit.h"

#include "transform/dedup/value_form.h"

static const struct {
    enum people_kind kind;
    enum date_order order;
    const char *raw;
    const char *form;
} cases[] = {
    {PEOPLE_FAMILY, 0, "  O'Brien-Smith ", "obrien smith"},
    {PEOPLE_FAMILY, 0, "Mu\xC3\xB1oz", "munoz"},
    {PEOPLE_FAMILY, 0, "Mun\xCC\x83oz", "munoz"},
    {PEOPLE_FAMILY, 0, "\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD\xD0\xBE\xD0\xB2", "ivanov"},
    {PEOPLE_FAMILY, 0, "Null", "null"},
    {PEOPLE_FAMILY, 0, " -- ", ""},
    {PEOPLE_FAMILY, 0, "Smith, Jr.", "smith#2"},
    {PEOPLE_FAMILY, 0, "Smith II", "smith#2"},
    {PEOPLE_FAMILY, 0, "Almeida Neto", "almeida#3"},
    {PEOPLE_FAMILY, 0, "Junior", "junior"},
    {PEOPLE_FAMILY, 0, "UNKNOWN", ""},
    {PEOPLE_FAMILY, 0, "Baby", "baby"},
    {PEOPLE_GIVEN, 0, "Dr. Anna", "anna"},
    {PEOPLE_GIVEN, 0, "Baby Boy A", ""},
    {PEOPLE_GIVEN, 0, "BG", ""},
    {PEOPLE_GIVEN, 0, "Baby of Mary", ""},
    {PEOPLE_GIVEN, 0, "MALE 12", ""},
    {PEOPLE_GIVEN, 0, "ZZTEST", ""},
    {PEOPLE_GIVEN, 0, "Na", "na"},
    {PEOPLE_MIDDLE, 0, "NMN", ""},
    {PEOPLE_BIRTH_DATE, DATE_ORDER_DMY, "1980-02-01", "19800201"},
    {PEOPLE_BIRTH_DATE, DATE_ORDER_DMY, "19800201", "19800201"},
    {PEOPLE_BIRTH_DATE, DATE_ORDER_DMY, "01/02/1980", "19800201"},
    {PEOPLE_BIRTH_DATE, DATE_ORDER_MDY, "02/01/1980", "19800201"},
    {PEOPLE_BIRTH_DATE, DATE_ORDER_DMY, "1980-02-01 00:00:00", "19800201"},
    {PEOPLE_BIRTH_DATE, DATE_ORDER_DMY, "19800231", "19800231"},
    {PEOPLE_BIRTH_DATE, DATE_ORDER_DMY, "unknown", ""},
    {PEOPLE_BIRTH_DATE, DATE_ORDER_DMY, "123456789012", ""},
    {PEOPLE_SEX, 0, "Female", "f"},
    {PEOPLE_SEX, 0, "2", "f"},
    {PEOPLE_SEX, 0, "unknown", ""},
    {PEOPLE_PHONE, 0, "(810) 433-3532", "8104333532"},
    {PEOPLE_PHONE, 0, "999 999 9999", ""},
    {PEOPLE_IDENTIFIER, 0, "943 476 5919", "9434765919"},
    {PEOPLE_IDENTIFIER, 0, "000-00-0000", ""},
    {PEOPLE_IDENTIFIER, 0, "123-45-6789", ""},
    {PEOPLE_IDENTIFIER, 0, "123456", "123456"},
    {PEOPLE_IDENTIFIER, 0, "N/A", ""},
    {PEOPLE_PHONE, 0, "0123456789", ""},
    {PEOPLE_STREET, 0, "No fixed abode", ""},
    {PEOPLE_EMAIL, 0, "noemail@example.org", ""},
    {PEOPLE_IDENTIFIER, 0,
     "urn:a\x1F"
     "12-345",
     "12345@511a"},
    {PEOPLE_IDENTIFIER, 0,
     "urn:a\x1F"
     "000-00",
     ""},
    {PEOPLE_POSTCODE, 0, "sw1a 1aa", "sw1a1aa"},
    {PEOPLE_EMAIL, 0, "Ann@Example.org", "ann@example.org"},
};

static void each_kind_has_one_form(void **state)
{
    struct value_former former = {0};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct people_field field = {.kind = cases[i].kind, .order = cases[i].order};
        char form[VALUE_FORM_MAX];
        struct text made = {form, value_form(&former, &field, text_of(cases[i].raw), form)};
        assert_text(made, cases[i].form);
    }
    value_former_release(&former);
}

static void long_values_are_equal_only_when_they_are(void **state)
{
    struct value_former former = {0};
    struct people_field field = {.kind = PEOPLE_FAMILY};
    char raw[2][10000];
    char form[2][VALUE_FORM_MAX];

    (void)state;
    memset(raw, 'x', sizeof(raw));
    raw[1][9999] = 'y';
    for (int i = 0; i < 2; i++) {
        struct text text = {raw[i], sizeof(raw[i])};
        assert_int_equal(value_form(&former, &field, text, form[i]), VALUE_FORM_MAX);
    }
    assert_memory_not_equal(form[0], form[1], VALUE_FORM_MAX);
    value_former_release(&former);
}

static void names_that_sound_alike_have_one_key(void **state)
{
    (void)state;
    assert_int_equal(sound_key(TEXT_LITERAL("smith")), sound_key(TEXT_LITERAL("smyth")));
    assert_int_equal(sound_key(TEXT_LITERAL("catherine")),
                     sound_key(TEXT_LITERAL("katherine")));
    assert_int_equal(sound_key(TEXT_LITERAL("phillip")), sound_key(TEXT_LITERAL("filip")));
    assert_int_not_equal(sound_key(TEXT_LITERAL("smith")), sound_key(TEXT_LITERAL("jones")));
}

/* Names as they stand in Arabic, and in two Latin spellings. */
static const char *const spellings[][3] = {
    {"محمد", "Muhammad", "Mohamed"},
    {"أحمد", "Ahmed", "Ahmad"},
    {"يوسف", "Yousef", "Yusuf"},
    {"حسين", "Hussein", "Husain"},
    {"عبد الله", "Abdullah", "Abdallah"},
    {"فاطمة", "Fatima", "Fatma"},
    {"خديجة", "Khadija", "Khadijah"},
    {"شريف", "Sherif", "Sharif"},
    {"مصطفى", "Mustafa", "Moustafa"},
    {"الأحمد", "Al-Ahmad", "El Ahmed"},
    {"عمر", "Omar", "Umar"},
    {"نور", "Nour", "Noor"},
    {"جمال", "Gamal", "Jamal"},
    {"قاسم", "Qasim", "Kassem"},
    {"سعيد", "Saeed", "Said"},
    {"عائشة", "Aisha", "Aicha"},
    {"خالد", "Khaled", "Khalid"},
    {"ابراهيم", "Ibrahim", "Ebrahim"},
    {"طارق", "Tariq", "Tarek"},
    {"ياسين", "Yassin", "Yacine"},
};

static void arabic_names_sound_like_their_latin_spellings(void **state)
{
    struct value_former former = {0};
    struct people_field field = {.kind = PEOPLE_GIVEN};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(spellings); i++) {
        uint64_t sounds[3];
        for (int k = 0; k < 3; k++) {
            char form[VALUE_FORM_MAX];
            size_t len = value_form(&former, &field, text_of(spellings[i][k]), form);
            sounds[k] = sound_key((struct text){form, len});
        }
        assert_int_equal(sounds[0], sounds[1]);
        assert_int_equal(sounds[2], sounds[1]);
    }
    value_former_release(&former);
}

static void nicknames_share_a_group(void **state)
{
    uint16_t bob[2];
    uint16_t robert[2];
    uint16_t nobody[2];

    (void)state;
    nickname_groups(TEXT_LITERAL("bob"), bob);
    nickname_groups(TEXT_LITERAL("robert"), robert);
    nickname_groups(TEXT_LITERAL("rober"), nobody);
    assert_int_equal(bob[0], robert[0]);
    assert_int_not_equal(bob[0], 0);
    assert_int_equal(nobody[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_one_form),
        cmocka_unit_test(long_values_are_equal_only_when_they_are),
        cmocka_unit_test(names_that_sound_alike_have_one_key),
        cmocka_unit_test(arabic_names_sound_like_their_latin_spellings),
        cmocka_unit_test(nicknames_share_a_group),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
