<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_matters.xsl - the nine matters that the rules say must be disclosed: a line each, with what there
  is to tell and where and how long it hung, opened by a touch.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">
  <xsl:variable name="told_most" select="12 * ($short = '') + 3 * ($short = '1') + 2 * ($short = '2')"/>
  <xsl:key name="here" match="d:projects/d:project" use="@code"/>

  <xsl:template name="matter_name">
    <xsl:choose>
      <xsl:when test="$zh"><xsl:value-of select="d:catalogue/@item"/></xsl:when>
      <xsl:when test="@code='allocation'">Allocation of funds</xsl:when>
      <xsl:when test="@code='loans'">Loans and entrusted money</xsl:when>
      <xsl:when test="@code='sector'">Money of sectors and of eastern partners</xsl:when>
      <xsl:when test="@code='consolidation'">Scheme of consolidated funds</xsl:when>
      <xsl:when test="@code='bank'">The project bank</xsl:when>
      <xsl:when test="@code='annual_plan'">The annual plan</xsl:when>
      <xsl:when test="@code='completion'">What of the plan was done</xsl:when>
      <xsl:when test="@code='projects'">Projects before and after</xsl:when>
      <xsl:when test="@code='village_finance'">What the village took in and spent</xsl:when>
      <xsl:otherwise>Complaints and their outcome</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What a correction corrects, old and new, exactly. -->
  <xsl:variable name="figure_words">|zh.opening=期初结余|en.opening=at the beginning|zh.closing=期末结余|en.closing=at the end|zh.received=收到|en.received=received|zh.spent=花出去|en.spent=spent|zh.passed_on=转给别处|en.passed_on=passed on|zh.passed_down=拨给下级|en.passed_down=passed down|zh.returned_up=交回上级|en.returned_up=handed back up|zh.remitted=缴回|en.remitted=remitted|zh.appropriated=下达|en.appropriated=granted|zh.received_from_above=上级拨来|en.received_from_above=from above|zh.recovered_from_below=下级交回|en.recovered_from_below=handed back from below|zh.other_receipts=其他收入|en.other_receipts=other receipts|zh.unassigned=没分配|en.unassigned=not assigned|zh.available=可用|en.available=available|zh.committed=已签合同|en.committed=under contract|zh.in_transit=在路上|en.in_transit=on its way|zh.retention=质保金|en.retention=retained|zh.held=等审核|en.held=waiting for a checker|zh.owed=退回待付|en.owed=returned, still owed|zh.planned=计划|en.planned=planned|zh.paid=已支付|en.paid=paid|zh.paid_in_period=这一期已支付|en.paid_in_period=paid in the period|zh.amount=金额|en.amount=amount|</xsl:variable>
  <xsl:template match="d:corrected">
    <div class="warn"><p><xsl:choose><xsl:when test="$zh">更正了这些数：</xsl:when><xsl:otherwise>Corrected figures:</xsl:otherwise></xsl:choose></p>
    <ul><xsl:for-each select="d:figure[position() &lt;= $told_most]"><li>
      <xsl:if test="@code"><xsl:call-template name="own"><xsl:with-param name="text" select="@code"/></xsl:call-template><xsl:text> </xsl:text></xsl:if>
      <xsl:variable name="key" select="concat('|', $lang, '.', @figure, '=')"/>
      <xsl:choose><xsl:when test="contains($figure_words, $key)"><xsl:value-of select="substring-before(substring-after($figure_words, $key), '|')"/></xsl:when><xsl:otherwise><xsl:value-of select="@figure"/></xsl:otherwise></xsl:choose>
      <xsl:choose>
        <xsl:when test="$zh and d:was">由 <xsl:value-of select="d:was/@yuan"/> 元改为 <xsl:value-of select="d:now/@yuan"/> 元</xsl:when>
        <xsl:when test="d:was">: from <xsl:value-of select="d:was/@yuan"/> to <xsl:value-of select="d:now/@yuan"/> yuan</xsl:when>
        <xsl:when test="$zh and d:now">以前没列，现在是 <xsl:value-of select="d:now/@yuan"/> 元</xsl:when>
        <xsl:when test="d:now">: not told before, <xsl:value-of select="d:now/@yuan"/> yuan now</xsl:when>
        <xsl:when test="$zh">不再列出</xsl:when>
        <xsl:otherwise>: not told any more</xsl:otherwise>
      </xsl:choose>
    </li></xsl:for-each></ul>
    <xsl:variable name="others" select="count(d:figure[position() > $told_most]) + sum(@more)"/>
    <xsl:if test="$others > 0"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="$others"/> 处。</xsl:when><xsl:otherwise><xsl:value-of select="$others"/> more.</xsl:otherwise></xsl:choose></p></xsl:if></div>
  </xsl:template>

  <xsl:template match="d:matters">
    <h2><xsl:choose><xsl:when test="$zh">规定要公开的事</xsl:when><xsl:otherwise>What must be disclosed</xsl:otherwise></xsl:choose></h2>
    <p><a href="disclosures{$html}"><xsl:value-of select="$w.duties"/></a></p>
    <xsl:apply-templates select="d:matter"/>
  </xsl:template>

  <xsl:template match="d:matter">
    <xsl:variable name="told" select="*[not(self::d:catalogue or self::d:posted or self::d:nothing or self::d:complaints)]"/>
    <details>
      <summary><xsl:value-of select="@number"/>. <xsl:call-template name="matter_name"/><xsl:value-of select="$w.colon"/><xsl:choose>
        <xsl:when test="$told and $zh"><xsl:value-of select="count($told)"/> 条</xsl:when>
        <xsl:when test="$told"><xsl:value-of select="count($told)"/></xsl:when>
        <xsl:when test="d:complaints and $zh">见下</xsl:when>
        <xsl:when test="d:complaints">see below</xsl:when>
        <xsl:when test="d:catalogue/@duty = 'false' and $zh">不归这一级公开</xsl:when>
        <xsl:when test="d:catalogue/@duty = 'false'">not a duty of this level</xsl:when>
        <xsl:when test="$zh">这一期没有</xsl:when>
        <xsl:otherwise>nothing in this period</xsl:otherwise>
      </xsl:choose></summary>
      <xsl:for-each select="d:complaints"><p><xsl:choose>
        <xsl:when test="$zh">收到 <xsl:value-of select="@received"/> 件，答复 <xsl:value-of select="@answered"/> 件，没答复 <xsl:value-of select="@open"/> 件，其中过了期限的 <xsl:value-of select="@overdue"/> 件。</xsl:when>
        <xsl:otherwise><xsl:value-of select="@received"/> received, <xsl:value-of select="@answered"/> answered, <xsl:value-of select="@open"/> not answered, <xsl:value-of select="@overdue"/> of these overdue.</xsl:otherwise>
      </xsl:choose></p></xsl:for-each>
      <xsl:if test="$told"><ul><xsl:for-each select="$told[position() &lt;= $told_most]"><li><xsl:apply-templates select="." mode="told"/><xsl:call-template name="fields"/></li></xsl:for-each></ul></xsl:if>
      <xsl:if test="count($told) > $told_most"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count($told) - $told_most"/> 条，签过名的原件里都有。</xsl:when><xsl:otherwise><xsl:value-of select="count($told) - $told_most"/> more; the signed document has them all.</xsl:otherwise></xsl:choose></p></xsl:if>
      <xsl:for-each select="d:posted[position() > last() - 5]"><p><xsl:choose>
        <xsl:when test="$zh">贴在<xsl:value-of select="@place"/>，从 <xsl:value-of select="@first"/><xsl:choose><xsl:when test="@taken_down"> 到 <xsl:value-of select="@taken_down"/> 揭下</xsl:when><xsl:when test="@last"> 到 <xsl:value-of select="@last"/></xsl:when><xsl:otherwise>起</xsl:otherwise></xsl:choose>。</xsl:when>
        <xsl:otherwise>Hung at <xsl:call-template name="own"><xsl:with-param name="text" select="@place"/></xsl:call-template> from <xsl:value-of select="@first"/><xsl:if test="@taken_down | @last"> to <xsl:value-of select="(@taken_down | @last)[1]"/></xsl:if>.</xsl:otherwise>
      </xsl:choose></p></xsl:for-each>
      <p class="dim"><xsl:choose>
        <xsl:when test="$zh">谁来公开：<xsl:value-of select="d:catalogue/@publisher"/>。什么时候：<xsl:value-of select="d:catalogue/@time_limit"/>。依据：<xsl:value-of select="d:catalogue/@basis"/>。</xsl:when>
        <xsl:otherwise>By: <span lang="zh-CN"><xsl:value-of select="d:catalogue/@publisher"/></span>. When: <span lang="zh-CN"><xsl:value-of select="d:catalogue/@time_limit"/></span>. Basis: <span lang="zh-CN"><xsl:value-of select="d:catalogue/@basis"/></span>.</xsl:otherwise>
      </xsl:choose></p>
    </details>
  </xsl:template>

  <xsl:template match="*" mode="told"><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@date, ' ', @name)"/></xsl:call-template></xsl:template>

  <!-- What a thing tells besides its first line: each field that has words here, in the document's order. -->
  <xsl:variable name="field_words">|zh.level=谁给的|en.level=from|zh.fund_document=指标文号|en.fund_document=grant document|zh.principle=按什么分|en.principle=by what principle|zh.uscc=信用代码|en.uscc=credit code|zh.rate_bp=年利率|en.rate_bp=interest a year|zh.return_bp=约定年收益|en.return_bp=promised return a year|zh.ends=到期|en.ends=until|zh.channel=渠道|en.channel=kind of money|zh.category=类别|en.category=category|zh.nature=建设性质|en.nature=nature|zh.unit=谁来做|en.unit=who does it|zh.responsible=责任人|en.responsible=who answers for it|zh.office_phone=电话|en.office_phone=telephone|zh.standard=补助标准|en.standard=rate of subsidy|zh.beneficiaries=受益户数|en.beneficiaries=households that benefit|zh.document=文号|en.document=document|zh.start=开工|en.start=begins|zh.end=完工|en.end=ends|zh.accepted_on=验收|en.accepted_on=accepted|zh.accepted_by=谁验收|en.accepted_by=accepted by|zh.task=做什么|en.task=task|zh.target=目标|en.target=target|zh.participation=群众怎么参与|en.participation=how people take part|zh.mechanism=怎样帮到困难户|en.mechanism=how it helps poor households|zh.result=做成了什么|en.result=result|zh.acceptance=验收意见|en.acceptance=finding|zh.target_achieved=目标实现了吗|en.target_achieved=target reached|zh.mechanism_achieved=帮到困难户了吗|en.mechanism_achieved=households helped|zh.text=按什么分|en.text=by what principle|zh.address=地址|en.address=address|zh.hours=时间|en.hours=hours|zh.money=钱从哪里来|en.money=money from|</xsl:variable>
  <xsl:template name="fields">
    <xsl:if test="not(self::d:complaint or self::d:finance)"><br/><span class="dim"><xsl:for-each select="(@*[not(parent::d:channel and name() = 'office_phone' or name() = 'document' and (parent::d:allocated or parent::d:plan))] | d:principle | d:task | d:target | d:participation | d:mechanism | d:result | d:acceptance | d:target_achieved | d:mechanism_achieved | d:text | d:money)[contains($field_words, concat('|', $lang, '.', local-name(), '=')) and (. != '' or @*) and not(local-name() = 'beneficiaries' and . = 0)]">
      <xsl:value-of select="concat(substring-before(substring-after($field_words, concat('|', $lang, '.', local-name(), '=')), '|'), $w.colon)"/>
      <xsl:choose>
        <xsl:when test="local-name() = 'rate_bp' or local-name() = 'return_bp'"><xsl:value-of select="concat(floor(. div 100), '.', substring(concat('0', . mod 100), string-length(. mod 100)), '%')"/></xsl:when>
        <xsl:when test="local-name() = 'level'"><xsl:for-each select=".."><xsl:call-template name="from_words"/></xsl:for-each></xsl:when>
        <xsl:when test="local-name() = 'channel'"><xsl:value-of select="substring-before(substring-after('zh.sector=行业|en.sector=of a sector|zh.east_west=东西部协作|en.east_west=of eastern partners|', concat($lang, '.', ., '=')), '|')"/></xsl:when>
        <xsl:when test="self::d:money"><xsl:call-template name="own"><xsl:with-param name="text"><xsl:value-of select="key('fund', @fund)/@name"/><xsl:if test="not(key('fund', @fund))"><xsl:value-of select="concat(@fund, @source)"/></xsl:if></xsl:with-param></xsl:call-template><xsl:text> </xsl:text><xsl:call-template name="money"/></xsl:when>
        <xsl:when test="@met"><xsl:value-of select="substring-before(substring-after('zh.fully=全部实现|en.fully=fully|zh.partly=部分实现|en.partly=partly|zh.no=没有实现|en.no=no|', concat($lang, '.', @met, '=')), '|')"/><xsl:if test="@what != ''"><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="@what"/></xsl:call-template></xsl:if></xsl:when>
        <xsl:otherwise><xsl:call-template name="own"><xsl:with-param name="text" select="."/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
      <xsl:choose><xsl:when test="$zh">。</xsl:when><xsl:when test="position() = last()">.</xsl:when><xsl:otherwise>; </xsl:otherwise></xsl:choose>
    </xsl:for-each></span></xsl:if>
    <xsl:if test="d:source | d:planned[@code] | d:removed"><ul>
      <xsl:for-each select="d:source"><li><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@name, $w.comma, @use)"/></xsl:call-template><xsl:value-of select="$w.comma"/><xsl:call-template name="from_words"/><xsl:text> </xsl:text><xsl:call-template name="money"/></li></xsl:for-each>
      <xsl:for-each select="d:planned[@code][position() &lt;= $told_most] | d:removed[position() &lt;= $told_most]"><li><xsl:apply-templates select="." mode="told"/><xsl:call-template name="fields"/></li></xsl:for-each>
      <xsl:if test="count(d:planned[@code]) > $told_most"><li><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:planned) - $told_most"/> 个，签过名的原件里都有。</xsl:when><xsl:otherwise><xsl:value-of select="count(d:planned) - $told_most"/> more; the signed document has them all.</xsl:otherwise></xsl:choose></li></xsl:if>
    </ul></xsl:if>
  </xsl:template>

  <xsl:template match="d:finance" mode="told"><xsl:call-template name="period"><xsl:with-param name="name" select="@period"/></xsl:call-template><xsl:choose><xsl:when test="$zh">：收支都写在这一页的账本里，最晚 <xsl:value-of select="@due"/> 贴出来</xsl:when><xsl:otherwise>: all of it stands in the books on this page; to hang out by <xsl:value-of select="@due"/></xsl:otherwise></xsl:choose></xsl:template>
  <xsl:template match="d:allocated" mode="told">
    <xsl:value-of select="concat(@date, ' ')"/><xsl:if test="@document != ''"><xsl:call-template name="own"><xsl:with-param name="text" select="@document"/></xsl:call-template><xsl:value-of select="$w.comma"/></xsl:if><xsl:call-template name="own"><xsl:with-param name="text" select="@fund_name"/></xsl:call-template><xsl:value-of select="$w.comma"/>
    <xsl:if test="@from != @to"><xsl:call-template name="own"><xsl:with-param name="text" select="@from_name"/></xsl:call-template> → </xsl:if><xsl:call-template name="own"><xsl:with-param name="text" select="@to_name"/></xsl:call-template><xsl:text> </xsl:text><xsl:call-template name="money"/>
    <xsl:if test="@reverses"><xsl:choose><xsl:when test="$zh">（冲掉 <xsl:value-of select="@reverses"/>）</xsl:when><xsl:otherwise> (undoes <xsl:value-of select="@reverses"/>)</xsl:otherwise></xsl:choose></xsl:if>
  </xsl:template>

  <xsl:template match="d:loan | d:loans_to_persons" mode="told">
    <xsl:value-of select="concat(@date, ' ')"/><xsl:choose>
      <xsl:when test="self::d:loan"><xsl:call-template name="own"><xsl:with-param name="text" select="@borrower"/></xsl:call-template></xsl:when>
      <xsl:when test="$zh"><xsl:value-of select="@persons"/> 人</xsl:when>
      <xsl:otherwise><xsl:value-of select="@persons"/> people</xsl:otherwise>
    </xsl:choose><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="d:use"/></xsl:call-template><xsl:text> </xsl:text><xsl:call-template name="money"/>
    <xsl:if test="@months"><xsl:choose><xsl:when test="$zh">，借 <xsl:value-of select="@months"/> 个月</xsl:when><xsl:otherwise>, for <xsl:value-of select="@months"/> months</xsl:otherwise></xsl:choose></xsl:if>
    <xsl:for-each select="d:subsidy"><xsl:choose><xsl:when test="$zh">，贴息 </xsl:when><xsl:otherwise>, interest subsidised by </xsl:otherwise></xsl:choose><xsl:call-template name="money"/></xsl:for-each>
  </xsl:template>

  <xsl:template match="d:entrusted" mode="told">
    <xsl:value-of select="concat(@date, ' ')"/><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template> → <xsl:call-template name="own"><xsl:with-param name="text" select="@party"/></xsl:call-template><xsl:text> </xsl:text><xsl:call-template name="money"/>
  </xsl:template>

  <xsl:template match="d:sector_project" mode="told">
    <xsl:value-of select="concat(@date, ' ')"/><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@name, '，', @place, '，', @unit)"/></xsl:call-template><xsl:text> </xsl:text><xsl:call-template name="money"/>
  </xsl:template>

  <xsl:template match="d:plan" mode="told">
    <xsl:value-of select="concat(@date, ' ')"/><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@name, '，', @document)"/></xsl:call-template>
    <xsl:if test="d:planned"><xsl:choose><xsl:when test="$zh">，<xsl:value-of select="count(d:planned)"/> 个项目</xsl:when><xsl:otherwise>, <xsl:value-of select="count(d:planned)"/> projects</xsl:otherwise></xsl:choose></xsl:if>
    <xsl:for-each select="d:total"><xsl:text> </xsl:text><xsl:call-template name="money"/></xsl:for-each>
  </xsl:template>

  <xsl:template match="d:in_bank | d:left_bank | d:completed | d:before | d:after | d:planned | d:removed" mode="told">
    <xsl:if test="@date"><xsl:value-of select="concat(@date, ' ')"/></xsl:if>
    <xsl:choose>
      <xsl:when test="key('here', @code)"><xsl:call-template name="project_link"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@name, '，', @division_name)"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="self::d:left_bank and $zh">，出库</xsl:when><xsl:when test="self::d:left_bank">, left the bank</xsl:when>
      <xsl:when test="self::d:removed and $zh">，调出计划</xsl:when><xsl:when test="self::d:removed">, taken out of the plan</xsl:when>
      <xsl:when test="self::d:before and $zh">，开工前</xsl:when><xsl:when test="self::d:before">, before it begins</xsl:when>
      <xsl:when test="self::d:after and $zh">，完工后</xsl:when><xsl:when test="self::d:after">, after it was finished</xsl:when>
      <xsl:when test="@done='true' and $zh">，做完了</xsl:when><xsl:when test="@done='true'">, done</xsl:when>
      <xsl:when test="@done='false' and $zh">，没做完</xsl:when><xsl:when test="@done='false'">, not done</xsl:when>
    </xsl:choose>
    <xsl:for-each select="d:planned[not(@code)]"><xsl:value-of select="$w.is_planned"/><xsl:call-template name="money"/></xsl:for-each>
    <xsl:for-each select="d:paid"><xsl:value-of select="$w.is_paid"/><xsl:call-template name="money"/></xsl:for-each>
    <xsl:if test="d:reason != ''"><xsl:value-of select="$w.colon"/><xsl:call-template name="own"><xsl:with-param name="text" select="d:reason"/></xsl:call-template></xsl:if>
  </xsl:template>

  <xsl:template match="d:channel" mode="told">
    <xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="@office_phone"/>
  </xsl:template>

  <xsl:template match="d:complaint" mode="told">
    <xsl:value-of select="@received"/><xsl:choose><xsl:when test="$zh"> 收到，关于</xsl:when><xsl:otherwise> received, about </xsl:otherwise></xsl:choose><xsl:value-of select="substring-before(substring-after('zh.asset=资产|en.asset=an asset|zh.conduct=作风|en.conduct=conduct|zh.fund=资金|en.fund=money|zh.other=其他事|en.other=something else|zh.project=项目|en.project=a project|zh.subsidy=补助|en.subsidy=a subsidy|', concat($lang, '.', @category, '=')), '|')"/>
    <xsl:choose>
      <xsl:when test="@answered and $zh">，<xsl:value-of select="@answered"/> 答复</xsl:when>
      <xsl:when test="@answered">, answered on <xsl:value-of select="@answered"/></xsl:when>
      <xsl:when test="$zh">，还没答复，期限是 <xsl:value-of select="@due"/></xsl:when>
      <xsl:otherwise>, not answered yet, due <xsl:value-of select="@due"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@outcome"><xsl:value-of select="concat($w.comma, substring-before(substring-after('zh.upheld=属实|en.upheld=upheld|zh.partly=部分属实|en.partly=partly upheld|zh.unfounded=不属实|en.unfounded=unfounded|zh.transferred=转给别的单位|en.transferred=passed to another office|', concat($lang, '.', @outcome, '=')), '|'))"/></xsl:if>
    <xsl:if test="d:answer != ''"><xsl:value-of select="$w.colon"/><xsl:call-template name="own"><xsl:with-param name="text" select="d:answer"/></xsl:call-template></xsl:if>
  </xsl:template>
</xsl:stylesheet>
