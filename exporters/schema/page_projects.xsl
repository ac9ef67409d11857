<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_projects.xsl - projects: on the page of their place, and one page each.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">

  <!-- From the folder of the period. -->
  <xsl:template name="project_folder">
    <xsl:param name="code" select="@code"/>
    <xsl:variable name="period" select="substring-before(substring-after($elsewhere, concat('&#10;', $code, ' ')), '&#10;')"/>
    <xsl:if test="$period != ''"><xsl:value-of select="concat('../', $period, '/')"/></xsl:if>
    <xsl:text>projects/</xsl:text>
  </xsl:template>

  <xsl:template name="project_link">
    <xsl:variable name="file"><xsl:call-template name="file_name"><xsl:with-param name="code" select="@code"/></xsl:call-template></xsl:variable>
    <xsl:variable name="folder"><xsl:call-template name="project_folder"/></xsl:variable>
    <a href="{$folder}{$file}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a>
  </xsl:template>

  <xsl:template name="stage">
    <xsl:choose>
      <xsl:when test="@accepted='true'"><xsl:value-of select="$w.accepted"/></xsl:when>
      <xsl:when test="@percent = 0"><xsl:value-of select="concat($w.no_progress, $w.comma, $w.not_accepted)"/></xsl:when>
      <xsl:when test="$zh">做到 <xsl:value-of select="@percent"/>%，<xsl:value-of select="$w.not_accepted"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="@percent"/>% done, <xsl:value-of select="$w.not_accepted"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="paid_words">
    <xsl:choose>
      <xsl:when test="d:paid and $zh">计划 <xsl:for-each select="d:planned"><xsl:call-template name="money"/></xsl:for-each>，已付 <xsl:for-each select="d:paid"><xsl:call-template name="money"/></xsl:for-each></xsl:when>
      <xsl:when test="d:paid">Planned <xsl:for-each select="d:planned"><xsl:call-template name="money"/></xsl:for-each>, paid <xsl:for-each select="d:paid"><xsl:call-template name="money"/></xsl:for-each></xsl:when>
      <xsl:when test="$zh">计划 <xsl:for-each select="d:planned"><xsl:call-template name="money"/></xsl:for-each>，已付多少没有公布</xsl:when>
      <xsl:otherwise>Planned <xsl:for-each select="d:planned"><xsl:call-template name="money"/></xsl:for-each>; what was paid is withheld</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What is planned is of these accounts alone. -->
  <xsl:template name="outside_words">
    <xsl:if test="d:outside"><xsl:choose><xsl:when test="$zh">另有账外的钱，不算在上面：</xsl:when><xsl:otherwise>Besides, in no sum above, money outside these accounts: </xsl:otherwise></xsl:choose><xsl:for-each select="d:outside"><xsl:if test="position() > 1"><xsl:value-of select="$w.comma"/></xsl:if><xsl:call-template name="own"><xsl:with-param name="text" select="@source"/></xsl:call-template><xsl:text> </xsl:text><xsl:for-each select="d:planned"><xsl:call-template name="money"/></xsl:for-each></xsl:for-each><xsl:value-of select="$w.stop"/></xsl:if>
  </xsl:template>

  <xsl:template match="d:projects">
    <xsl:variable name="all" select="d:project"/>
    <xsl:if test="$all">
      <h2><xsl:choose><xsl:when test="$zh">钱变成了什么</xsl:when><xsl:otherwise>What the money became</xsl:otherwise></xsl:choose></h2>
      <xsl:choose>
        <xsl:when test="count($all) &lt;= $cards_most">
          <xsl:for-each select="$all">
            <div class="card">
              <h3><xsl:call-template name="project_link"/></h3>
              <xsl:call-template name="paid_bar"/>
              <p><xsl:call-template name="paid_words"/><xsl:value-of select="$w.stop"/><xsl:call-template name="outside_words"/><xsl:call-template name="stage"/><xsl:value-of select="$w.stop"/></p>
              <xsl:if test="d:task != ''"><p><xsl:call-template name="own"><xsl:with-param name="text" select="d:task"/></xsl:call-template></p></xsl:if>
              <p><xsl:choose>
                <xsl:when test="d:result"><b><xsl:choose><xsl:when test="$zh">变成了：</xsl:when><xsl:otherwise>Became: </xsl:otherwise></xsl:choose></b><xsl:call-template name="own"><xsl:with-param name="text" select="d:result"/></xsl:call-template></xsl:when>
                <xsl:when test="d:became and $zh">变成了这些资产：</xsl:when>
                <xsl:when test="d:became">Became these assets:</xsl:when>
                <xsl:when test="$zh">变成了什么，还没有记录。</xsl:when>
                <xsl:otherwise>What it became is not recorded yet.</xsl:otherwise></xsl:choose></p>
              <xsl:call-template name="became"/>
            </div>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <p><xsl:choose><xsl:when test="$zh">一共 <xsl:value-of select="count($all)"/> 个项目，<xsl:value-of select="count($all[@accepted='true'])"/> 个已经验收。</xsl:when><xsl:otherwise><xsl:value-of select="count($all)"/> projects, <xsl:value-of select="count($all[@accepted='true'])"/> of them accepted.</xsl:otherwise></xsl:choose></p>
          <div class="wide"><table>
            <thead><tr><th scope="col"><xsl:value-of select="$w.project"/></th><th scope="col" class="n"><xsl:value-of select="concat($w.planned, $w.open, $w.yuan, $w.close)"/></th><th scope="col" class="n"><xsl:value-of select="concat($w.paid, $w.open, $w.yuan, $w.close)"/></th></tr></thead>
            <tbody>
              <xsl:for-each select="$all">
                <xsl:sort select="d:planned/@fen" data-type="number" order="descending"/>
                <xsl:if test="position() &lt;= $rows_most">
                  <tr><th scope="row"><xsl:call-template name="project_link"/></th><td class="n"><xsl:for-each select="d:planned"><xsl:call-template name="yuan"/></xsl:for-each></td><td class="n"><xsl:for-each select="d:paid"><xsl:call-template name="yuan"/></xsl:for-each><xsl:if test="not(d:paid)"><xsl:choose><xsl:when test="$zh">没有公布</xsl:when><xsl:otherwise>withheld</xsl:otherwise></xsl:choose></xsl:if></td></tr>
                </xsl:if>
              </xsl:for-each>
            </tbody>
          </table></div>
          <xsl:if test="$all/d:outside"><p class="dim"><xsl:choose><xsl:when test="$zh">计划里不算账外的钱，那些在各项目的页上。</xsl:when><xsl:otherwise>What is planned leaves out money outside these accounts; the pages of the projects tell it.</xsl:otherwise></xsl:choose></p></xsl:if>
          <xsl:if test="count($all) > $rows_most"><p><xsl:choose><xsl:when test="$zh">只列最大的 <xsl:value-of select="$rows_most"/> 个，全部见</xsl:when><xsl:otherwise>The largest <xsl:value-of select="$rows_most"/>; all are in </xsl:otherwise></xsl:choose><a href="names{$html}"><xsl:value-of select="$w.names"/></a></p></xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <!-- ==== A project's own page ==== -->

  <xsl:template name="fact">
    <xsl:param name="label"/>
    <xsl:param name="text"/>
    <xsl:if test="string($text) != ''"><tr><th scope="row"><xsl:value-of select="$label"/></th><td><xsl:call-template name="own"><xsl:with-param name="text" select="$text"/></xsl:call-template></td></tr></xsl:if>
  </xsl:template>

  <xsl:template match="d:project" mode="page">
    <xsl:variable name="place" select="/d:disclosure/d:division"/>
    <xsl:variable name="file"><xsl:call-template name="file_name"><xsl:with-param name="code" select="@code"/></xsl:call-template></xsl:variable>
    <xsl:variable name="this" select="."/>
    <xsl:variable name="when"><xsl:call-template name="period"><xsl:with-param name="name" select="/d:disclosure/@period"/></xsl:call-template></xsl:variable>
    <xsl:for-each select="/d:disclosure"><xsl:call-template name="frame">
      <xsl:with-param name="title" select="concat($this/@name, ' · ', $place/@name, ' · ', $when)"/>
      <xsl:with-param name="self" select="$file"/>
      <xsl:with-param name="up" select="'../'"/>
      <xsl:with-param name="path"><xsl:if test="$place/@parent"> › <a href="../{$place/@parent}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="$place/@parent_name"/></xsl:call-template></a></xsl:if> › <a href="../{$place/@code}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="$place/@name"/></xsl:call-template></a></xsl:with-param>
      <xsl:with-param name="body"><xsl:for-each select="$this">
        <h1><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></h1>
        <p class="dim"><xsl:value-of select="@code"/> · <xsl:choose><xsl:when test="$zh">到 <xsl:value-of select="/d:disclosure/d:span/@last"/> 为止</xsl:when><xsl:otherwise>as of <xsl:value-of select="/d:disclosure/d:span/@last"/></xsl:otherwise></xsl:choose></p>
        <ul class="sums">
          <xsl:for-each select="d:planned"><xsl:call-template name="sum_tile"><xsl:with-param name="main" select="true()"/><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">计划用的钱</xsl:when><xsl:otherwise>Planned</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
          <xsl:for-each select="d:paid"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">已经付了</xsl:when><xsl:otherwise>Paid so far</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
          <xsl:for-each select="d:paid_in_period"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">其中 <xsl:value-of select="$when"/>付</xsl:when><xsl:otherwise>Paid in <xsl:value-of select="$when"/></xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
          <li><span><xsl:choose><xsl:when test="$zh">做得怎样</xsl:when><xsl:otherwise>How far it is</xsl:otherwise></xsl:choose></span><strong><xsl:choose><xsl:when test="@accepted='true'"><xsl:value-of select="$w.accepted"/></xsl:when><xsl:when test="@percent = 0"><xsl:value-of select="$w.no_progress"/></xsl:when><xsl:when test="$zh">做到 <xsl:value-of select="@percent"/>%</xsl:when><xsl:otherwise><xsl:value-of select="@percent"/>% done</xsl:otherwise></xsl:choose></strong><xsl:if test="@accepted!='true'"><span class="dim"><xsl:value-of select="$w.not_accepted"/></span></xsl:if></li>
        </ul>
        <xsl:if test="not(d:paid)"><p class="warn"><xsl:choose><xsl:when test="$zh">付了多少没有公布：里面有发给个人的钱，公布了会看出某一家拿了多少。</xsl:when><xsl:otherwise>What was paid is withheld: payments to people are in it, and it would tell what one household got.</xsl:otherwise></xsl:choose></p></xsl:if>
        <xsl:call-template name="paid_bar"/>
        <xsl:if test="d:paid"><p class="dim"><xsl:choose><xsl:when test="$zh">一整条是计划用的钱，画了斜线的是已经付的。</xsl:when><xsl:otherwise>The whole bar is what was planned, its striped part what was paid.</xsl:otherwise></xsl:choose></p></xsl:if>
        <h2><xsl:choose><xsl:when test="$zh">钱从哪里来</xsl:when><xsl:otherwise>Where the money comes from</xsl:otherwise></xsl:choose></h2>
        <xsl:for-each select="d:plan">
          <div class="card">
            <p><xsl:call-template name="fund_link"><xsl:with-param name="code" select="@fund"/><xsl:with-param name="up" select="'../'"/></xsl:call-template><xsl:value-of select="$w.open"/><xsl:call-template name="from_words"><xsl:with-param name="level" select="key('fund', @fund)/@level"/></xsl:call-template><xsl:value-of select="$w.close"/></p>
            <xsl:call-template name="paid_bar"/>
            <p><xsl:call-template name="paid_words"/></p>
          </div>
        </xsl:for-each>
        <xsl:for-each select="d:outside">
          <p><xsl:choose><xsl:when test="$zh">账外的钱（只记一笔，不算在上面）：</xsl:when><xsl:otherwise>Money outside these accounts (a note, in no sum above): </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="@source"/></xsl:call-template><xsl:text> </xsl:text><xsl:for-each select="d:planned"><xsl:call-template name="money"/></xsl:for-each></p>
        </xsl:for-each>
        <h2><xsl:choose><xsl:when test="$zh">做什么，变成了什么</xsl:when><xsl:otherwise>What is done, what it became</xsl:otherwise></xsl:choose></h2>
        <table><tbody>
          <xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">做什么</xsl:when><xsl:otherwise>Task</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text" select="d:task"/></xsl:call-template>
          <xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">要做到</xsl:when><xsl:otherwise>Target</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text" select="d:target"/></xsl:call-template>
          <xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">变成了</xsl:when><xsl:otherwise>Result</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text" select="d:result"/></xsl:call-template>
          <xsl:if test="not(d:result)"><tr><th scope="row"><xsl:choose><xsl:when test="$zh">变成了</xsl:when><xsl:otherwise>Result</xsl:otherwise></xsl:choose></th><td><xsl:choose><xsl:when test="$zh">还没有记录</xsl:when><xsl:otherwise>not on record yet</xsl:otherwise></xsl:choose></td></tr></xsl:if>
          <xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">受益户数</xsl:when><xsl:otherwise>Households</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text"><xsl:if test="@beneficiaries != 0"><xsl:value-of select="@beneficiaries"/><xsl:if test="$zh"> 户</xsl:if></xsl:if></xsl:with-param></xsl:call-template>
          <xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">怎样带动农户</xsl:when><xsl:otherwise>How households gain</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text" select="d:mechanism"/></xsl:call-template>
          <xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">群众参与</xsl:when><xsl:otherwise>People taking part</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text" select="d:participation"/></xsl:call-template>
          <xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">类别</xsl:when><xsl:otherwise>Kind</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text" select="concat(@category, ' · ', @nature)"/></xsl:call-template>
          <xsl:if test="@start or @end"><xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">工期</xsl:when><xsl:otherwise>Time</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text" select="concat(@start, ' – ', @end)"/></xsl:call-template></xsl:if>
        </tbody></table>
        <xsl:if test="d:became"><h3><xsl:choose><xsl:when test="$zh">形成的资产</xsl:when><xsl:otherwise>The assets that it became</xsl:otherwise></xsl:choose></h3></xsl:if>
        <xsl:call-template name="became"><xsl:with-param name="up" select="'../'"/></xsl:call-template>
        <xsl:apply-templates select="d:contract"/>
        <xsl:call-template name="project_since"/>
        <h2><xsl:choose><xsl:when test="$zh">谁负责</xsl:when><xsl:otherwise>Who answers for it</xsl:otherwise></xsl:choose></h2>
        <p><xsl:call-template name="own"><xsl:with-param name="text" select="@unit"/></xsl:call-template><xsl:call-template name="phone"/></p>
        <xsl:for-each select="/d:disclosure"><xsl:call-template name="complain"/></xsl:for-each>
        <p class="dim"><a href="../{$place/@code}.xml"><xsl:value-of select="$w.document"/></a></p>
      </xsl:for-each></xsl:with-param>
    </xsl:call-template></xsl:for-each>
  </xsl:template>

  <xsl:template name="project_since">
    <xsl:variable name="first" select="translate(/d:disclosure/d:span/@first, '-', '')"/>
    <xsl:variable name="last" select="translate(/d:disclosure/d:span/@last, '-', '')"/>
    <xsl:variable name="begun" select="translate(@start, '-', '') >= $first and translate(@start, '-', '') &lt;= $last"/>
    <xsl:variable name="signed" select="d:contract[translate(@signed_on, '-', '') >= $first and translate(@signed_on, '-', '') &lt;= $last]"/>
    <h2><xsl:value-of select="$w.changed"/></h2>
    <ul>
      <xsl:if test="$begun"><li><xsl:choose><xsl:when test="$zh">开工：</xsl:when><xsl:otherwise>Begun on </xsl:otherwise></xsl:choose><xsl:value-of select="@start"/></li></xsl:if>
      <xsl:for-each select="$signed"><li><xsl:choose><xsl:when test="$zh">签了合同：</xsl:when><xsl:otherwise>Contract signed: </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="@contractor"/></xsl:call-template><xsl:value-of select="concat($w.comma, @signed_on)"/></li></xsl:for-each>
      <xsl:for-each select="d:paid_in_period[@fen != 0]"><li><xsl:choose><xsl:when test="$zh">付了 </xsl:when><xsl:otherwise>Paid </xsl:otherwise></xsl:choose><xsl:call-template name="money"/></li></xsl:for-each>
      <xsl:if test="not($begun or $signed or d:paid_in_period[@fen != 0])"><li><xsl:choose>
        <xsl:when test="$zh and d:paid">这一期没有付钱，也没有签合同。</xsl:when>
        <xsl:when test="d:paid">Nothing was paid and no contract signed in this period.</xsl:when>
        <xsl:when test="$zh">这一期没有签合同；付了多少没有公布。</xsl:when>
        <xsl:otherwise>No contract was signed in this period; what was paid is withheld.</xsl:otherwise></xsl:choose></li></xsl:if>
    </ul>
  </xsl:template>

  <xsl:template match="d:contract">
    <div class="card">
      <h3><xsl:value-of select="concat($w.contract, ' ', @code)"/></h3>
      <table><tbody>
        <xsl:call-template name="fact"><xsl:with-param name="label" select="$w.contractor"/><xsl:with-param name="text" select="concat(@contractor, ' ', @uscc)"/></xsl:call-template>
        <xsl:call-template name="fact"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">签订日期</xsl:when><xsl:otherwise>Signed on</xsl:otherwise></xsl:choose></xsl:with-param><xsl:with-param name="text" select="@signed_on"/></xsl:call-template>
        <xsl:for-each select="d:price | d:paid | d:committed[@fen != 0] | d:retention[@fen != 0] | d:final_price"><tr><th scope="row"><xsl:choose><xsl:when test="self::d:price"><xsl:value-of select="$w.price"/></xsl:when><xsl:when test="self::d:paid"><xsl:value-of select="$w.paid"/></xsl:when><xsl:when test="self::d:committed"><xsl:value-of select="$w.committed"/></xsl:when><xsl:when test="self::d:retention"><xsl:value-of select="$w.retention"/></xsl:when><xsl:otherwise><xsl:value-of select="$w.final_price"/></xsl:otherwise></xsl:choose></th><td><xsl:call-template name="money"/></td></tr></xsl:for-each>
      </tbody></table>
    </div>
  </xsl:template>
</xsl:stylesheet>
