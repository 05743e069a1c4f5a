#include "serve/resource.h"

#include "core/ident.h"

#include <inttypes.h>

enum { VERSIONED_BYTES_MAX = 64 << 20 };

void resource_version(struct row row, char out[33])
{
    struct strbuf all;
    struct digest128 digest;

    strbuf_init(&all, VERSIONED_BYTES_MAX);
    strbuf_puts(&all, HMS_VERSION);
    for (int column = 0; column < row.ncolumns; column++) {
        struct text field = row_text(row, column);
        strbuf_add(&all, &field.len, sizeof(field.len));
        strbuf_add_text(&all, field);
    }
    digest = digest_of(all.at, all.len);
    strbuf_release(&all);
    snprintf(out, 33, "%016" PRIx64 "%016" PRIx64, digest.high, digest.low);
}
