#include "transform/people/review_stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What open tasks still need, by the rules of mpi.review_outcome(). */
static const char counts_sql[] =
    "WITH said AS ("
    "  SELECT d.task, count(*) FILTER (WHERE d.answer = 'same') AS same,"
    "         count(*) FILTER (WHERE d.answer = 'different') AS different,"
    "         count(*) FILTER (WHERE d.answer = 'unsure') AS unsure"
    "  FROM mpi.review_decision d WHERE d.withdrawn_at IS NULL GROUP BY d.task), "
    "tasks AS ("
    "  SELECT t.*, coalesce(s.same, 0) AS ns, coalesce(s.different, 0) AS nd,"
    "         coalesce(s.unsure, 0) AS nu"
    "  FROM mpi.review_task t LEFT JOIN said s ON s.task = t.task"
    "  WHERE t.index_name = $1 AND t.source <> 'planted'), "
    "needs AS ("
    "  SELECT t.*, CASE WHEN t.needed = 2 OR nu > 0 OR (ns > 0 AND nd > 0)"
    "                     OR (t.stratum LIKE 'link%' AND nd > 0)"
    "                     OR (t.stratum = 'refused' AND ns > 0) THEN 2 ELSE 1 END AS need"
    "  FROM tasks t) "
    "SELECT count(*) FILTER (WHERE state = 'open'),"
    "  count(*) FILTER (WHERE state = 'open' AND leased_until > clock_timestamp()),"
    "  count(*) FILTER (WHERE state = 'decided'), count(*) FILTER (WHERE state = 'moot'),"
    "  count(*) FILTER (WHERE outcome = 'same'), count(*) FILTER (WHERE outcome = 'different'),"
    "  count(*) FILTER (WHERE outcome = 'unsure'),"
    "  count(*) FILTER (WHERE state = 'open' AND ns + nd + nu > 0),"
    "  count(*) FILTER (WHERE state = 'open' AND ns > 0 AND nd > 0),"
    "  (SELECT count(*) FROM mpi.contradiction c WHERE c.run_id ="
    "     (SELECT max(r.run_id) FROM mpi.run r WHERE r.index_name = $1 AND r.state = 'done')),"
    "  (SELECT count(*) FROM mpi.reveal v JOIN mpi.review_task t ON t.task = v.task"
    "   WHERE t.index_name = $1),"
    "  coalesce(sum(greatest(1, need - greatest(ns, nd))) FILTER (WHERE state = 'open'), 0),"
    "  count(*) FILTER (WHERE state = 'open' AND need = 2 AND NOT (ns > 0 AND nd > 0)),"
    "  count(*) FILTER (WHERE ns + nd >= 2), count(*) FILTER (WHERE ns > 0 AND nd > 0),"
    "  coalesce((SELECT p.planted_share FROM mpi.review_policy p WHERE p.index_name = $1), 0) "
    "FROM needs";

static const char causes_sql[] =
    "SELECT cause, count(*) FILTER (WHERE state = 'open'),"
    "  count(*) FILTER (WHERE outcome = 'same'), count(*) FILTER (WHERE outcome = 'different'),"
    "  count(*) FILTER (WHERE outcome = 'unsure') "
    "FROM mpi.review_task WHERE index_name = $1 AND source = 'review' AND state <> 'moot' "
    "GROUP BY cause ORDER BY count(*) DESC, cause LIMIT $2";

