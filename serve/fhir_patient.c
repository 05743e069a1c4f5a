#include "serve/narrow.h"
#include "serve/resource.h"

enum {
    COLUMN_MRN = COLUMN_OWN,
    COLUMN_BIRTH_DATE,
    COLUMN_BIRTH_PRECISION,
    COLUMN_SEX,
    COLUMN_DECEASED,
    COLUMN_DECEASED_AT,
    COLUMN_DECEASED_PRECISION,
    COLUMN_MARITAL_STATUS,
    COLUMN_LANGUAGE,
    COLUMN_CONFIDENTIALITY,
    COLUMN_ACTIVE,
    COLUMN_PRACTITIONER,
    COLUMN_MERGED_INTO,
    COLUMN_NAMES,
    COLUMN_IDENTIFIERS,
    COLUMN_TELECOMS,
    COLUMN_ADDRESSES,
    COLUMN_CONTACTS,
    COLUMN_LINKS,
};

#define CHILDREN(fields, table)                                                                \
    ", ARRAY(SELECT ARRAY[" fields "] FROM hms." table " c"                                    \
    " WHERE c.org_id = {org} AND c.patient_id = r.id ORDER BY c.id)"

#define NAMES                                                                                  \
    CHILDREN("c.use, c.text, c.family, c.given, c.middle, c.prefix, c.suffix,"                 \
             " c.valid_from::text, c.valid_to::text",                                          \
             "patient_name")
#define IDENTIFIERS                                                                            \
    CHILDREN("c.use, c.kind, c.system, c.value, c.issuer,"                                     \
             " c.valid_from::text, c.valid_to::text",                                          \
             "patient_identifier")
#define TELECOMS CHILDREN("c.kind, c.value, c.use, c.rank::text", "patient_telecom")
#define ADDRESSES                                                                              \
    CHILDREN("c.use, c.line1, c.line2, c.city, c.district, c.region, c.postal_code,"           \
             " c.country, c.valid_from::text, c.valid_to::text",                               \
             "patient_address")
#define CONTACTS                                                                               \
    CHILDREN("c.relationship, c.relationship_source_code, c.name, c.phone, c.address",         \
             "patient_contact")

/* The other registrations of the same person with this organisation. */
#define LINKS                                                                                  \
    ", ARRAY(SELECT ARRAY[l.kind, l.other_id::text] FROM hms.patient_link l"                   \
    " WHERE l.org_id = {org} AND l.patient_id = r.id ORDER BY l.kind, l.other_id LIMIT 200)"

#define SELECT                                                                                 \
    "SELECT r.id::text, r.source_system, r.row_hash::text, r.mrn, r.birth_date::text,"         \
    " r.birth_precision, r.sex, r.deceased::text,"                                             \
    " " FHIR_WHEN(                                                                             \
        "r.deceased_at",                                                                       \
        "r.deceased_precision") ", r.deceased_precision,"                                      \
                                " r.marital_status, r.language, r.confidentiality, "           \
                                "r.active::text,"                                              \
                                " r.practitioner_id::text, r.merged_into::text" NAMES          \
                                    IDENTIFIERS TELECOMS ADDRESSES CONTACTS LINKS

/* ---- search ---- */

static const struct search_param params[] = {
    {"_id", SEARCH_ID, "the id of the resource"},
    {"identifier", SEARCH_TOKEN, "a number the patient is known by, [system|]value"},
    {"name", SEARCH_STRING, "the beginning of a given or family name"},
    {"family", SEARCH_STRING, "the beginning of a family name"},
    {"given", SEARCH_STRING, "the beginning of a given name"},
    {"birthdate", SEARCH_DATE, "date of birth, with eq, lt, le, gt or ge before it"},
    {0}};

/* Letters and digits alone, in capitals: what two spellings of one number share. */
#define PLAIN(text) "upper(regexp_replace(" text ", '[^[:alnum:]]', '', 'g'))"
/* How maps make value_norm: in full, without marks, without '-' and blanks, or digits alone.  All
 * of them are looked up, since the index is on value_norm; what was found by another spelling
 * than the client's must be the same number in PLAIN. */
