/* dedup_say_people.c - what `hms dedup` says of people of the store and of verdicts. */
#include "cli/dedup_say.h"

#include "cli/verb.h"
#include "core/json_out.h"
#include "transform/people/people_run.h"

#include <inttypes.h>
#include <stdio.h>

enum { JSON_BYTES = 1 << 20, EVENT_KINDS = PERSON_RETIRE + 1 };

void dedup_say_verdicts(const struct constraints *constraints, size_t verdicts,
                        uint64_t dormant)
{
    for (size_t i = 0; i < constraints->ncontradictions; i++) {
        const struct contradiction *found = &constraints->contradictions[i];
        struct strbuf chain;
        strbuf_init(&chain, JSON_BYTES);
        for (size_t k = 0; k < found->ntogether; k++) {
            strbuf_addf(&chain, "%s%" PRId64, k == 0 ? "" : ", ", found->together[k]);
        }
        cli_say("contradiction: verdict %" PRId64
                " says two people, verdicts %s say one; their "
                "records stay as they were",
                found->apart, chain.len == 0 ? "" : chain.at);
        strbuf_release(&chain);
    }
    if (verdicts > 0 || dormant > 0) {
        cli_say("%zu verdicts hold, %" PRIu64 " are about records that are not there now",
                verdicts, dormant);
    }
}

static void count_events(const struct people_run *run, uint64_t counts[EVENT_KINDS])
{
    for (size_t i = 0; i < run->ids.nevents; i++) {
        counts[run->ids.events[i].kind]++;
    }
}

static void print_json(const struct people_run *run, bool dry_run)
{
    uint64_t counts[EVENT_KINDS] = {0};
    struct strbuf sb;
    struct json_out out;

    count_events(run, counts);
    strbuf_init(&sb, JSON_BYTES);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.people-run/1");
    json_out_member(&out, "index", run->index.name);
    json_out_member(&out, "kind", run->is_delta ? "delta" : "full");
    json_out_member_bool(&out, "dry_run", dry_run);
    json_out_member_int(&out, "run", run->run_id);
    json_out_member_uint(&out, "registrations", run->records.count);
    json_out_member_uint(&out, "came", run->nnew);
    json_out_member_uint(&out, "gone", run->ngone);
    json_out_member_uint(&out, "pairs", run->npairs);
    for (int kind = 0; kind < EVENT_KINDS; kind++) {
        json_out_member_uint(&out, person_event_word((enum person_event_kind)kind),
                             counts[kind]);
    }
    json_out_member_uint(&out, "verdicts", run->verdicts.npairs);
    json_out_member_uint(&out, "dormant_verdicts", run->verdicts.dormant);
    json_out_member_uint(&out, "contradictions", run->constraints.ncontradictions);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

void dedup_say_people(const struct people_run *run, bool dry_run)
{
    uint64_t counts[EVENT_KINDS] = {0};

    dedup_say_verdicts(&run->constraints, run->verdicts.npairs, run->verdicts.dormant);
    if (cli_json) {
        print_json(run, dry_run);
        return;
    }
    count_events(run, counts);
    cli_say("registrations of %s: %" PRIu32 ", %" PRIu32 " came, %" PRIu32 " are gone",
            run->index.name, run->records.count, run->nnew, run->ngone);
    if (run->is_delta) {
        cli_say("delta: %" PRIu32 " registrations matched, %" PRIu32 " looked at again",
                run->nchanged, run->division.n);
    }
    cli_say("people: %" PRIu64 " new, %" PRIu64 " entered by registrations, %" PRIu64
            " joined, %" PRIu64 " split, %" PRIu64 " retired",
            counts[PERSON_NEW], counts[PERSON_ENTER], counts[PERSON_JOIN], counts[PERSON_SPLIT],
            counts[PERSON_RETIRE]);
    if (dry_run) {
        cli_say("dry run: nothing was written");
    } else {
        cli_say("written as run %" PRId64, run->run_id);
    }
}
