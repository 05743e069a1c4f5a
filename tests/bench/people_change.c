/*
 * people_change.c - how long one new record takes against a table that stands in memory.
 *
 *   people_change TABLE.csv MODEL.yml NEW.csv
 *
 * Prints "p50_us p99_us most_us bytes bytes_with_index": of the records of NEW.csv, put one by one;
 * bytes a record of the table and its blocks, and with what putting needs.
 */
#include "core/progress.h"
#include "transform/dedup/dedup_incremental.h"
#include "transform/dedup/people_builder.h"

#include <stdio.h>
#include <stdlib.h>

enum { CELLS = 64, PUTS_MAX = 1000000 };

static int order_times(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return a == b ? 0 : a < b ? -1 : 1;
}

/* Puts each line of the file; the number of times measured, or -1. */
static int put_all(struct dedup_incremental *incremental, const struct people_model *model,
                   const char *path, int64_t *times, struct error *err)
{
    static struct people_csv csv;
    struct people_csv_part part = {0};
    struct dedup_change change;
    struct text cells[CELLS];
    int slots[PEOPLE_CSV_COLUMNS_MAX];
    int ncells = 0;
    int count = 0;

    if (!people_csv_open(&csv, path, err)) {
        return -1;
    }
    memset(slots, 0xFF, sizeof(slots));
    slots[people_csv_column(&csv, model->record, err)] = ncells++;
    for (int i = 0; i < model->nfields; i++) {
        slots[people_csv_column(&csv, model->fields[i].columns[0], err)] = ncells++;
    }
    while (people_csv_cut(&csv, 1 << 20, &part, err)) {
        while (count < PUTS_MAX && people_csv_next(&part, slots, csv.nnames, cells, ncells)) {
            int64_t start = clock_us();
            if (!dedup_incremental_put(incremental, cells[0], cells + 1, &change, err)) {
                return -1;
            }
            times[count++] = clock_us() - start;
        }
    }
    arena_release(&part.undone);
    people_csv_close(&csv);
    return count;
}

int main(int argc, char **argv)
{
    static struct dedup dedup;
    static int64_t times[PUTS_MAX];
    struct dedup_incremental *incremental;
    struct people_model model;
    struct error err = {0};
    uint64_t table;
    uint64_t bytes;
    int count;

    if (argc != 4 || !people_model_load(&model, argv[2], &err) ||
        !dedup_prepare(&dedup, &model, (const char *const *)&argv[1], 1, 2, &err)) {
        fprintf(stderr, "people_change: %s\n", err.message);
        return 1;
    }
    table = (people_memory(&dedup.people) + blocking_memory(&dedup.blocking)) /
            dedup.people.nrecords;
    incremental = dedup_incremental_new(&dedup);
    count = put_all(incremental, &model, argv[3], times, &err);
    if (count <= 0) {
        fprintf(stderr, "people_change: %s\n", err.message);
        return 1;
    }
    qsort(times, (size_t)count, sizeof(*times), order_times);
    bytes = people_memory(&dedup.people) + blocking_memory(&dedup.blocking) +
            dedup_incremental_memory(incremental);
    printf("%lld %lld %lld %llu %llu\n", (long long)times[count / 2],
           (long long)times[count - 1 - count / 100], (long long)times[count - 1],
           (unsigned long long)table, (unsigned long long)(bytes / dedup.people.nrecords));
    dedup_incremental_free(incremental);
    dedup_release(&dedup);
    people_model_release(&model);
    return 0;
}
