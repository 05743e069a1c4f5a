#include "core/file.h"
#include "mappings/map.h"
#include "mappings/map_check.h"
#include "mappings/map_columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static const char whole[] =
    "map: northgate/patient-names\n"
    "release: 1.2.0\n"
    "source:\n"
    "  {table: PATIENT_MST, key: [PAT_NO, EACH], nulls: [\"\", \"-\"], zone: Africa/Nairobi,\n"
    "   repeats: last}\n"
    "target: patient_name\n"
    "only:\n"
    "  - {when: \"STATUS != 'TEST'\", otherwise: exclude patient.test, why: x}\n"
    "  - {when: NAME1 is not blank, otherwise: reject patient.nameless}\n"
    "each: {as: [NAME, KIND], of: [[NAME1, KIND1], [NAME2, KIND2]]}\n"
    "rules:\n"
    "  M001: {to: patient_id, from: PAT_NO, via: \"trim | ref 'patient'\"}\n"
    "  M002:\n"
    "    to: [family, given]\n"
    "    from: NAME\n"
    "    via: trim | split2 ' , ''' | upper\n"
    "    bad: blank name.odd\n"
    "    risk: high\n"
    "    why: because\n"
    "    tests:\n"
    "      - {in: null, out: [null, \"null\"]}\n"
    "      - {in: \"\", bad: true}\n"
    "  M003: {to: prefix, via: constant Dr}\n"
    "drop:\n"
    "  FAX: {why: unused, by: office}\n"
    "  \"OLD*\": {why: older still}\n";

static struct map *parse(const char *text, struct error *err)
{
    struct yaml *yaml = yaml_parse("m.yml", text_of(text), err);

    return yaml ? map_parse(yaml, err) : NULL;
}

static void a_map_holds_what_its_file_says(void **state)
{
    struct error err = {0};
    struct map *map = parse(whole, &err);

    (void)state;
    if (!map) {
        fail_msg("%s", err.message);
    }
    assert_string_equal(map->name, "northgate/patient-names");
    assert_string_equal(map->system, "northgate");
    assert_string_equal(map->release, "1.2.0");
    assert_string_equal(map->table, "PATIENT_MST");
    assert_int_equal(map->nkey, 2);
    assert_string_equal(map->key[1], "EACH");
    assert_string_equal(map->nulls[1], "-");
    assert_null(map->nulls[2]);
    assert_string_equal(map->zone, "Africa/Nairobi");
    assert_int_equal(map->repeats, REPEAT_LAST);
    assert_ptr_equal(map->target, entity_find(TEXT_LITERAL("patient_name")));
    assert_int_equal(map->nonly, 2);
    assert_int_equal(map->only[0].outcome, OUTCOME_EXCLUDED);
    assert_string_equal(map->only[1].rule, "patient.nameless");
    assert_int_equal(map->each.nmembers, 2);
    assert_string_equal(map->each.members[1][1], "KIND2");
    assert_string_equal(map->each.ordinal, "EACH");
    assert_int_equal(map->ndrops, 2);
    assert_string_equal(map->drops[1].column, "OLD*");
    map_free(map);
}

static void a_rule_holds_its_pipe_and_tests(void **state)
{
    struct error err = {0};
    struct map *map = parse(whole, &err);
    const struct map_rule *rule;

    (void)state;
    assert_non_null(map);
    assert_int_equal(map->nrules, 3);
    rule = &map->rules[1];
    assert_string_equal(rule->id, "M002");
    assert_int_equal(rule->nto, 2);
    assert_string_equal(map->target->columns[rule->to[1]].name, "given");
    assert_int_equal(rule->nvia, 3);
    assert_string_equal(rule->via[1].spec->name, "split2");
    assert_int_equal(rule->via[1].nargs, 1);
    assert_string_equal(rule->via[1].args[0], " , '");
    assert_int_equal(rule->via[1].offset, 7);
    assert_int_equal(rule->bad.outcome, OUTCOME_ISSUE);
    assert_string_equal(rule->bad.rule, "name.odd");
    assert_int_equal(rule->ntests, 2);
    assert_null(rule->tests[0].in[0]);
    assert_null(rule->tests[0].out[0]);
    assert_string_equal(rule->tests[0].out[1], "null"); /* quoted: a word */
    assert_string_equal(rule->tests[1].in[0], "");
    assert_true(rule->tests[1].bad);
    assert_int_equal(map->rules[0].bad.outcome, OUTCOME_QUARANTINED); /* when not said */
    assert_int_equal(map->rules[2].nfrom, 0);
    assert_string_equal(map->rules[2].via[0].args[0], "Dr");
    map_free(map);
}

