<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_income.xsl - what assets earn and how that is shared; what villages owe and have reached;
  mutual-aid pools.

  A plan is drawn as one bar, a pattern for each use, with the same figures in a list below it.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">
  <xsl:variable name="iw">|zh.kind.entrusted=委托经营|en.kind.entrusted=entrusted to|zh.kind.equity=入股|en.kind.equity=shares in|zh.kind.lease=出租|en.kind.lease=let to|zh.kind.photovoltaic=光伏发电|en.kind.photovoltaic=power sold to|zh.kind.other=其他|en.kind.other=other|zh.use.households=分给农户|en.use.households=households|zh.use.post_wages=公益岗位工资|en.use.post_wages=wages of public posts|zh.use.public_works=村里公共事业|en.use.public_works=public works|zh.use.relief=帮困|en.use.relief=relief|zh.use.reserve=留着以后用|en.use.reserve=reserve|zh.use.village=归村集体|en.use.village=the village collective|zh.pattern.households=subsidy|en.pattern.households=subsidy|zh.pattern.post_wages=construction|en.pattern.post_wages=construction|zh.pattern.public_works=livelihood|en.pattern.public_works=livelihood|zh.pattern.relief=use_relief|en.pattern.relief=use_relief|zh.pattern.reserve=none|en.pattern.reserve=none|zh.pattern.village=use_village|en.pattern.village=use_village|zh.class.leading=先行示范|en.class.leading=leading|zh.class.regular=正常推进|en.class.regular=regular|zh.class.intensive=持续攻坚|en.class.intensive=needs most work|</xsl:variable>

  <xsl:template name="income_word">
    <xsl:param name="of"/>
    <xsl:param name="name" select="@name"/>
    <xsl:value-of select="substring-before(substring-after($iw, concat('|', $lang, '.', $of, '.', $name, '=')), '|')"/>
  </xsl:template>

  <!-- An amount in 万 without its unit's remainder, for bounds: 5 万. -->
  <xsl:template name="bound"><xsl:call-template name="wan"><xsl:with-param name="fen" select="@fen"/></xsl:call-template><xsl:choose><xsl:when test="$zh"> 万元</xsl:when><xsl:otherwise> wan</xsl:otherwise></xsl:choose></xsl:template>

  <!-- The context is a d:income. -->
  <xsl:template name="band_words">
    <xsl:param name="band"/>
    <xsl:choose>
      <xsl:when test="$band = 'none' and $zh">没有收入（空壳村）</xsl:when>
      <xsl:when test="$band = 'none'">no income</xsl:when>
      <xsl:when test="$band = 'below_low' and $zh">有收入，不到 <xsl:for-each select="d:low"><xsl:call-template name="bound"/></xsl:for-each></xsl:when>
      <xsl:when test="$band = 'below_low'">less than <xsl:for-each select="d:low"><xsl:call-template name="bound"/></xsl:for-each></xsl:when>
      <xsl:when test="$band = 'low_and_more'"><xsl:for-each select="d:low"><xsl:call-template name="bound"/></xsl:for-each><xsl:choose><xsl:when test="$zh"> 到 </xsl:when><xsl:otherwise> to </xsl:otherwise></xsl:choose><xsl:for-each select="d:high"><xsl:call-template name="bound"/></xsl:for-each></xsl:when>
      <xsl:when test="$zh"><xsl:for-each select="d:high"><xsl:call-template name="bound"/></xsl:for-each>以上</xsl:when>
      <xsl:otherwise><xsl:for-each select="d:high"><xsl:call-template name="bound"/></xsl:for-each> and more</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="party">
    <xsl:choose>
      <xsl:when test="@party | @creditor"><xsl:call-template name="own"><xsl:with-param name="text" select="@party | @creditor"/></xsl:call-template></xsl:when>
      <xsl:when test="$zh">个人</xsl:when>
      <xsl:otherwise>a person</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== Villages ==== -->

  <!-- A village's own year: the sum large, the part of it from the sun as a bar. -->
  <xsl:template name="own_income">
    <xsl:variable name="income" select=".."/>
    <ul class="sums">
      <xsl:for-each select="d:received"><xsl:call-template name="sum_tile"><xsl:with-param name="main" select="true()"/><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh"><xsl:value-of select="$income/@year"/> 年集体收入</xsl:when><xsl:otherwise>Income of the village collective, <xsl:value-of select="$income/@year"/></xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
      <xsl:for-each select="d:photovoltaic[@fen != 0]"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">其中光伏发电</xsl:when><xsl:otherwise>of that from the sun</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
      <xsl:for-each select="d:debt[@fen != 0]"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">村里还欠</xsl:when><xsl:otherwise>The village owes</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
    </ul>
    <xsl:if test="d:photovoltaic/@fen > 0 and d:photovoltaic/@fen &lt;= d:received/@fen">
      <svg viewBox="0 0 340 18" role="img">
        <title><xsl:choose><xsl:when test="$zh">集体收入 <xsl:value-of select="d:received/@yuan"/> 元，其中光伏 <xsl:value-of select="d:photovoltaic/@yuan"/> 元</xsl:when><xsl:otherwise><xsl:value-of select="d:photovoltaic/@yuan"/> yuan from the sun, of <xsl:value-of select="d:received/@yuan"/></xsl:otherwise></xsl:choose></title>
        <rect x="1" y="1" width="338" height="16" fill="#fff" stroke="#333" stroke-width="1.5"/>
        <rect x="1" y="1" width="{format-number(338 * d:photovoltaic/@fen div d:received/@fen, '0.#')}" height="16" fill="url(#subsidy)" stroke="#333"/>
      </svg>
      <p class="dim"><xsl:choose><xsl:when test="$zh">一整条是集体收入，画了横线的是光伏发电。</xsl:when><xsl:otherwise>The whole bar is the income, its striped part what came from the sun.</xsl:otherwise></xsl:choose></p>
    </xsl:if>
    <p><xsl:choose><xsl:when test="$zh">收入档次：</xsl:when><xsl:otherwise>Band: </xsl:otherwise></xsl:choose><b><xsl:for-each select=".."><xsl:call-template name="band_words"><xsl:with-param name="band" select="d:village/@band"/></xsl:call-template></xsl:for-each></b><xsl:if test="@band != @band_without_photovoltaic"><xsl:choose><xsl:when test="$zh">；不算光伏：</xsl:when><xsl:otherwise>; without the sun: </xsl:otherwise></xsl:choose><xsl:for-each select=".."><xsl:call-template name="band_words"><xsl:with-param name="band" select="d:village/@band_without_photovoltaic"/></xsl:call-template></xsl:for-each></xsl:if><xsl:value-of select="$w.stop"/>
    <xsl:if test="@township_class"><xsl:choose><xsl:when test="$zh">所在乡镇：</xsl:when><xsl:otherwise>Its township: </xsl:otherwise></xsl:choose><xsl:call-template name="income_word"><xsl:with-param name="of" select="'class'"/><xsl:with-param name="name" select="@township_class"/></xsl:call-template><xsl:value-of select="$w.stop"/></xsl:if></p>
  </xsl:template>

  <xsl:template name="villages_income">
    <ul>
      <xsl:for-each select="d:band"><xsl:variable name="band" select="@name"/><li><xsl:for-each select=".."><xsl:call-template name="band_words"><xsl:with-param name="band" select="$band"/></xsl:call-template></xsl:for-each><xsl:value-of select="$w.colon"/><b><xsl:value-of select="@villages"/></b><xsl:if test="$zh"> 个村</xsl:if><xsl:if test="@villages != @without_photovoltaic"><xsl:choose><xsl:when test="$zh">（不算光伏 <xsl:value-of select="@without_photovoltaic"/> 个）</xsl:when><xsl:otherwise> (<xsl:value-of select="@without_photovoltaic"/> without the sun)</xsl:otherwise></xsl:choose></xsl:if></li></xsl:for-each>
    </ul>
    <xsl:if test="d:village">
      <div class="wide" tabindex="0"><table>
        <thead><tr><th scope="col"><xsl:value-of select="$w.place"/></th><th scope="col" class="n"><xsl:choose><xsl:when test="$zh">集体收入（元）</xsl:when><xsl:otherwise>Income, yuan</xsl:otherwise></xsl:choose></th><th scope="col" class="n"><xsl:choose><xsl:when test="$zh">其中光伏</xsl:when><xsl:otherwise>from the sun</xsl:otherwise></xsl:choose></th><th scope="col" class="n"><xsl:choose><xsl:when test="$zh">还欠</xsl:when><xsl:otherwise>owes</xsl:otherwise></xsl:choose></th></tr></thead>
        <tbody><xsl:for-each select="d:village[position() &lt;= $rows_most]"><tr><th scope="row"><xsl:choose><xsl:when test="/d:disclosure/d:below/d:division[@code = current()/@code]"><a href="{@code}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a></xsl:when><xsl:otherwise><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></xsl:otherwise></xsl:choose></th><xsl:for-each select="d:received | d:photovoltaic | d:debt"><td class="n"><xsl:call-template name="yuan"/></td></xsl:for-each></tr></xsl:for-each></tbody>
      </table></div>
      <xsl:if test="count(d:village) > $rows_most"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:village) - $rows_most"/> 个村，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:village) - $rows_most"/> more: </xsl:otherwise></xsl:choose><a href="data/village_income.csv">CSV</a></p></xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- ==== Leases and receipts ==== -->

  <xsl:template match="d:lease">
    <li><b><xsl:call-template name="own"><xsl:with-param name="text" select="@asset_name"/></xsl:call-template></b><xsl:value-of select="$w.colon"/><xsl:call-template name="income_word"><xsl:with-param name="of" select="'kind'"/><xsl:with-param name="name" select="@kind"/></xsl:call-template><xsl:choose><xsl:when test="$zh">，对方是</xsl:when><xsl:otherwise><xsl:text> </xsl:text></xsl:otherwise></xsl:choose><xsl:call-template name="party"/>
      <br/><span class="dim"><xsl:choose><xsl:when test="$zh"><xsl:value-of select="@first_day"/> 到 <xsl:value-of select="@last_day"/></xsl:when><xsl:otherwise><xsl:value-of select="@first_day"/> to <xsl:value-of select="@last_day"/></xsl:otherwise></xsl:choose><xsl:if test="@ended_early"><xsl:choose><xsl:when test="$zh">（提前结束）</xsl:when><xsl:otherwise> (ended early)</xsl:otherwise></xsl:choose></xsl:if></span>
      <br/><xsl:choose>
        <xsl:when test="d:rent and $zh">每 <xsl:value-of select="@months"/> 个月 <xsl:for-each select="d:rent"><xsl:call-template name="money"/></xsl:for-each></xsl:when>
        <xsl:when test="d:rent"><xsl:for-each select="d:rent"><xsl:call-template name="money"/></xsl:for-each> every <xsl:value-of select="@months"/> months</xsl:when>
        <xsl:when test="$zh">钱数每次不一样，按实际结算</xsl:when>
        <xsl:otherwise>The amount varies</xsl:otherwise>
      </xsl:choose><xsl:value-of select="$w.stop"/>
      <xsl:choose>
        <xsl:when test="d:arrears/@fen != 0"><br/><b><xsl:choose><xsl:when test="$zh">欠 </xsl:when><xsl:otherwise>Owes </xsl:otherwise></xsl:choose><xsl:for-each select="d:arrears"><xsl:call-template name="money"/></xsl:for-each></b><xsl:choose><xsl:when test="$zh">，从 <xsl:value-of select="@overdue_since"/> 起没有付。</xsl:when><xsl:otherwise>, not paid since <xsl:value-of select="@overdue_since"/>.</xsl:otherwise></xsl:choose></xsl:when>
        <xsl:when test="d:due/@fen = 0"/>
        <xsl:when test="$zh">不欠。</xsl:when>
        <xsl:otherwise>Nothing is owed.</xsl:otherwise>
      </xsl:choose></li>
  </xsl:template>

  <xsl:template name="leases">
    <xsl:if test="d:lease">
      <h3><xsl:choose><xsl:when test="$zh">出租和经营</xsl:when><xsl:otherwise>Let and entrusted</xsl:otherwise></xsl:choose></h3>
      <ul>
        <xsl:apply-templates select="d:lease[d:arrears/@fen != 0][position() &lt;= $funds_most]"/>
        <xsl:apply-templates select="d:lease[d:arrears/@fen = 0][position() &lt;= $funds_most]"/>
      </ul>
      <xsl:if test="count(d:lease[d:arrears/@fen != 0]) > $funds_most or count(d:lease[d:arrears/@fen = 0]) > $funds_most"><p><xsl:choose><xsl:when test="$zh">一共 <xsl:value-of select="count(d:lease)"/> 份合同，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:lease)"/> contracts in all: </xsl:otherwise></xsl:choose><a href="data/leases.csv">CSV</a></p></xsl:if>
    </xsl:if>
    <xsl:if test="d:receipt">
      <details><summary><xsl:choose><xsl:when test="$zh">今年收到的每一笔（<xsl:value-of select="count(d:receipt)"/> 笔）</xsl:when><xsl:otherwise>Each receipt of the year (<xsl:value-of select="count(d:receipt)"/>)</xsl:otherwise></xsl:choose></summary>
      <ul>
        <xsl:for-each select="d:receipt[position() &lt;= $funds_most]"><li><time><xsl:value-of select="@date"/></time><xsl:text> </xsl:text><xsl:choose><xsl:when test="@asset_name"><xsl:call-template name="own"><xsl:with-param name="text" select="@asset_name"/></xsl:call-template></xsl:when><xsl:otherwise><xsl:call-template name="income_word"><xsl:with-param name="of" select="'kind'"/><xsl:with-param name="name" select="@kind"/></xsl:call-template></xsl:otherwise></xsl:choose><xsl:text> </xsl:text><xsl:call-template name="money"/></li></xsl:for-each>
        <xsl:if test="count(d:receipt) > $funds_most"><li><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:receipt) - $funds_most"/> 笔，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:receipt) - $funds_most"/> more: </xsl:otherwise></xsl:choose><a href="data/receipts.csv">CSV</a></li></xsl:if>
      </ul></details>
    </xsl:if>
  </xsl:template>

  <!-- ==== How income is shared ==== -->

  <xsl:template match="d:distribution">
    <div class="card">
      <h3><xsl:choose><xsl:when test="$zh"><xsl:value-of select="@year"/> 年<xsl:choose><xsl:when test="@income = 'photovoltaic'">光伏</xsl:when><xsl:otherwise>资产</xsl:otherwise></xsl:choose>收益怎么分</xsl:when><xsl:otherwise>How <xsl:choose><xsl:when test="@income = 'photovoltaic'">income from the sun</xsl:when><xsl:otherwise>income</xsl:otherwise></xsl:choose> of <xsl:value-of select="@year"/> is shared</xsl:otherwise></xsl:choose></h3>
      <p><xsl:choose><xsl:when test="$zh">一共分 </xsl:when><xsl:otherwise>Shared in all: </xsl:otherwise></xsl:choose><xsl:for-each select="d:amount"><xsl:call-template name="money"/></xsl:for-each><xsl:value-of select="$w.stop"/></p>
      <xsl:variable name="all" select="d:amount/@fen"/>
      <xsl:if test="$all > 0">
        <svg viewBox="0 0 340 26" role="img">
          <title><xsl:for-each select="d:use"><xsl:if test="position() > 1"><xsl:value-of select="$w.comma"/></xsl:if><xsl:call-template name="income_word"><xsl:with-param name="of" select="'use'"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="@yuan"/></xsl:for-each></title>
          <defs>
            <pattern id="use_relief" width="7" height="7" patternUnits="userSpaceOnUse"><rect width="7" height="7" fill="#f6cfd6"/><path d="M0 3.5H7M3.5 0V7" stroke="#9c1d3a" stroke-width="1.6"/></pattern>
            <pattern id="use_village" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="8" height="8" fill="#e2d6f2"/><rect width="2" height="8" fill="#5b2d91"/></pattern>
          </defs>
          <xsl:for-each select="d:use">
            <xsl:variable name="pattern"><xsl:call-template name="income_word"><xsl:with-param name="of" select="'pattern'"/></xsl:call-template></xsl:variable>
            <rect x="{format-number(1 + 338 * sum(preceding-sibling::d:use/@fen) div $all, '0.#')}" y="1" width="{format-number(338 * @fen div $all, '0.#')}" height="24" fill="url(#{$pattern})" stroke="#333"/>
          </xsl:for-each>
        </svg>
      </xsl:if>
      <ul class="uses"><xsl:for-each select="d:use">
        <xsl:variable name="name" select="@name"/>
        <xsl:variable name="pattern"><xsl:call-template name="income_word"><xsl:with-param name="of" select="'pattern'"/></xsl:call-template></xsl:variable>
        <li><svg class="key" viewBox="0 0 18 18" aria-hidden="true" focusable="false"><rect x="1" y="1" width="16" height="16" fill="url(#{$pattern})" stroke="#333"/></svg><xsl:call-template name="income_word"><xsl:with-param name="of" select="'use'"/></xsl:call-template><xsl:text> </xsl:text><xsl:call-template name="money"/>
        <xsl:for-each select="../d:share[@use = $name][position() &lt;= 5]"><xsl:if test="@people or @text or @for != /d:disclosure/@division"><br/><span class="dim"><xsl:if test="@for != /d:disclosure/@division"><xsl:call-template name="own"><xsl:with-param name="text" select="@for_name"/></xsl:call-template><xsl:text> </xsl:text></xsl:if><xsl:if test="@people"><xsl:choose><xsl:when test="$zh"><xsl:value-of select="@people"/><xsl:choose><xsl:when test="@use = 'households'"> 户</xsl:when><xsl:otherwise> 人</xsl:otherwise></xsl:choose></xsl:when><xsl:otherwise><xsl:value-of select="@people"/><xsl:choose><xsl:when test="@use = 'households'"> households</xsl:when><xsl:otherwise> people</xsl:otherwise></xsl:choose></xsl:otherwise></xsl:choose><xsl:text> </xsl:text></xsl:if><xsl:call-template name="own"><xsl:with-param name="text" select="@text"/></xsl:call-template></span></xsl:if></xsl:for-each></li>
      </xsl:for-each></ul>
      <p><xsl:choose><xsl:when test="$zh">按什么分：</xsl:when><xsl:otherwise>By: </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@basis, '。', @rule)"/></xsl:call-template><br/><span class="dim"><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@document, '，', @date)"/></xsl:call-template></span></p>
      <p><xsl:choose>
        <xsl:when test="d:paid and $zh">已经付了 <xsl:for-each select="d:paid"><xsl:call-template name="money"/></xsl:for-each>。</xsl:when>
        <xsl:when test="d:paid">Paid so far: <xsl:for-each select="d:paid"><xsl:call-template name="money"/></xsl:for-each>.</xsl:when>
        <xsl:when test="$zh">付了多少没有公布：里面有发给个人的钱，公布了会看出某一家拿了多少。</xsl:when>
        <xsl:otherwise>What was paid is withheld: it would tell what one household got.</xsl:otherwise>
      </xsl:choose></p>
    </div>
  </xsl:template>

  <!-- ==== Debts and the standard list ==== -->

  <xsl:template name="debts">
    <xsl:if test="d:debt">
      <h3><xsl:choose><xsl:when test="$zh">村里欠的钱</xsl:when><xsl:otherwise>What the village owes</xsl:otherwise></xsl:choose></h3>
      <ul><xsl:for-each select="d:debt[position() &lt;= $funds_most]"><li><xsl:choose><xsl:when test="$zh">欠<xsl:call-template name="party"/>：</xsl:when><xsl:otherwise>To <xsl:call-template name="party"/>: </xsl:otherwise></xsl:choose><xsl:for-each select="d:amount"><xsl:call-template name="money"/></xsl:for-each><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="@reason"/></xsl:call-template><xsl:value-of select="$w.stop"/>
        <xsl:choose><xsl:when test="@cleared_on and $zh"><b><xsl:value-of select="@cleared_on"/> 还清了。</b></xsl:when><xsl:when test="@cleared_on"><b>Cleared on <xsl:value-of select="@cleared_on"/>.</b></xsl:when><xsl:when test="$zh">已经还了 <xsl:for-each select="d:cleared"><xsl:call-template name="money"/></xsl:for-each>。</xsl:when><xsl:otherwise>Paid back so far: <xsl:for-each select="d:cleared"><xsl:call-template name="money"/></xsl:for-each>.</xsl:otherwise></xsl:choose></li></xsl:for-each></ul>
      <xsl:if test="count(d:debt) > $funds_most"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:debt) - $funds_most"/> 笔，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:debt) - $funds_most"/> more: </xsl:otherwise></xsl:choose><a href="data/village_debts.csv">CSV</a></p></xsl:if>
    </xsl:if>
  </xsl:template>

  <xsl:template name="standards">
    <xsl:if test="d:standard">
      <details><summary><xsl:choose><xsl:when test="$zh">达标情况：<xsl:value-of select="count(d:standard)"/> 项里达到 <xsl:value-of select="count(d:standard[@met = 'true'])"/> 项</xsl:when><xsl:otherwise>Standards: <xsl:value-of select="count(d:standard[@met = 'true'])"/> of <xsl:value-of select="count(d:standard)"/> are met</xsl:otherwise></xsl:choose></summary>
      <ul><xsl:for-each select="d:standard[position() &lt;= $rows_most]"><li><xsl:choose><xsl:when test="@met = 'true' and $zh">✓ 达到：</xsl:when><xsl:when test="@met = 'true'">✓ met: </xsl:when><xsl:when test="$zh">✗ 没达到：</xsl:when><xsl:otherwise>✗ not met: </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="@item"/></xsl:call-template><span class="dim"><xsl:choose><xsl:when test="@computed = 'true' and $zh">（账本算出来的）</xsl:when><xsl:when test="@computed = 'true'"> (computed from the books)</xsl:when><xsl:otherwise><xsl:text> </xsl:text><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@date, ' ', @evidence)"/></xsl:call-template></xsl:otherwise></xsl:choose></span></li></xsl:for-each></ul></details>
    </xsl:if>
  </xsl:template>

  <xsl:template match="d:income">
    <h2><xsl:choose><xsl:when test="$zh">资产挣的钱</xsl:when><xsl:otherwise>What assets earn</xsl:otherwise></xsl:choose></h2>
    <xsl:choose>
      <xsl:when test="d:band"><xsl:call-template name="villages_income"/></xsl:when>
      <xsl:otherwise><xsl:for-each select="d:village"><xsl:call-template name="own_income"/></xsl:for-each></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="leases"/>
    <xsl:apply-templates select="d:distribution[position() &lt;= $cards_most + 1]"/>
    <xsl:if test="count(d:distribution) > $cards_most + 1"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:distribution) - $cards_most - 1"/> 个分配方案，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:distribution) - $cards_most - 1"/> more plans: </xsl:otherwise></xsl:choose><a href="data/distributions.csv">CSV</a></p></xsl:if>
    <xsl:call-template name="debts"/>
    <xsl:call-template name="standards"/>
  </xsl:template>

  <!-- ==== Mutual aid ==== -->

  <xsl:template match="d:mutual_aid">
    <h2><xsl:choose><xsl:when test="$zh">互助资金</xsl:when><xsl:otherwise>Mutual aid</xsl:otherwise></xsl:choose></h2>
    <xsl:for-each select="d:pool">
      <p><xsl:choose><xsl:when test="$zh">村里的互助资金借给社员用，由<xsl:value-of select="@bank"/>管账<xsl:if test="@entrusted_until">，管到 <xsl:value-of select="@entrusted_until"/></xsl:if>。</xsl:when><xsl:otherwise>The village lends to its members; <xsl:call-template name="own"><xsl:with-param name="text" select="@bank"/></xsl:call-template> keeps the accounts<xsl:if test="@entrusted_until"> until <xsl:value-of select="@entrusted_until"/></xsl:if>.</xsl:otherwise></xsl:choose></p>
      <xsl:choose>
        <xsl:when test="@withheld"><p class="warn"><xsl:choose><xsl:when test="$zh">里面有多少钱、借了多少没有公布：借的户太少，公布了会看出某一家借了多少。</xsl:when><xsl:otherwise>What is in it and what was lent is withheld: so few borrowed that it would tell how much one household owes.</xsl:otherwise></xsl:choose></p></xsl:when>
        <xsl:otherwise><ul class="sums">
          <xsl:for-each select="d:available"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">还能借的</xsl:when><xsl:otherwise>Can be lent</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
          <xsl:for-each select="d:outstanding"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">借出去还没还的</xsl:when><xsl:otherwise>Lent and not repaid</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
          <xsl:for-each select="d:lent"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">一共借出过</xsl:when><xsl:otherwise>Lent in all</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
          <xsl:for-each select="d:repaid"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">一共还回来</xsl:when><xsl:otherwise>Repaid in all</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
        </ul></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="d:provision"><p><xsl:choose><xsl:when test="$zh">防风险留的钱 </xsl:when><xsl:otherwise>Kept for losses: </xsl:otherwise></xsl:choose><xsl:call-template name="money"/><xsl:value-of select="$w.stop"/></p></xsl:for-each>
    </xsl:for-each>
    <p class="dim"><xsl:choose><xsl:when test="$zh">谁借了、欠到什么时候，是各家的事，不公布。</xsl:when><xsl:otherwise>Who borrowed and until when is each household’s own matter and isn’t published.</xsl:otherwise></xsl:choose></p>
  </xsl:template>
</xsl:stylesheet>
