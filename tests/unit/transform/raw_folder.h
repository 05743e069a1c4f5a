/*
 * raw_folder.h - a scratch folder with a code map and a small raw table, as the examples of the
 * step table want them.
 */
#ifndef HMS_TESTS_RAW_FOLDER_H
#define HMS_TESTS_RAW_FOLDER_H

#include "core/batch_file.h"
#include "core/file.h"
#include "core/raw_frame.h"
#include "tests/unit/unit.h"

#include <unistd.h>

static const char code_map_text[] =
    "#mapping_set_id: north-lab\n"
    "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\t"
    "author_id\treviewer_id\n"
    "CREA\tCreatinine\tskos:exactMatch\t2160-0\tCreatinine in "
    "serum\tsemapv:ManualMappingCuration\tada\tben\n"
    "GLU\tGlucose\tskos:exactMatch\t2345-7\tGlucose in "
    "serum\tsemapv:ManualMappingCuration\tada\tben\n"
    "K\tPotassium\tskos:exactMatch\t2823-3\tPotassium in "
    "serum\tsemapv:LexicalMatching\tada\t\n"
    "XYZ\tUnclear\tskos:exactMatch\tsssom:NoTermFound\t\tsemapv:ManualMappingCuration\tada"
    "\tben\n";

struct raw_folder {
    char path[64];
};

static inline void raw_folder_file(const struct raw_folder *folder, const char *name,
                                   const char *content)
{
    struct error err = {0};
    char *path = path_join(folder->path, name);

    assert_true(file_write(path, text_of(content), &err));
    free(path);
}

/* Rows of DOC_ID, NAME, WARD; the last one is ragged. */
static inline void raw_folder_doctors(struct batch *batch)
{
    static const char *const rows[][3] = {
        {"D7", "Anna Weber", "W1"}, {" D8 ", "-", "W1"},  {"D9", "One", "W1"},
        {"D9", "Two", "W1"},        {"", "Nobody", "W1"}, {"D5", "Ragged", "W1"},
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        uint32_t row = batch_add_row(batch, (struct place){.line = i + 2});
        for (uint32_t col = 0; col < 3; col++) {
            *batch_cell(batch, row, col) =
                (struct cell){rows[i][col], (uint32_t)strlen(rows[i][col]), CELL_TEXT};
        }
    }
    batch_reject(batch, batch->nrows - 1, -1, "row.ragged");
}

static inline void raw_folder_table(const struct raw_folder *folder)
{
    static const char *const columns[] = {"DOC_ID", "NAME", "WARD"};
    static const char *const files[] = {"doctors.csv"};
    struct table_shape shape = {"DOCTORS", columns, 3, files, 1};
    struct batch_table table = {.name = "DOCTORS",
                                .organisation = "",
                                .source = "north",
                                .map = "",
                                .ncols = 3,
                                .columns = columns,
                                .nfiles = 1,
                                .files = files};
    struct error err = {0};
    struct batch batch;
    struct strbuf payload;
    uint16_t number;
    char *path = path_join(folder->path, "DOCTORS.hmb");
    struct batch_writer *writer = batch_writer_open(path, BATCH_FILE_RAW, true, &err);

    assert_non_null(writer);
    batch_init(&batch, &shape);
    strbuf_init(&payload, BLOCK_BYTES_MAX);
    raw_folder_doctors(&batch);
    raw_frame_write(&batch, &payload);
    assert_true(batch_writer_table(writer, &table, &number, &err));
    assert_true(batch_writer_put(writer, BLOCK_ROWS, number, 0, batch.nrows,
                                 strbuf_text(&payload), &err));
    assert_true(batch_writer_finish(writer, &err));
    batch_writer_free(writer);
    strbuf_release(&payload);
    batch_release(&batch);
    free(path);
}

static inline void raw_folder_make(struct raw_folder *folder)
{
    snprintf(folder->path, sizeof(folder->path), "/tmp/hms-steps-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    raw_folder_file(folder, "lab.tsv", code_map_text);
    raw_folder_table(folder);
}

static inline void raw_folder_remove(const struct raw_folder *folder)
{
    struct error err = {0};
    char **names;
    size_t count;

    assert_true(folder_list(folder->path, &names, &count, &err));
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(folder->path, names[i]);
        unlink(path);
        free(path);
    }
    folder_list_free(names, count);
    rmdir(folder->path);
}

#endif
