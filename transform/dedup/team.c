#include "transform/dedup/team.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct member {
    pthread_t thread;
    bool runs;
    int number;
    void (*work)(void *context, int member);
    void *context;
};

static void *member_run(void *context)
{
    struct member *member = context;

    member->work(member->context, member->number);
    return NULL;
}

void team_run(int members, void (*work)(void *context, int member), void *context)
{
    struct member team[TEAM_MAX];

    assert(members >= 1 && members <= TEAM_MAX);
    for (int i = 1; i < members; i++) {
        team[i] = (struct member){.number = i, .work = work, .context = context};
        team[i].runs = pthread_create(&team[i].thread, NULL, member_run, &team[i]) == 0;
    }
    work(context, 0);
    for (int i = 1; i < members; i++) {
        if (team[i].runs) {
            pthread_join(team[i].thread, NULL);
        } else {
            work(context, i); /* no thread was to be had: its part is done here */
        }
    }
}

struct share {
    uint32_t n;
    uint32_t at_once;
    void (*work)(void *context, uint32_t from, uint32_t to);
    void *context;
    atomic_uint_fast64_t next;
};

static void share_run(void *context, int member)
{
    struct share *share = context;
    uint64_t from;

    (void)member;
    while ((from = atomic_fetch_add(&share->next, share->at_once)) < share->n) {
        uint32_t left = share->n - (uint32_t)from;
        uint32_t count = left < share->at_once ? left : share->at_once;
        share->work(share->context, (uint32_t)from, (uint32_t)from + count);
    }
}

void team_share(int members, uint32_t n, uint32_t at_once,
                void (*work)(void *context, uint32_t from, uint32_t to), void *context)
{
    struct share share = {.n = n, .at_once = at_once, .work = work, .context = context};

    team_run(n > at_once ? members : 1, share_run, &share);
}