static const char reviewers_sql[] =
    "SELECT d.reviewer, count(*) FILTER (WHERE here),"
    "  count(*) FILTER (WHERE NOT here), count(*) FILTER (WHERE here AND d.answer = 'unsure'),"
    "  count(*) FILTER (WHERE here AND NOT planted AND d.answer <> 'unsure'"
    "                   AND t.outcome IN ('same', 'different') AND d.answer <> t.outcome),"
    "  count(*) FILTER (WHERE here AND planted AND d.answer = truth),"
    "  count(*) FILTER (WHERE here AND planted AND d.answer NOT IN (truth, 'unsure')),"
    "  count(*) FILTER (WHERE here AND planted AND d.answer = 'unsure'),"
    "  max(d.decided_at) > now() - interval '14 days',"
    "  coalesce(count(*) FILTER (WHERE here AND day < current_date)::float8"
    "    / nullif(count(DISTINCT day) FILTER (WHERE here AND day < current_date), 0), 0),"
    "  coalesce(percentile_cont(0.5) WITHIN GROUP"
    "    (ORDER BY extract(epoch FROM d.decided_at - d.handed_at)) FILTER (WHERE here), 0) "
    "FROM mpi.review_decision d JOIN mpi.review_task t ON t.task = d.task, "
    "LATERAL (SELECT d.withdrawn_at IS NULL AS here, t.source = 'planted' AS planted,"
    "  CASE WHEN t.known THEN 'same' ELSE 'different' END AS truth, d.decided_at::date AS day) "
    "x "
    "WHERE t.index_name = $1 GROUP BY d.reviewer "
    "ORDER BY max(d.decided_at) DESC, d.reviewer LIMIT $2";

static const char pairs_sql[] =
    "WITH said AS ("
    "  SELECT d.* FROM mpi.review_decision d JOIN mpi.review_task t ON t.task = d.task"
    "  WHERE t.index_name = $1 AND d.withdrawn_at IS NULL) "
    "SELECT x.reviewer, y.reviewer,"
    "  count(*) FILTER (WHERE x.answer = 'same' AND y.answer = 'same'),"
    "  count(*) FILTER (WHERE x.answer = 'same' AND y.answer = 'different'),"
    "  count(*) FILTER (WHERE x.answer = 'same' AND y.answer = 'unsure'),"
    "  count(*) FILTER (WHERE x.answer = 'different' AND y.answer = 'same'),"
    "  count(*) FILTER (WHERE x.answer = 'different' AND y.answer = 'different'),"
    "  count(*) FILTER (WHERE x.answer = 'different' AND y.answer = 'unsure'),"
    "  count(*) FILTER (WHERE x.answer = 'unsure' AND y.answer = 'same'),"
    "  count(*) FILTER (WHERE x.answer = 'unsure' AND y.answer = 'different'),"
    "  count(*) FILTER (WHERE x.answer = 'unsure' AND y.answer = 'unsure') "
    "FROM said x JOIN said y ON y.a = x.a AND y.b = x.b AND x.reviewer < y.reviewer "
    "GROUP BY x.reviewer, y.reviewer ORDER BY count(*) DESC, x.reviewer, y.reviewer LIMIT $2";

static const char strata_sql[] =
    "WITH sample AS ("
    "  SELECT t.stratum, t.draw, t.state, t.outcome, t.sampled FROM mpi.review_task t"
    "  WHERE t.index_name = $1 AND t.source <> 'planted' AND t.state <> 'moot'"
    "    AND (t.sampled OR t.stratum = 'review')), "
    "upto AS (SELECT stratum, min(draw) AS draw FROM sample WHERE state = 'open' GROUP BY "
    "stratum) "
    "SELECT f.stratum, f.stratum LIKE 'link%', f.pairs, f.share, count(*) FILTER (WHERE "
    "s.sampled),"
    "  count(*) FILTER (WHERE before AND s.outcome = 'same'),"
    "  count(*) FILTER (WHERE before AND s.outcome = 'different'),"
    "  count(*) FILTER (WHERE before AND s.outcome = 'unsure') "
    "FROM mpi.review_frame f LEFT JOIN sample s ON s.stratum = f.stratum "
    "LEFT JOIN upto u ON u.stratum = f.stratum, "
    "LATERAL (SELECT u.draw IS NULL OR s.draw < u.draw AS before) b "
    "WHERE f.index_name = $1 GROUP BY f.stratum, f.pairs, f.share ORDER BY f.stratum LIMIT $2";

static const char oldest_sql[] =
    "SELECT t.task, to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'),"
    "  floor(extract(epoch FROM clock_timestamp() - t.created_at) / 86400)::bigint,"
    "  coalesce(t.a_rows + t.b_rows, 0),"
    "  (SELECT count(*) FROM mpi.review_decision d WHERE d.task = t.task AND d.withdrawn_at IS "
    "NULL) "
    "FROM mpi.review_task t WHERE t.index_name = $1 AND t.state = 'open' "
    "ORDER BY t.created_at, t.task LIMIT $2";

