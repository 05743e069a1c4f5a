/*
 * progress.h - rows, rate and time left for long work, on a terminal only.
 *
 * Shape     one line on stderr, redrawn at most five times a second; nothing when stderr is no
 *           terminal or after progress_quiet().
 * Note      core does not print: the line goes through a function that main() installs.
 */
#ifndef HMS_CORE_PROGRESS_H
#define HMS_CORE_PROGRESS_H

#include "core/text.h"

struct progress {
    const char *what;
    uint64_t rows;
    uint64_t done;  /* in the unit of `total`, usually bytes */
    uint64_t total; /* 0: not known */
    int64_t started_us;
    int64_t drawn_us;
};

/* NULL (the default) shows nothing. */
void progress_set_output(void (*draw)(const char *line, bool last));
void progress_start(struct progress *progress, const char *what, uint64_t total);
void progress_update(struct progress *progress, uint64_t rows, uint64_t done);
void progress_finish(struct progress *progress);

int64_t clock_us(void); /* monotonic */

#endif
