/*
 * cat_out.h - how `hms cat` writes one thing: as a CSV record or as a line of JSON.
 *
 * CSV       RFC 4180 with LF.  No value is an empty field, the empty text is "".
 * JSON      record "row 1" has the cells under "row": no value is null, ABSENT is left out;
 *           raw rows also say their place and issues.  Record "reject 1" is a row that did not
 *           go on, "pack 1" a terminology pack that judged codes.
 */
#ifndef HMS_CLI_CAT_OUT_H
#define HMS_CLI_CAT_OUT_H

#include "core/batch_file.h"
#include "core/manifest.h"
#include "core/reject.h"

void cat_csv_header(struct strbuf *sb, const struct batch_table *table);
void cat_csv_row(struct strbuf *sb, const struct cell *cells, uint32_t ncols);
void cat_csv_reject_header(struct strbuf *sb);
void cat_csv_reject(struct strbuf *sb, const struct reject *reject);

/* The issues of a raw row, none for a canonical one; `place` NULL: canonical. */
struct cat_row {
    const struct batch_table *table;
    const struct cell *cells;
    const struct place *place;
    const struct issue *issues;
    size_t nissues;
};
void cat_json_row(struct strbuf *sb, const struct cat_row *row);
void cat_json_reject(struct strbuf *sb, const struct reject *reject);
void cat_json_pack(struct strbuf *sb, const struct manifest_pack *pack);

#endif
