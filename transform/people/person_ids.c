#include "transform/people/person_ids.h"

#include <stdlib.h>
#include <string.h>

/* Registrations of an old person that are in one set now. */
struct flow {
    uint32_t old;
    uint32_t set;
    uint32_t count;
    const struct ident *person;
    const struct ident *lowest; /* registration of the set */
};

struct making {
    const struct person_division *division;
    struct person_ids *out;
    uint32_t *lowest;  /* by set: its lowest registration, PERSON_NONE for no set */
    uint32_t *sizes;   /* by set */
    uint32_t *entered; /* by set: registrations that nobody had */
    struct flow *flows;
    size_t nflows;
    size_t room; /* for events */
};

const char *person_event_word(enum person_event_kind kind)
{
    static const char *const words[] = {
#define X(kind, word) [kind] = word,
        PERSON_EVENT_LIST(X)
#undef X
    };

    return words[kind];
}

int ident_compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct ident));
}

static void measure_sets(struct making *making)
{
    const struct person_division *division = making->division;
    uint32_t n = division->nregistrations;

    making->lowest = xmalloc(((size_t)n + 1) * sizeof(uint32_t));
    making->sizes = xcalloc((size_t)n + 1, sizeof(uint32_t));
    making->entered = xcalloc((size_t)n + 1, sizeof(uint32_t));
    memset(making->lowest, 0xFF, ((size_t)n + 1) * sizeof(uint32_t)); /* PERSON_NONE */
    for (uint32_t i = 0; i < n; i++) {
        uint32_t set = division->set_of[i];
        uint32_t *lowest = &making->lowest[set];
        if (*lowest == PERSON_NONE ||
            ident_compare(&division->registrations[i], &division->registrations[*lowest]) < 0) {
            *lowest = i;
        }
        making->sizes[set]++;
        making->entered[set] += division->before[i] == PERSON_NONE ? 1 : 0;
    }
}

static int order_by_ends(const void *left, const void *right)
{
    const struct flow *a = left;
    const struct flow *b = right;

    if (a->old != b->old) {
        return a->old < b->old ? -1 : 1;
    }
    return a->set == b->set ? 0 : a->set < b->set ? -1 : 1;
}

/* The greatest first; among equals the lowest person, then the lowest registration. */
static int order_by_claim(const void *left, const void *right)
{
    const struct flow *a = left;
    const struct flow *b = right;
    int order;

    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    order = ident_compare(a->person, b->person);
    return order != 0 ? order : ident_compare(a->lowest, b->lowest);
}

static void measure_flows(struct making *making)
{
    const struct person_division *division = making->division;
    struct flow *flows =
        xmalloc(((size_t)division->nregistrations + 1) * sizeof(*making->flows));
    size_t n = 0;
    size_t kept = 0;

    for (uint32_t i = 0; i < division->nregistrations; i++) {
        uint32_t old = division->before[i];
        uint32_t set = division->set_of[i];
        if (old != PERSON_NONE) {
            flows[n++] = (struct flow){old, set, 1, &division->old[old].id,
                                       &division->registrations[making->lowest[set]]};
        }
    }
    qsort(flows, n, sizeof(*flows), order_by_ends);
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && order_by_ends(&flows[kept - 1], &flows[i]) == 0) {
            flows[kept - 1].count++;
        } else {
            flows[kept++] = flows[i];
        }
    }
    qsort(flows, kept, sizeof(*flows), order_by_claim);
    making->flows = flows;
    making->nflows = kept;
}

/* Ids go to the greatest claims; what is left over becomes a claim of the heir. */
static void settle_claims(struct making *making)
{
    const struct person_division *division = making->division;
    bool *taken = xcalloc((size_t)division->nregistrations + 1, sizeof(*taken));

    for (uint32_t i = 0; i < division->nold; i++) {
        division->old[i].heir = PERSON_NONE;
        division->old[i].retired = true;
    }
    for (size_t i = 0; i < making->nflows; i++) {
        const struct flow *flow = &making->flows[i];
        struct old_person *old = &division->old[flow->old];
        if (old->retired && !taken[flow->set]) {
            taken[flow->set] = true;
            old->retired = false;
            old->heir = flow->set;
            making->out->ids[flow->set] = old->id;
            making->out->is_new[flow->set] = false;
        }
    }
    for (size_t i = making->nflows; i-- > 0;) { /* the greatest is the last to say */
        const struct flow *flow = &making->flows[i];
        if (division->old[flow->old].retired) {
            division->old[flow->old].heir = flow->set;
        }
    }
    free(taken);
}