#define SPELLINGS                                                                              \
    "ARRAY[w.value, " PLAIN("w.value") ", upper(translate(w.value, '- ', '')),"                \
                                       " regexp_replace(w.value, '[^0-9]', '', 'g')]"

/* Each alternative is [system|]value; the medical record number is system "mrn". */
static void narrow_by_identifier(const struct search_value *value, const char *organisation,
                                 struct statement *statement)
{
    const char *systems = narrow_systems(value, organisation, statement->arena);
    const char *values = narrow_values(value, statement->arena);

    statement_add(statement, " AND r.id IN (SELECT i.patient_id FROM unnest(");
    statement_add_value(statement, systems);
    statement_add(statement, "::text[], ");
    statement_add_value(statement, values);
    statement_add(statement, "::text[]) w (system, value) JOIN hms.patient_identifier i"
                             " ON i.value_norm = ANY(" SPELLINGS ")"
                             " AND (i.value_norm = w.value OR " PLAIN("i.value") " = " PLAIN(
                                 "w.value") ")"
                                            " AND (w.system IS NULL OR i.system = w.system)"
                                            " WHERE i.org_id = {org}"
                                            " UNION ALL SELECT m.id FROM unnest(");
    statement_add_value(statement, systems);
    statement_add(statement, "::text[], ");
    statement_add_value(statement, values);
    statement_add(statement, "::text[]) w (system, value) JOIN hms.patient m ON m.mrn = w.value"
                             " AND (w.system IS NULL OR w.system = 'mrn')"
                             " WHERE m.org_id = {org})");
}

/* lower(column) begins with one of the alternatives, as ranges that the index can answer. */
static void add_prefix(const char *column, const struct search_value *value,
                       struct statement *statement)
{
    static const char last[] = "\xF4\x8F\xBF\xBF"; /* U+10FFFF, behind every letter */

    for (size_t i = 0; i < value->nalternatives; i++) {
        struct text text = value->alternatives[i].value;
        const char *from = arena_strdup(statement->arena, text);
        const char *to = arena_printf(statement->arena, "%.*s%s", (int)text.len, text.at, last);

        statement_add_constant(statement, i == 0 ? "(" : " OR (");
        statement_add_constant(statement, column);
        statement_add(statement, " OPERATOR(pg_catalog.~>=~) lower(");
        statement_add_value(statement, from);
        statement_add(statement, "::text) AND ");
        statement_add_constant(statement, column);
        statement_add(statement, " OPERATOR(pg_catalog.~<~) lower(");
        statement_add_value(statement, to);
        statement_add(statement, "::text))");
    }
}

static void narrow_by_name(const struct search_value *value, bool family, bool given,
                           struct statement *statement)
{
    statement_add(statement, " AND r.id IN (SELECT n.patient_id FROM hms.patient_name n"
                             " WHERE n.org_id = {org} AND (");
    if (family) {
        add_prefix("lower(n.family)", value, statement);
    }
    if (given) {
        statement_add_constant(statement, family ? " OR " : "");
        add_prefix("lower(n.given)", value, statement);
    }
    statement_add(statement, "))");
}

static void narrow(const struct search *search, const char *organisation,
                   struct statement *statement)
{
    for (size_t i = 0; i < search->nvalues; i++) {
        const struct search_value *value = &search->values[i];
        const char *name = value->param->name;
        bool any = strcmp(name, "name") == 0;

        if (strcmp(name, "identifier") == 0) {
            narrow_by_identifier(value, organisation, statement);
        } else if (any || strcmp(name, "family") == 0 || strcmp(name, "given") == 0) {
            narrow_by_name(value, any || name[0] == 'f', any || name[0] == 'g', statement);
        }
    }
    narrow_by_date(search, "birthdate", "r.birth_date::timestamp",
                   "(r.birth_date + CASE r.birth_precision WHEN 'Y' THEN interval '1 year'"
                   " WHEN 'M' THEN interval '1 month' ELSE interval '1 day' END)",
                   statement);
}

/* ---- writing ---- */

