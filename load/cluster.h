/*
 * cluster.h - the private PostgreSQL of a folder: made, started, stopped, asked.
 *
 * Shape     FOLDER/var/store holds
 *               data/       the cluster (initdb, data checksums)
 *               socket/     its unix socket; there is no other way in
 *               server.log  what the server says
 *               setup.log   what initdb and pg_ctl said
 * User      never root: then it runs as postgres, or else nobody.  When that user cannot step
 *           into FOLDER, the store is /var/lib/hms/HASH instead, HASH being of FOLDER's path.
 * Access    by peer: whoever made it and the user it runs as, both as role hms.
 * Privacy   the server's log holds no statement, no parameter, no detail, no error of a
 * session. Limits    a socket path of 107 bytes: a longer one moves the socket to
 * /tmp/hms-UID-HASH. Errors    ERROR_STORE.
 */
#ifndef HMS_LOAD_CLUSTER_H
#define HMS_LOAD_CLUSTER_H

#include "load/server_program.h"

#include "core/text.h"

struct cluster {
    struct server_user user;
    char *folder;       /* absolute */
    char *wanted;       /* FOLDER/var/store */
    char *socket;       /* folder of the socket */
    char *conninfo;     /* of database hms */
    const char *search; /* as $PATH, for PostgreSQL's programs; may be NULL */
};

enum cluster_state { CLUSTER_NONE, CLUSTER_DOWN, CLUSTER_UP };

/* Finds out where it is or would be; touches nothing. */
bool cluster_init(struct cluster *cluster, const char *folder, const char *search,
                  struct error *err) MUST_CHECK;
void cluster_release(struct cluster *cluster);
/* False when `folder` is not under FOLDER/var/store. */
bool cluster_is_where_wanted(const struct cluster *cluster);
enum cluster_state cluster_state(const struct cluster *cluster);
/* Makes it when there is none, starts it when it is down; fine when it is up. */
bool cluster_up(const struct cluster *cluster, struct error *err) MUST_CHECK;
bool cluster_down(const struct cluster *cluster, struct error *err) MUST_CHECK;

#endif
