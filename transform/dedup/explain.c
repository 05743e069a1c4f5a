#include "transform/dedup/explain.h"

#include <math.h>
#include <stdio.h>

static void add_line(struct explanation *explanation, const char *name, const char *words,
                     double weight)
{
    explanation->lines[explanation->nlines++] =
        (struct explain_line){.name = name, .words = words, .weight = weight};
    explanation->weight += weight;
}

static void add_field(struct explanation *explanation, const struct scorer *scorer, int field,
                      int level, uint32_t value)
{
    const struct people_field *what = &scorer->people->model->fields[field];
    const struct level *meant = &levels_of(what->kind)[level];
    struct explain_line *line;

    add_line(explanation, what->name, meant->words, 0.0);
    line = &explanation->lines[explanation->nlines - 1];
    line->missing = level == LEVEL_MISSING;
    if (line->missing && value != 0 && scorer->people->implied_by[field] != 0) {
        line->words = "not known on one side, or said by another field already";
    }
    if (level == LEVEL_EXACT && scorer->rare[field] != 0) {
        line->rarity = scorer_rarity(scorer, field, value);
    }
    if (!line->missing) {
        line->weight = scorer->m[field][level] - scorer->u[field][level] + line->rarity;
        explanation->weight += line->weight;
    }
}

void explain_pair(struct explanation *explanation, const struct scorer *scorer,
                  uint64_t pattern, const uint32_t *row_a)
{
    double weight = score_pattern(scorer, pattern, row_a);

    *explanation = (struct explanation){0};
    add_line(explanation, "start", "how rare it is that two records are one person",
             scorer->prior_m - scorer->prior_r);
    for (int field = 0; field < scorer->people->nfields; field++) {
        add_field(explanation, scorer, field, pattern_level(pattern, field), row_a[field]);
    }
    add_line(explanation, "household", "what people of one household share as well",
             weight - explanation->weight);
    explanation->caution = pattern_caution(scorer->people->model, pattern);
    explanation->band = pair_band(scorer, weight, explanation->caution);
}

enum { WIDTH = 760, LEFT = 130, CHART = 320, ROW = 26, TOP = 44 };

struct scale {
    double low;
    double high;
};

static struct scale scale_of(const struct explanation *explanation)
{
    struct scale scale = {0.0, 0.0};
    double sum = 0.0;

    for (int i = 0; i < explanation->nlines; i++) {
        sum += explanation->lines[i].weight;
        scale.low = fmin(scale.low, sum);
        scale.high = fmax(scale.high, sum);
    }
    scale.high = fmax(scale.high, scale.low + 1.0);
    return scale;
}

static double place(const struct scale *scale, double weight)
{
    return LEFT + (weight - scale->low) / (scale->high - scale->low) * CHART;
}

static void put_escaped(struct strbuf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '<' || *text == '&') {
            strbuf_puts(out, *text == '<' ? "&lt;" : "&amp;");
        } else {
            strbuf_putc(out, *text);
        }
    }
}

static void put_row(struct strbuf *out, const struct scale *scale, int row,
                    const struct explain_line *line, double from)
{
    double left = place(scale, fmin(from, from + line->weight));
    double width = place(scale, fmax(from, from + line->weight)) - left;
    int y = TOP + row * ROW;

    strbuf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LEFT - 10, y + 15);
    put_escaped(out, line->name);
    strbuf_addf(out, "</text><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" ",
                left, y + 3, fmax(width, 1.0), ROW - 8);
    strbuf_addf(out, "fill=\"%s\"/>\n",
                line->missing        ? "#b8b8b8"
                : line->weight < 0.0 ? "#c0562f"
                                     : "#2f6f9f");
    strbuf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LEFT + CHART + 60, y + 15);
    if (line->missing) {
        strbuf_puts(out, "-");
    } else {
        strbuf_addf(out, "%+.1f", line->weight);
    }
    strbuf_addf(out, "</text><text x=\"%d\" y=\"%d\" fill=\"#555\">", LEFT + CHART + 70,
                y + 15);
    put_escaped(out, line->words);
    strbuf_puts(out, "</text>\n");
}

void explain_svg(const struct explanation *explanation, struct strbuf *out)
{
    struct scale scale = scale_of(explanation);
    struct explain_line total = {.name = "weight", .weight = explanation->weight};
    int height = TOP + (explanation->nlines + 1) * ROW + 16;
    char words[160];
    double sum = 0.0;

    strbuf_addf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                "font-family=\"sans-serif\" font-size=\"12\">\n"
                "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
                WIDTH, height, WIDTH, height);
    snprintf(words, sizeof(words), "%.1f bits, probability %.4f: %s%s%s", explanation->weight,
             weight_probability(explanation->weight), band_word(explanation->band),
             explanation->caution == CAUTION_NONE ? "" : ", because ",
             caution_text(explanation->caution));
    strbuf_addf(out,
                "<text x=\"10\" y=\"22\" font-size=\"14\" font-weight=\"bold\">%s</text>\n",
                words);
    strbuf_addf(out,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#999\" "
                "stroke-dasharray=\"3 3\"/>\n",
                place(&scale, 0.0), TOP - 6, place(&scale, 0.0), height - 10);
    for (int i = 0; i < explanation->nlines; i++) {
        put_row(out, &scale, i, &explanation->lines[i], sum);
        sum += explanation->lines[i].weight;
    }
    total.words = "at 0 both answers are equally likely";
    put_row(out, &scale, explanation->nlines, &total, 0.0);
    strbuf_puts(out, "</svg>\n");
}
