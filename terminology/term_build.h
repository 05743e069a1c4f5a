/*
 * term_build.h - packs from a distribution as its user downloaded it.
 *
 * Finds     every known file of the folders, zip archives and files given (source.h), by what is in
 *           it.  Where a distribution says the same twice (ICD-9-CM long and short titles, LOINC
 *           full and core table) the larger file is taken.
 * Release   what the caller says, else what the file says, else the year in its name or in that
 *           of its archive.
 * Days      of ICD-10-CM: fiscal year Y is valid from Y-1-10-01 to before Y-10-01 (45 CFR
 *           162.1002); others are undated unless the caller says so.
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
