#include "serve/narrow.h"
#include "serve/resource.h"

enum {
    COLUMN_PATIENT = COLUMN_OWN,
    COLUMN_ENCOUNTER_NO,
    COLUMN_CLASS,
    COLUMN_STATE,
    COLUMN_STARTED_AT,
    COLUMN_STARTED_PRECISION,
    COLUMN_ENDED_AT,
    COLUMN_ENDED_PRECISION,
    COLUMN_CODE,
    COLUMN_CODE_SYSTEM,
    COLUMN_SOURCE_CODE,
    COLUMN_SOURCE_TEXT,
    COLUMN_REASON_CODE,
    COLUMN_REASON_SYSTEM,
    COLUMN_REASON_SOURCE_CODE,
    COLUMN_REASON_SOURCE_TEXT,
    COLUMN_PRACTITIONER,
    COLUMN_LOCATION,
    COLUMN_ADMISSION_SOURCE,
    COLUMN_DISCHARGE_DISPOSITION,
};

#define SELECT                                                                                 \
    "SELECT r.id::text, r.source_system, r.row_hash::text, r.patient_id::text,"                \
    " r.encounter_no, r.class, r.state,"                                                       \
    " " FHIR_WHEN(                                                                             \
        "r.started_at",                                                                        \
        "r.started_precision") ", r.started_precision,"                                        \
                               " " FHIR_WHEN(                                                  \
                                   "r.ended_at",                                               \
                                   "r.ended_precision") ", r.ended_precision," FHIR_CODE       \
                                                        ", r.code_system, " FHIR_SOURCE_CODE   \
                                                        ", r.source_text,"                     \
                                                        " r.reason_code, r.reason_system, "    \
                                                        "r.reason_source_code, "               \
                                                        "r.reason_source_text,"                \
                                                        " r.practitioner_id::text, "           \
                                                        "r.location_id::text, "                \
                                                        "r.admission_source,"                  \
                                                        " r.discharge_disposition"

static const struct search_param params[] = {
    {"_id", SEARCH_ID, "the id of the resource"},
    {"patient", SEARCH_REFERENCE, "the patient whose encounters these are"},
    {0}};

static void narrow(const struct search *search, const char *organisation,
                   struct statement *statement)
{
    (void)search; /* nothing but _id and patient */
    (void)organisation;
    (void)statement;
}

static void write_identifier(struct fhir *fhir, struct text number)
{
    struct strbuf uri;

    if (fhir_is_blank(number)) {
        return;
    }
    strbuf_init(&uri, 256);
    fhir_system_uri(&uri, fhir->organisation, TEXT_LITERAL("encounter"));
    json_out_key(&fhir->out, "identifier");
    json_out_array(&fhir->out);
    json_out_object(&fhir->out);
    json_out_member_text(&fhir->out, "system", strbuf_text(&uri));
    json_out_member_text(&fhir->out, "value", number);
    json_out_end_object(&fhir->out);
    json_out_end_array(&fhir->out);
    strbuf_release(&uri);
}

static void write_class(struct fhir *fhir, struct text class)
{
    json_out_key(&fhir->out, "class");
    if (text_is(class, "OTHER")) {
        fhir_coding(fhir, "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
                    TEXT_LITERAL("OTH"));
    } else {
        fhir_coding(fhir, "http://terminology.hl7.org/CodeSystem/v3-ActCode", class);
    }
}

static void write_concepts(struct fhir *fhir, const char *key, struct fhir_concept concept)
{
    bool is_open = false;

    if (!fhir_concept_is_blank(&concept)) {
        fhir_list_item(fhir, key, &is_open);
        fhir_concept_value(fhir, &concept);
        fhir_list_end(fhir, is_open);
    }
}

/* A list of one {key: reference}. */
static void write_backbone(struct fhir *fhir, const char *list, const char *key,
                           const char *type, struct text id)
{
    if (id.len > 0) {
        json_out_key(&fhir->out, list);
        json_out_array(&fhir->out);
        json_out_object(&fhir->out);
        fhir_reference_elsewhere(fhir, key, type, id);
        json_out_end_object(&fhir->out);
        json_out_end_array(&fhir->out);
    }
}

static void write_period(struct fhir *fhir, struct row row)
{
    struct text from = row_text(row, COLUMN_STARTED_AT);
    struct text to = row_text(row, COLUMN_ENDED_AT);

    if (from.len > 0 || to.len > 0) {
        json_out_key(&fhir->out, "period");
        json_out_object(&fhir->out);
        fhir_when(fhir, "start", from, row_text(row, COLUMN_STARTED_PRECISION));
        fhir_when(fhir, "end", to, row_text(row, COLUMN_ENDED_PRECISION));
        json_out_end_object(&fhir->out);
    }
}

static void write_hospitalization(struct fhir *fhir, struct row row)
{
    struct text from = row_text(row, COLUMN_ADMISSION_SOURCE);
    struct text to = row_text(row, COLUMN_DISCHARGE_DISPOSITION);

    if (!fhir_is_blank(from) || !fhir_is_blank(to)) {
        json_out_key(&fhir->out, "hospitalization");
        json_out_object(&fhir->out);
        fhir_concept_text(fhir, "admitSource", from);
        fhir_concept_text(fhir, "dischargeDisposition", to);
        json_out_end_object(&fhir->out);
    }
}

static void write(struct fhir *fhir, struct row row)
{
    struct text source = row_text(row, COLUMN_SOURCE_SYSTEM);

    fhir_begin(fhir, "Encounter", row_text(row, COLUMN_ID), source, (struct text){"", 0});
    write_identifier(fhir, row_text(row, COLUMN_ENCOUNTER_NO));
    fhir_code(fhir, "status", row_text(row, COLUMN_STATE));
    write_class(fhir, row_text(row, COLUMN_CLASS));
    write_concepts(fhir, "type",
                   (struct fhir_concept){.code = row_text(row, COLUMN_CODE),
                                         .system = row_text(row, COLUMN_CODE_SYSTEM),
                                         .source_code = row_text(row, COLUMN_SOURCE_CODE),
                                         .source_system = source,
                                         .source_text = row_text(row, COLUMN_SOURCE_TEXT)});
    fhir_reference(fhir, "subject", "Patient", row_text(row, COLUMN_PATIENT));
    write_backbone(fhir, "participant", "individual", "Practitioner",
                   row_text(row, COLUMN_PRACTITIONER));
    write_period(fhir, row);
    write_concepts(
        fhir, "reasonCode",
        (struct fhir_concept){.code = row_text(row, COLUMN_REASON_CODE),
                              .system = row_text(row, COLUMN_REASON_SYSTEM),
                              .source_code = row_text(row, COLUMN_REASON_SOURCE_CODE),
                              .source_system = source,
                              .source_text = row_text(row, COLUMN_REASON_SOURCE_TEXT)});
    write_hospitalization(fhir, row);
    write_backbone(fhir, "location", "location", "Location", row_text(row, COLUMN_LOCATION));
    json_out_end_object(&fhir->out);
}

const struct resource resource_encounter = {
    .type = "Encounter",
    .select = SELECT,
    .from = "hms.encounter",
    .read = RESOURCE_READ(SELECT, "hms.encounter"),
    .time = "r.started_at",
    .patient = "r.patient_id",
    .params = params,
    .narrow = narrow,
    .write = write,
};
