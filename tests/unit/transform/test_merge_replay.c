/* test_merge_replay.c - who is one person, from the base and the merges in force. */
#include "tests/unit/unit.h"

#include "transform/people/merge_replay.h"

#include <stdio.h>
#include <string.h>

enum { N = 6 };

/* Registrations a to f of people A to F, all since run 1; each of its own letter. */
struct world {
    struct merge_registration registrations[N];
    struct merge_component component;
};

static void set(struct membership *membership, const char *person, int since)
{
    snprintf(membership->person, sizeof(membership->person), "%s", person);
    membership->since_run = since;
    membership->certain = true;
}

static void world_init(struct world *world)
{
    memset(world, 0, sizeof(*world));
    for (int i = 0; i < N; i++) {
        struct merge_registration *one = &world->registrations[i];
        char person[2] = {(char)('A' + i), '\0'};
        one->id[0] = (char)('a' + i);
        one->org_id = 1;
        one->is_member = true;
        set(&one->now, person, 1);
    }
    world->component.registrations = world->registrations;
    world->component.nregistrations = N;
}

/* What the store would hold after the last replay. */
static void keep(struct world *world)
{
    for (int i = 0; i < N; i++) {
        struct merge_registration *one = &world->registrations[i];
        one->now = one->result;
        one->written = one->result;
        one->is_known = one->in_merge;
    }
}

static void replay(struct world *world, const struct merge_line *lines, size_t n)
{
    world->component.lines = lines;
    world->component.nlines = n;
    merge_rebase(&world->component);
    merge_replay(&world->component);
}

/* "AAC..." the person of each, "." for those that are gone. */
static void assert_people(const struct world *world, const char *expected)
{
    char found[N + 1] = "";

    for (int i = 0; i < N; i++) {
        found[i] =
            world->registrations[i].is_member ? world->registrations[i].result.person[0] : '.';
    }
    assert_string_equal(found, expected);
}

static void a_leads_and_its_person_survives(void **state)
{
    const struct merge_line lines[] = {{0, 1, 7}};
    struct world world;

    (void)state;
    world_init(&world);
    replay(&world, lines, 1);
    assert_people(&world, "AACDEF");
    assert_int_equal(world.registrations[0].result.since_run, 1);
    assert_int_equal(world.registrations[1].result.since_run, 7);
    assert_string_equal(world.registrations[1].leader, "a");
    assert_true(world.registrations[1].is_merged);
    assert_false(world.registrations[2].in_merge);
    assert_null(world.registrations[2].leader);
}

