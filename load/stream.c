#include "load/stream.h"

#include "core/ident.h"
#include "load/copy.h"
#include "load/repeat_watch.h"
#include "load/worker.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>

enum { NUMBER_MAX = 24 };

struct stream_leaf {
    bool made;
    uint64_t blocks;
    struct checksum_stream *checksum;
    struct segments segments;
    struct repeat_watch watch;
};

struct lane_pipe {
    struct pg *pg;
    struct stream_leaf *open; /* whose COPY is going on, or NULL */
};

struct stream {
    const struct load_plan *plan;
    struct lane_pipe *pipes;
    struct pollfd *waits; /* one a pipe */
    int npipes;
    struct stream_leaf *leaves; /* [entity * LANES_MAX + lane] */
};

struct stream *stream_open(const char *conninfo, const struct load_plan *plan, int connections,
                           struct error *err)
{
    struct stream *stream = xcalloc(1, sizeof(*stream));

    stream->plan = plan;
    stream->npipes = connections;
    stream->pipes = xcalloc((size_t)connections, sizeof(*stream->pipes));
    stream->waits = xcalloc((size_t)connections, sizeof(*stream->waits));
    stream->leaves = xcalloc(plan->catalogue->count * LANES_MAX, sizeof(*stream->leaves));
    for (int i = 0; i < connections; i++) {
        stream->pipes[i].pg = pg_open(conninfo, err);
        if (stream->pipes[i].pg == NULL || !worker_prepare(stream->pipes[i].pg, err) ||
            !pg_begin(stream->pipes[i].pg, err)) {
            stream_free(stream);
            return NULL;
        }
    }
    return stream;
}

/* Sends of what was handed to libpq as much as goes at once; *left when some of it stays. */
static bool flush(struct pg *pg, bool *left, struct error *err)
{
    int state = PQflush(pg->conn);

    *left = state == 1;
    return state >= 0 || pg_failed(pg, NULL, err);
}

/* Waits until all that was handed to libpq for this pipe has gone to the server.  The others are
 * served meanwhile, so that their servers do not run dry. */
static bool drain(struct stream *stream, struct lane_pipe *pipe, struct error *err)
{
    struct pollfd *own = &stream->waits[pipe - stream->pipes];
    bool left = true;

    while (flush(pipe->pg, &left, err) && left) {
        for (int i = 0; i < stream->npipes; i++) {
            struct lane_pipe *other = &stream->pipes[i];
            bool some = false;
            if (other != pipe && other->open != NULL && !flush(other->pg, &some, err)) {
                return false;
            }
            stream->waits[i] =
                (struct pollfd){PQsocket(other->pg->conn), some ? POLLOUT : 0, 0};
        }
        own->events = POLLIN | POLLOUT;
        if (poll(stream->waits, (nfds_t)stream->npipes, -1) < 0 && errno != EINTR) {
            return pg_failed(pipe->pg, NULL, err);
        }
        if ((own->revents & POLLIN) != 0 && PQconsumeInput(pipe->pg->conn) == 0) {
            return pg_failed(pipe->pg, NULL, err);
        }
    }
    return !left;
}

static bool end_copy(struct stream *stream, struct lane_pipe *pipe, struct error *err)
{
    if (pipe->open == NULL) {
        return true;
    }
    pipe->open = NULL;
    return drain(stream, pipe, err) && PQsetnonblocking(pipe->pg->conn, 0) == 0 &&
           pg_copy_in_end(pipe->pg, NULL, err);
}

static bool begin_copy(struct stream *stream, struct lane_pipe *pipe, int entity, int lane,
                       struct error *err)
{
    struct stream_leaf *leaf = &stream->leaves[entity * LANES_MAX + lane];
    char *sql;
    bool ok;

    if (!leaf->made && !copy_create_leaf(pipe->pg, stream->plan, entity, lane, err)) {
        return false;
    }
    leaf->made = true;
    if (leaf->checksum == NULL) {
        leaf->checksum = checksum_stream_new();
    }
    sql = load_plan_copy_sql(stream->plan, pipe->pg, entity, lane);
    ok = pg_copy_in_begin(pipe->pg, sql, err);
    free(sql);
    if (!ok || PQsetnonblocking(pipe->pg->conn, 1) != 0) {
        return pg_failed(pipe->pg, NULL, err);
    }
    pipe->open = leaf;
    return true;
}