static void write_names(struct fhir *fhir, struct row_list names)
{
    struct text f[ROW_LIST_WIDTH_MAX];
    bool is_open = false;

    while (row_list_next(&names, f)) {
        bool has_given = false;
        if (fhir_is_blank(f[1]) && fhir_is_blank(f[2]) && fhir_is_blank(f[3])) {
            continue;
        }
        fhir_list_item(fhir, "name", &is_open);
        json_out_object(&fhir->out);
        fhir_code(fhir, "use", f[0]);
        fhir_text(fhir, "text", f[1]);
        fhir_text(fhir, "family", f[2]);
        for (int i = 3; i <= 4; i++) {
            if (!fhir_is_blank(f[i])) {
                fhir_list_item(fhir, "given", &has_given);
                json_out_text(&fhir->out, f[i]);
            }
        }
        fhir_list_end(fhir, has_given);
        fhir_text_list(fhir, "prefix", f[5]);
        fhir_text_list(fhir, "suffix", f[6]);
        fhir_period(fhir, "period", f[7], f[8]);
        json_out_end_object(&fhir->out);
    }
    fhir_list_end(fhir, is_open);
}

static void write_identifier(struct fhir *fhir, struct text system, struct text value)
{
    struct strbuf uri;

    strbuf_init(&uri, 4096);
    fhir_system_uri(&uri, fhir->organisation, system);
    json_out_member_text(&fhir->out, "system", strbuf_text(&uri));
    json_out_member_text(&fhir->out, "value", value);
    strbuf_release(&uri);
}

/* The medical record number first, then the others. */
static void write_identifiers(struct fhir *fhir, struct text mrn, struct row_list identifiers)
{
    struct text f[ROW_LIST_WIDTH_MAX];
    bool is_open = false;

    if (!fhir_is_blank(mrn)) {
        fhir_list_item(fhir, "identifier", &is_open);
        json_out_object(&fhir->out);
        json_out_key(&fhir->out, "type");
        json_out_object(&fhir->out);
        json_out_key(&fhir->out, "coding");
        json_out_array(&fhir->out);
        fhir_coding(fhir, "http://terminology.hl7.org/CodeSystem/v2-0203", TEXT_LITERAL("MR"));
        json_out_end_array(&fhir->out);
        json_out_end_object(&fhir->out);
        write_identifier(fhir, TEXT_LITERAL("mrn"), mrn);
        json_out_end_object(&fhir->out);
    }
    while (row_list_next(&identifiers, f)) {
        if (fhir_is_blank(f[3]) || (text_is(f[2], "mrn") && text_equal(f[3], mrn))) {
            continue;
        }
        fhir_list_item(fhir, "identifier", &is_open);
        json_out_object(&fhir->out);
        fhir_code(fhir, "use", f[0]);
        fhir_concept_text(fhir, "type", f[1]);
        write_identifier(fhir, f[2], f[3]);
        fhir_period(fhir, "period", f[5], f[6]);
        if (!fhir_is_blank(f[4])) {
            json_out_key(&fhir->out, "assigner");
            json_out_object(&fhir->out);
            fhir_text(fhir, "display", f[4]);
            json_out_end_object(&fhir->out);
        }
        json_out_end_object(&fhir->out);
    }
    fhir_list_end(fhir, is_open);
}

static void write_telecoms(struct fhir *fhir, struct row_list telecoms)
{
    struct text f[ROW_LIST_WIDTH_MAX];
    bool is_open = false;

    while (row_list_next(&telecoms, f)) {
        if (fhir_is_blank(f[1])) {
            continue;
        }
        fhir_list_item(fhir, "telecom", &is_open);
        json_out_object(&fhir->out);
        fhir_code(fhir, "system", f[0]);
        fhir_text(fhir, "value", f[1]);
        fhir_code(fhir, "use", f[2]);
        if (f[3].len > 0 && f[3].at[0] >= '1' && f[3].at[0] <= '9') {
            fhir_decimal(fhir, "rank", f[3]);
        }
        json_out_end_object(&fhir->out);
    }
    fhir_list_end(fhir, is_open);
}

