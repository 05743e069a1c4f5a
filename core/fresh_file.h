/*
 * fresh_file.h - a file that has its name when it is whole, and not before.
 *
 * Way       written under another name beside it (mode 0600), synced, renamed, its folder synced: a
 *           crash leaves the old file or the new one.
 * Devices   what is there and no regular file (/dev/null, a pipe, /dev/stdout) is written as it
 *           stands, and nothing is synced or renamed: a file in its place would break the machine.
 * Ownership the caller owns the struct and ends it by one of finish and drop; drop of zero is fine.
 * Errors    by errno, for a message of the caller's.
 */
#ifndef HMS_CORE_FRESH_FILE_H
#define HMS_CORE_FRESH_FILE_H

#include "core/error.h"

struct fresh_file {
    int fd;
    char *path;
    char *temporary; /* NULL when it is written as it stands */
};

bool fresh_file_open(struct fresh_file *file, const char *path) MUST_CHECK;
/* Also closes; after a failure nothing new is there. */
bool fresh_file_finish(struct fresh_file *file) MUST_CHECK;
void fresh_file_drop(struct fresh_file *file);

#endif
