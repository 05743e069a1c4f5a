/*
 * charset.h - UTF-8 as the bytes of the synthetic organisations' charsets.
 *
 * Why ours  the names of the generator use few letters, and a generator that shares ICU with
 *           the reader under test would share its faults.
 */
#ifndef HMS_REHEARSALS_SYNTH_CHARSET_H
#define HMS_REHEARSALS_SYNTH_CHARSET_H

#include "core/strbuf.h"

enum charset { CHARSET_UTF8, CHARSET_WINDOWS_1252, CHARSET_UTF16LE };

/* In the text to be encoded, stands for bytes that are no text in the charset: FF in UTF-8, a
 * lone surrogate in UTF-16.  Windows-1252 has no such byte that every reader refuses. */
#define CHARSET_BAD_BYTE "\xEF\xA3\xBF" /* U+F8FF, private use */

/* Appends; false when a letter is not in the charset. */
bool charset_encode(enum charset charset, struct text utf8, struct strbuf *out);

#endif
