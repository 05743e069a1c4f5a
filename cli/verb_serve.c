/*
 * verb_serve.c - `hms serve`: starts hmsd, the program of serve/, which lies beside this one.
 *
 * The store goes by the environment: a command line can be read by everybody on the machine.
 */
#include "cli/store.h"
#include "cli/verb.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

static const char *tokens;
static const char *host;
static const char *base_url;
static const char *user;
static const char *new_token;
static const char *name;
static uint64_t port = 8080;
static uint64_t connections = 4;
static uint64_t days = 90;

static const struct opt opts[] = {
    {OPT_TEXT, 0, "tokens", "FILE", "who may ask; mode 0600", &tokens},
    {OPT_TEXT, 0, "host", "ADDRESS", "where to listen [127.0.0.1]", &host},
    {OPT_UINT, 'p', "port", "N", "0 takes a free one [8080]", &port},
    {OPT_TEXT, 0, "base-url", "URL", "what links begin with [http://HOST:PORT/fhir]",
     &base_url},
    {OPT_UINT, 0, "connections", "N", "to the store [4]", &connections},
    {OPT_TEXT, 0, "user", "NAME", "whom to become when started by root", &user},
    {OPT_TEXT, 0, "new-token", "ORG", "make a token for ORG, show it once, and end",
     &new_token},
    {OPT_TEXT, 0, "name", "NAME", "of the new token, for the log [ORG]", &name},
    {OPT_UINT, 0, "days", "N", "how long the new token is good for [90]", &days},
    {0},
};

enum { ARGS_MAX = 32 };

struct args {
    const char *at[ARGS_MAX];
    int count;
};

static void add(struct args *args, const char *option, const char *value)
{
    if (value != NULL) {
        args->at[args->count++] = option;
        args->at[args->count++] = value;
    }
}

static void add_number(struct args *args, const char *option, uint64_t value, char room[24])
{
    snprintf(room, 24, "%llu", (unsigned long long)value);
    add(args, option, room);
}

/* hmsd in the folder of this program. */
static bool find_hmsd(char path[PATH_MAX], struct error *err)
{
    static const char program[] = "hmsd";
    ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - sizeof(program) - 1);
    char *slash;

    if (len <= 0) {
        return error_set(err, ERROR_CONFIG, "cannot find this program: %s", strerror(errno));
    }
    path[len] = '\0';
    slash = strrchr(path, '/');
    memcpy(slash + 1, program, sizeof(program));
    return true;
}

/* The private cluster lets in whoever made it and the user it runs as: root becomes that one. */
static bool reach_store(struct error *err)
{
    struct cluster *cluster;

    if (cli_store_given() == NULL) {
        cluster = cli_cluster(err);
        if (cluster == NULL) {
            return false;
        }
        if (user == NULL && geteuid() == 0) {
            user = cluster->user.name;
        }
    }
    setenv("HMS_STORE", cli_store(), 1);
    return true;
}

static int run(int argc, char **argv, struct error *err)
{
    struct args args = {.at = {"hmsd"}, .count = 1};
    char path[PATH_MAX];
    char numbers[3][24];
    char *copy[ARGS_MAX + 1] = {0};

    if (argc > 0) {
        error_set(err, ERROR_USAGE, "serve takes no operand '%s'", argv[0]);
        return VERB_FAILED;
    }
    if (tokens == NULL) {
        error_set(err, ERROR_USAGE, "--tokens FILE is missing");
        error_hint(err, "'hms serve --new-token ORG --tokens FILE' makes one");
        return VERB_FAILED;
    }
    if (!find_hmsd(path, err) || (new_token == NULL && !reach_store(err))) {
        return VERB_FAILED;
    }
    add(&args, "--tokens", tokens);
    add(&args, "--host", host);
    add(&args, "--base-url", base_url);
    add(&args, "--user", user);
    add(&args, "--new-token", new_token);
    add(&args, "--name", name);
    add_number(&args, "--port", port, numbers[0]);
    add_number(&args, "--connections", connections, numbers[1]);
    add_number(&args, "--days", days, numbers[2]);
    if (cli_quiet) {
        args.at[args.count++] = "--quiet";
    }
    for (int i = 0; i < args.count; i++) {
        copy[i] = xstrdup(args.at[i]);
    }
    execv(path, copy);
    error_set(err, ERROR_CONFIG, "cannot start %s: %s", path, strerror(errno));
    for (int i = 0; i < args.count; i++) {
        free(copy[i]);
    }
    return VERB_FAILED;
}

const struct verb verb_serve = {
    .name = "serve",
    .summary = "serve the store as FHIR R4 JSON over HTTP, one organisation a token",
    .usage = "--tokens FILE [options]",
    .example = "hms serve --tokens tokens.yml --port 8080",
    .opts = opts,
    .run = run,
};
