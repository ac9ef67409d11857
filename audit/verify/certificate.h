/* certificate.h - the form of the certificates that a log enters: docs/format.md section 5.1. */
#ifndef AUDIT_VERIFY_CERTIFICATE_H
#define AUDIT_VERIFY_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/error.h"

/** One X.509 in DER: self-signed, on P-256, named by the origin alone, without an end. */
bool certificate_check(const uint8_t *der, size_t size, const char *origin,
                       struct error *err) MUST_CHECK;

#endif
