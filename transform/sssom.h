/*
 * sssom.h - a table of mappings in the columns of SSSOM, read row by row.
 *
 * Source    mapping-commons.github.io/sssom.  subject_id, predicate_id, object_id and
 *           mapping_justification are wanted, its other columns may be there.  Lines in front
 *           of the header that start with '#' are SSSOM metadata and not read.  A byte order mark
 *           is left out.  Ids are plain
 *           codes (LOINC:718-7 is refused); their systems stand in subject_source and object_source.
 * Rules     tab-separated, no quoting, UTF-8; sorted by subject_id, bytewise, each once, so
 *           that a change is one line of a diff.  An object_id that is blank or
 *           sssom:NoTermFound says that somebody looked and there is none.  A row that says
 *           what a code is not (predicate_modifier) is refused.
 * Approved  a row that names a reviewer and an author, none of whom stands on both sides;
 *           several names have '|' between them and are compared by person_name_is_same().  A
 *           reviewer_agreement other than 1 is no approval.  What else is
 *           in the row, mapping_justification too, says how the mapping was found and not
 *           that a second person looked at it.
 * Stale     a row whose `other` holds stale:RELEASE points at a code that this release changed;
 *           it is not approved until a person has looked again and taken the mark away.
 * Errors    ERROR_CONFIG "file:line: what is wrong".
 * Lifetime  texts of a row point into the file and live as long as the struct.
 * Limits    SSSOM_BYTES_MAX a file, SSSOM_COLUMNS columns.
 */
#ifndef HMS_TRANSFORM_SSSOM_H
#define HMS_TRANSFORM_SSSOM_H

#include "core/error.h"
#include "core/strbuf.h"

enum { SSSOM_BYTES_MAX = 64 << 20 };

#define SSSOM_STALE "stale:"
#define SSSOM_NONE  "sssom:NoTermFound"

#define SSSOM_COLUMN_LIST(X)                                                                   \
    X(subject_id)                                                                              \
    X(subject_label)                                                                           \
    X(subject_source)                                                                          \
    X(subject_source_version)                                                                  \
    X(subject_category)                                                                        \
    X(predicate_id)                                                                            \
    X(predicate_label)                                                                         \
    X(predicate_modifier)                                                                      \
    X(object_id)                                                                               \
    X(object_label)                                                                            \
    X(object_source)                                                                           \
    X(object_source_version)                                                                   \
    X(object_category)                                                                         \
    X(mapping_justification)                                                                   \
    X(author_id)                                                                               \
    X(author_label)                                                                            \
    X(reviewer_id)                                                                             \
    X(reviewer_label)                                                                          \
    X(creator_id)                                                                              \
    X(mapping_date)                                                                            \
    X(mapping_tool)                                                                            \
    X(mapping_source)                                                                          \
    X(confidence)                                                                              \
    X(license)                                                                                 \
    X(see_also)                                                                                \
    X(comment)                                                                                 \
    X(other)                                                                                   \
    X(subject_type)                                                                            \
    X(object_type)                                                                             \
    X(subject_match_field)                                                                     \
    X(object_match_field)                                                                      \
    X(subject_preprocessing)                                                                   \
    X(object_preprocessing)                                                                    \
    X(match_string)                                                                            \
    X(mapping_provider)                                                                        \
    X(mapping_tool_id)                                                                         \
    X(mapping_tool_version)                                                                    \
    X(mapping_cardinality)                                                                     \
    X(cardinality_scope)                                                                       \
    X(curation_rule)                                                                           \
    X(curation_rule_text)                                                                      \
    X(publication_date)                                                                        \
    X(review_date)                                                                             \
    X(reviewer_agreement)                                                                      \
    X(creator_label)                                                                           \
    X(similarity_score)                                                                        \
    X(similarity_measure)                                                                      \
    X(issue_tracker_item)                                                                      \
    X(record_id)                                                                               \
    X(predicate_type)                                                                          \
    X(rights)

#define X(name) SSSOM_##name,
enum sssom_column { SSSOM_COLUMN_LIST(X) SSSOM_COLUMNS };
#undef X

struct sssom_row {
    int line;
    struct text at[SSSOM_COLUMNS]; /* trimmed; empty where the file has no such column */
};

struct sssom {
    const char *path; /* the caller's */
    struct strbuf file;
    struct text rest;
    int line;
    int ncolumns;
    int places[SSSOM_COLUMNS]; /* of a column in the file, or -1 */
    struct text last;          /* subject_id of the row before */
};

enum sssom_next { SSSOM_ROW, SSSOM_END, SSSOM_BAD };

/* Reads the file and its header. */
bool sssom_open(struct sssom *sssom, const char *path, struct error *err) MUST_CHECK;
void sssom_release(struct sssom *sssom);
enum sssom_next sssom_next(struct sssom *sssom, struct sssom_row *row, struct error *err);
/* The column of that name, or -1 when SSSOM has none. */
int sssom_column(const char *name);
const char *sssom_column_name(enum sssom_column column);
/* False: somebody looked, and there is no such code. */
bool sssom_has_object(const struct sssom_row *row);
bool sssom_is_stale(const struct sssom_row *row);
bool sssom_is_approved(const struct sssom_row *row);
/* The next name of a list with '|' between, taken off its front; false: there is none. */
bool sssom_next_name(struct text *list, struct text *name);
/* Always false: ERROR_CONFIG at the last line read. */
bool sssom_error(const struct sssom *sssom, struct error *err, const char *what);

#endif
