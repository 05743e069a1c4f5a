/*
 * file.h - whole files, read and written the safe way.
 */
#ifndef HMS_CORE_FILE_H
#define HMS_CORE_FILE_H

#include "core/error.h"
#include "core/strbuf.h"

/* The whole file; `max` bytes at most (ERROR_LIMIT). */
bool file_read(const char *path, size_t max, struct strbuf *out, struct error *err) MUST_CHECK;
/* All or nothing, mode 0600: see core/fresh_file.h. */
bool file_write(const char *path, struct text content, struct error *err) MUST_CHECK;
/* XXH3-64 and size of a file, read once. */
bool file_checksum(const char *path, uint64_t *checksum, uint64_t *size,
                   struct error *err) MUST_CHECK;
bool file_exists(const char *path);
/* mkdir -p; the folder itself of mode 0700, those on the way to it 0755. */
bool folder_make(const char *path, struct error *err) MUST_CHECK;
/* Names in a folder (no "." or ".."), sorted bytewise; caller frees each and the array. */
bool folder_list(const char *path, char ***names, size_t *count, struct error *err) MUST_CHECK;
void folder_list_free(char **names, size_t count);
/* folder + "/" + name, or name alone when it is absolute; the caller free()s. */
char *path_join(const char *folder, const char *name);

#endif
