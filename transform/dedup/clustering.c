#include "transform/dedup/clustering.h"

#include "transform/dedup/linkage.h"
#include "transform/dedup/team.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const double closure_weight = 2.0;
static const double clip_low = -6.0;
static const double clip_high = 20.0;

static uint32_t root_of(uint32_t *parents, uint32_t at)
{
    while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    return at;
}

/* The lower root stays, so that the first record names its set. */
static void join(uint32_t *parents, uint32_t a, uint32_t b)
{
    a = root_of(parents, a);
    b = root_of(parents, b);
    if (a < b) {
        parents[b] = a;
    } else {
        parents[a] = b;
    }
}

static uint32_t *parents_new(uint32_t n)
{
    uint32_t *parents = xmalloc(((size_t)n + 1) * sizeof(*parents));

    for (uint32_t i = 0; i < n; i++) {
        parents[i] = i;
    }
    return parents;
}

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
        sizes[root_of(parents, i)]++;
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
        uint32_t root = root_of(parents, i);
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
        if ((double)pair->weight >= least && (only == NULL || only[pair->a] != 0)) {
            join(parents, pair->a, pair->b);
        }
    }
}

/* Breaks components that are too long, by asking for more weight inside them. */
static uint32_t break_long(uint32_t *parents, const struct pairing *pairing, uint32_t n)
{
    uint8_t *inside = xmalloc((size_t)n + 1);
    uint32_t *sizes = xmalloc(((size_t)n + 1) * sizeof(*sizes));
    uint32_t broken = 0;
    bool again = true;

    for (double least = closure_weight + 2.0; again && least < WEIGHT_MOST; least += 2.0) {
        again = false;
        memset(inside, 0, (size_t)n + 1);
        memset(sizes, 0, ((size_t)n + 1) * sizeof(*sizes));
        for (uint32_t i = 0; i < n; i++) {
            sizes[root_of(parents, i)]++;
        }
        for (uint32_t i = 0; i < n; i++) {
            inside[i] = sizes[root_of(parents, i)] > CLOSURE_MOST;
            again = again || inside[i] != 0;
            broken += least < closure_weight + 3.0 && sizes[i] > CLOSURE_MOST ? 1 : 0;
        }
        for (uint32_t i = 0; i < n; i++) {
            parents[i] = inside[i] != 0 ? i : parents[i];
        }
        if (again) {
            join_pairs(parents, pairing, least, inside);
        }
    }
    free(inside);
    free(sizes);
    return broken;
}

struct closing {
    const struct scorer *scorer;
    struct clustering *clustering;
    const struct components *components;
    uint32_t *parents; /* of people; each component touches its own records only */
    atomic_uint next;
    atomic_uint_fast64_t pairs;
    atomic_uint too_long;
};

static float closing_weight(const struct closing *closing, struct comparer *comparer,
                            uint32_t a, uint32_t b)
{
    const struct people *people = closing->scorer->people;
    uint64_t pattern = compare_records(comparer, a, b);
    double weight = score_pattern(closing->scorer, pattern, people_row(people, a));

    return (float)fmin(fmax(weight, clip_low), clip_high);
}

static void close_component(struct closing *closing, struct comparer *comparer, uint32_t number)
{
    const struct components *components = closing->components;
    const uint32_t *members = components->members + components->starts[number];
    uint32_t n = components->starts[number + 1] - components->starts[number];
    struct linkage linkage;

    if (n > CLOSURE_MOST) {
        atomic_fetch_add(&closing->too_long, 1);
        for (uint32_t i = 1; i < n; i++) {
            join(closing->parents, members[0], members[i]);
        }
        return;
    }
    linkage_init(&linkage, n);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = i + 1; k < n; k++) {
            linkage_set(&linkage, i, k,
                        closing_weight(closing, comparer, members[i], members[k]));
        }
    }
    atomic_fetch_add(&closing->pairs, (uint64_t)n * (n - 1) / 2);
    linkage_run(&linkage);
    for (uint32_t i = 0; i < n; i++) {
        join(closing->parents, members[linkage.group_of[i]], members[i]);
    }
    linkage_release(&linkage);
}

static void close_components(void *context, int member)
{
    struct closing *closing = context;
    struct comparer comparer;
    uint32_t number;

    (void)member;
    comparer_init(&comparer, closing->scorer->people);
    while ((number = atomic_fetch_add(&closing->next, 1)) < closing->components->count) {
        close_component(closing, &comparer, number);
    }
    comparer_release(&comparer);
}

/* Copies follow their representative when a record is more likely itself than a namesake. */
static void join_copies(uint32_t *parents, const struct blocking *blocking,
                        const struct scorer *scorer)
{
    struct comparer comparer;

    comparer_init(&comparer, blocking->people);
    for (uint32_t i = 0; i < blocking->people->nrecords; i++) {
        uint32_t rep = blocking->copy_of[i];
        if (rep != i && score_pattern(scorer, compare_records(&comparer, rep, i),
                                      people_row(blocking->people, i)) > 0.0) {
            join(parents, rep, i);
        }
    }
    comparer_release(&comparer);
}

/* A person is certain when the pairs of the link band join all of it. */
static void find_certain(struct clustering *clustering, const struct blocking *blocking,
                         const struct pairing *pairing)
{
    uint32_t n = blocking->people->nrecords;
    uint32_t *parents = parents_new(n);

    for (size_t i = 0; i < pairing->npairs; i++) {
        if (pairing->pairs[i].band == BAND_LINK) {
            join(parents, pairing->pairs[i].a, pairing->pairs[i].b);
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        join(parents, blocking->copy_of[i], i);
    }
    clustering->certain = xmalloc((size_t)n + 1);
    memset(clustering->certain, 1, (size_t)n + 1);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t person = clustering->person_of[i];
        if (root_of(parents, i) != root_of(parents, person)) {
            clustering->certain[person] = 0;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        clustering->certain[i] = clustering->certain[clustering->person_of[i]];
    }
    free(parents);
}

void clustering_run(struct clustering *clustering, const struct blocking *blocking,
                    const struct scorer *scorer, const struct pairing *pairing, int jobs)
{
    uint32_t n = blocking->people->nrecords;
    uint32_t *parents = parents_new(n);
    struct components components;
    struct closing closing = {
        .scorer = scorer, .clustering = clustering, .components = &components};

    *clustering = (struct clustering){0};
    join_pairs(parents, pairing, closure_weight, NULL);
    clustering->too_long = break_long(parents, pairing, n);
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
    join_copies(parents, blocking, scorer);
    for (uint32_t i = 0; i < n; i++) {
        parents[i] = root_of(parents, i);
        clustering->npeople += parents[i] == i ? 1 : 0;
    }
    clustering->person_of = parents;
    clustering->components = components.count;
    clustering->closed_pairs = atomic_load(&closing.pairs);
    clustering->too_long += atomic_load(&closing.too_long);
    find_certain(clustering, blocking, pairing);
    components_release(&components);
}

void clustering_release(struct clustering *clustering)
{
    free(clustering->person_of);
    free(clustering->certain);
    *clustering = (struct clustering){0};
}
