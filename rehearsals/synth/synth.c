#include "rehearsals/synth/synth.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "core/json_out.h"
#include "rehearsals/synth/scribe.h"

static const char marker_name[] = "synth.json";

static const struct synth_org *const orgs[] = {
    &org_northgate, &org_lindenhof, &org_alnoor, &org_riverside, &org_stmary,
};
enum { ORGS = sizeof(orgs) / sizeof(orgs[0]) };

static bool is_wanted(const struct synth_request *request, const struct synth_org *org)
{
    return request->only == NULL || strcmp(request->only, org->code) == 0;
}

static bool table_is_wanted(const struct synth_request *request, const char *table)
{
    for (int i = 0; i < request->ntables; i++) {
        if (strcmp(request->tables[i], table) == 0) {
            return true;
        }
    }
    return request->ntables == 0;
}

static bool table_exists(const struct synth_request *request, const char *table)
{
    for (size_t i = 0; i < ORGS; i++) {
        for (size_t j = 0; is_wanted(request, orgs[i]) && j < orgs[i]->ntables; j++) {
            if (strcmp(orgs[i]->tables[j].name, table) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool check_request(const struct synth_request *request, struct error *err)
{
    bool known = request->only == NULL;

    for (size_t i = 0; i < ORGS; i++) {
        known = known || is_wanted(request, orgs[i]);
    }
    if (!known) {
        error_set(err, ERROR_USAGE, "no organisation '%s'", request->only);
        error_hint(err, "northgate, lindenhof, alnoor, riverside, stmary");
        return false;
    }
    for (int i = 0; i < request->ntables; i++) {
        if (!table_exists(request, request->tables[i])) {
            return error_set(err, ERROR_USAGE, "no table '%s' in %s", request->tables[i],
                             request->only != NULL ? request->only : "any organisation");
        }
    }
    if (request->patients < 1 || request->patients > SYNTH_PATIENTS_MAX) {
        return error_set(err, ERROR_USAGE, "patients must be 1 to %llu",
                         (unsigned long long)SYNTH_PATIENTS_MAX);
    }
    if (request->results > SYNTH_RESULTS_MAX) {
        return error_set(err, ERROR_USAGE, "at most %llu results",
                         (unsigned long long)SYNTH_RESULTS_MAX);
    }
    return true;
}

/* One file of an earlier run; that it is not there is fine. */
static bool remove_file(const char *folder, const char *name, const char *ending,
                        struct error *err)
{
    char *path = xasprintf("%s/%s%s", folder, name, ending);
    bool ok = unlink(path) == 0 || errno == ENOENT;

    if (!ok) {
        error_set(err, ERROR_CONFIG, "cannot remove %s: %s", path, strerror(errno));
    }
    free(path);
    return ok;
}

static bool remove_earlier(const char *folder, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; i < ORGS && ok; i++) {
        char *of_org = path_join(folder, orgs[i]->code);

        for (size_t j = 0; j < orgs[i]->ntables && ok; j++) {
            ok = remove_file(of_org, orgs[i]->tables[j].name, orgs[i]->ending, err);
        }
        rmdir(of_org); /* stays when there is something else in it */
        free(of_org);
    }
    return ok;
}

/* Takes the folder: makes it, or clears an earlier run out of it. */
static bool take_folder(const char *folder, struct error *err)
{
    char **names = NULL;
    size_t count = 0;
    char *marker = path_join(folder, marker_name);
    bool ok = false;

    if (!folder_make(folder, err) || !folder_list(folder, &names, &count, err)) {
        goto out;
    }
    if (count > 0 && !file_exists(marker)) {
        error_set(err, ERROR_USAGE, "%s is not empty and was not made by synth", folder);
        error_hint(err, "name an empty or a new folder");
        goto out;
    }
    ok = remove_earlier(folder, err) && remove_file(folder, marker_name, "", err);

out:
    folder_list_free(names, count);
    free(marker);
    return ok;
}

static bool write_table(struct scribe *scribe, const struct synth_table *table,
                        const char *folder, struct synth_summary *summary, struct error *err)
{
    struct dump dump;
    char *path = xasprintf("%s/%s%s", folder, table->name, scribe->org->ending);
    uint64_t count = scribe_numbers(scribe, table);
    bool ok = dump_open(&dump, path, &scribe->org->format, table->columns, err);

    free(path);
    if (!ok) {
        return false;
    }
    scribe->dump = &dump;
    scribe->table = table->name;
    for (uint64_t n = 0; n < count && !dump_has_failed(&dump); n++) {
        scribe_write(scribe, table, n);
    }
    if (!dump_close(&dump, err)) {
        return false;
    }
    truth_count(scribe->truth, scribe->org->code, table->name, dump.rows);
    summary->tables++;
    summary->rows += dump.rows;
    summary->bytes += dump.bytes;
    return true;
}

/* Records that stand for nobody, and rows without a key, are not in people.csv. */
static void write_people(const struct scribe *scribe)
{
    for (uint64_t n = 0; n < scribe->world->npatients; n++) {
        enum plant plant = plant_of(scribe->world->org, n);
        char key[SCRIBE_KEY_MAX];
        struct person person;

        if (plant != PLANT_PATIENT_TEST && plant != PLANT_PATIENT_NO_KEY) {
            person_of(scribe->world, n, &person);
            scribe->org->patient_key(n, key);
            truth_person(scribe->truth, scribe->org->code, key, &person);
        }
    }
}

static bool write_org(const struct synth_request *request, const struct synth_org *org,
                      struct truth *truth, struct synth_summary *summary, struct error *err)
{
    const struct world world = {
        .seed = request->seed,
        .org = org->number,
        .npatients = request->patients,
        .nresults = request->results > 0 ? request->results
                                         : request->patients * SYNTH_RESULTS_PER_PATIENT,
    };
    struct scribe scribe = {.world = &world, .org = org, .truth = truth};
    char *folder = path_join(request->folder, org->code);
    bool ok = folder_make(folder, err);

    for (size_t i = 0; i < org->ntables && ok; i++) {
        if (table_is_wanted(request, org->tables[i].name)) {
            ok = write_table(&scribe, &org->tables[i], folder, summary, err);
        }
    }
    if (ok && table_is_wanted(request, org->patients)) {
        write_people(&scribe);
    }
    if (ok && org->codes != NULL) {
        org->codes(truth);
    }
    free(folder);
    summary->organisations++;
    return ok || error_wrap(err, "writing the dump of %s", org->code);
}

static bool write_marker(const struct synth_request *request, struct error *err)
{
    struct strbuf sb;
    struct json_out json;
    char *path = path_join(request->folder, marker_name);
    bool ok;

    strbuf_init(&sb, 4096);
    json_out_init(&json, &sb);
    json_out_object(&json);
    json_out_member(&json, "made_by", "hms synth");
    json_out_member(&json, "version", HMS_VERSION);
    json_out_member_uint(&json, "patients", request->patients);
    json_out_member_uint(&json, "results", request->results);
    json_out_member_uint(&json, "seed", request->seed);
    json_out_member(&json, "only", request->only);
    json_out_end_object(&json);
    strbuf_putc(&sb, '\n');
    ok = file_write(path, strbuf_text(&sb), err);
    strbuf_release(&sb);
    free(path);
    return ok;
}

bool synth_run(const struct synth_request *request, struct synth_summary *summary,
               struct error *err)
{
    struct truth truth = {0};
    char *folder = path_join(request->folder, "truth");
    bool ok = check_request(request, err) && take_folder(request->folder, err) &&
              write_marker(request, err) && folder_make(folder, err) &&
              truth_open(&truth, folder, err);

    *summary = (struct synth_summary){0};
    for (size_t i = 0; i < ORGS && ok; i++) {
        if (is_wanted(request, orgs[i])) {
            ok = write_org(request, orgs[i], &truth, summary, err);
        }
    }
    summary->bad_rows = truth.bad_rows.rows;
    ok = truth_close(&truth, err) && ok;
    free(folder);
    return ok;
}
