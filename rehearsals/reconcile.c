#include "rehearsals/reconcile.h"

#include "core/file.h"
#include "core/progress.h"
#include "rehearsals/reconcile_drill.h"
#include "rehearsals/reconcile_explain.h"
#include "rehearsals/reconcile_proof.h"

/* Everything one comparison holds open. */
struct comparison {
    const struct reconcile_options *options;
    struct reconciliation *recon;
    struct manifest raw, stage;
    struct store_side store;
    char **stage_files;
    struct pass_unit *units;
    size_t nunits;
    struct explaining explaining;
    struct error *err;
};

const char *difference_kind_name(enum difference_kind kind)
{
    static const char *const names[] = {
        [ONLY_IN_SOURCE] = "only in source",
        [ONLY_IN_STORE] = "only in store",
        [DIFFERENT] = "different",
        [DECISION_WITHOUT_ROW] = "decision without row",
    };
    return names[kind];
}

void reconciliation_release(struct reconciliation *recon)
{
    free(recon->checks);
    free(recon->entities);
    free(recon->explanations);
    free(recon->balances);
    free(recon->differences);
    arena_release(&recon->arena);
    *recon = (struct reconciliation){0};
}

/* ---- opening */

static bool load_manifests(struct comparison *comparison)
{
    const struct reconcile_options *options = comparison->options;
    struct error *err = comparison->err;
    if (!manifest_load(&comparison->raw, options->raw, err) ||
        !manifest_load(&comparison->stage, options->stage, err)) {
        return false;
    }
    if (strcmp(comparison->raw.kind, "raw") != 0) {
        return error_set(err, ERROR_USAGE, "%s is no folder of raw tables", options->raw);
    }
    if (strcmp(comparison->stage.kind, "stage") != 0) {
        return error_set(err, ERROR_USAGE, "%s is no stage", options->stage);
    }
    if (strcmp(comparison->stage.organisation, options->organisation) != 0) {
        return error_set(err, ERROR_USAGE, "%s is a stage of organisation '%s', not of '%s'",
                         options->stage, comparison->stage.organisation, options->organisation);
    }
    return true;
}

static void list_units(struct comparison *comparison)
{
    const struct manifest *stage = &comparison->stage;
    const struct store_side *store = &comparison->store;
    comparison->stage_files = xcalloc(stage->nfiles + 1, sizeof(*comparison->stage_files));
    comparison->units = xcalloc(stage->nfiles + store->nunits + 1, sizeof(*comparison->units));
    for (size_t i = 0; i < stage->nfiles; i++) {
        comparison->stage_files[i] =
            path_join(comparison->options->stage, stage->files[i].name);
        comparison->units[comparison->nunits++] = (struct pass_unit){
            UNIT_STAGE, comparison->stage_files[i], 0, stage->files[i].bytes};
    }
    for (size_t i = 0; i < store->nunits; i++) {
        comparison->units[comparison->nunits++] = store->units[i];
    }
}

/* ---- one range of ids */

static bool take_entity(struct comparison *comparison, const struct drill *drill,
                        const struct pass_entity *work, struct reconcile_entity *result)
{
    struct fingerprint_bucket expected = fingerprint_total(&work->expected.fingerprint);
    struct fingerprint_bucket store = fingerprint_total(&work->store.fingerprint);
    uint64_t repeats;
    result->taken_out += work->taken_rows;
    result->source_rows += work->expected.rows + work->taken_rows;
    result->store_rows += work->store.rows;
    result->store_keys += work->store.rows;
    control_totals_merge(&result->source_totals, &work->expected.totals);
    control_totals_merge(&result->source_totals, &work->taken_totals);
    control_totals_merge(&result->taken_totals, &work->taken_totals);
    control_totals_merge(&result->store_totals, &work->store.totals);
    digest_add(&result->expected_sum, expected.sum);
    digest_add(&result->store_sum, store.sum);
    if (!drill_entity(drill, work, result, comparison->recon, &repeats, comparison->err)) {
        return false;
    }
    result->source_keys += work->expected.rows - repeats;
    return true;
}

