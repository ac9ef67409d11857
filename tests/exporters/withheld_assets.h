/*
 * withheld_assets.h - what may be told of assets, their upkeep and income, pools and people:
 * stories for test_withheld.c. Told with another secret, a story differs in what its entries seal
 * and in nothing else.
 */
#ifndef TESTS_EXPORTERS_WITHHELD_ASSETS_H
#define TESTS_EXPORTERS_WITHHELD_ASSETS_H

#include "world.h"

struct asset_story {
    const char *name;
    void (*tell)(struct world *world, int64_t secret);
};
extern const struct asset_story asset_stories[];
extern const size_t asset_story_count;

/** Erase what rows seal of households, tenants, creditors, holders of posts and sharers. */
void erase_people_behind_assets(struct world *world);

#endif
