/* A person's id survives: old people and a new division in, ids and events out. */
#include "tests/unit/unit.h"

#include "transform/people/person_ids.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 24, SEQUENCES = 1000, STEPS = 8, USED_MOST = MOST * STEPS + MOST };

struct world {
    uint64_t seed;
    bool there[MOST];          /* registrations */
    bool has[MOST];            /* a person */
    struct ident person[MOST]; /* that it has */
    struct ident used[USED_MOST];
    size_t nused;
};

static uint32_t draw(struct world *world, uint32_t below)
{
    world->seed = world->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(world->seed >> 33) % below;
}

static struct ident registration(uint32_t number)
{
    char key[16];

    snprintf(key, sizeof(key), "%u", number);
    return ident_of(text_of("o"), text_of("s"), text_of("patient"), text_of(key));
}

static bool same(struct ident a, struct ident b)
{
    return ident_compare(&a, &b) == 0;
}

/* One division of those who are there, in the order of `order`. */
struct trial {
    uint32_t n;
    uint32_t who[MOST];
    struct ident registrations[MOST];
    uint32_t set_of[MOST];
    uint32_t before[MOST];
    struct old_person old[MOST];
    uint32_t nold;
    struct person_ids ids;
};

static void divide(struct trial *trial, const struct world *world, const uint32_t *order,
                   const uint32_t *label)
{
    struct person_division division;

    *trial = (struct trial){0};
    for (uint32_t i = 0; i < MOST; i++) {
        uint32_t who = order[i];
        uint32_t old = PERSON_NONE;
        for (uint32_t k = 0; world->has[who] && k < trial->nold; k++) {
            old = same(trial->old[k].id, world->person[who]) ? k : old;
        }
        if (world->has[who] && old == PERSON_NONE) {
            old = trial->nold;
            trial->old[trial->nold++] = (struct old_person){.id = world->person[who]};
        }
        if (!world->there[who]) {
            if (old != PERSON_NONE) {
                trial->old[old].gone++;
            }
            continue;
        }
        trial->who[trial->n] = who;
        trial->registrations[trial->n] = registration(who);
        trial->before[trial->n++] = old;
    }
    for (uint32_t i = 0; i < trial->n; i++) { /* a set is named by one of its places */
        trial->set_of[i] = i;
        for (uint32_t k = 0; k < i; k++) {
            if (label[trial->who[k]] == label[trial->who[i]]) {
                trial->set_of[i] = trial->set_of[k];
                break;
            }
        }
    }
    division = (struct person_division){
        .nregistrations = trial->n,
        .registrations = trial->registrations,
        .set_of = trial->set_of,
        .before = trial->before,
        .old = trial->old,
        .nold = trial->nold,
        .used = world->used,
        .nused = world->nused,
    };
    person_ids_make(&trial->ids, &division);
}

static void check_unique(const struct trial *trial)
{
    for (uint32_t i = 0; i < trial->n; i++) {
        for (uint32_t k = 0; k < i; k++) {
            bool one = trial->set_of[i] == trial->set_of[k];
            assert_int_equal(
                one, same(trial->ids.ids[trial->set_of[i]], trial->ids.ids[trial->set_of[k]]));
        }
    }
}

/* A set of just the registrations that one person had. */
static void check_unchanged(const struct trial *trial)
{
    for (uint32_t i = 0; i < trial->n; i++) {
        uint32_t old = trial->before[i];
        bool unchanged = old != PERSON_NONE && trial->old[old].gone == 0;
        for (uint32_t k = 0; unchanged && k < trial->n; k++) {
            unchanged = (trial->set_of[k] == trial->set_of[i]) == (trial->before[k] == old);
        }
        if (unchanged) {
            assert_true(same(trial->ids.ids[trial->set_of[i]], trial->old[old].id));
        }
    }
}

static void check_new_are_new(const struct trial *trial, const struct world *world)
{
    for (uint32_t i = 0; i < trial->n; i++) {
        struct ident id = trial->ids.ids[trial->set_of[i]];
        bool known = bsearch(&id, world->used, world->nused, sizeof(id), ident_compare) != NULL;
        assert_int_equal(trial->ids.is_new[trial->set_of[i]], !known);
    }
}

