/*
 * loop.h - one thread, one epoll: whoever waits for a descriptor embeds a `struct watch`.
 *
 * Lifetime  a watch outlives its being watched; loop_forget() before close().
 */
#ifndef HMS_SERVE_LOOP_H
#define HMS_SERVE_LOOP_H

#include "core/error.h"

#include <stdint.h>

struct watch {
    void (*ready)(struct watch *watch, uint32_t events); /* EPOLLIN, EPOLLOUT, ... */
    int fd;
    uint32_t events; /* what is watched for; 0: not watched */
};

struct loop {
    int epoll;
};

bool loop_open(struct loop *loop, struct error *err) MUST_CHECK;
void loop_close(struct loop *loop);
/* Begins or changes what is watched for. */
void loop_watch(struct loop *loop, struct watch *watch, int fd, uint32_t events);
void loop_forget(struct loop *loop, struct watch *watch);
/* Waits at most that long, and calls everything that is ready. */
void loop_run_once(struct loop *loop, int timeout_ms);

#endif
