#include "cli/dedup_say.h"

#include "cli/verb.h"
#include "core/json_out.h"
#include "transform/dedup/dedup_forecast.h"
#include "transform/dedup/level.h"

#include <inttypes.h>
#include <stdio.h>

enum { RULE_WORDS = 160, JSON_BYTES = 1 << 20 };

static void say_rules(const struct dedup *dedup)
{
    char words[RULE_WORDS];

    for (int i = 0; i < dedup->blocking.nrules; i++) {
        const struct block_rule *rule = &dedup->blocking.rules[i];
        block_rule_words(&dedup->blocking, rule, words, sizeof(words));
        if (!rule->used) {
            cli_say("rule left out: %s: %" PRIu64 " pairs", words, rule->pairs);
        } else if (rule->nsplit > 0) {
            cli_say("rule %s: %" PRIu32 " long blocks were split, the longest of %" PRIu32
                    " records; %" PRIu64 " pairs were not looked at by it",
                    words, rule->nsplit, rule->longest, rule->pairs_left);
        } else if (cli_verbose) {
            cli_say("rule %s: %" PRIu64 " pairs", words, rule->pairs);
        }
    }
}

/* Each session by itself when asked for, else in one line what they could not teach. */
static void say_sessions(const struct dedup *dedup)
{
    char words[RULE_WORDS];
    int discarded = 0;

    for (int i = 0; i < dedup->learned.nsessions; i++) {
        const struct session *session = &dedup->learned.sessions[i];
        discarded += session->discarded != NULL;
        block_rule_words(&dedup->blocking, &dedup->blocking.rules[session->rule], words,
                         sizeof(words));
        if (cli_verbose && session->discarded != NULL) {
            cli_say("session %s discarded: %s", words, session->discarded);
        } else if (cli_verbose) {
            cli_say("session %s: %" PRIu64 " pairs, %.0f matches expected, %d rounds", words,
                    session->pairs, session->matches, session->rounds);
        }
    }
    if (discarded > 0 && discarded == dedup->learned.nsessions) {
        cli_say("too few pairs to learn from: the weights are those expected of each kind");
    } else if (discarded > 0 && !cli_verbose) {
        cli_say("%d of %d sessions taught nothing and were discarded; -v says why", discarded,
                dedup->learned.nsessions);
    }
}

/* Values that many unlike people have are none; the values themselves are never said. */
static void say_strangers(const struct dedup *dedup)
{
    for (int field = 0; field < dedup->people.nfields; field++) {
        const struct people_dict *dict = &dedup->people.dicts[field];
        if (dict->nstrangers > 0) {
            cli_say("%s: %" PRIu32 " values that many unlike people share are taken as missing "
                    "in %" PRIu32 " records",
                    dedup->people.model->fields[field].name, dict->nstrangers,
                    dict->nstranger_records);
        }
    }
}

/* What a pair lacks that agrees in every field of the model. */
static void say_lacks(const struct dedup *dedup)
{
    uint64_t pattern = 0;
    enum caution caution;

    for (int field = 0; field < dedup->people.nfields; field++) {
        pattern |= (uint64_t)LEVEL_EXACT << (4 * field);
    }
    caution = pattern_caution(dedup->people.model, pattern);
    if (caution != CAUTION_NONE) {
        cli_say("with this model no pair is linked by itself: %s", caution_text(caution));
    }
}

/* How many pairs a steward will see for which cause; without one they are only uncertain. */
static void say_causes(const struct dedup *dedup)
{
    uint64_t counts[CAUTION_COUNT] = {0};

    for (size_t i = 0; i < dedup->pairing.npairs; i++) {
        const struct pair *pair = &dedup->pairing.pairs[i];
        counts[pair->caution] += pair->band == BAND_REVIEW ? 1 : 0;
    }
    for (int cause = 0; cause < CAUTION_COUNT; cause++) {
        if (counts[cause] > 0) {
            cli_say("for review: %" PRIu64 " %s", counts[cause],
                    cause == CAUTION_NONE ? "neither likely nor unlikely enough"
                                          : caution_text((enum caution)cause));
        }
    }
}

static void say_times(const struct dedup *dedup)
{
    static const char *const steps[] = {"reading", "blocking",   "learning",
                                        "scoring", "clustering", "writing"};
    double scoring = (double)dedup->pairing.scoring_us / 1e6;

    for (int i = 0; cli_verbose && i < DEDUP_STEPS; i++) {
        cli_say("%-10s %7.3f s, of the processors %7.3f s", steps[i],
                (double)dedup->took[i].wall_us / 1e6, (double)dedup->took[i].cpu_us / 1e6);
    }
    if (cli_verbose && scoring > 0.0) {
        cli_say("scored %.2f million pairs a second and processor, finding them not counted",
                (double)dedup->pairing.scored / 1e6 / scoring);
    }
}

