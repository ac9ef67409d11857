#!/bin/sh
# extract.sh PAGES FILE.pot - every text that people read, from the sources and from the tables.
#
# A format that is no literal can't be looked up: each is told as FILE:LINE, and the end is 1. Mark
# the literals that may come there with N_(), and the check is content.
set -eu
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "$0")/.." && pwd)
pages=$(realpath "$1")
out=$(realpath -m "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$root"
find base ledger audit importers exporters cli -name '*.c' ! -name '*_fuzz.c' ! -name 'pages.c' |
    sort >"$scratch/list"

# The function, and which of its arguments is the text.
texts='error_set:3 CELL_FAULT:4 say:1 say_next:1 remark:1 row_note:2 row_warn:3 say_head_field:1 say_field:2 say_other:2 table_end:2'

perl -e '
    my %at = map { split /:/ } split / /, shift;
    my $bad = 0;
    for my $file (map { chomp; $_ } <STDIN>) {
        open my $in, "<", $file or die;
        my $code = do { local $/; <$in> };
        my $string = qr/"(?:[^"\\]|\\.)*"/;
        my $parens; $parens = qr/\((?:[^()"\x27]|$string|\x27(?:[^\\]|\\.)\x27|(??{$parens}))*\)/;
        my $part = qr/(?:[^,()"\x27]|$string|\x27(?:[^\\]|\\.)\x27|$parens)+/;
        while ($code =~ /\b(error_set|CELL_FAULT|say|say_next|remark|row_note|row_warn|say_head_field|say_field|say_other|table_end)($parens)/g) {
            my ($name, $list, $end) = ($1, $2, pos $code);
            my $line = 1 + (substr($code, 0, $end - length $list) =~ tr/\n//);
            my @arguments = substr($list, 1, -1) =~ /($part)/g;
            my $text = $arguments[$at{$name} - 1] // next;
            next if $text =~ /^\s*(?:$string|PRI\w+|\s)+$/ || $text =~ /\bN?_\(|\btranslate\(/;
            next if $text =~ /^\s*label\s*$/; # handed on
            next if $text =~ /__VA_ARGS__|^\s*(?:const |\.\.\.)/; # the macro itself, a prototype
            print "$file:$line: this text is no literal; mark what it may be with N_()\n";
            $bad = 1;
        }
    }
    exit $bad' "$texts" <"$scratch/list" || exit 1

# Headings of tables stand between a name and a type.
while read -r file; do
    mkdir -p "$scratch/tree/$(dirname "$file")"
    sed -z -E 's/\{("[^"]*"),([[:space:]]*)("[^"]+"),([[:space:]]*)COLUMN_/{\1,\2N_(\3),\4COLUMN_/g' \
        "$file" >"$scratch/tree/$file"
done <"$scratch/list"
"$pages" strings >"$scratch/tree/tables.c"
echo tables.c >>"$scratch/list"
# shellcheck disable=SC2046 # one option for each
(cd "$scratch/tree" && xgettext --language=C --from-code=UTF-8 --keyword --keyword=N_ --keyword=_ \
    --keyword=translate:1 $(printf -- '--keyword=%s ' $texts) --flag=error_set:3:c-format \
    --flag=CELL_FAULT:4:c-format --flag=say:1:c-format --flag=say_next:1:c-format --flag=remark:1:c-format \
    --no-wrap --sort-by-file --package-name=mingzhang --add-location=file \
    --files-from="$scratch/list" --output="$out") 2>"$scratch/told" || {
    cat "$scratch/told" >&2
    exit 1
}
# The text "" is the catalogue's own head: marked somewhere, it would stand in the middle.
! grep -h 'Empty msgid' "$scratch/told"
