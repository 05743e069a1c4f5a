#include "cli/store.h"
#include "cli/verb.h"

#include "core/json_out.h"
#include "load/store.h"

enum { JSON_BYTES_MAX = 1 << 20 };

static struct cluster *private_cluster(struct error *err)
{
    if (cli_store_given() != NULL) {
        error_set(err, ERROR_USAGE,
                  "a server named by --store or HMS_STORE is not ours to start "
                  "or stop");
        return NULL;
    }
    return cli_cluster(err);
}

static int store_up(struct error *err)
{
    struct cluster *cluster = private_cluster(err);

    if (cluster == NULL) {
        return VERB_FAILED;
    }
    if (cluster_state(cluster) == CLUSTER_UP) {
        cli_say("the store in %s is up already", cluster->folder);
        return 0;
    }
    if (!cluster_up(cluster, err)) {
        return VERB_FAILED;
    }
    if (!cluster_is_where_wanted(cluster)) {
        cli_say("user %s cannot reach %s, so the store lies in %s", cluster->user.name,
                cluster->wanted, cluster->folder);
    }
    cli_say("the store in %s is up", cluster->folder);
    return 0;
}

static int store_down(struct error *err)
{
    struct cluster *cluster = private_cluster(err);

    if (cluster == NULL || !cluster_down(cluster, err)) {
        return VERB_FAILED;
    }
    cli_say("the store in %s is down", cluster->folder);
    return 0;
}

struct store_facts {
    const char *where;
    const char *state;
    char version[64];
    int64_t bytes;
    size_t deployed;
    size_t known;
    int64_t organisations;
};

static bool ask_facts(struct pg *pg, struct store_facts *facts, struct error *err)
{
    snprintf(facts->version, sizeof(facts->version), "%s",
             PQparameterStatus(pg->conn, "server_version"));
    return pg_query_int(pg, "SELECT pg_database_size(current_database())", 0, NULL,
                        &facts->bytes, err) &&
           store_deployed(pg, &facts->deployed, &facts->known, err) &&
           (facts->deployed == 0 || pg_query_int(pg,
                                                 "SELECT count(*) FROM pg_inherits "
                                                 "WHERE inhparent = 'hms.patient'::regclass",
                                                 0, NULL, &facts->organisations, err));
}

static void print_facts_json(const struct store_facts *facts)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, JSON_BYTES_MAX);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.store/1");
    json_out_member(&out, "where", facts->where);
    json_out_member(&out, "state", facts->state);
    json_out_member(&out, "version", facts->version);
    json_out_member_int(&out, "bytes", facts->bytes);
    json_out_member_uint(&out, "steps_deployed", facts->deployed);
    json_out_member_uint(&out, "steps_known", facts->known);
    json_out_member_int(&out, "organisations", facts->organisations);
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}

static void print_facts(const struct store_facts *facts)
{
    printf("%-14s %s\n", "where", facts->where);
    printf("%-14s %s\n", "state", facts->state);
    if (strcmp(facts->state, "up") == 0) {
        printf("%-14s %s\n", "version", facts->version);
        printf("%-14s %.1f MB\n", "size", (double)facts->bytes / 1e6);
        printf("%-14s %zu of %zu steps deployed\n", "schema", facts->deployed, facts->known);
        printf("%-14s %lld\n", "organisations", (long long)facts->organisations);
    }
}

static int store_status(struct error *err)
{
    struct store_facts facts = {.where = "(--store or HMS_STORE)", .state = "up"};
    struct cluster *cluster = NULL;
    struct pg *pg;
    bool ok;

    if (cli_store_given() == NULL) {
        cluster = cli_cluster(err);
        if (cluster == NULL) {
            return VERB_FAILED;
        }
        facts.where = cluster->folder;
        facts.state = cluster_state(cluster) == CLUSTER_UP     ? "up"
                      : cluster_state(cluster) == CLUSTER_DOWN ? "down"
                                                               : "none";
    }
    if (strcmp(facts.state, "up") == 0) {
        pg = pg_open(cli_store(), err);
        ok = pg != NULL && ask_facts(pg, &facts, err);
        pg_free(pg);
        if (!ok) {
            return VERB_FAILED;
        }
    }
    if (cli_json) {
        print_facts_json(&facts);
    } else {
        print_facts(&facts);
    }
    return strcmp(facts.state, "up") == 0 ? 0 : 1;
}

static int store_url(struct error *err)
{
    (void)err;
    printf("%s\n", cli_store());
    return 0;
}

static bool revert_confirmed;

/* What was loaded is taken away only by somebody who says so. */
static bool may_revert(struct pg *pg, struct error *err)
{
    int64_t organisations;

    if (revert_confirmed) {
        return true;
    }
    if (!pg_query_int(
            pg, "SELECT count(*) FROM pg_inherits WHERE inhparent = to_regclass('hms.patient')",
            0, NULL, &organisations, err)) {
        return false;
    }
    if (organisations > 0) {
        error_set(err, ERROR_USAGE,
                  "the store holds %lld organisations, and revert takes them away",
                  (long long)organisations);
        error_hint(err, "say --yes when that is meant");
        return false;
    }
    return true;
}

static bool deploy(struct pg *pg, struct error *err)
{
    size_t count;

    if (!store_deploy(pg, &count, err)) {
        return false;
    }
    cli_say(count == 0 ? "the schema is there already" : "the schema is deployed");
    return true;
}

static bool verify(struct pg *pg, struct error *err)
{
    if (!store_verify(pg, err)) {
        return false;
    }
    cli_say("the schema is whole");
    return true;
}

static bool revert(struct pg *pg, struct error *err)
{
    size_t count;

    if (!may_revert(pg, err) || !store_revert(pg, &count, err)) {
        return false;
    }
    cli_say(count == 0 ? "there was no schema" : "the schema and all its rows are gone");
    return true;
}

static int with_store(bool (*work)(struct pg *pg, struct error *err), struct error *err)
{
    struct pg *pg = cli_store_connect(err);
    bool ok = pg != NULL && work(pg, err);

    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

static int store_deploy_word(struct error *err)
{
    return with_store(deploy, err);
}

static int store_verify_word(struct error *err)
{
    return with_store(verify, err);
}

static int store_revert_word(struct error *err)
{
    return with_store(revert, err);
}

static const struct {
    const char *name;
    int (*run)(struct error *err);
} words[] = {
    {"up", store_up},
    {"down", store_down},
    {"status", store_status},
    {"url", store_url},
    {"deploy", store_deploy_word},
    {"verify", store_verify_word},
    {"revert", store_revert_word},
};

static int run_store(int argc, char **argv, struct error *err)
{
    for (size_t i = 0; argc == 1 && i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(argv[0], words[i].name) == 0) {
            return words[i].run(err);
        }
    }
    error_set(err, ERROR_USAGE,
              "store takes one word: up, down, status, url, deploy, verify or revert");
    return VERB_FAILED;
}

static const struct opt opts[] = {
    {OPT_FLAG, 0, "yes", NULL, "revert: also when organisations are loaded", &revert_confirmed},
    {0},
};

const struct verb verb_store = {
    .name = "store",
    .summary = "run the private PostgreSQL, and deploy the schema into a store",
    .usage = "up|down|status|url|deploy|verify|revert [options]",
    .example = "hms store up && hms store deploy",
    .opts = opts,
    .run = run_store,
};
