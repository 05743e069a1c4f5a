#include "transform/dedup/constraints.h"

#include "core/text.h"
#include "transform/dedup/union_find.h"

#include <stdlib.h>
#include <string.h>

static int order_pairs(const void *left, const void *right)
{
    const struct verdict_pair *a = left;
    const struct verdict_pair *b = right;

    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    if (a->b != b->b) {
        return a->b < b->b ? -1 : 1;
    }
    if (a->same != b->same) {
        return a->same ? -1 : 1;
    }
    return a->verdict == b->verdict ? 0 : a->verdict < b->verdict ? -1 : 1;
}

static int order_aparts(const void *left, const void *right)
{
    const struct apart *a = left;
    const struct apart *b = right;

    if (a->record != b->record) {
        return a->record < b->record ? -1 : 1;
    }
    return a->other == b->other ? 0 : a->other < b->other ? -1 : 1;
}

/* The verdicts "same" as a graph: edges of a record stand together. */
struct graph {
    struct edge {
        uint32_t from;
        uint32_t to;
        int64_t verdict;
    } * edges;
    size_t nedges;
};

static int order_edges(const void *left, const void *right)
{
    const struct edge *a = left;
    const struct edge *b = right;

    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    if (a->to != b->to) {
        return a->to < b->to ? -1 : 1;
    }
    return a->verdict == b->verdict ? 0 : a->verdict < b->verdict ? -1 : 1;
}

static void graph_build(struct graph *graph, const struct verdict_pair *pairs, size_t npairs)
{
    *graph = (struct graph){.edges = xmalloc((2 * npairs + 1) * sizeof(*graph->edges))};
    for (size_t i = 0; i < npairs; i++) {
        if (pairs[i].same) {
            graph->edges[graph->nedges++] =
                (struct edge){pairs[i].a, pairs[i].b, pairs[i].verdict};
            graph->edges[graph->nedges++] =
                (struct edge){pairs[i].b, pairs[i].a, pairs[i].verdict};
        }
    }
    qsort(graph->edges, graph->nedges, sizeof(*graph->edges), order_edges);
}

