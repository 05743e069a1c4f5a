#include "transform/dedup/clustering.h"

#include "transform/dedup/closing.h"
#include "transform/dedup/copies.h"
#include "transform/dedup/team.h"
#include "transform/dedup/union_find.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Components as runs of records: members[starts[c] .. starts[c + 1]), two records and more. */
struct components {
    uint32_t *members;
    uint32_t *starts;
    uint32_t count;
};

static void components_make(struct components *components, uint32_t *parents, uint32_t n)
{
    uint32_t *sizes = xcalloc((size_t)n + 1, sizeof(*sizes));
    uint32_t *places = xmalloc(((size_t)n + 1) * sizeof(*places));
    uint32_t used = 0;

    *components = (struct components){0};
    for (uint32_t i = 0; i < n; i++) {
        sizes[union_find_root(parents, i)]++;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (sizes[i] > 1) {
            components->count++;
            used += sizes[i];
        }
    }
    components->members = xmalloc(((size_t)used + 1) * sizeof(uint32_t));
    components->starts = xmalloc(((size_t)components->count + 1) * sizeof(uint32_t));
    used = 0;
    components->count = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (sizes[i] > 1) {
            components->starts[components->count++] = used;
            places[i] = used;
            used += sizes[i];
        }
    }
    components->starts[components->count] = used;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t root = union_find_root(parents, i);
        if (sizes[root] > 1) {
            components->members[places[root]++] = i;
        }
    }
    free(sizes);
    free(places);
}

static void components_release(struct components *components)
{
    free(components->members);
    free(components->starts);
    *components = (struct components){0};
}

static void join_pairs(uint32_t *parents, const struct pairing *pairing, double least,
                       const uint8_t *only)
{
    for (size_t i = 0; i < pairing->npairs; i++) {
        const struct pair *pair = &pairing->pairs[i];
        if (pair_joins(pair, least) && (only == NULL || only[pair->a] != 0)) {
            union_find_join(parents, pair->a, pair->b);
        }
    }
}

/* Sets that must be together, and copies that somebody said something of: those take part
 * themselves instead of following the record that they are like. */
static void join_named(uint32_t *parents, const struct clustering_input *input,
                       const uint8_t *only)
{
    const struct constraints *constraints = input->constraints;
    uint32_t n = input->blocking->people->nrecords;

    for (uint32_t i = 0; constraints != NULL && constraints->named != NULL && i < n; i++) {
        if (constraints->named[i] != 0 && (only == NULL || only[i] != 0)) {
            union_find_join(parents, constraints->set_of[i], i);
            union_find_join(parents, input->blocking->copy_of[i], i);
        }
    }
}

/* Breaks components that are too long, by asking for more weight inside them. */
static uint32_t break_long(uint32_t *parents, const struct clustering_input *input)
{
    uint32_t n = input->blocking->people->nrecords;
    uint8_t *inside = xmalloc((size_t)n + 1);
    uint32_t *sizes = xmalloc(((size_t)n + 1) * sizeof(*sizes));
    uint32_t broken = 0;
    bool again = true;

    for (double least = CLOSURE_WEIGHT + 2.0; again && least < WEIGHT_MOST; least += 2.0) {
        again = false;
        memset(inside, 0, (size_t)n + 1);
        memset(sizes, 0, ((size_t)n + 1) * sizeof(*sizes));
        for (uint32_t i = 0; i < n; i++) {
            sizes[union_find_root(parents, i)]++;
        }
        for (uint32_t i = 0; i < n; i++) {
            inside[i] = sizes[union_find_root(parents, i)] > CLOSURE_MOST;
            again = again || inside[i] != 0;
            broken += least < CLOSURE_WEIGHT + 3.0 && sizes[i] > CLOSURE_MOST ? 1 : 0;
        }
        for (uint32_t i = 0; i < n; i++) {
            parents[i] = inside[i] != 0 ? i : parents[i];
        }
        if (again) {
            join_pairs(parents, input->pairing, least, inside);
            join_named(parents, input, inside);
        }
    }
    free(inside);
    free(sizes);
    return broken;
}

struct closing {
    const struct clustering_input *input;
    const struct components *components;
    uint32_t *parents; /* of people; each component touches its own records only */
    atomic_uint next;
    atomic_uint_fast64_t pairs;
    atomic_uint too_long;
};

