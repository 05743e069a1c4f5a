#include "transform/dedup/dedup.h"

#include "core/progress.h"

bool dedup_prepare(struct dedup *dedup, const struct people_model *model,
                   const char *const *paths, int npaths, int jobs, struct error *err)
{
    int64_t start = clock_us();

    *dedup = (struct dedup){0};
    if (!people_read(&dedup->people, model, paths, npaths, jobs, err)) {
        return false;
    }
    dedup->took_us[0] = clock_us() - start;
    blocking_build(&dedup->blocking, &dedup->people, jobs);
    dedup->took_us[1] = clock_us() - start - dedup->took_us[0];
    learn(&dedup->learned, &dedup->blocking, jobs);
    scorer_init(&dedup->scorer, &dedup->people, &dedup->learned);
    dedup->took_us[2] = clock_us() - start - dedup->took_us[0] - dedup->took_us[1];
    return true;
}

void dedup_match(struct dedup *dedup, int jobs)
{
    int64_t start = clock_us();

    pairing_run(&dedup->pairing, &dedup->blocking, &dedup->scorer, jobs);
    dedup->took_us[3] = clock_us() - start;
    clustering_run(&dedup->clustering, &dedup->blocking, &dedup->scorer, &dedup->pairing, jobs);
    dedup->took_us[4] = clock_us() - start - dedup->took_us[3];
}

void dedup_release(struct dedup *dedup)
{
    clustering_release(&dedup->clustering);
    pairing_release(&dedup->pairing);
    blocking_release(&dedup->blocking);
    people_release(&dedup->people);
}
