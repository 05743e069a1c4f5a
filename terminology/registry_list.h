/*
 * registry_list.h - what the files of terminology/registry*.c share, and nobody else includes.
 *
 * List      "previous N", then for each pack "pack FILE CHECKSUM KEY", both as 16 hexadecimal
 *           digits; KEY is of zeros when no signature was asked for.
 */
#ifndef HMS_TERMINOLOGY_REGISTRY_LIST_H
#define HMS_TERMINOLOGY_REGISTRY_LIST_H

#include "core/strbuf.h"
#include "terminology/registry.h"

enum { REGISTRY_LIST_MAX = 1 << 20 };

/* Makes the registry that of a list; its folder stays. */
bool registry_read(struct registry *registry, unsigned generation,
                   struct error *err) MUST_CHECK;
char *registry_list_path(const struct registry *registry, unsigned generation); /* free() it */
void registry_put(struct strbuf *list, const char *file, struct registry_seal seal);

/* Path of trusted.pem and the checksum of what is in it; 0 and true when there is none.  free()
 * the path. */
bool registry_key(const struct registry *registry, char **path, uint64_t *key,
                  struct error *err) MUST_CHECK;
/* Is the pack signed by the key in that file? */
bool registry_check_signature(const struct code_pack *pack, const char *key_path,
                              struct error *err) MUST_CHECK;

#endif
