/* dedup_whatif.c - `hms dedup whatif`: what another model would do, before it is applied. */
#include "cli/dedup_verb.h"

#include "cli/store.h"
#include "core/json_out.h"
#include "transform/people/people_whatif.h"

#include <inttypes.h>
#include <stdlib.h>

enum { JSON_BYTES = 1 << 16 };

static const char *const bands[] = {"not", "review", "link"};

static void print_json(const struct whatif *whatif)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, JSON_BYTES);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.dedup-whatif/1");
    json_out_member_uint(&out, "records", whatif->records);
    json_out_member_uint(&out, "new_records", whatif->new_records);
    json_out_member_uint(&out, "people_before", whatif->people_before);
    json_out_member_uint(&out, "people_after", whatif->people_after);
    json_out_member_uint(&out, "people_split", whatif->people_split);
    json_out_member_uint(&out, "people_joined", whatif->people_joined);
    json_out_member_uint(&out, "pairs_kept", whatif->pairs_kept);
    json_out_member_uint(&out, "pairs_gained", whatif->pairs_gained);
    json_out_member_uint(&out, "pairs_lost", whatif->pairs_lost);
    json_out_key(&out, "bands");
    json_out_object(&out);
    for (int before = 0; before < 3; before++) {
        for (int after = before == 0 ? 1 : 0; after < 3; after++) {
            char key[32];
            snprintf(key, sizeof(key), "%s_%s", bands[before], bands[after]);
            json_out_member_uint(&out, key, whatif->bands[before][after]);
        }
    }
    json_out_end_object(&out);
    json_out_member_uint(&out, "verdicts", whatif->verdicts);
    json_out_member_uint(&out, "verdicts_against", whatif->verdicts_against);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static void print_line(const char *what, uint64_t count)
{
    printf("%-52s %12" PRIu64 "\n", what, count);
}

static void print(const struct whatif *whatif)
{
    if (cli_json) {
        print_json(whatif);
        return;
    }
    print_line("records", whatif->records);
    print_line("records without a person so far", whatif->new_records);
    print_line("people now", whatif->people_before);
    print_line("people then", whatif->people_after);
    print_line("people whose records would be several people", whatif->people_split);
    print_line("people that would be one with another", whatif->people_joined);
    print_line("pairs of records of one person, now and then", whatif->pairs_kept);
    print_line("pairs of records of one person, gained", whatif->pairs_gained);
    print_line("pairs of records of one person, lost", whatif->pairs_lost);
    print_line("verdicts that hold", whatif->verdicts);
    print_line("verdicts that the model by itself would contradict", whatif->verdicts_against);
    printf("\n%-20s %12s %12s %12s\n", "pairs, now \\ then", "not", "review", "link");
    for (int before = 0; before < 3; before++) {
        printf("%-20s", bands[before]);
        for (int after = 0; after < 3; after++) {
            if (before == 0 && after == 0) {
                printf(" %12s", "");
            } else {
                printf(" %12" PRIu64, whatif->bands[before][after]);
            }
        }
        printf("\n");
    }
}

static int of_tables(struct error *err)
{
    struct dedup *dedup;
    struct people_model model;
    struct whatif whatif;
    int status = VERB_FAILED;

    if (dedup_options.model == NULL || dedup_options.before == NULL) {
        return cli_usage("dedup", "whatif of tables needs --model and --before CLUSTERS", err);
    }
    if (!people_model_load(&model, dedup_options.model, err)) {
        return VERB_FAILED;
    }
    dedup = xcalloc(1, sizeof(*dedup));
    if (dedup_prepare(dedup, &model, dedup_options.files.at, dedup_options.files.count,
                      (int)dedup_options.jobs, err)) {
        dedup_match(dedup, (int)dedup_options.jobs);
        if (people_whatif_csv(&whatif, dedup, dedup_options.before, dedup_options.pairs, err)) {
            print(&whatif);
            status = 0;
        }
    }
    dedup_release(dedup);
    free(dedup);
    people_model_release(&model);
    return status;
}

static int of_store(struct error *err)
{
    struct people_request request = {.org = dedup_options.org,
                                     .index = dedup_options.index,
                                     .model = dedup_options.model,
                                     .jobs = (int)dedup_options.jobs};
    struct people_run *run = xcalloc(1, sizeof(*run));
    struct pg *pg = cli_store_open(err);
    struct whatif whatif;
    int status = VERB_FAILED;

    if (pg != NULL && people_run_open(run, pg, &request, err)) {
        people_match(run);
        if (people_whatif(&whatif, run, err) && people_run_end(run, false, err)) {
            print(&whatif);
            status = 0;
        }
    }
    people_run_release(run);
    free(run);
    pg_free(pg);
    return status;
}

int dedup_run_whatif(struct error *err)
{
    return dedup_options.files.count > 0 ? of_tables(err) : of_store(err);
}
