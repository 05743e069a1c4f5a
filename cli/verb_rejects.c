#include "cli/reject_places.h"
#include "cli/store.h"
#include "cli/verb.h"

#include "core/file.h"
#include "core/json_out.h"
#include "load/reject_list.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { RECORD_BYTES_MAX = 64 << 20 };

static struct reject_filter filter;
static bool values;
static const char *output;
static const char *raw_folder;
static const char *maps_folder;

static const char *const fields[] = {"organisation", "run",    "map",   "entity", "outcome",
                                     "rule",         "column", "file",  "line",   "offset",
                                     "length",       "key",    "bytes", "row"};

enum { FIELDS = sizeof(fields) / sizeof(fields[0]), FIRST_VALUE = 11, BYTES = 12, ROW = 13 };

static bool is_number(int field)
{
    return field == 1 || (field >= 8 && field <= 10);
}

static int hex_digit(char digit)
{
    return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

/* As text when the bytes are text, else in hex under another name. */
static void put_bytes(struct json_out *out, const char *hex)
{
    size_t len = strlen(hex) / 2;
    char *bytes = xmalloc(len + 1);

    for (size_t i = 0; i < len; i++) {
        bytes[i] = (char)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
    }
    if (text_is_utf8((struct text){bytes, len})) {
        json_out_member_text(out, "bytes", (struct text){bytes, len});
    } else {
        json_out_member(out, "bytes_hex", hex);
    }
    free(bytes);
}

static void put_field(struct json_out *out, int field, const char *text)
{
    if (field == BYTES && text != NULL) {
        put_bytes(out, text);
    } else if (text != NULL && (is_number(field) || field == ROW)) {
        json_out_key(out, fields[field]);
        json_out_raw(out, text_of(text));
    } else {
        json_out_member(out, fields[field], text);
    }
}

struct listing {
    FILE *file;
    const struct reject_places *places; /* NULL: not asked for */
};

/* One record a line; keys, bytes and rows only when they were asked for. */
static bool write_record(const PGresult *rows, int row, void *context, struct error *err)
{
    const struct listing *listing = context;
    struct strbuf sb;
    struct json_out out;
    bool ok;

    strbuf_init(&sb, RECORD_BYTES_MAX);
    json_out_init(&out, &sb);
    json_out_object(&out);
    json_out_member(&out, "record", "hms.reject/1");
    for (int field = 0; field < (values ? FIELDS : FIRST_VALUE); field++) {
        put_field(&out, field,
                  PQgetisnull(rows, row, field) ? NULL : PQgetvalue(rows, row, field));
    }
    if (listing->places != NULL) {
        reject_places_write(listing->places, rows, row, &out);
    }
    json_out_end_object(&out);
    ok = fprintf(listing->file, "%s\n", sb.at) > 0 ||
         error_set(err, ERROR_CONFIG, "cannot write the rejects: %s", strerror(errno));
    strbuf_release(&sb);
    return ok;
}

static bool print_counts(struct pg *pg, struct error *err)
{
    PGresult *counts = reject_counts(pg, &filter, err);

    if (counts == NULL) {
        return false;
    }
    if (PQntuples(counts) == 0) {
        cli_say("no row was rejected or put aside");
    } else {
        printf("%-12s %-20s %-12s %-24s %-20s %9s\n", "organisation", "entity", "outcome",
               "rule", "column", "rows");
    }
    for (int row = 0; row < PQntuples(counts); row++) {
        printf("%-12s %-20s %-12s %-24s %-20s %9s\n", PQgetvalue(counts, row, 0),
               PQgetvalue(counts, row, 2), PQgetvalue(counts, row, 3),
               PQgetvalue(counts, row, 4),
               PQgetvalue(counts, row, 5)[0] == '\0' ? "-" : PQgetvalue(counts, row, 5),
               PQgetvalue(counts, row, 6));
    }
    PQclear(counts);
    return true;
}

/* Patient data: for the owner's eyes only, and never under a name that is there already. */
static FILE *open_output(struct error *err)
{
    int fd = open(output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

    if (file == NULL) {
        error_set(err, ERROR_CONFIG, "cannot write %s: %s", output, strerror(errno));
    }
    return file;
}

static bool list_rows(struct pg *pg, struct error *err)
{
    struct reject_places *places = NULL;
    struct listing listing = {0};
    bool ok = true;

    if (raw_folder != NULL) {
        listing.places = places = reject_places_open(pg, &filter, raw_folder, maps_folder, err);
        ok = places != NULL;
    }
    listing.file = !ok ? NULL : output == NULL ? stdout : open_output(err);
    ok = listing.file != NULL &&
         reject_each(pg, &filter, values || places != NULL, write_record, &listing, err);
    if (listing.file != NULL && output != NULL && fclose(listing.file) != 0) {
        ok = error_set(err, ERROR_CONFIG, "cannot write %s: %s", output, strerror(errno));
    }
    reject_places_free(places);
    return ok;
}

static int run_rejects(int argc, char **argv, struct error *err)
{
    struct pg *pg;
    bool ok;

    (void)argv;
    if (argc != 0) {
        error_set(err, ERROR_USAGE, "rejects takes options only");
        return VERB_FAILED;
    }
    if ((raw_folder == NULL) != (maps_folder == NULL)) {
        error_set(err, ERROR_USAGE, "--raw and --maps go together");
        return VERB_FAILED;
    }
    pg = cli_store_open(err);
    ok = pg != NULL &&
         (values || cli_json || output != NULL || raw_folder != NULL ? list_rows(pg, err)
                                                                     : print_counts(pg, err));
    pg_free(pg);
    return ok ? 0 : VERB_FAILED;
}

static const struct opt opts[] = {
    {OPT_TEXT, 0, "org", "CODE", "of one organisation [all]", &filter.organisation},
    {OPT_TEXT, 0, "rule", "ID", "of one rule, or of several by * and ? [all]", &filter.rule},
    {OPT_FLAG, 0, "values", NULL, "show keys and rows: patient data", &values},
    {OPT_TEXT, 0, "raw", "DIR", "look there for the places of rows that load put aside",
     &raw_folder},
    {OPT_TEXT, 'm', "maps", "DIR", "with --raw: the maps that made their keys", &maps_folder},
    {OPT_TEXT, 'o', "output", "FILE", "one record a line into a new file of mode 0600",
     &output},
    {0},
};

const struct verb verb_rejects = {
    .name = "rejects",
    .summary = "list rows that did not get into the store, by rule",
    .usage = "[options]",
    .example = "hms rejects --org northgate --rule 'reference.*'",
    .opts = opts,
    .run = run_rejects,
};
