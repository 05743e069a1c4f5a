#include "load/gate.h"

#include "core/balance.h"
#include "core/batch_file.h"
#include "core/file.h"
#include "core/manifest.h"

#include <inttypes.h>
#include <stdio.h>

enum { MAP_NAME_MAX = 128 };

struct unapproved {
    char map[MAP_NAME_MAX]; /* the first */
    uint64_t nmaps;
    uint64_t values; /* of all maps */
};

bool gate_purpose(const char *purpose, struct error *err)
{
    return strcmp(purpose, PURPOSE_REHEARSAL) == 0 || strcmp(purpose, PURPOSE_CUTOVER) == 0 ||
           error_set(err, ERROR_USAGE,
                     "--purpose is " PURPOSE_REHEARSAL " or " PURPOSE_CUTOVER);
}

static bool is_no_data(const struct batch_block *block, void *context)
{
    (void)context;
    return block->type != BLOCK_ROWS && block->type != BLOCK_REJECTS;
}

static bool count_block(struct unapproved *found, const struct batch_block *block,
                        struct error *err)
{
    struct balance balance;
    uint64_t values = 0;

    if (block->type != BLOCK_BALANCE) {
        return true;
    }
    if (!balance_read(&balance, block->payload, err)) {
        return false;
    }
    for (size_t i = 0; i < balance.nlines; i++) {
        if (strcmp(balance.lines[i].rule, "code.proposed") == 0) {
            values += balance.lines[i].rows;
        }
    }
    if (values > 0 && found->nmaps++ == 0) {
        snprintf(found->map, sizeof(found->map), "%s", balance.map);
    }
    found->values += values;
    balance_release(&balance);
    return true;
}

static bool count_file(struct unapproved *found, const char *path, struct error *err)
{
    struct batch_reader *reader = batch_reader_open(path, err);
    struct batch_block block;
    enum next next = NEXT_FAILED;

    if (reader != NULL) {
        batch_reader_choose(reader, is_no_data, NULL);
        while ((next = batch_reader_next(reader, &block, err)) == NEXT_BLOCK &&
               count_block(found, &block, err)) {
        }
    }
    batch_reader_free(reader);
    return next == NEXT_END || error_wrap(err, "%s", path);
}

static bool count_folder(struct unapproved *found, const char *stage, struct error *err)
{
    struct manifest manifest;
    bool ok = manifest_load(&manifest, stage, err);

    if (!ok) {
        return false;
    }
    for (size_t i = 0; ok && i < manifest.nfiles; i++) {
        char *path = path_join(stage, manifest.files[i].name);
        ok = count_file(found, path, err);
        free(path);
    }
    manifest_release(&manifest);
    return ok;
}

bool gate_open(const char *stage, const char *purpose, struct error *err)
{
    struct unapproved found = {.nmaps = 0};

    if (strcmp(purpose, PURPOSE_CUTOVER) != 0) {
        return true;
    }
    if (strcmp(stage, "-") == 0) {
        return error_set(err, ERROR_CONFIG,
                         "a cutover is loaded from a stage folder, no stream");
    }
    if (!count_folder(&found, stage, err)) {
        return false;
    }
    if (found.values == 0) {
        return true;
    }
    error_set(err, ERROR_CONFIG,
              "%" PRIu64 " values of %" PRIu64 " maps, %s first, have codes that no second "
              "person has approved (code.proposed): a cutover takes none",
              found.values, found.nmaps, found.map);
    error_hint(err, "'hms code review' approves them, 'hms code export' writes the code map, "
                    "then transform again");
    return false;
}
