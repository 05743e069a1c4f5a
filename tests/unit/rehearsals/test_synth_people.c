#include "rehearsals/synth/care.h"
#include "rehearsals/synth/catalog.h"
#include "rehearsals/synth/dump.h"
#include "rehearsals/synth/money.h"
#include "rehearsals/synth/people.h"
#include "rehearsals/synth/stock.h"
#include "tests/unit/unit.h"

enum { PATIENTS = 2000 };

static struct world world_of(enum org_number org, uint64_t npatients)
{
    return (struct world){
        .seed = 1, .org = org, .npatients = npatients, .nresults = npatients * 2};
}

static void a_patient_does_not_depend_on_the_size(void **state)
{
    struct world small = world_of(ORG_STMARY, 300);
    struct world large = world_of(ORG_STMARY, 100000);

    (void)state;
    for (uint64_t n = 0; n < 300; n++) {
        struct patient a;
        struct patient b;
        struct claim c;
        struct claim d;

        patient_at(&small, n, &a);
        patient_at(&large, n, &b);
        assert_memory_equal(&a, &b, sizeof(a));
        assert_int_equal(encounter_count(&small, n), encounter_count(&large, n));
        assert_int_equal(claim_count(&small, n), claim_count(&large, n));
        if (claim_count(&small, n) > 0 && plant_of(ORG_STMARY, n) == PLANT_NONE) {
            claim_at(&small, n, 0, &c);
            claim_at(&large, n, 0, &d);
            assert_int_equal(c.total, d.total);
        }
    }
}

static void another_seed_is_another_world(void **state)
{
    struct world a = world_of(ORG_NORTHGATE, 300);
    struct world b = a;
    int same = 0;

    (void)state;
    b.seed = 2;
    for (uint64_t n = 0; n < 300; n++) {
        struct person p;
        struct person q;

        person_of(&a, n, &p);
        person_of(&b, n, &q);
        same += p.birth == q.birth;
    }
    assert_true(same < 5);
}

static void shared_people_are_the_same_in_each_organisation(void **state)
{
    struct world a = world_of(ORG_ALNOOR, PATIENTS);
    struct world b = world_of(ORG_RIVERSIDE, PATIENTS);
    int both = 0;

    (void)state;
    for (uint64_t n = 3; n < PATIENTS; n += 8) {
        struct person p;
        struct person q;

        person_of(&a, n, &p);
        person_of(&b, n, &q);
        if (person_is_same(&p, &q)) {
            assert_int_equal(p.home, ORG_SHARED);
            assert_int_equal(p.birth, q.birth);
            assert_ptr_equal(p.family, q.family);
            both++;
        }
    }
    assert_in_range(both, 50, 150);
}

static void second_records_are_of_somebody_before(void **state)
{
    struct world world = world_of(ORG_NORTHGATE, PATIENTS);

    (void)state;
    for (uint64_t n = 17; n < PATIENTS; n += 40) {
        struct patient again;
        struct person before;
        bool found = false;

        patient_at(&world, n, &again);
        assert_int_not_equal(again.variation, VARIATION_NONE);
        for (uint64_t m = n - 16; m < n && !found; m++) {
            person_of(&world, m, &before);
            found = person_is_same(&again.person, &before);
        }
        assert_true(found);
    }
}

static void twins_share_all_but_the_given_name(void **state)
{
    struct world world = world_of(ORG_LINDENHOF, PATIENTS);

    (void)state;
    for (uint64_t n = 51; n < PATIENTS; n += 100) {
        struct person one;
        struct person other;

        person_of(&world, n - 1, &one);
        person_of(&world, n, &other);
        assert_false(person_is_same(&one, &other));
        assert_int_equal(one.birth, other.birth);
        assert_ptr_equal(one.family, other.family);
        assert_int_equal(one.phone, other.phone);
        assert_ptr_not_equal(one.given, other.given);
    }
}

static void lost_patients_have_nothing(void **state)
{
    (void)state;
    for (enum org_number org = ORG_NORTHGATE; org < ORG_END; org++) {
        struct world world = world_of(org, PATIENTS);

        for (uint64_t n = 0; n < PATIENTS; n++) {
            uint32_t results = result_count(&world, n);

            if (plant_loses_patient(plant_of(org, n))) {
                assert_int_equal(encounter_count(&world, n), 0);
                assert_int_equal(lab_order_count(&world, n), 0);
                assert_int_equal(med_order_count(&world, n), 0);
                assert_int_equal(claim_count(&world, n), 0);
                assert_int_equal(allergy_count(&world, n), 0);
            }
            for (uint32_t i = 0; i < results; i++) {
                struct result r;

                result_at(&world, n, i, &r);
                assert_false(plant_loses_patient(plant_of(org, r.patient)) &&
                             r.plant != PLANT_RESULT_ORPHAN);
                assert_true(r.patient < PATIENTS || r.plant == PLANT_RESULT_ORPHAN);
            }
        }
    }
}

static void results_are_as_many_as_asked_for(void **state)
{
    static const uint64_t asked[] = {0, 1, 499, 500, 501, 12345};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        struct world world = world_of(ORG_NORTHGATE, 500);
        uint64_t sum = 0;

        world.nresults = asked[i];
        for (uint64_t n = 0; n < 500; n++) {
            sum += result_count(&world, n);
        }
        assert_int_equal(sum, asked[i]);
    }
}

static void claims_add_up_unless_planted(void **state)
{
    struct world world = world_of(ORG_RIVERSIDE, PATIENTS);
    uint64_t claims = 0;

    (void)state;
    for (uint64_t n = 0; n < PATIENTS; n++) {
        uint32_t count = claim_count(&world, n);

        for (uint32_t i = 0; i < count; i++) {
            struct claim claim;
            int64_t sum = 0;

            claim_at(&world, n, i, &claim);
            for (uint32_t j = 0; j < claim.nlines; j++) {
                assert_int_equal(claim.lines[j].amount,
                                 claim.lines[j].price * claim.lines[j].quantity);
                sum += claim.lines[j].amount;
            }
            assert_int_equal(claim.total - sum, claim.plant == PLANT_CLAIM_TOTAL ? 1000 : 0);
            claims++;
        }
    }
    assert_in_range(claims, PATIENTS / 2, PATIENTS);
}

static void each_patient_number_carries_at_most_one_plant(void **state)
{
    (void)state;
    for (int a = PLANT_NONE + 1; a < PLANT_COUNT; a++) {
        uint32_t slot = plant_spec((enum plant)a)->slot;

        assert_true(slot < 200);
        assert_int_equal(slot % 2, 0);
        assert_int_not_equal(slot % 25, 6);
        for (int b = a + 1; b < PLANT_COUNT; b++) {
            assert_int_not_equal(slot, plant_spec((enum plant)b)->slot);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patient_does_not_depend_on_the_size),
        cmocka_unit_test(another_seed_is_another_world),
        cmocka_unit_test(shared_people_are_the_same_in_each_organisation),
        cmocka_unit_test(second_records_are_of_somebody_before),
        cmocka_unit_test(twins_share_all_but_the_given_name),
        cmocka_unit_test(lost_patients_have_nothing),
        cmocka_unit_test(results_are_as_many_as_asked_for),
        cmocka_unit_test(claims_add_up_unless_planted),
        cmocka_unit_test(each_patient_number_carries_at_most_one_plant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
