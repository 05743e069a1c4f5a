/* A name finds its code: by words, unit, specimen, method; by habits that were learned; and never by
 * harm in what is asked. */
#include "tests/unit/terminology/tiny_pack.h"

#include "terminology/suggest/suggest.h"

#include <pthread.h>
#include <stdlib.h>

static struct code_pack *pack;
static struct suggester *suggester;

static struct text best(const struct suggester *of, const struct suggest_query *query)
{
    struct suggest_scratch *scratch = suggest_scratch_new(of);
    struct suggest_answer answers[5];
    size_t count = suggest(of, scratch, query, answers, COUNT_OF(answers));

    suggest_scratch_free(scratch);
    for (size_t i = 0; i < count; i++) {
        assert_true(answers[i].probability >= 0 && answers[i].probability <= 1);
        assert_true(i == 0 || answers[i].score <= answers[i - 1].score);
    }
    return count == 0 ? (struct text){"", 0} : code_pack_entry(pack, answers[0].row).code;
}

static void the_first_answer_is_what_a_laboratory_means(void **state)
{
    static const struct {
        const char *name, *unit, *specimen, *code;
    } cases[] = {
        {"Glucose", "mg/dL", "", "1-1"},
        {"GLUCOSE", "mmol/L", "", "1-2"},
        {"Glucose, Urine", "mg/dL", "", "1-3"},
        {"Glucose", "mg/dL", "Urine", "1-3"},
        {"Glucose urine dipstick, qualitative", "", "", "1-4"},
        {"Glucose, 24h urine", "mg/24 h", "", "1-5"},
        {"Glucose 1 hour post meal", "mg/dL", "", "1-6"},
        {"Glucose/Creatinine ratio, urine", "mg/g creat", "", "2-2"},
        {"White Blood Cells", "10^3/uL", "Whole blood", "3-1"},
        {"WBC, CSF", "/uL", "", "3-2"},
        {"Parathyroid Hormone, Intact", "pg/mL", "", "4-1"},
        {"Parathyroid hormone antibodies", "", "", "4-2"},
        {"HSV 2 by PCR", "", "CSF", "5-1"},
        {"Herpes Simplex 2 Antibody IgG by ELISA", "IV", "", "5-2"},
        {"Lactic acid", "mmol/L", "", "6-1"},
        {"N-Desmethylclobazam", "ng/mL", "", "8-1"},
        {"Glukose im Urin", "mg/dl", "", "1-3"},
        {"Gluc\xc3\xb3se s\xc3\xa9rum", "\xc2\xb5mol/L", "", "1-2"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct suggest_query query = {.name = text_of(cases[i].name),
                                      .unit = text_of(cases[i].unit),
                                      .specimen = text_of(cases[i].specimen)};
        struct text code = best(suggester, &query);
        if (!text_is(code, cases[i].code)) {
            fail_msg("'%s' [%s] became %.*s", cases[i].name, cases[i].unit, (int)code.len,
                     code.at);
        }
    }
}

static void reasons_name_the_axes(void **state)
{
    struct suggest_query query = {.name = TEXT_LITERAL("Glucose, urine"),
                                  .unit = TEXT_LITERAL("mg/dL")};
    struct suggest_scratch *scratch = suggest_scratch_new(suggester);
    struct suggest_answer answer;
    struct strbuf out;

    (void)state;
    strbuf_init(&out, 4096);
    assert_int_equal(suggest(suggester, scratch, &query, &answer, 1), 1);
    suggest_reasons(suggester, scratch, answer.row, &out);
    assert_non_null(strstr(out.at, "unit mg/dL is mass concentration: PROPERTY MCnc agrees"));
    assert_non_null(strstr(out.at, "SYSTEM Urine agrees"));
    strbuf_clear(&out);
    suggest_reasons(suggester, scratch, CODE_NONE, &out);
    assert_string_equal(out.at, "nothing is alike");
    strbuf_release(&out);
    suggest_scratch_free(scratch);
}

static void nothing_is_suggested_for_nothing(void **state)
{
    static const char *const names[] = {"", " ", "???", "\xff\xfe\x80", "\xe2\x82"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct suggest_query query = {.name = text_of(names[i])};
        best(suggester, &query);
    }
}

static void a_name_of_any_length_is_taken(void **state)
{
    char *name = xmalloc(1 << 20);
    struct suggest_query query = {.name = {name, 1 << 20},
                                  .unit = {name, 1 << 20},
                                  .specimen = {name, 1 << 20},
                                  .context = {name, 1 << 20}};

    (void)state;
    for (size_t i = 0; i < 1 << 20; i++) {
        name[i] = i % 8 == 7 ? ' ' : (char)('a' + i % 26);
    }
    best(suggester, &query);
    free(name);
}

/* A site that calls every specimen field "Origin", measures glucose in "G-units" as SCnc and
 * says "Sugar" for glucose. */
static size_t teach(struct suggest_decision *decisions)
{
    static const char *const tests[] = {"Crystals", "Pap",    "Swab", "Panel A",
                                        "Lipids",   "Nail",   "Hair", "Stone",
                                        "Tissue",   "Sputum", "Ear",  "Eye"};
    size_t count = 0;

    for (size_t i = 0; i < COUNT_OF(tests); i++) {
        static char names[2 * COUNT_OF(tests)][40];
        snprintf(names[2 * i], sizeof(names[0]), "%s Origin", tests[i]);
        snprintf(names[2 * i + 1], sizeof(names[0]), "Sugar %s", tests[i]);
        decisions[count++] = (struct suggest_decision){.query = {.name = text_of(names[2 * i])},
                                                       .code = TEXT_LITERAL("7-1")};
        decisions[count++] = (struct suggest_decision){
            .query = {.name = text_of(names[2 * i + 1]), .unit = TEXT_LITERAL("G-units")},
            .code = TEXT_LITERAL("1-2")};
    }
    decisions[count++] = (struct suggest_decision){
        .query = {.name = TEXT_LITERAL("Billing remark")}, .code = {"", 0}};
    decisions[count++] = (struct suggest_decision){
        .query = {.name = TEXT_LITERAL("House special")}, .code = TEXT_LITERAL("6-1")};
    return count;
}

static void what_was_approved_is_learned(void **state)
{
    struct suggest_decision decisions[64];
    struct suggester *site = suggester_new(pack);
    struct suggest_query habit = {.name = TEXT_LITERAL("Toenail Origin")};
    struct suggest_query word = {.name = TEXT_LITERAL("Sugar monthly"),
                                 .unit = TEXT_LITERAL("G-units")};
    struct suggest_query same = {.name = TEXT_LITERAL("house SPECIAL")};
    struct error err = {0};

    (void)state;
    assert_false(suggester_is_trained(site));
    assert_true(suggester_train(site, decisions, teach(decisions), &err));
    assert_true(suggester_is_trained(site));
    assert_text(best(site, &habit), "7-1");
    assert_text(best(site, &word), "1-2");
    assert_text(best(site, &same), "6-1");
    suggester_free(site);
}

static void a_model_read_back_answers_alike(void **state)
{
    struct suggest_query query = {.name = TEXT_LITERAL("Sugar monthly"),
                                  .unit = TEXT_LITERAL("G-units")};
    char path[] = "/tmp/hms-model-XXXXXX";
    struct suggest_decision decisions[64];
    struct suggester *first = suggester_new(pack);
    struct suggester *second = suggester_new(pack);
    struct suggest_answer a[5];
    struct suggest_answer b[5];
    struct suggest_scratch *scratch;
    struct error err = {0};

    (void)state;
    close(mkstemp(path));
    assert_true(suggester_train(first, decisions, teach(decisions), &err));
    assert_true(suggester_save(first, path, &err));
    assert_true(suggester_load(second, path, &err));
    scratch = suggest_scratch_new(first);
    assert_int_equal(suggest(first, scratch, &query, a, 5), 5);
    suggest_scratch_free(scratch);
    scratch = suggest_scratch_new(second);
    assert_int_equal(suggest(second, scratch, &query, b, 5), 5);
    suggest_scratch_free(scratch);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(a[i].row, b[i].row);
        assert_true(a[i].probability == b[i].probability);
    }
    unlink(path);
    suggester_free(first);
    suggester_free(second);
}

