/*
 * manifest.h - the seal of a folder of batch files: what was read, what was written, and the
 * checksum of each.
 *
 * Shape     manifest.json, written last and by rename: a folder without it was never finished.
 *           inputs: the files that were read (for a stage: the raw .hmb files); files: the
 *           .hmb files here.  Its last member is the XXH3-64 of all bytes before it.
 *           A stage also names the terminology packs that judged its codes.
 * Errors    ERROR_INTEGRITY naming the file: missing, cut (size), changed (XXH3-64).
 * Limits    MANIFEST_FILES_MAX entries.
 */
#ifndef HMS_CORE_MANIFEST_H
#define HMS_CORE_MANIFEST_H

#include "core/arena.h"
#include "core/error.h"
#include "core/strbuf.h"

enum { MANIFEST_FILES_MAX = 10000 };

struct manifest_file {
    const char *name;  /* relative to the folder it was found in */
    const char *table; /* "" for an input that is several */
    uint64_t bytes;
    uint64_t rows;
    uint64_t checksum; /* XXH3-64 */
};

/* A release of a code system that was used. */
struct manifest_pack {
    const char *name;
    const char *release;
    const char *sha256; /* of the pack's file */
};

struct manifest {
    const char *kind;         /* "raw" or "stage" */
    const char *source;       /* source system */
    const char *organisation; /* "" when raw */
    const char *made;         /* RFC 3339, UTC */
    struct manifest_file *inputs;
    size_t ninputs;
    struct manifest_file *files;
    size_t nfiles;
    struct manifest_pack *packs;
    size_t npacks;
    struct arena arena;
};

void manifest_init(struct manifest *manifest, const char *kind, const char *source,
                   const char *organisation);
void manifest_release(struct manifest *manifest);
void manifest_add_input(struct manifest *manifest, const struct manifest_file *file);
void manifest_add_file(struct manifest *manifest, const struct manifest_file *file);
void manifest_add_pack(struct manifest *manifest, const struct manifest_pack *pack);
/* What a stream says in place of a manifest, the payload of a P block (core/manifest_pack.c).  What is
 * read lives in `arena`; false: malformed. */
void manifest_pack_write(const struct manifest_pack *pack, struct strbuf *out);
bool manifest_pack_read(struct manifest_pack *pack, struct text payload, struct arena *arena);
bool manifest_write(const struct manifest *manifest, const char *folder,
                    struct error *err) MUST_CHECK;
bool manifest_load(struct manifest *manifest, const char *folder, struct error *err) MUST_CHECK;
/* Size and checksum of every file listed, read anew. */
bool manifest_verify(const struct manifest *manifest, const char *folder,
                     struct error *err) MUST_CHECK;

#endif
