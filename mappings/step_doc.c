/* The step table for people and programs. */
#include "core/json_out.h"
#include "mappings/map_doc.h"

#include <string.h>

/* "1", "1 to 8", "1 or more" */
static void put_range(struct strbuf *out, int least, int most, int many)
{
    if (least == most) {
        strbuf_addf(out, "%d", least);
    } else if (most >= many) {
        strbuf_addf(out, "%d or more", least);
    } else {
        strbuf_addf(out, "%d to %d", least, most);
    }
}

static void put_cell(struct strbuf *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '|') {
            strbuf_putc(out, '\\');
        }
        strbuf_putc(out, *text);
    }
}

void step_doc_markdown(struct strbuf *out)
{
    strbuf_puts(out, "| step | values in | out | what it does | refuses or flags | example |\n"
                     "|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < step_count; i++) {
        const struct step_spec *spec = &step_table[i];

        strbuf_addf(out, "| `%s", spec->name);
        strbuf_puts(out, spec->args[0] ? " " : "");
        put_cell(out, spec->args);
        strbuf_puts(out, "` | ");
        put_range(out, spec->in_min, spec->in_max, MAP_FROM_MAX);
        if (spec->out == STEP_OUT_SAME) {
            strbuf_puts(out, " | the same | ");
        } else {
            strbuf_addf(out, " | %d | ", spec->out);
        }
        put_cell(out, spec->what);
        strbuf_puts(out, " | ");
        put_cell(out, spec->rule);
        strbuf_puts(out, " | `");
        put_cell(out, spec->example_in);
        strbuf_puts(out, "` → `");
        put_cell(out, spec->example_out);
        strbuf_puts(out, "` |\n");
    }
}

void step_doc_text(struct strbuf *out)
{
    for (size_t i = 0; i < step_count; i++) {
        const struct step_spec *spec = &step_table[i];

        strbuf_addf(out, "%s%s%s\n    %s\n", spec->name, spec->args[0] ? " " : "", spec->args,
                    spec->what);
        strbuf_puts(out, "    values in: ");
        put_range(out, spec->in_min, spec->in_max, MAP_FROM_MAX);
        if (spec->out != STEP_OUT_SAME) {
            strbuf_addf(out, ", out: %d", spec->out);
        }
        strbuf_addf(out, "%s%s\n", spec->rule[0] ? "; refuses or flags: " : "", spec->rule);
        strbuf_addf(out, "    example: \"%s\" | %s%s%s => \"%s\"\n\n", spec->example_in,
                    spec->name, spec->example_args[0] ? " " : "", spec->example_args,
                    spec->example_out);
    }
}

void step_doc_json(struct strbuf *sb)
{
    for (size_t i = 0; i < step_count; i++) {
        const struct step_spec *spec = &step_table[i];
        struct json_out out;

        json_out_init(&out, sb);
        json_out_object(&out);
        json_out_member(&out, "hms", "step 1");
        json_out_member(&out, "step", spec->name);
        json_out_member_int(&out, "in_min", spec->in_min);
        json_out_member_int(&out, "in_max", spec->in_max);
        json_out_key(&out, "out");
        if (spec->out == STEP_OUT_SAME) {
            json_out_string(&out, "same");
        } else {
            json_out_int(&out, spec->out);
        }
        json_out_member_int(&out, "args_min", spec->args_min);
        json_out_member_int(&out, "args_max", spec->args_max);
        json_out_member(&out, "args", spec->args);
        json_out_member(&out, "rules", spec->rule);
        json_out_member(&out, "what", spec->what);
        json_out_member(&out, "example_in", spec->example_in);
        json_out_member(&out, "example_args", spec->example_args);
        json_out_member(&out, "example_out", spec->example_out);
        json_out_end_object(&out);
        strbuf_putc(sb, '\n');
    }
}
