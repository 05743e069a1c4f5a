/* Whatever a file holds, a loader builds a pack of it that opens, or says what is wrong. */
#include "core/ident.h"
#include "terminology/load.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void open_again(const struct strbuf *pack)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    struct error err = {0};
    struct code_pack *opened;
    char path[32];

    assert(write(fd, pack->at, pack->len) == (ssize_t)pack->len);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    opened = code_pack_open(path, &err);
    assert(opened != NULL);
    for (uint32_t row = 0; row < code_pack_count(opened); row++) {
        assert(code_pack_find(opened, code_pack_entry(opened, row).code) == row);
    }
    code_pack_free(opened);
    close(fd);
}

/* The first byte may force a kind, so that damaged headers are read, too. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text content = {(const char *)data + 1, size - 1};
    struct load_facts facts = {0};
    struct pack_builder builder;
    struct error err = {0};
    struct strbuf pack;
    enum load_kind kind;

    if (size == 0) {
        return 0;
    }
    kind = data[0] < LOAD_UNKNOWN ? (enum load_kind)data[0] : load_kind_of(content);
    strbuf_init(&pack, 64 << 20);
    pack_builder_init(&builder);
    pack_builder_meta(&builder, "dialect", text_of(code_dialect_name(load_dialect(kind))));
    if (load_content(kind, content, &builder, &facts, &err) &&
        pack_builder_write(&builder, &pack, &err)) {
        open_again(&pack);
    }
    pack_builder_release(&builder);
    strbuf_release(&pack);
    return 0;
}
