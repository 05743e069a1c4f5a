#include "transform/dedup/dedup.h"

#include "core/progress.h"

#include <time.h>

struct lap lap_start(void)
{
    struct timespec cpu;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
    return (struct lap){clock_us(), (int64_t)cpu.tv_sec * 1000000 + cpu.tv_nsec / 1000};
}

struct lap lap_end(const struct lap *start)
{
    struct lap now = lap_start();

    return (struct lap){now.wall_us - start->wall_us, now.cpu_us - start->cpu_us};
}

void dedup_start(struct dedup *dedup, struct people *people, const struct learned *learned,
                 int jobs)
{
    struct lap lap = lap_start();

    *dedup = (struct dedup){.people = *people};
    *people = (struct people){0};
    blocking_build(&dedup->blocking, &dedup->people, jobs);
    dedup->took[DEDUP_BLOCKING] = lap_end(&lap);
    lap = lap_start();
    if (learned != NULL) {
        dedup->learned = *learned;
    } else {
        learn(&dedup->learned, &dedup->blocking, jobs);
    }
    scorer_init(&dedup->scorer, &dedup->people, &dedup->learned);
    dedup->took[DEDUP_LEARNING] = lap_end(&lap);
}

bool dedup_prepare(struct dedup *dedup, const struct people_model *model,
                   const char *const *paths, int npaths, int jobs, struct error *err)
{
    struct people people;
    struct lap lap = lap_start();

    *dedup = (struct dedup){0};
    if (!people_read(&people, model, paths, npaths, jobs, err)) {
        return false;
    }
    lap = lap_end(&lap);
    dedup_start(dedup, &people, NULL, jobs);
    dedup->took[DEDUP_READING] = lap;
    return true;
}

void dedup_match(struct dedup *dedup, int jobs)
{
    struct clustering_input input = {&dedup->blocking, &dedup->scorer, &dedup->pairing,
                                     dedup->constraints};
    struct lap lap = lap_start();

    pairing_run(&dedup->pairing, &dedup->blocking, &dedup->scorer, jobs);
    dedup->took[DEDUP_SCORING] = lap_end(&lap);
    lap = lap_start();
    clustering_run(&dedup->clustering, &input, jobs);
    pairing_add_copies(&dedup->pairing, &dedup->blocking, &dedup->scorer);
    dedup->took[DEDUP_CLUSTERING] = lap_end(&lap);
}

void dedup_release(struct dedup *dedup)
{
    clustering_release(&dedup->clustering);
    pairing_release(&dedup->pairing);
    blocking_release(&dedup->blocking);
    people_release(&dedup->people);
}
