#include "cli/balance_json.h"

#include "core/json_out.h"

void balance_json(const struct balance *balance, struct strbuf *sb)
{
    struct json_out out;

    json_out_init(&out, sb);
    json_out_object(&out);
    json_out_member(&out, "hms", "balance 1");
    json_out_member(&out, "organisation", balance->organisation);
    json_out_member(&out, "map", balance->map);
    json_out_member(&out, "source_table", balance->source_table);
    json_out_member(&out, "entity", balance->entity);
    json_out_member_uint(&out, "read", balance->rows_read);
    json_out_key(&out, "lines");
    json_out_array(&out);
    for (size_t i = 0; i < balance->nlines; i++) {
        json_out_object(&out);
        json_out_member(&out, "outcome", outcome_name(balance->lines[i].outcome));
        json_out_member(&out, "rule", balance->lines[i].rule);
        json_out_member(&out, "column", balance->lines[i].column);
        json_out_member_uint(&out, "rows", balance->lines[i].rows);
        json_out_end_object(&out);
    }
    json_out_end_array(&out);
    json_out_end_object(&out);
}
