<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_lists.xsl - pages made of several documents: index.html, the index of a period by place and by
  name, and a fund over all its places. pages.c gathers what the documents say into one list.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">

  <!-- ==== index.html: both languages on one page, Chinese first ==== -->

  <xsl:template match="/d:repository">
    <html lang="zh-CN">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <xsl:call-template name="made_by"/>
        <title><xsl:value-of select="concat(@name, ' 明账')"/></title>
        <xsl:call-template name="style"/>
      </head>
      <body><main>
        <h1><xsl:value-of select="@name"/> 明账</h1>
        <p>每一元钱从哪里来、用到哪里去。<span lang="en">Open books: where every yuan came from and went.</span></p>
        <h2>各期 <span lang="en">Periods</span></h2>
        <xsl:if test="not(d:period)"><p>尚未公开。<span lang="en">Nothing disclosed yet.</span></p></xsl:if>
        <xsl:for-each select="d:period">
          <p><a class="call" href="snapshots/{@name}/{@root}.html"><xsl:call-template name="period"><xsl:with-param name="name" select="@name"/></xsl:call-template>的账</a>
            · <a href="snapshots/{@name}/{@root}.en.html" lang="en">English</a>
            <br/><a href="snapshots/{@name}/index.html">按地方、按名字找</a> · <a href="snapshots/{@name}/disclosures.html">什么时候要公开什么</a> · <a href="snapshots/{@name}/manifest.xml">清单</a>
            · <a href="snapshots/{@name}/data/lines.csv">表格 CSV</a> · <a href="snapshots/{@name}/datapackage.json">全部数据</a></p>
        </xsl:for-each>
        <xsl:if test="d:period"><p><a href="feed.xml">订阅新公布和更正 <span lang="en">Feed (Atom)</span></a></p></xsl:if>
        <h2><xsl:value-of select="$w.check"/><xsl:text> </xsl:text><span lang="en">How to check</span></h2>
        <p><a href="README.md">一步一步怎样核对（README.md） <span lang="en">Step by step</span></a></p>
        <p>把下面这串字和公示栏上的比一比，要一模一样。<span lang="en">Fingerprint of the log’s key; compare it with the notice board.</span></p>
        <pre><xsl:value-of select="@log_key"/></pre>
        <p class="dim"><xsl:value-of select="@origin"/></p>
      </main></body>
    </html>
  </xsl:template>

  <!-- ==== A fund ==== -->

  <xsl:template match="/d:fund_sheet">
    <xsl:variable name="file"><xsl:call-template name="file_name"><xsl:with-param name="code" select="d:fund/@code"/></xsl:call-template></xsl:variable>
    <xsl:variable name="when"><xsl:call-template name="period"><xsl:with-param name="name" select="@period"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="frame">
      <xsl:with-param name="title" select="concat(d:fund/@name, ' · ', $when)"/>
      <xsl:with-param name="self" select="$file"/>
      <xsl:with-param name="up" select="'../'"/>
      <xsl:with-param name="path"> › <a href="../{@root}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@root_name"/></xsl:call-template></a></xsl:with-param>
      <xsl:with-param name="body">
        <h1><xsl:call-template name="own"><xsl:with-param name="text" select="d:fund/@name"/></xsl:call-template></h1>
        <p><xsl:call-template name="own"><xsl:with-param name="text" select="d:fund/@document"/></xsl:call-template><xsl:value-of select="$w.comma"/><xsl:for-each select="d:fund"><xsl:call-template name="from_words"/></xsl:for-each></p>
        <p class="dim"><xsl:value-of select="concat(d:fund/@code, ' · ', $when)"/><xsl:if test="d:fund/@expiry"><xsl:choose><xsl:when test="$zh"> · 要在 <xsl:value-of select="d:fund/@expiry"/> 以前用完</xsl:when><xsl:otherwise> · to be used by <xsl:value-of select="d:fund/@expiry"/></xsl:otherwise></xsl:choose></xsl:if></p>
        <ul class="sums">
          <xsl:variable name="opening_first" select="d:sum/d:received/@fen = 0 and d:sum/d:opening/@fen != 0"/>
          <xsl:if test="$opening_first"><xsl:for-each select="d:sum/d:opening"><xsl:call-template name="sum_tile"><xsl:with-param name="main" select="true()"/><xsl:with-param name="label" select="$w.opening"/></xsl:call-template></xsl:for-each></xsl:if>
          <xsl:for-each select="d:sum/d:received"><xsl:call-template name="sum_tile"><xsl:with-param name="main" select="not($opening_first)"/><xsl:with-param name="sign" select="substring('＋', 1, $opening_first)"/><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">这一期下达</xsl:when><xsl:otherwise>Granted in this period</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
          <xsl:if test="not($opening_first)"><xsl:for-each select="d:sum/d:opening[@fen != 0]"><xsl:call-template name="sum_tile"><xsl:with-param name="sign" select="'＋'"/><xsl:with-param name="label" select="$w.opening"/></xsl:call-template></xsl:for-each></xsl:if>
          <xsl:for-each select="d:sum/d:spent"><xsl:call-template name="sum_tile"><xsl:with-param name="sign" select="'－'"/><xsl:with-param name="label" select="$w.spent"/></xsl:call-template></xsl:for-each>
          <xsl:for-each select="d:sum/d:passed_on[@fen != 0]"><xsl:call-template name="sum_tile"><xsl:with-param name="sign" select="'－'"/><xsl:with-param name="label" select="$w.remitted"/></xsl:call-template></xsl:for-each>
          <xsl:for-each select="d:sum/d:closing"><xsl:call-template name="sum_tile"><xsl:with-param name="sign" select="'＝'"/><xsl:with-param name="label" select="$w.closing"/></xsl:call-template></xsl:for-each>
          <xsl:for-each select="d:fund/d:ceiling"><xsl:call-template name="sum_tile"><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">文件定的总额</xsl:when><xsl:otherwise>Sum named in the document</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
        </ul>
        <xsl:if test="d:sum/@withheld_lines != 0"><p class="warn"><xsl:choose>
          <xsl:when test="$zh">有 <xsl:value-of select="d:sum/@withheld_lines"/> 笔账没有公布，不在这些数里：里面有发给个人的钱。</xsl:when>
          <xsl:otherwise><xsl:value-of select="d:sum/@withheld_lines"/> of its lines are withheld and in none of these figures: payments to people are in them.</xsl:otherwise></xsl:choose></p></xsl:if>
        <xsl:if test="d:flow/d:from">
          <h2><xsl:choose><xsl:when test="$zh">这笔钱最后在哪里</xsl:when><xsl:otherwise>Where this money ended up</xsl:otherwise></xsl:choose></h2>
          <p><xsl:choose><xsl:when test="$zh">在哪里花掉的、还剩在哪里，就算在哪里。</xsl:when><xsl:otherwise>Money counts at the place that spent it or still holds it.</xsl:otherwise></xsl:choose></p>
          <xsl:apply-templates select="d:flow"/>
        </xsl:if>
        <h2><xsl:value-of select="$w.changed"/></h2>
        <xsl:for-each select="d:sum/d:difference"><p><xsl:choose>
          <xsl:when test="@fen = 0 and $zh">账上的钱和上一期末一样多。</xsl:when>
          <xsl:when test="@fen = 0">There is as much left as at the end of the period before.</xsl:when>
          <xsl:when test="$zh">账上的钱比上一期末<xsl:choose><xsl:when test="@fen > 0">多了 </xsl:when><xsl:otherwise>少了 </xsl:otherwise></xsl:choose><xsl:call-template name="size_of"/>。</xsl:when>
          <xsl:otherwise>There is <xsl:call-template name="size_of"/><xsl:choose><xsl:when test="@fen > 0"> more</xsl:when><xsl:otherwise> less</xsl:otherwise></xsl:choose> left than at the end of the period before.</xsl:otherwise>
        </xsl:choose></p></xsl:for-each>
        <h2><xsl:choose><xsl:when test="$zh">每一处有多少</xsl:when><xsl:otherwise>How much each place has</xsl:otherwise></xsl:choose></h2>
        <xsl:if test="not(d:place)"><p><xsl:choose><xsl:when test="$zh">这一期没有可以公布的数。</xsl:when><xsl:otherwise>Nothing that can be told in this period.</xsl:otherwise></xsl:choose></p></xsl:if>
        <xsl:if test="d:place">
          <p class="dim"><xsl:value-of select="$w.in_yuan"/></p>
          <div class="wide"><table>
            <thead><tr><th scope="col"><xsl:value-of select="$w.place"/></th><th scope="col" class="n"><xsl:value-of select="$w.received"/></th><th scope="col" class="n"><xsl:value-of select="$w.spent"/></th><th scope="col" class="n"><xsl:value-of select="$w.closing"/></th></tr></thead>
            <tbody>
              <xsl:for-each select="d:place">
                <tr>
                  <th scope="row"><a href="../{@code}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a><xsl:if test="@withheld_lines != 0"><br/><span class="dim"><xsl:choose><xsl:when test="$zh">有没公布的</xsl:when><xsl:otherwise>some withheld</xsl:otherwise></xsl:choose></span></xsl:if></th>
                  <xsl:for-each select="d:received | d:spent | d:closing"><td class="n"><xsl:call-template name="yuan"/></td></xsl:for-each>
                </tr>
              </xsl:for-each>
            </tbody>
          </table></div>
          <xsl:for-each select="d:folded"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="@places"/> 个村，见各乡镇和各村的页。</xsl:when><xsl:otherwise><xsl:value-of select="@places"/> villages more are on the pages of townships and villages.</xsl:otherwise></xsl:choose></p></xsl:for-each>
        </xsl:if>
        <xsl:if test="d:project">
          <h2><xsl:choose><xsl:when test="$zh">用在哪些项目上</xsl:when><xsl:otherwise>Projects that it pays for</xsl:otherwise></xsl:choose></h2>
          <ul>
            <xsl:for-each select="d:project[position() &lt;= 2 * $rows_most]">
              <xsl:variable name="project_file"><xsl:call-template name="file_name"><xsl:with-param name="code" select="@code"/></xsl:call-template></xsl:variable>
              <xsl:variable name="up"><xsl:if test="@page"><xsl:value-of select="concat('../', @page, '/')"/></xsl:if></xsl:variable>
              <li><a href="../{$up}projects/{$project_file}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="@place_name"/></xsl:call-template></li>
            </xsl:for-each>
          </ul>
          <xsl:if test="count(d:project) > 2 * $rows_most"><p><a href="../names{$html}"><xsl:value-of select="$w.names"/></a></p></xsl:if>
        </xsl:if>
        <xsl:call-template name="who_answers"><xsl:with-param name="name" select="@root_name"/></xsl:call-template>
        <xsl:call-template name="complain"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- ==== The index of a period ==== -->

  <xsl:template match="/d:place_index">
    <xsl:variable name="when"><xsl:call-template name="period"><xsl:with-param name="name" select="@period"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="frame">
      <xsl:with-param name="title" select="concat(@root_name, ' · ', $when, ' · ', $w.places)"/>
      <xsl:with-param name="self" select="'index'"/>
      <xsl:with-param name="body">
        <h1><xsl:value-of select="$w.places"/><xsl:value-of select="concat($w.open, $when, $w.close)"/></h1>
        <p><a class="call" href="names{$html}"><xsl:value-of select="$w.names"/></a></p>
        <xsl:if test="not(.//d:place[@level='village']) and .//d:place[@below > 0]"><p><xsl:choose><xsl:when test="$zh">各村在乡镇的页上，也可以按名字找。</xsl:when><xsl:otherwise>Villages are on the pages of their townships; or find them by name.</xsl:otherwise></xsl:choose></p></xsl:if>
        <xsl:apply-templates select="d:place" mode="tree"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- A place with places below is a heading or, deeper, a line; the others are links side by side. -->
  <xsl:template match="d:place" mode="tree">
    <xsl:choose>
      <xsl:when test="@depth = 0"><h2><xsl:call-template name="place_link"/></h2></xsl:when>
      <xsl:when test="d:place"><h3><xsl:call-template name="place_link"/></h3></xsl:when>
    </xsl:choose>
    <xsl:apply-templates select="d:place[d:place]" mode="tree"/>
    <xsl:if test="d:place[not(d:place)]"><ul class="list"><xsl:for-each select="d:place[not(d:place)]"><li><xsl:call-template name="place_link"/></li></xsl:for-each></ul></xsl:if>
  </xsl:template>
  <xsl:template name="place_link"><a href="{@code}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a></xsl:template>

  <xsl:template match="/d:name_index">
    <xsl:variable name="when"><xsl:call-template name="period"><xsl:with-param name="name" select="@period"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="frame">
      <xsl:with-param name="title" select="concat(@root_name, ' · ', $when, ' · ', $w.names)"/>
      <xsl:with-param name="self"><xsl:call-template name="names_page"><xsl:with-param name="page" select="@page"/></xsl:call-template></xsl:with-param>
      <xsl:with-param name="body">
        <h1><xsl:value-of select="$w.names"/><xsl:value-of select="concat($w.open, $when, $w.close)"/></h1>
        <p><a class="call" href="index{$html}"><xsl:value-of select="$w.places"/></a></p>
        <p><xsl:choose><xsl:when test="$zh">按拼音的第一个字母排。</xsl:when><xsl:otherwise>By the first letter in pinyin.</xsl:otherwise></xsl:choose></p>
        <ul class="list"><xsl:for-each select="d:letter"><xsl:variable name="file"><xsl:call-template name="names_page"><xsl:with-param name="page" select="@page"/></xsl:call-template></xsl:variable><li><a href="{$file}{$html}#{@name}"><xsl:call-template name="letter_words"/></a></li></xsl:for-each></ul>
        <xsl:for-each select="d:entry[not(@letter = preceding-sibling::d:entry[1]/@letter)]">
          <xsl:variable name="letter" select="@letter"/>
          <h2 id="{@letter}"><xsl:for-each select="@letter"><xsl:call-template name="letter_words"><xsl:with-param name="name" select="."/></xsl:call-template></xsl:for-each></h2>
          <ul><xsl:for-each select="../d:entry[@letter = $letter]"><li><xsl:call-template name="entry_link"/></li></xsl:for-each></ul>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="names_page">
    <xsl:param name="page"/>
    <xsl:text>names</xsl:text><xsl:if test="$page > 1">-<xsl:value-of select="$page"/></xsl:if>
  </xsl:template>
  <xsl:template name="letter_words">
    <xsl:param name="name" select="@name"/>
    <xsl:choose><xsl:when test="$name != '~'"><xsl:value-of select="$name"/></xsl:when><xsl:when test="$zh">其他</xsl:when><xsl:otherwise>others</xsl:otherwise></xsl:choose>
  </xsl:template>
  <xsl:template name="entry_link">
    <xsl:variable name="file"><xsl:call-template name="file_name"><xsl:with-param name="code" select="@code"/></xsl:call-template></xsl:variable>
    <xsl:variable name="folder"><xsl:if test="@page"><xsl:value-of select="concat('../', @page, '/')"/></xsl:if><xsl:choose><xsl:when test="@what='project'">projects/</xsl:when><xsl:when test="@what='fund'">funds/</xsl:when></xsl:choose></xsl:variable>
    <a href="{$folder}{$file}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a>
    <xsl:choose>
      <xsl:when test="@what='project'"><xsl:value-of select="concat($w.comma, $w.project)"/><xsl:value-of select="$w.comma"/><xsl:call-template name="own"><xsl:with-param name="text" select="@place_name"/></xsl:call-template></xsl:when>
      <xsl:when test="@what='fund'"><xsl:value-of select="concat($w.comma, $w.fund)"/></xsl:when>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
