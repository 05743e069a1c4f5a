/*
 * page.h - one page of a search: the statement that asks for it and the Bundle that answers.
 *
 * Paging    by key, never by offset: patients by id, the others newest first and by id.  One row
 *           more than asked for says whether there is a next page; its link carries a cursor
 *           (cursor.h) with the key of the last row shown.
 * Result    two columns behind the resource's own: total (NULL unless asked for) and position.
 *           No row at all: the patient of the search is not in this organisation.  One row
 *           without an id: nothing found.
 */
#ifndef HMS_SERVE_PAGE_H
#define HMS_SERVE_PAGE_H

#include "serve/request.h"
#include "serve/resource.h"

struct page {
    const struct resource *resource;
    const uint8_t *cursor_key;
    const char *base_url; /* "http://127.0.0.1:8080/fhir" */
};

/* Fills request->query from request->search; false, with the reply made, when it cannot. */
bool page_ask(const struct page *page, struct request *request)
    __attribute__((warn_unused_result));
void page_write(const struct page *page, struct request *request, const PGresult *rows);

#endif
