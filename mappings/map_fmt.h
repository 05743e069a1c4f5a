/*
 * map_fmt.h - the one way a map is written, so that a review shows only what has changed.
 *
 * Form      keys in the order of docs/LANGUAGE.md, rules by id, two spaces a level; what fits
 *           into MAP_FMT_WIDTH columns stands on one line (a rule only when its author wrote it
 *           so); a long text is folded.
 * Comments  all are kept: one on its own line goes with what follows it (or, indented deeper,
 *           with what is above it), one behind a value stays with that value.  Blank lines are
 *           kept, several become one.
 * Safety    the result is read back and must be the same tree with as many comments; otherwise
 *           the file is refused (ERROR_CONFIG) and nothing is changed.  Formatting twice gives
 *           the same as formatting once.
 */
#ifndef HMS_MAPPINGS_MAP_FMT_H
#define HMS_MAPPINGS_MAP_FMT_H

#include "core/error.h"
#include "core/strbuf.h"

enum { MAP_FMT_WIDTH = 96 };

bool map_fmt(const char *path, struct text content, struct strbuf *out,
             struct error *err) MUST_CHECK;

#endif
