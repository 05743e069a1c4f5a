#include "serve/narrow.h"
#include "serve/resource.h"

enum {
    COLUMN_PATIENT = COLUMN_OWN,
    COLUMN_ENCOUNTER,
    COLUMN_SERVICE_ORDER,
    COLUMN_SPECIMEN,
    COLUMN_CATEGORY,
    COLUMN_CODE,
    COLUMN_CODE_SYSTEM,
    COLUMN_SOURCE_CODE,
    COLUMN_SOURCE_TEXT,
    COLUMN_STATE,
    COLUMN_VALUE_KIND,
    COLUMN_VALUE_NUM,
    COLUMN_COMPARATOR,
    COLUMN_UNIT_SOURCE,
    COLUMN_UNIT_UCUM,
    COLUMN_VALUE_NUM_UCUM,
    COLUMN_VALUE_TEXT,
    COLUMN_VALUE_CODE,
    COLUMN_VALUE_SYSTEM,
    COLUMN_REF_LOW,
    COLUMN_REF_HIGH,
    COLUMN_REF_TEXT,
    COLUMN_ABNORMAL,
    COLUMN_ABSENT_REASON,
    COLUMN_EFFECTIVE_AT,
    COLUMN_EFFECTIVE_PRECISION,
    COLUMN_ISSUED_AT,
    COLUMN_PRACTITIONER,
    COLUMN_DEVICE,
    COLUMN_NOTE,
};

/* trim_scale: numeric(18,6) would show 5.4 as 5.400000, six digits that nobody measured. */
#define SELECT                                                                                 \
    "SELECT r.id::text, r.source_system, r.row_hash::text, r.patient_id::text,"                \
    " r.encounter_id::text, r.service_order_id::text, r.specimen_id::text, "                   \
    "r.category," FHIR_CODE ", r.code_system, " FHIR_SOURCE_CODE ", r.source_text, r.state,"   \
    " r.value_kind, trim_scale(r.value_num)::text, r.comparator, r.unit_source, r.unit_ucum,"  \
    " trim_scale(r.value_num_ucum)::text, r.value_text, r.value_code, r.value_system,"         \
    " trim_scale(r.ref_low)::text, trim_scale(r.ref_high)::text, r.ref_text,"                  \
    " r.abnormal, r.absent_reason,"                                                            \
    " " FHIR_WHEN("r.effective_at",                                                            \
                  "r.effective_precision") ", r.effective_precision,"                          \
                                           " r.issued_at::text, r.practitioner_id::text, "     \
                                           "r.device, r.note"

/* ---- search ---- */

static const struct search_param params[] = {
    {"_id", SEARCH_ID, "the id of the resource"},
    {"patient", SEARCH_REFERENCE, "the patient whose observations these are"},
    {"code", SEARCH_TOKEN,
     "what was observed, [system|]code, in the standard's or the source's code"},
    {"date", SEARCH_DATE, "when it was observed, with eq, lt, le, gt or ge before it"},
    {0}};

static void narrow_by_code(const struct search_value *value, const char *organisation,
                           struct statement *statement)
{
    statement_add(statement, " AND EXISTS (SELECT FROM unnest(");
    statement_add_value(statement, narrow_systems(value, organisation, statement->arena));
    statement_add(statement, "::text[], ");
    statement_add_value(statement, narrow_values(value, statement->arena));
    statement_add(statement,
                  "::text[]) w (system, code)"
                  " WHERE (r.code = w.code AND r.code_state IS DISTINCT FROM 'invalid'"
                  " AND (w.system IS NULL OR w.system = r.code_system))"
                  " OR (r.source_code = w.code"
                  " AND (w.system IS NULL OR w.system = r.source_system)))");
}

/* The time of the observation as an interval; see FHIR_WHEN for the twelve hours. */
#define IS_DAY "r.effective_precision IN ('Y', 'M', 'D')"
#define LOW                                                                                    \
    "(CASE WHEN " IS_DAY " THEN date_trunc('day', (r.effective_at + interval '12 hours')"      \
    " AT TIME ZONE 'UTC') ELSE r.effective_at AT TIME ZONE 'UTC' END)"
#define HIGH                                                                                   \
    "(" LOW " + CASE r.effective_precision WHEN 'Y' THEN interval '1 year'"                    \
    " WHEN 'M' THEN interval '1 month' WHEN 'D' THEN interval '1 day'"                         \
    " ELSE interval '1 microsecond' END)"

static void narrow(const struct search *search, const char *organisation,
                   struct statement *statement)
{
    for (size_t i = 0; i < search->nvalues; i++) {
        if (strcmp(search->values[i].param->name, "code") == 0) {
            narrow_by_code(&search->values[i], organisation, statement);
        }
    }
    narrow_by_date(search, "date", LOW, HIGH, statement);
}

/* ---- writing ---- */

