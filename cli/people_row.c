/* people_row.c - a row of the store as one JSON record, its members named by its columns. */
#include "cli/people_verb.h"

#include "core/json_out.h"

enum {
    RECORD_BYTES_MAX = 1 << 20,
    OID_BOOL = 16,
    OID_INT8 = 20,
    OID_INT4 = 23,
    OID_JSON = 114
};

static void put_value(struct json_out *out, const char *value, Oid type)
{
    switch (type) {
    case OID_BOOL:
        json_out_bool(out, value[0] == 't');
        break;
    case OID_INT8:
    case OID_INT4:
    case OID_JSON:
        json_out_raw(out, text_of(value));
        break;
    default:
        json_out_string(out, value);
    }
}

void people_print_row(const PGresult *rows, int row, const char *record)
{
    struct strbuf sb;
    struct json_out out;

    strbuf_init(&sb, RECORD_BYTES_MAX);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", record);
    for (int column = 0; column < PQnfields(rows); column++) {
        json_out_key(&out, PQfname(rows, column));
        if (PQgetisnull(rows, row, column)) {
            json_out_null(&out);
        } else {
            put_value(&out, PQgetvalue(rows, row, column), PQftype(rows, column));
        }
    }
    json_out_end_object(&out);
    printf("%s\n", sb.at);
    strbuf_release(&sb);
}