static void a_damaged_model_is_refused_and_forgotten(void **state)
{
    static const char *const models[] = {
        "",
        "something else\nend\n",
        "hms suggest model 1\n",
        "hms suggest model 1\npack\tother\t1\nend\n",
        "hms suggest model 1\npack\ttiny\t1\nfeature\tcover\tmany\nend\n",
        "hms suggest model 1\npack\ttiny\t1\npair\tSYSTEM\twx\tUrine\nend\n",
        "hms suggest model 1\npack\ttiny\t1\ndecision\t1-1\tx\t\tmaybe\t0\t0\t0\t0\nend\n",
        "hms suggest model 1\npack\ttiny\t1\nend\npair\tSYSTEM\twx\tUrine\t1\n",
        "hms suggest model 1\npack\ttiny\t1\ncalibrate\t1\t2\nend\n",
        "hms suggest model 1\npack\ttiny\t1\nheld\t0.2\t1\nheld\t0.9\t1\nend\n",
    };
    struct suggester *site = suggester_new(pack);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(models); i++) {
        struct error err = {0};
        assert_false(suggester_load_text(site, text_of(models[i]), &err));
        assert_int_equal(err.code, ERROR_CONFIG);
        assert_false(suggester_is_trained(site));
    }
    suggester_free(site);
}

static void no_band_is_claimed_from_few_decisions(void **state)
{
    struct suggest_decision decisions[64];
    struct suggester *site = suggester_new(pack);
    struct suggest_band band;
    struct error err = {0};

    (void)state;
    assert_true(suggester_train(site, decisions, teach(decisions), &err));
    band = suggester_band(site, 0.99);
    assert_int_equal(band.accepted, 0);
    assert_true(band.threshold > 1);
    suggester_free(site);
}

static void *ask_often(void *argument)
{
    struct suggest_query query = {.name = TEXT_LITERAL("Glucose, urine"),
                                  .unit = TEXT_LITERAL("mg/dL")};

    for (int i = 0; i < 20; i++) {
        if (!text_is(best(suggester, &query), "1-3")) {
            return argument;
        }
    }
    return NULL;
}

static void threads_ask_side_by_side(void **state)
{
    pthread_t threads[4];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, threads), 0);
    }
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        assert_null(result);
    }
}

static int set_up(void **state)
{
    (void)state;
    pack = tiny_pack();
    suggester = suggester_new(pack);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    suggester_free(suggester);
    code_pack_free(pack);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_answer_is_what_a_laboratory_means),
        cmocka_unit_test(reasons_name_the_axes),
        cmocka_unit_test(nothing_is_suggested_for_nothing),
        cmocka_unit_test(a_name_of_any_length_is_taken),
        cmocka_unit_test(what_was_approved_is_learned),
        cmocka_unit_test(a_model_read_back_answers_alike),
        cmocka_unit_test(a_damaged_model_is_refused_and_forgotten),
        cmocka_unit_test(no_band_is_claimed_from_few_decisions),
        cmocka_unit_test(threads_ask_side_by_side),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
