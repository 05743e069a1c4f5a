/*
 * url.h - percent-decoding (RFC 3986), once, and walking over a query.
 *
 * Errors    false for a '%' without two hex digits, %00, and bytes that are not UTF-8
 *           afterwards (overlong forms too): such text reaches no parser and no statement.
 */
#ifndef HMS_SERVE_URL_H
#define HMS_SERVE_URL_H

#include "core/arena.h"
#include "core/strbuf.h"

/* `plus` makes '+' a space, as in a query. */
bool url_decode(struct arena *arena, struct text encoded, bool plus, struct text *out);
/* All but unreserved characters, and those of `keep`, become %XX. */
void url_encode(struct strbuf *out, struct text text, const char *keep);
/* Cuts "name=value" off the front of the query; false at its end.  Empty parts are left out. */
bool url_next_pair(struct text *query, struct text *name, struct text *value);
/* Path and query of a request target. */
void url_split(struct text target, struct text *path, struct text *query);

#endif
