/* Whatever an archive holds, its entries unpack within the limits, or it says what is wrong. */
#include "terminology/archive.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text bytes = {(const char *)data, size};
    struct error err = {0};
    struct archive *archive = archive_open(bytes, &err);
    struct strbuf content;

    strbuf_init(&content, 64 << 20);
    (void)archive_is(bytes);
    for (uint64_t i = 0; archive != NULL && i < archive_count(archive); i++) {
        struct error why = {0};
        (void)archive_name(archive, i);
        if (archive_begin(archive, i, 100, &content, &why)) {
            assert(content.len <= 100);
        }
        if (archive_read(archive, i, &content, &why)) {
            assert(content.len <= ARCHIVE_SMALL || content.len / ARCHIVE_RATIO_MAX <= size);
        }
    }
    archive_free(archive);
    strbuf_release(&content);
    return 0;
}
