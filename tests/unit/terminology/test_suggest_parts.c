/* What suggestions are made of: the form of a name, the kind of a unit, a table of entries, and what a
 * number of right answers says. */
#include "tests/unit/unit.h"

#include "terminology/suggest/calibration.h"
#include "terminology/suggest/drug_words.h"
#include "terminology/suggest/lexicon.h"
#include "terminology/suggest/suggest_entries.h"
#include "terminology/suggest/unit_kind.h"
#include "terminology/suggest/word_skeleton.h"

static void names_have_one_form(void **state)
{
    static const struct {
        const char *name, *form;
    } cases[] = {
        {"Metformin 10mg", "metformin 10 mg"},
        {"Antibodies, Lyme", "ab borrelia burgdorferi"},
        {"Lactic Acid", "lactate"},
        {"Vitamin B12", "cobalamin"},
        {"WBC's", "leukocyte"},
        {"H\xc3\xa6moglobin", "hemoglobin"},
        {"\xce\xb2-Globulin", "beta globulin"},
        {"Vitamin D\xe2\x82\x82", "vitamin d d2 2"},
        {"\xef\xbc\xa7lucose", "glucose"},
        {"HSV 1", "herpe simplex virus 1"},
        {"0.9 % NaCl", "0.9 % sodium chloride"},
        {"Uric acid", "urate"},
        {"\xc3\x81"
         "cido \xc3\xba"
         "rico",
         "urate"},
        {"Acide folique", "folate"},
        {"Clavulans\xc3\xa4ure", "clavulanate"},
        {"Valproins\xc3\xa4ure", "valproate"},
        {"K", "potassium"},
        {"U-K", "potassium urine"},
        {"Natrium i.S.", "sodium serum"},
        {"B-Leukozyten", "leukocyte whole blood"},
        {"B-lymphocytes", "b lymphocyte"},
        {"S-100 protein", "s s100 100 protein"},
        {"DBIL", "bilirubin glucuronidated direct"},
        {"\xff\xc3", ""},
    };
    struct lexicon *lexicon = lexicon_new(LEXICON_LAB);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct name_form form;
        char joined[256];
        size_t len;
        name_form_make(&form, lexicon, text_of(cases[i].name));
        len = name_form_join(&form, joined, sizeof(joined));
        joined[len] = '\0';
        assert_string_equal(joined, cases[i].form);
    }
    lexicon_free(lexicon);
}

/* The lexicon's own words must not be changed by it, or a pack's name would differ from them. */
static void a_form_made_again_is_the_same(void **state)
{
    static const char *const names[] = {"UTI",  "HTN",     "HbA1c", "HSV 2 Ab by IFA",
                                        "PTH",  "t4 free", "hbsag", "cord blood",
                                        "COPD", "crm",     "psa",   "24 hr urn"};
    struct lexicon *lexicon = lexicon_new(LEXICON_ALL);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct name_form form;
        char once[256];
        char twice[256];
        size_t len;
        name_form_make(&form, lexicon, text_of(names[i]));
        len = name_form_join(&form, once, sizeof(once) - 1);
        once[len] = '\0';
        name_form_make(&form, lexicon, text_of(once));
        len = name_form_join(&form, twice, sizeof(twice) - 1);
        twice[len] = '\0';
        assert_string_equal(once, twice);
    }
    lexicon_free(lexicon);
}

