#include "extract/csv_split.h"

#include <assert.h>

#include <csv.h>

/*
 * What libcsv would do by itself, and what is done about it:
 *   trims unquoted fields            a space function that knows no space
 *   swallows blank lines             they are seen before libcsv is asked
 *   takes `a"b` and `"a"b` as good   CSV_STRICT
 *   takes an open quote as good      CSV_STRICT_FINI
 *   cannot go on after an error      it is made anew
 */
enum { CSV_OPTIONS = CSV_STRICT | CSV_STRICT_FINI, CSV_BLOCK = 64 << 10 };

static int no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

static void parser_start(struct csv_split *split)
{
    int status = csv_init(split->parser, CSV_OPTIONS);

    assert(status == 0);
    (void)status;
    csv_set_space_func(split->parser, no_space);
    csv_set_delim(split->parser, (unsigned char)split->delimiter);
    csv_set_quote(split->parser, (unsigned char)split->quote);
    csv_set_blk_size(split->parser, CSV_BLOCK);
}

void csv_split_init(struct csv_split *split, char delimiter, char quote)
{
    *split = (struct csv_split){xmalloc(sizeof(struct csv_parser)), delimiter, quote};
    parser_start(split);
}

void csv_split_release(struct csv_split *split)
{
    if (split->parser != NULL) {
        csv_free(split->parser);
        free(split->parser);
    }
    *split = (struct csv_split){0};
}

bool csv_split_record(struct csv_split *split, struct text record,
                      void (*cell)(void *at, size_t len, void *context), void *context)
{
    struct csv_parser *parser = split->parser;

    if (csv_parse(parser, record.at, record.len, cell, NULL, context) == record.len &&
        csv_fini(parser, cell, NULL, context) == 0) {
        return true;
    }
    csv_free(parser);
    parser_start(split);
    return false;
}
