/*
 * map_notes.h - the comments and blank lines of a map file, and the entry each belongs to; for
 * map_fmt.c only.
 *
 * Entry     a member of a map or an item of a list.  A note stands before it, behind it (on its
 *           line) or after it; notes of the document's head and foot belong to no entry.
 * Lifetime  notes point into the content given to map_notes_read(), entries at nodes
 *           of the tree.
 */
#ifndef HMS_MAPPINGS_MAP_NOTES_H
#define HMS_MAPPINGS_MAP_NOTES_H

#include "core/yaml.h"

enum note_place { NOTE_HEAD, NOTE_BEFORE, NOTE_BEHIND, NOTE_AFTER, NOTE_FOOT };

struct map_note {
    struct text text; /* "# ...", or empty for a blank line */
    int line;
    int indent;
    bool own_line;
    enum note_place place;
    const struct yaml_node *entry;
};

struct map_notes {
    struct map_note *at;
    size_t count;
    size_t comments; /* without the blank lines */
};

/* Finds comments outside of quotes and block texts; `root` NULL: counts them only. */
void map_notes_read(struct map_notes *notes, struct text content, const struct yaml_node *root);
/* A comment stands at an entry somewhere below `node` (not at `node` itself). */
bool map_notes_within(const struct map_notes *notes, const struct yaml_node *node);
size_t map_notes_count(const struct map_notes *notes, const struct yaml_node *entry,
                       enum note_place place);
void map_notes_release(struct map_notes *notes);

#endif
