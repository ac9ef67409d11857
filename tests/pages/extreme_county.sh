#!/usr/bin/env bash
# extreme_county.sh PROGRAM FOLDER - the county of extreme_county.py, published.
set -euo pipefail
mingzhang=$1
home=$2/home
ledger=$2/619901000000/ledger
exec </dev/null
export LC_ALL=C.UTF-8 MINGZHANG_SIGNER=$2/signer
# shellcheck source=samples/lib.sh
. samples/lib.sh
use_home
mkdir -p "$2/619901000000"
python3 tests/pages/extreme_county.py "$2/sheets"
new_ledger 619901000000 示例县
bring "$2"/sheets/*.csv
as li stocktake close PD.1 --date 2021-12-10 # nothing was counted: all of it is missing
as zhou publish --period 2021
