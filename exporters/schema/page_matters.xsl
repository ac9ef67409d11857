<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_matters.xsl - the nine matters that the rules say must be disclosed: a line each, with what there
  is to tell and where and how long it hung, opened by a touch.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">
  <xsl:variable name="told_most" select="3 + 9 * ($short = '')"/>
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
      <xsl:otherwise>Complaints and their outcome</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="d:matters">
    <h2><xsl:choose><xsl:when test="$zh">规定要公开的九件事</xsl:when><xsl:otherwise>The nine things that must be disclosed</xsl:otherwise></xsl:choose></h2>
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
      <xsl:if test="$told"><ul><xsl:for-each select="$told[position() &lt;= $told_most]"><li><xsl:apply-templates select="." mode="told"/></li></xsl:for-each></ul></xsl:if>
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

  <xsl:template match="d:in_bank | d:left_bank | d:completed | d:before | d:after" mode="told">
    <xsl:if test="@date"><xsl:value-of select="concat(@date, ' ')"/></xsl:if>
    <xsl:choose>
      <xsl:when test="key('here', @code)"><xsl:call-template name="project_link"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@name, '，', @division_name)"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="self::d:left_bank and $zh">，出库</xsl:when><xsl:when test="self::d:left_bank">, left the bank</xsl:when>
      <xsl:when test="self::d:before and $zh">，开工前</xsl:when><xsl:when test="self::d:before">, before it begins</xsl:when>
      <xsl:when test="self::d:after and $zh">，完工后</xsl:when><xsl:when test="self::d:after">, after it was finished</xsl:when>
      <xsl:when test="@done='true' and $zh">，做完了</xsl:when><xsl:when test="@done='true'">, done</xsl:when>
      <xsl:when test="@done='false' and $zh">，没做完</xsl:when><xsl:when test="@done='false'">, not done</xsl:when>
    </xsl:choose>
    <xsl:for-each select="d:planned"><xsl:value-of select="concat($w.comma, $w.planned, ' ')"/><xsl:call-template name="money"/></xsl:for-each>
    <xsl:for-each select="d:paid"><xsl:value-of select="concat($w.comma, $w.paid, ' ')"/><xsl:call-template name="money"/></xsl:for-each>
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
