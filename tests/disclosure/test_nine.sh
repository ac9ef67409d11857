#!/usr/bin/env bash
# test_nine.sh PROGRAM - every field that the rules want disclosed stands in the signed XML of the
# made-up county, with the value that its sheets gave it, and on the page made from it: the table of
# docs/disclosure.md. Each row there has a mark such as 1.3; a mark without a check here, or a check
# without a row there, is a failure.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

new_ledger 619901000000 示例县 >/dev/null
# shellcheck source=samples/county/play.sh
. samples/county/play.sh >/dev/null
site=$scratch/site period=2021
as zhou publish --period 2021 --repo "$site" >/dev/null

county=619901000000 village=619901100201 east=619901200201
for place in $county $village $east 619901100202; do
    sed 's/ xmlns="[^"]*"//' "$site/snapshots/2021/$place.xml" >"$scratch/$place.xml"
done
xmllint --noout --nonet --schema "$site/schema/disclosure.xsd" "$site"/snapshots/2021/6*.xml 2>/dev/null ||
    fail "a document breaks the schema"

# What the page of a place says under the heading of a matter, as one line.
section() {
    local file=$scratch/$1.$2.txt
    [ -s "$file" ] || xmllint --html --encode UTF-8 --xpath \
        "string(//details[starts-with(summary, '$2. ')])" "$site/snapshots/$period/$1.html" 2>/dev/null |
        tr -s '\n ' ' ' >"$file"
    cat "$file"
}

# field MARK PLACE MATTER XPATH WANTED [SHOWN]: it is in that matter of the document, and the page
# of the place says it there; SHOWN where the page has other words for it.
field() {
    local said matter
    said=$(xmllint --xpath "string(//matter[@code='$3']/$4)" "$scratch/$2.xml")
    [ "$said" = "$5" ] || fail "$1: $3/$4 is \"$said\", not \"$5\""
    matter=$(xmllint --xpath "string(//matter[@code='$3']/@number)" "$scratch/$2.xml")
    section "$2" "$matter" | grep -qF -- "${6-$5}" ||
        fail "$1: the page of $2 doesn't say \"${6-$5}\" under $matter: $(section "$2" "$matter")"
    echo "$1" >>"$scratch/marks"
    checks=$((checks + 1))
}
tells() { # PLACE MATTER XPATH WANTED: in the document alone
    local said
    said=$(xmllint --xpath "string(//matter[@code='$2']/$3)" "$scratch/$1.xml")
    [ "$said" = "$4" ] || fail "$2/$3 is \"$said\", not \"$4\""
    checks=$((checks + 1))
}

