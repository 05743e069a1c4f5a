#include "serve/loop.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { EVENTS_AT_ONCE = 64 };

bool loop_open(struct loop *loop, struct error *err)
{
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    return loop->epoll >= 0 ||
           error_set(err, ERROR_LIMIT, "no event queue from the system: %s", strerror(errno));
}

void loop_close(struct loop *loop)
{
    if (loop->epoll >= 0) {
        close(loop->epoll);
    }
    loop->epoll = -1;
}

void loop_watch(struct loop *loop, struct watch *watch, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = watch};
    int failed;

    /* A closed socket leaves the queue by itself, and the next one may have its number. */
    if (watch->events != 0 && watch->fd != fd) {
        loop_forget(loop, watch);
    }
    if (watch->events == events && watch->events != 0) {
        return;
    }
    failed = epoll_ctl(loop->epoll, EPOLL_CTL_MOD, fd, &event);
    if (failed != 0 && errno == ENOENT) {
        failed = epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event);
    }
    assert(failed == 0);
    (void)failed;
    watch->fd = fd;
    watch->events = events;
}

void loop_forget(struct loop *loop, struct watch *watch)
{
    if (watch->events != 0) {
        epoll_ctl(loop->epoll, EPOLL_CTL_DEL, watch->fd, NULL);
        watch->events = 0;
    }
}

void loop_run_once(struct loop *loop, int timeout_ms)
{
    struct epoll_event events[EVENTS_AT_ONCE];
    int count = epoll_wait(loop->epoll, events, EVENTS_AT_ONCE, timeout_ms);

    for (int i = 0; i < count; i++) {
        struct watch *watch = events[i].data.ptr;
        if (watch->events != 0) { /* not forgotten by one that was called before it */
            watch->ready(watch, events[i].events);
        }
    }
}
