/* verb_map_doc.c - `hms map doc` and `hms map steps`: pages for people. */
#include "cli/map_verb.h"

#include "mappings/map_doc.h"

int map_run_doc(int argc, char **argv, struct error *err)
{
    struct map_set set = {0};
    struct strbuf out;
    bool ok;

    strbuf_init(&out, MAP_OUTPUT_MAX);
    ok = map_operands_load(&set, argc, argv, err);
    if (ok) {
        if (cli_json) {
            map_doc_json(&set, &out);
        } else {
            map_doc_markdown(&set, &out);
        }
        ok = map_print(&out, err);
    }
    map_set_release(&set);
    strbuf_release(&out);
    return ok ? 0 : VERB_FAILED;
}

int map_run_steps(int argc, char **argv, struct error *err)
{
    struct strbuf out;
    bool ok;

    (void)argv;
    if (argc > 0) {
        error_set(err, ERROR_USAGE, "'map steps' takes no operand");
        return VERB_FAILED;
    }
    strbuf_init(&out, MAP_OUTPUT_MAX);
    if (cli_json) {
        step_doc_json(&out);
    } else if (map_options.markdown) {
        step_doc_markdown(&out);
    } else {
        step_doc_text(&out);
    }
    ok = map_print(&out, err);
    strbuf_release(&out);
    return ok ? 0 : VERB_FAILED;
}
