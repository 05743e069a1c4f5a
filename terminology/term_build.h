/*
 * term_build.h - packs from a distribution as its user downloaded it.
 *
 * Finds     every known file of the folders, zip archives and files given (source.h), by what is in
 *           it.  Where a distribution says the same twice (ICD-9-CM long and short titles, LOINC
 *           full and core table, RxNorm and its prescribable part) the larger file is taken, and
 *           the other one is named to `said`.
 * Release, days and licence of a pack: pack_label.h.
 * Writes    FOLDER/NAME-RELEASE.hmspack, all or nothing, signed when there is a key.
 */
#ifndef HMS_TERMINOLOGY_TERM_BUILD_H
#define HMS_TERMINOLOGY_TERM_BUILD_H

#include "core/error.h"

struct term_build {
    const char *const *paths;
    int npaths;
    const char *folder;  /* where packs go */
    const char *release; /* NULL */
    const char *name;    /* NULL; of the only pack */
    const char *dialect; /* NULL */
    const char *from;    /* NULL */
    const char *until;   /* NULL */
    const char *key;     /* NULL: not signed */
    /* Called with each pack that was written. */
    void (*built)(const char *path, void *context);
    /* Called with what the user should know: what of a file was left out. */
    void (*said)(const char *file, const char *words, void *context);
    void *context;
};

bool term_build_run(const struct term_build *build, struct error *err) MUST_CHECK;

#endif
