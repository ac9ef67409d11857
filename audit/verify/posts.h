/*
 * posts.h - posts, schedules and work orders, as the log tells of them.
 */
#ifndef AUDIT_VERIFY_POSTS_H
#define AUDIT_VERIFY_POSTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/money.h"

struct post {
    date_t first_day, last_day;
    bool has_last_day, has_ended;
};

struct schedule {
    uint32_t asset;
    bool is_by_months; /* else by days */
    bool has_end, was_stopped;
    int32_t step; /* so many months or days */
    date_t first, end;
};

struct work {
    date_t day;
    bool is_done;
    money_t cost;
};

struct keeping {
    struct post *posts;
    size_t post_count, post_capacity;
    struct schedule *schedules;
    size_t schedule_count, schedule_capacity;
    struct work *works;
    size_t work_count, work_capacity;
};

void posts_done(struct keeping *keeping);

#endif
