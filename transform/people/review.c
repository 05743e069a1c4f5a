#include "transform/people/review.h"

#include <string.h>

static const struct {
    const char *word;
    const char *text;
    const char *hint;
} words[] = {
#define X(code, word, text, hint) {word, text, hint},
    REVIEW_WORD_LIST(X)
#undef X
};

static enum review_word word_named(const char *name)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(words[i].word, name) == 0) {
            return (enum review_word)i;
        }
    }
    return REVIEW_UNKNOWN;
}

bool review_refuse(enum review_word word, struct error *err)
{
    error_set(err, ERROR_STORE, "%s", words[word].text);
    if (words[word].hint[0] != '\0') {
        error_hint(err, "%s", words[word].hint);
    }
    return false;
}

const char *review_answer_named(const char *text)
{
    static const char *const answers[] = {"same", "different", "unsure"};

    for (size_t i = 0; text != NULL && i < sizeof(answers) / sizeof(answers[0]); i++) {
        if (strcmp(text, answers[i]) == 0 || (text[0] == answers[i][0] && text[1] == '\0')) {
            return answers[i];
        }
    }
    return NULL;
}

static bool choose_index(struct review *review, const PGresult *rows, const char *index,
                         struct error *err)
{
    int count = PQntuples(rows);

    for (int row = 0; row < count; row++) {
        if (index == NULL ? count == 1 : strcmp(PQgetvalue(rows, row, 0), index) == 0) {
            snprintf(review->index, sizeof(review->index), "%s", PQgetvalue(rows, row, 0));
            return true;
        }
    }
    if (count == 0) {
        error_set(err, ERROR_STORE, "there is no queue: no run of dedup is in the store");
        error_hint(err, "'hms dedup --org CODE' finds pairs to review");
    } else if (index == NULL) {
        error_set(err, ERROR_USAGE, "there are %d indexes of people, and none was named",
                  count);
        error_hint(err, "--index names one; 'hms people index' lists them");
    } else {
        error_set(err, ERROR_USAGE, "no queue belongs to the index '%s'", index);
        error_hint(err, "'hms people index' lists the indexes there are");
    }
    return false;
}

bool review_fill(struct pg *pg, const char *index, struct error *err)
{
    if (pg_exec(pg, "SELECT FROM mpi.review_fill($1)", 1, &index, err)) {
        return true;
    }
    error_hint(err, "people are as the run found them; 'hms review stats' fills the queue");
    return error_wrap(err, "filling the review queue");
}

bool review_open(struct review *review, struct pg *pg, const char *by, const char *index,
                 struct error *err)
{
    PGresult *rows;
    bool ok;

    *review = (struct review){.pg = pg, .by = by};
    if (!pg_exec(pg, "SELECT mpi.review_refresh()", 0, NULL, err)) {
        return false;
    }
    rows = pg_query(pg, "SELECT index_name FROM mpi.review_indexes()", 0, NULL, err);
    ok = rows != NULL && choose_index(review, rows, index, err);
    PQclear(rows);
    return ok;
}

/* The first column of the one row; NULL stays empty. */
static bool ask(const struct review *review, const char *sql, int nparams,
                const char *const *params, char *out, size_t size, struct error *err)
{
    PGresult *rows = pg_query(review->pg, sql, nparams, params, err);

    if (rows == NULL) {
        return false;
    }
    snprintf(out, size, "%s", PQntuples(rows) == 1 ? PQgetvalue(rows, 0, 0) : "");
    PQclear(rows);
    return true;
}

static bool ask_word(const struct review *review, const char *sql, int nparams,
                     const char *const *params, enum review_word *word, struct error *err)
{
    char answer[32];

    if (!ask(review, sql, nparams, params, answer, sizeof(answer), err)) {
        return false;
    }
    *word = word_named(answer);
    return true;
}

bool review_next(const struct review *review, struct review_task *task, struct error *err)
{
    const char *const params[] = {review->by, review->index};

    return ask(review, "SELECT mpi.review_next($1, $2)", 2, params, task->id, sizeof(task->id),
               err);
}

bool review_renew(const struct review *review, const char *task, enum review_word *word,
                  struct error *err)
{
    const char *const params[] = {task, review->by};

    return ask_word(review, "SELECT mpi.review_renew($1, $2)", 2, params, word, err);
}

bool review_skip(const struct review *review, const char *task, enum review_word *word,
                 struct error *err)
{
    const char *const params[] = {task, review->by};

    return ask_word(review, "SELECT mpi.review_skip($1, $2)", 2, params, word, err);
}

bool review_decide(const struct review *review, const char *task,
                   const struct review_answer *answer, enum review_word *word,
                   struct error *err)
{
    const char *const params[] = {task, review->by, answer->answer, answer->why,
                                  answer->weights_seen ? "true" : "false"};

    return ask_word(review, "SELECT mpi.review_decide($1, $2, $3, $4, $5)", 5, params, word,
                    err);
}

bool review_undo(const struct review *review, struct review_task *task, enum review_word *word,
                 struct error *err)
{
    const char *const params[] = {review->by};
    PGresult *rows =
        pg_query(review->pg, "SELECT word, task FROM mpi.review_undo($1)", 1, params, err);

    if (rows == NULL) {
        return false;
    }
    *word = word_named(PQgetvalue(rows, 0, 0));
    snprintf(task->id, sizeof(task->id), "%s", PQgetvalue(rows, 0, 1));
    PQclear(rows);
    return true;
}

PGresult *review_history(const struct review *review, const char *task, struct error *err)
{
    const char *const params[] = {task, review->by};

    return pg_query(review->pg,
                    "SELECT reviewer, answer, why, "
                    "to_char(decided_at, 'YYYY-MM-DD HH24:MI:SS'), withdrawn "
                    "FROM mpi.review_history($1, $2)",
                    2, params, err);
}