static bool is_one_of(struct text value, const char *const *list)
{
    while (*list != NULL && !text_is(value, *list)) {
        list++;
    }
    return *list != NULL;
}

static void write_coded(struct fhir *fhir, const char *system, struct text code)
{
    json_out_object(&fhir->out);
    json_out_key(&fhir->out, "coding");
    json_out_array(&fhir->out);
    fhir_coding(fhir, system, code);
    json_out_end_array(&fhir->out);
    json_out_end_object(&fhir->out);
}

/* A list of one concept: with the coding when the standard knows the word, else as text. */
static void write_word(struct fhir *fhir, const char *key, struct text word, const char *system,
                       const char *const *known)
{
    if (fhir_is_blank(word)) {
        return;
    }
    json_out_key(&fhir->out, key);
    json_out_array(&fhir->out);
    if (is_one_of(word, known)) {
        write_coded(fhir, system, word);
    } else {
        fhir_concept_value(fhir, &(struct fhir_concept){.source_text = word});
    }
    json_out_end_array(&fhir->out);
}

static void write_category(struct fhir *fhir, struct text category)
{
    static const char *const known[] = {
        "social-history", "vital-signs", "imaging", "laboratory", "procedure",
        "survey",         "exam",        "therapy", "activity",   NULL};

    write_word(fhir, "category", category,
               "http://terminology.hl7.org/CodeSystem/observation-category", known);
}

static void write_interpretation(struct fhir *fhir, struct text abnormal)
{
    static const char *const known[] = {"N", "H", "L",   "HH", "LL", "A",   "AA",  "HU",  "LU",
                                        "<", ">", "U",   "D",  "B",  "W",   "POS", "NEG", "R",
                                        "S", "I", "IND", "E",  "ND", "DET", NULL};

    write_word(fhir, "interpretation", abnormal,
               "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", known);
}

static void write_code(struct fhir *fhir, struct row row)
{
    struct fhir_concept concept = {.code = row_text(row, COLUMN_CODE),
                                   .system = row_text(row, COLUMN_CODE_SYSTEM),
                                   .source_code = row_text(row, COLUMN_SOURCE_CODE),
                                   .source_system = row_text(row, COLUMN_SOURCE_SYSTEM),
                                   .source_text = row_text(row, COLUMN_SOURCE_TEXT)};

    json_out_key(&fhir->out, "code"); /* FHIR requires it */
    if (fhir_concept_is_blank(&concept)) {
        write_coded(fhir, "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
                    TEXT_LITERAL("UNK"));
    } else {
        fhir_concept_value(fhir, &concept);
    }
}

/* In UCUM where the store knows it, else in the source's words. */
static bool write_quantity(struct fhir *fhir, struct row row)
{
    struct text number = row_text(row, COLUMN_VALUE_NUM_UCUM);
    struct text ucum = row_text(row, COLUMN_UNIT_UCUM);
    bool is_ucum = number.len > 0 && fhir_is_code(ucum);

    if (!is_ucum) {
        number = row_text(row, COLUMN_VALUE_NUM);
    }
    if (number.len == 0) {
        return false;
    }
    json_out_key(&fhir->out, "valueQuantity");
    json_out_object(&fhir->out);
    fhir_decimal(fhir, "value", number);
    fhir_code(fhir, "comparator", row_text(row, COLUMN_COMPARATOR));
    fhir_text(fhir, "unit", is_ucum ? ucum : row_text(row, COLUMN_UNIT_SOURCE));
    if (is_ucum) {
        json_out_member(&fhir->out, "system", "http://unitsofmeasure.org");
        json_out_member_text(&fhir->out, "code", ucum);
    }
    json_out_end_object(&fhir->out);
    return true;
}

static bool write_value(struct fhir *fhir, struct row row)
{
    struct fhir_concept concept = {.code = row_text(row, COLUMN_VALUE_CODE),
                                   .system = row_text(row, COLUMN_VALUE_SYSTEM),
                                   .source_text = row_text(row, COLUMN_VALUE_TEXT)};

    if (row_is(row, COLUMN_VALUE_KIND, "quantity")) {
        return write_quantity(fhir, row);
    }
    if (row_is(row, COLUMN_VALUE_KIND, "code") && !fhir_concept_is_blank(&concept)) {
        fhir_concept(fhir, "valueCodeableConcept", &concept);
        return true;
    }
    if (row_is(row, COLUMN_VALUE_KIND, "text") && !fhir_is_blank(concept.source_text)) {
        fhir_text(fhir, "valueString", concept.source_text);
        return true;
    }
    return false;
}

