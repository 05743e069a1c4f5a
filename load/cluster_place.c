/* cluster_place.c - where the private cluster lies, and how it is reached. */
#include "load/cluster.h"

#include "core/file.h"
#include "core/ident.h"
#include "core/strbuf.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <unistd.h>

enum { SOCKET_PATH_MAX = 107 };

static const char socket_name[] = "/.s.PGSQL.5432";

/* The nearest folder above `path` that exists. */
static char *existing_parent(const char *path)
{
    char *parent = xstrdup(path);

    while (!file_exists(parent)) {
        char *slash = strrchr(parent, '/');
        if (slash == NULL || slash == parent) {
            parent[1] = '\0';
            break;
        }
        *slash = '\0';
    }
    return parent;
}

static bool holds_data(const char *folder)
{
    char *data = path_join(folder, "data");
    bool is_there = file_exists(data);

    free(data);
    return is_there;
}

/* A cluster that is there is used wherever it is; a new one goes where its user can reach it.
 */
static char *choose_folder(const struct cluster *cluster)
{
    char *elsewhere = xasprintf("/var/lib/hms/%016" PRIx64,
                                checksum_of(cluster->wanted, strlen(cluster->wanted)));
    char *parent = existing_parent(cluster->wanted);
    bool here = holds_data(cluster->wanted) ||
                (!holds_data(elsewhere) && server_user_reaches(&cluster->user, parent));

    free(parent);
    if (here) {
        free(elsewhere);
        return xstrdup(cluster->wanted);
    }
    return elsewhere;
}

static char *choose_socket(const struct cluster *cluster)
{
    char *socket = path_join(cluster->folder, "socket");

    if (strlen(socket) + sizeof(socket_name) - 1 > SOCKET_PATH_MAX) {
        free(socket);
        socket = xasprintf("/tmp/hms-%ld-%016" PRIx64, (long)cluster->user.uid,
                           checksum_of(cluster->folder, strlen(cluster->folder)));
    }
    return socket;
}

/* conninfo values stand in single quotes, with \ before ' and \. */
static void add_quoted(struct strbuf *out, const char *name, const char *value)
{
    strbuf_addf(out, "%s%s='", out->len == 0 ? "" : " ", name);
    for (; *value != '\0'; value++) {
        if (*value == '\'' || *value == '\\') {
            strbuf_putc(out, '\\');
        }
        strbuf_putc(out, *value);
    }
    strbuf_putc(out, '\'');
}

static char *make_conninfo(const struct cluster *cluster)
{
    struct strbuf out;
    char *conninfo;

    strbuf_init(&out, 4 * PATH_MAX);
    add_quoted(&out, "host", cluster->socket);
    strbuf_puts(&out, " port=5432 user=hms dbname=hms");
    add_quoted(&out, "requirepeer", cluster->user.name);
    conninfo = xstrdup(out.at);
    strbuf_release(&out);
    return conninfo;
}

bool cluster_init(struct cluster *cluster, const char *folder, const char *search,
                  struct error *err)
{
    char absolute[PATH_MAX];

    *cluster = (struct cluster){.search = search};
    if (realpath(folder, absolute) == NULL) {
        return error_set(err, ERROR_STORE, "%s: %s", folder, strerror(errno));
    }
    if (strpbrk(absolute, "'\n") != NULL) {
        return error_set(err, ERROR_STORE,
                         "a store cannot lie in a folder with a quote in its name");
    }
    if (!server_user_choose(&cluster->user, err)) {
        return false;
    }
    cluster->wanted = path_join(strcmp(absolute, "/") == 0 ? "" : absolute, "var/store");
    cluster->folder = choose_folder(cluster);
    cluster->socket = choose_socket(cluster);
    cluster->conninfo = make_conninfo(cluster);
    return true;
}

void cluster_release(struct cluster *cluster)
{
    free(cluster->folder);
    free(cluster->wanted);
    free(cluster->socket);
    free(cluster->conninfo);
    *cluster = (struct cluster){0};
}

bool cluster_is_where_wanted(const struct cluster *cluster)
{
    return strcmp(cluster->folder, cluster->wanted) == 0;
}
