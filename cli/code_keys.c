/* code_keys.c - a review on a terminal: one key a decision. */
#include "cli/code_review_show.h"
#include "cli/code_verb.h"

#include "core/strbuf.h"

#include <inttypes.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

enum { WORD_MAX = 64, SKIPPED_MAX = 1 << 20, INTERRUPT = 3, END_OF_INPUT = 4 };

struct keys {
    struct pg *pg;
    bool is_terminal;
    struct termios before;
};

/* From now on a key is read as soon as it is pressed. */
static void keys_begin(struct keys *keys)
{
    struct termios raw;

    keys->is_terminal =
        isatty(STDIN_FILENO) != 0 && tcgetattr(STDIN_FILENO, &keys->before) == 0;
    if (keys->is_terminal) {
        raw = keys->before;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG); /* an interrupt is a key, too */
        tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
}

static void keys_end(const struct keys *keys)
{
    if (keys->is_terminal) {
        tcsetattr(STDIN_FILENO, TCSANOW, &keys->before);
    }
}

/* A line typed with echo; false: nothing was typed. */
static bool ask(struct keys *keys, const char *what, char line[WORD_MAX])
{
    bool ok;

    keys_end(keys);
    printf("%s: ", what);
    fflush(stdout);
    ok = fgets(line, WORD_MAX, stdin) != NULL;
    keys_begin(keys);
    line[ok ? strcspn(line, "\r\n") : 0] = '\0';
    return line[0] != '\0';
}

/* Makes a decision of a key; false: the key means none. */
static bool decision_of_key(struct keys *keys, int key, const struct code_review *review,
                            struct code_verdict *decision, char line[WORD_MAX])
{
    int nth = key - '1';

    decision->verdict = key == 'r' ? "reject" : key == 'n' ? "no-match" : "approve";
    if (key == 'n') {
        return true;
    }
    if (key == 'o') {
        decision->code = ask(keys, "code", line) ? line : NULL;
        return decision->code != NULL;
    }
    nth = key == 'r' ? 0 : nth;
    if (nth < 0 || nth > 8 || nth >= PQntuples(review->suggestions)) {
        return false;
    }
    decision->code = PQgetvalue(review->suggestions, nth, 0);
    return true;
}

/* False: the reviewer leaves, or the store failed. */
static bool take_key(struct keys *keys, const struct code_review *review, int64_t item,
                     bool *is_skipped, struct error *err)
{
    struct code_verdict decision = {.item = item, .reviewer = code_options.by};
    char line[WORD_MAX];

    for (;;) {
        int key;
        printf("[1-9] approve  [n]one  [o]ther code  [r]eject the first  [s]kip  [q]uit\n");
        fflush(stdout);
        key = getchar();
        *is_skipped = key == 's';
        if (key == EOF || key == 'q' || key == INTERRUPT || key == END_OF_INPUT ||
            *is_skipped) {
            return *is_skipped;
        }
        if (decision_of_key(keys, key, review, &decision, line)) {
            struct error refused = {0};
            if (code_decide(keys->pg, &decision, true, &refused)) {
                return true;
            }
            if (refused.code != ERROR_USAGE && strcmp(refused.sqlstate, "55000") != 0) {
                *err = refused;
                return false;
            }
            cli_say("%s", refused.message);
        }
    }
}

/* Shows one item and takes the answer; a skipped item is not shown again. */
static bool review_item(struct keys *keys, int64_t item, struct strbuf *skipped,
                        struct error *err)
{
    struct code_review review;
    bool is_skipped;
    bool goes_on;

    if (!code_review_open(&review, keys->pg, item, code_options.by, err)) {
        return false;
    }
    code_show_review(&review);
    goes_on = take_key(keys, &review, item, &is_skipped, err);
    code_review_release(&review);
    if (goes_on && is_skipped) {
        strbuf_addf(skipped, "%s%" PRId64, skipped->len == 0 ? "" : ",", item);
    }
    return goes_on;
}

/* The skipped items as PostgreSQL writes an array. */
static bool next_item(struct keys *keys, const struct code_filter *filter,
                      const struct strbuf *skipped, int64_t *item, struct error *err)
{
    char *array = xasprintf("{%s}", skipped->len == 0 ? "" : skipped->at);
    bool ok = code_review_next(keys->pg, filter, code_options.by, array, item, err);

    free(array);
    return ok;
}

bool code_review_by_keys(struct pg *pg, const struct code_filter *filter, struct error *err)
{
    struct keys keys = {.pg = pg};
    struct strbuf skipped;
    int64_t item = 0;

    strbuf_init(&skipped, SKIPPED_MAX);
    keys_begin(&keys);
    while (next_item(&keys, filter, &skipped, &item, err) && item != 0 &&
           review_item(&keys, item, &skipped, err)) {
    }
    keys_end(&keys);
    strbuf_release(&skipped);
    if (item == 0 && err->code == ERROR_NONE) {
        cli_say("nothing is left to decide for %s", code_options.by);
    }
    return err->code == ERROR_NONE;
}