static void close_components(void *context, int member)
{
    struct closing *closing = context;
    const struct components *components = closing->components;
    uint32_t *group_of = NULL;
    uint32_t room = 0;
    struct comparer comparer;
    uint32_t number;

    (void)member;
    comparer_init(&comparer, closing->input->scorer->people);
    while ((number = atomic_fetch_add(&closing->next, 1)) < components->count) {
        const uint32_t *members = components->members + components->starts[number];
        uint32_t n = components->starts[number + 1] - components->starts[number];
        if (n > room) {
            room = n;
            group_of = xrealloc(group_of, room * sizeof(*group_of));
        }
        atomic_fetch_add(&closing->pairs,
                         closing_run(closing->input->scorer, &comparer,
                                     closing->input->constraints, members, n, group_of));
        atomic_fetch_add(&closing->too_long, n > CLOSURE_MOST ? 1 : 0);
        for (uint32_t i = 0; i < n; i++) {
            union_find_join(closing->parents, members[group_of[i]], members[i]);
        }
    }
    free(group_of);
    comparer_release(&comparer);
}

/* Copies follow their representative when a record is more likely itself than a namesake. */
static void join_copies(uint32_t *parents, const struct clustering_input *input,
                        const uint32_t *counts)
{
    const struct blocking *blocking = input->blocking;

    for (uint32_t i = 0; i < blocking->people->nrecords; i++) {
        uint32_t rep = blocking->copy_of[i];
        if (rep != i && !constraints_names(input->constraints, i) &&
            copy_weigh(input->scorer, people_row(blocking->people, rep), counts[rep]).weight >
                0.0) {
            union_find_join(parents, rep, i);
        }
    }
}

/* Joins what is alike in every field and says enough, and what somebody said to be one. */
static void join_sure(const struct clustering *clustering, const struct clustering_input *input,
                      const uint32_t *counts, uint32_t *parents)
{
    const struct people *people = input->blocking->people;
    const uint32_t *person_of = clustering->person_of;

    for (uint32_t i = 0; i < people->nrecords; i++) {
        uint32_t rep = input->blocking->copy_of[i];
        uint32_t set = constraints_set(input->constraints, i);
        if (rep != i && person_of[rep] == person_of[i] &&
            copy_weigh(input->scorer, people_row(people, rep), counts[rep]).band == BAND_LINK) {
            union_find_join(parents, rep, i);
        }
        if (person_of[set] == person_of[i]) {
            union_find_join(parents, set, i);
        }
    }
}

/* A person is certain when pairs of the link band, copies and verdicts join all of it. */
static void find_certain(struct clustering *clustering, const struct clustering_input *input,
                         const uint32_t *counts)
{
    const struct pairing *pairing = input->pairing;
    const uint32_t *person_of = clustering->person_of;
    uint32_t n = input->blocking->people->nrecords;
    uint32_t *parents = union_find_new(n);

    for (size_t i = 0; i < pairing->npairs; i++) {
        const struct pair *pair = &pairing->pairs[i];
        if (pair->band == BAND_LINK && person_of[pair->a] == person_of[pair->b]) {
            union_find_join(parents, pair->a, pair->b);
        }
    }
    join_sure(clustering, input, counts, parents);
    clustering->certain = xmalloc((size_t)n + 1);
    memset(clustering->certain, 1, (size_t)n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (union_find_root(parents, i) != union_find_root(parents, person_of[i])) {
            clustering->certain[person_of[i]] = 0;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        clustering->certain[i] = clustering->certain[person_of[i]];
    }
    free(parents);
}

void clustering_run(struct clustering *clustering, const struct clustering_input *input,
                    int jobs)
{
    uint32_t n = input->blocking->people->nrecords;
    uint32_t *parents = union_find_new(n);
    uint32_t *counts;
    struct components components;
    struct closing closing = {.input = input, .components = &components};

    *clustering = (struct clustering){0};
    join_pairs(parents, input->pairing, CLOSURE_WEIGHT, NULL);
    join_named(parents, input, NULL);
    clustering->too_long = break_long(parents, input);
    components_make(&components, parents, n);
    for (uint32_t i = 0; i < components.count; i++) {
        uint32_t size = components.starts[i + 1] - components.starts[i];
        clustering->longest = size > clustering->longest ? size : clustering->longest;
    }
    for (uint32_t i = 0; i < n; i++) {
        parents[i] = i;
    }
    closing.parents = parents;
    team_run(jobs, close_components, &closing);
    counts = copies_count(input->blocking->copy_of, n);
    join_copies(parents, input, counts);
    for (uint32_t i = 0; i < n; i++) {
        parents[i] = union_find_root(parents, i);
        clustering->npeople += parents[i] == i ? 1 : 0;
    }
    clustering->person_of = parents;
    clustering->components = components.count;
    clustering->closed_pairs = atomic_load(&closing.pairs);
    clustering->too_long += atomic_load(&closing.too_long);
    find_certain(clustering, input, counts);
    free(counts);
    components_release(&components);
}

void clustering_release(struct clustering *clustering)
{
    free(clustering->person_of);
    free(clustering->certain);
    *clustering = (struct clustering){0};
}
