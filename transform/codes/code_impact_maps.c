/* code_impact_maps.c - mappings to codes that have changed, and the mark they get. */
#include "core/file.h"
#include "terminology/code_system.h"
#include "transform/codes/code_impact.h"
#include "transform/sssom.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 8 };

struct marking {
    struct code_impact *impact;
    const char *mark; /* or NULL */
    uint64_t marked;
};

static bool is_of_system(const struct code_impact *impact, const struct sssom_row *row)
{
    struct text source = row->at[SSSOM_object_source];

    return source.len == 0 || text_is(code_system_pack(source), impact->system);
}

/* Counts the row; true: it is to be marked, and is not yet. */
static bool touch_row(struct code_impact *impact, const struct sssom_row *row)
{
    char normal[CODE_FORM_MAX];
    struct strmap_entry *entry;
    struct code_touch *touch;

    if (!sssom_has_object(row) || !is_of_system(impact, row)) {
        return false;
    }
    entry = strmap_find(&impact->touched,
                        code_normal(impact->dialect, row->at[SSSOM_object_id], normal));
    if (entry == NULL) {
        return false;
    }
    touch = entry->pointer;
    touch->mappings++;
    return touch->is_stale && !sssom_is_stale(row);
}

/* Field `place` of a line, counted from 0, gets the mark; behind the last one a new field. */
static void put_marked(struct strbuf *out, struct text line, int place, const char *mark)
{
    const char *end = line.at + line.len;
    const char *at = line.at;

    for (int i = 0; i < place; i++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        strbuf_add(out, at, (size_t)((tab == NULL ? end : tab) - at));
        strbuf_putc(out, '\t');
        at = tab == NULL ? end : tab + 1;
    }
    const char *tab = memchr(at, '\t', (size_t)(end - at));
    struct text field = {at, (size_t)((tab == NULL ? end : tab) - at)};
    strbuf_add_text(out, field);
    strbuf_addf(out, "%s%s", text_is_blank(field) || mark[0] == '\0' ? "" : "|", mark);
    strbuf_add(out, field.at + field.len, (size_t)(end - field.at) - field.len);
}

/* The file with the marked lines (their numbers, ascending); others stay to the byte, but for the
 * column `other` where the file had none. */
static void rewrite(const struct sssom *sssom, struct text content, const int *lines,
                    size_t count, struct strbuf *out, const char *mark)
{
    int place = sssom->places[SSSOM_other];
    bool is_new = place < 0;
    bool is_header = true;
    size_t next = 0;
    char word[128];

    snprintf(word, sizeof(word), SSSOM_STALE "%s", mark);
    for (int number = 1; content.len > 0; number++) {
        const char *end = memchr(content.at, '\n', content.len);
        size_t len = end == NULL ? content.len : (size_t)(end - content.at);
        struct text line = {content.at, len};
        bool has_return = len > 0 && line.at[len - 1] == '\r';
        bool is_marked = next < count && lines[next] == number;
        line.len -= has_return;
        if ((is_header && line.len > 0 && line.at[0] == '#') || line.len == 0) {
            strbuf_add_text(out, line);
        } else if (is_header) {
            strbuf_add_text(out, line);
            strbuf_puts(out, is_new ? "\tother" : "");
            is_header = false;
        } else if (is_marked || is_new) {
            put_marked(out, line, is_new ? sssom->ncolumns : place, is_marked ? word : "");
        } else {
            strbuf_add_text(out, line);
        }
        next += is_marked;
        strbuf_puts(out, has_return ? "\r" : "");
        strbuf_puts(out, end == NULL ? "" : "\n");
        content.at += len + (end != NULL);
        content.len -= len + (end != NULL);
    }
}

static bool write_marks(const struct sssom *sssom, const int *lines, size_t count,
                        const char *mark, struct error *err)
{
    struct strbuf before;
    struct strbuf after;
    struct stat info;
    bool ok;

    strbuf_init(&before, SSSOM_BYTES_MAX);
    strbuf_init(&after, 2 * SSSOM_BYTES_MAX);
    ok = stat(sssom->path, &info) == 0 ||
         error_set(err, ERROR_CONFIG, "%s cannot be read", sssom->path);
    ok = ok && file_read(sssom->path, SSSOM_BYTES_MAX, &before, err);
    if (ok) {
        rewrite(sssom, strbuf_text(&before), lines, count, &after, mark);
        ok = file_write(sssom->path, strbuf_text(&after), err) &&
             (chmod(sssom->path, info.st_mode & 07777) == 0 ||
              error_set(err, ERROR_CONFIG, "%s: its mode cannot be kept", sssom->path));
    }
    strbuf_release(&before);
    strbuf_release(&after);
    return ok;
}

static bool read_map(struct marking *marking, const char *path, struct error *err)
{
    struct sssom sssom;
    struct sssom_row row;
    enum sssom_next next = SSSOM_BAD;
    int *lines = NULL;
    size_t count = 0;
    bool ok;

    if (sssom_open(&sssom, path, err)) {
        while ((next = sssom_next(&sssom, &row, err)) == SSSOM_ROW) {
            if (touch_row(marking->impact, &row)) {
                lines = xrealloc(lines, (count + 1) * sizeof(*lines));
                lines[count++] = row.line;
            }
        }
    }
    ok = next == SSSOM_END;
    if (ok && marking->mark != NULL && count > 0) {
        ok = write_marks(&sssom, lines, count, marking->mark, err);
        marking->marked += count;
    }
    sssom_release(&sssom);
    free(lines);
    return ok;
}

static bool read_folder(struct marking *marking, const char *folder, int depth,
                        struct error *err)
{
    char **names = NULL;
    size_t count = 0;
    bool ok = folder_list(folder, &names, &count, err);

    for (size_t i = 0; ok && i < count; i++) {
        size_t len = strlen(names[i]);
        char *path = path_join(folder, names[i]);
        struct stat info;
        if (len > 4 && strcmp(names[i] + len - 4, ".tsv") == 0) {
            ok = read_map(marking, path, err);
        } else if (depth < DEPTH_MAX && names[i][0] != '.' && lstat(path, &info) == 0 &&
                   S_ISDIR(info.st_mode)) {
            ok = read_folder(marking, path, depth + 1, err);
        }
        free(path);
    }
    folder_list_free(names, count);
    return ok;
}

bool code_impact_read_maps(struct code_impact *impact, const char *folder, const char *mark,
                           uint64_t *marked, struct error *err)
{
    struct marking marking = {.impact = impact, .mark = mark};
    bool ok = read_folder(&marking, folder, 0, err);

    *marked = marking.marked;
    return ok;
}
