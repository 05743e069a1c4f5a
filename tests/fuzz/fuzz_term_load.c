/* Whatever a file holds, a loader builds a pack of it that opens, or says what is wrong. */
#include "core/ident.h"
#include "terminology/load_athena.h"

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

static void write_and_open(struct pack_builder *builder, enum code_dialect dialect)
{
    struct error err = {0};
    struct strbuf pack;

    strbuf_init(&pack, 64 << 20);
    pack_builder_meta(builder, "dialect", text_of(code_dialect_name(dialect)));
    if (pack_builder_write(builder, &pack, &err)) {
        open_again(&pack);
    }
    strbuf_release(&pack);
}

static void load_vocabularies(const struct load_set *set)
{
    struct error err = {0};
    struct athena athena;
    bool ok = athena_read(&athena, set, &err);

    for (uint32_t i = 0; ok && i < athena.nvocabularies; i++) {
        struct load_facts facts = {0};
        struct pack_builder builder;
        if (load_athena_wants(&athena, i)) {
            pack_builder_init(&builder);
            load_athena(&athena, i, &builder, &facts);
            write_and_open(&builder, facts.dialect);
            pack_builder_release(&builder);
        }
    }
    athena_release(&athena);
}

static void load_one(enum load_kind kind, const struct load_set *set)
{
    struct load_facts facts = {0};
    struct pack_builder builder;
    struct error err = {0};

    pack_builder_init(&builder);
    if (load_content(kind, set, &builder, &facts, &err)) {
        write_and_open(&builder, facts.dialect);
    }
    pack_builder_release(&builder);
}

/* Files with a byte 0x1E between them.  The first byte of each may force a kind, so that damaged
 * headers are read, too: 'A' is the first kind. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text rest = {(const char *)data, size};
    struct load_set set = {0};
    enum load_kind first = LOAD_UNKNOWN;

    while (rest.len > 1) {
        const char *end = memchr(rest.at, 0x1E, rest.len);
        size_t len = end == NULL ? rest.len : (size_t)(end - rest.at);
        struct text file = {rest.at + 1, len > 0 ? len - 1 : 0};
        unsigned forced = (unsigned)(uint8_t)rest.at[0] - 'A';
        enum load_kind kind =
            forced < LOAD_UNKNOWN ? (enum load_kind)forced : load_kind_of(file);
        if (kind != LOAD_UNKNOWN && len > 0) {
            set.content[kind] = file;
            first = first == LOAD_UNKNOWN ? load_main(kind) : first;
        }
        rest.at += len + (end != NULL);
        rest.len -= len + (end != NULL);
    }
    if (first == LOAD_ATHENA) {
        load_vocabularies(&set);
    } else if (first != LOAD_UNKNOWN) {
        load_one(first, &set);
    }
    return 0;
}