static void print_run_json(const struct dedup *dedup, const struct dedup_forecast *forecast)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, JSON_BYTES);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "schema", "hms.dedup/1");
    json_out_member_uint(&out, "records", dedup->people.nrecords);
    json_out_member_uint(&out, "people", dedup->clustering.npeople);
    json_out_member_uint(&out, "pairs_scored", dedup->pairing.scored);
    json_out_member_uint(&out, "pairs_linked", forecast->linked);
    json_out_member_uint(&out, "pairs_in_review", forecast->in_review);
    json_out_member_uint(&out, "scoring_us", (uint64_t)dedup->took[DEDUP_SCORING].wall_us);
    json_out_member_uint(&out, "scoring_cpu_us", (uint64_t)dedup->took[DEDUP_SCORING].cpu_us);
    json_out_member_uint(&out, "comparing_cpu_us", (uint64_t)dedup->pairing.scoring_us);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

void dedup_say_run(const struct dedup *dedup)
{
    struct dedup_forecast forecast;

    dedup_forecast_make(&forecast, dedup);
    if (cli_json) {
        print_run_json(dedup, &forecast);
        return;
    }
    say_lacks(dedup);
    say_strangers(dedup);
    say_rules(dedup);
    say_sessions(dedup);
    say_times(dedup);
    if (dedup->clustering.too_long > 0) {
        cli_say("%" PRIu32
                " groups of more than %d records were broken at higher weights; look at them",
                dedup->clustering.too_long, CLOSURE_MOST);
    }
    if (dedup->blocking.nreps < dedup->people.nrecords) {
        cli_say("%" PRIu32 " records are alike in every field with another one",
                dedup->people.nrecords - dedup->blocking.nreps);
    }
    cli_say("dedup: %" PRIu32 " records, %" PRIu32 " people; %" PRIu64 " pairs scored, %" PRIu64
            " linked, %" PRIu64 " for review",
            dedup->people.nrecords, dedup->clustering.npeople, dedup->pairing.scored,
            forecast.linked, forecast.in_review);
    say_causes(dedup);
    cli_say(
        "expected: %.1f of the linked pairs are false (%.0f to %.0f), %.1f pairs are missed "
        "(%.0f to %.0f)",
        forecast.false_links, forecast.false_low, forecast.false_high, forecast.missed,
        forecast.missed_low, forecast.missed_high);
}

static void print_explanation_json(const struct explanation *explanation)
{
    struct strbuf sb;
    struct json_out out;
    char number[32];

    strbuf_init(&sb, JSON_BYTES);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "schema", "hms.dedup-explanation/1");
    json_out_key(&out, "lines");
    json_out_array(&out);
    for (int i = 0; i < explanation->nlines; i++) {
        const struct explain_line *line = &explanation->lines[i];
        json_out_object(&out);
        json_out_member(&out, "field", line->name);
        json_out_member(&out, "says", line->words);
        snprintf(number, sizeof(number), "%.4f", line->weight);
        json_out_key(&out, "weight");
        json_out_raw(&out, text_of(number));
        json_out_end_object(&out);
    }
    json_out_end_array(&out);
    snprintf(number, sizeof(number), "%.4f", explanation->weight);
    json_out_key(&out, "weight");
    json_out_raw(&out, text_of(number));
    json_out_member(&out, "band", band_word(explanation->band));
    json_out_member(&out, "cause", caution_text(explanation->caution));
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

void dedup_say_explanation(const struct explanation *explanation)
{
    if (cli_json) {
        print_explanation_json(explanation);
        return;
    }
    for (int i = 0; i < explanation->nlines; i++) {
        const struct explain_line *line = &explanation->lines[i];
        if (line->missing) {
            printf("%-14s        %s\n", line->name, line->words);
            continue;
        }
        printf("%-14s %+6.2f %s", line->name, line->weight, line->words);
        if (line->rarity >= 0.5 || line->rarity <= -0.5) {
            printf(line->rarity > 0.0 ? ", and rare (%+.2f)" : ", but common (%+.2f)",
                   line->rarity);
        }
        printf("\n");
    }
    printf("%-14s %+6.2f probability %.4f\n", "sum", explanation->weight,
           weight_probability(explanation->weight));
    printf("%-14s        %s%s%s\n", "band", band_word(explanation->band),
           explanation->caution == CAUTION_NONE ? "" : ": ",
           caution_text(explanation->caution));
}
