<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_duties.xsl - what must be disclosed by when: how many of each matter, then what isn't disclosed
  though its day is over, what was taken down too early, and what is still to come.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">
  <xsl:variable name="duties_most" select="12 + 40 * ($short = '')"/>
  <xsl:key name="matter" match="d:duty_list/d:matter" use="@code"/>

  <xsl:template match="/d:duty_list">
    <xsl:variable name="when"><xsl:call-template name="period"><xsl:with-param name="name" select="@period"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="frame">
      <xsl:with-param name="title" select="concat(@root_name, ' · ', $when, ' · ', $w.duties)"/>
      <xsl:with-param name="self" select="'disclosures'"/>
      <xsl:with-param name="path"> › <a href="{@root}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@root_name"/></xsl:call-template></a></xsl:with-param>
      <xsl:with-param name="body">
        <h1><xsl:value-of select="concat($w.duties, $w.open, $when, $w.close)"/></h1>
        <p><xsl:choose>
          <xsl:when test="$zh">下面是到 <xsl:value-of select="@last"/> 为止的情况。县里在网上公开；乡镇和村贴在公示栏上。过了期限还没公开的，可以去问，也可以举报。</xsl:when>
          <xsl:otherwise>As it stood on <xsl:value-of select="@last"/>. Counties disclose on the web, townships and villages on their notice boards. Where a time limit is over and nothing was disclosed, anybody may ask, or complain.</xsl:otherwise>
        </xsl:choose></p>
        <xsl:if test="d:by_weekdays"><p class="warn"><xsl:choose><xsl:when test="$zh">有的年份没有录入放假安排，按周一到周五算。</xsl:when><xsl:otherwise>For some years no holidays were entered; Monday to Friday were counted.</xsl:otherwise></xsl:choose></p></xsl:if>
        <ul class="sums">
          <li class="main"><span><xsl:value-of select="$w.duty.overdue"/></span><strong><xsl:value-of select="sum(d:matter/@overdue)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
          <li><span><xsl:value-of select="$w.duty.awaited"/></span><strong><xsl:value-of select="sum(d:matter/@awaited)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
          <li><span><xsl:value-of select="$w.duty.standing"/></span><strong><xsl:value-of select="sum(d:matter/@standing)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
          <li><span><xsl:value-of select="$w.duty.stood"/></span><strong><xsl:value-of select="sum(d:matter/@stood)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
          <li><span><xsl:value-of select="$w.duty.early"/></span><strong><xsl:value-of select="sum(d:matter/@early)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
          <li><span><xsl:value-of select="$w.duty.withheld"/></span><strong><xsl:value-of select="sum(d:matter/@withheld)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
          <li><span><xsl:value-of select="$w.duty.replaced"/></span><strong><xsl:value-of select="sum(d:matter/@replaced)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
          <li><span><xsl:choose><xsl:when test="$zh">公开了，但晚了</xsl:when><xsl:otherwise>Disclosed, but late</xsl:otherwise></xsl:choose></span><strong><xsl:value-of select="sum(d:matter/@late)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
          <li><span><xsl:choose><xsl:when test="$zh">公开期间更正过</xsl:when><xsl:otherwise>Corrected while it stood</xsl:otherwise></xsl:choose></span><strong><xsl:value-of select="sum(d:matter/@changed)"/><xsl:if test="$zh"> 件</xsl:if></strong></li>
        </ul>
        <h2><xsl:choose><xsl:when test="$zh">每件事怎么样</xsl:when><xsl:otherwise>Matter by matter</xsl:otherwise></xsl:choose></h2>
        <table>
          <thead><tr><th scope="col"><xsl:choose><xsl:when test="$zh">什么事</xsl:when><xsl:otherwise>Matter</xsl:otherwise></xsl:choose></th><th scope="col" class="n"><xsl:choose><xsl:when test="$zh">已公开</xsl:when><xsl:otherwise>Done</xsl:otherwise></xsl:choose></th><th scope="col" class="n"><xsl:choose><xsl:when test="$zh">过期没公开</xsl:when><xsl:otherwise>Overdue</xsl:otherwise></xsl:choose></th><th scope="col" class="n"><xsl:choose><xsl:when test="$zh">没到期</xsl:when><xsl:otherwise>To come</xsl:otherwise></xsl:choose></th><th scope="col" class="n"><xsl:choose><xsl:when test="$zh">作废</xsl:when><xsl:otherwise>Void</xsl:otherwise></xsl:choose></th></tr></thead>
          <tbody><xsl:for-each select="d:matter"><tr><th scope="row"><xsl:call-template name="matter_name"/></th><td class="n"><xsl:value-of select="@standing + @stood + @early"/></td><td class="n"><xsl:value-of select="@overdue"/></td><td class="n"><xsl:value-of select="@awaited"/></td><td class="n"><xsl:value-of select="@replaced"/></td></tr></xsl:for-each></tbody>
        </table>
        <xsl:call-template name="duties"><xsl:with-param name="state" select="'overdue'"/><xsl:with-param name="title" select="$w.duty.overdue"/></xsl:call-template>
        <xsl:call-template name="duties"><xsl:with-param name="state" select="'early'"/><xsl:with-param name="title" select="$w.duty.early"/></xsl:call-template>
        <xsl:call-template name="duties"><xsl:with-param name="state" select="'awaited'"/><xsl:with-param name="title" select="$w.duty.awaited"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="duties">
    <xsl:param name="state"/>
    <xsl:param name="title"/>
    <xsl:variable name="all" select="d:duty[@state = $state]"/>
    <xsl:variable name="count" select="sum(d:matter/@*[name() = $state])"/>
    <xsl:if test="$all">
      <h2><xsl:value-of select="$title"/></h2>
      <xsl:variable name="told" select="$all[position() &lt;= $duties_most]"/>
      <xsl:for-each select="$told[not(@division = preceding-sibling::d:duty[@state = $state]/@division)]">
        <xsl:variable name="division" select="@division"/>
        <h3><xsl:choose><xsl:when test="@page"><a href="{@division}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a></xsl:when><xsl:otherwise><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@name, substring(@division, 1, 12 * not(@name)))"/></xsl:call-template></xsl:otherwise></xsl:choose></h3>
        <ul><xsl:for-each select="$told[@division = $division]"><li>
          <xsl:for-each select="key('matter', @matter)"><xsl:call-template name="matter_name"/></xsl:for-each><xsl:value-of select="$w.colon"/><xsl:call-template name="duty_subject"/><xsl:value-of select="$w.comma"/>
          <xsl:choose>
            <xsl:when test="$state = 'early' and $zh"><time><xsl:value-of select="@ended"/></time> 就揭下了<xsl:if test="@until">，应当贴到 <time><xsl:value-of select="@until"/></time></xsl:if></xsl:when>
            <xsl:when test="$state = 'early'">taken down on <time><xsl:value-of select="@ended"/></time><xsl:if test="@until">, to stand until <time><xsl:value-of select="@until"/></time></xsl:if></xsl:when>
            <xsl:when test="$zh">最晚 <time><xsl:value-of select="@due"/></time> 公开</xsl:when>
            <xsl:otherwise>due by <time><xsl:value-of select="@due"/></time></xsl:otherwise>
          </xsl:choose>
        </li></xsl:for-each></ul>
      </xsl:for-each>
      <xsl:if test="$count > $duties_most"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="$count - $duties_most"/> 件。</xsl:when><xsl:otherwise><xsl:value-of select="$count - $duties_most"/> more.</xsl:otherwise></xsl:choose></p></xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- A project by its name, a quarter in words, a voucher as such, other things by their codes. -->
  <xsl:template name="duty_subject">
    <xsl:choose>
      <xsl:when test="@project_name"><xsl:call-template name="own"><xsl:with-param name="text" select="@project_name"/></xsl:call-template></xsl:when>
      <xsl:when test="@matter = 'village_finance'"><xsl:call-template name="period"><xsl:with-param name="name" select="@subject"/></xsl:call-template></xsl:when>
      <xsl:when test="@matter = 'allocation'"><xsl:choose><xsl:when test="$zh">凭证 </xsl:when><xsl:otherwise>voucher </xsl:otherwise></xsl:choose><xsl:value-of select="@subject"/></xsl:when>
      <xsl:otherwise><xsl:choose><xsl:when test="$zh">编号 </xsl:when><xsl:otherwise>no. </xsl:otherwise></xsl:choose><xsl:value-of select="@subject"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
