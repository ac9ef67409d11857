#!/usr/bin/env bash
# check_install.sh CMAKE BUILD - install somewhere and look at it from there: the programs speak
# Chinese, manual pages read without a complaint, the completion is loaded and completes.
set -euo pipefail
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}
"$1" --install "$2" --prefix "$prefix" >/dev/null
export -n LC_ALL LC_MESSAGES LANG LANGUAGE 2>/dev/null || true
unset LC_ALL LC_MESSAGES LANG LANGUAGE

says() { # TEXT COMMAND…
    local out
    out=$("${@:2}" 2>&1 || true)
    [[ $out == *"$1"* ]] || fail "no \"$1\" from ${*:2}: $out"
}
says "Commands:" "$prefix/bin/mingzhang" --help
says "命令：" env LANG=zh_CN.UTF-8 "$prefix/bin/mingzhang" --help
says "命令：" env LANG=C.UTF-8 LANGUAGE=zh_CN "$prefix/bin/mingzhang" --help
says "命令：" env LC_ALL=zh_CN "$prefix/bin/mingzhang" --help
says "Commands:" env LC_ALL=C LANGUAGE=zh_CN "$prefix/bin/mingzhang" --help
says "Commands:" env LANG=xx_XX.UTF-8 "$prefix/bin/mingzhang" --help
says "没有命令" env LANG=zh_CN.UTF-8 "$prefix/bin/mingzhang" vocher
says "缺少 PATH" env LANG=zh_CN.UTF-8 "$prefix/bin/mingzhang-verify"

for group in $("$2/mingzhang-pages" groups); do
    for folder in man1 zh_CN/man1; do
        [ -s "$prefix/share/man/$folder/mingzhang-$group.1" ] || fail "$folder: no page of $group"
    done
done
if command -v man >/dev/null; then
    for page in "$prefix"/share/man/man1/*.1 "$prefix"/share/man/zh_CN/man1/*.1; do
        told=$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings=mac,syntax,font,escape -E UTF-8 -l "$page" \
            2>&1 >/dev/null)
        [ -z "$told" ] || fail "$page: $told"
    done
fi

# What bash would offer after these words.
# shellcheck disable=SC1091 # made by the build
. "$prefix/share/bash-completion/completions/mingzhang"
offers() { # WORD COMMAND-LINE-WORD…
    COMP_WORDS=("${@:2}")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _mingzhang
    [[ " ${COMPREPLY[*]} " == *" $1 "* ]] || fail "no $1 after ${*:2}: ${COMPREPLY[*]}"
}
offers voucher mingzhang vou
offers submit mingzhang voucher ''
offers approve mingzhang -L /tmp/books -u wang voucher app
offers --reference mingzhang voucher submit refund --ref
offers refund mingzhang voucher submit ref
offers payments mingzhang import pay
offers csv mingzhang balance --format c
offers csv mingzhang balance --format = c
# Codes are asked of the ledger.
mingzhang() {
    case $* in
    '-L /tmp/books completion vouchers') printf '%s\n' 2021-000007 分配-1 'a b' ;;
    'completion users') printf '%s\n' li wang ;;
    'completion funds') printf '%s\n' 2021-中央-01 ;;
    esac
}
offers 分配-1 mingzhang -L /tmp/books voucher show 分
offers 2021-000007 mingzhang -L /tmp/books -u wang voucher approve ''
offers wang mingzhang -u w
offers 2021-中央-01 mingzhang voucher list --fund 2021
echo "installed under a prefix, it is whole"
