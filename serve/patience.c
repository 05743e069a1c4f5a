#include "serve/patience.h"

#include "core/progress.h"

#include <sys/socket.h>

void patience_begin(struct patience *patience, struct debtor *debtor)
{
    debtor->deadline_us = clock_us() + patience->limit_us;
    debtor->older = patience->newest;
    debtor->newer = NULL;
    *(patience->newest == NULL ? &patience->oldest : &patience->newest->newer) = debtor;
    patience->newest = debtor;
}

void patience_end(struct patience *patience, struct debtor *debtor)
{
    if (debtor->deadline_us != 0) {
        *(debtor->older == NULL ? &patience->oldest : &debtor->older->newer) = debtor->newer;
        *(debtor->newer == NULL ? &patience->newest : &debtor->newer->older) = debtor->older;
        debtor->deadline_us = 0;
    }
}

void patience_lose(struct patience *patience)
{
    int64_t now_us = patience->oldest == NULL ? 0 : clock_us();

    while (patience->oldest != NULL && patience->oldest->deadline_us <= now_us) {
        struct debtor *debtor = patience->oldest;
        patience_end(patience, debtor);
        shutdown(debtor->fd, SHUT_RDWR);
    }
}
