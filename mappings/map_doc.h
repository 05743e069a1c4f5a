/*
 * map_doc.h - a set of maps as a page for people: what becomes of each source column, in words
 * that a steward can read aloud, with the reasons.
 *
 * Shape     Markdown: for each map its rows, its rules as a table, what is left out and why,
 *           what stays empty; at the end what the steps do.  JSON: one record a map.
 */
#ifndef HMS_MAPPINGS_MAP_DOC_H
#define HMS_MAPPINGS_MAP_DOC_H

#include "mappings/map.h"

void map_doc_markdown(const struct map_set *set, struct strbuf *out);
/* NDJSON */
void map_doc_json(const struct map_set *set, struct strbuf *out);
/* The step table as a page, as text for a terminal, and as NDJSON. */
void step_doc_markdown(struct strbuf *out);
void step_doc_text(struct strbuf *out);
void step_doc_json(struct strbuf *out);

#endif
