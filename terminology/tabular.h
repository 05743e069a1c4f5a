/*
 * tabular.h - the tabular list of ICD-10-CM as it stands; what follows from it is for
 * load_tabular.c.
 *
 * Source    icd10cm_tabular_YYYY.xml (CDC/NCHS, CMS): chapter > section > diag, diag nested.
 * Seventh   characters (sevenChrDef) hold for everything below the diag that names them, until one
 *           nearer names others.  Codes with them are no diag of their own.
 * Lifetime  everything is in the list's arena.
 * Errors    ERROR_SOURCE: a code twice, a diag without a code.
 * Limits    TABULAR_NODES_MAX chapters, sections and codes.
 */
#ifndef HMS_TERMINOLOGY_TABULAR_H
#define HMS_TERMINOLOGY_TABULAR_H

#include "core/error.h"
#include "core/strbuf.h"
#include "core/strmap.h"

enum { TABULAR_NODES_MAX = 500000, TABULAR_NOTE_MAX = 1 << 16 };

struct tabular_note { /* or a seventh character: `kind` is NULL and `code` is set */
    const char *kind; /* name of the property: "inclusion", "excludes1" ... */
    char code;
    struct text words;
    struct tabular_note *next;
};

struct tabular_node {
    struct text code; /* "A000", "A00-A09", "1" */
    struct text display;
    struct tabular_node *parent; /* NULL: a chapter */
    struct tabular_note *notes, **notes_end;
    struct tabular_note *sevenths, **sevenths_end;
    struct tabular_node *next; /* in the order of the document */
    int depth;                 /* of its element */
    bool is_group;             /* chapter or section */
    bool has_children;
    bool is_listed; /* for load_tabular.c: the order file has it */
};

struct tabular {
    struct tabular_node *nodes;
    struct strmap by_code;
    struct text version;
    struct arena arena;
};

bool tabular_read(struct tabular *tabular, struct text content, struct error *err) MUST_CHECK;
void tabular_release(struct tabular *tabular);
struct tabular_node *tabular_find(const struct tabular *tabular, struct text code);
/* The characters that hold for a node, its own or of the nearest above; NULL: none. */
const struct tabular_note *tabular_sevenths(const struct tabular_node *node);

#endif
