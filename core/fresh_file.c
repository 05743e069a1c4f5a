#include "core/fresh_file.h"

#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Under the last three a redirected file looks regular, and its name is still not ours. */
static bool stands(const char *path)
{
    static const char *const own_output[] = {"/dev/std", "/dev/fd/", "/proc/"};
    struct stat info;

    for (size_t i = 0; i < sizeof(own_output) / sizeof(own_output[0]); i++) {
        if (strncmp(path, own_output[i], strlen(own_output[i])) == 0) {
            return true;
        }
    }
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

bool fresh_file_open(struct fresh_file *file, const char *path)
{
    *file = (struct fresh_file){.fd = -1, .path = xstrdup(path)};
    if (stands(path)) {
        file->fd = open(path, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);
    } else {
        file->temporary = xasprintf("%s.%ld.tmp", path, (long)getpid());
        file->fd = open(file->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
    if (file->fd < 0) {
        int reason = errno;
        fresh_file_drop(file);
        errno = reason;
        return false;
    }
    return true;
}

/* A rename survives a crash only when its folder was synced as well. */
static bool sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? xstrdup(".") : xstrndup(path, (size_t)(slash - path) + 1);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0) {
        close(fd);
    }
    free(folder);
    return ok;
}

bool fresh_file_finish(struct fresh_file *file)
{
    bool ok = file->temporary == NULL || fsync(file->fd) == 0;
    int fd = file->fd;
    int reason;

    file->fd = -1;
    ok = close(fd) == 0 && ok;
    ok = ok && (file->temporary == NULL ||
                (rename(file->temporary, file->path) == 0 && sync_folder_of(file->path)));
    reason = errno;
    if (!ok && file->temporary != NULL) {
        unlink(file->temporary);
    }
    free(file->temporary);
    free(file->path);
    *file = (struct fresh_file){.fd = -1};
    errno = reason;
    return ok;
}

void fresh_file_drop(struct fresh_file *file)
{
    if (file->path == NULL) {
        return;
    }
    if (file->fd >= 0) {
        close(file->fd);
        if (file->temporary != NULL) {
            unlink(file->temporary);
        }
    }
    free(file->temporary);
    free(file->path);
    *file = (struct fresh_file){.fd = -1};
}
