/* store_option.c - which store a verb works with: --store, else $HMS_STORE, else the private
 * one; and which folder of terminology packs. */
#include "cli/main.h"
#include "cli/store.h"
#include "cli/verb.h"

#include "load/store.h"

static struct cluster cluster;

const char *cli_store_given(void)
{
    const char *named = cli_store_option;

    if (named == NULL) {
        named = getenv("HMS_STORE");
    }
    return named == NULL || named[0] == '\0' ? NULL : named;
}

const char *cli_terminology(const char *option)
{
    const char *named = option != NULL ? option : getenv("HMS_TERMINOLOGY");

    return named == NULL || named[0] == '\0' ? "var/terminology" : named;
}

struct cluster *cli_cluster(struct error *err)
{
    if (cluster.folder == NULL && !cluster_init(&cluster, ".", getenv("PATH"), err)) {
        return NULL;
    }
    return &cluster;
}

const char *cli_store(void)
{
    struct error ignored = {0};
    const char *named = cli_store_given();

    if (named != NULL) {
        return named;
    }
    return cli_cluster(&ignored) == NULL ? "" : cluster.conninfo;
}

struct pg *cli_store_connect(struct error *err)
{
    if (cli_store_given() == NULL) {
        struct cluster *private = cli_cluster(err);
        if (private == NULL) {
            return NULL;
        }
        if (cluster_state(private) != CLUSTER_UP) {
            error_set(err, ERROR_STORE, "there is no store running here");
            error_hint(err, "'hms store up' starts the private one; --store or HMS_STORE names "
                            "another");
            return NULL;
        }
    }
    return pg_open(cli_store(), err);
}

struct pg *cli_store_open(struct error *err)
{
    struct pg *pg = cli_store_connect(err);

    if (pg != NULL && !store_require(pg, err)) {
        pg_free(pg);
        return NULL;
    }
    return pg;
}