static void write_address(struct fhir *fhir, const struct text f[ROW_LIST_WIDTH_MAX])
{
    bool has_line = false;

    json_out_object(&fhir->out);
    fhir_code(fhir, "use", f[0]);
    for (int i = 1; i <= 2; i++) {
        if (!fhir_is_blank(f[i])) {
            fhir_list_item(fhir, "line", &has_line);
            json_out_text(&fhir->out, f[i]);
        }
    }
    fhir_list_end(fhir, has_line);
    fhir_text(fhir, "city", f[3]);
    fhir_text(fhir, "district", f[4]);
    fhir_text(fhir, "state", f[5]);
    fhir_text(fhir, "postalCode", f[6]);
    fhir_text(fhir, "country", f[7]);
    fhir_period(fhir, "period", f[8], f[9]);
    json_out_end_object(&fhir->out);
}

static void write_addresses(struct fhir *fhir, struct row_list addresses)
{
    struct text f[ROW_LIST_WIDTH_MAX];
    bool is_open = false;

    while (row_list_next(&addresses, f)) {
        bool is_blank = true;
        for (int i = 1; i <= 7; i++) {
            is_blank = is_blank && fhir_is_blank(f[i]);
        }
        if (!is_blank) {
            fhir_list_item(fhir, "address", &is_open);
            write_address(fhir, f);
        }
    }
    fhir_list_end(fhir, is_open);
}

static void write_contact(struct fhir *fhir, const struct text f[ROW_LIST_WIDTH_MAX])
{
    bool has_relationship = !fhir_is_blank(f[0]) || !fhir_is_blank(f[1]);

    json_out_object(&fhir->out);
    if (has_relationship) {
        json_out_key(&fhir->out, "relationship");
        json_out_array(&fhir->out);
        fhir_concept_value(fhir,
                           &(struct fhir_concept){.source_code = f[1],
                                                  .source_system = TEXT_LITERAL("relationship"),
                                                  .source_text = f[0]});
        json_out_end_array(&fhir->out);
    }
    if (!fhir_is_blank(f[2])) {
        json_out_key(&fhir->out, "name");
        json_out_object(&fhir->out);
        fhir_text(fhir, "text", f[2]);
        json_out_end_object(&fhir->out);
    }
    if (!fhir_is_blank(f[3])) {
        json_out_key(&fhir->out, "telecom");
        json_out_array(&fhir->out);
        json_out_object(&fhir->out);
        json_out_member(&fhir->out, "system", "phone");
        fhir_text(fhir, "value", f[3]);
        json_out_end_object(&fhir->out);
        json_out_end_array(&fhir->out);
    }
    if (!fhir_is_blank(f[4])) {
        json_out_key(&fhir->out, "address");
        json_out_object(&fhir->out);
        fhir_text(fhir, "text", f[4]);
        json_out_end_object(&fhir->out);
    }
    json_out_end_object(&fhir->out);
}

/* A contact needs a name, a telephone or an address (FHIR's rule pat-1). */
static void write_contacts(struct fhir *fhir, struct row_list contacts)
{
    struct text f[ROW_LIST_WIDTH_MAX];
    bool is_open = false;

    while (row_list_next(&contacts, f)) {
        if (!fhir_is_blank(f[2]) || !fhir_is_blank(f[3]) || !fhir_is_blank(f[4])) {
            fhir_list_item(fhir, "contact", &is_open);
            write_contact(fhir, f);
        }
    }
    fhir_list_end(fhir, is_open);
}

static void write_marital_status(struct fhir *fhir, struct text status)
{
    bool is_unknown = text_is(status, "UNK");

    if (!fhir_is_code(status)) {
        return;
    }
    json_out_key(&fhir->out, "maritalStatus");
    json_out_object(&fhir->out);
    json_out_key(&fhir->out, "coding");
    json_out_array(&fhir->out);
    fhir_coding(fhir,
                is_unknown ? "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
                           : "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus",
                status);
    json_out_end_array(&fhir->out);
    json_out_end_object(&fhir->out);
}

