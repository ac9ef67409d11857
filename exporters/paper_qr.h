/*
 * paper_qr.h - a QR code as the path of an SVG picture.
 */
#ifndef EXPORTERS_PAPER_QR_H
#define EXPORTERS_PAPER_QR_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"

#define PAPER_QR_QUIET_MODULES 4 /* white around it: ISO/IEC 18004 section 6.3.8 */

/**
 * Append the dark modules of `text` as an SVG path, one unit a module, each run of a row a
 * rectangle.
 *
 * @param text       at most 500 bytes, so that each module stays wide enough in print
 * @param width_out  receives the width of the square in modules, quiet zone included
 *
 * Spec: ISO/IEC 18004, correction level M: a paper that was punched, stamped and folded.
 */
bool paper_qr_path(const char *text, struct buffer *path_out, int *width_out,
                   struct error *err) MUST_CHECK;

#endif