static const char disagreements_sql[] =
    "SELECT t.task, to_char(t.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), t.outcome,"
    "  string_agg(d.reviewer || ': ' || d.answer, ', ' ORDER BY d.decision_id) "
    "FROM mpi.review_task t JOIN mpi.review_decision d ON d.task = t.task "
    "WHERE t.index_name = $1 AND t.state = 'decided' AND d.withdrawn_at IS NULL "
    "GROUP BY t.task HAVING bool_or(d.answer = 'same') AND bool_or(d.answer = 'different') "
    "ORDER BY t.closed_at DESC, t.task LIMIT $2";

static PGresult *ask(const struct review *review, const char *sql, int most, struct error *err)
{
    char limit[16];
    const char *const params[] = {review->index, limit};

    snprintf(limit, sizeof(limit), "%d", most);
    return pg_query(review->pg, sql, most > 0 ? 2 : 1, params, err);
}

static int64_t whole(const PGresult *rows, int row, int column)
{
    return strtoll(PQgetvalue(rows, row, column), NULL, 10);
}

static double real(const PGresult *rows, int row, int column)
{
    return strtod(PQgetvalue(rows, row, column), NULL);
}

/* What the forecast needs of the counts. */
struct wanted {
    double decisions;
    double by_two;
    double disagree;
    double planted;
};

static bool load_counts(struct review_counts *counts, struct wanted *wanted,
                        const struct review *review, struct error *err)
{
    PGresult *rows = ask(review, counts_sql, 0, err);
    int64_t *const into[] = {&counts->open,           &counts->leased,  &counts->decided,
                             &counts->moot,           &counts->same,    &counts->different,
                             &counts->unsure,         &counts->started, &counts->split,
                             &counts->contradictions, &counts->reveals};
    double read_twice;

    if (rows == NULL) {
        return false;
    }
    for (int i = 0; i < (int)(sizeof(into) / sizeof(into[0])); i++) {
        *into[i] = whole(rows, 0, i);
    }
    read_twice = real(rows, 0, 13);
    wanted->decisions = real(rows, 0, 11);
    wanted->by_two = real(rows, 0, 12);
    wanted->disagree = read_twice > 0.0 ? real(rows, 0, 14) / read_twice : 0.0;
    wanted->planted = real(rows, 0, 15);
    PQclear(rows);
    return true;
}

static bool load_causes(struct review_stats *stats, const struct review *review,
                        struct error *err)
{
    PGresult *rows = ask(review, causes_sql, REVIEW_CAUSES_MAX, err);

    if (rows == NULL) {
        return false;
    }
    stats->ncauses = PQntuples(rows);
    for (int row = 0; row < stats->ncauses; row++) {
        struct review_cause *cause = &stats->causes[row];
        snprintf(cause->name, sizeof(cause->name), "%s", PQgetvalue(rows, row, 0));
        cause->open = whole(rows, row, 1);
        cause->same = whole(rows, row, 2);
        cause->different = whole(rows, row, 3);
        cause->unsure = whole(rows, row, 4);
    }
    PQclear(rows);
    return true;
}

static bool load_reviewers(struct review_stats *stats, const struct review *review,
                           struct error *err)
{
    PGresult *rows = ask(review, reviewers_sql, REVIEWERS_MAX, err);

    if (rows == NULL) {
        return false;
    }
    stats->nreviewers = PQntuples(rows);
    for (int row = 0; row < stats->nreviewers; row++) {
        struct reviewer *one = &stats->reviewers[row];
        snprintf(one->name, sizeof(one->name), "%s", PQgetvalue(rows, row, 0));
        one->decisions = whole(rows, row, 1);
        one->withdrawn = whole(rows, row, 2);
        one->unsure = whole(rows, row, 3);
        one->overruled = whole(rows, row, 4);
        one->planted_right = whole(rows, row, 5);
        one->planted_wrong = whole(rows, row, 6);
        one->planted_unsure = whole(rows, row, 7);
        one->active = PQgetvalue(rows, row, 8)[0] == 't';
        one->pace = (struct pace){real(rows, row, 9), real(rows, row, 10)};
        one->accuracy = share_of((double)one->planted_right,
                                 (double)(one->planted_right + one->planted_wrong));
    }
    PQclear(rows);
    return true;
}

