#!/usr/bin/env bash
# test_sheets.sh PROGRAM VERIFIER - how assets are kept as an office has it: twelve sheets, the morning
# list of a village and its calendar file, and what is refused.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh
verifier=$(realpath "$2")

new_ledger 619901000000 示例县 >/dev/null
bring samples/county/0[12]-*.csv >/dev/null
for kind in upkeep-bodies keepers keepers-left duties schedules schedules-ended inspections excuses \
    works works-done works-paid upkeep-sources; do
    "$mingzhang" import "$kind" --template >"$scratch/$kind-template.csv"
    gets 0 "" "$mingzhang" import "$kind" --template "$scratch/$kind.xlsx"
done

enter() { # KIND: of what stands on standard input
    cat >"$scratch/$1.csv"
    gets 0 "" as li import "$1" "$scratch/$1.csv"
}
bad() { # KIND TEXT ROW: under the headings of the last good sheet
    { head -n 1 "$scratch/$1.csv" && echo "$3"; } >"$scratch/bad.csv"
    unchanged 3 "$2" as li import "$1" --unmarked "$scratch/bad.csv"
}
enter assets <<'END'
资产编号,资产名称,资产类别,资产类型,坐落,具体位置,数量,单位,购建时间,使用年限,原值(元),资金来源,捐赠或投劳方,确权归属,所有权人,收益权人,分配权人,现状
ZC-1,柳林桥,公益性,桥梁,柳林村,三组,1,座,2021-03-15,20,10000,捐赠,某公司,柳林村,柳林村股份经济合作社,柳林村,村民会议,在用
ZC-2,柳林泵站,公益性,泵站,柳林村,一组,1,座,2021-03-15,20,20000,捐赠,某公司,柳林村,柳林村股份经济合作社,柳林村,村民会议,在用
END
enter upkeep-bodies <<'END'
行政区划,机构名称,办公电话,成立日期,文号
柳林村,柳林村管理站,0999-1234567,2021-03-01,
END
enter keepers <<'END'
任职编号,行政区划,岗位,所属单位,办公电话,姓名,任职日期,任职截止,身份证号,月报酬(元)
GH-7Q2M,柳林村,公路管护员,柳林村管理站,0999-1234567,李四,2021-03-01,2021-12-31,11010519491231002X,500
END
enter duties <<'END'
资产编号,起始日期,管护责任单位,办公电话,责任人任职编号,管护路子,管护范围,管护标准,经费来源,年管护经费(元),文号
ZC-1,2021-04-01,柳林村管理站,0999-1234567,GH-7Q2M,自主,桥面及桥下,月巡查一次,村集体收入,1200,
END
enter schedules <<'END'
计划编号,资产编号,类型,首次日期,间隔数,周期单位,宽限天数,遇休息日,截止日期,内容标准
XC-1,ZC-1,巡查,2021-03-31,1,月,5,顺延,,桥面、栏杆
XC-2,ZC-1,养护,2021-05-31,1,年,,照常,,清淤
END
enter inspections <<'END'
资产编号,检查日期,计划编号,应检日期,资产状态,检查情况,检查人任职编号
ZC-1,2021-03-30,XC-1,,在用,,GH-7Q2M
ZC-1,2021-06-10,XC-1,2021-05-31,损坏,栏杆断一处,GH-7Q2M
END
enter excuses <<'END'
计划编号,应检日期,决定日期,原因,文号
XC-1,2021-04-30,2021-04-20,封桥施工,
END
enter works <<'END'
维修单号,资产编号,派单日期,完成期限,故障,预计费用(元)
WX-1,ZC-1,2021-06-11,2021-06-30,栏杆断,300
END

