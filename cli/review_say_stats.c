/* review_say_stats.c - the figures of the queue, for people and as JSON. */
#include "cli/review_say.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { JSON_BYTES = 4 << 20, FORECAST_BYTES = 4096 };

void review_put_share(char out[REVIEW_SHARE_MAX], const struct share *share)
{
    if (share->known) {
        snprintf(out, REVIEW_SHARE_MAX, "%5.1f %% (%.1f to %.1f)", 100.0 * share->value,
                 100.0 * share->low, 100.0 * share->high);
    } else {
        snprintf(out, REVIEW_SHARE_MAX, "not known yet");
    }
}

static void print_share(const struct share *share)
{
    char words[REVIEW_SHARE_MAX];

    review_put_share(words, share);
    printf("%s", words);
}

const char *review_cause_words(const char *cause)
{
    return cause[0] == '\0' ? "probability" : cause;
}

/* 1240 as "1,240" */
static void put_count(struct strbuf *out, int64_t count)
{
    if (count >= 1000) {
        put_count(out, count / 1000);
        strbuf_addf(out, ",%03d", (int)(count % 1000));
    } else {
        strbuf_addf(out, "%d", (int)count);
    }
}

void review_put_forecast(struct strbuf *out, const struct review_stats *stats, uint64_t hours)
{
    put_count(out, stats->counts.open);
    strbuf_addf(out, " pairs, %d reviewer%s: ", stats->at_work, stats->at_work == 1 ? "" : "s");
    if (stats->counts.open == 0) {
        strbuf_puts(out, "all done\n");
        return;
    }
    if (!stats->forecast.known) {
        strbuf_puts(out, "no forecast before the first decision\n");
        return;
    }
    strbuf_addf(out, "done in %.1f days\n", stats->forecast.days);
    strbuf_addf(out,
                "  %" PRId64 " decisions are left, disagreements and planted pairs included, "
                "at %.0f a working day",
                stats->decisions_left, stats->forecast.decisions_a_day);
    if (stats->forecast.assumed) {
        strbuf_addf(out,
                    "; where no whole day was measured, %" PRIu64
                    " hours a day at the median time a decision takes are assumed",
                    hours);
    }
    strbuf_puts(out, "\n");
    if (stats->needs_second) {
        strbuf_addf(out, "  some pairs wait for a second reviewer, and only %d is at work\n",
                    stats->at_work);
    }
}

static void print_forecast(const struct review_stats *stats, uint64_t hours)
{
    struct strbuf words;

    strbuf_init(&words, FORECAST_BYTES);
    review_put_forecast(&words, stats, hours);
    printf("%s", words.at);
    strbuf_release(&words);
}

static void print_reviewers(const struct review_stats *stats)
{
    if (stats->nreviewers > 0) {
        printf("\n%-14s %9s %7s %9s %9s %8s  %s\n", "reviewer", "decisions", "unsure",
               "overruled", "withdrawn", "seconds", "right on planted pairs");
    }
    for (int i = 0; i < stats->nreviewers; i++) {
        const struct reviewer *one = &stats->reviewers[i];
        printf("%-14s %9" PRId64 " %7" PRId64 " %9" PRId64 " %9" PRId64 " %8.1f  %" PRId64
               " of %" PRId64 ": ",
               one->name, one->decisions, one->unsure, one->overruled, one->withdrawn,
               one->pace.seconds, one->planted_right, one->planted_right + one->planted_wrong);
        print_share(&one->accuracy);
        printf("\n");
    }
    for (int i = 0; i < stats->npairs; i++) {
        const struct reviewer_pair *pair = &stats->pairs[i];
        printf("%s and %s read %.0f pairs alike in %.1f %%", pair->first, pair->second,
               pair->kappa.n, 100.0 * pair->kappa.agreed);
        if (pair->kappa.known) {
            printf(", kappa %.2f (%.2f to %.2f)", pair->kappa.value, pair->kappa.low,
                   pair->kappa.high);
        }
        printf("\n");
    }
}

static void print_audit(const struct review_stats *stats)
{
    printf("\n%-12s %10s %8s %8s %10s %8s\n", "stratum", "pairs", "drawn", "same", "different",
           "unsure");
    for (int i = 0; i < stats->nstrata; i++) {
        const struct review_stratum *stratum = &stats->strata[i];
        printf("%-12s %10.0f %8" PRId64 " %8.0f %10.0f %8.0f\n", stratum->name,
               stratum->seen.pairs, stratum->drawn, stratum->seen.same, stratum->seen.different,
               stratum->seen.unsure);
    }
    printf("precision of what was linked without a steward  ");
    print_share(&stats->precision);
    printf("\nrecall of it                                    ");
    print_share(&stats->recall);
    printf("\n");
}

void review_print_stats(const struct review_stats *stats, const char *index, uint64_t hours)
{
    const struct review_counts *counts = &stats->counts;

    printf("queue of %s\n", index);
    print_forecast(stats, hours);
    printf("\nopen %" PRId64 " (leased %" PRId64 ", begun %" PRId64 ", disputed %" PRId64
           "), decided %" PRId64 " (same %" PRId64 ", different %" PRId64 ", unsure %" PRId64
           "), moot %" PRId64 "\n",
           counts->open, counts->leased, counts->started, counts->split, counts->decided,
           counts->same, counts->different, counts->unsure, counts->moot);
    printf("contradictions waiting %" PRId64 ", fields uncovered %" PRId64 "\n",
           counts->contradictions, counts->reveals);
    if (stats->ncauses > 0) {
        printf("\n%-14s %8s %8s %10s %8s\n", "cause", "open", "same", "different", "unsure");
    }
    for (int i = 0; i < stats->ncauses; i++) {
        const struct review_cause *cause = &stats->causes[i];
        printf("%-14s %8" PRId64 " %8" PRId64 " %10" PRId64 " %8" PRId64 "\n",
               review_cause_words(cause->name), cause->open, cause->same, cause->different,
               cause->unsure);
    }
    print_reviewers(stats);
    print_audit(stats);
}

