/*
 * archive.h - what is in a zip archive, read in memory; the one place that knows libzip.
 *
 * Trust     none: names are only words to speak of an entry, nothing is ever written, and what
 *           an archive says of its sizes is not believed.
 * Limits    ARCHIVE_ENTRIES_MAX entries; an entry unpacks to ARCHIVE_ENTRY_MAX bytes, and to
 *           ARCHIVE_RATIO_MAX times its packed bytes once it is larger than ARCHIVE_SMALL.
 * Errors    ERROR_SOURCE: damaged, cut or encrypted; ERROR_LIMIT: one of the limits.
 * Lifetime  the bytes outlive the archive.
 */
#ifndef HMS_TERMINOLOGY_ARCHIVE_H
#define HMS_TERMINOLOGY_ARCHIVE_H

#include "core/error.h"
#include "core/strbuf.h"

enum {
    ARCHIVE_ENTRIES_MAX = 10000,
    ARCHIVE_ENTRY_MAX = 1 << 30,
    ARCHIVE_RATIO_MAX = 200,
    ARCHIVE_SMALL = 1 << 20
};

struct archive;

bool archive_is(struct text bytes);                                 /* by its first bytes */
struct archive *archive_open(struct text bytes, struct error *err); /* NULL on error */
void archive_free(struct archive *archive);
uint64_t archive_count(const struct archive *archive);
/* The entry's name, "" for what is no file; lives as long as the archive. */
const char *archive_name(const struct archive *archive, uint64_t index);
/* The first `max` bytes of an entry; when it has no more, all of it, with its checksum checked.
 */
bool archive_begin(const struct archive *archive, uint64_t index, size_t max,
                   struct strbuf *out, struct error *err) MUST_CHECK;
bool archive_read(const struct archive *archive, uint64_t index, struct strbuf *out,
                  struct error *err) MUST_CHECK;

#endif
