/*
 * patience.h - connections that owe a request, and how long we wait for it.
 *
 * Shape     a list, oldest first; all wait equally long, so the oldest is the first to be late.
 */
#ifndef HMS_SERVE_PATIENCE_H
#define HMS_SERVE_PATIENCE_H

#include <stdint.h>

struct debtor {
    int fd;
    int64_t deadline_us; /* 0: owes nothing */
    struct debtor *older;
    struct debtor *newer;
};

struct patience {
    int64_t limit_us;
    struct debtor *oldest;
    struct debtor *newest;
};

void patience_begin(struct patience *patience, struct debtor *debtor);
void patience_end(struct patience *patience,
                  struct debtor *debtor); /* fine when it owes nothing */
/* Shuts the sockets of those who are late; whoever reads them sees the end. */
void patience_lose(struct patience *patience);

#endif