static void units_have_a_kind_however_spelt(void **state)
{
    static const struct {
        const char *unit;
        enum unit_kind kind;
    } cases[] = {
        {"", UNIT_NONE},
        {"mg/dL", UNIT_MASS_VOLUME},
        {"MCG/ML", UNIT_MASS_VOLUME},
        {"\xc2\xb5g/100 mL", UNIT_MASS_VOLUME},
        {"mmol/L", UNIT_SUBSTANCE_VOLUME},
        {"mEq/L", UNIT_SUBSTANCE_VOLUME},
        {"U/L", UNIT_ACTIVITY_VOLUME},
        {"m[IU]/mL", UNIT_ACTIVITY_VOLUME},
        {"10*3/uL", UNIT_COUNT_VOLUME},
        {"x10E9/L", UNIT_COUNT_VOLUME},
        {"cells/uL", UNIT_COUNT_VOLUME},
        {"K/uL", UNIT_COUNT_VOLUME},
        {"mg/g creat", UNIT_MASS_MASS},
        {"umol/mol CRT", UNIT_SUBSTANCE_SUBSTANCE},
        {"mg/24 h", UNIT_MASS_TIME},
        {"mL/min", UNIT_VOLUME_TIME},
        {"mL/min/1.73m2", UNIT_VOLUME_TIME},
        {"%", UNIT_FRACTION},
        {"% of total", UNIT_FRACTION},
        {"/HPF", UNIT_FIELD},
        {"mm/hr", UNIT_VELOCITY},
        {"sec", UNIT_TIME},
        {"fL", UNIT_VOLUME},
        {"pg", UNIT_MASS},
        {"mosm/kg", UNIT_OSMOLALITY},
        {"titer", UNIT_TITRE},
        {"Ratio", UNIT_RATIO},
        {"furlongs", UNIT_OTHER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (unit_kind_of(text_of(cases[i].unit)) != cases[i].kind) {
            fail_msg("'%s' is %s", cases[i].unit,
                     unit_kind_name(unit_kind_of(text_of(cases[i].unit))));
        }
    }
    assert_true(unit_kind_agrees(UNIT_MASS_VOLUME, TEXT_LITERAL("MCnc")) == 1);
    assert_true(unit_kind_agrees(UNIT_MASS_VOLUME, TEXT_LITERAL("SCnc")) == 0);
    assert_true(unit_is_of_a_day(TEXT_LITERAL("mg/24 h")));
    assert_false(unit_is_of_a_day(TEXT_LITERAL("mg/dL")));
}

static void entries_are_bound_by_header(void **state)
{
    static const char *const tables[] = {
        "local_code,local_name,unit,loinc\n7,Sodium,mmol/L,1-1\n8,\"a, b\",,\n",
        "\xef\xbb\xbfLOINC;Units;Test_Name;Code\n1-1;mmol/L;Sodium;7\n;;a, b;8\n",
        "#curie_map:\n# x: "
        "y\nsubject_id\tsubject_label\tunit\tobject_id\n7\tSodium\tmmol/L\tLOINC:1-1\n"
        "8\ta, b\t\tsssom:NoTermFound\n",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        struct suggest_entries entries;
        struct error err = {0};
        assert_true(suggest_entries_read(&entries, text_of(tables[i]), &err));
        assert_int_equal(entries.count, 2);
        assert_true(entries.has_codes);
        assert_text(entries.at[0].query.local_code, "7");
        assert_text(entries.at[0].query.name, "Sodium");
        assert_text(entries.at[0].query.unit, "mmol/L");
        assert_text(entries.at[0].code, "1-1");
        assert_text(entries.at[1].query.name, "a, b");
        assert_int_equal(entries.at[1].code.len, 0);
        suggest_entries_release(&entries);
    }
}

static void tables_that_are_none_are_refused(void **state)
{
    static const char *const tables[] = {"", "#only\n", "a,b\n1,2\n", "local_name\n\"open\n"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        struct suggest_entries entries;
        struct error err = {0};
        assert_false(suggest_entries_read(&entries, text_of(tables[i]), &err));
        assert_int_equal(err.code, ERROR_SOURCE);
    }
}

/* Against the tables of Clopper and Pearson: 299 of 299 is the least that says 99 %. */
static void bounds_are_exact(void **state)
{
    (void)state;
    assert_true(share_at_least(299, 299, 0.95) >= 0.99);
    assert_true(share_at_least(298, 298, 0.95) < 0.99);
    assert_float_equal((float)share_at_least(9, 10, 0.975), 0.5550F, 0.0001F);
    assert_float_equal((float)share_at_most(9, 10, 0.975), 0.9975F, 0.0001F);
    assert_true(share_at_least(0, 10, 0.95) == 0);
    assert_true(share_at_least(0, 0, 0.95) == 0);
    assert_true(share_at_most(10, 10, 0.95) == 1);
}

static void a_fit_believes_what_it_saw(void **state)
{
    static struct calibration_case cases[2000];
    struct calibration calibration = calibration_default();
    double last = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double logit = (double)(i % 9) - 4;
        cases[i].inputs[0] = 1;
        cases[i].inputs[1] = logit;
        cases[i].right = (i * 7919 % 1000) < (size_t)(1000 / (1 + (i % 9 < 4 ? 9 : 0.25)));
    }
    calibration_fit(&calibration, cases, COUNT_OF(cases));
    for (int logit = -4; logit <= 4; logit++) {
        double inputs[CALIBRATION_INPUTS] = {1, logit};
        double p = calibration_probability(&calibration, inputs);
        assert_true(p + 1e-9 >= last);
        last = p;
    }
    assert_float_equal((float)last, 0.8F, 0.08F);
}

