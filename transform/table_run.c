#include "transform/table_run.h"

#include "core/calendar.h"
#include "core/raw_frame.h"

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? xstrdup(".") : xstrndup(path, (size_t)(slash - path));
}

/* A canonical table of the output for a map: columns as the entity has them. */
static bool announce(const struct table_run *table, int number, struct batch_writer *out,
                     struct error *err)
{
    const struct map *map = table->runs[number].map;
    const char *columns[ENTITY_COLUMNS_MAX];
    enum column_type types[ENTITY_COLUMNS_MAX];
    struct batch_table canonical = {.name = map->target->name,
                                    .organisation = table->envs[number].organisation,
                                    .source = map->system,
                                    .map = map->name,
                                    .ncols = map->target->ncols,
                                    .columns = columns,
                                    .types = types,
                                    .nfiles = table->shape.nfiles,
                                    .files = table->shape.files,
                                    .repeats = map->repeats,
                                    .lanes = map->target->lanes};

    for (uint32_t i = 0; i < map->target->ncols; i++) {
        columns[i] = map->target->columns[i].name;
        types[i] = map->target->columns[i].type;
    }
    return batch_writer_table(out, &canonical, &table->numbers[number], err);
}

static bool open_map(struct table_run *table, const struct map *map,
                     const struct transform_options *options, struct batch_writer *out,
                     struct error *err)
{
    int number = table->nruns;
    struct step_env *env = &table->envs[number];

    table->folders[number] = folder_of(map->path);
    *env = (struct step_env){.organisation = options->organisation,
                             .system = map->system,
                             .zone = map->zone,
                             .folder = table->folders[number],
                             .raw_folder = strcmp(options->raw, "-") == 0 ? options->lookup
                                                                          : options->raw,
                             .judge = options->judge,
                             .today = calendar_today()};
    table->nruns++;
    return map_run_open(&table->runs[number], map, env, &table->shape, table->batch.rows_max,
                        err) &&
           announce(table, number, out, err);
}

bool table_run_open(struct table_run *table, const struct batch_table *raw,
                    const struct transform_options *options, struct batch_writer *out,
                    struct error *err)
{
    *table = (struct table_run){.shape = {.table = raw->name,
                                          .columns = raw->columns,
                                          .ncols = raw->ncols,
                                          .files = raw->files,
                                          .nfiles = raw->nfiles}};
    batch_init(&table->batch, &table->shape);
    table->runs = xcalloc(MAPS_PER_TABLE_MAX, sizeof(*table->runs));
    table->envs = xcalloc(MAPS_PER_TABLE_MAX, sizeof(*table->envs));
    table->folders = xcalloc(MAPS_PER_TABLE_MAX, sizeof(*table->folders));
    table->numbers = xcalloc(MAPS_PER_TABLE_MAX, sizeof(*table->numbers));
    for (size_t i = 0; i < options->maps->count; i++) {
        const struct map *map = options->maps->maps[i];
        if (strcmp(map->table, raw->name) != 0) {
            continue;
        }
        if (table->nruns == MAPS_PER_TABLE_MAX) {
            return error_set(err, ERROR_LIMIT, "the table %s has more than %d maps", raw->name,
                             MAPS_PER_TABLE_MAX);
        }
        if (!open_map(table, map, options, out, err)) {
            return false;
        }
    }
    table_run_find_unmapped(table);
    if (table->nruns == 0) {
        error_set(err, ERROR_CONFIG, "the table %s has no map", raw->name);
        error_hint(err, "write one, or a map with 'exclude' that says why it is left out");
        return false;
    }
    return true;
}

static bool write_run(struct map_run *run, uint16_t number, struct batch_writer *out,
                      struct error *err)
{
    for (uint8_t lane = 0; lane < run->map->target->lanes; lane++) {
        const struct lane_output *output = &run->lanes[lane];
        if (output->rows > 0 && !batch_writer_put(out, BLOCK_ROWS, number, lane, output->rows,
                                                  strbuf_text(&output->tuples), err)) {
            return false;
        }
    }
    return run->nrejects == 0 || batch_writer_put(out, BLOCK_REJECTS, number, 0, run->nrejects,
                                                  strbuf_text(&run->rejects), err);
}

static bool run_batch(struct table_run *table, struct batch_writer *out, struct error *err)
{
    table_run_count_unmapped(table);
    for (int i = 0; i < table->nruns; i++) {
        if (!map_run_batch(&table->runs[i], &table->batch, err) ||
            !write_run(&table->runs[i], table->numbers[i], out, err)) {
            return false;
        }
    }
    return true;
}

bool table_run_frame(struct table_run *table, const struct batch_block *block,
                     struct batch_writer *out, struct error *err)
{
    struct raw_frame frame = raw_frame_of(block->rows, block->payload);

    while (frame.rows > 0) {
        if (!raw_frame_read(&table->batch, &frame, err) || !run_batch(table, out, err)) {
            return false;
        }
    }
    return true;
}

static void add_totals(const struct balance *balance, struct transform_totals *totals)
{
    for (size_t i = 0; i < balance->nlines; i++) {
        const struct balance_line *line = &balance->lines[i];
        if (line->outcome == OUTCOME_LOADED) {
            totals->rows_made += line->rows;
        } else if (line->outcome == OUTCOME_REJECTED || line->outcome == OUTCOME_QUARANTINED) {
            totals->rows_out += line->rows;
        }
    }
}

bool table_run_finish(struct table_run *table, const struct transform_options *options,
                      struct batch_writer *out, struct transform_totals *totals,
                      struct error *err)
{
    struct strbuf payload;
    bool ok = true;

    table_run_report_unmapped(table);
    strbuf_init(&payload, BLOCK_BYTES_MAX);
    for (int i = 0; i < table->nruns && ok; i++) {
        const struct balance *balance = &table->runs[i].balance;
        if (!balance_is_closed(balance)) {
            ok = error_set(err, ERROR_INTEGRITY,
                           "map %s: %llu rows read, but %llu accounted for", balance->map,
                           (unsigned long long)balance->rows_read,
                           (unsigned long long)balance_sum(balance));
            break;
        }
        add_totals(balance, totals);
        strbuf_clear(&payload);
        balance_write(balance, &payload);
        ok = batch_writer_put(out, BLOCK_BALANCE, table->numbers[i], 0, 0,
                              strbuf_text(&payload), err);
        if (ok && options->each_balance != NULL) {
            options->each_balance(balance, options->context);
        }
    }
    strbuf_release(&payload);
    return ok;
}

void table_run_release(struct table_run *table)
{
    for (int i = 0; i < table->nruns; i++) {
        map_run_release(&table->runs[i]);
        free(table->folders[i]);
    }
    free(table->runs);
    free(table->envs);
    free(table->folders);
    free(table->numbers);
    free(table->unmapped);
    if (table->batch.cells != NULL) {
        batch_release(&table->batch);
    }
    *table = (struct table_run){0};
}
