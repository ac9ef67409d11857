<?xml version="1.0" encoding="UTF-8"?>
<!--
  board.xsl - the sheet for a village's notice board: A3, large type, in Chinese.

  1. What it says of the money is made from the published document by the templates of its page.
  2. Nothing is computed. Names of people are surnames already when they come here.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">
  <xsl:template match="/board">
    <html lang="zh-CN">
      <head>
        <title><xsl:value-of select="concat('公示 ', d:disclosure/d:division/@name, ' ', d:disclosure/@period)"/></title>
        <xsl:call-template name="style"/>
        <xsl:call-template name="board_style"/>
      </head>
      <body>
        <main>
          <xsl:apply-templates select="d:disclosure" mode="head"/>
          <div class="rest">
            <xsl:apply-templates select="d:disclosure" mode="rest"/>
            <xsl:apply-templates select="list"/>
          </div>
        </main>
        <xsl:call-template name="evidence"/>
      </body>
    </html>
  </xsl:template>

  <!-- weasyprint and browsers alike: A3 upright, type that is read from a metre away. -->
  <xsl:template name="board_style">
    <style>
@page{size:A3 portrait;margin:14mm}
html{font-size:13pt}
body,body *{font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",SimHei,sans-serif}
.hash,.hash *{font-family:monospace;font-size:.72rem}
body,body.a3{font-size:1rem;max-width:269mm}h1{font-size:2.6rem;text-align:center;letter-spacing:.1em;margin:0}h2{font-size:1.25rem;margin:.9rem 0 .3rem}a{color:inherit;text-decoration:none}
.when{text-align:center}.days{text-align:center;font-size:1.15rem;font-weight:bold;border:3px solid #a00;padding:.3rem;margin:.5rem 0}
.sums{display:block}.sums li{display:inline-block;vertical-align:top;width:48.5%;margin:0 .5% .4rem}.sums .main{display:block;width:auto;text-align:center}.main strong{font-size:3.4rem}
.rest{columns:2;column-gap:10mm}.rest h2:first-child{margin-top:0}
.card svg{display:none}
.proof{width:100%;border-top:4px double #000;margin-top:.8rem;break-inside:avoid}.proof td{border:0;padding:.4rem 0}.proof td+td{width:50mm;text-align:right}.proof svg{width:44mm;height:44mm;margin:0 0 0 auto}
.words{font-size:1.35rem;font-weight:bold;letter-spacing:.05em}
    </style>
  </xsl:template>

  <xsl:template name="chinese_day">
    <xsl:param name="date"/>
    <xsl:value-of select="concat(substring($date, 1, 4), ' 年 ', number(substring($date, 6, 2)), ' 月 ', number(substring($date, 9, 2)), ' 日')"/>
  </xsl:template>

  <xsl:template match="d:disclosure" mode="head">
    <h1><xsl:value-of select="concat(d:division/@name, '资金公示')"/></h1>
    <p class="when"><xsl:call-template name="period"><xsl:with-param name="name" select="@period"/></xsl:call-template>（<xsl:value-of select="concat(d:span/@first, ' 到 ', d:span/@last)"/>）<xsl:if test="/board/@place"> · <xsl:value-of select="/board/@place"/></xsl:if></p>
    <p class="days">公示时间：<xsl:call-template name="chinese_day"><xsl:with-param name="date" select="/board/@first_day"/></xsl:call-template>起，<xsl:choose>
      <xsl:when test="/board/@last_day">到 <xsl:call-template name="chinese_day"><xsl:with-param name="date" select="/board/@last_day"/></xsl:call-template>止。对内容有异议，请在公示期内提出</xsl:when>
      <xsl:otherwise>长期公开。对内容有异议，随时可以提出</xsl:otherwise></xsl:choose>。</p>
    <xsl:if test="@replaces"><p class="warn">这一张改正了以前公示的一张，以前那张作废。</p></xsl:if>
    <xsl:apply-templates select="d:summary"/>
    <xsl:call-template name="withheld_sentence"/>
  </xsl:template>

  <xsl:template match="d:disclosure" mode="rest">
    <xsl:call-template name="came_from"/>
    <xsl:call-template name="went_to"/>
    <xsl:apply-templates select="d:projects"/>
    <xsl:call-template name="who_answers"/>
    <xsl:call-template name="complain"/>
  </xsl:template>

  <xsl:template match="list">
    <h2>请大家看一看有没有错：<xsl:choose><xsl:when test="@text"><xsl:value-of select="@text"/></xsl:when><xsl:otherwise>发给个人的钱</xsl:otherwise></xsl:choose></h2>
    <p><xsl:if test="@document"><xsl:value-of select="@document"/> · </xsl:if><xsl:value-of select="@date"/> · 凭证 <xsl:value-of select="@voucher"/><xsl:if test="@pending='true'"> · <b>还没有发，等公示完</b></xsl:if>。只写姓，自己认得自己那一行。公示完就取下，不上网。</p>
    <table>
      <thead><tr><th scope="col">行</th><th scope="col">姓名</th><th scope="col">哪里</th><th scope="col">什么补助</th><th scope="col" class="n">元</th></tr></thead>
      <tbody>
        <xsl:for-each select="row">
          <tr><td><xsl:value-of select="@number"/></td><td><xsl:value-of select="@name"/></td><td><xsl:value-of select="@division_name"/></td><td><xsl:value-of select="@policy"/></td><td class="n"><xsl:call-template name="yuan"/></td></tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template name="evidence">
    <table class="proof"><tr>
      <td>
        <h2>这张纸是真的吗？</h2>
        <p>整本账到第 <xsl:value-of select="root/@size"/> 条为止，念出来是这十个词。打电话给县里、镇里或别的村，让对方照着念，一个词都不能差：</p>
        <p class="words"><xsl:value-of select="root/@words"/></p>
        <p class="dim" lang="en">In English: <xsl:value-of select="root/@english"/></p>
        <p class="dim">账本钥匙的指纹：<span class="hash"><xsl:value-of select="d:disclosure/@log_key"/></span><br/>
          账本：<span class="hash"><xsl:value-of select="d:disclosure/@origin"/></span><br/>
          根：<span class="hash"><xsl:value-of select="root/@hash"/></span><br/>
          这一份的编号：<span class="hash"><xsl:value-of select="root/@digest"/></span></p>
      </td>
      <td>
        <svg viewBox="0 0 {qr/@width} {qr/@width}" shape-rendering="crispEdges" role="img">
          <xsl:attribute name="aria-label"><xsl:choose><xsl:when test="qr/@address"><xsl:value-of select="concat('扫一扫看这一页：', qr/@address)"/></xsl:when><xsl:otherwise>这一份的编号</xsl:otherwise></xsl:choose></xsl:attribute>
          <rect width="100%" height="100%" fill="#fff"/>
          <path d="{qr/@path}" fill="#000"/>
        </svg>
        <xsl:if test="qr/@address"><p class="dim">扫一扫，看这一页</p></xsl:if>
      </td>
    </tr></table>
  </xsl:template>
</xsl:stylesheet>
