#include "core/file.h"
#include "rehearsals/synth/synth.h"
#include "tests/unit/unit.h"

#include <unistd.h>

enum { FILE_MAX = 8 << 20, COLUMNS_MAX = 8 };

static char root[] = "/tmp/test_synth_XXXXXX";
static char *folder; /* of the dumps that all tests read */

static const struct synth_request asked = {.patients = 400, .seed = 1};

static bool make(const char *into, const struct synth_request *how,
                 struct synth_summary *summary, struct error *err)
{
    struct synth_request request = *how;

    request.folder = into;
    return synth_run(&request, summary, err);
}

static int setup(void **state)
{
    struct synth_summary summary;
    struct error err = {0};

    (void)state;
    assert_non_null(mkdtemp(root));
    folder = path_join(root, "all");
    return make(folder, &asked, &summary, &err) ? 0 : 1;
}

static int teardown(void **state)
{
    char *command = xasprintf("rm -rf %s", root);
    int status = system(command);

    (void)state;
    free(command);
    free(folder);
    return status;
}

static struct strbuf slurp(const char *of, const char *name)
{
    char *path = path_join(of, name);
    struct error err = {0};
    struct strbuf content;

    strbuf_init(&content, FILE_MAX);
    assert_true(file_read(path, FILE_MAX, &content, &err));
    free(path);
    return content;
}

/* The next line of `rest`, cut at commas into `columns`; false at the end. */
static bool next_line(char **rest, char *columns[COLUMNS_MAX])
{
    char *line = strsep(rest, "\n");

    if (line == NULL || *line == '\0') {
        return false;
    }
    for (int i = 0; i < COLUMNS_MAX; i++) {
        columns[i] = line != NULL ? strsep(&line, ",") : NULL;
    }
    return true;
}

static const char *ending_of(const char *organisation)
{
    return strcmp(organisation, "lindenhof") == 0   ? "TXT"
           : strcmp(organisation, "alnoor") == 0    ? "txt"
           : strcmp(organisation, "riverside") == 0 ? "CSV"
                                                    : "csv";
}

/* The text of line `number` of a dump, in the bytes of its charset; UTF-16 becomes its low
 * bytes, which is enough to compare keys. */
static struct text line_of(struct strbuf *content, uint64_t number, bool wide)
{
    char *from = content->at;
    char *end = content->at + content->len;

    if (wide && content->len % 2 == 0) {
        char *to = content->at;

        for (char *p = from; p < end; p += 2) {
            *to++ = *p;
        }
        end = to;
    }
    while (number > 1) {
        char *feed = memchr(from, '\n', (size_t)(end - from));

        assert_non_null(feed);
        from = feed + 1;
        number--;
    }
    return (struct text){from, (size_t)(end - from)};
}

static void the_truth_names_the_lines_of_bad_rows(void **state)
{
    struct strbuf truth = slurp(folder, "truth/bad_rows.csv");
    char *rest = truth.at;
    char *columns[COLUMNS_MAX];
    int count = 0;

    (void)state;
    assert_true(next_line(&rest, columns));
    while (next_line(&rest, columns)) {
        char *name = xasprintf("%s/%s.%s", columns[0], columns[1], ending_of(columns[0]));
        struct strbuf content = slurp(folder, name);
        struct text line = line_of(&content, strtoull(columns[3], NULL, 10),
                                   strcmp(columns[0], "alnoor") == 0);
        size_t key = strcspn(columns[2], "/");

        assert_true(line.len > key);
        assert_memory_equal(line.at, columns[2], key);
        assert_non_null(memchr(",;|", line.at[key], 3));
        strbuf_release(&content);
        free(name);
        count++;
    }
    assert_in_range(count, 100, 130);
    strbuf_release(&truth);
}

