#include "rehearsals/reconcile_proof.h"

/* What the stage says of one map, added up over its files. */
struct map_sum {
    const char *map;
    const char *table;
    const char *entity;
    uint64_t read;     /* rows the balance says were read */
    uint64_t disposed; /* sum of the dispositions */
    uint64_t loaded;   /* of them: went on */
    uint64_t staged;   /* rows in R blocks */
    uint64_t rejects;  /* records in X blocks */
    uint64_t stored_read, stored_disposed, stored_rejects;
    uint64_t rejects_apart; /* over outcomes and rules, |stage - store| */
    uint64_t kept_apart;    /* rejected and quarantined, |balance - records| */
};

struct sums {
    struct map_sum *maps;
    size_t count;
};

static uint64_t distance(uint64_t a, uint64_t b)
{
    return a > b ? a - b : b - a;
}

static struct map_sum *sum_of(struct sums *sums, const char *map, const char *table,
                              const char *entity)
{
    for (size_t i = 0; i < sums->count; i++) {
        if (strcmp(sums->maps[i].map, map) == 0) {
            return &sums->maps[i];
        }
    }
    sums->maps = xrealloc(sums->maps, (sums->count + 1) * sizeof(*sums->maps));
    sums->maps[sums->count] = (struct map_sum){.map = map, .table = table, .entity = entity};
    return &sums->maps[sums->count++];
}

static void add_line(struct sums *sums, const struct pass_line *line)
{
    struct map_sum *sum = sum_of(sums, line->map, line->table, line->entity);
    switch (line->kind) {
    case LINE_READ:
        sum->read += line->rows;
        sum->table = line->table;
        break;
    case LINE_BALANCE:
        sum->disposed += line->outcome == OUTCOME_ISSUE ? 0 : line->rows;
        sum->loaded += line->outcome == OUTCOME_LOADED ? line->rows : 0;
        break;
    case LINE_REJECT:
        sum->rejects += line->rows;
        break;
    case LINE_ROWS:
        sum->staged += line->rows;
        break;
    }
}

/* Rows of one kind over all files: same map, outcome and rule. */
static uint64_t kind_rows(const struct pass *pass, enum line_kind kind, const char *map,
                          enum outcome outcome, const char *rule)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < pass->nlines; i++) {
        const struct pass_line *line = &pass->lines[i];
        if (line->kind == kind && line->outcome == outcome && strcmp(line->rule, rule) == 0 &&
            strcmp(line->map, map) == 0) {
            rows += line->rows;
        }
    }
    return rows;
}

static bool is_first_of_kind(const struct pass *pass, size_t index)
{
    const struct pass_line *line = &pass->lines[index];
    for (size_t i = 0; i < index; i++) {
        if (pass->lines[i].kind == line->kind && pass->lines[i].outcome == line->outcome &&
            strcmp(pass->lines[i].rule, line->rule) == 0 &&
            strcmp(pass->lines[i].map, line->map) == 0) {
            return false;
        }
    }
    return true;
}

/* Every row that was rejected or quarantined left a record.  Of the excluded only some do: an
 * empty member of an `each` has nothing to show. */
static void compare_kept(struct sums *sums, const struct pass *pass)
{
    for (size_t i = 0; i < pass->nlines; i++) {
        const struct pass_line *line = &pass->lines[i];
        if (line->kind != LINE_BALANCE || !is_first_of_kind(pass, i) ||
            (line->outcome != OUTCOME_REJECTED && line->outcome != OUTCOME_QUARANTINED)) {
            continue;
        }
        sum_of(sums, line->map, line->table, line->entity)->kept_apart +=
            distance(kind_rows(pass, LINE_BALANCE, line->map, line->outcome, line->rule),
                     kind_rows(pass, LINE_REJECT, line->map, line->outcome, line->rule));
    }
}

static void compare_rejects(struct sums *sums, const struct pass *pass,
                            const struct store_count *counts, size_t ncounts)
{
    for (size_t i = 0; i < ncounts; i++) {
        enum outcome outcome;
        struct map_sum *sum = sum_of(sums, counts[i].map, "", counts[i].entity);
        sum->stored_rejects += counts[i].rows;
        uint64_t staged = 0;
        if (outcome_parse(text_of(counts[i].outcome), &outcome)) {
            staged = kind_rows(pass, LINE_REJECT, counts[i].map, outcome, counts[i].rule);
        }
        sum->rejects_apart += distance(staged, counts[i].rows);
    }
    for (size_t i = 0; i < pass->nlines; i++) {
        const struct pass_line *line = &pass->lines[i];
        bool stored = false;
        if (line->kind != LINE_REJECT) {
            continue;
        }
        for (size_t j = 0; j < ncounts && !stored; j++) {
            stored = strcmp(counts[j].map, line->map) == 0 &&
                     strcmp(counts[j].rule, line->rule) == 0 &&
                     strcmp(counts[j].outcome, outcome_name(line->outcome)) == 0;
        }
        if (!stored) {
            sum_of(sums, line->map, line->table, line->entity)->rejects_apart += line->rows;
        }
    }
}

