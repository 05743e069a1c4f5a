#include "terminology/archive.h"

#include <stdlib.h>
#include <zip.h>

enum { PIECE = 1 << 16 };

struct archive {
    zip_t *zip;
    uint64_t count;
    size_t len;
};

bool archive_is(struct text bytes)
{
    return bytes.len > 4 && memcmp(bytes.at, "PK\3\4", 4) == 0;
}

struct archive *archive_open(struct text bytes, struct error *err)
{
    struct archive *archive = xcalloc(1, sizeof(*archive));
    zip_error_t why;
    zip_source_t *source;

    zip_error_init(&why);
    source = zip_source_buffer_create(bytes.at, bytes.len, 0, &why);
    archive->zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &why);
    if (archive->zip == NULL) {
        error_set(err, ERROR_SOURCE, "the archive cannot be read: %s",
                  zip_error_strerror(&why));
        zip_source_free(source);
    } else {
        archive->count = (uint64_t)zip_get_num_entries(archive->zip, 0);
        archive->len = bytes.len;
    }
    zip_error_fini(&why);
    if (archive->zip != NULL && archive->count > ARCHIVE_ENTRIES_MAX) {
        error_set(err, ERROR_LIMIT, "the archive has more than %d entries",
                  ARCHIVE_ENTRIES_MAX);
    } else if (archive->zip != NULL) {
        return archive;
    }
    archive_free(archive);
    return NULL;
}

void archive_free(struct archive *archive)
{
    if (archive != NULL && archive->zip != NULL) {
        zip_discard(archive->zip);
    }
    free(archive);
}

uint64_t archive_count(const struct archive *archive)
{
    return archive->count;
}

const char *archive_name(const struct archive *archive, uint64_t index)
{
    const char *name = zip_get_name(archive->zip, index, ZIP_FL_ENC_GUESS);
    size_t len = name == NULL ? 0 : strlen(name);

    return len == 0 || name[len - 1] == '/' ? "" : name;
}

/* Packed bytes as the archive says, but never more than it has. */
static bool packed_size(const struct archive *archive, uint64_t index, uint64_t *packed,
                        struct error *err)
{
    zip_stat_t stat;

    zip_stat_init(&stat);
    if (zip_stat_index(archive->zip, index, 0, &stat) != 0) {
        return error_set(err, ERROR_SOURCE, "the archive's entry cannot be read");
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        stat.encryption_method != ZIP_EM_NONE) {
        return error_set(err, ERROR_SOURCE, "the archive's entry is encrypted");
    }
    *packed = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 && stat.comp_size < archive->len
                  ? stat.comp_size
                  : archive->len;
    return true;
}

static bool is_too_large(size_t len, uint64_t packed, struct error *err)
{
    if (len > ARCHIVE_ENTRY_MAX) {
        error_set(err, ERROR_LIMIT, "it unpacks to more than %d bytes", ARCHIVE_ENTRY_MAX);
        error_hint(err, "unpack the archive and name the folder");
        return true;
    }
    if (len > ARCHIVE_SMALL && len / ARCHIVE_RATIO_MAX > packed) {
        error_set(err, ERROR_LIMIT, "it unpacks to more than %d times its packed size",
                  ARCHIVE_RATIO_MAX);
        return true;
    }
    return false;
}

/* The checksum is compared by libzip when the end is read. */
static bool read_some(const struct archive *archive, uint64_t index, size_t max,
                      struct strbuf *out, struct error *err)
{
    uint64_t packed;
    zip_file_t *file;
    zip_int64_t got = 1;
    bool ok = true;

    strbuf_clear(out);
    if (!packed_size(archive, index, &packed, err)) {
        return false;
    }
    file = zip_fopen_index(archive->zip, index, 0);
    if (file == NULL) {
        return error_set(err, ERROR_SOURCE, "the archive's entry cannot be read: %s",
                         zip_error_strerror(zip_get_error(archive->zip)));
    }
    while (ok && got > 0 && out->len < max) {
        size_t want = max - out->len < PIECE ? max - out->len : PIECE;
        char *room = strbuf_reserve(out, want);
        if (room == NULL) {
            ok = error_set(err, ERROR_LIMIT, "it unpacks to more than there is room for");
            break;
        }
        got = zip_fread(file, room, want);
        if (got > 0) {
            strbuf_advance(out, (size_t)got);
        }
        ok = !is_too_large(out->len, packed, err);
    }
    if (ok && got < 0) {
        ok = error_set(err, ERROR_SOURCE, "the archive's entry is damaged: %s",
                       zip_error_strerror(zip_file_get_error(file)));
    }
    zip_fclose(file);
    return ok;
}

bool archive_begin(const struct archive *archive, uint64_t index, size_t max,
                   struct strbuf *out, struct error *err)
{
    return read_some(archive, index, max, out, err);
}

bool archive_read(const struct archive *archive, uint64_t index, struct strbuf *out,
                  struct error *err)
{
    return read_some(archive, index, (size_t)ARCHIVE_ENTRY_MAX + 1, out, err);
}