static bool run_range(struct comparison *comparison, struct bucket_range range)
{
    const struct reconcile_options *options = comparison->options;
    struct decisions decisions = {0};
    struct pass pass = {
        .store = options->store,
        .snapshot = comparison->store.snapshot,
        .org_id = org_id_of(text_of(options->organisation)),
        .decisions = &decisions,
        .range = range,
        .units = comparison->units,
        .nunits = comparison->nunits,
        .jobs = options->jobs,
    };
    struct drill drill = {
        .pg = comparison->store.pg,
        .stage_files = (const char *const *)comparison->stage_files,
        .nstage_files = comparison->stage.nfiles,
        .organisation = options->organisation,
        .decisions = &decisions,
        .range = range,
        .show = options->show,
        .values = options->values,
    };
    bool ok = decisions_load(&decisions, comparison->store.pg, comparison->store.run_id, range,
                             comparison->err) &&
              pass_run(&pass, comparison->err);
    if (ok && range.first == 0) {
        ok = prove_rows(comparison->recon, &comparison->raw, &pass, &comparison->store,
                        comparison->err);
    }
    if (ok) {
        explain_decisions(&comparison->explaining, &decisions);
    }
    for (size_t e = 0; ok && e < entity_count; e++) {
        ok =
            take_entity(comparison, &drill, &pass.entities[e], &comparison->recon->entities[e]);
    }
    pass_release(&pass);
    decisions_release(&decisions);
    return ok;
}

/* As many ranges of ids as keep the decisions of each within their maximum, with room for ids
 * that do not spread evenly. */
static bool run_ranges(struct comparison *comparison)
{
    uint64_t count;
    if (!store_side_decisions(&comparison->store, &count, comparison->err)) {
        return false;
    }
    uint64_t ranges = 1 + count / (RECONCILE_DECISIONS_MAX / 2);
    if (ranges > FINGERPRINT_BUCKETS) {
        ranges = FINGERPRINT_BUCKETS;
    }
    for (uint64_t i = 0; i < ranges; i++) {
        struct bucket_range range = {(uint32_t)(i * FINGERPRINT_BUCKETS / ranges),
                                     (uint32_t)((i + 1) * FINGERPRINT_BUCKETS / ranges)};
        if (!run_range(comparison, range)) {
            return false;
        }
    }
    return true;
}

/* ---- the whole */

static bool totals_differ(const struct reconcile_entity *result)
{
    for (uint32_t i = 0; i < result->source_totals.count; i++) {
        if (result->source_totals.totals[i].units - result->taken_totals.totals[i].units !=
            result->store_totals.totals[i].units) {
            return true;
        }
    }
    return false;
}

/* Adds up the entities, and forgets those that neither side has. */
static void sum_entities(struct reconciliation *recon)
{
    size_t kept = 0;
    for (size_t e = 0; e < recon->nentities; e++) {
        struct reconcile_entity *result = &recon->entities[e];
        result->unexplained = result->only_source + result->only_store + result->different +
                              result->stray_decisions;
        if (result->unexplained == 0 && totals_differ(result)) {
            result->unexplained = 1;
        }
        recon->source_rows += result->source_rows;
        recon->store_rows += result->store_rows;
        recon->unexplained += result->unexplained;
        if (result->source_rows + result->store_rows + result->unexplained > 0) {
            recon->entities[kept++] = *result;
        }
    }
    recon->nentities = kept;
    explanations_sort(recon);
}

