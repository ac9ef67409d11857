/*
 * manifest.c - what the files of a period were when it was signed.
 */
#include "exporters/manifest.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "exporters/array.h"
#include "exporters/xml_writer.h"

bool manifest_add(struct manifest *manifest, const char *path, const uint8_t *data, size_t size,
                  struct error *err)
{
    hash_t hash = hash_sha256(data, size);

    return manifest_add_hash(manifest, path, &hash, size, err);
}

bool manifest_add_hash(struct manifest *manifest, const char *path, const hash_t *hash, size_t size,
                       struct error *err)
{
    struct manifest_file *file;
    void *array = manifest->files;

    assert(strlen(path) < REPOSITORY_PATH_SIZE);
    if (!array_grow(&array, manifest->count, sizeof *manifest->files, MANIFEST_FILES_MAX, "files",
                    err))
        return false;
    manifest->files = array;
    file = &manifest->files[manifest->count++];
    memcpy(file->path, path, strlen(path) + 1);
    file->hash = *hash;
    file->size = size;
    return true;
}

static int order_files(const void *a, const void *b)
{
    return strcmp(((const struct manifest_file *)a)->path, ((const struct manifest_file *)b)->path);
}

void manifest_sort(struct manifest *manifest)
{
    if (manifest->count > 0)
        qsort(manifest->files, manifest->count, sizeof *manifest->files, order_files);
}

static int compare_path(const void *path, const void *file)
{
    return strcmp(path, ((const struct manifest_file *)file)->path);
}

bool manifest_has(const struct manifest *manifest, const char *path)
{
    return manifest->count > 0 && bsearch(path, manifest->files, manifest->count,
                                          sizeof *manifest->files, compare_path) != NULL;
}

bool manifest_format(struct manifest *manifest, const char *origin, const char *period,
                     const char *note, struct buffer *out, struct error *err)
{
    struct xml_writer xml;
    char hex[HASH_HEX_SIZE];

    assert(manifest->count > 0);
    manifest_sort(manifest);
    xml_writer_init(&xml, out);
    xml_element_begin(&xml, "manifest");
    xml_attribute(&xml, "xmlns", "urn:mingzhang:disclosure:1");
    xml_attribute(&xml, "version", "1");
    xml_attribute(&xml, "origin", origin);
    xml_attribute(&xml, "period", period);
    xml_element_begin(&xml, "files");
    for (size_t i = 0; i < manifest->count; i++) {
        const struct manifest_file *file = &manifest->files[i];

        assert(i == 0 || strcmp(manifest->files[i - 1].path, file->path) != 0);
        xml_element_begin(&xml, "file");
        xml_attribute(&xml, "path", file->path);
        xml_attribute(&xml, "sha256", hash_to_hex(&file->hash, hex));
        xml_attribute_integer(&xml, "size", (int64_t)file->size);
        xml_element_end(&xml);
    }
    xml_element_end(&xml);
    xml_element_text(&xml, "checkpoint", note);
    xml_element_end(&xml);
    return xml_writer_finish(&xml, err);
}

void manifest_done(struct manifest *manifest)
{
    free(manifest->files);
    manifest->files = NULL;
    manifest->count = 0;
}
