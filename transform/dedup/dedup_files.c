#include "transform/dedup/dedup_files.h"

#include "transform/dedup/team.h"
#include "transform/dedup/text_file.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS_AT_ONCE = 256 };

void dedup_pair_line(const struct people *people, const struct scored_pair *scored,
                     struct text_file *file)
{
    text_file_cell(file, people->ids[scored->a]);
    text_file_puts(file, ",");
    text_file_cell(file, people->ids[scored->b]);
    text_file_puts(file, ",");
    text_file_fixed(file, scored->weight, 2);
    text_file_puts(file, ",");
    text_file_fixed(file, weight_probability(scored->weight), 6);
    text_file_puts(file, ",");
    text_file_puts(file, band_word(scored->band));
    text_file_puts(file, ",");
    text_file_puts(file, caution_word(scored->caution));
    text_file_puts(file, ",");
    for (int field = 0; field < people->nfields; field++) {
        const struct people_field *what = &people->model->fields[field];
        int level = pattern_level(scored->pattern, field);
        if (level != LEVEL_MISSING) {
            text_file_puts(file, what->name);
            text_file_puts(file, "=");
            text_file_puts(file, levels_of(what->kind)[level].code);
            text_file_puts(file, " ");
        }
    }
    text_file_puts(file, "\n");
}

static bool write_pairs(const struct dedup *dedup, const char *path, struct error *err)
{
    struct text_file *file = text_file_open(path, err);
    struct comparer comparer;

    if (file == NULL) {
        return false;
    }
    comparer_init(&comparer, &dedup->people);
    text_file_puts(file, DEDUP_PAIR_HEADER);
    for (size_t from = 0; from < dedup->pairing.npairs; from += PAIRS_AT_ONCE) {
        const struct pair *pairs = dedup->pairing.pairs + from;
        size_t left = dedup->pairing.npairs - from;
        uint32_t n = left < PAIRS_AT_ONCE ? (uint32_t)left : PAIRS_AT_ONCE;
        struct record_pair records[PAIRS_AT_ONCE];
        uint64_t patterns[PAIRS_AT_ONCE];
        for (uint32_t i = 0; i < n; i++) {
            records[i] = (struct record_pair){pairs[i].a, pairs[i].b};
        }
        compare_pairs(&comparer, records, n, patterns);
        for (uint32_t i = 0; i < n; i++) {
            dedup_pair_line(&dedup->people,
                            &(struct scored_pair){.a = pairs[i].a,
                                                  .b = pairs[i].b,
                                                  .pattern = patterns[i],
                                                  .weight = (double)pairs[i].weight,
                                                  .caution = (enum caution)pairs[i].caution,
                                                  .band = (enum band)pairs[i].band},
                            file);
        }
    }
    comparer_release(&comparer);
    return text_file_close(file, err);
}

static bool write_clusters(const struct dedup *dedup, const char *path, struct error *err)
{
    const struct people *people = &dedup->people;
    const struct clustering *clustering = &dedup->clustering;
    struct text_file *file = text_file_open(path, err);
    uint32_t n = people->nrecords;
    uint32_t *starts;
    uint32_t *sorted;

    if (file == NULL) {
        return false;
    }
    starts = xcalloc((size_t)n + 2, sizeof(*starts));
    sorted = xmalloc(((size_t)n + 1) * sizeof(*sorted));
    for (uint32_t i = 0; i < n; i++) {
        starts[clustering->person_of[i] + 1]++;
    }
    for (uint32_t i = 0; i < n; i++) {
        starts[i + 1] += starts[i];
    }
    for (uint32_t i = 0; i < n; i++) {
        sorted[starts[clustering->person_of[i]]++] = i; /* starts[p] ends where p + 1 began */
    }
    text_file_puts(file, "record,person,records,certain\n");
    for (uint32_t i = 0; i < n; i++) {
        uint32_t person = clustering->person_of[sorted[i]];
        text_file_cell(file, people->ids[sorted[i]]);
        text_file_puts(file, ",");
        text_file_cell(file, people->ids[person]);
        text_file_puts(file, ",");
        text_file_uint(file, starts[person] - (person == 0 ? 0 : starts[person - 1]));
        text_file_puts(file, clustering->certain[person] != 0 ? ",yes\n" : ",no\n");
    }
    free(starts);
    free(sorted);
    return text_file_close(file, err);
}

/* One file a member. */
struct writing {
    const struct dedup *dedup;
    const char *paths[2];
    struct error errors[2];
    bool ok[2];
    atomic_int next;
};

static void write_files(void *context, int member)
{
    struct writing *writing = context;
    int file;

    (void)member;
    while ((file = atomic_fetch_add(&writing->next, 1)) < 2) {
        writing->ok[file] = (file == 0 ? write_pairs : write_clusters)(
            writing->dedup, writing->paths[file], &writing->errors[file]);
    }
}

bool dedup_write(struct dedup *dedup, const char *pairs, const char *clusters, int jobs,
                 struct error *err)
{
    struct writing writing = {.dedup = dedup, .paths = {pairs, clusters}};
    struct lap lap = lap_start();

    team_run(jobs > 1 && strcmp(pairs, clusters) != 0 ? 2 : 1, write_files, &writing);
    dedup->took[DEDUP_WRITING] = lap_end(&lap);
    if (!writing.ok[0] || !writing.ok[1]) {
        *err = writing.errors[writing.ok[0] ? 1 : 0];
    }
    return writing.ok[0] && writing.ok[1];
}
