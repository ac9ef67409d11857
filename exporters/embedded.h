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
extern const uint8_t embedded_page_words[];
extern const size_t embedded_page_words_size;
extern const uint8_t embedded_page_style[];
extern const size_t embedded_page_style_size;
extern const uint8_t embedded_page_numbers[];
extern const size_t embedded_page_numbers_size;
extern const uint8_t embedded_page_pictures[];
extern const size_t embedded_page_pictures_size;
extern const uint8_t embedded_page_projects[];
extern const size_t embedded_page_projects_size;
extern const uint8_t embedded_page_lists[];
extern const size_t embedded_page_lists_size;
extern const uint8_t embedded_page_duties[];
extern const size_t embedded_page_duties_size;
extern const uint8_t embedded_page_assets[];
extern const size_t embedded_page_assets_size;
extern const uint8_t embedded_page_income[];
extern const size_t embedded_page_income_size;
extern const uint8_t embedded_page_custody[];
extern const size_t embedded_page_custody_size;
extern const uint8_t embedded_page_matters[];
extern const size_t embedded_page_matters_size;
extern const uint8_t embedded_board_xsl[];
extern const size_t embedded_board_xsl_size;
extern const uint8_t embedded_paper_xsl[];
extern const size_t embedded_paper_xsl_size;
extern const uint8_t embedded_paper_assets_xsl[];
extern const size_t embedded_paper_assets_xsl_size;

#endif
