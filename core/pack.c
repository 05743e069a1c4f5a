#include "core/pack.h"

#include <zstd.h>

struct packer {
    ZSTD_CCtx *zstd;
};

struct unpacker {
    ZSTD_DCtx *zstd;
};

size_t pack_bound(size_t len)
{
    return ZSTD_compressBound(len);
}

struct packer *packer_new(enum pack_level level)
{
    struct packer *packer = xmalloc(sizeof(*packer));

    packer->zstd = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(packer->zstd, ZSTD_c_compressionLevel, (int)level);
    return packer;
}

void packer_free(struct packer *packer)
{
    if (packer != NULL) {
        ZSTD_freeCCtx(packer->zstd);
        free(packer);
    }
}

bool packer_pack(struct packer *packer, struct text payload, struct strbuf *out)
{
    size_t bound = pack_bound(payload.len);
    size_t size;

    strbuf_clear(out);
    if (strbuf_reserve(out, bound) == NULL) {
        return false;
    }
    size = ZSTD_compress2(packer->zstd, out->at, bound, payload.at, payload.len);
    if (ZSTD_isError(size) || size >= payload.len) {
        return false;
    }
    out->len = size;
    out->at[size] = '\0';
    return true;
}

struct unpacker *unpacker_new(void)
{
    struct unpacker *unpacker = xmalloc(sizeof(*unpacker));

    unpacker->zstd = ZSTD_createDCtx();
    return unpacker;
}

void unpacker_free(struct unpacker *unpacker)
{
    if (unpacker != NULL) {
        ZSTD_freeDCtx(unpacker->zstd);
        free(unpacker);
    }
}

bool unpacker_unpack(struct unpacker *unpacker, struct text packed, char *out, size_t size)
{
    size_t got = ZSTD_decompressDCtx(unpacker->zstd, out, size, packed.at, packed.len);

    return !ZSTD_isError(got) && got == size;
}
