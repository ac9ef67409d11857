#!/usr/bin/env bash
# test_help.sh PROGRAM COLUMNS - help teaches by examples: every command has one, in each language,
# and what it shows is a command that the program takes.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
export PATH=${mingzhang%/*}:$PATH HOME=$home MINGZHANG_LEDGER=$scratch/none
cd "$scratch"

# Each command's name as `mingzhang --help` lists it.
mapfile -t commands < <("$mingzhang" --help | sed -n '/^Commands:/,/^$/p' |
    sed -nE 's/^  ([a-z]+( [a-z-]+)?)(  .*|)$/\1/p')
[ "${#commands[@]}" -ge 50 ] || fail "only ${#commands[@]} commands are listed"

# What says that an example is out of date, rather than that nothing is there to work on.
outdated='is no command|is no option|needs a value|takes no value|one argument too many|an argument is missing|--[a-z-]+ is missing|begins several options|say what .* should do|is no format|is no state|the movement is missing|is no movement|is no kind'

# examples COMMAND…: the commands that its help shows, one a line.
examples() {
    "$mingzhang" "$@" --help | sed -e ':join' -e '/\\$/{N;s/\\\n */ /;b join' -e '}' | sed -n 's/^  \$ //p'
}

for command in "${commands[@]}"; do
    read -ra words <<<"$command"
    mapfile -t shown < <(examples "${words[@]}")
    [ "${#shown[@]}" -gt 0 ] || fail "$command --help has no example"
    [[ "${shown[*]}" == *mingzhang*"$command"* ]] || fail "$command --help shows another command"
    mapfile -t chinese < <(LC_ALL=C.UTF-8 LANGUAGE=zh_CN examples "${words[@]}")
    [ "${#chinese[@]}" -eq "${#shown[@]}" ] || fail "$command --help has other examples in Chinese"
    for example in "${shown[@]}" "${chinese[@]}"; do
        case $example in mingzhang\ * | "source <(mingzhang "*) ;; *) continue ;; esac
        said=$(bash -c "$example" 2>&1 </dev/null) || true
        ! grep -qE "$outdated" <<<"$said" || fail "$command --help teaches what is refused: $example
$said"
        checks=$((checks + 1))
    done
    # No option comes twice.
    for language in en zh_CN; do
        text=$(LC_ALL=C.UTF-8 LANGUAGE=$language "$mingzhang" "${words[@]}" --help)
        twice=$(sed -nE '/^[^ ].*(:|：)$/,$p' <<<"$text" | grep -oE '^ +(-., )?--[a-z-]+' | sort | uniq -d)
        [ -z "$twice" ] || fail "$command --help lists$twice twice"
        checks=$((checks + 1))
    done
done

finish
