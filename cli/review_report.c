#include "cli/review_report.h"

#include "cli/review_say.h"
#include "core/file.h"
#include "rehearsals/html.h"
#include "rehearsals/svg.h"

#include <inttypes.h>
#include <string.h>

enum { PAGE_BYTES = 4 << 20, FORECAST_BYTES = 4096 };

static void put_forecast(struct strbuf *out, const struct review_stats *stats, uint64_t hours)
{
    struct strbuf words;

    strbuf_init(&words, FORECAST_BYTES);
    review_put_forecast(&words, stats, hours);
    for (const char *line = words.at; *line != '\0'; line += strcspn(line, "\n") + 1) {
        line += strspn(line, " ");
        html_paragraph(out, "%.*s.", (int)strcspn(line, "\n"), line);
    }
    strbuf_release(&words);
}

/* Pairs in review by what dedup was unsure of. */
static void put_progress(struct strbuf *out, const struct review_stats *stats)
{
    static const char *const series[] = {"same", "different", "unsure", "open"};
    static const char *const headers[] = {
        "unsure because of", "same", "different", "unsure", "open", NULL};
    struct svg_bar bars[REVIEW_CAUSES_MAX] = {{0}};
    struct svg_chart chart = {.id = "progress",
                              .title = "Pairs in review, by what dedup was unsure of",
                              .desc = "Decided and open pairs; the numbers are in the table.",
                              .scale = SVG_SCALED,
                              .series = series,
                              .nseries = 4,
                              .bars = bars,
                              .nbars = (size_t)stats->ncauses};

    for (int i = 0; i < stats->ncauses; i++) {
        const struct review_cause *cause = &stats->causes[i];
        bars[i] = (struct svg_bar){review_cause_words(cause->name),
                                   {(uint64_t)cause->same, (uint64_t)cause->different,
                                    (uint64_t)cause->unsure, (uint64_t)cause->open}};
    }
    if (stats->ncauses > 0) {
        svg_bars(out, &chart);
    }
    html_table_begin(out, "Pairs in review", headers);
    for (int i = 0; i < stats->ncauses; i++) {
        const struct review_cause *cause = &stats->causes[i];
        html_row_begin(out);
        html_cell(out, HTML_TEXT, "%s", review_cause_words(cause->name));
        html_cell(out, HTML_NUMBER, "%" PRId64, cause->same);
        html_cell(out, HTML_NUMBER, "%" PRId64, cause->different);
        html_cell(out, HTML_NUMBER, "%" PRId64, cause->unsure);
        html_cell(out, HTML_NUMBER, "%" PRId64, cause->open);
        html_row_end(out);
    }
    html_table_end(out);
}

static void put_share_cell(struct strbuf *out, const struct share *share)
{
    char words[REVIEW_SHARE_MAX];

    review_put_share(words, share);
    html_cell(out, HTML_NUMBER, "%s", words);
}

static void put_reviewers(struct strbuf *out, const struct review_stats *stats)
{
    static const char *const headers[] = {
        "reviewer",  "decisions",        "unsure",
        "overruled", "taken back",       "median seconds",
        "planted",   "right on planted", "right (95 % interval)",
        NULL};

    html_table_begin(out, "Reviewers, the most recent first", headers);
    for (int i = 0; i < stats->nreviewers; i++) {
        const struct reviewer *one = &stats->reviewers[i];
        html_row_begin(out);
        html_cell(out, HTML_TEXT, "%s", one->name);
        html_cell(out, HTML_NUMBER, "%" PRId64, one->decisions);
        html_cell(out, HTML_NUMBER, "%" PRId64, one->unsure);
        html_cell(out, HTML_NUMBER, "%" PRId64, one->overruled);
        html_cell(out, HTML_NUMBER, "%" PRId64, one->withdrawn);
        html_cell(out, HTML_NUMBER, "%.1f", one->pace.seconds);
        html_cell(out, HTML_NUMBER, "%" PRId64, one->planted_right + one->planted_wrong);
        html_cell(out, HTML_NUMBER, "%" PRId64, one->planted_right);
        put_share_cell(out, &one->accuracy);
        html_row_end(out);
    }
    html_table_end(out);
    html_paragraph(out,
                   "Unsure is not wrong. Planted pairs are easier than hard ones, so this is "
                   "the most that a reviewer gets right.");
}

static void put_agreement(struct strbuf *out, const struct review_stats *stats)
{
    static const char *const headers[] = {"both have read", "pairs",         "alike",
                                          "kappa",          "95 % interval", NULL};

    html_table_begin(out, "Agreement", headers);
    for (int i = 0; i < stats->npairs; i++) {
        const struct reviewer_pair *pair = &stats->pairs[i];
        html_row_begin(out);
        html_cell(out, HTML_TEXT, "%s and %s", pair->first, pair->second);
        html_cell(out, HTML_NUMBER, "%.0f", pair->kappa.n);
        html_cell(out, HTML_NUMBER, "%.1f %%", 100.0 * pair->kappa.agreed);
        if (pair->kappa.known) {
            html_cell(out, HTML_NUMBER, "%.2f", pair->kappa.value);
            html_cell(out, HTML_NUMBER, "%.2f to %.2f", pair->kappa.low, pair->kappa.high);
        } else {
            html_cell(out, HTML_NUMBER, "not known yet");
            html_cell(out, HTML_NUMBER, "%s", "");
        }
        html_row_end(out);
    }
    html_table_end(out);
    html_paragraph(out, "Kappa is 0 for what chance would give, 1 for always.");
}