# Each row of the catalogue, in every document of the period, nine times and in order; a village's
# finances behind them.
for place in $county $village 619901100202; do
    file=$scratch/$place.xml
    count=$((9 + (10#${place:9} > 0)))
    [ "$(xmllint --xpath 'count(//matter)' "$file")" = $count ] || fail "$file has not $count matters"
    for column in item content basis time_limit publisher channel audience way levels; do
        [ "$(xmllint --xpath "count(//catalogue[string-length(@$column) > 0])" "$file")" = $count ] ||
            fail "$file: some matter has no $column"
        checks=$((checks + 1))
    done
    [ "$(xmllint --xpath "count(//matter[nothing and count(*) > 2 + count(posted)])" "$file")" = 0 ] ||
        fail "$file: something is told where there is nothing"
done
field 0.1 $county allocation catalogue/@item 资金分配结果
field 0.2 $county allocation catalogue/@time_limit 资金下达之日起15个工作日内
field 0.3 $village annual_plan posted/@taken_down 2021-03-22 "到 2021-03-22 揭下"
tells $county allocation catalogue/@working_days 15
tells $county allocation catalogue/@standing_days 0
tells $village allocation catalogue/@standing_days 10
tells $village consolidation catalogue/@duty false

# 1 allocation of funds
given="allocated[@voucher='2021-000001']"
field 1.1 $county allocation "$given/@fund_name" 中央财政衔接推进乡村振兴补助资金
field 1.2 $county allocation "$given/@level" central 谁给的：中央的钱
field 1.3 $county allocation "$given/@fund_document" 示财农〔2021〕1号 指标文号：示财农〔2021〕1号
field 1.4 $county allocation "$given/@document" 示财农〔2021〕1号
field 1.5 $county allocation "$given/@date" 2021-02-10
field 1.6 $county allocation "allocated[@voucher='2021-000007'][1]/@to_name" 柳林村
field 1.7 $county allocation "$given/@yuan" 5,000,000.00 "500 万元"
field 1.8 $county allocation "$given/principle" 按上级下达的用途和额度安排，不留县本级机动
field 1.8 $village allocation allocated/principle 按年度项目计划和脱贫户数分配，先安排能马上开工的项目
field 1.9 $county allocation "allocated[@reverses][1]/@movement" reversal 冲掉
tells $county allocation "$given/@due" 2021-03-09 # over the spring festival
tells $village allocation allocated/@yuan 1,000,000.00

# In English the fields end with a full stop, as they do in Chinese.
english=$site/snapshots/2021/$county.en.html
grep -q 'from: central money; ' "$english" || fail "the page in English doesn't list fields"
! grep -oE '.{40}; *</span>' "$english" || fail "a list of fields ends with a semicolon"

# 2 loans, entrusted things
field 2.1 $county loans loan/@borrower 示例农业设施有限公司
field 2.2 $county loans loan/@yuan 500,000.00 "50 万元"
field 2.3 $county loans loan/@months 12 "借 12 个月"
field 2.4 $county loans loan/@rate_bp 435 年利率：4.35%
field 2.5 $county loans loan/use 收购香菇
field 2.6 $county loans loan/subsidy/@yuan 15,000.00 "贴息 1.5 万元"
field 2.7 $county loans loan/mechanism 与64户签订单
field 2.8 $village loans loans_to_persons/@persons 12 "12 人"
field 2.8 $village loans loans_to_persons/@yuan 360,000.00 "36 万元"
field 2.9 $county loans entrusted/@party 示例农业设施有限公司
field 2.9 $county loans entrusted/@return_bp 600 约定年收益：6.00%

# 3 sector and east-west money
field 3.1 $village sector sector_project/@name 农村供水管网延伸
field 3.2 $village sector sector_project/@place 柳林村一组、二组
field 3.3 $village sector sector_project/@yuan 420,000.00 "42 万元"
field 3.4 $village sector sector_project/@unit 县水利局
field 3.5 $village sector sector_project/mechanism 优先雇用脱贫户务工
field 3.6 $village sector sector_project/target 新增通水86户
field 3.7 $village sector sector_project/@channel sector 渠道：行业

# 4 consolidation
field 4.1 $county consolidation plan/@name 2021年度财政涉农资金统筹整合方案
field 4.2 $county consolidation plan/@document 示政发〔2021〕5号
field 4.3 $county consolidation plan/total/@yuan 2,000,000.00 "200 万元"
field 4.4 $county consolidation "plan/source[1]/@name" 农田建设补助资金
field 4.5 $county consolidation "plan/source[2]/@level" province 省里的钱
field 4.6 $county consolidation "plan/source[2]/@yuan" 500,000.00 "50 万元"
field 4.7 $county consolidation "plan/source[1]/@use" 渠道和机耕路
field 4.8 $county consolidation plan/text 因需而整、应整尽整

# 5 the project bank: all fields where the project is
field 5.1 $east bank in_bank/@name 石桥村香菇大棚
field 5.2 $east bank in_bank/@category 产业发展
field 5.3 $east bank in_bank/@nature 新建
field 5.4 $county bank in_bank/@division_name 石桥村
field 5.5 $east bank in_bank/@start 2021-05-01
field 5.5 $east bank in_bank/@end 2021-12-20
field 5.6 $east bank in_bank/@unit 西岭乡人民政府
field 5.7 $east bank in_bank/@beneficiaries 64 受益户数：64
field 5.8 $east bank in_bank/task 新建大棚20座
field 5.9 $east bank in_bank/target 年产香菇60吨以上
field 5.10 $east bank in_bank/participation 合作社社员大会议定
field 5.11 $east bank in_bank/mechanism 土地流转和分红
field 5.12 $east bank "in_bank/money[2]/@fund" 2021-县级-01 县级财政衔接资金
field 5.13 $east bank in_bank/@date 2021-01-15
field 5.13 $county bank left_bank/reason 已完工、验收并结算

# 6 the annual plan, in the county and in the village that it goes to
planned="plan/planned[@code='XM2021-001']"
for place in $county $village; do
    field 6.1 $place annual_plan "$planned/@name" 柳林村渠道改造
    field 6.2 $place annual_plan "$planned/@division_name" 柳林村
    field 6.3 $place annual_plan "$planned/task" 改造渠道4.2千米
    field 6.4 $place annual_plan "$planned/@standard" 每千米23.8万元
    field 6.5 $place annual_plan "$planned/money[1]/@fund" 2021-中央-01 中央财政衔接推进乡村振兴补助资金
    field 6.5 $place annual_plan "$planned/planned/@yuan" 1,150,000.00 "115 万元"
    field 6.6 $place annual_plan "$planned/@start" 2021-04-01
    field 6.6 $place annual_plan "$planned/@end" 2021-10-31
    field 6.7 $place annual_plan "$planned/@unit" 县水利局
    field 6.8 $place annual_plan "$planned/@responsible" 县水利局工程股股长
    field 6.9 $place annual_plan "$planned/target" 改善灌溉面积800亩以上
    field 6.10 $place annual_plan "$planned/mechanism" 优先雇用脱贫户务工
    field 6.11 $place annual_plan plan/text 按任务、绩效和脱贫户数分配
done
# 7 completion
done="completed[@code='XM2021-001']"
field 7.1 $county completion "$done/@done" true 做完了
field 7.2 $county completion "$done/paid/@yuan" 860,000.00 "86 万元"
field 7.3 $county completion "$done/target_achieved/@met" fully 目标实现了吗：全部实现
field 7.3 $county completion "$done/target_achieved/@what" 新增和改善灌溉面积820亩
field 7.4 $county completion "$done/mechanism_achieved/@met" partly 帮到困难户了吗：部分实现
field 7.4 $county completion "$done/mechanism_achieved/@what" 32户脱贫户务工，户均增收2600元，比计划少4户
tells $county completion "$done/result" 渠道通水，改善灌溉面积800亩 # that of 2022 came later
tells $county completion "$done/@percent" 100

# 8 each project before and after
field 8.1 $village projects before/@name 柳林村渠道改造
field 8.2 $village projects "before/money[1]/@fund" 2021-中央-01 中央财政衔接推进乡村振兴补助资金
field 8.3 $village projects before/@start 2021-04-01
field 8.4 $village projects before/target 改善灌溉面积800亩以上
field 8.5 $village projects before/@unit 县水利局
field 8.5 $village projects before/@responsible 县水利局工程股股长
field 8.6 $village projects before/@beneficiaries 186 受益户数：186
field 8.7 $village projects before/mechanism 优先雇用脱贫户务工
field 8.8 $village projects after/paid/@yuan 860,000.00 "86 万元"
field 8.9 $village projects after/result 渠道通水，改善灌溉面积800亩
field 8.10 $village projects after/@accepted_on 2021-11-05
field 8.10 $village projects after/@accepted_by 县乡村振兴局
field 8.10 $village projects after/acceptance 验收合格
field 8.11 $village projects after/target_achieved/@met fully 目标实现了吗：全部实现
field 8.12 $village projects after/mechanism_achieved/@met partly 帮到困难户了吗：部分实现

# 9 complaints: the county's telephones stand in the village too
field 9.1 $village complaints "channel[@code='JB-12317']/@office_phone" 12317
field 9.2 $village complaints "channel[@code='JB-county']/@address" 县政府大院二号楼
field 9.3 $village complaints "channel[@code='JB-county']/@hours" 工作日9:00至18:00
field 9.4 $village complaints complaints/@answered 1 "答复 1 件"
field 9.4 $county complaints complaints/@open 1 "没答复 1 件"
field 9.5 $village complaints complaint/@outcome upheld 属实
field 9.6 $village complaints complaint/answer 已责成施工单位对80米渠道返工，并重新查验

# The next year tells the result that was recorded in it; the year that is over stays as it was.
result() { # PERIOD WANTED
    as zhou publish --period "$1" --repo "$site" >/dev/null
    said=$(xmllint --xpath "string(//*[local-name()='projects']/*[@code='XM2021-001']/*[local-name()='result'])" \
        "$site/snapshots/$1/$village.xml")
    [ "$said" = "$2" ] || fail "the result in $1 is \"$said\""
    checks=$((checks + 1))
}
result 2022 改善灌溉面积820亩，达到目标
result 2021-Q4 渠道通水，改善灌溉面积800亩
result 2021-11 ""
grep -q 'percent="100"' "$site/snapshots/2021-11/$village.xml" || fail "November doesn't know October's progress"
result 2021-09 ""
if grep -q 'percent="100"' "$site/snapshots/2021-09/$village.xml"; then fail "September knows October's progress"; fi

# The tables have it, too, and the catalogue a row for each level and matter.
for text in 按上级下达的用途和额度安排，不留县本级机动 已责成施工单位对80米渠道返工，并重新查验; do
    grep -qF "$text" "$site/snapshots/2021/data/matters.csv" || fail "matters.csv lacks $text"
    checks=$((checks + 1))
done
[ "$(wc -l <"$site/snapshots/2021/data/catalogue.csv")" -ge 29 ] || fail "catalogue.csv is short"

# What is taken out of a plan is told as that.
printf '%s\n%s\n' 计划编号,项目编号,调整,日期,文号,责任人职务,补助标准 \
    JH2021,XM2021-002,调出,2021-12-30,示政发〔2021〕30号,, >"$scratch/out.csv"
as li import plan-projects "$scratch/out.csv" >/dev/null
as zhou publish --period 2021-12 --repo "$site" >/dev/null
sed 's/ xmlns="[^"]*"//' "$site/snapshots/2021-12/$county.xml" >"$scratch/$county.xml"
rm -f "$scratch/$county".*.txt
period=2021-12
field 6.12 $county annual_plan plan/removed/@name 石桥村香菇大棚
field 6.12 $county annual_plan plan/removed/@document 示政发〔2021〕30号 调出计划

rm -f "$scratch"/*.txt
period=2021
sed 's/ xmlns="[^"]*"//' "$site/snapshots/2021/$village.xml" >"$scratch/$village.xml"
field 10.1 $village village_finance 'finance[3]/@period' 2021-Q3 "2021 年第 3 季度"
[ "$(xmllint --xpath 'count(//books/book/line/in)' "$scratch/$village.xml")" -gt 0 ] || fail "no money came"
echo 10.2 >>"$scratch/marks"

# The table has these marks and no others; those from 11 on are of tests/exporters/test_asset_pages.sh.
sed -n 's/^| \(10\.[0-9]*\|[0-9]\.[0-9]*\) |.*/\1/p' docs/disclosure.md | sort -u >"$scratch/rows"
sort -u "$scratch/marks" | diff "$scratch/rows" - || fail "docs/disclosure.md and the checks differ"

# Nothing about anybody who was paid; the same bytes again.
if grep -rlE '陈一|林二|吴三|6199011[0-9]{11}' "$site/snapshots"; then fail "a person is named"; fi
gets 0 "nothing" as zhou publish --period 2021-12 --repo "$site"
finish
