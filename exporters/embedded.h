/*
 * embedded.h - the schema and the stylesheets as bytes of the program; embed.cmake writes the
 * arrays.
 */
#ifndef EXPORTERS_EMBEDDED_H
#define EXPORTERS_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

extern const uint8_t embedded_xsd[];
extern const size_t embedded_xsd_size;
extern const uint8_t embedded_xsl[];
extern const size_t embedded_xsl_size;
extern const uint8_t embedded_paper_xsl[];
extern const size_t embedded_paper_xsl_size;

#endif