static void add_stored_balance(struct sums *sums, const struct store_count *counts,
                               size_t ncounts)
{
    for (size_t i = 0; i < ncounts; i++) {
        struct map_sum *sum = sum_of(sums, counts[i].map, "", counts[i].entity);
        if (counts[i].rows_read > sum->stored_read) {
            sum->stored_read = counts[i].rows_read;
        }
        if (strcmp(counts[i].outcome, outcome_name(OUTCOME_ISSUE)) != 0) {
            sum->stored_disposed += counts[i].rows;
        }
    }
}

static uint64_t raw_rows(const struct manifest *raw, const char *table)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < raw->nfiles; i++) {
        rows += strcmp(raw->files[i].table, table) == 0 ? raw->files[i].rows : 0;
    }
    return rows;
}

/* A map with `each` reads a row once for every member: any whole multiple is complete. */
static void check_read(struct reconciliation *recon, const struct manifest *raw,
                       const struct map_sum *sum)
{
    uint64_t rows = raw_rows(raw, sum->table);
    if (rows > 0 && sum->read > rows && sum->read % rows == 0) {
        reconciliation_add_check(recon, "rows", sum->read, sum->read, 0,
                                 "%s: rows of %s, each read %llu times", sum->map, sum->table,
                                 (unsigned long long)(sum->read / rows));
    } else {
        reconciliation_add_check(recon, "rows", rows, sum->read, distance(rows, sum->read),
                                 "%s: rows of %s read", sum->map, sum->table);
    }
}

static void check_map(struct reconciliation *recon, const struct manifest *raw,
                      const struct map_sum *sum)
{
    check_read(recon, raw, sum);
    reconciliation_add_check(recon, "balance", sum->read, sum->disposed,
                             distance(sum->read, sum->disposed),
                             "%s: dispositions add up to the rows read", sum->map);
    reconciliation_add_check(recon, "balance", sum->loaded, sum->staged,
                             distance(sum->loaded, sum->staged),
                             "%s: rows that went on are in the stage", sum->map);
    uint64_t apart = distance(sum->read, sum->stored_read) +
                     distance(sum->stored_read, sum->stored_disposed);
    reconciliation_add_check(recon, "balance", sum->read, sum->stored_disposed, apart,
                             "%s: the store's balance covers the same rows", sum->map);
    reconciliation_add_check(recon, "rejects", sum->rejects, sum->stored_rejects,
                             sum->rejects_apart + sum->kept_apart,
                             "%s: rows kept back are kept in the store", sum->map);
}

static void check_tables(struct reconciliation *recon, const struct manifest *raw,
                         const struct sums *sums)
{
    for (size_t i = 0; i < raw->nfiles; i++) {
        bool read = false;
        for (size_t j = 0; j < sums->count && !read; j++) {
            read = strcmp(sums->maps[j].table, raw->files[i].table) == 0;
        }
        if (!read) {
            reconciliation_add_check(recon, "rows", raw->files[i].rows, 0, raw->files[i].rows,
                                     "%s: rows that no map read", raw->files[i].table);
        }
    }
}

bool prove_rows(struct reconciliation *recon, const struct manifest *raw,
                const struct pass *pass, struct store_side *store, struct error *err)
{
    struct sums sums = {0};
    struct store_count *balance = NULL, *rejects = NULL;
    size_t nbalance, nrejects;
    bool ok = store_side_balance(store, &balance, &nbalance, err) &&
              store_side_rejects(store, &rejects, &nrejects, err);
    if (ok) {
        for (size_t i = 0; i < pass->nlines; i++) {
            add_line(&sums, &pass->lines[i]);
        }
        compare_kept(&sums, pass);
        compare_rejects(&sums, pass, rejects, nrejects);
        add_stored_balance(&sums, balance, nbalance);
        for (size_t i = 0; i < sums.count; i++) {
            check_map(recon, raw, &sums.maps[i]);
        }
        check_tables(recon, raw, &sums);
    }
    free(sums.maps);
    free(balance);
    free(rejects);
    return ok;
}
