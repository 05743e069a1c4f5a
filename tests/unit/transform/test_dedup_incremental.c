/* Records put one by one come to the people of a full run. */
#include "tests/unit/unit.h"

#include "transform/dedup/dedup_incremental.h"
#include "transform/dedup/learned_file.h"
#include "transform/dedup/people_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { RECORDS_MAX = 700, CELLS = 6, CELL_MAX = 24, STEPS = 120, START = 500 };

struct record {
    bool there;
    char cells[CELLS][CELL_MAX];
};

static const char model_text[] = "people: trial\n"
                                 "record: id\n"
                                 "fields:\n"
                                 "  given: {kind: given name, column: a}\n"
                                 "  family: {kind: family name, column: b}\n"
                                 "  born: {kind: birth date, column: c}\n"
                                 "  street: {kind: street, column: d}\n"
                                 "  postcode: {kind: postcode, column: e}\n"
                                 "  national: {kind: identifier, column: f}\n";

struct trial {
    struct people_model model;
    struct learned learned;
    struct record records[RECORDS_MAX];
    uint64_t seed;
    size_t joined; /* places of records that have company */
};

static uint32_t pick(struct trial *trial, uint32_t n)
{
    trial->seed = trial->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(trial->seed >> 33) % n;
}

/* A name of three syllables; few of them, so that they meet. */
static void name(struct trial *trial, char *out, uint32_t many)
{
    static const char *const parts[] = {"ka", "lo", "mi", "ru", "se", "ta", "no", "bi"};
    uint32_t number = pick(trial, many);

    snprintf(out, CELL_MAX, "%s%s%s", parts[number % 8], parts[number / 8 % 8],
             parts[number / 64 % 8]);
}

static void make_record(struct trial *trial, uint32_t i)
{
    struct record *record = &trial->records[i];

    record->there = true;
    if (i > 10 && pick(trial, 3) > 0) { /* somebody again, a little changed or not at all */
        memcpy(record->cells, trial->records[pick(trial, i)].cells, sizeof(record->cells));
        if (pick(trial, 4) > 0) {
            record->cells[pick(trial, 2)][pick(trial, 4)] = 'x';
            record->cells[5][0] = pick(trial, 2) > 0 ? '\0' : record->cells[5][0];
        }
        return;
    }
    name(trial, record->cells[0], 100);
    name(trial, record->cells[1], 300);
    snprintf(record->cells[2], CELL_MAX, "%u-%02u-%02u", 1950 + pick(trial, 60),
             1 + pick(trial, 12), 1 + pick(trial, 28));
    snprintf(record->cells[3], CELL_MAX, "%u kamiru road", pick(trial, 900));
    snprintf(record->cells[4], CELL_MAX, "%05u", pick(trial, 40));
    snprintf(record->cells[5], CELL_MAX, "%09u", pick(trial, 1000000));
}

static void cells_of(const struct record *record, struct text cells[CELLS])
{
    for (int i = 0; i < CELLS; i++) {
        cells[i] = text_of(record->cells[i]);
    }
}

static struct text id_of(uint32_t i, char out[16])
{
    snprintf(out, 16, "r%u", i * 7919 % 1009); /* not in the order of the numbers */
    return text_of(out);
}

static void run_whole(struct trial *trial, struct dedup *dedup, const struct learned *learned)
{
    struct people_builder *builder = people_builder_new(&trial->model, 1);
    struct people people;
    struct error err = {0};

    for (uint32_t i = 0; i < RECORDS_MAX; i++) {
        struct text cells[CELLS];
        char id[16];
        cells_of(&trial->records[i], cells);
        assert_true(!trial->records[i].there ||
                    people_builder_add(builder, id_of(i, id), cells, &err));
    }
    assert_true(people_builder_end(builder, &people, &err));
    *dedup = (struct dedup){0};
    dedup_start(dedup, &people, learned, 1);
}

