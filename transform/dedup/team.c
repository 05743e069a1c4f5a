#include "transform/dedup/team.h"

#include <assert.h>
#include <pthread.h>
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