static size_t first_edge(const struct graph *graph, uint32_t record)
{
    size_t low = 0;
    size_t high = graph->nedges;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (graph->edges[middle].from < record) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Room for breadth-first searches, used again by the next one. */
struct search {
    size_t *came_by; /* by record: the edge that led there */
    size_t *seen;    /* by record: the number of the search that was there last */
    uint32_t *queue;
    size_t number;
};

/* The verdicts on the way back from b to a. */
static void walk_back(struct contradiction *found, const struct graph *graph,
                      const struct search *search)
{
    size_t n = 0;

    for (uint32_t at = found->b; at != found->a; n++) {
        at = graph->edges[search->came_by[at]].from;
    }
    found->together = xmalloc((n + 1) * sizeof(*found->together));
    found->ntogether = n;
    for (uint32_t at = found->b; at != found->a;) {
        const struct edge *edge = &graph->edges[search->came_by[at]];
        found->together[--n] = edge->verdict;
        at = edge->from;
    }
}

/* Breadth first from a to b, over edges in their order. */
static void find_chain(struct contradiction *found, const struct graph *graph,
                       struct search *search)
{
    size_t head = 0;
    size_t tail = 0;

    search->queue[tail++] = found->a;
    search->seen[found->a] = ++search->number;
    while (head < tail && search->seen[found->b] != search->number) {
        uint32_t at = search->queue[head++];
        for (size_t i = first_edge(graph, at); i < graph->nedges && graph->edges[i].from == at;
             i++) {
            uint32_t to = graph->edges[i].to;
            if (search->seen[to] != search->number) {
                search->seen[to] = search->number;
                search->came_by[to] = i;
                search->queue[tail++] = to;
            }
        }
    }
    walk_back(found, graph, search);
}

/* An apart inside a set; the set is marked as one to keep as before. */
static void find_contradictions(struct constraints *constraints,
                                const struct verdict_pair *pairs, size_t npairs)
{
    size_t n = (size_t)constraints->nrecords + 1;
    struct search search = {0};
    struct graph graph;
    uint32_t *sets = constraints->set_of;

    graph_build(&graph, pairs, npairs);
    search.came_by = xmalloc(n * sizeof(*search.came_by));
    search.seen = xcalloc(n, sizeof(*search.seen));
    search.queue = xmalloc(n * sizeof(*search.queue));
    for (size_t i = 0; i < npairs; i++) {
        uint32_t set = union_find_root(sets, pairs[i].a);
        struct contradiction *found;
        if (pairs[i].same || set != union_find_root(sets, pairs[i].b)) {
            continue;
        }
        constraints->contradictions =
            xrealloc(constraints->contradictions,
                     (constraints->ncontradictions + 1) * sizeof(*constraints->contradictions));
        found = &constraints->contradictions[constraints->ncontradictions++];
        *found =
            (struct contradiction){.a = pairs[i].a, .b = pairs[i].b, .apart = pairs[i].verdict};
        find_chain(found, &graph, &search);
        constraints->kept_of[set] = set;
    }
    free(search.came_by);
    free(search.seen);
    free(search.queue);
    free(graph.edges);
}

struct placed {
    uint32_t set;
    uint32_t person;
    uint32_t record;
};

static int order_placed(const void *left, const void *right)
{
    const struct placed *a = left;
    const struct placed *b = right;

    if (a->set != b->set) {
        return a->set < b->set ? -1 : 1;
    }
    if (a->person != b->person) {
        return a->person < b->person ? -1 : 1;
    }
    return a->record == b->record ? 0 : a->record < b->record ? -1 : 1;
}

/* Contradicted sets fall apart into the people that their records had before. */
static void keep_as_before(struct constraints *constraints, const uint32_t *before)
{
    uint32_t *sets = constraints->set_of;
    struct placed *all;
    size_t n = 0;

    for (uint32_t i = 0; i < constraints->nrecords; i++) {
        constraints->kept_of[i] = constraints->kept_of[union_find_root(sets, i)];
        n += constraints->kept_of[i] != RECORD_NONE ? 1 : 0;
    }
    all = xmalloc((n + 1) * sizeof(*all));
    n = 0;
    for (uint32_t i = 0; i < constraints->nrecords; i++) {
        if (constraints->kept_of[i] != RECORD_NONE) {
            all[n++] = (struct placed){constraints->kept_of[i],
                                       before == NULL ? RECORD_NONE : before[i], i};
        }
    }
    for (size_t i = 0; i < n; i++) {
        sets[all[i].record] = all[i].record;
    }
    qsort(all, n, sizeof(*all), order_placed);
    for (size_t i = 1; i < n; i++) {
        if (all[i].person != RECORD_NONE && all[i].set == all[i - 1].set &&
            all[i].person == all[i - 1].person) {
            union_find_join(sets, all[i - 1].record, all[i].record);
        }
    }
    free(all);
}

static void list_aparts(struct constraints *constraints, const struct verdict_pair *pairs,
                        size_t npairs)
{
    constraints->aparts = xmalloc((2 * npairs + 1) * sizeof(*constraints->aparts));
    for (size_t i = 0; i < npairs; i++) {
        uint32_t kept = constraints->kept_of[pairs[i].a];
        if (!pairs[i].same &&
            (kept == RECORD_NONE || kept != constraints->kept_of[pairs[i].b])) {
            constraints->aparts[constraints->naparts++] =
                (struct apart){pairs[i].a, pairs[i].b};
            constraints->aparts[constraints->naparts++] =
                (struct apart){pairs[i].b, pairs[i].a};
        }
    }
    qsort(constraints->aparts, constraints->naparts, sizeof(*constraints->aparts),
          order_aparts);
}

void constraints_build(struct constraints *constraints, struct verdict_pair *pairs,
                       size_t npairs, uint32_t nrecords, const uint32_t *before)
{
    size_t bytes = ((size_t)nrecords + 1) * sizeof(uint32_t);

    *constraints = (struct constraints){.nrecords = nrecords};
    if (npairs == 0) {
        return;
    }
    constraints->set_of = union_find_new(nrecords);
    constraints->kept_of = xmalloc(bytes);
    constraints->named = xcalloc((size_t)nrecords + 1, 1);
    memset(constraints->kept_of, 0xFF, bytes); /* RECORD_NONE */
    for (size_t i = 0; i < npairs; i++) {
        if (pairs[i].a > pairs[i].b) {
            uint32_t a = pairs[i].a;
            pairs[i].a = pairs[i].b;
            pairs[i].b = a;
        }
        constraints->named[pairs[i].a] = 1;
        constraints->named[pairs[i].b] = 1;
        if (pairs[i].same) {
            union_find_join(constraints->set_of, pairs[i].a, pairs[i].b);
        }
    }
    qsort(pairs, npairs, sizeof(*pairs), order_pairs);
    find_contradictions(constraints, pairs, npairs);
    if (constraints->ncontradictions > 0) {
        keep_as_before(constraints, before);
    }
    list_aparts(constraints, pairs, npairs);
    for (uint32_t i = 0; i < nrecords; i++) {
        constraints->set_of[i] = union_find_root(constraints->set_of, i);
    }
}

void constraints_release(struct constraints *constraints)
{
    for (size_t i = 0; i < constraints->ncontradictions; i++) {
        free(constraints->contradictions[i].together);
    }
    free(constraints->contradictions);
    free(constraints->aparts);
    free(constraints->named);
    free(constraints->kept_of);
    free(constraints->set_of);
    *constraints = (struct constraints){0};
}

size_t constraints_apart(const struct constraints *constraints, uint32_t record, size_t *count)
{
    size_t low = 0;
    size_t high = constraints->naparts;
    size_t end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (constraints->aparts[middle].record < record) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (end = low; end < constraints->naparts && constraints->aparts[end].record == record;) {
        end++;
    }
    *count = end - low;
    return low;
}
