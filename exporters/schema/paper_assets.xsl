<?xml version="1.0" encoding="UTF-8"?>
<!--
  paper_assets.xsl - papers about assets: labels to stick on them, and the morning list to tick off.

  1. A sheet of labels is 3 by 8 on A4, 70 mm by 37 mm each without gaps, as they are sold; no printer
     reaches the paper's edge, so nothing stands within 4 mm of a label's.
  2. exporters/paper_labels.c and paper_due.c count how much a sheet holds: change both together.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="style_labels">
      @page { size: A4 portrait; margin: 0; }
      body.labels { width: 210mm; margin: 0; }
      .labels .sheet { position: relative; width: 210mm; height: 296mm; overflow: hidden; margin: 0; padding: 0; border: 0; }
      .label { position: absolute; width: 70mm; height: 37mm; overflow: hidden; }
      .label svg { position: absolute; left: 2mm; top: 4mm; width: 29mm; height: 29mm; }
      .label .text { position: absolute; left: 32mm; top: 5mm; width: 34mm; height: 28mm; overflow: hidden; line-height: 1.25; }
      .label .text div { overflow: hidden; }
      .label .code { font-size: 10pt; font-weight: bold; max-height: 2.5em; }
      .label .name { font-size: 9pt; max-height: 3.75em; }
      .label .place { font-size: 7.5pt; max-height: 2.5em; margin-top: .6mm; }
  </xsl:template>

  <xsl:template match="papers[@kind='labels']/paper/sheet">
    <div class="sheet"><xsl:for-each select="label"><div class="label" style="left:{(position() - 1) mod 3 * 70}mm;top:{floor((position() - 1) div 3) * 37}mm">
      <xsl:apply-templates select="qr"/>
      <div class="text">
        <div class="code"><xsl:value-of select="@code"/></div>
        <div class="name"><xsl:value-of select="@name"/></div>
        <div class="place"><xsl:value-of select="@division_name"/><xsl:text> </xsl:text><xsl:value-of select="@place"/></div>
        <xsl:if test="@owner"><div class="place">产权：<xsl:value-of select="@owner"/></div></xsl:if>
      </div>
    </div></xsl:for-each></div>
  </xsl:template>

  <!-- ==== The morning list 今日待办 ==== -->

  <xsl:template name="due_part">
    <xsl:param name="of"/>
    <xsl:choose>
      <xsl:when test="$of='overdue'"><xsl:call-template name="both"><xsl:with-param name="zh">已逾期的巡查、养护、维修</xsl:with-param><xsl:with-param name="en">overdue</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:when test="$of='coming'"><xsl:call-template name="both"><xsl:with-param name="zh">到期和临近的巡查、养护、维修</xsl:with-param><xsl:with-param name="en">due and coming</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:when test="$of='rent'"><xsl:call-template name="both"><xsl:with-param name="zh">应收租金和收益</xsl:with-param><xsl:with-param name="en">rent to collect</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:when test="$of='contracts'"><xsl:call-template name="both"><xsl:with-param name="zh">即将到期的合同</xsl:with-param><xsl:with-param name="en">contracts that end</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:when test="$of='posts'"><xsl:call-template name="both"><xsl:with-param name="zh">即将到期的任职</xsl:with-param><xsl:with-param name="en">posts that end</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:call-template name="both"><xsl:with-param name="zh">无人负责的资产</xsl:with-param><xsl:with-param name="en">nobody answers for</xsl:with-param></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="due_what">
    <xsl:choose>
      <xsl:when test="@what='inspection'">巡查</xsl:when>
      <xsl:when test="@what='service'">养护</xsl:when>
      <xsl:when test="@what='work_order'">维修</xsl:when>
      <xsl:when test="@what='rent_due'">收租</xsl:when>
      <xsl:when test="@what='lease_ends'">合同到期</xsl:when>
      <xsl:when test="@what='post_ends'">任职到期</xsl:when>
      <xsl:when test="@what='no_holder'">无人负责</xsl:when>
      <xsl:otherwise><xsl:value-of select="@what"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="papers[@kind='due']/paper/sheet">
    <div class="sheet">
      <xsl:call-template name="title"><xsl:with-param name="zh">今日待办</xsl:with-param><xsl:with-param name="en">MORNING LIST</xsl:with-param></xsl:call-template>
      <table class="head"><tr>
        <td><b><xsl:value-of select="../@division_name"/></b><xsl:text> </xsl:text><small><xsl:value-of select="../@division"/></small></td>
        <td><b><xsl:call-template name="day"><xsl:with-param name="date" select="../@day"/></xsl:call-template></b><xsl:if test="../@ahead &gt;= 0"><small>　含今后 <xsl:value-of select="../@ahead"/> 天</small></xsl:if></td>
        <td><xsl:call-template name="pages"/></td>
      </tr></table>
      <xsl:if test="../body"><p class="facts"><xsl:for-each select="../body"><xsl:value-of select="concat(@name, ' ', @office_phone)"/>　</xsl:for-each></p></xsl:if>
      <table class="lines">
        <colgroup><col style="width:11mm"/><col style="width:19mm"/><col style="width:21mm"/><col style="width:30mm"/><col/><col style="width:41mm"/></colgroup>
        <thead><tr><th>办结</th><th>事项</th><th>期限</th><th>地点</th><th>资产或对象</th><th>说明</th></tr></thead>
        <tbody>
          <xsl:if test="not(../sheet/line)"><tr><td colspan="6">今日无待办事项 <small lang="en">nothing is due</small></td></tr></xsl:if>
          <xsl:for-each select="line">
            <xsl:if test="not(preceding-sibling::line[1]/@part = @part)">
              <tr class="part"><td colspan="6"><xsl:call-template name="due_part"><xsl:with-param name="of" select="@part"/></xsl:call-template></td></tr>
            </xsl:if>
            <tr>
              <td class="n"><span class="box"> </span></td>
              <td><xsl:call-template name="due_what"/></td>
              <td><xsl:if test="@overdue='true'"><xsl:attribute name="class">late</xsl:attribute></xsl:if><xsl:value-of select="@due"/></td>
              <td><xsl:value-of select="@division_name"/></td>
              <td><xsl:choose><xsl:when test="@text"><xsl:value-of select="@text"/></xsl:when><xsl:otherwise>个人（见合同）</xsl:otherwise></xsl:choose><xsl:text> </xsl:text><small><xsl:value-of select="@asset"/><xsl:if test="@asset and @subject">　</xsl:if><xsl:value-of select="@subject"/></small></td>
              <td><xsl:choose>
                <xsl:when test="@yuan">应收 <b><xsl:value-of select="@yuan"/></b> 元<xsl:if test="@count &gt; 1">（<xsl:value-of select="@count"/> 期）</xsl:if></xsl:when>
                <xsl:when test="@part='nobody'">自该日起</xsl:when>
                <xsl:when test="@overdue='true'">逾期 <b><xsl:value-of select="@days"/></b> 天</xsl:when>
                <xsl:when test="@days=0">今日到期</xsl:when>
                <xsl:otherwise>还有 <xsl:value-of select="-@days"/> 天</xsl:otherwise>
              </xsl:choose><xsl:if test="@count &gt; 1 and not(@yuan)">，共 <xsl:value-of select="@count"/> 次</xsl:if></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
      <xsl:if test="position()=last()"><p class="facts">经办：<span class="blank"> </span>　复核：<span class="blank"> </span></p></xsl:if>
      <xsl:call-template name="ledger"/>
    </div>
  </xsl:template>
</xsl:stylesheet>
