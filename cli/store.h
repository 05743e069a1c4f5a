/*
 * store.h - how the verbs reach the store.
 *
 * Ownership what cli_store(), cli_store_given() and cli_cluster() return is owned by cli and
 * lives as long as the process; a connection is the caller's.
 */
#ifndef HMS_CLI_STORE_H
#define HMS_CLI_STORE_H

#include "core/pg.h"
#include "load/cluster.h"

/* --store or $HMS_STORE; NULL when the private cluster is meant. */
const char *cli_store_given(void);
/* The private cluster of the current folder. */
struct cluster *cli_cluster(struct error *err);
/* Connects; hints at 'hms store up' when the private cluster is not running. */
struct pg *cli_store_connect(struct error *err);
/* The same, and refuses a store whose schema is not deployed. */
struct pg *cli_store_open(struct error *err);

#endif