/* Registrations that came, went and moved are all told of. */
static void check_events(const struct trial *trial)
{
    int64_t told[6] = {0};
    int64_t came = 0, went = 0, moved = 0, retired = 0;

    for (size_t i = 0; i < trial->ids.nevents; i++) {
        const struct person_event *event = &trial->ids.events[i];
        assert_true(event->patients > 0);
        told[event->kind] += event->kind == PERSON_RETIRE ? 1 : event->patients;
    }
    for (uint32_t i = 0; i < trial->n; i++) {
        uint32_t old = trial->before[i];
        bool fresh = trial->ids.is_new[trial->set_of[i]];
        came += fresh || old == PERSON_NONE ? 1 : 0;
        moved +=
            old != PERSON_NONE && !same(trial->old[old].id, trial->ids.ids[trial->set_of[i]])
                ? 1
                : 0;
    }
    for (uint32_t i = 0; i < trial->nold; i++) {
        went += trial->old[i].gone;
        retired += trial->old[i].retired ? 1 : 0;
    }
    assert_int_equal(told[PERSON_NEW] + told[PERSON_ENTER], came);
    assert_int_equal(told[PERSON_JOIN] + told[PERSON_SPLIT], moved);
    assert_int_equal(told[PERSON_LEAVE], went);
    assert_int_equal(told[PERSON_RETIRE], retired);
}

static void check_same(const struct trial *a, const struct trial *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->ids.nevents, b->ids.nevents);
    assert_memory_equal(a->ids.events, b->ids.events, a->ids.nevents * sizeof(*a->ids.events));
    for (uint32_t i = 0; i < a->n; i++) {
        for (uint32_t k = 0; k < b->n; k++) {
            if (a->who[i] == b->who[k]) {
                assert_true(same(a->ids.ids[a->set_of[i]], b->ids.ids[b->set_of[k]]));
            }
        }
    }
}

static void shuffle(struct world *world, uint32_t *order)
{
    for (uint32_t i = MOST; i > 1; i--) {
        uint32_t k = draw(world, i);
        uint32_t kept = order[i - 1];
        order[i - 1] = order[k];
        order[k] = kept;
    }
}

static void go_on(struct world *world, const struct trial *trial)
{
    memset(world->has, 0, sizeof(world->has));
    for (uint32_t i = 0; i < trial->n; i++) {
        struct ident id = trial->ids.ids[trial->set_of[i]];
        world->has[trial->who[i]] = true;
        world->person[trial->who[i]] = id;
        if (bsearch(&id, world->used, world->nused, sizeof(id), ident_compare) == NULL) {
            assert_true(world->nused < USED_MOST);
            world->used[world->nused++] = id;
            qsort(world->used, world->nused, sizeof(id), ident_compare);
        }
    }
}

static void ids_survive_a_thousand_random_sequences(void **state)
{
    (void)state;
    for (uint64_t sequence = 0; sequence < SEQUENCES; sequence++) {
        struct world world = {.seed = sequence + 1};
        uint32_t order[MOST], label[MOST];
        for (uint32_t i = 0; i < MOST; i++) {
            order[i] = i;
            label[i] = i;
        }
        for (int step = 0; step < STEPS; step++) {
            struct trial trial, again;
            uint32_t changes = draw(&world, 6);
            for (uint32_t i = 0; i < changes; i++) {
                label[draw(&world, MOST)] = draw(&world, MOST / 2);
            }
            for (uint32_t i = 0; i < MOST; i++) {
                world.there[i] = draw(&world, 8) != 0;
            }
            divide(&trial, &world, order, label);
            check_unique(&trial);
            check_unchanged(&trial);
            check_new_are_new(&trial, &world);
            check_events(&trial);
            shuffle(&world, order);
            divide(&again, &world, order, label);
            check_same(&trial, &again);
            go_on(&world, &trial);
            person_ids_release(&trial.ids);
            person_ids_release(&again.ids);
        }
    }
}

static void the_greater_part_keeps_the_id(void **state)
{
    struct world world = {.seed = 1};
    uint32_t order[MOST], label[MOST];
    struct trial trial;
    struct ident was;

    (void)state;
    for (uint32_t i = 0; i < MOST; i++) {
        order[i] = i;
        label[i] = i;
    }
    for (uint32_t i = 0; i < 5; i++) {
        world.there[i] = true;
        label[i] = 0;
    }
    divide(&trial, &world, order, label);
    was = trial.ids.ids[trial.set_of[0]];
    go_on(&world, &trial);
    person_ids_release(&trial.ids);
    label[0] = label[1] = 7; /* two leave, three stay */
    divide(&trial, &world, order, label);
    assert_true(same(trial.ids.ids[trial.set_of[4]], was));
    assert_false(same(trial.ids.ids[trial.set_of[0]], was));
    assert_int_equal(trial.ids.nevents,
                     2); /* the one that is new, and where its part came from */
    person_ids_release(&trial.ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_greater_part_keeps_the_id),
        cmocka_unit_test(ids_survive_a_thousand_random_sequences),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