static void put_audit(struct strbuf *out, const struct review_stats *stats)
{
    static const char *const shares[] = {"of what was decided without a steward",
                                         "estimate (95 % interval)", NULL};
    static const char *const headers[] = {"dedup's decision", "pairs",  "drawn", "same",
                                          "different",        "unsure", NULL};
    static const char *const words[] = {"precision: linked pairs that are one person",
                                        "recall: pairs of one person that were linked"};
    const struct share *const values[] = {&stats->precision, &stats->recall};

    html_table_begin(out, "How right dedup is by itself", shares);
    for (int i = 0; i < 2; i++) {
        html_row_begin(out);
        html_cell(out, HTML_TEXT, "%s", words[i]);
        put_share_cell(out, values[i]);
        html_row_end(out);
    }
    html_table_end(out);
    html_table_begin(out, "The sample behind it, as far as it is read without a gap", headers);
    for (int i = 0; i < stats->nstrata; i++) {
        const struct review_stratum *stratum = &stats->strata[i];
        html_row_begin(out);
        html_cell(out, HTML_TEXT, "%s", stratum->name);
        html_cell(out, HTML_NUMBER, "%.0f", stratum->seen.pairs);
        html_cell(out, HTML_NUMBER, "%" PRId64, stratum->drawn);
        html_cell(out, HTML_NUMBER, "%.0f", stratum->seen.same);
        html_cell(out, HTML_NUMBER, "%.0f", stratum->seen.different);
        html_cell(out, HTML_NUMBER, "%.0f", stratum->seen.unsure);
        html_row_end(out);
    }
    html_table_end(out);
    html_paragraph(out,
                   "Pairs that share neither an identifier nor a birth date with a name are "
                   "in no sample, so recall is of what could be looked for.");
}

/* Rows as they come; the first column is a name of a task. */
static bool put_rows(struct strbuf *out, const char *caption, const char *const *headers,
                     PGresult *rows)
{
    bool ok = rows != NULL;

    html_table_begin(out, caption, headers);
    for (int row = 0; ok && row < PQntuples(rows); row++) {
        html_row_begin(out);
        for (int col = 0; col < PQnfields(rows); col++) {
            html_cell(out, col == 0 ? HTML_CODE : HTML_TEXT, "%s", PQgetvalue(rows, row, col));
        }
        html_row_end(out);
    }
    html_table_end(out);
    PQclear(rows);
    return ok;
}

static bool put_lists(struct strbuf *out, const struct review *review, struct error *err)
{
    static const char *const oldest[] = {
        "task", "since", "days", "rows that hang on it", "answers so far", NULL};
    static const char *const disputed[] = {"task", "closed", "outcome", "answers", NULL};

    return put_rows(out, "Waiting longest", oldest, review_oldest(review, err)) &&
           put_rows(out, "Decided after a disagreement, the latest first", disputed,
                    review_disagreements(review, err));
}

bool review_report_write(const struct review_stats *stats, const struct review *review,
                         uint64_t hours, const char *path, struct error *err)
{
    const struct review_counts *counts = &stats->counts;
    struct strbuf out;
    bool ok;

    strbuf_init(&out, PAGE_BYTES);
    html_begin(&out, "Who is the same person: the review");
    html_paragraph(&out, "Index %s, hms %s.", review->index, HMS_VERSION);
    put_forecast(&out, stats, hours);
    html_paragraph(&out,
                   "Open %" PRId64 ", of which begun %" PRId64 " and disputed %" PRId64
                   "; decided %" PRId64 " (same %" PRId64 ", different %" PRId64
                   ", unsure %" PRId64 "); gone away %" PRId64 ". Fields uncovered %" PRId64
                   ".",
                   counts->open, counts->started, counts->split, counts->decided, counts->same,
                   counts->different, counts->unsure, counts->moot, counts->reveals);
    if (counts->contradictions > 0) {
        html_verdict(&out, false, "%" PRId64 " contradictions between verdicts wait",
                     counts->contradictions);
    }
    html_heading(&out, 2, "Progress");
    put_progress(&out, stats);
    html_heading(&out, 2, "Reviewers");
    put_reviewers(&out, stats);
    put_agreement(&out, stats);
    html_heading(&out, 2, "Decisions made without a steward");
    put_audit(&out, stats);
    html_heading(&out, 2, "Pairs to look after");
    ok = put_lists(&out, review, err);
    html_end(&out);
    ok = ok && file_write(path, strbuf_text(&out), err);
    strbuf_release(&out);
    return ok;
}
