/*
 * claml.h - a ClaML document as it stands: classes, modifiers, labels; what follows from it is
 * for load_claml.c.
 *
 * Source    ClaML 2.0.0 and 3.0.0 (EN 14463), as the WHO and national institutes publish.
 * Lifetime  everything is in the document's arena.
 * Limits    CLAML_CLASSES_MAX classes and as many classes of modifiers, CLAML_NAMES_MAX codes that
 *           one class names (modifiers, exclusions, pairs).
 */
#ifndef HMS_TERMINOLOGY_CLAML_H
#define HMS_TERMINOLOGY_CLAML_H

#include "core/error.h"
#include "core/strbuf.h"
#include "core/strmap.h"

enum { CLAML_CLASSES_MAX = 500000, CLAML_LABEL_MAX = 1 << 20, CLAML_NAMES_MAX = 1000 };

struct claml_label {
    struct text kind; /* of the rubric: preferred, inclusion ... */
    struct text language;
    struct text words;
    struct claml_label *next;
};

struct claml_name { /* of a modifier, a modifier class or a code with a usage */
    struct text code;
    bool all; /* of a modifier: every class of it */
    struct claml_name *valid;
    struct claml_name *next;
};

struct claml_class {
    struct text code;
    struct text kind;
    struct text usage; /* dagger, aster, optional */
    struct text super;
    struct text modifier; /* of a modifier class: whose it is */
    struct claml_label *labels, **labels_end;
    struct claml_name *modified_by;
    struct claml_name *linked;    /* modifiers that a rubric `modifierlink` refers to */
    struct claml_name *excluded;  /* modifiers */
    struct claml_name *not_after; /* of a modifier class: "MODIFIER CLASS" in front of it */
    struct claml_name *pairs;     /* codes that a label refers to with a usage */
    char para295, para301;        /* Germany: P, O, Z may be coded, V not; '\0' not said */
    struct claml_class *next;     /* in the order of the document */
    bool has_children;
};

struct claml {
    struct claml_class *classes;
    struct claml_class *modifier_classes;
    struct strmap by_code; /* of classes */
    struct text title;
    struct text version;
    struct arena arena;
};

bool claml_read(struct claml *claml, struct text content, struct error *err) MUST_CHECK;
void claml_release(struct claml *claml);

#endif