due() { "$mingzhang" -L "$ledger" due "$@" --format csv; }
gets 0 '2021-03-15,past_due,no_holder,619901100201,柳林村,ZC-2,柳林泵站,,2021-03-15,1,77' due 柳林村 --as-of 2021-05-31
gets 0 '2021-05-31,upcoming,inspection,619901100201,柳林村,ZC-1,柳林桥,XC-1,2021-05-31,1,0' due --as-of 2021-05-31
gets 0 '2021-05-31,past_due,service,619901100201,柳林村,ZC-1,柳林桥,XC-2,2021-05-31,1,1' due --as-of 2021-06-01 --overdue
gets 0 '2021-06-30,past_due,inspection,619901100201,柳林村,ZC-1,柳林桥,XC-1,2021-06-30,1,36' due --as-of 2021-08-05
gets 0 '2021-06-30,past_due,inspection,619901100201,柳林村,ZC-1,柳林桥,XC-1,2021-06-30,2,39' due --as-of 2021-08-08
gets 0 '2021-06-30,past_due,work_order,619901100201,柳林村,ZC-1,柳林桥,WX-1,2021-06-30,1,1' due --as-of 2021-07-01
gets 0 '2021-12-31,upcoming,post_ends,619901100201,柳林村,,公路管护员,GH-7Q2M,2021-12-31,1,-11' due --as-of 2021-12-20
gets 0 '无人负责' env LANGUAGE=zh_CN LC_ALL=C.UTF-8 "$mingzhang" -L "$ledger" due 柳林村 --as-of 2021-05-31
gets 0 "" due 石桥村 --as-of 2021-12-20
gets 3 "from 0 to 3660" due --ahead -1
[ "$(due --as-of 2021-05-31 --ahead 0 --overdue | wc -l)" -eq 2 ] || fail "not one line is overdue"
gets 0 '2021-05-31,2021-05-31,2021-06-05,past_due,,' "$mingzhang" -L "$ledger" upkeep schedule XC-1 --as-of 2021-06-09 --format csv
gets 0 '2021-05-31,2021-05-31,2021-06-05,done,2021-06-10,' "$mingzhang" -L "$ledger" upkeep schedule XC-1 --as-of 2021-06-10 --format csv
gets 0 '2021-04-30,2021-04-30,2021-05-05,excused,2021-04-20,' "$mingzhang" -L "$ledger" upkeep schedule XC-1 --as-of 2021-06-10 --format csv
gets 3 "no schedule XC-9" "$mingzhang" -L "$ledger" upkeep schedule XC-9
gets 0 'ZC-1,619901100201,柳林村,5,yes,yes,yes,yes,yes,self,柳林村管理站,0999-1234567,GH-7Q2M,1200.00,2021-06-10,2021-05-31' \
    "$mingzhang" -L "$ledger" upkeep list --as-of 2021-07-01 --format csv
gets 0 'ZC-2,619901100201,柳林村,1,no,yes,no,no,no,' "$mingzhang" -L "$ledger" upkeep list --unclear --as-of 2021-07-01 --format csv

printf '行政区划,机构名称,办公电话,成立日期,文号\n示例县,示例县管护领导小组,0999-1234500,2021-01-15,示政办1号\n柳林村,柳林村管护站,0999-1234568,2021-07-01,\n' >"$scratch/more-bodies.csv"
gets 0 "" as li import upkeep-bodies "$scratch/more-bodies.csv"
[ "$("$mingzhang" -L "$ledger" upkeep bodies --as-of 2021-06-30 --format csv | cut -d, -f1,3,4 | tail -n +2 | tr '\n' ' ')" = \
    "619901000000,示例县管护领导小组,0999-1234500 619901100201,柳林村管理站,0999-1234567 " ] ||
    fail "$("$mingzhang" -L "$ledger" upkeep bodies --as-of 2021-06-30)"
gets 0 "619901100201,柳林村,柳林村管护站,0999-1234568,2021-07-01," \
    "$mingzhang" -L "$ledger" upkeep bodies 柳林村 --as-of 2021-07-01 --format csv
