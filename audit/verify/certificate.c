/*
 * certificate.c - what the log enters must be what a document can be checked by for ever.
 */
#include "audit/verify/certificate.h"

#include <limits.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/language.h"

static const char no_end[] = "99991231235959Z"; /* RFC 5280 section 4.1.2.5 */

static bool fail(const char *what, struct error *err)
{
    return error_set(err, ERROR_VERIFY, "the certificate %s", translate(what));
}

static bool is_text(const ASN1_STRING *string, const char *text)
{
    return ASN1_STRING_length(string) == (int)strlen(text) &&
           memcmp(ASN1_STRING_get0_data(string), text, strlen(text)) == 0;
}

/* One common name and no second. */
static bool is_named(const X509_NAME *name, const char *origin)
{
    int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);

    return at >= 0 && X509_NAME_get_index_by_NID(name, NID_commonName, at) < 0 &&
           is_text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)), origin);
}

static bool is_on_p256(const EVP_PKEY *key)
{
    char group[32];
    size_t size;

    return EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
           strcmp(group, "prime256v1") == 0;
}

static bool check(X509 *certificate, const char *origin, struct error *err)
{
    EVP_PKEY *key = X509_get0_pubkey(certificate);

    if (!is_named(X509_get_subject_name(certificate), origin) ||
        !is_named(X509_get_issuer_name(certificate), origin)) {
        return fail(N_("doesn't name the origin as its subject and issuer"), err);
    }
    if (key == NULL || !is_on_p256(key)) return fail(N_("has no key on P-256"), err);
    if (X509_verify(certificate, key) != 1) return fail(N_("isn't signed by its own key"), err);
    if (!is_text(X509_get0_notAfter(certificate), no_end)) {
        return fail(N_("doesn't end at 99991231235959Z"), err);
    }
    return true;
}

bool certificate_check(const uint8_t *der, size_t size, const char *origin, struct error *err)
{
    const uint8_t *at = der;
    X509 *certificate = size <= LONG_MAX ? d2i_X509(NULL, &at, (long)size) : NULL;
    bool ok = certificate != NULL && at == der + size ? check(certificate, origin, err)
                                                      : fail(N_("is not one X.509 in DER"), err);

    X509_free(certificate);
    return ok;
}
