#include "rehearsals/reconcile_proof.h"

#include "core/file.h"

#include <stdarg.h>

void reconciliation_add_check(struct reconciliation *recon, const char *proof,
                              uint64_t expected, uint64_t found, uint64_t unexplained,
                              const char *what, ...)
{
    va_list args;
    char *text = NULL;
    va_start(args, what);
    if (vasprintf(&text, what, args) < 0) {
        abort();
    }
    va_end(args);
    recon->checks = xrealloc(recon->checks, (recon->nchecks + 1) * sizeof(*recon->checks));
    recon->checks[recon->nchecks++] = (struct reconcile_check){
        proof, arena_strdup(&recon->arena, text_of(text)), expected, found, unexplained};
    recon->unexplained += unexplained;
    free(text);
}

static uint64_t distance(uint64_t a, uint64_t b)
{
    return a > b ? a - b : b - a;
}

/* Batch files that lie in the folder, listed or not. */
static bool count_batch_files(const char *folder, uint64_t *found, struct error *err)
{
    char **names = NULL;
    size_t count = 0;
    *found = 0;
    if (!folder_list(folder, &names, &count, err)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        *found += text_match_glob("*.hmb", names[i]) ? 1 : 0;
    }
    folder_list_free(names, count);
    return true;
}

static bool prove_folder(struct reconciliation *recon, const struct manifest *manifest,
                         const char *folder, struct error *err)
{
    uint64_t found;
    if (!manifest_verify(manifest, folder, err) || !count_batch_files(folder, &found, err)) {
        return false;
    }
    reconciliation_add_check(recon, "files", manifest->nfiles, found,
                             distance(manifest->nfiles, found), "%s folder: files as sealed",
                             manifest->kind);
    return true;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static bool is_input(const struct manifest *stage, const struct manifest_file *file)
{
    for (size_t i = 0; i < stage->ninputs; i++) {
        const struct manifest_file *input = &stage->inputs[i];
        if (input->checksum == file->checksum && input->bytes == file->bytes &&
            strcmp(base_name(input->name), base_name(file->name)) == 0) {
            return true;
        }
    }
    return false;
}

bool prove_files(struct reconciliation *recon, const struct reconcile_options *options,
                 const struct manifest *raw, const struct manifest *stage, struct error *err)
{
    uint64_t same = 0;
    if (!prove_folder(recon, raw, options->raw, err) ||
        !prove_folder(recon, stage, options->stage, err)) {
        return false;
    }
    for (size_t i = 0; i < raw->nfiles; i++) {
        same += is_input(stage, &raw->files[i]) ? 1 : 0;
    }
    uint64_t lost = raw->nfiles - same;
    uint64_t foreign = stage->ninputs > same ? stage->ninputs - same : 0;
    reconciliation_add_check(recon, "files", raw->nfiles, same, lost + foreign,
                             "stage: made from the raw folder's files");
    return true;
}
