#include "transform/dedup/pair_file.h"

#include "transform/dedup/dedup_files.h"
#include "transform/dedup/text_file.h"

#include <stdlib.h>

enum { PART_BYTES = 1 << 20 };

static void score_pair(const struct dedup *dedup, struct comparer *comparer, uint32_t a,
                       uint32_t b, struct scored_pair *scored)
{
    scored->a = a;
    scored->b = b;
    scored->pattern = compare_records(comparer, a, b);
    scored->weight =
        score_pattern(&dedup->scorer, scored->pattern, people_row(&dedup->people, a));
    scored->caution = pattern_caution(dedup->people.model, scored->pattern);
    scored->band = pair_band(&dedup->scorer, scored->weight, scored->caution);
}

static void score_part(const struct dedup *dedup, struct people_csv_part *part,
                       struct comparer *comparer, struct text_file *file,
                       struct pair_file_counts *counts)
{
    static const int slots[] = {0, 1};
    struct text ids[2];

    while (people_csv_next(part, slots, 2, ids, 2)) {
        int64_t a = people_find(&dedup->people, ids[0]);
        int64_t b = people_find(&dedup->people, ids[1]);
        struct scored_pair scored;
        if (a < 0 || b < 0) {
            counts->unknown++;
            continue;
        }
        score_pair(dedup, comparer, (uint32_t)a, (uint32_t)b, &scored);
        dedup_pair_line(&dedup->people, &scored, file);
        counts->scored++;
        counts->bands[scored.band]++;
    }
}

bool pair_file_score(const struct dedup *dedup, const char *pairs, const char *output,
                     struct pair_file_counts *counts, struct error *err)
{
    struct people_csv *csv = xcalloc(1, sizeof(*csv));
    struct text_file *file = NULL;
    struct people_csv_part part = {0};
    struct comparer comparer;
    bool ok = false;

    *counts = (struct pair_file_counts){0};
    comparer_init(&comparer, &dedup->people);
    if (!people_csv_open(csv, pairs, err) || (file = text_file_open(output, err)) == NULL) {
        goto out;
    }
    text_file_puts(file, DEDUP_PAIR_HEADER);
    while (people_csv_cut(csv, PART_BYTES, &part, err)) {
        score_part(dedup, &part, &comparer, file, counts);
    }
    ok = text_file_close(file, err) && err->code == ERROR_NONE;
out:
    arena_release(&part.undone);
    comparer_release(&comparer);
    people_csv_close(csv);
    free(csv);
    return ok;
}