static void a_short_code_means_nothing_beside_other_words(void **state)
{
    struct lexicon *lexicon = lexicon_new(LEXICON_LAB);
    struct name_form form;

    (void)state;
    name_form_make(&form, lexicon, TEXT_LITERAL("Vitamin K"));
    assert_int_equal(form.nwords, 1);
    assert_text(form.words[0], "phytonadione");
    name_form_make(&form, lexicon, TEXT_LITERAL("K antigen"));
    assert_text(form.words[0], "k");
    lexicon_free(lexicon);
}

static void a_lexicon_is_of_its_field(void **state)
{
    struct lexicon *lab = lexicon_new(LEXICON_LAB);
    struct lexicon *drug = lexicon_new(LEXICON_DRUG);
    struct name_form form;

    (void)state;
    name_form_make(&form, lab, TEXT_LITERAL("CR random"));
    assert_text(form.words[0], "creatinine");
    name_form_make(&form, drug, TEXT_LITERAL("Verapamil CR Tabs"));
    assert_text(form.words[1], "extended");
    assert_text(form.words[3], "tablet");
    lexicon_free(lab);
    lexicon_free(drug);
}

static void languages_leave_one_skeleton(void **state)
{
    static const char *const same[][4] = {
        {"amlodipine", "amlodipina", "amlodipin", NULL},
        {"phenytoin", "fenitoina", NULL, NULL},
        {"glucose", "glukose", "glucosa", NULL},
        {"chlorpromazine", "clorpromazina", NULL, NULL},
        {"hydrochlorothiazide", "hidroclorotiazida", "hydrochlorothiazid", NULL},
        {"erythromycin", "eritromicina", "erythromycine", NULL},
        {"acyclovir", "aciclovir", NULL, NULL},
    };
    char first[SKELETON_MAX];
    char other[SKELETON_MAX];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        struct text one = word_skeleton(text_of(same[i][0]), first);
        assert_true(one.len > 0);
        for (size_t j = 1; same[i][j] != NULL; j++) {
            assert_true(text_equal(one, word_skeleton(text_of(same[i][j]), other)));
        }
    }
    assert_int_equal(word_skeleton(TEXT_LITERAL("iron"), other).len, 0);
    assert_int_equal(word_skeleton(TEXT_LITERAL("12345678"), other).len, 0);
    assert_false(text_equal(word_skeleton(TEXT_LITERAL("cefazolin"), first),
                            word_skeleton(TEXT_LITERAL("cefalexin"), other)));
}

static void a_group_of_atc_is_a_way(void **state)
{
    char out[ROUTES_TEXT_MAX];

    (void)state;
    assert_int_equal(drug_routes_of_group(TEXT_LITERAL("S01AA11")), ROUTE_EYE);
    assert_int_equal(drug_routes_of_group(TEXT_LITERAL("D01BA02")), 0);
    assert_int_equal(drug_routes_of_group(TEXT_LITERAL("D01AE15")), ROUTE_SKIN);
    assert_int_equal(drug_routes_of_group(TEXT_LITERAL("R03CC02")), 0);
    assert_int_equal(drug_routes_of_group(TEXT_LITERAL("")), 0);
    assert_int_equal(drug_routes_of_ddd(TEXT_LITERAL("O")), ROUTE_ORAL);
    assert_int_equal(drug_routes_of_ddd(TEXT_LITERAL("Inhal.powder")), ROUTE_INHALED);
    assert_int_equal(drug_routes_of_ddd(TEXT_LITERAL("SL")), ROUTE_SUBLINGUAL);
    assert_int_equal(drug_routes_of_ddd(TEXT_LITERAL("?")), 0);
    assert_text(drug_routes_text(ROUTE_ORAL | ROUTE_EYE, out), "oral, eye");
    assert_int_equal(drug_routes_text(0, out).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_have_one_form),
        cmocka_unit_test(a_form_made_again_is_the_same),
        cmocka_unit_test(a_short_code_means_nothing_beside_other_words),
        cmocka_unit_test(a_lexicon_is_of_its_field),
        cmocka_unit_test(languages_leave_one_skeleton),
        cmocka_unit_test(a_group_of_atc_is_a_way),
        cmocka_unit_test(units_have_a_kind_however_spelt),
        cmocka_unit_test(entries_are_bound_by_header),
        cmocka_unit_test(tables_that_are_none_are_refused),
        cmocka_unit_test(bounds_are_exact),
        cmocka_unit_test(a_fit_believes_what_it_saw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
