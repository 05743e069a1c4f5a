#include "transform/people/merge_replay.h"

#include "core/strmap.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = -1 };

/* ---- replay ---- */

/* People being joined: groups point at the group they were joined to; a root has the list of
 * registrations that were named in its merges. */
struct joining {
    struct merge_component *component;
    ptrdiff_t *group_of;    /* of each registration, NONE for those that are gone */
    ptrdiff_t *joined_to;   /* of each group, itself for a root */
    const char **person_of; /* of each group */
    ptrdiff_t *first;       /* of each root: list of named registrations, NONE: empty */
    ptrdiff_t *last;
    ptrdiff_t *next; /* of each registration in such a list */
};

static ptrdiff_t root_of(const struct joining *joining, size_t registration)
{
    ptrdiff_t group = joining->group_of[registration];

    while (group != NONE && joining->joined_to[group] != group) {
        group = joining->joined_to[group];
    }
    return group;
}

static ptrdiff_t *new_numbers(size_t count)
{
    ptrdiff_t *numbers = xcalloc(count + 1, sizeof(*numbers));

    for (size_t i = 0; i < count; i++) {
        numbers[i] = NONE;
    }
    return numbers;
}

/* One group for each person of the base. */
static void start_joining(struct joining *joining, struct merge_component *component)
{
    size_t count = component->nregistrations;
    struct strmap people;
    ptrdiff_t ngroups = 0;

    joining->component = component;
    joining->group_of = new_numbers(count);
    joining->joined_to = new_numbers(count);
    joining->first = new_numbers(count);
    joining->last = new_numbers(count);
    joining->next = new_numbers(count);
    joining->person_of = xcalloc(count + 1, sizeof(*joining->person_of));
    strmap_init(&people, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct merge_registration *one = &component->registrations[i];
        struct strmap_entry *entry;
        if (!one->is_member) {
            continue;
        }
        one->result = one->base;
        one->is_merged = false;
        entry = strmap_put(&people, text_of(one->base.person));
        if (entry->number == 0) {
            joining->joined_to[ngroups] = ngroups;
            joining->person_of[ngroups] = one->base.person;
            entry->number = (uint64_t)++ngroups;
        }
        joining->group_of[i] = (ptrdiff_t)entry->number - 1;
    }
    strmap_release(&people);
}

static void release_joining(struct joining *joining)
{
    free(joining->group_of);
    free(joining->joined_to);
    free(joining->first);
    free(joining->last);
    free(joining->next);
    free(joining->person_of);
}

static void name_registration(struct joining *joining, ptrdiff_t root, size_t registration)
{
    struct merge_registration *one = &joining->component->registrations[registration];

    if (one->is_merged) {
        return;
    }
    one->is_merged = true;
    if (joining->first[root] == NONE) {
        joining->first[root] = (ptrdiff_t)registration;
    } else {
        joining->next[joining->last[root]] = (ptrdiff_t)registration;
    }
    joining->last[root] = (ptrdiff_t)registration;
}

static void join(struct joining *joining, const struct merge_line *line)
{
    ptrdiff_t a = root_of(joining, line->a);
    ptrdiff_t b = root_of(joining, line->b);

    if (a == NONE || b == NONE) {
        return; /* one of them is gone */
    }
    name_registration(joining, a, line->a);
    name_registration(joining, b, line->b);
    if (a == b) {
        return;
    }
    for (size_t i = 0; i < joining->component->nregistrations; i++) {
        struct membership *result = &joining->component->registrations[i].result;
        if (root_of(joining, i) == b && result->since_run < line->run_id) {
            result->since_run = line->run_id;
        }
    }
    joining->next[joining->last[a]] = joining->first[b];
    joining->last[a] = joining->last[b];
    joining->joined_to[b] = a;
}

static const char *leader_of(const struct joining *joining, ptrdiff_t root, int32_t org_id)
{
    const struct merge_registration *registrations = joining->component->registrations;

    for (ptrdiff_t at = joining->first[root]; at != NONE; at = joining->next[at]) {
        if (registrations[at].org_id == org_id) {
            return registrations[at].id;
        }
    }
    return NULL;
}

void merge_replay(struct merge_component *component)
{
    struct joining joining;

    start_joining(&joining, component);
    for (size_t i = 0; i < component->nlines; i++) {
        join(&joining, &component->lines[i]);
    }
    for (size_t i = 0; i < component->nregistrations; i++) {
        struct merge_registration *one = &component->registrations[i];
        ptrdiff_t root = root_of(&joining, i);
        if (root != NONE) {
            memcpy(one->result.person, joining.person_of[root], sizeof(one->result.person));
            one->in_merge = joining.first[root] != NONE;
            one->leader = leader_of(&joining, root, one->org_id);
        }
    }
    release_joining(&joining);
}

/* ---- rebase ---- */

enum state { STATE_SETTLED, STATE_CAME, STATE_WENT };

struct rebasing {
    struct merge_component *component;
    enum state *states;
};

static bool same_person(const struct membership *a, const struct membership *b)
{
    return strcmp(a->person, b->person) == 0;
}

/* A person that merges made: an earlier replay wrote it for somebody. */
static bool is_written(const struct merge_component *component, const struct membership *now)
{
    for (size_t i = 0; i < component->nregistrations; i++) {
        const struct merge_registration *other = &component->registrations[i];
        if (other->is_known && same_person(&other->written, now)) {
            return true;
        }
    }
    return false;
}