static void write_language(struct fhir *fhir, struct text language)
{
    if (!fhir_is_blank(language)) {
        json_out_key(&fhir->out, "communication");
        json_out_array(&fhir->out);
        json_out_object(&fhir->out);
        fhir_concept_text(fhir, "language", language);
        json_out_end_object(&fhir->out);
        json_out_end_array(&fhir->out);
    }
}

static void write_practitioner(struct fhir *fhir, struct text practitioner)
{
    bool is_open = false;

    if (practitioner.len > 0) {
        fhir_list_item(fhir, "generalPractitioner", &is_open);
        fhir_elsewhere_value(fhir, "Practitioner", practitioner);
        fhir_list_end(fhir, is_open);
    }
}

static void write_link(struct fhir *fhir, bool *is_open, struct text other, struct text type)
{
    fhir_list_item(fhir, "link", is_open);
    json_out_object(&fhir->out);
    fhir_reference(fhir, "other", "Patient", other);
    json_out_member_text(&fhir->out, "type", type);
    json_out_end_object(&fhir->out);
}

/* What the source merged itself, then what the index of people knows (hms.patient_link). */
static void write_links(struct fhir *fhir, struct text merged_into, struct row_list links)
{
    struct text f[ROW_LIST_WIDTH_MAX];
    bool is_open = false;

    if (merged_into.len > 0) {
        write_link(fhir, &is_open, merged_into, TEXT_LITERAL("replaced-by"));
    }
    while (row_list_next(&links, f)) {
        if (!text_equal(f[1], merged_into)) {
            write_link(fhir, &is_open, f[1], f[0]);
        }
    }
    fhir_list_end(fhir, is_open);
}

static bool is_replaced(struct text merged_into, struct row_list links)
{
    struct text f[ROW_LIST_WIDTH_MAX];
    bool found = merged_into.len > 0;

    while (!found && row_list_next(&links, f)) {
        found = text_is(f[0], "replaced-by");
    }
    return found;
}

static void write(struct fhir *fhir, struct row row)
{
    struct text deceased_at = row_text(row, COLUMN_DECEASED_AT);
    struct text merged_into = row_text(row, COLUMN_MERGED_INTO);

    fhir_begin(fhir, "Patient", row_text(row, COLUMN_ID), row_text(row, COLUMN_SOURCE_SYSTEM),
               row_text(row, COLUMN_CONFIDENTIALITY));
    write_identifiers(fhir, row_text(row, COLUMN_MRN), row_list_of(row, COLUMN_IDENTIFIERS));
    fhir_bool(fhir, "active",
              is_replaced(merged_into, row_list_of(row, COLUMN_LINKS))
                  ? TEXT_LITERAL("false")
                  : row_text(row, COLUMN_ACTIVE));
    write_names(fhir, row_list_of(row, COLUMN_NAMES));
    write_telecoms(fhir, row_list_of(row, COLUMN_TELECOMS));
    fhir_code(fhir, "gender", row_text(row, COLUMN_SEX));
    fhir_date(fhir, "birthDate", row_text(row, COLUMN_BIRTH_DATE),
              row_text(row, COLUMN_BIRTH_PRECISION));
    if (deceased_at.len > 0) {
        fhir_when(fhir, "deceasedDateTime", deceased_at,
                  row_text(row, COLUMN_DECEASED_PRECISION));
    } else {
        fhir_bool(fhir, "deceasedBoolean", row_text(row, COLUMN_DECEASED));
    }
    write_addresses(fhir, row_list_of(row, COLUMN_ADDRESSES));
    write_marital_status(fhir, row_text(row, COLUMN_MARITAL_STATUS));
    write_contacts(fhir, row_list_of(row, COLUMN_CONTACTS));
    write_language(fhir, row_text(row, COLUMN_LANGUAGE));
    write_practitioner(fhir, row_text(row, COLUMN_PRACTITIONER));
    write_links(fhir, merged_into, row_list_of(row, COLUMN_LINKS));
    json_out_end_object(&fhir->out);
}

const struct resource resource_patient = {
    .type = "Patient",
    .select = SELECT,
    .from = "hms.patient",
    .read = RESOURCE_READ(SELECT, "hms.patient"),
    .params = params,
    .narrow = narrow,
    .write = write,
};
