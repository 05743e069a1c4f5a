/*
 * accept.h - the few request headers that choose an answer.
 *
 * Source    RFC 9110, sections 12.5.1 (Accept) and 13.1.2 (If-None-Match).
 */
#ifndef HMS_SERVE_ACCEPT_H
#define HMS_SERVE_ACCEPT_H

#include "core/text.h"

/* Whether JSON is among what is accepted; NULL (no header) accepts all. */
bool accept_is_json(const char *accept);
/* Whether "*" or an entity tag of that version, weak or not, is in the list. */
bool etag_is_listed(const char *if_none_match, const char *version);

#endif
