#include "cli/opt.h"

#include "core/text.h"

#include <errno.h>

static bool usage(struct error *err, const char *what, const char *arg)
{
    return error_set(err, ERROR_USAGE, "%s '%s'", what, arg);
}

static const struct opt *find_long(const struct opt *opts, struct text name)
{
    for (; opts->kind != OPT_END; opts++) {
        if (text_is(name, opts->name)) {
            return opts;
        }
    }
    return NULL;
}

static const struct opt *find_short(const struct opt *opts, char letter)
{
    for (; opts->kind != OPT_END; opts++) {
        if (opts->letter == letter) {
            return opts;
        }
    }
    return NULL;
}

static bool set_uint(const struct opt *opt, const char *value, struct error *err)
{
    char *end;

    errno = 0;
    *(uint64_t *)opt->into = strtoull(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || errno != 0) {
        return error_set(err, ERROR_USAGE, "--%s takes a whole number", opt->name);
    }
    return true;
}

static bool set_value(const struct opt *opt, const char *value, struct error *err)
{
    struct opt_list *list;

    switch (opt->kind) {
    case OPT_TEXT:
        *(const char **)opt->into = value;
        return true;
    case OPT_UINT:
        return set_uint(opt, value, err);
    case OPT_LIST:
        list = opt->into;
        if (list->count == OPT_LIST_MAX) {
            return error_set(err, ERROR_USAGE, "--%s more than %d times", opt->name,
                             OPT_LIST_MAX);
        }
        list->at[list->count++] = value;
        return true;
    case OPT_FLAG:
    case OPT_END:
        break;
    }
    return false;
}

/* The option that `arg` names; `*value` is what is written in the same word, or NULL. */
static const struct opt *find_option(const struct opt *opts, const char *arg,
                                     const char **value)
{
    const struct opt *opt;

    *value = NULL;
    if (arg[1] == '-') {
        const char *equals = strchr(arg, '=');
        struct text name = text_of(arg + 2);
        if (equals != NULL) {
            name.len = (size_t)(equals - arg - 2);
            *value = equals + 1;
        }
        return find_long(opts, name);
    }
    opt = find_short(opts, arg[1]);
    if (arg[2] != '\0') {
        *value = arg + 2;
        return opt != NULL && opt->kind == OPT_FLAG ? NULL : opt;
    }
    return opt;
}

/* One option; `*at` is moved past its value. */
static bool parse_one(const struct opt *opts, char **argv, int *at, struct error *err)
{
    const char *arg = argv[*at];
    const char *value;
    const struct opt *opt = find_option(opts, arg, &value);

    if (opt == NULL) {
        return usage(err, "unknown option", arg);
    }
    if (opt->kind == OPT_FLAG) {
        *(bool *)opt->into = true;
        return value == NULL || usage(err, "this option takes no value:", arg);
    }
    if (value != NULL) {
        return set_value(opt, value, err);
    }
    if (argv[*at + 1] == NULL) {
        return usage(err, "a value is missing after", arg);
    }
    return set_value(opt, argv[++*at], err);
}

bool opt_parse(const struct opt *opts, int *nrest, char **argv, bool *wants_help,
               struct error *err)
{
    int rest = 0;
    int at = 0;

    for (; argv[at] != NULL; at++) {
        char *arg = argv[at];
        if (strcmp(arg, "--") == 0) {
            at++;
            break;
        }
        if (arg[0] != '-' || arg[1] == '\0') {
            argv[rest++] = arg;
        } else if (strcmp(arg, "-h") == 0 || strcmp(arg, "--help") == 0) {
            *wants_help = true;
        } else if (!parse_one(opts, argv, &at, err)) {
            return false;
        }
    }
    for (; argv[at] != NULL; at++) {
        argv[rest++] = argv[at];
    }
    argv[rest] = NULL;
    *nrest = rest;
    return true;
}