gets 0 "示例县管护领导小组  0999-1234500" "$mingzhang" -L "$ledger" assets show ZC-1 --as-of 2022-01-01
gets 0 "柳林村管护站  0999-1234568" "$mingzhang" -L "$ledger" assets show ZC-1 --as-of 2022-01-01
gets 0 "" "$mingzhang" -L "$ledger" due 柳林村 --as-of 2022-01-01 --print "$scratch/bodies.html"
grep -q "示例县管护领导小组 0999-1234500" "$scratch/bodies.html" || fail "the paper doesn't say whom to call"
# A photograph belongs to the inspection that it was taken at.
printf '\377\330\377\340 a railing' >"$scratch/railing.jpg"
seq=$(sqlite3 "file:$ledger/ledger.sqlite?immutable=1" "SELECT seq FROM keeping_inspection WHERE date = '2021-06-10'")
unchanged 3 "is called inspection/999999" as li attach inspection/999999 "$scratch/railing.jpg"
unchanged 3 "is called inspection/0$seq" as li attach "inspection/0$seq" "$scratch/railing.jpg"
gets 0 "railing.jpg is attached to inspection $seq by entry" as li attach "inspection/$seq" "$scratch/railing.jpg" --about photograph
gets 0 "inspection of 2021-06-10, entry $seq: damaged" "$mingzhang" -L "$ledger" assets show ZC-1 --as-of 2022-01-01
gets 0 "railing.jpg" "$mingzhang" -L "$ledger" assets show ZC-1 --as-of 2022-01-01
gets 0 "railing.jpg is attached to inspection $seq by entry" "$verifier" "$ledger" --file "$scratch/railing.jpg"
gets 0 "4 of 5 clear" "$mingzhang" -L "$ledger" assets show ZC-1 --as-of 2022-01-01
gets 0 "the keeper isn't in office any more" "$mingzhang" -L "$ledger" assets show ZC-1 --as-of 2022-01-01

# The calendar file: the same each time, one event a line of the list.
gets 0 "" "$mingzhang" -L "$ledger" due 柳林村 --as-of 2021-08-05 --calendar "$scratch/due.ics"
gets 0 "" "$mingzhang" -L "$ledger" due 柳林村 --as-of 2021-08-05 --calendar "$scratch/again.ics"
cmp -s "$scratch/due.ics" "$scratch/again.ics" || fail "two calendar files of one day differ"
[ "$(grep -c '^BEGIN:VEVENT' "$scratch/due.ics")" -eq "$(due 柳林村 --as-of 2021-08-05 | tail -n +2 | wc -l)" ] ||
    fail "the calendar hasn't the events of the list: $(cat "$scratch/due.ics")"
grep -q "SUMMARY:逾期 巡查：柳林村 柳林桥" "$scratch/due.ics" || fail "no inspection in: $(cat "$scratch/due.ics")"
[ "$(grep -c "$(printf '\r$')" "$scratch/due.ics")" -eq "$(wc -l <"$scratch/due.ics")" ] || fail "a line doesn't end with CRLF"
checks=$((checks + 3))

# The same on paper, with boxes to tick.
unchanged 0 "today.html written" "$mingzhang" -L "$ledger" due 柳林村 --as-of 2021-08-05 --print "$scratch/today.html"
[ "$(grep -o 'class="box"' "$scratch/today.html" | wc -l)" -eq "$(due 柳林村 --as-of 2021-08-05 | tail -n +2 | wc -l)" ] ||
    fail "the paper hasn't the lines of the list"
for words in 今日待办 柳林村 已逾期的巡查 无人负责的资产 '逾期 <b>36</b> 天'; do
    grep -q "$words" "$scratch/today.html" || fail "no $words on the paper"
done
gets 0 "" "$mingzhang" -L "$ledger" due 桃园村 --as-of 2021-08-05 --print "$scratch/nothing.html"
grep -q 今日无待办事项 "$scratch/nothing.html" || fail "a morning with nothing doesn't say so"
checks=$((checks + 3))

# Nobody's name is in the ledger in clear.
for name in 李四 11010519491231002X; do
    gets 0 "0" sqlite3 "file:$ledger/ledger.sqlite?immutable=1" \
        "SELECT COUNT(*) FROM entry WHERE instr(CAST(bytes AS TEXT), '$name') > 0"
done