static void the_counts_are_the_lines_of_tables_without_breaks(void **state)
{
    static const char *const tables[][2] = {{"northgate", "CLAIM"},
                                            {"lindenhof", "FALL"},
                                            {"riverside", "STKTXN"},
                                            {"stmary", "visit"}};
    struct strbuf truth = slurp(folder, "truth/counts.csv");

    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        char *name = xasprintf("%s/%s.%s", tables[i][0], tables[i][1], ending_of(tables[i][0]));
        struct strbuf content = slurp(folder, name);
        uint64_t lines = 0;
        char *wanted;

        for (size_t at = 0; at < content.len; at++) {
            lines += content.at[at] == '\n';
        }
        wanted = xasprintf("\n%s,%s,%llu\n", tables[i][0], tables[i][1],
                           (unsigned long long)(lines - 1));
        assert_non_null(strstr(truth.at, wanted));
        free(wanted);
        strbuf_release(&content);
        free(name);
    }
    strbuf_release(&truth);
}

static void charsets_are_what_they_are_said_to_be(void **state)
{
    struct strbuf german = slurp(folder, "lindenhof/PATIENT.TXT");
    struct strbuf arabic = slurp(folder, "alnoor/patients.txt");
    struct strbuf american = slurp(folder, "riverside/PATIENT.CSV");

    (void)state;
    assert_false(text_is_utf8(strbuf_text(&german)));
    assert_non_null(memmem(german.at, german.len, "M\xFCller", 6));
    assert_memory_equal(arabic.at, "\xFF\xFE", 2);
    assert_int_equal(arabic.len % 2, 0);
    assert_non_null(memmem(arabic.at, arabic.len, "\x45\x06\x2D\x06\x45\x06\x2F\x06", 8));
    for (size_t i = 0; i < american.len; i++) {
        assert_true((unsigned char)american.at[i] < 0x80);
    }
    strbuf_release(&german);
    strbuf_release(&arabic);
    strbuf_release(&american);
}

static void results_of_northgate_have_twenty_columns(void **state)
{
    struct strbuf content = slurp(folder, "northgate/OBSERVATION.csv");
    size_t commas = 0;

    (void)state;
    for (const char *p = content.at; *p != '\n'; p++) {
        commas += *p == ',';
    }
    assert_int_equal(commas, 19);
    strbuf_release(&content);
}

static void the_same_request_gives_the_same_bytes(void **state)
{
    static const char *const names[] = {"northgate/PATIENT_MST.csv", "alnoor/stock_moves.txt",
                                        "stmary/result_line.csv", "truth/people.csv",
                                        "truth/bad_rows.csv"};
    char *again = path_join(root, "again");
    struct synth_summary summary;
    struct error err = {0};

    (void)state;
    assert_true(make(again, &asked, &summary, &err));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct strbuf a = slurp(folder, names[i]);
        struct strbuf b = slurp(again, names[i]);

        assert_int_equal(a.len, b.len);
        assert_memory_equal(a.at, b.at, a.len);
        strbuf_release(&a);
        strbuf_release(&b);
    }
    free(again);
}

static void a_larger_dump_starts_with_the_smaller_one(void **state)
{
    const struct synth_request larger = {.patients = 600, .seed = 1, .only = "riverside"};
    char *into = path_join(root, "larger");
    struct synth_summary summary;
    struct error err = {0};
    struct strbuf a;
    struct strbuf b;

    (void)state;
    assert_true(make(into, &larger, &summary, &err));
    a = slurp(folder, "riverside/PATIENT.CSV");
    b = slurp(into, "riverside/PATIENT.CSV");
    assert_true(a.len < b.len);
    assert_memory_equal(a.at, b.at, a.len);
    strbuf_release(&a);
    strbuf_release(&b);
    free(into);
}

static void every_kind_is_planted_in_two_hundred_patients(void **state)
{
    static const char *const kinds[] = {
        "impossible_date",   "future_birth",       "test_patient", "missing_key",
        "duplicate_equal",   "duplicate_conflict", "unknown_code", "broken_code",
        "bad_byte",          "nul_byte",           "ragged",       "orphan",
        "missing_mandatory", "claim_total",        "bad_amount",   "negative_quantity",
        "excel_date",        "excel_number"};
    const struct synth_request small = {.patients = 200, .seed = 7};
    char *into = path_join(root, "small");
    struct synth_summary summary;
    struct error err = {0};
    struct strbuf truth;

    (void)state;
    assert_true(make(into, &small, &summary, &err));
    truth = slurp(into, "truth/bad_rows.csv");
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        char *wanted = xasprintf(",%s,", kinds[i]);

        assert_non_null(strstr(truth.at, wanted));
        free(wanted);
    }
    strbuf_release(&truth);
    free(into);
}