/* What the balance calls loaded must be what the tables hold. */
static bool prove_loaded(struct comparison *comparison)
{
    struct reconciliation *recon = comparison->recon;
    struct store_count *counts = NULL;
    size_t ncounts;
    if (!store_side_balance(&comparison->store, &counts, &ncounts, comparison->err)) {
        return false;
    }
    for (size_t e = 0; e < recon->nentities; e++) {
        uint64_t loaded = 0, stored = recon->entities[e].store_rows;
        for (size_t i = 0; i < ncounts; i++) {
            if (strcmp(counts[i].entity, recon->entities[e].entity->name) == 0 &&
                strcmp(counts[i].outcome, outcome_name(OUTCOME_LOADED)) == 0) {
                loaded += counts[i].rows;
            }
        }
        reconciliation_add_check(recon, "balance", loaded, stored,
                                 loaded > stored ? loaded - stored : stored - loaded,
                                 "%s: rows called loaded are in the store",
                                 recon->entities[e].entity->name);
    }
    recon->balances = xcalloc(ncounts + 1, sizeof(*recon->balances));
    for (size_t i = 0; i < ncounts; i++) {
        recon->balances[recon->nbalances++] = (struct reconcile_balance){
            arena_strdup(&recon->arena, text_of(counts[i].map)),
            arena_strdup(&recon->arena, text_of(counts[i].entity)),
            arena_strdup(&recon->arena, text_of(counts[i].outcome)),
            arena_strdup(&recon->arena, text_of(counts[i].rule)), counts[i].rows};
    }
    free(counts);
    return true;
}

static bool prove_decisions(struct comparison *comparison)
{
    struct store_side *store = &comparison->store;
    uint64_t checked, untrue;
    if (!store_side_untrue(store, org_id_of(text_of(comparison->options->organisation)),
                           &checked, &untrue, comparison->err)) {
        return false;
    }
    reconciliation_add_check(comparison->recon, "decisions", checked, checked - untrue, untrue,
                             "references called missing have no parent in the store");
    reconciliation_add_check(comparison->recon, "decisions", 0, comparison->explaining.untrue,
                             comparison->explaining.untrue,
                             "repeats of a key that stood alone, or merged into nothing");
    reconciliation_add_check(comparison->recon, "keys", store->nunits, store->nkeyed,
                             store->nunits - store->nkeyed,
                             "tables of the organisation with a valid key");
    return true;
}

static void name_result(struct comparison *comparison)
{
    struct reconciliation *recon = comparison->recon;
    recon->organisation =
        arena_strdup(&recon->arena, text_of(comparison->options->organisation));
    recon->source = arena_strdup(&recon->arena, text_of(comparison->store.source));
    recon->run_id = comparison->store.run_id;
    recon->entities = xcalloc(entity_count, sizeof(*recon->entities));
    recon->nentities = entity_count;
    for (size_t e = 0; e < entity_count; e++) {
        recon->entities[e].entity = &entity_table[e];
    }
    recon->differences =
        xcalloc((size_t)comparison->options->show + 1, sizeof(*recon->differences));
}

bool reconcile_run(struct reconciliation *recon, const struct reconcile_options *options,
                   struct error *err)
{
    struct comparison comparison = {.options = options,
                                    .recon = recon,
                                    .explaining = {recon, options->show, 0},
                                    .err = err};
    int64_t started = clock_us();
    *recon = (struct reconciliation){0};
    bool ok = load_manifests(&comparison) && store_side_open(&comparison.store, options, err);
    if (ok) {
        name_result(&comparison);
        list_units(&comparison);
        ok = prove_files(recon, options, &comparison.raw, &comparison.stage, err) &&
             run_ranges(&comparison);
    }
    if (ok) {
        sum_entities(recon);
        ok = prove_loaded(&comparison) && prove_decisions(&comparison);
    }
    recon->micros = clock_us() - started;
    ok = ok && store_side_save(options, recon, err);
    for (size_t i = 0; comparison.stage_files != NULL && i < comparison.stage.nfiles; i++) {
        free(comparison.stage_files[i]);
    }
    free(comparison.stage_files);
    free(comparison.units);
    store_side_release(&comparison.store);
    manifest_release(&comparison.raw);
    manifest_release(&comparison.stage);
    return ok;
}
