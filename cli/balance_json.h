/*
 * balance_json.h - a balance as the record "balance 1" of --json.
 */
#ifndef HMS_CLI_BALANCE_JSON_H
#define HMS_CLI_BALANCE_JSON_H

#include "core/balance.h"

void balance_json(const struct balance *balance, struct strbuf *sb);

#endif