# What is wrong is named by its cell or its rule, and nothing is written.
bad duties "no appointment GH-9" 'ZC-1,2021-04-01,柳林村管理站,0999-1234567,GH-9,自主,,,,,'
# Pictures of a whole round come with its sheet.
printf '\377\330\377\340 a pump' >"$scratch/pump.jpg"
{ head -n 1 "$scratch/inspections.csv" && echo 'ZC-2,2021-06-12,,,在用,,'; } >"$scratch/round.csv"
gets 0 "pump.jpg is attached to inspection" as li import inspections --attach "$scratch/pump.jpg" "$scratch/round.csv"
gets 0 "pump.jpg" "$mingzhang" -L "$ledger" assets show ZC-2 --as-of 2022-01-01
bad inspections "the asset is inspected on 2021-03-14" 'ZC-1,2021-03-14,XC-1,,在用,,'
bad inspections "2021-05-31, 2021-06-30" 'ZC-1,2021-06-14,XC-1,2021-06-29,在用,,'
bad inspections "资产状态" 'ZC-1,2021-06-14,XC-1,,不明,,'
bad schedules "周期单位" 'XC-3,ZC-1,巡查,2021-03-31,1,季,5,顺延,,桥面'
bad excuses "done or excused already" 'XC-1,2021-03-31,2021-04-20,雨,'
bad works "before its order" 'WX-2,ZC-1,2021-06-11,2021-06-10,栏杆断,300'

# Posts and schedules end, once.
enter keepers-left <<'END'
任职编号,离任日期,原因
GH-7Q2M,2021-10-31,辞职
END
bad keepers-left "GH-7Q2M is in the ledger already" 'GH-7Q2M,2021-11-30,辞职'
bad keepers-left "no appointment GH-9" 'GH-9,2021-02-28,辞职'
enter schedules-ended <<'END'
计划编号,终止日期,原因
XC-2,2021-12-31,改线
END
bad schedules-ended "no schedule XC-9" 'XC-9,2021-12-31,改线'
bad upkeep-bodies "机构名称" '柳林村,,0999-1234567,2021-03-01,'
bad keepers "GH-7Q2M is in the ledger already" 'GH-7Q2M,柳林村,护林员,柳林村管理站,0999-1234567,李四,2021-03-01,,,'

# A repair is paid from a fund whose sources are told.
fund=2021-县级-01
post() { # MOVEMENT DATE FROM TO, as of a voucher's accounts
    gets 0 "" as li voucher submit "$1" --reference "$1-9" --date "$2" --amount "$5" --text 管护 \
        --from "$3" --to "$4" "${@:6}"
    gets 0 "" approve_all
}
post appropriation 2021-02-20 "示例县/none/$fund/source" "示例县/none/$fund/unassigned" 10000
post assignment 2021-02-22 "示例县/none/$fund/unassigned" "示例县/政策补助/$fund/可用" 10000
post payment 2021-06-25 "示例县/政策补助/$fund/可用" "示例县/政策补助/$fund/in_transit" 300 --payee 示例养护公司 --policy 管护补助
enter upkeep-sources <<END
资金编号,日期,筹集单位,来源,金额(元),文号,备注
$fund,2021-02-20,示例县,财政补助一点,8000,,
END
enter works-done <<'END'
维修单号,完工日期,维修单位,维修结果,实际费用(元)
WX-1,2021-06-20,柳林村管理站,换栏杆两根,300
END
voucher=$("$mingzhang" -L "$ledger" voucher list --format csv | awk -F, '/payment/ { print $1 }' | head -n 1)
enter works-paid <<END
维修单号,凭证号,支付金额(元)
WX-1,$voucher,300
END
bad works-paid "300.01 yuan are told of it" "WX-1,$voucher,0.01"
bad upkeep-sources "it received only 10000.00" "$fund,2021-02-20,示例县,社会捐赠,2001,,"
gets 0 "$fund,unexplained,2000.00" "$mingzhang" -L "$ledger" upkeep funds --format csv
gets 0 "PASS" "$mingzhang" verify "$ledger" --deep

# A village's page tells the office and its telephone, the last inspection and the next day.
as zhou publish --period 2021-06 --repo "$scratch/site" >/dev/null
village=$scratch/site/snapshots/2021-06/619901100201
gets 0 'unit="柳林村管理站" office_phone="0999-1234567" route="self"' cat "$village.xml"
gets 0 'inspected="2021-06-10" found="damaged" next="2021-05-31"' cat "$village.xml"
gets 0 '上次检查 <time>2021-06-10</time>' cat "$village.html"
gets 0 '还没有人管' cat "$village.html"
gets 0 '' xmllint --noout --schema "$scratch/site/schema/disclosure.xsd" "$village.xml"
if grep -rq 李四 "$scratch/site"; then fail "a holder's name is published"; fi
checks=$((checks + 1))
gets 0 "PASS" "$verifier" "$ledger"
finish
