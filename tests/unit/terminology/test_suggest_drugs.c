/* Drugs of a ward find their ATC code by substance and by the way they are given, in several languages;
 * what is no drug is not believed. */
#include "tests/unit/unit.h"

#include "terminology/suggest/suggest_many.h"
#include "tests/unit/terminology/tiny_pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct {
    const char *code, *name, *ddd;
} atc[] = {
    {"A07EA02", "hydrocortisone", NULL},
    {"B01AC06", "acetylsalicylic acid", "1 tablet O"},
    {"B05XA03", "sodium chloride", NULL},
    {"C08CA01", "amlodipine", "5 mg O"},
    {"C09CA01", "losartan", "50 mg O"},
    {"C09DA01", "losartan and diuretics", NULL},
    {"D06BB03", "aciclovir", NULL},
    {"D07AA02", "hydrocortisone", NULL},
    {"H02AB09", "hydrocortisone", "30 mg O"},
    {"J01CA04", "amoxicillin", "1.5 g O"},
    {"J01CR02", "amoxicillin and beta-lactamase inhibitor", "1.5 g O"},
    {"J01GB03", "gentamicin", "0.24 g P"},
    {"J05AB01", "aciclovir", "4 g O"},
    {"N02BE01", "paracetamol", "3 g O"},
    {"N03AB02", "phenytoin", "0.3 g O"},
    {"S01AA11", "gentamicin", NULL},
    {"S01AD03", "aciclovir", NULL},
};

static struct code_pack *pack;
static struct suggester *suggester;

static int set_up(void **state)
{
    struct pack_builder builder;

    (void)state;
    pack_builder_init(&builder);
    pack_builder_meta(&builder, "name", TEXT_LITERAL("atc"));
    pack_builder_meta(&builder, "version", TEXT_LITERAL("1"));
    pack_builder_meta(&builder, "dialect", TEXT_LITERAL("atc"));
    for (size_t i = 0; i < COUNT_OF(atc); i++) {
        struct code_entry entry = {.code = text_of(atc[i].code),
                                   .display = text_of(atc[i].name),
                                   .flags = CODE_BILLABLE,
                                   .from = CODE_NO_DAY,
                                   .until = CODE_NO_DAY};
        pack_builder_add(&builder, &entry, (struct text){"", 0});
        if (atc[i].ddd != NULL) {
            pack_builder_property(&builder, "ddd", text_of(atc[i].ddd));
        }
    }
    pack = opened_pack(&builder);
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

static struct suggest_answer ask(const char *name, struct suggest_scratch *scratch)
{
    struct suggest_query query = {.name = text_of(name)};
    struct suggest_answer best = {.row = CODE_NONE};

    suggest(suggester, scratch, &query, &best, 1);
    return best;
}

static void a_drug_is_its_substance_and_its_way(void **state)
{
    static const struct {
        const char *name, *code;
    } cases[] = {
        {"Aciclovir 5% cream", "D06BB03"},
        {"ACYCLOVIR 400MG TAB", "J05AB01"},
        {"Aciclovir Augensalbe", "S01AD03"},
        {"Hydrocortisone sod succ 100 mg inj", "H02AB09"},
        {"Hidrocortisona crema 1%", "D07AA02"},
        {"Gentamicin 80mg/2ml amp", "J01GB03"},
        {"Gentamicina colirio 0,3%", "S01AA11"},
        {"Amoxicillin 500 mg caps", "J01CA04"},
        {"AMOX/CLAV 875/125 TAB", "J01CR02"},
        {"Amoxicilline/acide clavulanique 1g/125mg", "J01CR02"},
        {"Losartan/HCTZ 50/12.5", "C09DA01"},
        {"Losart\xc3\xa1n pot\xc3\xa1sico 50mg", "C09CA01"},
        {"Fenito\xc3\xadna 100mg", "N03AB02"},
        {"PARACETMOL SYRUP 120MG/5ML", "N02BE01"},
        {"Acetaminofén 500 mg", "N02BE01"},
        {"Acetylsalicyls\xc3\xa4ure 100 mg Tbl.", "B01AC06"},
        {"\xc3\x81"
         "cido acetilsalic\xc3\xadlico 81 mg x 40 comprimidos",
         "B01AC06"},
        {"Amlodipin 5 mg Filmtabl.", "C08CA01"},
        {"NaCl 0,9% 500 ml", "B05XA03"},
    };
    struct suggest_scratch *scratch = suggest_scratch_new(suggester);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct suggest_answer best = ask(cases[i].name, scratch);
        struct text code =
            best.row == CODE_NONE ? (struct text){"", 0} : code_pack_entry(pack, best.row).code;
        if (!text_is(code, cases[i].code)) {
            fail_msg("'%s' became %.*s", cases[i].name, (int)code.len, code.at);
        }
    }
    suggest_scratch_free(scratch);
}

static void what_is_no_drug_of_the_table_is_not_believed(void **state)
{
    static const char *const names[] = {"Foley catheter 16Fr", "Meal supplement vanilla",
                                        "Gauze 4x4 sterile",   "Lancets",
                                        "Pharmacy consult",    "Kan\xc3\xbcle 20G",
                                        "Syringe 10 ml",       "Xylocaine 2% jelly"};
    struct suggest_scratch *scratch = suggest_scratch_new(suggester);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct suggest_answer best = ask(names[i], scratch);
        if (best.probability > 0.3) {
            fail_msg("'%s' is believed with %.2f", names[i], best.probability);
        }
    }
    suggest_scratch_free(scratch);
}

static void put(void *context, const struct suggest_entry *entry, struct strbuf *out)
{
    (void)context;
    strbuf_add_text(out, entry->query->name);
    for (size_t i = 0; i < entry->count; i++) {
        strbuf_addf(out, " %u:%.4f", entry->answers[i].row, entry->answers[i].probability);
    }
    strbuf_putc(out, '\n');
}

static void any_number_of_threads_writes_the_same(void **state)
{
    static struct suggest_decision entries[1000];
    static char names[COUNT_OF(entries)][48];
    struct strbuf first;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        snprintf(names[i], sizeof(names[i]), "%s %zu mg", atc[i % COUNT_OF(atc)].name, i);
        entries[i].query.name = text_of(names[i]);
    }
    strbuf_init(&first, 1 << 24);
    for (int jobs = 1; jobs <= 5; jobs++) {
        struct suggest_many many = {suggester, entries, COUNT_OF(entries), 3, jobs, put, NULL};
        struct strbuf out;
        strbuf_init(&out, 1 << 24);
        suggest_many(&many, jobs == 1 ? &first : &out);
        assert_true(jobs == 1 || text_equal(strbuf_text(&out), strbuf_text(&first)));
        strbuf_release(&out);
    }
    assert_true(first.len > COUNT_OF(entries) * 20);
    strbuf_release(&first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_drug_is_its_substance_and_its_way),
        cmocka_unit_test(what_is_no_drug_of_the_table_is_not_believed),
        cmocka_unit_test(any_number_of_threads_writes_the_same),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
