#include "extract/source_spec.h"

#include "core/file.h"
#include "tests/unit/unit.h"

#include <unistd.h>

static char path[64];

static bool load(struct source_spec *spec, const char *yaml, struct error *err)
{
    struct error write = {0};

    assert_true(file_write(path, text_of(yaml), &write));
    return source_spec_load(spec, path, err);
}

static void what_is_said_once_holds_for_every_table(void **state)
{
    struct source_spec spec;
    struct error err = {0};

    (void)state;
    assert_true(load(&spec,
                     "source: lindenhof\n"
                     "charset: windows-1252\n"
                     "delimiter: \";\"\n"
                     "tables:\n"
                     "  PATIENTEN: {files: \"patienten*.csv\"}\n"
                     "  TEXTE: {files: [a.txt, b.txt], delimiter: \"\\t\", quote: none,\n"
                     "          header: none, columns: [ID, TEXT], optional: true}\n"
                     "ignore: [\"*.log\"]\n",
                     &err));
    assert_string_equal(spec.name, "lindenhof");
    assert_int_equal(spec.ntables, 2);
    assert_string_equal(spec.tables[0].name, "PATIENTEN");
    assert_string_equal(spec.tables[0].files.at[0], "patienten*.csv");
    assert_int_equal(spec.tables[0].format.delimiter, ';');
    assert_int_equal(spec.tables[0].format.quote, '"');
    assert_true(spec.tables[0].format.header);
    assert_false(spec.tables[0].optional);
    assert_string_equal(spec.tables[1].format.charset, "windows-1252");
    assert_int_equal(spec.tables[1].files.count, 2);
    assert_int_equal(spec.tables[1].format.delimiter, '\t');
    assert_int_equal(spec.tables[1].format.quote, '\0');
    assert_false(spec.tables[1].format.header);
    assert_string_equal(spec.tables[1].columns.at[1], "TEXT");
    assert_true(spec.tables[1].optional);
    assert_string_equal(spec.ignore.at[0], "*.log");
    source_spec_release(&spec);
}

static void what_does_not_hold_together_is_refused_at_its_place(void **state)
{
    static const struct {
        const char *yaml;
        const char *message; /* behind the path */
    } cases[] = {
        {"source: x\ncharset: klingon\ntables: {A: {files: a}}\n",
         ":2:10: unknown charset 'klingon'"},
        {"source: x\ndelimiter: ab\ntables: {A: {files: a}}\n",
         ":2:12: a delimiter is one ASCII character, or tab"},
        {"source: x\nquote: ''\ntables: {A: {files: a}}\n",
         ":2:9: a quote is one ASCII character, or none"},
        {"source: x\nquote: ','\ntables: {A: {files: a}}\n",
         ":2:9: delimiter and quote are the same character"},
        {"source: x\nheader: yes\ntables: {A: {files: a}}\n",
         ":2:9: 'first' or 'none' is expected"},
        {"source: x\nheader: none\ntables:\n  A: {files: a}\n",
         ":4:6: table 'A' has no header, so it needs 'columns'"},
        {"source: x\ntables:\n  A: {columns: [a]}\n", ":3:6: table 'A' needs 'files'"},
        {"source: x\ntables:\n  A: {files: a, columns: [B, C, B]}\n",
         ":3:33: column 'B' comes twice"},
        {"source: x\ntables:\n  ../A: {files: a}\n",
         ":3:9: a table name has letters, digits, '_', '-' and '.', at most 63"},
        {"source: x\ntables: {}\n", ":2:9: 'tables' is a map of at least one table"},
        {"source: X Y\ntables: {A: {files: a}}\n",
         ":1:9: 'source' is the system's name: lower-case letters, digits, '_', at most 31"},
        {"source: x\ntables: {A: {files: a, optional: maybe}}\n",
         ":2:34: 'true' or 'false' is expected"},
        {"source: x\ntabels: {A: {files: a}}\n", ":2:1: "},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct source_spec spec;
        struct error err = {0};
        size_t len = strlen(cases[i].message);

        assert_false(load(&spec, cases[i].yaml, &err));
        assert_int_equal(err.code, ERROR_CONFIG);
        if (strncmp(err.message + strlen(path), cases[i].message, len) != 0) {
            print_error("%s\nwanted %s\n", err.message, cases[i].message);
        }
        assert_memory_equal(err.message + strlen(path), cases[i].message, len);
        source_spec_release(&spec);
    }
}

static void files_of_the_command_line_are_tables_named_by_their_stem(void **state)
{
    const char *names[] = {"dump/patients.csv", "labs.2011.txt"};
    struct source_list files = {names, 2};
    struct source_list none = {0};
    struct source_spec spec;
    struct error err = {0};

    (void)state;
    assert_true(
        source_spec_of_files(&spec, "x", NULL, source_format_default(), none, files, &err));
    assert_int_equal(spec.ntables, 2);
    assert_string_equal(spec.tables[0].name, "patients");
    assert_string_equal(spec.tables[1].name, "labs");
    source_spec_release(&spec);
    assert_true(
        source_spec_of_files(&spec, "x", "all", source_format_default(), none, files, &err));
    assert_int_equal(spec.ntables, 1);
    assert_int_equal(spec.tables[0].files.count, 2);
    source_spec_release(&spec);
    names[1] = "other/patients.txt";
    assert_false(
        source_spec_of_files(&spec, "x", NULL, source_format_default(), none, files, &err));
    assert_string_equal(err.message, "two files would be table 'patients'");
    source_spec_release(&spec);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_once_holds_for_every_table),
        cmocka_unit_test(what_does_not_hold_together_is_refused_at_its_place),
        cmocka_unit_test(files_of_the_command_line_are_tables_named_by_their_stem),
    };
    int failed;

    snprintf(path, sizeof(path), "/tmp/hms-source-spec-%ld.yml", (long)getpid());
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