static bool load_pairs(struct review_stats *stats, const struct review *review,
                       struct error *err)
{
    PGresult *rows = ask(review, pairs_sql, REVIEWER_PAIRS_MAX, err);

    if (rows == NULL) {
        return false;
    }
    stats->npairs = PQntuples(rows);
    for (int row = 0; row < stats->npairs; row++) {
        struct reviewer_pair *pair = &stats->pairs[row];
        double counts[KAPPA_ANSWERS][KAPPA_ANSWERS];
        for (int i = 0; i < KAPPA_ANSWERS * KAPPA_ANSWERS; i++) {
            counts[i / KAPPA_ANSWERS][i % KAPPA_ANSWERS] = real(rows, row, 2 + i);
        }
        snprintf(pair->first, sizeof(pair->first), "%s", PQgetvalue(rows, row, 0));
        snprintf(pair->second, sizeof(pair->second), "%s", PQgetvalue(rows, row, 1));
        pair->kappa = kappa_of((const double(*)[KAPPA_ANSWERS])counts);
    }
    PQclear(rows);
    return true;
}

static bool load_strata(struct review_stats *stats, const struct review *review,
                        struct error *err)
{
    PGresult *rows = ask(review, strata_sql, STRATA_MAX, err);
    struct stratum seen[STRATA_MAX];

    if (rows == NULL) {
        return false;
    }
    stats->nstrata = PQntuples(rows);
    for (int row = 0; row < stats->nstrata; row++) {
        struct review_stratum *stratum = &stats->strata[row];
        snprintf(stratum->name, sizeof(stratum->name), "%s", PQgetvalue(rows, row, 0));
        stratum->share = real(rows, row, 3);
        stratum->drawn = whole(rows, row, 4);
        stratum->seen =
            (struct stratum){PQgetvalue(rows, row, 1)[0] == 't', real(rows, row, 2),
                             real(rows, row, 5), real(rows, row, 6), real(rows, row, 7)};
        seen[row] = stratum->seen;
    }
    PQclear(rows);
    stats->precision = audit_precision(seen, (size_t)stats->nstrata);
    stats->recall = audit_recall(seen, (size_t)stats->nstrata);
    return true;
}

static void look_ahead(struct review_stats *stats, const struct wanted *wanted, double hours)
{
    struct pace paces[REVIEWERS_MAX];
    double left =
        decisions_left(wanted->decisions, wanted->by_two, wanted->disagree, wanted->planted);

    for (int i = 0; i < stats->nreviewers; i++) {
        if (stats->reviewers[i].active) {
            paces[stats->at_work++] = stats->reviewers[i].pace;
        }
    }
    stats->decisions_left = (int64_t)ceil(left - 1e-9);
    stats->needs_second =
        stats->at_work < 2 && (wanted->by_two > 0.0 || stats->counts.started > 0);
    stats->forecast = forecast_of(left, paces, (size_t)stats->at_work, hours);
}

PGresult *review_oldest(const struct review *review, struct error *err)
{
    return ask(review, oldest_sql, REVIEW_LISTED_MAX, err);
}

PGresult *review_disagreements(const struct review *review, struct error *err)
{
    return ask(review, disagreements_sql, REVIEW_LISTED_MAX, err);
}

bool review_stats_load(struct review_stats *stats, const struct review *review, double hours,
                       struct error *err)
{
    struct wanted wanted = {0};

    *stats = (struct review_stats){0};
    if (!load_counts(&stats->counts, &wanted, review, err) ||
        !load_causes(stats, review, err) || !load_reviewers(stats, review, err) ||
        !load_pairs(stats, review, err) || !load_strata(stats, review, err)) {
        return false;
    }
    look_ahead(stats, &wanted, hours);
    return true;
}
