#include "transform/dedup/dedup_files.h"

#include "transform/dedup/text_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void dedup_pair_line(const struct people *people, const struct scored_pair *scored,
                     struct text_file *file)
{
    char line[96];

    text_file_cell(file, people->ids[scored->a]);
    text_file_puts(file, ",");
    text_file_cell(file, people->ids[scored->b]);
    snprintf(line, sizeof(line), ",%.2f,%.6f,%s,%s,", scored->weight,
             weight_probability(scored->weight), band_word(scored->band),
             caution_word(scored->caution));
    text_file_puts(file, line);
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

bool dedup_write_pairs(const struct dedup *dedup, const char *path, struct error *err)
{
    struct text_file *file = text_file_open(path, err);
    struct comparer comparer;

    if (file == NULL) {
        return false;
    }
    comparer_init(&comparer, &dedup->people);
    text_file_puts(file, DEDUP_PAIR_HEADER);
    for (size_t i = 0; i < dedup->pairing.npairs; i++) {
        const struct pair *pair = &dedup->pairing.pairs[i];
        struct scored_pair scored = {.a = pair->a,
                                     .b = pair->b,
                                     .weight = (double)pair->weight,
                                     .caution = (enum caution)pair->caution,
                                     .band = (enum band)pair->band};
        scored.pattern = compare_records(&comparer, pair->a, pair->b);
        dedup_pair_line(&dedup->people, &scored, file);
    }
    comparer_release(&comparer);
    return text_file_close(file, err);
}

bool dedup_write_clusters(const struct dedup *dedup, const char *path, struct error *err)
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
        char tail[32];
        text_file_cell(file, people->ids[sorted[i]]);
        text_file_puts(file, ",");
        text_file_cell(file, people->ids[person]);
        snprintf(tail, sizeof(tail), ",%" PRIu32 ",%s\n",
                 starts[person] - (person == 0 ? 0 : starts[person - 1]),
                 clustering->certain[person] != 0 ? "yes" : "no");
        text_file_puts(file, tail);
    }
    free(starts);
    free(sorted);
    return text_file_close(file, err);
}
