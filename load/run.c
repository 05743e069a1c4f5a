#include "load/run.h"

#include "core/ident.h"

#include <inttypes.h>

enum { NUMBER_MAX = 24 };

static void number(char out[NUMBER_MAX], int64_t value)
{
    snprintf(out, NUMBER_MAX, "%" PRId64, value);
}

bool run_lock(struct pg *pg, const struct run *run, struct error *err)
{
    char org_id[NUMBER_MAX];
    const char *const params[] = {org_id};
    int64_t mine;

    number(org_id, run->org_id);
    if (!pg_query_int(pg,
                      "SELECT pg_try_advisory_lock(hashtext('hms.load'), $1::integer)::integer",
                      1, params, &mine, err)) {
        return false;
    }
    if (mine == 0) {
        error_set(err, ERROR_STORE, "another load of organisation '%s' is running",
                  run->organisation);
        error_hint(err, "wait for it; two loads of one organisation would undo each other");
        return false;
    }
    return true;
}

bool run_clean(struct pg *pg, const struct run *run, struct error *err)
{
    const char *const params[] = {run->organisation};

    return pg_exec(pg, "SELECT mig.aside_drop($1)", 1, params, err) &&
           pg_exec(pg,
                   "SELECT mig.run_clear(run_id) FROM mig.run "
                   "WHERE organisation = $1 AND state = 'running'",
                   1, params, err) &&
           pg_exec(pg,
                   "UPDATE mig.run SET state = 'abandoned', ended_at = now() "
                   "WHERE organisation = $1 AND state = 'running'",
                   1, params, err);
}

bool run_start(struct pg *pg, struct run *run, struct error *err)
{
    char org_id[NUMBER_MAX];
    const char *const params[] = {run->organisation, org_id, run->purpose,
                                  run->dry_run ? "true" : "false", HMS_VERSION};
    int64_t id;

    number(org_id, run->org_id);
    if (!pg_query_int(
            pg,
            "INSERT INTO mig.run (kind, organisation, org_id, purpose, state, dry_run, "
            "source_system, stage_checksum, tool_version) "
            "VALUES ('load', $1, $2, $3, 'running', $4, '', '', $5) RETURNING run_id",
            5, params, &id, err)) {
        return false;
    }
    run->id = (int)id;
    return true;
}

bool run_describe(struct pg *pg, const struct run *run, const char *source_system,
                  uint64_t stage_checksum, struct error *err)
{
    char id[NUMBER_MAX];
    char checksum[NUMBER_MAX];
    const char *const params[] = {id, source_system, checksum};

    number(id, run->id);
    snprintf(checksum, sizeof(checksum), "%016" PRIx64, stage_checksum);
    return pg_exec(
        pg, "UPDATE mig.run SET source_system = $2, stage_checksum = $3 WHERE run_id = $1", 3,
        params, err);
}

bool run_add_pack(struct pg *pg, const struct run *run, const struct manifest_pack *pack,
                  struct error *err)
{
    char id[NUMBER_MAX];
    const char *const params[] = {id, pack->name, pack->release, pack->sha256};

    number(id, run->id);
    return pg_exec(pg,
                   "INSERT INTO mig.run_pack (run_id, name, release, sha256) "
                   "VALUES ($1, $2, $3, $4)",
                   4, params, err);
}

bool run_done(struct pg *pg, const struct run *run, struct error *err)
{
    char id[NUMBER_MAX];
    const char *const params[] = {id, run->organisation};

    number(id, run->id);
    return (run->dry_run || pg_exec(pg,
                                    "UPDATE mig.run SET state = 'replaced' WHERE run_id <> $1 "
                                    "AND organisation = $2 AND state = 'done' AND NOT dry_run",
                                    2, params, err)) &&
           pg_exec(pg,
                   "UPDATE mig.run SET state = 'done', ended_at = clock_timestamp() "
                   "WHERE run_id = $1",
                   1, params, err);
}

void run_failed(struct pg *pg, const struct run *run, const struct error *why)
{
    struct error ignored = {0};
    char id[NUMBER_MAX];
    const char *const params[] = {id, run->organisation, why->message};
    bool ok;

    number(id, run->id);
    ok =
        pg_rollback(pg, &ignored) &&
        pg_exec(pg, "SELECT mig.aside_drop($2) WHERE $1::integer > 0", 2, params, &ignored) &&
        pg_exec(pg, "SELECT mig.run_clear($1)", 1, params, &ignored) &&
        pg_exec(pg,
                "UPDATE mig.run SET state = 'failed', error = $3, ended_at = clock_timestamp() "
                "WHERE run_id = $1 AND organisation = $2",
                3, params, &ignored);
    (void)ok; /* what could not be cleaned now is cleaned by the next load */
}

bool run_time(struct pg *pg, const struct run *run, const char *entity, int lane,
              const char *work, int64_t micros, struct error *err)
{
    char id[NUMBER_MAX];
    char lane_text[NUMBER_MAX];
    char micros_text[NUMBER_MAX];
    const char *const params[] = {id, entity, lane_text, work, micros_text};

    number(id, run->id);
    number(lane_text, lane);
    number(micros_text, micros);
    return pg_exec(pg,
                   "INSERT INTO mig.timing AS t (run_id, entity, lane, work, micros) "
                   "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (run_id, entity, lane, work) "
                   "DO UPDATE SET micros = t.micros + excluded.micros",
                   5, params, err);
}