static void write_absent_reason(struct fhir *fhir, struct text reason)
{
    static const char *const known[] = {
        "unknown",           "asked-unknown", "temp-unknown",   "not-asked",
        "asked-declined",    "masked",        "not-applicable", "unsupported",
        "as-text",           "error",         "not-a-number",   "negative-infinity",
        "positive-infinity", "not-performed", "not-permitted",  NULL};
    bool is_known = is_one_of(reason, known);

    json_out_key(&fhir->out, "dataAbsentReason");
    if (is_known || fhir_is_blank(reason)) {
        write_coded(fhir, "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                    is_known ? reason : TEXT_LITERAL("unknown"));
    } else {
        fhir_concept_value(fhir, &(struct fhir_concept){.source_text = reason});
    }
}

static void write_limit(struct fhir *fhir, const char *key, struct text number,
                        struct text unit)
{
    if (number.len > 0) {
        json_out_key(&fhir->out, key);
        json_out_object(&fhir->out);
        fhir_decimal(fhir, "value", number);
        fhir_text(fhir, "unit", unit);
        json_out_end_object(&fhir->out);
    }
}

/* The range is the source's, so it is in the source's unit. */
static void write_reference_range(struct fhir *fhir, struct row row)
{
    struct text low = row_text(row, COLUMN_REF_LOW);
    struct text high = row_text(row, COLUMN_REF_HIGH);
    struct text text = row_text(row, COLUMN_REF_TEXT);
    struct text unit = row_text(row, COLUMN_UNIT_SOURCE);

    if (low.len == 0 && high.len == 0 && fhir_is_blank(text)) {
        return;
    }
    json_out_key(&fhir->out, "referenceRange");
    json_out_array(&fhir->out);
    json_out_object(&fhir->out);
    write_limit(fhir, "low", low, unit);
    write_limit(fhir, "high", high, unit);
    fhir_text(fhir, "text", text);
    json_out_end_object(&fhir->out);
    json_out_end_array(&fhir->out);
}

static void write_people_and_things(struct fhir *fhir, struct row row)
{
    struct text practitioner = row_text(row, COLUMN_PRACTITIONER);
    struct text device = row_text(row, COLUMN_DEVICE);
    struct text order = row_text(row, COLUMN_SERVICE_ORDER);
    bool has_order = false;
    bool has_performer = false;

    if (order.len > 0) {
        fhir_list_item(fhir, "basedOn", &has_order);
        fhir_elsewhere_value(fhir, "ServiceRequest", order);
        fhir_list_end(fhir, has_order);
    }
    if (practitioner.len > 0) {
        fhir_list_item(fhir, "performer", &has_performer);
        fhir_elsewhere_value(fhir, "Practitioner", practitioner);
        fhir_list_end(fhir, has_performer);
    }
    fhir_reference_elsewhere(fhir, "specimen", "Specimen", row_text(row, COLUMN_SPECIMEN));
    if (!fhir_is_blank(device)) {
        json_out_key(&fhir->out, "device");
        json_out_object(&fhir->out);
        fhir_text(fhir, "display", device);
        json_out_end_object(&fhir->out);
    }
}

static void write_note(struct fhir *fhir, struct text note)
{
    if (!fhir_is_blank(note)) {
        json_out_key(&fhir->out, "note");
        json_out_array(&fhir->out);
        json_out_object(&fhir->out);
        fhir_text(fhir, "text", note);
        json_out_end_object(&fhir->out);
        json_out_end_array(&fhir->out);
    }
}

static void write(struct fhir *fhir, struct row row)
{
    fhir_begin(fhir, "Observation", row_text(row, COLUMN_ID),
               row_text(row, COLUMN_SOURCE_SYSTEM), (struct text){"", 0});
    fhir_code(fhir, "status", row_text(row, COLUMN_STATE));
    write_category(fhir, row_text(row, COLUMN_CATEGORY));
    write_code(fhir, row);
    fhir_reference(fhir, "subject", "Patient", row_text(row, COLUMN_PATIENT));
    fhir_reference(fhir, "encounter", "Encounter", row_text(row, COLUMN_ENCOUNTER));
    fhir_when(fhir, "effectiveDateTime", row_text(row, COLUMN_EFFECTIVE_AT),
              row_text(row, COLUMN_EFFECTIVE_PRECISION));
    fhir_when(fhir, "issued", row_text(row, COLUMN_ISSUED_AT), (struct text){"", 0});
    if (!write_value(fhir, row)) {
        write_absent_reason(fhir, row_text(row, COLUMN_ABSENT_REASON));
    }
    write_interpretation(fhir, row_text(row, COLUMN_ABNORMAL));
    write_note(fhir, row_text(row, COLUMN_NOTE));
    write_reference_range(fhir, row);
    write_people_and_things(fhir, row);
    json_out_end_object(&fhir->out);
}

const struct resource resource_observation = {
    .type = "Observation",
    .select = SELECT,
    .from = "hms.observation",
    .read = RESOURCE_READ(SELECT, "hms.observation"),
    .time = "r.effective_at",
    .patient = "r.patient_id",
    .params = params,
    .narrow = narrow,
    .write = write,
};
