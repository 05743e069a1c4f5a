#include "transform/codes/concept_map.h"

#include "core/calendar.h"
#include "core/file.h"
#include "transform/sssom.h"

#include <stdio.h>

enum { LIST_MAX = 256 };

static const char import_sql[] =
    "SELECT mig.code_import($1, $2, $3, $4, "
    "jsonb_populate_record(NULL::mig.code_decision, jsonb_build_object('code', $5::text, "
    "'code_label', $6::text, 'code_system', $7::text, 'release', $8::text, 'predicate', "
    "$9::text, "
    "'justification', $10::text, 'confidence', $11::text, 'author', $12::text, "
    "'decided_on', $14::text, 'comment', $15::text)), $13)";

struct importing {
    struct pg *pg;
    struct code_import *import;
};

static bool take_mapping(const char *list, const struct code_mapping *mapping, void *context,
                         struct error *err)
{
    const struct importing *importing = context;
    struct code_import *import = importing->import;
    enum { BEFORE = 2, PARAMS = BEFORE + CODE_MAPPING_FIELDS };
    char *copies[CODE_MAPPING_FIELDS];
    const char *params[PARAMS] = {import->organisation, list};
    struct text date = mapping->at[CODE_MAPPING_decided_on];
    int64_t added = 0;
    int32_t day;
    bool ok = date.len == 0 || calendar_parse_date(date, &day) ||
              error_set(err, ERROR_CONFIG, "the mapping's date is no day as YYYY-MM-DD");

    for (int i = 0; i < CODE_MAPPING_FIELDS; i++) {
        copies[i] = xstrndup(mapping->at[i].at, mapping->at[i].len);
        params[BEFORE + i] = copies[i][0] == '\0' ? NULL : copies[i];
    }
    if (params[BEFORE + CODE_MAPPING_code_system] == NULL) {
        params[BEFORE + CODE_MAPPING_code_system] = import->system;
    }
    ok = ok && pg_query_int(importing->pg, import_sql, PARAMS, params, &added, err);
    for (int i = 0; i < CODE_MAPPING_FIELDS; i++) {
        free(copies[i]);
    }
    import->nmappings += ok;
    import->ndecisions += (uint64_t)added;
    return ok;
}

static struct code_mapping mapping_of(const struct sssom_row *row)
{
    struct text choice =
        sssom_has_object(row) ? row->at[SSSOM_object_id] : (struct text){"", 0};

    return (struct code_mapping){{
        [CODE_MAPPING_source_code] = row->at[SSSOM_subject_id],
        [CODE_MAPPING_source_text] = row->at[SSSOM_subject_label],
        [CODE_MAPPING_choice] = choice,
        [CODE_MAPPING_code_label] = row->at[SSSOM_object_label],
        [CODE_MAPPING_code_system] = row->at[SSSOM_object_source],
        [CODE_MAPPING_release] = row->at[SSSOM_object_source_version],
        [CODE_MAPPING_predicate] = row->at[SSSOM_predicate_id],
        [CODE_MAPPING_justification] = row->at[SSSOM_mapping_justification],
        [CODE_MAPPING_confidence] = row->at[SSSOM_confidence],
        [CODE_MAPPING_author] = row->at[SSSOM_author_id],
        [CODE_MAPPING_reviewers] = row->at[SSSOM_reviewer_id],
        [CODE_MAPPING_decided_on] = row->at[SSSOM_mapping_date],
        [CODE_MAPPING_comment] = row->at[SSSOM_comment],
    }};
}

static bool import_row(struct importing *importing, const struct sssom_row *row,
                       struct error *err)
{
    struct code_mapping mapping = mapping_of(row);
    struct text source = row->at[SSSOM_subject_source];
    char list[LIST_MAX];

    if (importing->import->list != NULL) {
        source = text_of(importing->import->list);
    }
    if (source.len == 0 || source.len >= sizeof(list)) {
        error_set(err, ERROR_CONFIG, "neither subject_source nor --list names the list");
        return false;
    }
    snprintf(list, sizeof(list), "%.*s", (int)source.len, source.at);
    return take_mapping(list, &mapping, importing, err);
}

static bool import_sssom(struct importing *importing, struct error *err)
{
    const char *path = importing->import->path;
    enum sssom_next next = SSSOM_BAD;
    struct sssom sssom;
    struct sssom_row row;
    bool ok;

    if (!sssom_open(&sssom, path, err)) {
        return false;
    }
    while ((next = sssom_next(&sssom, &row, err)) == SSSOM_ROW) {
        if (!import_row(importing, &row, err)) {
            error_wrap(err, "%s:%d", path, row.line);
            break;
        }
    }
    ok = next == SSSOM_END;
    sssom_release(&sssom);
    return ok;
}

static bool is_json(struct text content)
{
    struct text trimmed = text_trim(content);

    return trimmed.len > 0 && trimmed.at[0] == '{';
}

static bool import_file(struct importing *importing, struct error *err)
{
    const char *path = importing->import->path;
    const struct concept_map_visit visit = {importing->import->list, take_mapping, importing};
    struct strbuf content;
    bool ok;

    strbuf_init(&content, SSSOM_BYTES_MAX);
    ok = file_read(path, SSSOM_BYTES_MAX, &content, err) &&
         (is_json(strbuf_text(&content))
              ? concept_map_read(path, strbuf_text(&content), &visit, err)
              : import_sssom(importing, err));
    strbuf_release(&content);
    return ok;
}

bool code_import(struct pg *pg, struct code_import *import, struct error *err)
{
    struct importing importing = {pg, import};

    import->nmappings = 0;
    import->ndecisions = 0;
    return pg_begin(pg, err) && import_file(&importing, err) && pg_commit(pg, err);
}
