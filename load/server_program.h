/*
 * server_program.h - PostgreSQL's own programs (initdb, pg_ctl, postgres), found and run.
 *
 * Found     in /usr/lib/postgresql/VERSION/bin, the highest version of at least
 *           SERVER_VERSION_MIN, or the one version asked for; else along a search path.
 * Run       without a shell, with a small fixed environment, standard input empty, output
 *           appended to a file, as another user when root gives that one.
 */
#ifndef HMS_LOAD_SERVER_PROGRAM_H
#define HMS_LOAD_SERVER_PROGRAM_H

#include "core/error.h"

#include <sys/types.h>

enum { SERVER_VERSION_MIN = 15, SERVER_ARGS_MAX = 16 };

struct server_user {
    uid_t uid;
    gid_t gid;
    char name[64];
};

/* Whoever calls; when that is root, postgres or else nobody, since PostgreSQL refuses root. */
bool server_user_choose(struct server_user *user, struct error *err) MUST_CHECK;

/* The folder of the programs, to be free()d; NULL on error.  `version` 0 takes the highest;
 * `search_path` is of the form of $PATH, and may be NULL. */
char *server_programs_find(int version, const char *search_path, struct error *err);

/* argv[0] is the path of the program.  False when it cannot be run or its status is not 0. */
bool server_program_run(const struct server_user *user, const char *const *argv,
                        const char *output, struct error *err) MUST_CHECK;

/* Whether that user can step into the folder. */
bool server_user_reaches(const struct server_user *user, const char *folder);

#endif
