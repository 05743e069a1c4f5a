/*
 * registry.h - which packs a site has, and which are in force.
 *
 * Shape     FOLDER/packs/NAME-RELEASE-XXXXXXXX.hmspack   never changed; X of their SHA-256
 *           FOLDER/generations/000007                    one list of packs in force, never changed
 *           FOLDER/active -> generations/000007          the switch: one rename
 *           FOLDER/trusted.pem                           optional: packs must be signed by it
 * Lists     a pack stands in a list with the checksum of its bytes, and with that of the key by
 *           which its signature was right when it was activated.
 * Switch    a reader that opened the old list keeps it and its packs; a new one sees the new
 *           list; nobody sees half of one.  A process that dies in between leaves a list that
 *           nobody points at.
 * Trust     with trusted.pem a signature is checked at installation, at activation, and at
 *           opening unless the list says that this key was asked already: hashing a pack for a
 *           signature costs twenty times what its checksum does.
 * In force  are at most one pack of a name for each day: releases of ICD-10-CM of several years
 *           stand side by side, and the day of service chooses.
 * Errors    ERROR_CONFIG: no such pack, nothing to roll back to; ERROR_INTEGRITY: damaged, another
 *           pack than was activated, or not signed by the key.
 */
#ifndef HMS_TERMINOLOGY_REGISTRY_H
#define HMS_TERMINOLOGY_REGISTRY_H

#include "terminology/code_pack.h"

enum { REGISTRY_PACKS_MAX = 1000 };

struct registry_seal {
    uint64_t checksum; /* of the pack */
    uint64_t key;      /* of trusted.pem, 0: no signature was asked for */
};

struct registry {
    char *folder;
    unsigned generation; /* 0: nothing was ever activated */
    unsigned previous;
    char **active; /* file names, sorted */
    struct registry_seal *seals;
    size_t nactive;
};

/* A folder that is not there is an empty registry. */
bool registry_open(struct registry *registry, const char *folder, struct error *err) MUST_CHECK;
void registry_release(struct registry *registry);

/* `installed` is set to the file's name in the registry, the caller's to free. */
bool registry_install(struct registry *registry, const char *path, const char *public_key,
                      char **installed, struct error *err) MUST_CHECK;
/* `which` is NAME-RELEASE or the whole file name.  On success the registry is as reopened. */
bool registry_activate(struct registry *registry, const char *which,
                       struct error *err) MUST_CHECK;
bool registry_rollback(struct registry *registry, struct error *err) MUST_CHECK;
/* Names of the files, sorted; free with folder_list_free(). */
bool registry_files(const struct registry *registry, char ***names, size_t *count,
                    struct error *err) MUST_CHECK;
bool registry_is_active(const struct registry *registry, const char *file);
char *registry_path(const struct registry *registry, const char *file); /* free() it */
/* Pack `index` of those in force, with its checksum and signature as the list has them; NULL on
 * error. */
struct code_pack *registry_active_pack(const struct registry *registry, size_t index,
                                       struct error *err);
/* The pack in force for a system on a day (CODE_NO_DAY: the latest). */
struct code_pack *registry_pack(const struct registry *registry, const char *name, int32_t day,
                                struct error *err);

#endif