static bool is_used(const struct person_division *division, struct ident id)
{
    return division->nused > 0 &&
           bsearch(&id, division->used, division->nused, sizeof(id), ident_compare) != NULL;
}

static struct ident new_id(const struct person_division *division, struct ident lowest)
{
    char key[64];
    struct ident id;

    ident_format(lowest, key);
    for (unsigned number = 1;; number++) {
        id = ident_of(TEXT_LITERAL(""), TEXT_LITERAL("hms"), TEXT_LITERAL("person"),
                      text_of(key));
        if (!is_used(division, id)) {
            return id;
        }
        snprintf(key + 36, sizeof(key) - 36, "%c%u", IDENT_KEY_PART, number);
    }
}

static void add_event(struct making *making, struct person_event event)
{
    struct person_ids *out = making->out;

    if (out->nevents == making->room) {
        making->room = making->room * 2 + 1024;
        out->events = xrealloc(out->events, making->room * sizeof(*out->events));
    }
    out->events[out->nevents++] = event;
}

static void tell_of_sets(struct making *making)
{
    const struct person_division *division = making->division;

    for (uint32_t set = 0; set < division->nregistrations; set++) {
        if (making->lowest[set] == PERSON_NONE) {
            continue;
        }
        if (making->out->is_new[set]) {
            making->out->ids[set] =
                new_id(division, division->registrations[making->lowest[set]]);
            add_event(making, (struct person_event){.kind = PERSON_NEW,
                                                    .person = making->out->ids[set],
                                                    .patients = making->sizes[set]});
        } else if (making->entered[set] > 0) {
            add_event(making, (struct person_event){.kind = PERSON_ENTER,
                                                    .person = making->out->ids[set],
                                                    .patients = making->entered[set]});
        }
    }
}

static void tell_of_old(struct making *making)
{
    const struct person_division *division = making->division;
    uint32_t *sizes = xcalloc((size_t)division->nold + 1, sizeof(*sizes));

    for (size_t i = 0; i < making->nflows; i++) {
        const struct flow *flow = &making->flows[i];
        const struct old_person *old = &division->old[flow->old];
        bool joins = old->retired && old->heir == flow->set;
        struct ident now = making->out->ids[flow->set];
        sizes[flow->old] += flow->count;
        if (!old->retired && old->heir == flow->set) {
            continue;
        }
        add_event(making, (struct person_event){.kind = joins ? PERSON_JOIN : PERSON_SPLIT,
                                                .person = joins ? now : old->id,
                                                .other = joins ? old->id : now,
                                                .patients = flow->count});
    }
    for (uint32_t i = 0; i < division->nold; i++) {
        const struct old_person *old = &division->old[i];
        if (old->gone > 0) {
            add_event(making, (struct person_event){.kind = PERSON_LEAVE,
                                                    .person = old->id,
                                                    .patients = old->gone});
        }
        if (old->retired) {
            add_event(making, (struct person_event){.kind = PERSON_RETIRE,
                                                    .person = old->id,
                                                    .patients = sizes[i] + old->gone});
        }
    }
    free(sizes);
}

static int order_events(const void *left, const void *right)
{
    const struct person_event *a = left;
    const struct person_event *b = right;
    int order = ident_compare(&a->person, &b->person);

    if (order == 0) {
        order = (int)a->kind - (int)b->kind;
    }
    return order != 0 ? order : ident_compare(&a->other, &b->other);
}

void person_ids_make(struct person_ids *ids, const struct person_division *division)
{
    struct making making = {.division = division, .out = ids};
    size_t n = (size_t)division->nregistrations + 1;

    *ids = (struct person_ids){.ids = xcalloc(n, sizeof(*ids->ids)),
                               .is_new = xmalloc(n * sizeof(*ids->is_new))};
    memset(ids->is_new, true, n * sizeof(*ids->is_new));
    measure_sets(&making);
    measure_flows(&making);
    settle_claims(&making);
    tell_of_sets(&making);
    tell_of_old(&making);
    if (ids->nevents > 0) {
        qsort(ids->events, ids->nevents, sizeof(*ids->events), order_events);
    }
    free(making.lowest);
    free(making.sizes);
    free(making.entered);
    free(making.flows);
}

void person_ids_release(struct person_ids *ids)
{
    free(ids->ids);
    free(ids->is_new);
    free(ids->events);
    *ids = (struct person_ids){0};
}
