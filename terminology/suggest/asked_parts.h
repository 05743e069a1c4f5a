/* asked_parts.h - the parts of asked_make(), for asked.c only. */
#ifndef HMS_TERMINOLOGY_SUGGEST_ASKED_PARTS_H
#define HMS_TERMINOLOGY_SUGGEST_ASKED_PARTS_H

#include "terminology/suggest/asked.h"

/* Unit, scale, day, ratio, challenge, routes; the words are there. */
void asked_read_hints(struct asked *asked, const struct suggest_index *index,
                      const struct suggest_query *query);
/* Words and hints are there. */
void asked_add_traits(struct asked *asked, const struct suggest_query *query);

#endif