static void one_table_alone_is_the_same_as_among_all(void **state)
{
    static const char *const tables[] = {"OBSERVATION"};
    const struct synth_request one = {
        .patients = 400, .seed = 1, .only = "northgate", .tables = tables, .ntables = 1};
    char *into = path_join(root, "one");
    struct synth_summary summary;
    struct error err = {0};
    struct strbuf a;
    struct strbuf b;

    (void)state;
    assert_true(make(into, &one, &summary, &err));
    assert_int_equal(summary.tables, 1);
    a = slurp(folder, "northgate/OBSERVATION.csv");
    b = slurp(into, "northgate/OBSERVATION.csv");
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.at, b.at, a.len);
    strbuf_release(&a);
    strbuf_release(&b);
    free(into);
}

static void a_folder_of_somebody_else_is_refused(void **state)
{
    char *into = path_join(root, "theirs");
    char *file = path_join(into, "letter.txt");
    struct synth_summary summary;
    struct error err = {0};

    (void)state;
    assert_true(folder_make(into, &err));
    assert_true(file_write(file, TEXT_LITERAL("dear"), &err));
    assert_false(make(into, &asked, &summary, &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_true(file_exists(file));
    free(file);
    free(into);
}

static void an_earlier_run_is_cleared_but_nothing_else(void **state)
{
    const struct synth_request first = {.patients = 30, .seed = 1, .only = "stmary"};
    const struct synth_request second = {.patients = 30, .seed = 1, .only = "alnoor"};
    char *into = path_join(root, "twice");
    char *theirs = path_join(into, "stmary/letter.txt");
    char *old = path_join(into, "stmary/person.csv");
    struct synth_summary summary;
    struct error err = {0};

    (void)state;
    assert_true(make(into, &first, &summary, &err));
    assert_true(file_write(theirs, TEXT_LITERAL("dear"), &err));
    assert_true(make(into, &second, &summary, &err));
    assert_false(file_exists(old));
    assert_true(file_exists(theirs));
    free(theirs);
    free(old);
    free(into);
}

static void what_does_not_exist_is_a_usage_error(void **state)
{
    static const char *const tables[] = {"PATIENT_MST"};
    const struct synth_request requests[] = {
        {.patients = 10, .only = "eastgate"},
        {.patients = 10, .only = "stmary", .tables = tables, .ntables = 1},
        {.patients = 0},
        {.patients = SYNTH_PATIENTS_MAX + 1},
        {.patients = 10, .results = SYNTH_RESULTS_MAX + 1},
    };
    char *into = path_join(root, "never");

    (void)state;
    for (size_t i = 0; i < COUNT_OF(requests); i++) {
        struct synth_summary summary;
        struct error err = {0};

        assert_false(make(into, &requests[i], &summary, &err));
        assert_int_equal(err.code, ERROR_USAGE);
        assert_false(file_exists(into));
    }
    free(into);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_truth_names_the_lines_of_bad_rows),
        cmocka_unit_test(the_counts_are_the_lines_of_tables_without_breaks),
        cmocka_unit_test(charsets_are_what_they_are_said_to_be),
        cmocka_unit_test(results_of_northgate_have_twenty_columns),
        cmocka_unit_test(the_same_request_gives_the_same_bytes),
        cmocka_unit_test(a_larger_dump_starts_with_the_smaller_one),
        cmocka_unit_test(every_kind_is_planted_in_two_hundred_patients),
        cmocka_unit_test(one_table_alone_is_the_same_as_among_all),
        cmocka_unit_test(a_folder_of_somebody_else_is_refused),
        cmocka_unit_test(an_earlier_run_is_cleared_but_nothing_else),
        cmocka_unit_test(what_does_not_exist_is_a_usage_error),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
