/*
 * data_fields.h - what the tables of data.h have in common. Private to data_tables.c and
 * data_assets.c.
 */
#ifndef EXPORTERS_DATA_FIELDS_H
#define EXPORTERS_DATA_FIELDS_H

#include "exporters/data.h"

#define AMOUNT(name, from, chinese, english)                                                       \
    {name "fen", DATA_INTEGER, from "@fen", chinese "（分）", english ", fen (1/100 yuan)"},       \
    {                                                                                              \
        name "yuan", DATA_YUAN, from "@fen", chinese "（元）", english ", yuan"                    \
    }
#define DIVISION                                                                                   \
    {"division", DATA_DIVISION, "/@division", "单位代码", "code of the division that tells it"},   \
        {"division_name", DATA_STRING, "/division/@name", "单位", "its name"},                     \
    {                                                                                              \
        "level", DATA_STRING, "/division/@level", "层级", "county, township or village"            \
    }
#define BOOK(from)                                                                                     \
    {                                                                                                  \
        "book", DATA_STRING, from, "账册",                                                             \
            "construction 项目建设, livelihood 民生保障, subsidy 政策补助, none 未归类" \
    }
#define SIDE                                                                                       \
    {                                                                                              \
        "side", DATA_STRING, "<>", "方向",                                                         \
            "opening + in = out + closing; standing says where closing stands; withheld: not "     \
            "published"                                                                            \
    }
#define TERM                                                                                       \
    {                                                                                              \
        "term", DATA_STRING, "@term|@role", "项",                                                  \
            "of in and out the term of the law, of standing the role of the account; else empty"   \
    }
#define REASON(from)                                                                               \
    {                                                                                              \
        "withheld", DATA_STRING, from, "不公开的原因",                                             \
            "why there is no figure: sealed_totals, or secondary (it would let another be worked " \
            "out)"                                                                                 \
    }
#define TABLE(name) .fields = name, .field_count = sizeof name / sizeof name[0]

/* Those of data_assets.c. */
extern const struct data_table data_table_assets, data_table_asset_parts, data_table_works,
    data_table_works_paid, data_table_maintenance, data_table_maintenance_sources,
    data_table_leases, data_table_receipts, data_table_distributions,
    data_table_distribution_shares, data_table_village_income, data_table_village_debts,
    data_table_village_standards, data_table_aid_pools, data_table_handovers, data_table_disposals,
    data_table_disposal_steps, data_table_stocktakes, data_table_stocktake_differences;

#endif
