<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_custody.xsl - what becomes of assets: handed over, disposed of with each step, counted.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">
  <xsl:variable name="cw">|zh.cause.agreement_ended=协议到期|en.cause.agreement_ended=the agreement ended|zh.cause.covered=被新项目覆盖|en.cause.covered=a new project takes its place|zh.cause.demolished=规划拆除|en.cause.demolished=demolished|zh.cause.disaster=自然灾害|en.cause.disaster=a disaster|zh.cause.idle=闲置|en.cause.idle=idle|zh.cause.other=其他原因|en.cause.other=another cause|zh.cause.worn_out=用坏了|en.cause.worn_out=worn out|zh.method.auction=拍卖|en.method.auction=auction|zh.method.conversion=改作别用|en.method.conversion=another use|zh.method.loss=报损|en.method.loss=written off as lost|zh.method.scrapping=报废|en.method.scrapping=scrapped|zh.method.suspension=停用|en.method.suspension=out of use|zh.method.transfer=转让|en.method.transfer=transfer|zh.step.branch_proposal=村党支部提议|en.step.branch_proposal=proposed by the party branch|zh.step.committees=村两委商议|en.step.committees=discussed by the two committees|zh.step.party_review=党员大会审议|en.step.party_review=reviewed by party members|zh.step.decision=村民代表会议决议|en.step.decision=resolved by the villagers|zh.step.decision_notice=决议公开|en.step.decision_notice=resolution made public|zh.step.result_notice=结果公开|en.step.result_notice=result made public|zh.step.township_check=乡镇审核|en.step.township_check=checked by the township|zh.step.sector_opinion=主管部门意见|en.step.sector_opinion=opinion of the sector’s office|zh.step.county_approval=县级审批|en.step.county_approval=approved by the county|zh.step.valuation=资产评估|en.step.valuation=valued|zh.step.open_market=公开交易|en.step.open_market=offered on the open market|zh.step.announcement=公告|en.step.announcement=announced|zh.handover.listed=还没移交|en.handover.listed=not given yet|zh.handover.given=已经移交，还没签收|en.handover.given=given, not taken yet|zh.handover.taken=双方签了字，办完了|en.handover.taken=signed by both, done|zh.handover.dropped=不移交了|en.handover.dropped=given up|zh.disposal.open=正在办|en.disposal.open=under way|zh.disposal.finished=办完了|en.disposal.finished=done|zh.disposal.dropped=不处置了|en.disposal.dropped=given up|</xsl:variable>

  <xsl:template name="custody_word">
    <xsl:param name="of"/>
    <xsl:param name="name" select="@name"/>
    <xsl:value-of select="substring-before(substring-after($cw, concat('|', $lang, '.', $of, '.', $name, '=')), '|')"/>
  </xsl:template>

  <xsl:template match="d:handover">
    <li><b><xsl:call-template name="own"><xsl:with-param name="text" select="@giver_name"/></xsl:call-template> → <xsl:call-template name="own"><xsl:with-param name="text" select="@taker_name"/></xsl:call-template></b><xsl:value-of select="$w.colon"/><xsl:for-each select="d:handed[position() &lt;= 5]"><xsl:if test="position() > 1"><xsl:value-of select="$w.comma"/></xsl:if><xsl:call-template name="own"><xsl:with-param name="text" select="@asset_name"/></xsl:call-template></xsl:for-each>
      <xsl:if test="count(d:handed) > 5"><xsl:choose><xsl:when test="$zh">，还有 <xsl:value-of select="count(d:handed) - 5"/> 项，见</xsl:when><xsl:otherwise>, and <xsl:value-of select="count(d:handed) - 5"/> more: </xsl:otherwise></xsl:choose><a href="data/handovers.csv">CSV</a></xsl:if>
      <br/><xsl:call-template name="custody_word"><xsl:with-param name="of" select="'handover'"/><xsl:with-param name="name" select="@state"/></xsl:call-template><xsl:text> </xsl:text><time><xsl:value-of select="(@dropped_on | @taken_on | @given_on | @listed_on)[last()]"/></time></li>
  </xsl:template>

  <xsl:template match="d:disposed">
    <div class="card">
      <h3><xsl:call-template name="own"><xsl:with-param name="text" select="@asset_name"/></xsl:call-template><xsl:value-of select="$w.colon"/><xsl:call-template name="custody_word"><xsl:with-param name="of" select="'method'"/><xsl:with-param name="name" select="@method"/></xsl:call-template></h3>
      <p><b><xsl:call-template name="custody_word"><xsl:with-param name="of" select="'disposal'"/><xsl:with-param name="name" select="@state"/></xsl:call-template></b><xsl:if test="@ended_on"><xsl:text> </xsl:text><time><xsl:value-of select="@ended_on"/></time></xsl:if><xsl:value-of select="$w.stop"/><xsl:choose><xsl:when test="$zh">为什么：</xsl:when><xsl:otherwise>Why: </xsl:otherwise></xsl:choose><xsl:call-template name="custody_word"><xsl:with-param name="of" select="'cause'"/><xsl:with-param name="name" select="@cause"/></xsl:call-template><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="@text"/></xsl:call-template><xsl:value-of select="$w.stop"/></p>
      <xsl:if test="d:proceeds"><p><xsl:if test="d:valuation/@fen != 0"><xsl:choose><xsl:when test="$zh">估价 </xsl:when><xsl:otherwise>Valued at </xsl:otherwise></xsl:choose><xsl:for-each select="d:valuation"><xsl:call-template name="money"/></xsl:for-each><xsl:value-of select="$w.comma"/></xsl:if><xsl:choose><xsl:when test="d:proceeds/@fen = 0 and $zh">没有卖出钱</xsl:when><xsl:when test="d:proceeds/@fen = 0">it brought nothing</xsl:when><xsl:when test="$zh">收到 <xsl:for-each select="d:proceeds"><xsl:call-template name="money"/></xsl:for-each></xsl:when><xsl:otherwise>brought <xsl:for-each select="d:proceeds"><xsl:call-template name="money"/></xsl:for-each></xsl:otherwise></xsl:choose><xsl:value-of select="$w.stop"/></p></xsl:if>
      <xsl:if test="d:step"><details><summary><xsl:choose><xsl:when test="$zh">走过的每一步（<xsl:value-of select="count(d:step)"/> 步）</xsl:when><xsl:otherwise>Each step (<xsl:value-of select="count(d:step)"/>)</xsl:otherwise></xsl:choose></summary>
        <ol><xsl:for-each select="d:step"><li><time><xsl:value-of select="@date"/></time><xsl:text> </xsl:text><xsl:call-template name="custody_word"><xsl:with-param name="of" select="'step'"/></xsl:call-template><xsl:if test="@votes_for"><xsl:choose><xsl:when test="$zh">：同意 <b><xsl:value-of select="@votes_for"/></b> 票，反对 <xsl:value-of select="@votes_against"/> 票，弃权 <xsl:value-of select="@votes_abstained"/> 票</xsl:when><xsl:otherwise>: <b><xsl:value-of select="@votes_for"/></b> for, <xsl:value-of select="@votes_against"/> against, <xsl:value-of select="@votes_abstained"/> abstained</xsl:otherwise></xsl:choose></xsl:if><br/><span class="dim"><xsl:call-template name="own"><xsl:with-param name="text"><xsl:value-of select="@document"/><xsl:if test="@text"><xsl:value-of select="concat('，', @text)"/></xsl:if></xsl:with-param></xsl:call-template></span></li></xsl:for-each></ol></details></xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="d:difference">
    <li><xsl:call-template name="own"><xsl:with-param name="text" select="@asset_name"/></xsl:call-template><xsl:if test="@in != /d:disclosure/@division"><xsl:value-of select="$w.open"/><xsl:call-template name="own"><xsl:with-param name="text" select="@in_name"/></xsl:call-template><xsl:value-of select="$w.close"/></xsl:if><xsl:value-of select="$w.colon"/><b><xsl:choose>
      <xsl:when test="@found = 'missing' and @counted = 'false' and $zh">没有清点到，算作没找到</xsl:when>
      <xsl:when test="@found = 'missing' and @counted = 'false'">nobody counted it, so it counts as missing</xsl:when>
      <xsl:when test="@found = 'missing' and $zh">没找到</xsl:when>
      <xsl:when test="@found = 'missing'">not found</xsl:when>
      <xsl:when test="@found = 'elsewhere' and $zh">在别的地方（<xsl:value-of select="@seen_in_name"/>）</xsl:when>
      <xsl:when test="@found = 'elsewhere'">in another place (<xsl:call-template name="own"><xsl:with-param name="text" select="@seen_in_name"/></xsl:call-template>)</xsl:when>
      <xsl:otherwise><xsl:call-template name="asset_word"><xsl:with-param name="of" select="'state'"/><xsl:with-param name="name" select="@state"/></xsl:call-template> → <xsl:call-template name="asset_word"><xsl:with-param name="of" select="'state'"/><xsl:with-param name="name" select="@seen_state"/></xsl:call-template></xsl:otherwise>
    </xsl:choose></b><xsl:if test="@text"><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="@text"/></xsl:call-template></xsl:if></li>
  </xsl:template>

  <xsl:template match="d:stocktake">
    <p><xsl:choose><xsl:when test="$zh">盘点：</xsl:when><xsl:otherwise>Stock-taking: </xsl:otherwise></xsl:choose><xsl:value-of select="@opened_on"/><xsl:choose>
      <xsl:when test="@closed_on and $zh"> 到 <xsl:value-of select="@closed_on"/>。在原处的 <b><xsl:value-of select="@found"/></b> 项，没找到的 <b><xsl:value-of select="@missing"/></b> 项，在别处的 <b><xsl:value-of select="@elsewhere"/></b> 项，和登记的样子不同的 <b><xsl:value-of select="@changed"/></b> 项。</xsl:when>
      <xsl:when test="@closed_on"> to <xsl:value-of select="@closed_on"/>. In their place: <b><xsl:value-of select="@found"/></b>, missing: <b><xsl:value-of select="@missing"/></b>, elsewhere: <b><xsl:value-of select="@elsewhere"/></b>, in another state: <b><xsl:value-of select="@changed"/></b>.</xsl:when>
      <xsl:when test="$zh"> 开始，还没结束。</xsl:when>
      <xsl:otherwise>, not finished yet.</xsl:otherwise>
    </xsl:choose></p>
    <xsl:if test="d:difference"><ul><xsl:apply-templates select="d:difference[position() &lt;= $funds_most]"/>
      <xsl:if test="count(d:difference) > $funds_most"><li><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:difference) - $funds_most"/> 项，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:difference) - $funds_most"/> more: </xsl:otherwise></xsl:choose><a href="data/stocktake_differences.csv">CSV</a></li></xsl:if></ul></xsl:if>
  </xsl:template>

  <xsl:template match="d:custody">
    <h2><xsl:choose><xsl:when test="$zh">资产移交、处置和盘点</xsl:when><xsl:otherwise>Assets handed over, disposed of, counted</xsl:otherwise></xsl:choose></h2>
    <xsl:if test="d:handover">
      <p><xsl:choose><xsl:when test="$zh">移交：</xsl:when><xsl:otherwise>Handed over:</xsl:otherwise></xsl:choose></p>
      <ul><xsl:apply-templates select="d:handover[position() &lt;= $funds_most]"/></ul>
      <xsl:if test="count(d:handover) > $funds_most"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:handover) - $funds_most"/> 次，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:handover) - $funds_most"/> more: </xsl:otherwise></xsl:choose><a href="data/handovers.csv">CSV</a></p></xsl:if>
    </xsl:if>
    <xsl:if test="d:disposed"><p><xsl:choose><xsl:when test="$zh">处置：</xsl:when><xsl:otherwise>Disposed of:</xsl:otherwise></xsl:choose></p></xsl:if>
    <xsl:apply-templates select="d:disposed[position() &lt;= $cards_most + 1]"/>
    <xsl:if test="count(d:disposed) > $cards_most + 1"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:disposed) - $cards_most - 1"/> 件处置，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:disposed) - $cards_most - 1"/> more: </xsl:otherwise></xsl:choose><a href="data/disposals.csv">CSV</a></p></xsl:if>
    <xsl:apply-templates select="d:stocktake[position() > last() - 2]"/>
  </xsl:template>
</xsl:stylesheet>
