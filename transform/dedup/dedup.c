#include "transform/dedup/dedup.h"

#include "core/progress.h"

void dedup_start(struct dedup *dedup, struct people *people, const struct learned *learned,
                 int jobs)
{
    int64_t start = clock_us();

    *dedup = (struct dedup){.people = *people};
    *people = (struct people){0};
    blocking_build(&dedup->blocking, &dedup->people, jobs);
    dedup->took_us[1] = clock_us() - start;
    if (learned != NULL) {
        dedup->learned = *learned;
    } else {
        learn(&dedup->learned, &dedup->blocking, jobs);
    }
    scorer_init(&dedup->scorer, &dedup->people, &dedup->learned);
    dedup->took_us[2] = clock_us() - start - dedup->took_us[1];
}

bool dedup_prepare(struct dedup *dedup, const struct people_model *model,
                   const char *const *paths, int npaths, int jobs, struct error *err)
{
    struct people people;
    int64_t start = clock_us();
    int64_t took;

    *dedup = (struct dedup){0};
    if (!people_read(&people, model, paths, npaths, jobs, err)) {
        return false;
    }
    took = clock_us() - start;
    dedup_start(dedup, &people, NULL, jobs);
    dedup->took_us[0] = took;
    return true;
}

void dedup_match(struct dedup *dedup, int jobs)
{
    struct clustering_input input = {&dedup->blocking, &dedup->scorer, &dedup->pairing,
                                     dedup->constraints};
    int64_t start = clock_us();

    pairing_run(&dedup->pairing, &dedup->blocking, &dedup->scorer, jobs);
    dedup->took_us[3] = clock_us() - start;
    clustering_run(&dedup->clustering, &input, jobs);
    pairing_add_copies(&dedup->pairing, &dedup->blocking, &dedup->scorer);
    dedup->took_us[4] = clock_us() - start - dedup->took_us[3];
}

void dedup_release(struct dedup *dedup)
{
    clustering_release(&dedup->clustering);
    pairing_release(&dedup->pairing);
    blocking_release(&dedup->blocking);
    people_release(&dedup->people);
}
