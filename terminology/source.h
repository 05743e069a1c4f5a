/*
 * source.h - the known files of a distribution as its user has it: files, folders, zip archives,
 * and zip archives in folders.
 *
 * Known by  the first SOURCE_PROBE bytes (load_kind_of), never by name.  Only what is known is
 *           read; what is no terminology, and an archive in an archive, is left alone.
 * Memory    files are mapped: they must not be cut while they are read.  Entries of archives are
 *           unpacked into memory, SOURCE_UNPACKED_MAX bytes in all.
 * Limits    SOURCE_DEPTH_MAX levels of folders, SOURCE_FILES_MAX known files; archive.h.
 */
#ifndef HMS_TERMINOLOGY_SOURCE_H
#define HMS_TERMINOLOGY_SOURCE_H

#include "terminology/load.h"

enum { SOURCE_PROBE = 1 << 17, SOURCE_DEPTH_MAX = 6, SOURCE_FILES_MAX = 4096 };
#define SOURCE_UNPACKED_MAX ((size_t)2 << 30)

struct source_file {
    char *name; /* "folder/Loinc.csv", "Loinc.zip: LoincTable/Loinc.csv" */
    enum load_kind kind;
    struct text content;
    void *memory; /* malloc'd, or NULL when it is a part of a mapping */
};

struct sources {
    struct source_file *files;
    size_t nfiles;
    struct text *mappings;
    size_t nmappings;
    size_t unpacked;
};

/* Adds what is known in a file, folder or archive. */
bool sources_add(struct sources *sources, const char *path, struct error *err) MUST_CHECK;
void sources_release(struct sources *sources);

#endif
