<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_assets.xsl - what the money became: sums by class first, then the assets of the place, how each
  is kept, where its money came from; what was raised for upkeep.

  What needs somebody stands first in a card and is marked in words, not by colour alone. Rights, money
  and repairs that were done are folded.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">
  <xsl:variable name="assets_most" select="16 * ($short = '') + 6 * ($short = '1') + 3 * ($short = '2')"/>
  <xsl:variable name="aw">|zh.state.in_use=在用|en.state.in_use=in use|zh.state.idle=闲置|en.state.idle=idle|zh.state.damaged=损毁|en.state.damaged=damaged|zh.state.missing=盘亏（没找到）|en.state.missing=missing|zh.state.scrapped=报废|en.state.scrapped=scrapped|zh.state.disposed=已处置|en.state.disposed=disposed of|zh.class.operational=经营性资产|en.class.operational=earning income|zh.class.public_welfare=公益性资产|en.class.public_welfare=for everybody|zh.holder.county=归县里|en.holder.county=the county’s|zh.holder.township=归乡镇|en.holder.township=a township’s|zh.holder.village=归村里|en.holder.village=a village’s|zh.holder.none=还没确权|en.holder.none=nobody’s yet|zh.clear.scope=管到哪里|en.clear.scope=what is kept|zh.clear.title=归谁|en.clear.title=whose it is|zh.clear.standard=管成什么样|en.clear.standard=by what standard|zh.clear.money=管护的钱哪里来|en.clear.money=with what money|zh.clear.responsibility=谁负责|en.clear.responsibility=who answers|zh.route.market=请公司管|en.route.market=kept by a company|zh.route.self=自己管|en.route.self=kept by the village|zh.route.specialist=专业队伍管|en.route.specialist=kept by specialists|zh.funding.project=项目资金|en.funding.project=project money|zh.funding.outside=账外的钱|en.funding.outside=money outside these accounts|zh.funding.inherited=以前的钱|en.funding.inherited=money from before|zh.funding.gift=捐赠|en.funding.gift=a gift|zh.funding.labour=投工投劳|en.funding.labour=people’s own labour|</xsl:variable>

  <xsl:template name="asset_word">
    <xsl:param name="of"/>
    <xsl:param name="name" select="@name"/>
    <xsl:value-of select="substring-before(substring-after($aw, concat('|', $lang, '.', $of, '.', $name, '=')), '|')"/>
  </xsl:template>

  <!-- ==== Sums ==== -->

  <xsl:template name="asset_counts">
    <ul>
      <xsl:for-each select="d:class"><li><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'class'"/></xsl:call-template><xsl:choose><xsl:when test="$zh"><xsl:text> </xsl:text><xsl:value-of select="@count"/> 项，原值 </xsl:when><xsl:otherwise>: <xsl:value-of select="@count"/>, worth </xsl:otherwise></xsl:choose><xsl:for-each select="d:original"><xsl:call-template name="money"/></xsl:for-each></li></xsl:for-each>
      <xsl:for-each select="d:of_households"><li><xsl:choose><xsl:when test="$zh">到户资产 <xsl:value-of select="@count"/> 项，原值 </xsl:when><xsl:otherwise>with households: <xsl:value-of select="@count"/>, worth </xsl:otherwise></xsl:choose><xsl:for-each select="d:original"><xsl:call-template name="money"/></xsl:for-each></li></xsl:for-each>
      <xsl:if test="count(d:owned_by) > 1 or d:owned_by[@name = 'none']"><li><xsl:for-each select="d:owned_by"><xsl:if test="position() > 1"><xsl:value-of select="$w.comma"/></xsl:if><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'holder'"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="@count"/><xsl:if test="$zh"> 项</xsl:if></xsl:for-each></li></xsl:if>
    </ul>
    <xsl:if test="d:of_households"><p class="dim"><xsl:choose><xsl:when test="$zh">到户资产只公布三户以上合计，一户一户的不公布。</xsl:when><xsl:otherwise>What households have is told only in sums over three of them at least.</xsl:otherwise></xsl:choose></p></xsl:if>
    <xsl:variable name="worry" select="d:in_state[@name != 'in_use' and @name != 'disposed']"/>
    <xsl:if test="$worry"><p class="warn"><xsl:for-each select="$worry"><xsl:if test="position() > 1"><xsl:value-of select="$w.comma"/></xsl:if><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'state'"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="@count"/><xsl:if test="$zh"> 项</xsl:if></xsl:for-each><xsl:value-of select="$w.stop"/></p></xsl:if>
    <xsl:for-each select="d:clarity"><p>
      <xsl:choose><xsl:when test="$zh">管护要说清五样：归谁、管到哪里、管成什么样、管护的钱哪里来、谁负责。<xsl:value-of select="@assets"/> 项里有 <b><xsl:value-of select="@complete"/> 项</b>五样都说清了。</xsl:when><xsl:otherwise>Five things must be clear of each: whose it is, what is kept, by what standard, with what money, who answers. All five are clear of <b><xsl:value-of select="@complete"/></b> of <xsl:value-of select="@assets"/>. </xsl:otherwise></xsl:choose>
      <xsl:if test="d:unclear"><xsl:choose><xsl:when test="$zh">还没说清的：</xsl:when><xsl:otherwise>Not clear yet: </xsl:otherwise></xsl:choose><xsl:for-each select="d:unclear"><xsl:if test="position() > 1"><xsl:value-of select="$w.comma"/></xsl:if><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'clear'"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="@count"/><xsl:if test="$zh"> 项</xsl:if></xsl:for-each><xsl:value-of select="$w.stop"/></xsl:if>
    </p></xsl:for-each>
  </xsl:template>

  <!-- ==== How an asset is kept ==== -->

  <!-- Names of what isn't clear, out of a text with a space between them. -->
  <xsl:template name="unclear_names">
    <xsl:param name="names"/>
    <xsl:call-template name="asset_word"><xsl:with-param name="of" select="'clear'"/><xsl:with-param name="name" select="substring-before(concat($names, ' '), ' ')"/></xsl:call-template>
    <xsl:if test="contains($names, ' ')"><xsl:choose><xsl:when test="$zh">、</xsl:when><xsl:otherwise>, </xsl:otherwise></xsl:choose><xsl:call-template name="unclear_names"><xsl:with-param name="names" select="substring-after($names, ' ')"/></xsl:call-template></xsl:if>
  </xsl:template>

  <!-- The office, its telephone, the last inspection and the next day; what is open. -->
  <xsl:template name="asset_upkeep">
    <xsl:variable name="as_of" select="translate(../@as_of, '-', '')"/>
    <xsl:for-each select="d:upkeep">
      <p><xsl:choose>
        <xsl:when test="@unit"><xsl:choose><xsl:when test="$zh">谁管：</xsl:when><xsl:otherwise>Kept by: </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="@unit"/></xsl:call-template><xsl:if test="@office_phone"><xsl:text> </xsl:text><a href="tel:{@office_phone}"><xsl:value-of select="@office_phone"/></a></xsl:if><xsl:value-of select="$w.open"/><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'route'"/><xsl:with-param name="name" select="@route"/></xsl:call-template><xsl:value-of select="$w.close"/></xsl:when>
        <xsl:when test="$zh"><b>谁管：还没有人管</b></xsl:when>
        <xsl:otherwise><b>Kept by nobody yet</b></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@inspected"><br/><xsl:choose><xsl:when test="$zh">上次检查 </xsl:when><xsl:otherwise>Last inspected </xsl:otherwise></xsl:choose><time><xsl:value-of select="@inspected"/></time><xsl:if test="@found"><xsl:value-of select="$w.comma"/><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'state'"/><xsl:with-param name="name" select="@found"/></xsl:call-template></xsl:if></xsl:if>
      <xsl:if test="@next"><br/><xsl:choose><xsl:when test="$zh">下次应检 </xsl:when><xsl:otherwise>Next due </xsl:otherwise></xsl:choose><time><xsl:value-of select="@next"/></time><xsl:if test="translate(@next, '-', '') &lt;= $as_of"><b><xsl:choose><xsl:when test="$zh">（到了日子还没查）</xsl:when><xsl:otherwise> (not done yet)</xsl:otherwise></xsl:choose></b></xsl:if></xsl:if>
      </p>
      <xsl:if test="@unclear"><p class="warn"><xsl:choose><xsl:when test="$zh">还没说清：</xsl:when><xsl:otherwise>Not clear yet: </xsl:otherwise></xsl:choose><xsl:call-template name="unclear_names"><xsl:with-param name="names" select="@unclear"/></xsl:call-template><xsl:value-of select="$w.stop"/><xsl:choose><xsl:when test="$zh">五样说清了 <xsl:value-of select="@score"/> 样。</xsl:when><xsl:otherwise><xsl:value-of select="@score"/> of five are.</xsl:otherwise></xsl:choose></p></xsl:if>
    </xsl:for-each>
    <xsl:for-each select="d:work[not(@done)]"><p class="warn"><xsl:choose><xsl:when test="$zh">在修：</xsl:when><xsl:otherwise>Being repaired: </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="@fault"/></xsl:call-template><xsl:choose><xsl:when test="$zh">，<xsl:value-of select="@date"/> 派单，应在 <xsl:value-of select="@due"/> 前修好</xsl:when><xsl:otherwise>, ordered on <xsl:value-of select="@date"/>, to be done by <xsl:value-of select="@due"/></xsl:otherwise></xsl:choose><xsl:if test="translate(@due, '-', '') &lt; $as_of"><b><xsl:choose><xsl:when test="$zh">（过期了）</xsl:when><xsl:otherwise> (overdue)</xsl:otherwise></xsl:choose></b></xsl:if><xsl:value-of select="$w.stop"/></p></xsl:for-each>
  </xsl:template>

  <!-- Where a part of its value came from; to the project and the fund where they have a page. -->
  <xsl:template name="asset_part">
    <xsl:choose>
      <xsl:when test="@project and key('here', @project)"><xsl:for-each select="key('here', @project)"><xsl:call-template name="project_link"/></xsl:for-each></xsl:when>
      <xsl:when test="@project"><xsl:call-template name="own"><xsl:with-param name="text" select="@project_name"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'funding'"/><xsl:with-param name="name" select="@funding"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@fund"><xsl:value-of select="$w.comma"/><xsl:choose><xsl:when test="key('fund', @fund)"><xsl:call-template name="fund_link"><xsl:with-param name="code" select="@fund"/></xsl:call-template></xsl:when><xsl:otherwise><xsl:call-template name="own"><xsl:with-param name="text" select="@fund_name"/></xsl:call-template></xsl:otherwise></xsl:choose></xsl:if>
    <xsl:if test="@source"><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="@source"/></xsl:call-template></xsl:if>
    <xsl:if test="@year"><xsl:value-of select="$w.comma"/><xsl:call-template name="from_words"/><xsl:text> </xsl:text><xsl:value-of select="@year"/></xsl:if>
    <xsl:if test="@document"><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="@document"/></xsl:call-template></xsl:if>
    <xsl:text> </xsl:text><xsl:call-template name="money"/>
  </xsl:template>

  <xsl:template name="right">
    <xsl:param name="zh_label"/>
    <xsl:param name="en_label"/>
    <xsl:param name="who"/>
    <xsl:if test="string($who) != ''"><li><xsl:choose><xsl:when test="$zh"><xsl:value-of select="$zh_label"/></xsl:when><xsl:otherwise><xsl:value-of select="$en_label"/></xsl:otherwise></xsl:choose><xsl:value-of select="$w.colon"/><xsl:call-template name="own"><xsl:with-param name="text" select="$who"/></xsl:call-template></li></xsl:if>
  </xsl:template>

  <xsl:template match="d:asset">
    <div class="card">
      <h3><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></h3>
      <p><span class="dim"><xsl:value-of select="@code"/> · <xsl:call-template name="asset_word"><xsl:with-param name="of" select="'class'"/><xsl:with-param name="name" select="@class"/></xsl:call-template> · <xsl:call-template name="own"><xsl:with-param name="text" select="concat(@place, ' · ', format-number(@quantity_thousandths div 1000, '0.###'), ' ', @unit)"/></xsl:call-template></span>
      <br/><b><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'state'"/><xsl:with-param name="name" select="@state"/></xsl:call-template></b><xsl:if test="@state != 'in_use' and @state_since"><xsl:choose><xsl:when test="$zh">（<xsl:value-of select="@state_since"/> 起）</xsl:when><xsl:otherwise> (since <xsl:value-of select="@state_since"/>)</xsl:otherwise></xsl:choose></xsl:if><xsl:choose><xsl:when test="$zh">，花了 </xsl:when><xsl:otherwise>, cost </xsl:otherwise></xsl:choose><xsl:for-each select="d:original"><xsl:call-template name="money"/></xsl:for-each></p>
      <xsl:call-template name="asset_upkeep"/>
      <details><summary><xsl:choose>
        <xsl:when test="$zh and @owner">归谁、花的是哪里的钱</xsl:when><xsl:when test="$zh">还没确权；花的是哪里的钱</xsl:when>
        <xsl:when test="@owner">Whose it is, where its money came from</xsl:when><xsl:otherwise>No title yet; where its money came from</xsl:otherwise></xsl:choose></summary>
      <ul>
        <xsl:call-template name="right"><xsl:with-param name="zh_label" select="'归谁'"/><xsl:with-param name="en_label" select="'Owner'"/><xsl:with-param name="who" select="@owner"/></xsl:call-template>
        <xsl:call-template name="right"><xsl:with-param name="zh_label" select="'谁经营'"/><xsl:with-param name="en_label" select="'Operated by'"/><xsl:with-param name="who" select="@operator"/></xsl:call-template>
        <xsl:call-template name="right"><xsl:with-param name="zh_label" select="'挣的钱归谁'"/><xsl:with-param name="en_label" select="'Its income goes to'"/><xsl:with-param name="who" select="@income"/></xsl:call-template>
        <xsl:call-template name="right"><xsl:with-param name="zh_label" select="'谁定怎么分'"/><xsl:with-param name="en_label" select="'Who decides on that'"/><xsl:with-param name="who" select="@distribution"/></xsl:call-template>
        <xsl:call-template name="right"><xsl:with-param name="zh_label" select="'谁能处置'"/><xsl:with-param name="en_label" select="'Who may dispose of it'"/><xsl:with-param name="who" select="@disposal"/></xsl:call-template>
        <xsl:call-template name="right"><xsl:with-param name="zh_label" select="'谁监督'"/><xsl:with-param name="en_label" select="'Supervised by'"/><xsl:with-param name="who" select="@supervision"/></xsl:call-template>
        <xsl:for-each select="d:part[position() &lt;= 6]"><li><xsl:choose><xsl:when test="$zh">钱从：</xsl:when><xsl:otherwise>Money from: </xsl:otherwise></xsl:choose><xsl:call-template name="asset_part"/></li></xsl:for-each>
        <xsl:if test="count(d:part) > 6"><li><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:part) - 6"/> 笔，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:part) - 6"/> more: </xsl:otherwise></xsl:choose><a href="data/asset_parts.csv">CSV</a></li></xsl:if>
        <xsl:for-each select="d:net[@fen != ../d:original/@fen]"><li><xsl:choose><xsl:when test="$zh">折旧以后还值：</xsl:when><xsl:otherwise>Less depreciation it is worth: </xsl:otherwise></xsl:choose><xsl:call-template name="money"/></li></xsl:for-each>
        <xsl:for-each select="d:work[@done][position() &lt;= 5]"><li><xsl:choose><xsl:when test="$zh">修过：</xsl:when><xsl:otherwise>Repaired: </xsl:otherwise></xsl:choose><xsl:value-of select="@done"/><xsl:text> </xsl:text><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@fault, '，', @result, '，', @by)"/></xsl:call-template><xsl:text> </xsl:text><xsl:for-each select="d:cost"><xsl:call-template name="money"/></xsl:for-each></li></xsl:for-each>
      </ul></details>
    </div>
  </xsl:template>

  <xsl:template match="d:assets">
    <h2 id="assets"><xsl:choose><xsl:when test="$zh">形成的资产</xsl:when><xsl:otherwise>Assets</xsl:otherwise></xsl:choose></h2>
    <xsl:call-template name="asset_counts"/>
    <xsl:apply-templates select="d:asset[position() &lt;= $assets_most]"/>
    <xsl:if test="count(d:asset) > $assets_most"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:asset) - $assets_most"/> 项，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:asset) - $assets_most"/> more: </xsl:otherwise></xsl:choose><a href="data/assets.csv"><xsl:choose><xsl:when test="$zh">资产表 CSV</xsl:when><xsl:otherwise>the table, CSV</xsl:otherwise></xsl:choose></a></p></xsl:if>
    <xsl:if test="not(d:asset)"><p class="dim"><xsl:choose><xsl:when test="$zh">一项一项的，写在它们所在的村、乡镇那一页。</xsl:when><xsl:otherwise>Each one stands on the page of the village or township where it is.</xsl:otherwise></xsl:choose></p></xsl:if>
  </xsl:template>

  <!-- The assets that a project became: on its page and its card. -->
  <xsl:template name="became">
    <xsl:param name="up"/>
    <xsl:if test="d:became">
      <ul>
        <xsl:for-each select="d:became[position() &lt;= 10]"><li><a href="{$up}{@division}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@asset_name"/></xsl:call-template></a><xsl:text> </xsl:text><span class="dim"><xsl:value-of select="@asset"/></span><xsl:text> </xsl:text><xsl:call-template name="money"/><xsl:for-each select="../d:outside[@line = current()/@line]"><br/><span class="dim"><xsl:choose><xsl:when test="$zh">账外的钱：</xsl:when><xsl:otherwise>money outside these accounts: </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="@source"/></xsl:call-template></span></xsl:for-each></li></xsl:for-each>
        <xsl:if test="count(d:became) > 10"><li><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:became) - 10"/> 笔，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:became) - 10"/> more: </xsl:otherwise></xsl:choose><a href="{$up}data/asset_parts.csv">CSV</a></li></xsl:if>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- ==== The money for upkeep ==== -->

  <xsl:template match="d:maintenance">
    <h2><xsl:choose><xsl:when test="$zh">管护的钱</xsl:when><xsl:otherwise>Money for upkeep</xsl:otherwise></xsl:choose></h2>
    <xsl:for-each select="d:body"><p><xsl:choose><xsl:when test="$zh">管护机构：</xsl:when><xsl:otherwise>Who looks after assets here: </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template><xsl:if test="@office_phone"><br/><a class="call" href="tel:{@office_phone}"><xsl:value-of select="@office_phone"/></a></xsl:if></p></xsl:for-each>
    <xsl:if test="d:source"><ul>
      <xsl:for-each select="d:source[position() &lt;= $rows_most]"><li><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template><xsl:text> </xsl:text><xsl:call-template name="money"/></li></xsl:for-each>
    </ul></xsl:if>
    <xsl:if test="d:source or d:paid/@fen != 0"><p><xsl:choose><xsl:when test="$zh">一共筹了 <xsl:for-each select="d:raised"><xsl:call-template name="money"/></xsl:for-each>；修这里的资产已经付了 <xsl:for-each select="d:paid"><xsl:call-template name="money"/></xsl:for-each>。</xsl:when><xsl:otherwise>Raised in all: <xsl:for-each select="d:raised"><xsl:call-template name="money"/></xsl:for-each>; paid for repairs of assets here: <xsl:for-each select="d:paid"><xsl:call-template name="money"/></xsl:for-each>.</xsl:otherwise></xsl:choose></p></xsl:if>
  </xsl:template>
</xsl:stylesheet>
