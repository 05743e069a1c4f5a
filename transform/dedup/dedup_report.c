#include "transform/dedup/dedup_report.h"

#include "core/file.h"
#include "core/strbuf.h"
#include "transform/dedup/dedup_forecast.h"

#include <inttypes.h>
#include <math.h>

enum { REPORT_BYTES = 4 << 20, BAR_WIDTH = 9, BAR_HEIGHT = 160 };

static void put_escaped(struct strbuf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            strbuf_puts(out, "&lt;");
            break;
        case '&':
            strbuf_puts(out, "&amp;");
            break;
        default:
            strbuf_putc(out, *text);
        }
    }
}

static void put_summary(struct strbuf *out, const struct dedup *dedup)
{
    struct dedup_forecast forecast;

    dedup_forecast_make(&forecast, dedup);
    strbuf_addf(out,
                "<p>%" PRIu32 " records, %" PRIu32 " people. %" PRIu64
                " pairs were scored of %.0f possible ones.</p>\n",
                dedup->people.nrecords, dedup->clustering.npeople, dedup->pairing.scored,
                dedup->learned.all_pairs);
    strbuf_puts(out, "<table><tr><th>band</th><th>from</th><th>pairs</th>"
                     "<th>expected</th><th>95 % interval</th></tr>\n");
    strbuf_addf(out,
                "<tr><td>link</td><td>p &ge; %.3f</td><td>%" PRIu64
                "</td><td>%.1f false merges</td><td>%.0f to %.0f</td></tr>\n",
                dedup->people.model->link, forecast.linked, forecast.false_links,
                forecast.false_low, forecast.false_high);
    strbuf_addf(out,
                "<tr><td>review</td><td>p &ge; %.3f</td><td>%" PRIu64
                "</td><td>%.1f are one person</td><td></td></tr>\n",
                dedup->people.model->review, forecast.in_review, forecast.review_matches);
    strbuf_addf(out,
                "<tr><td>not</td><td>below</td><td>%" PRIu64
                "</td><td>%.1f missed matches</td><td>%.0f to %.0f</td></tr></table>\n",
                dedup->pairing.scored - forecast.linked - forecast.in_review, forecast.missed,
                forecast.missed_low, forecast.missed_high);
    strbuf_puts(out, "<p>The intervals come from the probabilities of the scored pairs. They "
                     "say nothing of pairs that no rule found.</p>\n");
}

static void put_histogram(struct strbuf *out, const struct dedup *dedup)
{
    double most = 1.0;

    for (int bin = 0; bin < WEIGHT_BINS; bin++) {
        most = fmax(most, log2(1.0 + (double)dedup->pairing.bins[bin]));
    }
    strbuf_addf(out,
                "<h2>Weights</h2>\n<p>Scored pairs by weight in bits, heights on a logarithmic "
                "scale; lines at review and link.</p>\n<svg viewBox=\"0 0 %d %d\">\n",
                WEIGHT_BINS * BAR_WIDTH, BAR_HEIGHT + 24);
    for (int bin = 0; bin < WEIGHT_BINS; bin++) {
        double height = log2(1.0 + (double)dedup->pairing.bins[bin]) / most * BAR_HEIGHT;
        strbuf_addf(out,
                    "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"#2f6f9f\">"
                    "<title>%d bits: %" PRIu64 " pairs</title></rect>\n",
                    bin * BAR_WIDTH, BAR_HEIGHT - height, BAR_WIDTH - 1, height,
                    WEIGHT_LEAST + bin, dedup->pairing.bins[bin]);
        if ((WEIGHT_LEAST + bin) % 10 == 0) {
            strbuf_addf(out, "<text x=\"%d\" y=\"%d\">%d</text>\n", bin * BAR_WIDTH,
                        BAR_HEIGHT + 18, WEIGHT_LEAST + bin);
        }
    }
    for (int i = 0; i < 2; i++) {
        double weight = i == 0 ? dedup->scorer.review : dedup->scorer.link;
        double x = (weight - WEIGHT_LEAST) * BAR_WIDTH;
        strbuf_addf(out,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\" stroke=\"#c0562f\"/>\n",
                    x, x, BAR_HEIGHT);
    }
    strbuf_puts(out, "</svg>\n");
}

