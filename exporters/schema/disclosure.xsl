<?xml version="1.0" encoding="UTF-8"?>
<!--
  disclosure.xsl - the page that a villager opens on a cheap telephone, made from the signed document.

  1. Nothing is computed: every sum and every amount in yuan stands in the XML and is copied.
  2. No script, no picture, no font, nothing from anywhere else; rows stack, so that 360 px are enough.
  3. The second page made here is index.html, from a list of periods and divisions.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1"
                xmlns:ds="http://www.w3.org/2000/09/xmldsig#" exclude-result-prefixes="d ds">
  <xsl:output method="html" encoding="UTF-8" indent="yes" doctype-system="about:legacy-compat"/>
  <xsl:strip-space elements="*"/>
  <xsl:key name="fund" match="d:funds/d:fund" use="@code"/>

  <!-- Words: Chinese first, the same in small English behind. -->

  <xsl:template name="both">
    <xsl:param name="zh"/>
    <xsl:param name="en"/>
    <xsl:value-of select="$zh"/>
    <xsl:text> </xsl:text>
    <small lang="en"><xsl:value-of select="$en"/></small>
  </xsl:template>

  <xsl:template name="level">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name='province'">省级</xsl:when>
      <xsl:when test="$name='prefecture'">市级</xsl:when>
      <xsl:when test="$name='county'">县级</xsl:when>
      <xsl:when test="$name='township'">乡镇</xsl:when>
      <xsl:when test="$name='village'">村</xsl:when>
      <xsl:when test="$name='central'">中央</xsl:when>
      <xsl:otherwise>其他</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="book">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name='construction'">
        <xsl:call-template name="both"><xsl:with-param name="zh">项目建设类</xsl:with-param><xsl:with-param name="en">construction</xsl:with-param></xsl:call-template>
      </xsl:when>
      <xsl:when test="$name='livelihood'">
        <xsl:call-template name="both"><xsl:with-param name="zh">民生保障类</xsl:with-param><xsl:with-param name="en">livelihood</xsl:with-param></xsl:call-template>
      </xsl:when>
      <xsl:when test="$name='subsidy'">
        <xsl:call-template name="both"><xsl:with-param name="zh">政策补助类</xsl:with-param><xsl:with-param name="en">subsidy</xsl:with-param></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="both"><xsl:with-param name="zh">尚未分类</xsl:with-param><xsl:with-param name="en">not yet in a book</xsl:with-param></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="term">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name='appropriated'">资金下达 <small lang="en">appropriated</small></xsl:when>
      <xsl:when test="$name='received_from_above'">上级拨入 <small lang="en">from above</small></xsl:when>
      <xsl:when test="$name='recovered_from_below'">下级交回 <small lang="en">recovered from below</small></xsl:when>
      <xsl:when test="$name='other_receipts'">其他收入 <small lang="en">other receipts</small></xsl:when>
      <xsl:when test="$name='assigned_in'">归类转入 <small lang="en">assigned in</small></xsl:when>
      <xsl:when test="$name='reallocated_in'">调剂转入 <small lang="en">reallocated in</small></xsl:when>
      <xsl:when test="$name='spent'">支出 <small lang="en">spent</small></xsl:when>
      <xsl:when test="$name='passed_down'">拨付下级 <small lang="en">passed down</small></xsl:when>
      <xsl:when test="$name='returned_up'">交回上级 <small lang="en">returned up</small></xsl:when>
      <xsl:when test="$name='remitted'">上缴 <small lang="en">remitted</small></xsl:when>
      <xsl:when test="$name='assigned_out'">归类转出 <small lang="en">assigned out</small></xsl:when>
      <xsl:when test="$name='reallocated_out'">调剂转出 <small lang="en">reallocated out</small></xsl:when>
      <xsl:when test="$name='unassigned'">未分类 <small lang="en">unassigned</small></xsl:when>
      <xsl:when test="$name='available'">可用 <small lang="en">available</small></xsl:when>
      <xsl:when test="$name='committed'">合同占用 <small lang="en">committed</small></xsl:when>
      <xsl:when test="$name='held'">待审核 <small lang="en">held</small></xsl:when>
      <xsl:when test="$name='in_transit'">银行在途 <small lang="en">in transit</small></xsl:when>
      <xsl:when test="$name='owed'">退回待付 <small lang="en">owed</small></xsl:when>
      <xsl:when test="$name='retention'">质保金 <small lang="en">retention</small></xsl:when>
      <xsl:when test="$name='receivable'">应收借款 <small lang="en">receivable</small></xsl:when>
      <xsl:otherwise><xsl:value-of select="$name"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="style">
    <style>
      body { margin: 0 auto; padding: 0 12px 32px; max-width: 44rem; font: 18px/1.6 sans-serif; color: #111; background: #fff; overflow-wrap: anywhere; }
      h1 { font-size: 1.5rem; margin: 16px 0 4px; } h2 { font-size: 1.2rem; margin: 32px 0 8px; border-bottom: 3px solid #a00; } h3 { font-size: 1.05rem; margin: 16px 0 4px; }
      small { font-size: .72em; color: #555; }
      .big { font-size: 2.2rem; font-weight: bold; line-height: 1.2; color: #a00; margin: 4px 0; }
      .row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; padding: 4px 0; border-bottom: 1px solid #ddd; }
      .row > span { flex: 1 1 8em; } .row > b { margin-left: auto; white-space: nowrap; font-variant-numeric: tabular-nums; }
      .card { border: 1px solid #999; border-radius: 6px; padding: 4px 10px 10px; margin: 10px 0; }
      .sum { font-weight: bold; border-bottom: 3px double #555; } .in { color: #060; } .out { color: #700; }
      .warn { border-left: 6px solid #c60; padding-left: 8px; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #eee; padding: 8px; font-size: .72em; }
      summary { padding: 8px 0; font-weight: bold; } p { margin: 6px 0; } a { color: #039; }
      @media print { body { font-size: 12pt; } details > * { display: block; } }
    </style>
  </xsl:template>

  <!-- One line: a label, and an amount that stays whole. -->
  <xsl:template name="amount_row">
    <xsl:param name="label"/>
    <xsl:param name="class"/>
    <div class="row {$class}"><span><xsl:copy-of select="$label"/></span><b><xsl:value-of select="@yuan"/> 元</b></div>
  </xsl:template>

  <xsl:template match="d:in | d:out | d:standing">
    <xsl:call-template name="amount_row">
      <xsl:with-param name="class"><xsl:if test="not(self::d:standing)"><xsl:value-of select="local-name()"/></xsl:if></xsl:with-param>
      <xsl:with-param name="label">
        <xsl:choose><xsl:when test="self::d:in">＋ </xsl:when><xsl:when test="self::d:out">－ </xsl:when><xsl:otherwise>其中 </xsl:otherwise></xsl:choose>
        <xsl:call-template name="term"><xsl:with-param name="name" select="concat(@term, @role)"/></xsl:call-template>
        <xsl:if test="@division"><br/><xsl:value-of select="@division_name"/><xsl:text> </xsl:text><small><xsl:value-of select="@division"/></small></xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="d:opening">
    <xsl:call-template name="amount_row"><xsl:with-param name="label">期初 <small lang="en">opening</small></xsl:with-param></xsl:call-template>
  </xsl:template>
  <xsl:template match="d:closing">
    <xsl:call-template name="amount_row"><xsl:with-param name="class">sum</xsl:with-param><xsl:with-param name="label">＝ 期末结余 <small lang="en">closing</small></xsl:with-param></xsl:call-template>
  </xsl:template>

  <xsl:template name="fund_name">
    <xsl:param name="code"/>
    <xsl:variable name="fund" select="key('fund', $code)"/>
    <xsl:choose>
      <xsl:when test="$fund"><xsl:value-of select="$fund/@name"/><xsl:text> </xsl:text><small><xsl:value-of select="$fund/@document"/></small></xsl:when>
      <xsl:otherwise><xsl:value-of select="$code"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== A disclosure ==== -->

  <xsl:template match="/d:disclosure">
    <html lang="zh-CN">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title><xsl:value-of select="concat(d:division/@name, ' ', @period, ' 资金公开')"/></title>
        <xsl:call-template name="style"/>
      </head>
      <body>
        <p><a href="../../index.html">明账 <small lang="en">Mingzhang</small></a>
          <xsl:if test="d:division/@parent"> › <a href="{d:division/@parent}.html"><xsl:value-of select="d:division/@parent_name"/></a></xsl:if></p>
        <h1><xsl:value-of select="d:division/@name"/> 资金公开 <small lang="en">where the money went</small></h1>
        <p><xsl:value-of select="d:span/@first"/> 至 <xsl:value-of select="d:span/@last"/>
          <xsl:text> </xsl:text><small><xsl:call-template name="level"><xsl:with-param name="name" select="d:division/@level"/></xsl:call-template>
          <xsl:text> </xsl:text><xsl:value-of select="@division"/><xsl:if test="d:division/@provisional='true'">（临时代码 <span lang="en">provisional code</span>）</xsl:if></small></p>
        <xsl:if test="@replaces"><p class="warn">本页更正了以前公布的一份 <small lang="en">a correction; it replaces the document with digest</small><xsl:text> </xsl:text><small><xsl:value-of select="@replaces"/></small></p></xsl:if>
        <xsl:apply-templates select="d:summary"/>
        <xsl:apply-templates select="d:withheld"/>
        <xsl:apply-templates select="d:funds"/>
        <xsl:apply-templates select="d:projects"/>
        <xsl:apply-templates select="d:attention"/>
        <xsl:apply-templates select="d:books"/>
        <xsl:apply-templates select="d:below"/>
        <xsl:call-template name="check"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="d:summary">
    <p>本期收到 <small lang="en">received</small></p>
    <p class="big"><xsl:value-of select="d:received/@yuan"/> 元</p>
    <xsl:for-each select="d:opening"><xsl:call-template name="amount_row"><xsl:with-param name="label">期初结余 <small lang="en">opening</small></xsl:with-param></xsl:call-template></xsl:for-each>
    <xsl:for-each select="d:spent"><xsl:call-template name="amount_row"><xsl:with-param name="class">out</xsl:with-param><xsl:with-param name="label">已支出 <small lang="en">spent</small></xsl:with-param></xsl:call-template></xsl:for-each>
    <xsl:for-each select="d:passed_on"><xsl:call-template name="amount_row"><xsl:with-param name="class">out</xsl:with-param><xsl:with-param name="label">拨付下级、交回或上缴 <small lang="en">passed on or returned</small></xsl:with-param></xsl:call-template></xsl:for-each>
    <xsl:for-each select="d:closing"><xsl:call-template name="amount_row"><xsl:with-param name="class">sum</xsl:with-param><xsl:with-param name="label">期末结余 <small lang="en">closing</small></xsl:with-param></xsl:call-template></xsl:for-each>
    <xsl:if test="@withheld_lines = 0 and not(../d:books/d:book/d:line[d:in or d:out])"><p>本期这里没有收到钱，也没有用出或转出钱（冲销了的不计） <small lang="en">nothing came to and nothing left this <xsl:value-of select="../d:division/@level"/> in the period, reversed entries set off</small></p></xsl:if>
    <xsl:if test="@withheld_lines != 0"><p class="warn">以上合计不含未公开的 <xsl:value-of select="@withheld_lines"/> 项，见下 <small lang="en">sums leave out the lines withheld, told below</small></p></xsl:if>
  </xsl:template>

  <xsl:template match="d:withheld">
    <h2>未公开的内容 <small lang="en">what is withheld, and why</small></h2>
    <xsl:if test="not(d:item)"><p>无 <small lang="en">nothing</small></p></xsl:if>
    <xsl:for-each select="d:item">
      <div class="card">
        <p><xsl:choose>
            <xsl:when test="@what='line'">账目一项 <small lang="en">a line of a book</small>：<xsl:call-template name="fund_name"><xsl:with-param name="code" select="@fund"/></xsl:call-template></xsl:when>
            <xsl:when test="@what='project_paid'">项目已付金额 <small lang="en">what a project was paid</small>：<xsl:value-of select="@project"/></xsl:when>
            <xsl:otherwise>下级合计未计入 <xsl:value-of select="@lines"/> 项 <small lang="en">lines left out of the sum over the divisions below</small></xsl:otherwise>
          </xsl:choose>，<xsl:call-template name="book"><xsl:with-param name="name" select="@book"/></xsl:call-template></p>
        <p><xsl:choose>
            <xsl:when test="@reason='people_below_township'">这些数字来自发给个人的款项，村一级不公开，以免看出某户的收入；每户可用自己的凭条核对。<br/><small lang="en">these figures come from payments to people; below the township they are not printed, so that nobody's income can be told; each household can check its own payments by its slip</small></xsl:when>
            <xsl:when test="@reason='sealed_totals'">这些数字中有的来自不足三人的款项，或来自银行对一批款项中部分人的回执，公布会透露某个人的金额；每人可用自己的凭条核对。<br/><small lang="en">some of these figures come from payments to fewer than three people, or from a bank's answer about some of many: they would tell one person's amount; each can check the own payment by its slip</small></xsl:when>
            <xsl:otherwise>下级中有这类账目的村不足三个，计入合计会透露其中一村的数字。<br/><small lang="en">fewer than three villages below have such lines: in the sum they would tell one village's figures</small></xsl:otherwise>
          </xsl:choose></p>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="d:funds">
    <h2>钱从哪里来，拨到哪里去 <small lang="en">where from, where to</small></h2>
    <xsl:if test="not(d:fund)"><p>无 <small lang="en">none</small></p></xsl:if>
    <xsl:for-each select="d:fund">
      <div class="card">
        <h3><xsl:value-of select="@name"/></h3>
        <p><xsl:value-of select="@document"/><br/><small><xsl:call-template name="level"><xsl:with-param name="name" select="@level"/></xsl:call-template>
          <xsl:text> </xsl:text><xsl:value-of select="@year"/> 年 <xsl:value-of select="@code"/><xsl:if test="@expiry"> · 有效至 <xsl:value-of select="@expiry"/></xsl:if></small></p>
        <xsl:for-each select="d:ceiling"><xsl:call-template name="amount_row"><xsl:with-param name="label">指标总额 <small lang="en">amount of the document</small></xsl:with-param></xsl:call-template></xsl:for-each>
        <xsl:apply-templates select="d:in | d:out"/>
        <xsl:if test="/d:disclosure/d:withheld/d:item[@what='line' and @fund=current()/@code]"><p class="warn">收支未全部公开 <small lang="en">not all that came in and went out is printed</small></p></xsl:if>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="d:projects">
    <h2>项目 <small lang="en">projects</small></h2>
    <xsl:if test="not(d:project)"><p>无 <small lang="en">none</small></p></xsl:if>
    <xsl:for-each select="d:project">
      <div class="card">
        <h3><xsl:value-of select="@name"/></h3>
        <p><small><xsl:value-of select="@code"/> · <xsl:value-of select="@category"/> · <xsl:value-of select="@nature"/></small></p>
        <xsl:for-each select="d:paid"><xsl:call-template name="amount_row"><xsl:with-param name="class">sum</xsl:with-param><xsl:with-param name="label">已付 <small lang="en">paid</small></xsl:with-param></xsl:call-template></xsl:for-each>
        <xsl:for-each select="d:planned"><xsl:call-template name="amount_row"><xsl:with-param name="label">计划 <small lang="en">planned</small></xsl:with-param></xsl:call-template></xsl:for-each>
        <p>进度 <small lang="en">progress</small>：<xsl:value-of select="@percent"/>%，<xsl:choose><xsl:when test="@accepted='true'">已验收 <small lang="en">accepted</small></xsl:when><xsl:otherwise>未验收 <small lang="en">not accepted yet</small></xsl:otherwise></xsl:choose>；受益 <xsl:value-of select="@beneficiaries"/> 户</p>
        <p>用到哪、怎么用 <small lang="en">used where, how</small>：<xsl:value-of select="d:task"/></p>
        <p>绩效目标 <small lang="en">target</small>：<xsl:value-of select="d:target"/></p>
        <p>啥效果 <small lang="en">with what effect</small>：<xsl:choose><xsl:when test="d:result"><xsl:value-of select="d:result"/></xsl:when><xsl:otherwise>尚未记录 <small lang="en">not recorded yet</small></xsl:otherwise></xsl:choose></p>
        <details>
          <summary>详细 <small lang="en">details</small></summary>
          <p>责任单位 <small lang="en">office</small>：<xsl:value-of select="@unit"/><xsl:if test="@office_phone"> 电话 <xsl:value-of select="@office_phone"/></xsl:if></p>
          <xsl:if test="@start | @end"><p>工期 <small lang="en">time</small>：<xsl:value-of select="@start"/> 至 <xsl:value-of select="@end"/></p></xsl:if>
          <xsl:if test="d:participation != ''"><p>群众参与 <small lang="en">participation</small>：<xsl:value-of select="d:participation"/></p></xsl:if>
          <xsl:if test="d:mechanism != ''"><p>带贫减贫机制 <small lang="en">mechanism</small>：<xsl:value-of select="d:mechanism"/></p></xsl:if>
          <xsl:for-each select="d:plan">
            <p>资金 <small lang="en">plan line</small><xsl:text> </xsl:text><xsl:value-of select="@line"/>：<xsl:call-template name="fund_name"><xsl:with-param name="code" select="@fund"/></xsl:call-template></p>
            <xsl:for-each select="d:planned"><xsl:call-template name="amount_row"><xsl:with-param name="label">计划 <small lang="en">planned</small></xsl:with-param></xsl:call-template></xsl:for-each>
            <xsl:for-each select="d:paid"><xsl:call-template name="amount_row"><xsl:with-param name="label">已付 <small lang="en">paid</small></xsl:with-param></xsl:call-template></xsl:for-each>
          </xsl:for-each>
          <xsl:for-each select="d:outside">
            <p>账外资金（备忘，不计入本账） <small lang="en">outside money, a memo, in no sum above</small>：<xsl:value-of select="@source"/></p>
            <xsl:for-each select="d:planned"><xsl:call-template name="amount_row"><xsl:with-param name="label">计划 <small lang="en">planned</small></xsl:with-param></xsl:call-template></xsl:for-each>
          </xsl:for-each>
          <xsl:apply-templates select="d:contract"/>
        </details>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="d:contract">
    <p>合同 <small lang="en">contract</small><xsl:text> </xsl:text><xsl:value-of select="@code"/>：<xsl:value-of select="@contractor"/><br/><small><xsl:if test="@uscc"><xsl:value-of select="@uscc"/> · </xsl:if><xsl:value-of select="@signed_on"/> 签订 <span lang="en">signed</span></small></p>
    <xsl:for-each select="d:price"><xsl:call-template name="amount_row"><xsl:with-param name="label">合同价 <small lang="en">price</small></xsl:with-param></xsl:call-template></xsl:for-each>
    <xsl:for-each select="d:paid"><xsl:call-template name="amount_row"><xsl:with-param name="label">已付 <small lang="en">paid</small></xsl:with-param></xsl:call-template></xsl:for-each>
    <xsl:for-each select="d:committed"><xsl:call-template name="amount_row"><xsl:with-param name="label">尚占用 <small lang="en">still committed</small></xsl:with-param></xsl:call-template></xsl:for-each>
    <xsl:for-each select="d:retention"><xsl:call-template name="amount_row"><xsl:with-param name="label">质保金 <small lang="en">retention</small></xsl:with-param></xsl:call-template></xsl:for-each>
    <xsl:for-each select="d:final_price"><xsl:call-template name="amount_row"><xsl:with-param name="class">sum</xsl:with-param><xsl:with-param name="label">结算价 <small lang="en">settled final price</small></xsl:with-param></xsl:call-template></xsl:for-each>
  </xsl:template>

  <xsl:template match="d:attention">
    <h2>需要关注 <small lang="en">wants attention</small><xsl:text> </xsl:text><small><xsl:value-of select="@as_of"/></small></h2>
    <xsl:if test="not(*/d:item)"><p>无 <small lang="en">nothing</small></p></xsl:if>
    <xsl:if test="../d:withheld/d:item[@what='line']"><p class="warn">不含账目未公开的资金 <small lang="en">leaves out the funds of lines withheld</small></p></xsl:if>
    <xsl:for-each select="*[d:item]">
      <h3><xsl:choose>
          <xsl:when test="self::d:unspent">未用完的资金 <small lang="en">unspent</small></xsl:when>
          <xsl:when test="self::d:stuck">滞留过久的资金 <small lang="en">stuck too long</small></xsl:when>
          <xsl:otherwise>已过期的资金 <small lang="en">expired</small></xsl:otherwise>
        </xsl:choose></h3>
      <xsl:for-each select="d:item">
        <xsl:call-template name="amount_row">
          <xsl:with-param name="label"><xsl:call-template name="fund_name"><xsl:with-param name="code" select="@fund"/></xsl:call-template>
            <br/><xsl:call-template name="book"><xsl:with-param name="name" select="@book"/></xsl:call-template>
            <br/><xsl:call-template name="term"><xsl:with-param name="name" select="@role"/></xsl:call-template>
            <xsl:choose>
              <xsl:when test="@limit">，最早的已停留 <xsl:value-of select="@days"/> 天，满 <xsl:value-of select="@limit"/> 天即算滞留 <small lang="en">the oldest of it has stood here for <xsl:value-of select="@days"/> days; stuck from <xsl:value-of select="@limit"/> on</small></xsl:when>
              <xsl:when test="@days">，已过期 <xsl:value-of select="@days"/> 天 <small lang="en">days since</small></xsl:when>
            </xsl:choose></xsl:with-param>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="d:books">
    <h2>台账 <small lang="en">the books</small></h2>
    <xsl:for-each select="d:book[d:line or d:total/@withheld_lines != 0]">
      <div class="card">
        <h3><xsl:call-template name="book"><xsl:with-param name="name" select="@name"/></xsl:call-template></h3>
        <xsl:for-each select="d:total">
          <xsl:if test="@lines != 0">
            <p>合计 <small lang="en">total of <xsl:value-of select="@lines"/> lines printed</small></p>
            <xsl:apply-templates/>
          </xsl:if>
          <xsl:if test="@withheld_lines != 0"><p class="warn"><xsl:value-of select="@withheld_lines"/> 项未公开 <small lang="en">lines withheld</small></p></xsl:if>
        </xsl:for-each>
        <xsl:for-each select="d:line">
          <details>
            <summary><xsl:call-template name="fund_name"><xsl:with-param name="code" select="@fund"/></xsl:call-template></summary>
            <xsl:apply-templates/>
          </details>
        </xsl:for-each>
      </div>
    </xsl:for-each>
    <xsl:if test="not(d:book[d:line or d:total/@withheld_lines != 0])"><p>本期无账 <small lang="en">nothing in this period</small></p></xsl:if>
  </xsl:template>

  <xsl:template match="d:below">
    <h2>下级 <small lang="en">divisions below</small></h2>
    <xsl:for-each select="d:book[@lines != 0 or @withheld_lines != 0]">
      <details class="card">
        <summary><xsl:call-template name="book"><xsl:with-param name="name" select="@name"/></xsl:call-template>：下级 <xsl:value-of select="../@divisions"/> 个单位合计 <small lang="en">sum over all below</small></summary>
        <xsl:if test="@withheld_lines != 0"><p class="warn">不含未公开的 <xsl:value-of select="@withheld_lines"/> 项 <small lang="en">leaves out the lines withheld</small></p></xsl:if>
        <xsl:if test="@lines != 0"><xsl:apply-templates/></xsl:if>
      </details>
    </xsl:for-each>
    <xsl:for-each select="d:division">
      <p><a href="{@code}.html"><xsl:value-of select="@name"/></a><xsl:text> </xsl:text><small><xsl:value-of select="@code"/></small></p>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="check">
    <h2>怎样核对 <small lang="en">how to check this page</small></h2>
    <p>账本公钥指纹，应与公告栏上的相同 <small lang="en">fingerprint of the log key; compare it with the notice board</small>：</p>
    <pre><xsl:value-of select="@log_key"/></pre>
    <p>克隆整个公开库后，用通用工具即可核对签名与格式，不需要本系统的任何软件 <small lang="en">in a clone of the publication, with standard tools only</small>：</p>
    <pre>xmlsec1 --verify --enabled-key-data x509 --trusted-pem keys/xml-01.crt snapshots/<xsl:value-of select="@period"/>/<xsl:value-of select="@division"/>.xml
xmllint --noout --schema schema/disclosure.xsd snapshots/<xsl:value-of select="@period"/>/<xsl:value-of select="@division"/>.xml
git -c gpg.ssh.allowedSignersFile=keys/allowed_signers verify-commit HEAD</pre>
    <p><a href="{@division}.xml">签名的原件 <small lang="en">the signed document</small></a> · <a href="manifest.xml">本期清单 <small lang="en">manifest</small></a></p>
    <p>有疑问请拨打项目责任单位电话或 12317 <small lang="en">questions: the office's number above, or 12317</small></p>
    <p><small><xsl:value-of select="@origin"/></small></p>
  </xsl:template>

  <!-- ==== index.html ==== -->

  <xsl:template match="/d:repository">
    <html lang="zh-CN">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title><xsl:value-of select="concat(@name, ' 明账')"/></title>
        <xsl:call-template name="style"/>
      </head>
      <body>
        <h1><xsl:value-of select="@name"/> 明账 <small lang="en">Mingzhang, open books</small></h1>
        <p>每一元钱从哪里来、用到哪里去 <small lang="en">where every yuan came from and went</small></p>
        <h2>各期 <small lang="en">periods</small></h2>
        <xsl:if test="not(d:period)"><p>尚未公开 <small lang="en">nothing disclosed yet</small></p></xsl:if>
        <xsl:for-each select="d:period">
          <p><a href="snapshots/{@name}/{@root}.html"><xsl:value-of select="@name"/></a><xsl:text> </xsl:text><small><a href="snapshots/{@name}/manifest.xml">清单 <span lang="en">manifest</span></a></small></p>
        </xsl:for-each>
        <xsl:for-each select="d:period[d:division]">
          <h2><xsl:value-of select="@name"/> 各单位 <small lang="en">divisions of this period</small></h2>
          <xsl:for-each select="d:division">
            <p><a href="snapshots/{../@name}/{@code}.html"><xsl:value-of select="@name"/></a><xsl:text> </xsl:text><small><xsl:call-template name="level"><xsl:with-param name="name" select="@level"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="@code"/></small></p>
          </xsl:for-each>
        </xsl:for-each>
        <h2>怎样核对 <small lang="en">how to check</small></h2>
        <p><a href="README.md">README.md</a></p>
        <p>账本公钥指纹，应与公告栏上的相同 <small lang="en">fingerprint of the log key; compare it with the notice board</small>：</p>
        <pre><xsl:value-of select="@log_key"/></pre>
        <p><small><xsl:value-of select="@origin"/></small></p>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