static struct lane_pipe *pipe_of(struct stream *stream, int entity, int lane)
{
    return &stream->pipes[(entity + lane) % stream->npipes];
}

bool stream_put(struct stream *stream, int entity, int lane, const char *map, uint32_t rows,
                struct text tuples, struct error *err)
{
    struct lane_pipe *pipe = pipe_of(stream, entity, lane);
    struct stream_leaf *leaf = &stream->leaves[entity * LANES_MAX + lane];

    if (pipe->open != leaf &&
        (!end_copy(stream, pipe, err) || !begin_copy(stream, pipe, entity, lane, err))) {
        return false;
    }
    checksum_stream_add(leaf->checksum, tuples.at, tuples.len);
    segments_add(&leaf->segments, map, rows);
    repeat_watch_add(&leaf->watch, tuples);
    leaf->blocks++;
    if (!drain(stream, pipe, err) || !pg_copy_in_put(pipe->pg, tuples, err)) {
        return false;
    }
    for (int i = 0; i < stream->npipes; i++) {
        if (stream->pipes[i].open != NULL && PQflush(stream->pipes[i].pg->conn) < 0) {
            return pg_failed(stream->pipes[i].pg, NULL, err);
        }
    }
    return true;
}

static bool enter_leaf(struct stream *stream, struct pg *pg, int entity, int lane,
                       struct error *err)
{
    const struct stream_leaf *leaf = &stream->leaves[entity * LANES_MAX + lane];
    const char *name = stream->plan->catalogue->entities[entity].name;
    char run_id[NUMBER_MAX];
    char lane_text[NUMBER_MAX];
    char blocks[NUMBER_MAX];
    char rows[NUMBER_MAX];
    char checksum[NUMBER_MAX];
    const char *const params[] = {run_id, name, lane_text, blocks, rows, checksum};

    if (leaf->blocks == 0) {
        return true;
    }
    snprintf(run_id, sizeof(run_id), "%d", stream->plan->run_id);
    snprintf(lane_text, sizeof(lane_text), "%d", lane);
    snprintf(blocks, sizeof(blocks), "%" PRIu64, leaf->blocks);
    snprintf(rows, sizeof(rows), "%" PRIu64, leaf->segments.rows);
    snprintf(checksum, sizeof(checksum), "%016" PRIx64, checksum_stream_value(leaf->checksum));
    return pg_exec(
               pg,
               "INSERT INTO mig.ledger (run_id, entity, lane, file, blocks, rows, checksum) "
               "VALUES ($1, $2, $3, '-', $4, $5, $6)",
               6, params, err) &&
           segments_save(&leaf->segments, pg, stream->plan->run_id, name, lane, err) &&
           repeat_watch_save(&leaf->watch, pg, stream->plan->run_id, name, lane, err);
}

static bool finish_entity(struct stream *stream, int entity, struct error *err)
{
    bool ok = true;

    for (int lane = 0; ok && lane < stream->plan->entities[entity].lanes; lane++) {
        struct lane_pipe *pipe = pipe_of(stream, entity, lane);
        struct stream_leaf *leaf = &stream->leaves[entity * LANES_MAX + lane];
        ok = (leaf->made || copy_create_leaf(pipe->pg, stream->plan, entity, lane, err)) &&
             enter_leaf(stream, pipe->pg, entity, lane, err);
    }
    return ok;
}

bool stream_finish(struct stream *stream, struct error *err)
{
    bool ok = true;

    for (int i = 0; ok && i < stream->npipes; i++) {
        ok = end_copy(stream, &stream->pipes[i], err);
    }
    for (size_t i = 0; ok && i < stream->plan->catalogue->count; i++) {
        ok = finish_entity(stream, (int)i, err);
    }
    for (int i = 0; ok && i < stream->npipes; i++) {
        ok = pg_commit(stream->pipes[i].pg, err);
    }
    return ok;
}

void stream_free(struct stream *stream)
{
    if (stream == NULL) {
        return;
    }
    for (int i = 0; i < stream->npipes; i++) {
        pg_free(stream->pipes[i].pg);
    }
    for (size_t i = 0; i < stream->plan->catalogue->count * LANES_MAX; i++) {
        checksum_stream_free(stream->leaves[i].checksum);
        segments_release(&stream->leaves[i].segments);
        repeat_watch_release(&stream->leaves[i].watch);
    }
    free(stream->leaves);
    free(stream->pipes);
    free(stream->waits);
    free(stream);
}
