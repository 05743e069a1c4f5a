/* verb_code_units.c - `hms code units`: do units fit their codes and their values? */
#include "cli/code_verb.h"
#include "cli/store.h"

#include "core/json_out.h"
#include "terminology/registry.h"
#include "transform/codes/unit_gate.h"

#include <inttypes.h>

enum { LINE_MAX_BYTES = 1 << 20, SHOWN_TEXT = 24 };

struct showing {
    uint64_t findings;
};

static void put_json(const struct unit_finding *finding)
{
    const struct unit_test *test = finding->test;
    struct json_out out;
    struct strbuf sb;

    strbuf_init(&sb, LINE_MAX_BYTES);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.unit/1");
    json_out_member(&out, "fault", unit_fault_name(finding->fault));
    json_out_member(&out, "organisation", test->organisation);
    json_out_member(&out, "source_code", test->source_code);
    json_out_member(&out, "source_text", test->source_text);
    json_out_member(&out, "loinc", test->code);
    json_out_member(&out, "unit", test->unit);
    json_out_member(&out, "looks_like", finding->looks_like);
    json_out_member_uint(&out, "rows", test->rows);
    json_out_end_object(&out);
    sb.len--; /* the brace: numbers with a fraction follow */
    strbuf_addf(&sb, ",\"median\":%.4g,\"expected\":%.4g}", test->values[UNIT_MEDIAN],
                finding->expected);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static void put_words(const struct unit_finding *finding)
{
    const struct unit_test *test = finding->test;

    printf("%-9s %-11s %-12s %-*.*s %-9s %-10s %8" PRIu64 "  median %.4g: ",
           unit_fault_name(finding->fault), test->organisation, test->source_code, SHOWN_TEXT,
           SHOWN_TEXT, test->source_text, test->code, test->unit, test->rows,
           test->values[UNIT_MEDIAN]);
    switch (finding->fault) {
    case UNIT_SWAPPED:
        printf("values look like %s, labelled %s; %.4g is expected\n", finding->looks_like,
               test->unit, finding->expected);
        break;
    case UNIT_OFF_RANGE:
        printf("values look like %s beside reference ranges in %s\n", finding->looks_like,
               test->unit);
        break;
    case UNIT_FAR:
        printf("%.4g is expected, and no unit explains the difference\n", finding->expected);
        break;
    case UNIT_MISSING:
        printf("numbers without a unit%s%s\n",
               finding->looks_like[0] != '\0' ? "; they look like " : "", finding->looks_like);
        break;
    case UNIT_NOT_UCUM:
    case UNIT_OF_OTHER_PROPERTY:
        printf("%s\n", unit_fault_text(finding->fault));
        break;
    }
}

static void show(const struct unit_finding *finding, void *context)
{
    struct showing *showing = context;

    showing->findings++;
    if (cli_json) {
        put_json(finding);
    } else {
        put_words(finding);
    }
}

static struct code_pack *open_pack(const char *name, struct error *err)
{
    struct registry registry;
    struct code_pack *pack = NULL;

    if (registry_open(&registry, cli_terminology(NULL), err)) {
        pack = registry_pack(&registry, name, CODE_NO_DAY, err);
    }
    registry_release(&registry);
    return pack;
}

static bool run_gate(struct unit_gate *gate, struct ucum *ucum, struct error *err)
{
    struct ucum_cache units;
    bool ok;

    ucum_cache_init(&units, ucum);
    gate->units = &units;
    gate->pg = cli_store_open(err);
    ok = gate->pg != NULL && unit_gate_run(gate, err);
    pg_free(gate->pg);
    ucum_cache_release(&units);
    return ok;
}

int code_run_units(int argc, char **argv, struct error *err)
{
    struct showing showing = {0};
    struct unit_gate gate = {.organisation = code_options.organisation,
                             .sample =
                                 code_options.limit > 0 ? code_options.limit : UNIT_GATE_SAMPLE,
                             .found = show,
                             .context = &showing};
    struct code_pack *essence = NULL;
    struct code_pack *loinc;
    struct ucum *ucum = NULL;
    bool ok;

    (void)argv;
    if (argc != 0) {
        return cli_usage("code", "code units takes no operands", err);
    }
    loinc = open_pack("loinc", err);
    essence = loinc == NULL ? NULL : open_pack("ucum", err);
    ucum = essence == NULL ? NULL : ucum_new(code_pack_blob(essence), err);
    gate.loinc = loinc;
    ok = ucum != NULL && run_gate(&gate, ucum, err);
    ucum_free(ucum);
    code_pack_free(essence);
    code_pack_free(loinc);
    if (!ok) {
        return VERB_FAILED;
    }
    if (gate.share < 1) {
        cli_say(
            "units: of large organisations a sample was read, %.2g %% of the results or more",
            gate.share * 100);
    }
    cli_say("units: %" PRIu64 " local tests, %" PRIu64 " results, %" PRIu64 " findings",
            gate.tests, gate.rows, showing.findings);
    return showing.findings > 0 ? EXIT_DIFFERENCES : 0;
}
