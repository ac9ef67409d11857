/*
 * paper_qr.c - libqrencode's modules, run by run.
 */
#include "exporters/paper_qr.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <qrencode.h>

#define TEXT_SIZE_MAX 500

/* The dark runs of one row, moved into the quiet zone's frame. */
static bool append_row(const unsigned char *modules, int width, int row, struct buffer *out,
                       struct error *err)
{
    int at = 0;

    while (at < width) {
        int first = at;

        while (at < width && (modules[at] & 1) != 0)
            at++;
        if (at > first &&
            !buffer_append_format(out, err, "M%d %dh%dv1h-%dz", first + PAPER_QR_QUIET_MODULES,
                                  row + PAPER_QR_QUIET_MODULES, at - first, at - first))
            return false;
        if (at == first) at++;
    }
    return true;
}

bool paper_qr_path(const char *text, struct buffer *path_out, int *width_out, struct error *err)
{
    size_t size = strlen(text);
    QRcode *code = NULL;
    bool ok = false;

    if (size == 0 || size > TEXT_SIZE_MAX) {
        (void)error_set(err, ERROR_LIMIT, "a QR code of %zu bytes; 1 to %d can be printed", size,
                        TEXT_SIZE_MAX);
        goto out;
    }
    code = QRcode_encodeData((int)size, (const unsigned char *)text, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        (void)error_set(err, ERROR_MEMORY, "no QR code could be made: %s", strerror(errno));
        goto out;
    }
    for (int row = 0; row < code->width; row++)
        if (!append_row(code->data + (ptrdiff_t)row * code->width, code->width, row, path_out, err))
            goto out;
    *width_out = code->width + 2 * PAPER_QR_QUIET_MODULES;
    ok = true;
out:
    QRcode_free(code);
    return ok;
}
