#!/usr/bin/env bash
# test_nine.sh PROGRAM - every field that the rules want disclosed stands in the signed XML of the
# made-up county, with the value that its sheets gave it: the table of docs/disclosure.md.
# shellcheck source=tests/cli/lib.sh
. tests/cli/lib.sh

new_ledger 619901000000 示例县 >/dev/null
# shellcheck source=samples/county/play.sh
. samples/county/play.sh >/dev/null
site=$scratch/site
as zhou publish --period 2021 --repo "$site" >/dev/null

county=$scratch/county.xml
village=$scratch/village.xml
plain() { sed 's/ xmlns="[^"]*"//' "$site/snapshots/2021/$1.xml" >"$2"; }
plain 619901000000 "$county"
plain 619901100201 "$village"
plain 619901100202 "$scratch/other.xml"
xmllint --noout --nonet --schema "$site/schema/disclosure.xsd" "$site"/snapshots/2021/6*.xml 2>/dev/null ||
    fail "a document breaks the schema"

# tells FILE MATTER XPATH WANTED: within that matter.
tells() {
    local said
    said=$(xmllint --xpath "string(//matter[@code='$2']/$3)" "$1")
    [ "$said" = "$4" ] || fail "$2/$3 is \"$said\", not \"$4\""
    checks=$((checks + 1))
}

