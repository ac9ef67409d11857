/*
 * leases.h - leases, plans of distribution and debts, as the log tells of them.
 */
#ifndef AUDIT_VERIFY_LEASES_H
#define AUDIT_VERIFY_LEASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/identity.h"
#include "base/money.h"

struct lease {
    uint32_t asset;
    char kind[16];
    char division[DIVISION_CODE_SIZE];
    bool has_dues, has_ended;
    int32_t months;
    date_t first_day, last_day, first_due;
};

/* A plan, from the first that is said of it. */
struct plan {
    bool stands;
    bool is_partial;                 /* who shares can't be read of each */
    int64_t parts, people, holders;  /* of its shares; rows of those who share */
    int64_t households, least, most; /* who share, and their parts, as far as they are read */
    char first[DIVISION_CODE_SIZE];  /* the lowest and the highest code of its shares */
    char last[DIVISION_CODE_SIZE];
    char division[DIVISION_CODE_SIZE];
    date_t day;
    money_t amount;
    int64_t whole;
};

struct debt {
    money_t amount, cleared;
    date_t day;
};

struct income {
    struct lease *leases;
    size_t lease_count, lease_capacity;
    struct plan *plans;
    size_t plan_count, plan_capacity;
    struct debt *debts;
    size_t debt_count, debt_capacity;
};

void leases_done(struct income *income);

#endif
