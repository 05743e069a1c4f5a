#include "rehearsals/synth/truth.h"

#include "core/file.h"

static const struct dump_format format = {
    .charset = CHARSET_UTF8,
    .delimiter = ',',
    .line_end = "\n",
    .date = "yyyy-MM-dd",
    .time = "yyyy-MM-ddTHH:mm:ss",
    .decimal = '.',
};

static const char *const home_names[ORG_END] = {
    [ORG_SHARED] = "shared", [ORG_NORTHGATE] = "northgate", [ORG_LINDENHOF] = "lindenhof",
    [ORG_ALNOOR] = "alnoor", [ORG_RIVERSIDE] = "riverside", [ORG_STMARY] = "stmary",
};

static bool open_one(struct dump *dump, const char *folder, const char *name,
                     const char *columns, struct error *err)
{
    char *path = path_join(folder, name);
    bool ok = dump_open(dump, path, &format, columns, err);

    free(path);
    return ok;
}

bool truth_open(struct truth *truth, const char *folder, struct error *err)
{
    *truth = (struct truth){0};
    return open_one(&truth->people, folder, "people.csv", "organisation source_key person",
                    err) &&
           open_one(&truth->bad_rows, folder, "bad_rows.csv",
                    "organisation source_table source_key line kind expected_disposition "
                    "expected_rule entity",
                    err) &&
           open_one(&truth->codes, folder, "codes.csv",
                    "organisation local_code system standard_code", err) &&
           open_one(&truth->counts, folder, "counts.csv", "organisation table rows", err);
}

bool truth_close(struct truth *truth, struct error *err)
{
    bool ok = dump_close(&truth->people, err);

    ok = dump_close(&truth->bad_rows, err) && ok;
    ok = dump_close(&truth->codes, err) && ok;
    return dump_close(&truth->counts, err) && ok;
}

void truth_person(struct truth *truth, const char *organisation, const char *key,
                  const struct person *person)
{
    char name[48];

    (void)snprintf(name, sizeof(name), "%s-%llu", home_names[person->home],
                   (unsigned long long)person->number);
    dump_word(&truth->people, organisation);
    dump_word(&truth->people, key);
    dump_word(&truth->people, name);
    dump_end_row(&truth->people);
}

void truth_bad_row(struct truth *truth, const struct truth_bad_row *row)
{
    const struct plant_spec *spec = plant_spec(row->plant);
    struct dump *dump = &truth->bad_rows;

    dump_word(dump, row->organisation);
    dump_word(dump, row->table);
    dump_word(dump, row->key);
    dump_uint(dump, row->line);
    dump_word(dump, spec->kind);
    dump_word(dump, spec->disposition);
    dump_word(dump, spec->rule);
    dump_word(dump, spec->entity);
    dump_end_row(dump);
}

void truth_code(struct truth *truth, const char *organisation, const char *local,
                const char *system, const char *standard)
{
    dump_word(&truth->codes, organisation);
    dump_word(&truth->codes, local);
    dump_word(&truth->codes, system);
    dump_word(&truth->codes, standard);
    dump_end_row(&truth->codes);
}

void truth_count(struct truth *truth, const char *organisation, const char *table,
                 uint64_t rows)
{
    dump_word(&truth->counts, organisation);
    dump_word(&truth->counts, table);
    dump_uint(&truth->counts, rows);
    dump_end_row(&truth->counts);
}
