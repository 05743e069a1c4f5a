/* verb_map_test.c - `hms map test`: the inline tests of maps, run through the real steps. */
#include "cli/map_rule.h"
#include "cli/map_verb.h"

#include "core/json_out.h"

#include <string.h>

struct tally {
    unsigned passed, failed, skipped;
};

/* The author wrote these values, so they may be shown. */
static void put_value(struct strbuf *out, const char *at, size_t len)
{
    if (at) {
        strbuf_addf(out, "'%.*s'", (int)len, at);
    } else {
        strbuf_puts(out, "null");
    }
}

static void put_expected(struct strbuf *out, const struct map_test *test)
{
    strbuf_puts(out, test->bad ? "a refusal" : "");
    for (int i = 0; i < test->nout; i++) {
        strbuf_puts(out, i > 0 ? ", " : "");
        put_value(out, test->out[i], test->out[i] ? strlen(test->out[i]) : 0);
    }
}

static void put_got(struct strbuf *out, const struct rule *rule, const char *refused)
{
    if (refused) {
        strbuf_addf(out, "a refusal (%s)", refused);
        return;
    }
    for (int i = 0; i < rule->source->nto; i++) {
        struct cell cell = rule->values[i][0];

        strbuf_puts(out, i > 0 ? ", " : "");
        put_value(out, cell.state == CELL_TEXT ? cell.at : NULL, cell.len);
    }
}

/* Equal as text, or the same value of the column's type (1.5 and 1.50). */
static bool is_same_value(const struct entity_column *column, struct cell got, const char *want)
{
    struct strbuf left, right;
    struct cell wanted;
    bool same;

    if (!want || got.state != CELL_TEXT) {
        return !want && got.state != CELL_TEXT;
    }
    if (text_is(cell_text(got), want)) {
        return true;
    }
    wanted = (struct cell){want, (uint32_t)strlen(want), CELL_TEXT};
    strbuf_init(&left, ROW_BYTES_MAX);
    strbuf_init(&right, ROW_BYTES_MAX);
    same = !entity_column_encode(column, got, &left) &&
           !entity_column_encode(column, wanted, &right) &&
           text_equal(strbuf_text(&left), strbuf_text(&right));
    strbuf_release(&left);
    strbuf_release(&right);
    return same;
}

static bool passes(const struct map_rule_run *run, const struct map_test *test,
                   const char *refused)
{
    const struct map_rule *rule = run->rule.source;

    if (test->bad || refused) {
        return test->bad && refused;
    }
    for (int i = 0; i < rule->nto; i++) {
        if (!is_same_value(&run->map->target->columns[rule->to[i]], run->rule.values[i][0],
                           test->out[i])) {
            return false;
        }
    }
    return true;
}

static void report_failure(const struct map_rule_run *run, const struct map_test *test,
                           const char *refused)
{
    struct strbuf want, got;
    struct error shown = {0};

    strbuf_init(&want, 1 << 16);
    strbuf_init(&got, 1 << 16);
    put_expected(&want, test);
    put_got(&got, &run->rule, refused);
    if (cli_json) {
        struct strbuf sb;
        struct json_out out;

        strbuf_init(&sb, 1 << 20);
        json_out_init(&out, &sb);
        json_out_object(&out);
        json_out_member(&out, "hms", "map-test 1");
        json_out_member(&out, "path", run->map->path);
        json_out_member_int(&out, "line", test->node->line);
        json_out_member(&out, "rule", run->rule.source->id);
        json_out_member(&out, "expected", want.at);
        json_out_member(&out, "got", got.at);
        json_out_end_object(&out);
        printf("%s\n", sb.at);
        strbuf_release(&sb);
    } else {
        (void)yaml_error(run->map->yaml, test->node, &shown, "rule %s: expected %s, got %s",
                         run->rule.source->id, want.at, got.at);
        printf("%s\n", shown.message);
    }
    strbuf_release(&want);
    strbuf_release(&got);
}

static void run_test(struct map_rule_run *run, const struct map_test *test, struct tally *tally)
{
    struct cell in[MAP_FROM_MAX];
    const char *refused;

    for (int i = 0; i < test->nin; i++) {
        in[i] = map_rule_cell(run->map, test->in[i]);
    }
    refused = rule_run_one(&run->rule, run->map->target, in, &run->arena, NULL, NULL);
    if (passes(run, test, refused)) {
        tally->passed++;
    } else {
        tally->failed++;
        report_failure(run, test, refused);
    }
}

static bool test_rule(const struct map *map, const struct map_rule *rule, struct tally *tally,
                      struct error *err)
{
    struct map_rule_run run = {0};
    bool ok;

    if (rule->ntests == 0 || (map_options.rule && strcmp(map_options.rule, rule->id) != 0)) {
        return true;
    }
    if (map_rule_needs_raw(rule) && !map_options.raw) {
        tally->skipped += (unsigned)rule->ntests;
        return true;
    }
    ok = map_rule_open(&run, map, rule, err);
    for (int i = 0; ok && i < rule->ntests; i++) {
        run_test(&run, &rule->tests[i], tally);
    }
    map_rule_release(&run);
    return ok;
}

static int conclude(const struct tally *tally, struct error *err)
{
    if (cli_json) {
        printf("{\"hms\":\"map-tests 1\",\"passed\":%u,\"failed\":%u,\"skipped\":%u}\n",
               tally->passed, tally->failed, tally->skipped);
    } else {
        printf("%u passed, %u failed", tally->passed, tally->failed);
        if (tally->skipped > 0) {
            printf(", %u skipped (their look-ups need --raw)", tally->skipped);
        }
        printf("\n");
    }
    if (tally->failed > 0) {
        error_set(err, ERROR_CONFIG, "%u test%s of the maps failed", tally->failed,
                  tally->failed == 1 ? "" : "s");
        return VERB_FAILED;
    }
    return 0;
}

int map_run_test(int argc, char **argv, struct error *err)
{
    struct map_set set = {0};
    struct tally tally = {0};
    bool ok = map_operands_load(&set, argc, argv, err);

    for (size_t m = 0; ok && m < set.count; m++) {
        for (int r = 0; ok && r < set.maps[m]->nrules; r++) {
            ok = test_rule(set.maps[m], &set.maps[m]->rules[r], &tally, err);
        }
    }
    map_set_release(&set);
    return ok ? conclude(&tally, err) : VERB_FAILED;
}