/* The places of a change are those of a full run. */
static void check_places(struct trial *trial, const struct dedup *now,
                         const struct dedup_change *change)
{
    static struct dedup whole;

    run_whole(trial, &whole, &trial->learned);
    dedup_match(&whole, 2);
    for (size_t i = 0; i < change->nplaces; i++) {
        const struct dedup_place *place = &change->places[i];
        int64_t record = people_find(&whole.people, now->people.ids[place->record]);
        assert_true(record >= 0);
        trial->joined += place->person != place->record ? 1 : 0;
        assert_text(now->people.ids[place->person],
                    whole.people.ids[whole.clustering.person_of[record]].at);
        assert_int_equal(place->certain, whole.clustering.certain[record]);
    }
    dedup_release(&whole);
}

static void change_one(struct trial *trial, struct dedup_incremental *incremental,
                       struct dedup_change *change)
{
    uint32_t i = pick(trial, RECORDS_MAX);
    struct text cells[CELLS];
    struct error err = {0};
    char id[16];

    if (trial->records[i].there && pick(trial, 3) == 0) {
        trial->records[i].there = false;
        assert_true(dedup_incremental_remove(incremental, id_of(i, id), change));
        return;
    }
    make_record(trial, i);
    cells_of(&trial->records[i], cells);
    assert_true(dedup_incremental_put(incremental, id_of(i, id), cells, change, &err));
    assert_true(change->is_same || change->nplaces > 0);
}

static void load_model(struct people_model *model)
{
    char path[] = "/tmp/hms-model-XXXXXX";
    struct error err = {0};
    int fd = mkstemp(path);

    assert_true(write(fd, model_text, sizeof(model_text) - 1) > 0);
    close(fd);
    assert_true(people_model_load(model, path, &err));
    unlink(path);
}

static void changes_come_to_the_people_of_a_full_run(void **state)
{
    static struct trial trial;
    static struct dedup dedup;
    struct dedup_incremental *incremental;
    struct dedup_change change;

    (void)state;
    load_model(&trial.model);
    trial.seed = 11;
    for (uint32_t i = 0; i < START; i++) {
        make_record(&trial, i);
    }
    run_whole(&trial, &dedup, NULL);
    trial.learned = dedup.learned;
    incremental = dedup_incremental_new(&dedup);
    for (int step = 0; step < STEPS; step++) {
        change_one(&trial, incremental, &change);
        check_places(&trial, &dedup, &change);
    }
    assert_true(trial.joined > STEPS);
    dedup_incremental_free(incremental);
    dedup_release(&dedup);
    people_model_release(&trial.model);
}

static void what_was_learned_comes_back_bit_by_bit(void **state)
{
    struct people_model model;
    struct learned learned = {.all_pairs = 4950.0, .matches = 33.3, .random_pairs = 12345};
    struct learned back;
    struct error err = {0};
    struct strbuf out;

    (void)state;
    load_model(&model);
    learned.classes.prior_m = 1.0 / 3e7;
    learned.classes.prior_h = 0.1;
    for (int field = 0; field < model.nfields; field++) {
        for (int level = 1; level < level_count(model.fields[field].kind); level++) {
            learned.classes.m[field][level] = 1.0 / (3.0 + level);
            learned.classes.u[field][level] = 1e-7 / (1.0 + 1e-16 * field);
            learned.classes.h[field][level] = 1.0;
        }
    }
    strbuf_init(&out, LEARNED_TEXT_MAX);
    learned_write(&learned, &model, &out);
    assert_true(learned_read(&back, &model, strbuf_text(&out), &err));
    assert_memory_equal(&back.classes, &learned.classes, sizeof(back.classes));
    assert_true(back.all_pairs == learned.all_pairs && back.matches == learned.matches);
    for (size_t len = 0; len < out.len; len += 7) { /* a part of it is refused */
        assert_false(learned_read(&back, &model, (struct text){out.at, len}, &err));
        assert_int_equal(err.code, ERROR_CONFIG);
    }
    strbuf_release(&out);
    people_model_release(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_learned_comes_back_bit_by_bit),
        cmocka_unit_test(changes_come_to_the_people_of_a_full_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
