/*
 * xml.h - an XML document as a walk over its elements; the one place that knows expat.
 *
 * Shape     open, text and close are called in the order of the document.  `name` and the
 *           attributes (name, value, name, value, NULL) live during the call.  Text arrives in
 *           pieces, entities resolved, and counts for every element that is open.
 * Refused   an internal DTD subset, every entity but XML's own five and character references,
 *           more than XML_DEPTH_MAX levels.  A DOCTYPE that only names a DTD (ClaML files have
 *           one) is allowed; the DTD is never read.
 * Errors    ERROR_SOURCE with the line; a callback that returns false has set its own.
 */
#ifndef HMS_TERMINOLOGY_XML_H
#define HMS_TERMINOLOGY_XML_H

#include "core/error.h"
#include "core/strbuf.h"

enum { XML_DEPTH_MAX = 64 };

struct xml_walk {
    bool (*open)(void *context, const char *name, const char *const *attributes,
                 struct error *err);
    void (*text)(void *context, struct text piece);
    bool (*close)(void *context, const char *name, struct error *err);
    void *context;
};

bool xml_parse(struct text document, const struct xml_walk *walk, struct error *err) MUST_CHECK;
/* The value of an attribute, "" when it is not there; lives as long as the attributes. */
struct text xml_attribute(const char *const *attributes, const char *name);
/* The words without blanks at their ends; line ends and runs of blanks inside become one blank. */
struct text xml_squeeze(struct strbuf *words);

#endif
