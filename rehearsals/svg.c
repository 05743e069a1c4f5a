#include "rehearsals/svg.h"

#include "rehearsals/html.h"

#include <inttypes.h>

enum {
    WIDTH = 720,
    LABEL_WIDTH = 190,
    BAR_WIDTH = WIDTH - LABEL_WIDTH,
    ROW_HEIGHT = 24,
    BAR_HEIGHT = 16,
    LEGEND_HEIGHT = 26,
    LEGEND_STEP = 130,
    LEGEND_PER_ROW = 5,
};

static void put(struct strbuf *out, const char *text)
{
    html_escape(out, text_of(text));
}

static uint64_t bar_sum(const struct svg_chart *chart, const struct svg_bar *bar)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < chart->nseries; i++) {
        sum += bar->values[i];
    }
    return sum;
}

/* Whole units, at least one for what is not zero. */
static int piece_width(uint64_t value, uint64_t whole)
{
    if (value == 0 || whole == 0) {
        return 0;
    }
    int width = (int)((double)value * BAR_WIDTH / (double)whole);
    return width < 1 ? 1 : width;
}

static void draw_legend(struct strbuf *out, const struct svg_chart *chart)
{
    for (size_t i = 0; i < chart->nseries; i++) {
        int x = (int)(i % LEGEND_PER_ROW) * LEGEND_STEP;
        int y = (int)(i / LEGEND_PER_ROW) * LEGEND_HEIGHT;
        strbuf_addf(out,
                    "<rect class=\"s%zu\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/>"
                    "<text x=\"%d\" y=\"%d\">",
                    i, x, y + 4, x + 18, y + 14);
        put(out, chart->series[i]);
        strbuf_puts(out, "</text>\n");
    }
}

static void draw_bar(struct strbuf *out, const struct svg_chart *chart,
                     const struct svg_bar *bar, int y, uint64_t whole)
{
    strbuf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LABEL_WIDTH - 8, y + 13);
    put(out, bar->label);
    strbuf_puts(out, "</text>\n");
    int x = LABEL_WIDTH;
    for (size_t i = 0; i < chart->nseries; i++) {
        int width = piece_width(bar->values[i], whole);
        if (width == 0) {
            continue;
        }
        if (x + width > WIDTH) {
            x = WIDTH - width;
        }
        strbuf_addf(out,
                    "<rect class=\"s%zu\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>",
                    i, x, y, width, BAR_HEIGHT);
        put(out, bar->label);
        strbuf_puts(out, ", ");
        put(out, chart->series[i]);
        strbuf_addf(out, ": %" PRIu64 "</title></rect>\n", bar->values[i]);
        x += width;
    }
}

void svg_bars(struct strbuf *out, const struct svg_chart *chart)
{
    int legend_rows = (int)((chart->nseries + LEGEND_PER_ROW - 1) / LEGEND_PER_ROW);
    int top = legend_rows * LEGEND_HEIGHT + 8;
    int height = top + (int)chart->nbars * ROW_HEIGHT;
    uint64_t longest = 0;
    for (size_t i = 0; i < chart->nbars; i++) {
        uint64_t sum = bar_sum(chart, &chart->bars[i]);
        longest = sum > longest ? sum : longest;
    }
    strbuf_puts(out, "<figure>\n<figcaption>");
    put(out, chart->title);
    strbuf_puts(out, "</figcaption>\n");
    strbuf_addf(out,
                "<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                "aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">",
                WIDTH, height, WIDTH, height, chart->id, chart->id, chart->id);
    put(out, chart->title);
    strbuf_addf(out, "</title>\n<desc id=\"%s-desc\">", chart->id);
    put(out, chart->desc);
    strbuf_puts(out, "</desc>\n");
    draw_legend(out, chart);
    for (size_t i = 0; i < chart->nbars; i++) {
        const struct svg_bar *bar = &chart->bars[i];
        uint64_t whole = chart->scale == SVG_SHARES ? bar_sum(chart, bar) : longest;
        draw_bar(out, chart, bar, top + (int)i * ROW_HEIGHT, whole);
    }
    strbuf_puts(out, "</svg>\n</figure>\n");
}