# Each row of the catalogue, in every document of the period, nine times and in order.
for file in "$county" "$village" "$scratch/other.xml"; do
    [ "$(xmllint --xpath 'count(//matter)' "$file")" = 9 ] || fail "$file has not nine matters"
    for column in item content basis time_limit publisher channel audience way levels; do
        [ "$(xmllint --xpath "count(//catalogue[string-length(@$column) > 0])" "$file")" = 9 ] ||
            fail "$file: some matter has no $column"
        checks=$((checks + 1))
    done
    [ "$(xmllint --xpath "count(//matter[nothing and count(*) > 2 + count(posted)])" "$file")" = 0 ] ||
        fail "$file: something is told where there is nothing"
done
tells "$county" allocation catalogue/@item 资金分配结果
tells "$county" allocation catalogue/@time_limit 资金下达之日起15个工作日内
tells "$county" allocation catalogue/@working_days 15
tells "$county" allocation catalogue/@standing_days 0
tells "$village" allocation catalogue/@standing_days 10
tells "$village" consolidation catalogue/@duty false

# 1 allocation of funds
tells "$county" allocation "allocated[@voucher='2021-000001']/@document" 示财农〔2021〕1号
tells "$county" allocation "allocated[@voucher='2021-000001']/@level" central
tells "$county" allocation "allocated[@voucher='2021-000001']/@yuan" 5,000,000.00
tells "$county" allocation "allocated[@voucher='2021-000001']/@due" 2021-03-09 # over the spring festival
tells "$county" allocation "allocated[@voucher='2021-000007'][1]/@fund_name" 中央财政衔接推进乡村振兴补助资金
tells "$county" allocation "allocated[@voucher='2021-000007'][1]/@to_name" 柳林村
tells "$village" allocation allocated/@yuan 1,000,000.00
# 2 loans, entrusted things
tells "$county" loans loan/@borrower 示例农业设施有限公司
tells "$county" loans loan/@yuan 500,000.00
tells "$county" loans loan/@months 12
tells "$county" loans loan/@rate_bp 435
tells "$county" loans loan/use 收购香菇
tells "$county" loans loan/subsidy/@yuan 15,000.00
tells "$county" loans loan/mechanism 与64户签订单
tells "$village" loans loans_to_persons/@persons 12
tells "$village" loans loans_to_persons/@yuan 360,000.00
tells "$county" loans entrusted/@party 示例农业设施有限公司
tells "$county" loans entrusted/@return_bp 600
# 3 sector and east-west money
for pair in name=农村供水管网延伸 place=柳林村一组、二组 yuan=420,000.00 unit=县水利局 channel=sector; do
    tells "$village" sector "sector_project/@${pair%%=*}" "${pair#*=}"
done
tells "$village" sector sector_project/mechanism 优先雇用脱贫户务工
tells "$village" sector sector_project/target 新增通水86户
# 4 consolidation
tells "$county" consolidation plan/@name 2021年度财政涉农资金统筹整合方案
tells "$county" consolidation "plan/source[1]/@name" 农田建设补助资金
tells "$county" consolidation "plan/source[2]/@yuan" 500,000.00
# 5 the project bank: all fields where the project is
tells "$county" bank in_bank/@code XM2021-002
tells "$county" bank left_bank/reason 已完工、验收并结算
plain 619901200201 "$scratch/east.xml"
for pair in name=石桥村香菇大棚 category=产业发展 nature=新建 division_name=石桥村 start=2021-05-01 \
    end=2021-12-20 unit=西岭乡人民政府 beneficiaries=64 date=2021-01-15; do
    tells "$scratch/east.xml" bank "in_bank/@${pair%%=*}" "${pair#*=}"
done
tells "$scratch/east.xml" bank in_bank/task 新建大棚20座
tells "$scratch/east.xml" bank "in_bank/money[2]/@fund" 2021-县级-01
tells "$scratch/east.xml" bank in_bank/target 年产香菇60吨以上
tells "$scratch/east.xml" bank in_bank/participation 合作社社员大会议定
tells "$scratch/east.xml" bank in_bank/mechanism 土地流转和分红
# 6 the annual plan, in the county and in the village that it goes to
for file in "$county" "$village"; do
    planned="plan/planned[@code='XM2021-001']"
    for pair in name=柳林村渠道改造 division_name=柳林村 standard=每千米23.8万元 start=2021-04-01 \
        end=2021-10-31 unit=县水利局 responsible=县水利局工程股股长 document=示政发〔2021〕3号; do
        tells "$file" annual_plan "$planned/@${pair%%=*}" "${pair#*=}"
    done
    tells "$file" annual_plan "$planned/task" 改造渠道4.2千米
    tells "$file" annual_plan "$planned/money[1]/@fund" 2021-中央-01
    tells "$file" annual_plan "$planned/planned/@yuan" 1,150,000.00
    tells "$file" annual_plan "$planned/target" 改善灌溉面积800亩以上
    tells "$file" annual_plan "$planned/mechanism" 优先雇用脱贫户务工
done
tells "$village" annual_plan posted/@taken_down 2021-03-22
# 7 completion
tells "$county" completion "completed[@code='XM2021-001']/@done" true
tells "$county" completion "completed[@code='XM2021-002']/@done" false
tells "$county" completion "completed[@code='XM2021-001']/paid/@yuan" 860,000.00
tells "$county" completion "completed[@code='XM2021-001']/result" 改善灌溉面积820亩，达到目标
tells "$county" completion "completed[@code='XM2021-001']/mechanism" 优先雇用脱贫户务工
# 8 each project before and after
for pair in name=柳林村渠道改造 start=2021-04-01 unit=县水利局 responsible=县水利局工程股股长 beneficiaries=186; do
    tells "$village" projects "before/@${pair%%=*}" "${pair#*=}"
done
tells "$village" projects "before/money[1]/@fund" 2021-中央-01
tells "$village" projects before/target 改善灌溉面积800亩以上
tells "$village" projects before/mechanism 优先雇用脱贫户务工
tells "$village" projects after/@accepted_on 2021-11-05
tells "$village" projects after/paid/@yuan 860,000.00
tells "$village" projects after/result 改善灌溉面积820亩，达到目标
# 9 complaints: the county's telephones stand in the village too
tells "$village" complaints "channel[@code='JB-12317']/@office_phone" 12317
tells "$village" complaints "channel[@code='JB-county']/@address" 县政府大院二号楼
tells "$village" complaints complaints/@answered 1
tells "$county" complaints complaints/@open 1
tells "$village" complaints complaint/@outcome upheld
tells "$village" complaints complaint/answer 已责成施工单位对80米渠道返工，并重新查验

# Nothing about anybody who was paid; the same bytes again.
if grep -rlE '陈一|林二|吴三|6199011[0-9]{11}' "$site/snapshots"; then fail "a person is named"; fi
gets 0 "nothing" as zhou publish --period 2021 --repo "$site"
finish