static void put_share(struct json_out *out, const char *key, const struct share *share)
{
    json_out_key(out, key);
    if (!share->known) {
        json_out_null(out);
        return;
    }
    json_out_object(out);
    review_put_number(out, "value", share->value);
    review_put_number(out, "low", share->low);
    review_put_number(out, "high", share->high);
    json_out_end_object(out);
}

static void put_causes(struct json_out *out, const struct review_stats *stats)
{
    json_out_key(out, "causes");
    json_out_array(out);
    for (int i = 0; i < stats->ncauses; i++) {
        json_out_object(out);
        json_out_member(out, "cause", review_cause_words(stats->causes[i].name));
        json_out_member_int(out, "open", stats->causes[i].open);
        json_out_member_int(out, "same", stats->causes[i].same);
        json_out_member_int(out, "different", stats->causes[i].different);
        json_out_member_int(out, "unsure", stats->causes[i].unsure);
        json_out_end_object(out);
    }
    json_out_end_array(out);
}

static void put_reviewers(struct json_out *out, const struct review_stats *stats)
{
    json_out_key(out, "reviewers");
    json_out_array(out);
    for (int i = 0; i < stats->nreviewers; i++) {
        const struct reviewer *one = &stats->reviewers[i];
        json_out_object(out);
        json_out_member(out, "reviewer", one->name);
        json_out_member_int(out, "decisions", one->decisions);
        json_out_member_int(out, "unsure", one->unsure);
        json_out_member_int(out, "overruled", one->overruled);
        json_out_member_int(out, "withdrawn", one->withdrawn);
        json_out_member_int(out, "planted_right", one->planted_right);
        json_out_member_int(out, "planted_wrong", one->planted_wrong);
        json_out_member_int(out, "planted_unsure", one->planted_unsure);
        put_share(out, "accuracy", &one->accuracy);
        review_put_number(out, "median_seconds", one->pace.seconds);
        review_put_number(out, "decisions_a_day", one->pace.decisions_a_day);
        json_out_member_bool(out, "active", one->active);
        json_out_end_object(out);
    }
    json_out_end_array(out);
    json_out_key(out, "agreement");
    json_out_array(out);
    for (int i = 0; i < stats->npairs; i++) {
        const struct kappa *kappa = &stats->pairs[i].kappa;
        json_out_object(out);
        json_out_member(out, "first", stats->pairs[i].first);
        json_out_member(out, "second", stats->pairs[i].second);
        review_put_number(out, "pairs", kappa->n);
        review_put_number(out, "agreed", kappa->agreed);
        put_share(out, "kappa",
                  &(struct share){kappa->known, kappa->value, kappa->low, kappa->high});
        json_out_end_object(out);
    }
    json_out_end_array(out);
}

static void put_audit(struct json_out *out, const struct review_stats *stats)
{
    json_out_key(out, "strata");
    json_out_array(out);
    for (int i = 0; i < stats->nstrata; i++) {
        const struct review_stratum *stratum = &stats->strata[i];
        json_out_object(out);
        json_out_member(out, "stratum", stratum->name);
        review_put_number(out, "pairs", stratum->seen.pairs);
        review_put_number(out, "share", stratum->share);
        json_out_member_int(out, "drawn", stratum->drawn);
        review_put_number(out, "same", stratum->seen.same);
        review_put_number(out, "different", stratum->seen.different);
        review_put_number(out, "unsure", stratum->seen.unsure);
        json_out_end_object(out);
    }
    json_out_end_array(out);
    put_share(out, "precision", &stats->precision);
    put_share(out, "recall", &stats->recall);
}

static void put_counts(struct json_out *out, const struct review_counts *counts)
{
    json_out_member_int(out, "open", counts->open);
    json_out_member_int(out, "leased", counts->leased);
    json_out_member_int(out, "begun", counts->started);
    json_out_member_int(out, "disputed", counts->split);
    json_out_member_int(out, "decided", counts->decided);
    json_out_member_int(out, "same", counts->same);
    json_out_member_int(out, "different", counts->different);
    json_out_member_int(out, "unsure", counts->unsure);
    json_out_member_int(out, "moot", counts->moot);
    json_out_member_int(out, "contradictions", counts->contradictions);
    json_out_member_int(out, "reveals", counts->reveals);
}

void review_print_stats_json(const struct review_stats *stats, const char *index,
                             uint64_t hours)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, JSON_BYTES);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.review-stats/1");
    json_out_member(&out, "index", index);
    put_counts(&out, &stats->counts);
    json_out_member_int(&out, "reviewers_at_work", stats->at_work);
    json_out_member_int(&out, "decisions_left", stats->decisions_left);
    json_out_member_bool(&out, "needs_second_reviewer", stats->needs_second);
    json_out_key(&out, "days_left");
    if (stats->forecast.known) {
        char number[40];
        snprintf(number, sizeof(number), "%.2f", stats->forecast.days);
        json_out_raw(&out, text_of(number));
    } else {
        json_out_null(&out);
    }
    json_out_member_bool(&out, "working_day_assumed", stats->forecast.assumed);
    json_out_member_uint(&out, "assumed_hours_a_day", hours);
    put_causes(&out, stats);
    put_reviewers(&out, stats);
    put_audit(&out, stats);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}
