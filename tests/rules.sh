#!/bin/sh
# rules.sh [CC] - what no compiler checks: the direction of includes (docs/architecture.md), lengths,
# banned functions, floating point near money, words of unfinished work. Runs from anywhere.
# Each breach is printed as FILE:LINE: what is wrong; what to do. Ends with 1 if there is any.
#
# `rules.sh --self-test` breaks every rule in a scratch tree and checks that each breach is seen.
set -u
export LC_ALL=C
cd "$(dirname "$0")/.." || exit 2

lines_per_file_max=800
lines_per_function_max=60

# From the top down; a module may include only what stands below it, and itself. Modules on one line
# never include each other.
layers='cli web
audit/inspect
audit/inspect/rules
importers exporters
ledger
ledger/findings
ledger/custody
ledger/income
ledger/keeping
ledger/assets
ledger/people
ledger/disclosure
ledger/records
ledger/funds
ledger/journal
ledger/store
ledger/attachments
spreadsheet
audit/verify
base'

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

sources() { # sources FOLDER...: their C files, sorted
    for folder in "$@"; do
        if [ -d "$folder" ]; then find "$folder" -name '*.[ch]'; fi
    done | sort
}

# Every line as FILE:LINE:CODE, comments and the contents of strings blanked out.
strip() {
    # shellcheck disable=SC2016 # awk's own $0
    xargs awk '
    FNR == 1 { in_comment = 0 }
    {
        code = ""; rest = $0
        while (rest != "") {
            if (in_comment) {
                at = index(rest, "*/")
                if (at == 0) break
                rest = substr(rest, at + 2); in_comment = 0
            } else if (!match(rest, /\/\*|\/\/|"|'\''/)) {
                code = code rest; break
            } else {
                mark = substr(rest, RSTART, RLENGTH)
                code = code substr(rest, 1, RSTART - 1)
                rest = substr(rest, RSTART + RLENGTH)
                if (mark == "//") break
                if (mark == "/*") { in_comment = 1; code = code " "; continue }
                code = code mark mark
                while (rest != "" && substr(rest, 1, 1) != mark)
                    rest = substr(rest, substr(rest, 1, 1) == "\\" ? 3 : 2)
                rest = substr(rest, 2)
            }
        }
        print FILENAME ":" FNR ":" code
    }' /dev/null
}

# Keep the place of each FILE:LINE:CODE on input and say what is wrong there.
say() { sed "s|^\([^:]*:[0-9]*\):.*|\1: $1|"; }

check_includes() {
    sources base spreadsheet ledger audit importers exporters cli web |
        xargs grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' /dev/null |
        awk -F: -v layers="$layers" '
        BEGIN {
            count = split(layers, lines, "\n")
            for (i = 1; i <= count; i++) {
                modules = split(lines[i], module, " ")
                for (j = 1; j <= modules; j++) layer[module[j]] = i
            }
        }
        function folder_of(path) { sub(/\/[^\/]*$/, "", path); return path }
        function refuse(what) { print $1 ":" $2 ": " what }
        {
            path = $0; sub(/^[^"]*"/, "", path); sub(/".*$/, "", path)
            from = folder_of($1); to = folder_of(path)
            name = to; sub(/^.*\//, "", name)
            if (!(from in layer)) refuse("folder " from " is no module; name it in tests/rules.sh")
            else if (path !~ /\// || (getline line < path) < 0)
                refuse("\"" path "\" is no file below the source root; include it from there")
            else if (from == to) ;
            else if (!(to in layer)) refuse("folder " to " is no module; name it in tests/rules.sh")
            else if (from == "audit/verify" && to != "base")
                refuse("audit/verify stands on base alone, so that it shares no mistake; don'\''t include " path)
            else if (layer[to] == layer[from])
                refuse(from " and " to " never include each other; move what both need below them")
            else if (layer[to] < layer[from])
                refuse(from " stands below " to "; turn the arrow round or move the code down")
            else if (to != "base" && path != to "/" name ".h")
                refuse(path " is private to " to "; use " to "/" name ".h")
            close(path)
        }'
}

check_engines() {
    sources base spreadsheet ledger audit importers exporters cli web |
        grep -vE '^(ledger/store|audit/verify)/' |
        xargs grep -nE '#[[:space:]]*include[[:space:]]*<(sqlite3|libpq[^>]*)\.h>' /dev/null |
        say 'only ledger/store and audit/verify know the engine; go through ledger/store/store.h'
}

check_lengths() {
    { sources base spreadsheet ledger audit importers exporters cli web tests
      find base spreadsheet ledger audit importers exporters cli web tests -name '*.sh' -o -name '*.sql' 2>/dev/null
    } | xargs awk -v file_max="$lines_per_file_max" -v function_max="$lines_per_function_max" '
        FNR == 1 { start = 0 }
        FNR == file_max + 1 {
            print FILENAME ":" FNR ": the file passes " file_max " lines; split it by purpose"
        }
        /^\{/ && FILENAME ~ /\.[ch]$/ { start = FNR }
        /^\}/ && start {
            if (FNR - start - 1 > function_max)
                print FILENAME ":" start ": a function of " FNR - start - 1 " lines, more than " \
                    function_max "; part it"
            start = 0
        }' /dev/null
}

poisoned_names() { sed -n 's/^#pragma GCC poison //p' base/banned.h | tr ' ' '\n'; }
names_banned_by_name() { sed -n 's/^ \* banned by name: //p' base/banned.h | tr ' ' '\n'; }

check_banned() {
    names=$({ poisoned_names; names_banned_by_name; } | paste -sd '|' -)
    grep -E "^[^:]*:[0-9]*:(.*[^A-Za-z0-9_>.])?($names)[[:space:]]*\(" "$scratch/code" |
        say 'a function that base/banned.h bans; use what that header names instead'
}

# The ban must bite: each poisoned name alone has to stop the compiler.
check_ban_bites() {
    cc=$1
    if ! command -v "$cc" >/dev/null 2>&1; then
        echo "base/banned.h:1: no compiler \"$cc\" to try the ban with; name one as the argument"
        return
    fi
    compile() { "$cc" -std=c11 -Werror -include base/banned.h -fsyntax-only -x c "$1" 2>/dev/null; }
    echo 'int main(void);' >"$scratch/try.c"
    compile "$scratch/try.c" || echo "base/banned.h:1: it does not compile alone; mend it"
    poisoned_names | while read -r name; do
        echo "struct probe { int $name; };" >"$scratch/try.c"
        if compile "$scratch/try.c"; then
            echo "base/banned.h:1: $name compiles all the same; mend the pragma"
        fi
    done
}

check_floating_point() {
    grep -E '^(base|ledger|exporters)/[^:]*:[0-9]*:(.*[^A-Za-z0-9_])?(float|double)([^A-Za-z0-9_]|$)' \
        "$scratch/code" | say 'floating point near money; count in fen'
}

check_libraries_are_silent() {
    grep -vE '^(cli|web|tests)/|main\.c:' "$scratch/code" |
        grep -E '[^A-Za-z0-9_>.](printf|vprintf|puts|putchar|perror|exit|getenv|setlocale)[[:space:]]*\(|[^A-Za-z0-9_](stdout|stderr|environ)([^A-Za-z0-9_]|$)' |
        say 'libraries never print, exit or read the environment; let cli/ do it'
}

check_typedefs() {
    grep -E ':[[:space:]]*typedef[[:space:]]+(struct|union)' "$scratch/code" |
        grep -vE '^base/(money|date|hash)\.h:' |
        say 'a typedef hides a struct; only money_t, date_t, instant_t and hash_t may'
}

check_openings() {
    sources base spreadsheet ledger audit importers exporters cli web tests | while read -r file; do
        case $(head -c 2 "$file") in
        '/*') ;;
        *) echo "$file:1: does not open by saying what it is for; write that first" ;;
        esac
    done
}

# The words are spelt in two parts, so that this line isn't found.
check_unfinished() {
    { sources base spreadsheet ledger audit importers exporters cli web tests
      find base spreadsheet ledger audit importers exporters cli web tests cmake docs \( -name '*.sh' -o \
          -name '*.sql' -o -name '*.cmake' -o -name CMakeLists.txt -o -name '*.md' \) 2>/dev/null
      ls CMakeLists.txt README.md 2>/dev/null
    } | xargs grep -nwE 'TO''DO|FIX''ME|X''XX|not'' implemented( yet)?' /dev/null |
        say 'unfinished by its own words; finish it or open an issue'
}

check_decisions() {
    for file in docs/decisions/[0-9]*.md; do
        [ -f "$file" ] || continue
        grep -qF "(decisions/${file##*/})" docs/architecture.md 2>/dev/null ||
            echo "$file:1: docs/architecture.md doesn't list it; add it under \"Why it is so\""
    done
}

check_all() {
    sources base spreadsheet ledger audit importers exporters cli web tests | strip >"$scratch/code"
    check_includes
    check_engines
    check_lengths
    check_banned
    check_floating_point
    check_libraries_are_silent
    check_typedefs
    check_openings
    check_unfinished
    check_decisions
}

# self_test_case PATTERN FILE LINE...: with FILE of those lines in the scratch tree, PATTERN is said.
self_test_case() {
    pattern=$1 file=$2
    shift 2
    mkdir -p "$tree/$(dirname "$file")"
    printf '%s\n' "$@" >"$tree/$file"
    said=$(cd "$tree" && check_all 2>&1)
    case $said in
    "$file:"*"$pattern"*) ;;
    *) echo "tests/rules.sh: $file with \"$*\" went unseen or was misnamed: $said" ;;
    esac
    rm "$tree/$file"
}

self_test() {
    tree=$scratch/tree
    mkdir -p "$tree/base" "$tree/audit/verify" "$tree/importers" "$tree/ledger/store" "$tree/ledger/funds"
    cp base/banned.h "$tree/base/banned.h"
    for module in base/base ledger/ledger ledger/store/store ledger/store/engine importers/importers; do
        echo '/* a header */' >"$tree/$module.h"
    done
    said=$(cd "$tree" && check_all 2>&1)
    [ -z "$said" ] || echo "tests/rules.sh: a clean tree is blamed: $said"
    o='/* opens */'
    self_test_case 'base stands below' base/a.c "$o" '#include "ledger/ledger.h"'
    self_test_case 'ledger/store stands below' ledger/store/a.c "$o" '#include "ledger/ledger.h"'
    self_test_case 'stands on base alone' audit/verify/a.c "$o" '#include "ledger/store/store.h"'
    self_test_case 'never include each other' exporters/a.c "$o" '#include "importers/importers.h"'
    self_test_case 'is private to' ledger/funds/a.c "$o" '#include "ledger/store/engine.h"'
    self_test_case 'is no file below' base/a.c "$o" '#include "base.h"'
    self_test_case 'is no module' ledger/spare/a.c "$o" '#include "base/base.h"'
    self_test_case 'know the engine' ledger/funds/a.c "$o" '#include <sqlite3.h>'
    self_test_case 'base/banned.h bans' cli/a.c "$o" 'x = atoi(y);'
    self_test_case 'base/banned.h bans' cli/a.c "$o" 'x = "/*"; y = ctime (z);'
    self_test_case 'floating point' base/a.c "$o" 'double x;'
    self_test_case 'never print' ledger/a.c "$o" '    printf("");'
    self_test_case 'never print' ledger/a.c "$o" '    fprintf(stderr, "");'
    self_test_case 'hides a struct' cli/a.c "$o" 'typedef struct x y;'
    self_test_case 'what it is for' cli/a.c 'int x;'
    self_test_case 'by its own words' cli/a.c "$o" '// TO''DO'
    self_test_case "doesn't list it" docs/decisions/0001-a.md '# 0001 A'
    # shellcheck disable=SC2046 # one argument for each line is what is meant
    self_test_case 'passes 800 lines' cli/a.c "$o" $(seq 800)
    # shellcheck disable=SC2046
    self_test_case 'function of 61 lines' cli/a.c "$o" '{' $(seq 61) '}'
    # What is no breach, however much it looks like one.
    printf '%s\n' "$o" '#include "base/base.h"' '/* atoi(x), a double */ s = "double \" atoi(x)";' \
        '// float' 'x->exit(y); c = '\''"'\''; d = "atoi(x)";' >"$tree/ledger/b.c"
    said=$(cd "$tree" && check_all 2>&1)
    [ -z "$said" ] || echo "tests/rules.sh: a clean file is blamed: $said"
    printf '#if 0\n%s\n#endif\n' '#pragma GCC poison sscanf' >"$tree/base/banned.h"
    case $(cd "$tree" && check_ban_bites "$compiler") in
    'base/banned.h:'*'sscanf compiles'*) ;;
    *) echo 'tests/rules.sh: a ban that does not bite went unseen' ;;
    esac
}

# What the tools themselves complain of counts as a breach: a rule that did not run must not pass.
if [ "${1-}" = --self-test ]; then
    compiler=${2-cc}
    self_test >"$scratch/breaches" 2>&1
else
    { check_all; check_ban_bites "${1-cc}"; } >"$scratch/breaches" 2>&1
fi
cat "$scratch/breaches"
[ ! -s "$scratch/breaches" ]
