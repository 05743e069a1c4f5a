/*
 * pack_diff.h - what a new release of a code system does to the codes of the old one.
 *
 * Kinds     one a code, the gravest that applies.  A withdrawn code is not in the new release, or
 *           is deprecated there; with one successor it is replaced, with several it is split, and
 *           which of them is meant is for a person to say.  Re-meant: an axis of LOINC has changed,
 *           or, where there are no axes, the name shares less than half of its words with the
 *           old one.  That is a suspicion, listed for a person.
 * Successor stands in the new pack or, for a code that has vanished, in the old one.
 * Lifetime  texts are the packs'.
 */
#ifndef HMS_TERMINOLOGY_PACK_DIFF_H
#define HMS_TERMINOLOGY_PACK_DIFF_H

#include "terminology/code_pack.h"

/* constant, name in output, whether a mapping to the code has to be looked at again */
#define PACK_CHANGE_LIST(X)                                                                    \
    X(PACK_ADDED, "added", false)                                                              \
    X(PACK_REMOVED, "removed", true)                                                           \
    X(PACK_DEPRECATED, "deprecated", true)                                                     \
    X(PACK_REPLACED, "replaced", true)                                                         \
    X(PACK_SPLIT, "split", true)                                                               \
    X(PACK_HEADING, "now-heading", true)                                                       \
    X(PACK_REMEANT, "re-meant", true)                                                          \
    X(PACK_VALIDITY, "validity", true)                                                         \
    X(PACK_RENAMED, "renamed", false)                                                          \
    X(PACK_CHANGED, "changed", false)

enum pack_change_kind {
#define X(kind, name, stale) kind,
    PACK_CHANGE_LIST(X)
#undef X
};

enum { PACK_SUCCESSORS_MAX = 16 };

struct pack_change {
    enum pack_change_kind kind;
    struct code_entry entry; /* of the new release; of the old one when it is removed */
    struct text before;      /* the old display, when there is one */
    const char *axis;        /* that has changed, or NULL */
    struct text successors[PACK_SUCCESSORS_MAX];
    int nsuccessors;
};

const char *pack_change_name(enum pack_change_kind kind);
bool pack_change_is_stale(enum pack_change_kind kind);
/* Calls `visit` with each change, by code; how many there were. */
uint64_t pack_diff(const struct code_pack *old, const struct code_pack *new,
                   void (*visit)(const struct pack_change *change, void *context),
                   void *context);

#endif
