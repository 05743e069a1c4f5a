/* A pack that somebody made with care to do harm: its checksum is right, everything else is not. */
#include "core/ident.h"
#include "terminology/code_check.h"
#include "terminology/gem.h"
#include "terminology/pack_layout.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void visit(const struct gem_answer *answer, void *context)
{
    size_t *bytes = context;

    for (int i = 0; i < answer->nparts; i++) {
        *bytes += answer->parts[i].len;
    }
}

static void use(const struct code_pack *pack)
{
    size_t bytes = 0;

    for (uint32_t row = 0; row < code_pack_count(pack); row++) {
        struct code_entry entry = code_pack_entry(pack, row);
        struct error err = {0};
        struct text name;
        struct text value;
        code_check(pack, entry.code, 0);
        for (size_t at = 0; code_pack_property(pack, row, &at, &name, &value);) {
            bytes += name.len + value.len;
        }
        (void)!gem_translate(pack, row, visit, &bytes, &err);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t skip = offsetof(struct pack_header, sections);
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    struct pack_header *header;
    struct code_pack *pack;
    struct error err = {0};
    uint8_t *copy = malloc(size + 1);
    char path[32];

    memcpy(copy, data, size);
    if (size >= sizeof(*header)) {
        header = (void *)copy;
        memcpy(header->magic, PACK_MAGIC, sizeof(header->magic));
        header->size = size;
        header->checksum = checksum_of(copy + skip, size - skip);
    }
    assert(write(fd, copy, size) == (ssize_t)size);
    free(copy);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    pack = code_pack_open(path, &err);
    if (pack != NULL) {
        use(pack);
    }
    code_pack_free(pack);
    close(fd);
    return 0;
}