static void merges_are_undone_in_any_order(void **state)
{
    const struct merge_line lines[] = {{0, 1, 7}, {2, 1, 8}, {3, 2, 9}};
    static const struct {
        unsigned without; /* bit i: line i is undone */
        const char *people;
    } cases[] = {
        {0, "DDDDEF"}, {1, "ADDDEF"}, {2, "AADDEF"}, {4, "CCCDEF"},
        {3, "ABDDEF"}, {5, "ACCDEF"}, {6, "AACDEF"}, {7, "ABCDEF"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct merge_line left[3];
        struct world world;
        size_t n = 0;
        world_init(&world);
        replay(&world, lines, 3);
        keep(&world);
        for (unsigned line = 0; line < 3; line++) {
            if (!(cases[i].without & 1U << line)) {
                left[n++] = lines[line];
            }
        }
        replay(&world, left, n);
        assert_people(&world, cases[i].people);
    }
}

static void each_organisation_has_a_leader_of_its_own(void **state)
{
    const struct merge_line lines[] = {{0, 1, 7}, {1, 2, 8}};
    struct world world;

    (void)state;
    world_init(&world);
    world.registrations[1].org_id = 2;
    world.registrations[2].org_id = 2;
    replay(&world, lines, 2);
    assert_string_equal(world.registrations[0].leader, "a");
    assert_string_equal(world.registrations[2].leader, "b");
}

static void who_is_gone_takes_its_merge_along(void **state)
{
    const struct merge_line lines[] = {{0, 1, 7}, {1, 2, 8}};
    struct world world;

    (void)state;
    world_init(&world);
    world.registrations[1].is_member = false;
    replay(&world, lines, 2);
    assert_people(&world, "A.CDEF");
}

static void who_came_follows_whom_it_is_linked_with(void **state)
{
    const struct merge_line lines[] = {{0, 1, 7}};
    const struct merge_link links[] = {{3, 2}, {1, 2}};
    struct world world;

    (void)state;
    world_init(&world);
    replay(&world, lines, 1);
    keep(&world);
    set(&world.registrations[2].now, "A", 9); /* c came for b, d for c, e for nobody known */
    set(&world.registrations[3].now, "A", 9);
    set(&world.registrations[4].now, "A", 9);
    world.component.links = links;
    world.component.nlinks = 2;
    replay(&world, lines, 1);
    assert_people(&world, "AAAAAF");
    keep(&world);
    world.component.nlinks = 0;
    replay(&world, NULL, 0);
    assert_people(&world, "ABBBAF");
    assert_int_equal(world.registrations[3].result.since_run, 9);
}

static void a_group_that_dedup_moved_takes_the_others_along(void **state)
{
    const struct merge_line lines[] = {{0, 1, 7}};
    const struct merge_link links[] = {{0, 1}, {1, 2}};
    struct world world;

    (void)state;
    world_init(&world);
    replay(&world, lines, 1);
    keep(&world);
    set(&world.registrations[0].now, "C", 9); /* dedup linked b with c: all went to C */
    set(&world.registrations[1].now, "C", 9);
    world.component.links = links;
    world.component.nlinks = 2;
    replay(&world, lines, 1);
    assert_people(&world, "AAADEF"); /* b is of C now, and A leads */
    keep(&world);
    replay(&world, NULL, 0);
    assert_people(&world, "ACCDEF");
}

static void who_left_is_where_dedup_put_it(void **state)
{
    const struct merge_line lines[] = {{0, 1, 7}};
    struct world world;

    (void)state;
    world_init(&world);
    set(&world.registrations[2].now, "B", 1); /* b and c are one for dedup */
    replay(&world, lines, 1);
    assert_people(&world, "AAADEF");
    keep(&world);
    set(&world.registrations[2].now, "Z", 9);
    replay(&world, lines, 1);
    assert_people(&world, "AAZDEF");
    keep(&world);
    replay(&world, NULL, 0);
    assert_people(&world, "ABZDEF");
}

static void what_dedup_says_of_those_who_stay_is_taken_over(void **state)
{
    const struct merge_line lines[] = {{0, 1, 7}};
    struct world world;

    (void)state;
    world_init(&world);
    replay(&world, lines, 1);
    keep(&world);
    world.registrations[1].now.certain = false;
    world.registrations[0].now.since_run = 9;
    replay(&world, NULL, 0);
    assert_false(world.registrations[1].result.certain);
    assert_int_equal(world.registrations[1].result.since_run, 1);
    assert_int_equal(world.registrations[0].result.since_run, 9);
}

static void nobody_is_no_trouble(void **state)
{
    struct merge_component none = {0};

    (void)state;
    merge_rebase(&none);
    merge_replay(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leads_and_its_person_survives),
        cmocka_unit_test(merges_are_undone_in_any_order),
        cmocka_unit_test(each_organisation_has_a_leader_of_its_own),
        cmocka_unit_test(who_is_gone_takes_its_merge_along),
        cmocka_unit_test(who_came_follows_whom_it_is_linked_with),
        cmocka_unit_test(a_group_that_dedup_moved_takes_the_others_along),
        cmocka_unit_test(who_left_is_where_dedup_put_it),
        cmocka_unit_test(what_dedup_says_of_those_who_stay_is_taken_over),
        cmocka_unit_test(nobody_is_no_trouble),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
