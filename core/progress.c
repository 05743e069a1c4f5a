#include "core/progress.h"

#include <inttypes.h>

enum { REDRAW_US = 200000 };

static void (*progress_draw)(const char *line,
                             bool last); /* process lifetime, set once by main */

void progress_set_output(void (*draw)(const char *line, bool last))
{
    progress_draw = draw;
}

int64_t clock_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

void progress_start(struct progress *progress, const char *what, uint64_t total)
{
    *progress = (struct progress){.what = what, .total = total, .started_us = clock_us()};
}

static void draw(const struct progress *progress, bool last)
{
    char line[160];
    char left[48] = "";
    double seconds = (double)(clock_us() - progress->started_us) / 1e6;
    double rate = seconds > 0 ? (double)progress->rows / seconds : 0;

    if (!last && progress->total > 0 && progress->done > 0 &&
        progress->done <= progress->total) {
        double rest =
            seconds * (double)(progress->total - progress->done) / (double)progress->done;
        snprintf(left, sizeof(left), ", %.0f %%, %d:%02d left",
                 100.0 * (double)progress->done / (double)progress->total, (int)rest / 60,
                 (int)rest % 60);
    }
    snprintf(line, sizeof(line), "%s: %" PRIu64 " rows, %.0f/s%s", progress->what,
             progress->rows, rate, left);
    progress_draw(line, last);
}

void progress_update(struct progress *progress, uint64_t rows, uint64_t done)
{
    int64_t now;

    progress->rows = rows;
    progress->done = done;
    if (progress_draw == NULL) {
        return;
    }
    now = clock_us();
    if (now - progress->drawn_us >= REDRAW_US) {
        progress->drawn_us = now;
        draw(progress, false);
    }
}

void progress_finish(struct progress *progress)
{
    if (progress_draw != NULL) {
        draw(progress, true);
    }
}
