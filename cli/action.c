#include "cli/action.h"

#include "cli/verb.h"
#include "core/strbuf.h"
#include "mappings/nearest.h"

enum { LIST_BYTES_MAX = 1000 };

int cli_usage(const char *verb, const char *what, struct error *err)
{
    error_set(err, ERROR_USAGE, "%s", what);
    error_hint(err, "try 'hms %s --help'", verb);
    return VERB_FAILED;
}

/* "term needs an action: build, list or install" */
static int ask_for_one(const char *verb, const struct action *actions, struct error *err)
{
    struct strbuf what;

    strbuf_init(&what, LIST_BYTES_MAX);
    strbuf_addf(&what, "%s needs an action:", verb);
    for (int i = 0; actions[i].name != NULL; i++) {
        const char *before = i == 0 ? " " : actions[i + 1].name == NULL ? " or " : ", ";
        strbuf_addf(&what, "%s%s", before, actions[i].name);
    }
    cli_usage(verb, what.at, err);
    strbuf_release(&what);
    return VERB_FAILED;
}

int action_run(const char *verb, const struct action *actions, int argc, char **argv,
               struct error *err)
{
    char phrase[NEAREST_PHRASE_MAX];
    struct nearest nearest;

    if (argc == 0) {
        return ask_for_one(verb, actions, err);
    }
    nearest_init(&nearest, text_of(argv[0]));
    for (; actions->name != NULL; actions++) {
        if (strcmp(actions->name, argv[0]) == 0) {
            return actions->run(argc - 1, argv + 1, err);
        }
        nearest_offer(&nearest, actions->name);
    }
    error_set(err, ERROR_USAGE, "unknown action '%s %s'%s", verb, argv[0],
              nearest_phrase(nearest.best, phrase));
    error_hint(err, "try 'hms %s --help'", verb);
    return VERB_FAILED;
}
