/*
 * error.h - why a run cannot go on.
 *
 * Two channels exist and only two: a `struct error` stops the run; an issue (core/batch.h)
 * says that one value is bad and the run goes on.
 *
 * Shape     the caller owns the struct, on its stack, zeroed; nothing is allocated.
 * Use       last parameter; the function returns false and error_set() is that false:
 *               return error_set(err, ERROR_SOURCE, "%s: no header line", path);
 * error_wrap() adds "context: " in front on the way up; error_hint() says what to do.
 * Printing  only main() prints.  The code is the exit status of the process.
 * Privacy   neither message nor hint ever holds the value of a cell.
 */
#ifndef HMS_CORE_ERROR_H
#define HMS_CORE_ERROR_H

#include <stdbool.h>

#define MUST_CHECK               __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((__format__(printf, text, first)))

/* code, exit status, name in --json, what it means */
#define ERROR_LIST(X)                                                                          \
    X(ERROR_NONE, 0, "none", "nothing went wrong")                                             \
    X(ERROR_USAGE, 2, "usage", "the command line is wrong")                                    \
    X(ERROR_CONFIG, 3, "config",                                                               \
      "a configuration, plan or map is wrong, or a file cannot be written")                    \
    X(ERROR_SOURCE, 4, "source", "the legacy source cannot be read")                           \
    X(ERROR_STORE, 5, "store", "the store refused or cannot be reached")                       \
    X(ERROR_INTEGRITY, 6, "integrity", "sealed data was changed, cut or is missing")           \
    X(ERROR_LIMIT, 7, "limit", "a stated maximum was exceeded")

enum error_code {
#define X(code, status, name, text) code = (status),
    ERROR_LIST(X)
#undef X
};

enum { EXIT_DIFFERENCES = 1 }; /* ran to the end, but rows were rejected or differences found */

struct error {
    enum error_code code;
    char sqlstate[6]; /* set when the store said it */
    char message[1024];
    char hint[512];
};

/* Always false, so that failing is one line.  A second error_set() on the same struct is kept
 * out: the first error is the cause. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
    PRINTF_LIKE(3, 4);
bool error_wrap(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);
void error_hint(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);
const char *error_name(enum error_code code);

#endif