static void put_levels(struct strbuf *out, const struct dedup *dedup)
{
    const struct people_model *model = dedup->people.model;
    const struct pair_classes *classes = &dedup->learned.classes;

    strbuf_puts(out,
                "<h2>What agreement means</h2>\n<p>Shares among pairs of one person (m), of "
                "random people (u) and of one household (h); the weight is log2 m/u, before "
                "rarity.</p>\n<table><tr><th>field</th><th>level</th><th>m</th><th>u</th>"
                "<th>h</th><th>weight</th></tr>\n");
    for (int field = 0; field < model->nfields; field++) {
        const struct level *levels = levels_of(model->fields[field].kind);
        for (int level = 1; level < level_count(model->fields[field].kind); level++) {
            strbuf_puts(out, "<tr><td>");
            put_escaped(out, level == 1 ? model->fields[field].name : "");
            strbuf_addf(out,
                        "</td><td>%s</td><td>%.5f</td><td>%.7f</td><td>%.5f</td>"
                        "<td>%+.2f</td></tr>\n",
                        levels[level].words, classes->m[field][level], classes->u[field][level],
                        classes->h[field][level],
                        log2(classes->m[field][level] / classes->u[field][level]));
        }
    }
    strbuf_puts(out, "</table>\n");
}

static void put_rule_name(struct strbuf *out, const struct dedup *dedup, int rule)
{
    char words[160];

    block_rule_words(&dedup->blocking, &dedup->blocking.rules[rule], words, sizeof(words));
    strbuf_puts(out, "<tr><td>");
    put_escaped(out, words);
    strbuf_puts(out, "</td>");
}

static void put_rules(struct strbuf *out, const struct dedup *dedup)
{
    strbuf_puts(out,
                "<h2>Rules</h2>\n<table><tr><th>records agree on</th><th>pairs</th>"
                "<th>long blocks split</th><th>longest</th><th>pairs left out</th></tr>\n");
    for (int i = 0; i < dedup->blocking.nrules; i++) {
        const struct block_rule *rule = &dedup->blocking.rules[i];
        put_rule_name(out, dedup, i);
        if (rule->used) {
            strbuf_addf(out,
                        "<td>%" PRIu64 "</td><td>%" PRIu32 "</td><td>%" PRIu32
                        "</td><td>%" PRIu64 "</td></tr>\n",
                        rule->pairs, rule->nsplit, rule->longest, rule->pairs_left);
        } else {
            strbuf_addf(out,
                        "<td>left out: %" PRIu64 " pairs are too many</td>"
                        "<td></td><td></td><td></td></tr>\n",
                        rule->pairs);
        }
    }
    strbuf_puts(out, "</table>\n<h2>Sessions of learning</h2>\n<table><tr><th>rule</th>"
                     "<th>pairs</th><th>matches expected</th><th>rounds</th><th></th></tr>\n");
    for (int i = 0; i < dedup->learned.nsessions; i++) {
        const struct session *session = &dedup->learned.sessions[i];
        put_rule_name(out, dedup, session->rule);
        strbuf_addf(out, "<td>%" PRIu64 "</td><td>%.0f</td><td>%d</td><td>%s</td></tr>\n",
                    session->pairs, session->matches, session->rounds,
                    session->discarded == NULL ? "" : session->discarded);
    }
    strbuf_puts(out, "</table>\n");
}

bool dedup_write_report(const struct dedup *dedup, const char *path, struct error *err)
{
    struct strbuf out;
    bool ok;

    strbuf_init(&out, REPORT_BYTES);
    strbuf_puts(&out,
                "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                "<title>Who is the same person</title>\n<style>"
                "body{font:15px/1.5 sans-serif;max-width:64em;margin:2em auto;padding:0 1em}"
                "table{border-collapse:collapse}td,th{padding:.15em .7em;text-align:left;"
                "border-bottom:1px solid #ddd}svg{max-width:100%}text{font-size:11px}"
                "</style></head><body>\n<h1>Who is the same person: ");
    put_escaped(&out, dedup->people.model->name);
    strbuf_puts(&out, "</h1>\n");
    put_summary(&out, dedup);
    put_histogram(&out, dedup);
    put_levels(&out, dedup);
    put_rules(&out, dedup);
    strbuf_puts(&out, "</body></html>\n");
    ok = file_write(path, strbuf_text(&out), err);
    strbuf_release(&out);
    return ok;
}
