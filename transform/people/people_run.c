#include "transform/people/people_run.h"

#include <stdlib.h>
#include <string.h>

static bool open_index(struct people_run *run, const struct people_request *request,
                       struct error *err)
{
    if (request->index != NULL) {
        return people_index_open(&run->index, run->pg, request->index, err);
    }
    return people_index_of_org(&run->index, run->pg, request->org, err);
}

bool people_run_open(struct people_run *run, struct pg *pg,
                     const struct people_request *request, struct error *err)
{
    struct lap lap = lap_start();

    *run = (struct people_run){.pg = pg, .jobs = request->jobs};
    if (!store_model_load(&run->model, request->model, run->checksum, err) ||
        !pg_begin(pg, err) || !open_index(run, request, err) ||
        !people_index_lock(pg, run->index.name, err) ||
        !registrations_read(&run->records, &run->people, &run->model, pg, &run->index,
                            run->jobs, err) ||
        !people_before_read(&run->before, pg, &run->index, &run->records, err) ||
        !verdicts_read(&run->verdicts, pg, &run->index, &run->records, err)) {
        return false;
    }
    for (uint32_t i = 0; i < run->records.count; i++) {
        run->nnew += run->before.member_of[i] == PERSON_NONE ? 1 : 0;
    }
    for (uint32_t i = 0; i < run->before.npeople; i++) {
        run->ngone += run->before.people[i].gone;
    }
    constraints_build(&run->constraints, run->verdicts.pairs, run->verdicts.npairs,
                      run->records.count, run->before.person_of);
    run->dedup.took[DEDUP_READING] = lap_end(&lap);
    return true;
}

void people_match(struct people_run *run)
{
    struct division *division = &run->division;
    uint32_t n = run->records.count;
    struct lap reading = run->dedup.took[DEDUP_READING];

    dedup_start(&run->dedup, &run->people, NULL, run->jobs);
    run->dedup.took[DEDUP_READING] = reading;
    run->dedup.constraints = &run->constraints;
    dedup_match(&run->dedup, run->jobs);
    division->n = n;
    division->records = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    division->set_of = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    division->certain = xmalloc((size_t)n + 1);
    for (uint32_t i = 0; i < n; i++) {
        division->records[i] = i;
        division->set_of[i] = run->dedup.clustering.person_of[i];
        division->certain[i] = run->dedup.clustering.certain[i];
    }
    run->pairs = run->dedup.pairing.pairs;
    run->npairs = run->dedup.pairing.npairs;
    run->npairs_scored = run->dedup.pairing.scored;
}

void people_run_decide(struct people_run *run)
{
    const struct division *division = &run->division;
    uint32_t n = division->n;
    struct ident *registrations = xmalloc(((size_t)n + 1) * sizeof(*registrations));
    uint32_t *before = xmalloc(((size_t)n + 1) * sizeof(*before));

    for (uint32_t i = 0; i < n; i++) {
        registrations[i] = run->records.at[division->records[i]].id;
        before[i] = run->before.person_of[division->records[i]];
    }
    person_ids_make(&run->ids, &(struct person_division){
                                   .nregistrations = n,
                                   .registrations = registrations,
                                   .set_of = division->set_of,
                                   .before = before,
                                   .old = run->before.people,
                                   .nold = run->before.npeople,
                                   .used = run->before.used,
                                   .nused = run->before.nused,
                               });
    free(registrations);
    free(before);
}

bool people_run_end(struct people_run *run, bool keep, struct error *err)
{
    return keep ? pg_commit(run->pg, err) : pg_rollback(run->pg, err);
}

void people_run_release(struct people_run *run)
{
    if (run->is_delta) {
        free(run->pairs);
    }
    free(run->changed);
    free(run->division.records);
    free(run->division.set_of);
    free(run->division.certain);
    person_ids_release(&run->ids);
    dedup_release(&run->dedup);
    people_release(&run->people);
    constraints_release(&run->constraints);
    verdicts_release(&run->verdicts);
    people_before_release(&run->before);
    registrations_release(&run->records);
    people_model_release(&run->model);
    people_index_release(&run->index);
    *run = (struct people_run){0};
}
