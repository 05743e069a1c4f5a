/* compare_report.c - a record of rehearsals as text, NDJSON and HTML. */
#include "rehearsals/compare.h"
#include "rehearsals/html.h"
#include "rehearsals/svg.h"

void rehearsal_record_text(const struct rehearsal_record *record, struct strbuf *out)
{
    if (record->second != 0) {
        strbuf_addf(out, "Rehearsal %d (first) and rehearsal %d (second)\n\n", record->first,
                    record->second);
    } else if (record->first != 0) {
        strbuf_addf(out, "Rehearsal %d\n\n", record->first);
    }
    for (size_t i = 0; i < record->ngrids; i++) {
        grid_write_text(&record->grids[i], out);
    }
}

void rehearsal_record_json(const struct rehearsal_record *record, struct strbuf *out)
{
    for (size_t i = 0; i < record->ngrids; i++) {
        grid_write_json(&record->grids[i], REHEARSAL_SCHEMA, out);
    }
}

static int column_of(const struct grid *grid, const char *name)
{
    for (size_t col = 0; col < grid->ncols; col++) {
        if (strcmp(grid->columns[col].name, name) == 0) {
            return (int)col;
        }
    }
    return -1;
}

static const struct grid *grid_of(const struct rehearsal_record *record, const char *name)
{
    for (size_t i = 0; i < record->ngrids; i++) {
        if (strcmp(record->grids[i].record, name) == 0) {
            return &record->grids[i];
        }
    }
    return NULL;
}

static uint64_t number_at(const struct grid *grid, size_t row, const char *column)
{
    return strtoull(grid_cell(grid, row, (size_t)column_of(grid, column)), NULL, 10);
}

/* Two bars a step, the first rehearsal's above the second's. */
static void write_step_chart(const struct rehearsal_record *record, const struct grid *grid,
                             struct strbuf *out)
{
    static const char *const series[] = {"first rehearsal", "second rehearsal"};
    size_t rows = grid_rows(grid);
    struct svg_bar *bars = xcalloc(2 * rows + 1, sizeof(*bars));
    struct arena names = {0};
    for (size_t row = 0; row < rows; row++) {
        const char *step = grid_cell(grid, row, 0);
        bars[2 * row] =
            (struct svg_bar){.label = arena_printf(&names, "%s, %d", step, record->first),
                             .values = {number_at(grid, row, "ms_first"), 0}};
        bars[2 * row + 1] =
            (struct svg_bar){.label = arena_printf(&names, "%d", record->second),
                             .values = {0, number_at(grid, row, "ms_second")}};
    }
    struct svg_chart chart = {
        .id = "steps",
        .title = "Milliseconds of each step",
        .desc = "Wall time of each step in both rehearsals; the numbers are in the table "
                "beside.",
        .scale = SVG_SCALED,
        .series = series,
        .nseries = 2,
        .bars = bars,
        .nbars = 2 * rows,
    };
    if (rows > 0) {
        svg_bars(out, &chart);
    }
    free(bars);
    arena_release(&names);
}

/* Rows kept back by organisation, both rehearsals. */
static void write_kept_chart(const struct rehearsal_record *record, const struct grid *grid,
                             struct strbuf *out)
{
    static const char *const series[] = {"first rehearsal", "second rehearsal"};
    size_t rows = grid_rows(grid), nbars = 0;
    struct svg_bar *bars = xcalloc(2 * rows + 1, sizeof(*bars));
    struct arena names = {0};
    const char *last = "";
    for (size_t row = 0; row < rows; row++) {
        const char *organisation = grid_cell(grid, row, 0);
        if (strcmp(organisation, last) != 0) {
            bars[nbars++].label = arena_printf(&names, "%s, %d", organisation, record->first);
            bars[nbars++].label = arena_printf(&names, "%d", record->second);
            last = organisation;
        }
        bars[nbars - 2].values[0] += number_at(grid, row, "kept_first");
        bars[nbars - 1].values[1] += number_at(grid, row, "kept_second");
    }
    struct svg_chart chart = {
        .id = "kept",
        .title = "Rows kept back by organisation",
        .desc = "Rows quarantined or rejected in both rehearsals; the numbers by entity are in "
                "the table beside.",
        .scale = SVG_SCALED,
        .series = series,
        .nseries = 2,
        .bars = bars,
        .nbars = nbars,
    };
    if (nbars > 0) {
        svg_bars(out, &chart);
    }
    free(bars);
    arena_release(&names);
}

static uint64_t unexplained_of(const struct grid *grid, const char *column)
{
    uint64_t sum = 0;
    for (size_t row = 0; row < grid_rows(grid); row++) {
        sum += number_at(grid, row, column);
    }
    return sum;
}

void rehearsal_record_html(const struct rehearsal_record *record, struct strbuf *out)
{
    const struct grid *recon = grid_of(record, "reconciliation");
    char *title = xasprintf("Rehearsals %d and %d", record->first, record->second);
    html_begin(out, title);
    free(title);
    uint64_t first = unexplained_of(recon, "unexplained_first");
    uint64_t second = unexplained_of(recon, "unexplained_second");
    html_verdict(out, second == 0, "Unexplained: %llu in the first, %llu in the second",
                 (unsigned long long)first, (unsigned long long)second);
    for (size_t i = 0; i < record->ngrids; i++) {
        const struct grid *grid = &record->grids[i];
        html_heading(out, 2, "%s", grid->caption);
        if (strcmp(grid->record, "balance") == 0) {
            write_kept_chart(record, grid, out);
        } else if (strcmp(grid->record, "step") == 0) {
            write_step_chart(record, grid, out);
        }
        grid_write_html(grid, out);
    }
    html_end(out);
}