static void what_is_not_said_has_a_stated_meaning(void **state)
{
    struct error err = {0};
    struct map *map = parse("map: a/b\n"
                            "source: {table: T, key: K}\n"
                            "target: patient\n"
                            "rules: {M001: {to: mrn, from: K}}\n",
                            &err);

    (void)state;
    assert_non_null(map);
    assert_string_equal(map->nulls[0], "");
    assert_null(map->nulls[1]);
    assert_string_equal(map->zone, "UTC");
    assert_int_equal(map->repeats, REPEAT_SAME);
    assert_string_equal(map->release, "0.0.0");
    assert_int_equal(map->each.nmembers, 0);
    assert_string_equal(map->rules[0].risk, "");
    map_free(map);
}

struct mentions {
    char text[1024];
};

static void take_mention(const struct map_mention *mention, void *context)
{
    struct mentions *mentions = context;
    size_t len = strlen(mentions->text);

    snprintf(mentions->text + len, sizeof(mentions->text) - len, "%s.%s:%d ", mention->table,
             mention->column, mention->use);
}

static void source_columns_are_found_wherever_they_are_named(void **state)
{
    struct mentions mentions = {""};
    struct error err = {0};
    struct map *map = parse("map: a/b\n"
                            "source: {table: T, key: [K, N]}\n"
                            "target: patient\n"
                            "only: {when: \"S = 'x' and A = 'y'\", otherwise: exclude a.b}\n"
                            "each: {as: A, of: [A1, A2], ordinal: N}\n"
                            "rules:\n"
                            "  M001: {to: mrn, from: [K, A, N], via: \"join '-'\"}\n"
                            "  M002: {to: note, from: W, via: \"lookup 'WARD' 'NO' 'NAME'\"}\n",
                            &err);

    (void)state;
    assert_non_null(map);
    map_each_mention(map, take_mention, &mentions);
    assert_string_equal(mentions.text, "T.K:1 T.S:4 T.A1:8 T.A2:8 T.K:2 T.W:2 WARD.NO:16 "
                                       "WARD.NAME:16 ");
    map_free(map);
}

static void put_file(const char *folder, const char *name, const char *content)
{
    struct error err = {0};
    char *path = path_join(folder, name);

    assert_true(file_write(path, text_of(content), &err));
    free(path);
}

static void a_folder_of_maps_is_a_set_sorted_by_name(void **state)
{
    static const char rest[] = "source: {table: T, key: K}\n"
                               "target: patient\n"
                               "rules: {M001: {to: mrn, from: K}}\n";
    char folder[] = "/tmp/hms-test-maps.XXXXXX";
    char text[512];
    struct map_set set;
    struct error err = {0};

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(text, sizeof(text), "map: a/zebra\n%s", rest);
    put_file(folder, "one.yml", text);
    snprintf(text, sizeof(text), "map: a/ant\n%s", rest);
    put_file(folder, "two.yml", text);
    put_file(folder, "source.yml", "source: a\n");
    put_file(folder, "codes.tsv", "not a map\n");
    assert_true(map_set_load(&set, folder, &err));
    assert_int_equal(set.count, 2);
    assert_string_equal(set.maps[0]->name, "a/ant");
    map_set_release(&set);

    put_file(folder, "three.yml", "map: [\n");
    assert_false(map_set_load(&set, folder, &err));
    assert_int_equal(err.code, ERROR_CONFIG);
    assert_non_null(strstr(err.message, "three.yml"));
    map_set_release(&set);
    for (size_t i = 0; i < 5; i++) {
        static const char *const names[] = {"one.yml", "two.yml", "source.yml", "codes.tsv",
                                            "three.yml"};
        char *path = path_join(folder, names[i]);

        unlink(path);
        free(path);
    }
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_holds_what_its_file_says),
        cmocka_unit_test(a_rule_holds_its_pipe_and_tests),
        cmocka_unit_test(what_is_not_said_has_a_stated_meaning),
        cmocka_unit_test(source_columns_are_found_wherever_they_are_named),
        cmocka_unit_test(a_folder_of_maps_is_a_set_sorted_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
