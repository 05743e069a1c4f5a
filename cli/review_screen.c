#include "cli/review_screen.h"

#include "cli/review_say.h"
#include "cli/verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { NOTE_MAX = 1000, REVEAL_MAX = 4096, KEY_QUIT = 'q', KEY_INTERRUPT = 3, KEY_END = 4 };

struct screen {
    const struct review *review;
    struct review_task task;
    struct termios cooked;
    bool weights;
    bool weights_seen; /* of this task */
    char reveal[REVEAL_MAX];
    const char *said; /* one line above the keys, or NULL */
    int decided;
    bool quit;
};

static void set_raw(const struct screen *screen, bool raw)
{
    struct termios mode = screen->cooked;

    if (raw) {
        mode.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
        mode.c_cc[VMIN] = 1;
        mode.c_cc[VTIME] = 0;
    }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &mode);
}

static int read_key(void)
{
    unsigned char byte;
    ssize_t got;

    do {
        got = read(STDIN_FILENO, &byte, 1);
    } while (got < 0 && errno == EINTR);
    return got == 1 && byte != KEY_INTERRUPT && byte != KEY_END ? byte : KEY_QUIT;
}

/* A line with echo and editing; empty when nothing was said. */
static void read_line(const struct screen *screen, const char *question, char *line, int size)
{
    size_t len = 0;
    char byte;

    printf("%s", question);
    fflush(stdout);
    set_raw(screen, false);
    while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') {
        if (len + 1 < (size_t)size) {
            line[len++] = byte;
        }
    }
    line[len] = '\0';
    if (!text_is_utf8((struct text){line, len})) {
        line[0] = '\0';
    }
    set_raw(screen, true);
}

static bool load(struct screen *screen, struct review_view *view, struct error *err)
{
    return review_view_load(view, screen->review, screen->task.id,
                            screen->reveal[0] == '\0' ? NULL : screen->reveal, err);
}

static void draw(struct screen *screen, const struct review_view *view)
{
    printf("\033[H\033[2J\033[3J");
    review_print_view(view, screen->weights);
    screen->weights_seen |= screen->weights;
    printf("\n%s%sdecided in this sitting: %d\n", screen->said == NULL ? "" : screen->said,
           screen->said == NULL ? "" : "; ", screen->decided);
    printf("[s]ame [d]ifferent [u]nsure   [z] undo [r]eveal [w]eights [n]ext [q]uit ");
    fflush(stdout);
    screen->said = NULL;
}

static void begin_task(struct screen *screen)
{
    screen->reveal[0] = '\0';
    screen->weights_seen = false;
}

static bool take_next(struct screen *screen, struct error *err)
{
    begin_task(screen);
    if (!review_next(screen->review, &screen->task, err)) {
        return false;
    }
    if (screen->task.id[0] == '\0') {
        screen->quit = true;
        screen->said = "nothing is left for you";
    }
    return true;
}

/* After a refusal: the same task when it can still be had, else the next. */
static bool recover(struct screen *screen, enum review_word word, struct error *err)
{
    enum review_word renewed = word;

    if (word == REVIEW_EXPIRED) {
        if (!review_renew(screen->review, screen->task.id, &renewed, err)) {
            return false;
        }
        if (renewed == REVIEW_DONE) {
            screen->said = "you were away for long, so nothing was decided; look again";
            return true;
        }
    }
    if (!take_next(screen, err)) {
        return false;
    }
    screen->said = screen->quit ? screen->said : "the last task went to somebody else or away";
    return true;
}

static bool decide(struct screen *screen, const char *answer, struct error *err)
{
    char note[NOTE_MAX] = "";
    enum review_word word;

    if (answer[0] == 'u') {
        read_line(screen, "\nwhat would help? (Enter for nothing) ", note, sizeof(note));
    }
    if (!review_decide(screen->review, screen->task.id,
                       &(struct review_answer){answer, note, screen->weights_seen}, &word,
                       err)) {
        return false;
    }
    if (word != REVIEW_DONE) {
        return recover(screen, word, err);
    }
    screen->decided++;
    return take_next(screen, err);
}

static bool undo(struct screen *screen, struct error *err)
{
    struct review_task task;
    enum review_word word;

    if (!review_undo(screen->review, &task, &word, err)) {
        return false;
    }
    if (word == REVIEW_DONE) {
        screen->decided -= screen->decided > 0 ? 1 : 0;
        screen->said = "the last decision is taken back";
        screen->task = task;
        begin_task(screen);
        return true;
    }
    screen->said = word == REVIEW_NOTHING
                       ? "there is nothing to take back"
                       : "taken back; the pair is with somebody else or gone";
    return true;
}

static bool skip(struct screen *screen, struct error *err)
{
    enum review_word word;

    return review_skip(screen->review, screen->task.id, &word, err) &&
           (word == REVIEW_DONE ? take_next(screen, err) : recover(screen, word, err));
}

static void reveal(struct screen *screen, const struct review_view *view)
{
    size_t len = strlen(screen->reveal);
    char line[16];
    long number;

    read_line(screen, "\nwhich field? (its number, Enter for none) ", line, sizeof(line));
    number = strtol(line, NULL, 10);
    if (number < 1 || number > view->nfields || !view->fields[number - 1].masked) {
        return;
    }
    snprintf(screen->reveal + len, sizeof(screen->reveal) - len, "%s%s", len == 0 ? "" : ",",
             view->fields[number - 1].name);
}

/* Keys that look and do not decide. */
static bool look(struct screen *screen, int key, const struct review_view *view,
                 struct error *err)
{
    enum review_word word;

    if (key == 'r') {
        reveal(screen, view);
    } else if (key == 'w') {
        screen->weights = !screen->weights;
    }
    if (!review_renew(screen->review, screen->task.id, &word, err)) {
        return false;
    }
    return word == REVIEW_DONE || recover(screen, word, err);
}

static bool act(struct screen *screen, int key, const struct review_view *view,
                struct error *err)
{
    switch (key) {
    case 's':
        return decide(screen, "same", err);
    case 'd':
        return decide(screen, "different", err);
    case 'u':
        return decide(screen, "unsure", err);
    case 'z':
        return undo(screen, err);
    case 'n':
        return skip(screen, err);
    case KEY_QUIT:
        screen->quit = true;
        return true;
    default:
        return look(screen, key, view, err);
    }
}

static bool run_task(struct screen *screen, struct error *err)
{
    struct review_view view;
    bool ok;

    if (!load(screen, &view, err)) {
        return false;
    }
    draw(screen, &view);
    ok = act(screen, read_key(), &view, err);
    review_view_release(&view);
    return ok;
}

bool review_screen_run(const struct review *review, bool weights, struct error *err)
{
    struct screen screen = {.review = review, .weights = weights};
    bool ok;

    if (tcgetattr(STDIN_FILENO, &screen.cooked) != 0) {
        return error_set(err, ERROR_CONFIG, "cannot ask the terminal: %s", strerror(errno));
    }
    ok = take_next(&screen, err);
    set_raw(&screen, true);
    while (ok && !screen.quit) {
        ok = run_task(&screen, err);
    }
    set_raw(&screen, false);
    printf("\n");
    fflush(stdout);
    if (ok) {
        cli_say("%s%sdecided %d", screen.said == NULL ? "" : screen.said,
                screen.said == NULL ? "" : "; ", screen.decided);
    }
    return ok;
}
