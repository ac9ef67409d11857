/* dsig_fuzz.c - any bytes at all as a signed document: its form, then its signature. */
#include <assert.h>

#include <libxml/tree.h>

#include "audit/verify/dsig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer bytes = BUFFER_INIT(XML_BYTES_MAX), der = BUFFER_INIT(CERTIFICATE_BYTES_MAX);
    struct error ignored = ERROR_INIT;
    struct dsig *dsig = NULL;
    xmlDocPtr document = NULL;
    hash_t digest;
    bool is_ready = dsig_open(&dsig, &ignored);

    assert(is_ready);
    if (buffer_append(&bytes, data, size, &ignored) &&
        dsig_parse(dsig, &bytes, &document, &ignored) &&
        dsig_signature_form(document, &der, &ignored)) {
        /* By the certificate in it: enough to run all the code. */
        (void)!dsig_signature_check(dsig, document, der.data, der.size, &digest, &ignored);
    }
    error_clear(&ignored);
    (void)!dsig_read_pem(&bytes, &der, &ignored);
    xmlFreeDoc(document);
    dsig_close(dsig);
    buffer_done(&bytes);
    buffer_done(&der);
    return 0;
}