/* Of the same person in the base, and so in what was written. */
static bool is_of_group(const struct merge_registration *one,
                        const struct merge_registration *other)
{
    return other->is_known && other->is_member && same_person(&one->base, &other->base);
}

/* Everyone of its group went to the same person as it. */
static bool went_as_group(const struct merge_component *component,
                          const struct merge_registration *one)
{
    for (size_t i = 0; i < component->nregistrations; i++) {
        const struct merge_registration *other = &component->registrations[i];
        if (is_of_group(one, other) && !same_person(&one->now, &other->now)) {
            return false;
        }
    }
    return true;
}

/* What dedup changed of a registration that stayed: whatever no merge had changed is taken over.
 */
static void take_over(struct merge_registration *one)
{
    if (one->base.since_run == one->written.since_run) {
        one->base.since_run = one->now.since_run;
    }
    one->base.certain = one->now.certain;
}

static void sort_out(struct rebasing *rebasing)
{
    struct merge_component *component = rebasing->component;

    for (size_t i = 0; i < component->nregistrations; i++) {
        struct merge_registration *one = &component->registrations[i];
        bool went = one->is_known && !same_person(&one->now, &one->written);
        rebasing->states[i] = STATE_SETTLED;
        if (!one->is_member) {
            continue;
        }
        if (!one->is_known && is_written(component, &one->now)) {
            rebasing->states[i] = STATE_CAME;
        } else if (went && went_as_group(component, one)) {
            rebasing->states[i] = STATE_WENT;
        }
    }
    for (size_t i = 0; i < component->nregistrations; i++) {
        struct merge_registration *one = &component->registrations[i];
        if (rebasing->states[i] != STATE_SETTLED || !one->is_member) {
            continue;
        }
        if (one->is_known && same_person(&one->now, &one->written)) {
            take_over(one);
        } else {
            one->base = one->now;
        }
    }
}

/* The base of `from`, which is settled, is the base of `to` and its group too. */
static void settle(struct rebasing *rebasing, size_t to, const struct merge_registration *from)
{
    struct merge_component *component = rebasing->component;
    struct merge_registration *one = &component->registrations[to];
    char old[UUID_TEXT];

    memcpy(old, one->base.person, sizeof(old));
    for (size_t i = 0; i < component->nregistrations; i++) {
        struct merge_registration *other = &component->registrations[i];
        bool goes = i == to || (rebasing->states[to] == STATE_WENT && i != to &&
                                rebasing->states[i] == STATE_WENT && other->is_known &&
                                strcmp(other->base.person, old) == 0);
        if (goes && i != to) {
            other->base = other->now;
            memcpy(other->base.person, from->base.person, sizeof(old));
            rebasing->states[i] = STATE_SETTLED;
        }
    }
    one->base = one->now;
    memcpy(one->base.person, from->base.person, sizeof(old));
    rebasing->states[to] = STATE_SETTLED;
}

static bool settle_by(struct rebasing *rebasing, size_t to, size_t from)
{
    const struct merge_registration *one = &rebasing->component->registrations[to];
    const struct merge_registration *by = &rebasing->component->registrations[from];
    bool went_together =
        one->is_known && by->is_known && same_person(&one->written, &by->written);

    if (rebasing->states[to] == STATE_SETTLED || rebasing->states[from] != STATE_SETTLED ||
        !by->is_member || !same_person(&one->now, &by->now) ||
        (rebasing->states[to] == STATE_WENT && went_together)) {
        return false;
    }
    settle(rebasing, to, by);
    return true;
}

/* Whom those follow who came without a link: the leading registration of the person. */
static const struct merge_registration *head_of(const struct rebasing *rebasing, size_t to)
{
    const struct merge_component *component = rebasing->component;
    const struct merge_registration *one = &component->registrations[to];
    const struct merge_registration *found = NULL;

    for (size_t i = 0; i < component->nregistrations; i++) {
        const struct merge_registration *other = &component->registrations[i];
        bool leads = other->leader != NULL && strcmp(other->leader, other->id) == 0;
        if (other->is_member && rebasing->states[i] == STATE_SETTLED &&
            same_person(&one->now, &other->now) && (found == NULL || leads)) {
            found = other;
            if (leads) {
                break;
            }
        }
    }
    return found;
}

void merge_rebase(struct merge_component *component)
{
    struct rebasing rebasing = {.component = component};
    bool more = true;

    rebasing.states = xcalloc(component->nregistrations + 1, sizeof(*rebasing.states));
    sort_out(&rebasing);
    while (more) {
        more = false;
        for (size_t i = 0; i < component->nlinks; i++) {
            const struct merge_link *link = &component->links[i];
            more = settle_by(&rebasing, link->a, link->b) ||
                   settle_by(&rebasing, link->b, link->a) || more;
        }
    }
    for (size_t i = 0; i < component->nregistrations; i++) {
        const struct merge_registration *head;
        if (rebasing.states[i] == STATE_CAME) {
            head = head_of(&rebasing, i);
            component->registrations[i].base = component->registrations[i].now;
            if (head != NULL) {
                settle(&rebasing, i, head);
            }
        } /* a group that went along with others keeps its base */
    }
    free(rebasing.states);
}
