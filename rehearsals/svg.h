/*
 * svg.h - bar charts as inline SVG, with <title> and <desc> for those who cannot see them.
 *
 * Shape     one horizontal bar a row, made of one piece a series; all bars are scaled to the
 *           longest (SVG_SCALED) or each to its own sum (SVG_SHARES).  A piece that is not zero
 *           is at least one unit wide, so that one rejected row in a million is seen.
 * Colour    by class (s0 ... s7), set by the page's style sheet; each piece has a <title> with
 *           its name and number, and a table with the exact numbers must stand beside.
 */
#ifndef HMS_REHEARSALS_SVG_H
#define HMS_REHEARSALS_SVG_H

#include "core/strbuf.h"

enum { SVG_SERIES_MAX = 8 };

enum svg_scale { SVG_SCALED, SVG_SHARES };

struct svg_bar {
    const char *label;
    uint64_t values[SVG_SERIES_MAX];
};

struct svg_chart {
    const char *id; /* unique in the page, [a-z0-9-] */
    const char *title;
    const char *desc;
    enum svg_scale scale;
    const char *const *series; /* names */
    size_t nseries;
    const struct svg_bar *bars;
    size_t nbars;
};

void svg_bars(struct strbuf *out, const struct svg_chart *chart);

#endif
