<?xml version="1.0" encoding="UTF-8"?>
<!--
  disclosure.xsl - the page of a village, township or county, made from its signed document.

  1. Nothing is computed: every amount stands in the document and is copied or written another way.
  2. No script, no font, nothing from anywhere else: one file with its pictures, below 60 KB. What
     would make it larger is on the pages of projects and funds and in the index of names.
  3. The sum first, in large figures; then where it came from, where it went, what it became, who
     answers for it, how to complain. Sentences are short.
  4. `lang` is zh or en. `project`, when given, is the code of the one whose page is wanted. `short`, 1 or 2,
     cuts lists further, for a page that would be too large; `cut` says after how many characters its
     texts were cut. `source` and `edition` are told in the page's head. `elsewhere` names projects whose page stands in
     another period: for each a line feed, its code, a space and that period.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1"
                xmlns:ds="http://www.w3.org/2000/09/xmldsig#" exclude-result-prefixes="d ds">
  <xsl:include href="page_words.xsl"/>
  <xsl:include href="page_style.xsl"/>
  <xsl:include href="page_numbers.xsl"/>
  <xsl:include href="page_pictures.xsl"/>
  <xsl:include href="page_projects.xsl"/>
  <xsl:include href="page_lists.xsl"/>
  <xsl:include href="board.xsl"/>
  <xsl:include href="page_matters.xsl"/>
  <xsl:include href="page_duties.xsl"/>
  <xsl:include href="page_assets.xsl"/>
  <xsl:include href="page_income.xsl"/>
  <xsl:include href="page_custody.xsl"/>
  <xsl:output method="html" encoding="UTF-8" indent="yes" doctype-system="about:legacy-compat"/>
  <xsl:strip-space elements="*"/>
  <xsl:param name="project"/>
  <xsl:key name="fund" match="d:funds/d:fund" use="@code"/>
  <xsl:key name="office" match="d:projects/d:project | d:planned[@unit] | d:in_bank | d:before" use="concat(@unit, '|', @office_phone)"/>

  <!-- What a page holds at most of each list; more is a link away. -->
  <xsl:param name="short"/>
  <xsl:param name="source"/>
  <xsl:param name="edition"/>
  <xsl:param name="cut"/>
  <xsl:param name="elsewhere"/>
  <xsl:param name="published"/>
  <xsl:variable name="cards_most" select="6 * ($short = '')"/>
  <xsl:variable name="rows_most" select="50 * ($short = '') + 10 * ($short = '1') + 5 * ($short = '2')"/>
  <xsl:variable name="funds_most" select="20 * ($short = '') + 5 * ($short = '1') + 3 * ($short = '2')"/>
  <xsl:variable name="below_most" select="300 * ($short = '') + 100 * ($short = '1') + 30 * ($short = '2')"/>
  <xsl:variable name="say_most" select="6"/>

  <!-- ==== The frame of every page ==== -->

  <!-- `up`: the way to the folder of the period; `self`: the page's name less .html or .en.html. -->
  <xsl:template name="frame">
    <xsl:param name="title"/>
    <xsl:param name="path"/>
    <xsl:param name="self"/>
    <xsl:param name="up"/>
    <xsl:param name="body"/>
    <html lang="zh-CN">
      <xsl:if test="not($zh)"><xsl:attribute name="lang">en</xsl:attribute></xsl:if>
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <xsl:call-template name="made_by"/>
        <title><xsl:value-of select="$title"/></title>
        <xsl:call-template name="style"/>
      </head>
      <body>
        <header class="top">
          <nav>
            <xsl:attribute name="aria-label"><xsl:choose><xsl:when test="$zh">所在位置</xsl:when><xsl:otherwise>Where you are</xsl:otherwise></xsl:choose></xsl:attribute>
            <a href="{$up}../../index.html"><xsl:choose><xsl:when test="$zh">明账</xsl:when><xsl:otherwise>Mingzhang</xsl:otherwise></xsl:choose></a>
            <xsl:copy-of select="$path"/>
          </nav>
          <nav class="noprint">
            <xsl:attribute name="aria-label"><xsl:choose><xsl:when test="$zh">查找和语言</xsl:when><xsl:otherwise>Find, and language</xsl:otherwise></xsl:choose></xsl:attribute>
            <a href="{$up}index{$html}"><xsl:value-of select="$w.index"/></a> · <a href="{$up}disclosures{$html}"><xsl:value-of select="$w.duties"/></a> · <a href="{$self}{$other_html}"><xsl:choose><xsl:when test="$zh"><xsl:attribute name="lang">en</xsl:attribute>English</xsl:when><xsl:otherwise><xsl:attribute name="lang">zh-CN</xsl:attribute>中文</xsl:otherwise></xsl:choose></a>
          </nav>
        </header>
        <xsl:call-template name="patterns"/>
        <main>
          <xsl:if test="$cut != ''"><p class="warn"><xsl:choose><xsl:when test="$zh">这一页放不下，超过 <xsl:value-of select="$cut"/> 个字的只印了开头。全文见</xsl:when><xsl:otherwise>Too much for one page: of longer texts only the first <xsl:value-of select="$cut"/> characters are shown. All of them are in </xsl:otherwise></xsl:choose><xsl:choose>
            <xsl:when test="self::d:disclosure"><a href="{$up}{@division}.xml"><xsl:choose><xsl:when test="$zh"><xsl:value-of select="$w.document"/></xsl:when><xsl:otherwise>the signed document</xsl:otherwise></xsl:choose></a></xsl:when>
            <xsl:otherwise><a href="{$up}index{$html}"><xsl:value-of select="$w.documents"/></a></xsl:otherwise></xsl:choose><xsl:value-of select="$w.stop"/></p></xsl:if>
          <xsl:copy-of select="$body"/>
        </main>
        <footer class="dim">
          <p><xsl:value-of select="@origin"/> · <a href="{$up}manifest.xml"><xsl:value-of select="$w.manifest"/></a> · <a href="{$up}data/lines.csv"><xsl:choose><xsl:when test="$zh">表格 CSV</xsl:when><xsl:otherwise>Table, CSV</xsl:otherwise></xsl:choose></a> · <a href="{$up}datapackage.json"><xsl:choose><xsl:when test="$zh">全部数据</xsl:when><xsl:otherwise>All data</xsl:otherwise></xsl:choose></a></p>
          <xsl:if test="not($zh)"><p>1 wan (万) = 10,000 yuan. Names are those of the documents.</p></xsl:if>
        </footer>
      </body>
    </html>
  </xsl:template>

  <!-- Which edition of the program made the page, and from what. -->
  <xsl:template name="made_by">
    <xsl:if test="$edition != ''"><meta name="edition" content="{$edition}"/></xsl:if>
    <xsl:if test="$source != ''"><meta name="source" content="{$source}"/></xsl:if>
  </xsl:template>

  <!-- A text of the document: Chinese, whatever the page. -->
  <xsl:template name="own">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="$zh"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise><span lang="zh-CN"><xsl:value-of select="$text"/></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="level_name">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name='village'"><xsl:value-of select="$w.village"/></xsl:when>
      <xsl:when test="$name='township'"><xsl:value-of select="$w.township"/></xsl:when>
      <xsl:when test="$name='county'"><xsl:value-of select="$w.county"/></xsl:when>
      <xsl:when test="$name='prefecture'"><xsl:value-of select="$w.prefecture"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$w.province"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="/d:disclosure">
    <xsl:choose>
      <xsl:when test="$project != ''"><xsl:apply-templates select="d:projects/d:project[@code = $project]" mode="page"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="place_page"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== A place ==== -->

  <!-- What the place was called, what was there before it, and what came after it. -->
  <xsl:template name="what_changed">
    <xsl:if test="d:division/d:formerly">
      <p class="dim"><xsl:choose><xsl:when test="$zh">原</xsl:when><xsl:otherwise>Formerly </xsl:otherwise></xsl:choose><xsl:for-each select="d:division/d:formerly">
        <xsl:if test="position() &gt; 1"><xsl:choose><xsl:when test="$zh">、</xsl:when><xsl:otherwise>, </xsl:otherwise></xsl:choose></xsl:if>
        <xsl:choose>
          <xsl:when test="@code and contains($published, concat('&#10;', @period, '&#10;'))"><a href="../{@period}/{@code}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a></xsl:when>
          <xsl:otherwise><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
        <xsl:choose><xsl:when test="$zh">（到 <xsl:value-of select="@until"/>）</xsl:when><xsl:otherwise> (until <xsl:value-of select="@until"/>)</xsl:otherwise></xsl:choose>
      </xsl:for-each></p>
    </xsl:if>
    <xsl:if test="d:division/@ended">
      <p class="warn"><xsl:choose><xsl:when test="$zh">到 <xsl:value-of select="d:division/@ended"/> 为止，以后没有这个地方了</xsl:when><xsl:otherwise>There was this place until <xsl:value-of select="d:division/@ended"/></xsl:otherwise></xsl:choose><xsl:if test="d:division/d:successor">
        <xsl:choose><xsl:when test="$zh">，现在是 </xsl:when><xsl:otherwise>; now it is </xsl:otherwise></xsl:choose><xsl:for-each select="d:division/d:successor">
          <xsl:if test="position() &gt; 1"><xsl:choose><xsl:when test="$zh">、</xsl:when><xsl:otherwise>, </xsl:otherwise></xsl:choose></xsl:if>
          <a href="{@code}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a>
        </xsl:for-each></xsl:if></p>
    </xsl:if>
  </xsl:template>

  <xsl:template name="place_page">
    <xsl:variable name="when"><xsl:call-template name="period"><xsl:with-param name="name" select="@period"/></xsl:call-template></xsl:variable>
    <xsl:call-template name="frame">
      <xsl:with-param name="title"><xsl:choose>
        <xsl:when test="$zh"><xsl:value-of select="concat(d:division/@name, ' ', $when, '的账')"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="concat(d:division/@name, ': the money, ', $when)"/></xsl:otherwise>
      </xsl:choose></xsl:with-param>
      <xsl:with-param name="self" select="@division"/>
      <xsl:with-param name="path"><xsl:if test="d:division/@parent"> › <a href="{d:division/@parent}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="d:division/@parent_name"/></xsl:call-template></a></xsl:if></xsl:with-param>
      <xsl:with-param name="body">
        <h1><xsl:call-template name="own"><xsl:with-param name="text" select="d:division/@name"/></xsl:call-template><xsl:choose><xsl:when test="$zh"><xsl:value-of select="concat(' ', $when, '的账')"/></xsl:when><xsl:otherwise>: the money, <xsl:value-of select="$when"/></xsl:otherwise></xsl:choose></h1>
        <p class="dim"><xsl:value-of select="d:span/@first"/><xsl:choose><xsl:when test="$zh"> 到 </xsl:when><xsl:otherwise> to </xsl:otherwise></xsl:choose><xsl:value-of select="d:span/@last"/> · <xsl:call-template name="level_name"><xsl:with-param name="name" select="d:division/@level"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="@division"/><xsl:if test="d:division/@provisional='true'"><xsl:choose><xsl:when test="$zh">（临时代码）</xsl:when><xsl:otherwise> (provisional code)</xsl:otherwise></xsl:choose></xsl:if></p>
        <xsl:call-template name="what_changed"/>
        <xsl:apply-templates select="d:division"/>
        <xsl:if test="@replaces"><p class="warn"><xsl:choose><xsl:when test="$zh">这一页改正了以前公布的一份。以前那份的编号：</xsl:when><xsl:otherwise>This corrects what was published before. The number of the former one: </xsl:otherwise></xsl:choose><span class="dim"><xsl:value-of select="@replaces"/></span></p></xsl:if>
        <xsl:apply-templates select="d:corrected"/>
        <xsl:apply-templates select="d:summary"/>
        <xsl:call-template name="withheld_sentence"/>
        <xsl:if test="d:flow/d:from">
          <h2><xsl:choose><xsl:when test="$zh">一张图看懂钱</xsl:when><xsl:otherwise>The money in one picture</xsl:otherwise></xsl:choose></h2>
          <xsl:apply-templates select="d:flow"/>
        </xsl:if>
        <xsl:if test="d:flow/d:from or d:books/d:book/d:line or d:summary/@withheld_lines != 0">
          <xsl:call-template name="came_from"/>
          <xsl:call-template name="went_to"/>
        </xsl:if>
        <xsl:apply-templates select="d:projects"/>
        <xsl:apply-templates select="d:assets"/>
        <xsl:apply-templates select="d:maintenance"/>
        <xsl:apply-templates select="d:income"/>
        <xsl:apply-templates select="d:mutual_aid"/>
        <xsl:apply-templates select="d:custody"/>
        <xsl:call-template name="who_answers"/>
        <xsl:call-template name="complain"/>
        <xsl:call-template name="since_last"/>
        <xsl:if test="count(d:years/d:year) > 1">
          <h2><xsl:choose><xsl:when test="$zh">一年一年看</xsl:when><xsl:otherwise>Year by year</xsl:otherwise></xsl:choose></h2>
          <xsl:apply-templates select="d:years"/>
        </xsl:if>
        <xsl:apply-templates select="d:attention"/>
        <xsl:call-template name="loudspeaker"/>
        <xsl:apply-templates select="d:matters"/>
        <xsl:apply-templates select="d:withheld"/>
        <xsl:apply-templates select="d:books"/>
        <xsl:apply-templates select="d:below"/>
        <xsl:call-template name="check"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What it was called, what it came from, what came after it. -->
  <xsl:template match="d:division">
    <xsl:for-each select="d:formerly"><p><xsl:choose>
      <xsl:when test="$zh">到 <xsl:value-of select="@until"/> 为止叫<xsl:value-of select="@name"/><xsl:if test="@code">（<xsl:value-of select="@code"/>）</xsl:if>。</xsl:when>
      <xsl:otherwise>Until <xsl:value-of select="@until"/>: <xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template><xsl:if test="@code"> (<xsl:value-of select="@code"/>)</xsl:if>.</xsl:otherwise>
    </xsl:choose></p></xsl:for-each>
    <xsl:if test="@ended"><p class="warn"><xsl:choose>
      <xsl:when test="$zh">这个<xsl:call-template name="level_name"><xsl:with-param name="name" select="@level"/></xsl:call-template>已于 <xsl:value-of select="@ended"/> 撤销。</xsl:when>
      <xsl:otherwise>It ended on <xsl:value-of select="@ended"/>. </xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="d:successor"><xsl:choose><xsl:when test="$zh">后来的账在<xsl:value-of select="@name"/>（<xsl:value-of select="@code"/>）。</xsl:when><xsl:otherwise>Its books went on in <xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template> (<xsl:value-of select="@code"/>). </xsl:otherwise></xsl:choose></xsl:for-each></p></xsl:if>
  </xsl:template>

  <!-- ==== The sum ==== -->

  <xsl:template name="sum_tile">
    <xsl:param name="label"/>
    <xsl:param name="sign"/>
    <xsl:param name="main" select="false()"/>
    <li>
      <xsl:if test="$main"><xsl:attribute name="class">main</xsl:attribute></xsl:if>
      <span><xsl:if test="$sign != ''"><b class="sign"><xsl:value-of select="concat($sign, ' ')"/></b></xsl:if><xsl:value-of select="$label"/></span>
      <xsl:choose>
        <xsl:when test="$zh and string-length(translate(@fen, '-', '')) > 6">
          <xsl:variable name="wan"><xsl:call-template name="wan"><xsl:with-param name="fen" select="@fen"/></xsl:call-template></xsl:variable>
          <strong><xsl:if test="string-length($wan) > 10"><xsl:attribute name="class">long</xsl:attribute></xsl:if><xsl:value-of select="$wan"/> 万元</strong>
          <span class="dim">＝ <xsl:call-template name="yuan"/> 元</span>
        </xsl:when>
        <xsl:when test="$zh"><strong><xsl:call-template name="yuan"/> 元</strong></xsl:when>
        <xsl:otherwise>
          <strong><xsl:if test="string-length(@yuan) - 3 * (substring(@yuan, string-length(@yuan) - 2) = '.00') > 11"><xsl:attribute name="class">long</xsl:attribute></xsl:if><xsl:call-template name="yuan"/><xsl:text> </xsl:text><small>yuan</small></strong>
          <xsl:if test="string-length(translate(@fen, '-', '')) > 6"><span class="dim">= <xsl:call-template name="wan"><xsl:with-param name="fen" select="@fen"/></xsl:call-template> wan</span></xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </li>
  </xsl:template>

  <xsl:template match="d:summary">
    <ul class="sums">
      <xsl:variable name="opening_first" select="d:received/@fen = 0 and d:opening/@fen != 0"/>
      <xsl:if test="$opening_first"><xsl:for-each select="d:opening"><xsl:call-template name="sum_tile"><xsl:with-param name="main" select="true()"/><xsl:with-param name="label" select="$w.opening"/></xsl:call-template></xsl:for-each></xsl:if>
      <xsl:for-each select="d:received"><xsl:call-template name="sum_tile"><xsl:with-param name="main" select="not($opening_first)"/><xsl:with-param name="sign" select="substring('＋', 1, $opening_first)"/><xsl:with-param name="label"><xsl:choose><xsl:when test="$zh">这一期收到</xsl:when><xsl:otherwise>Received</xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></xsl:for-each>
      <xsl:if test="not($opening_first)"><xsl:for-each select="d:opening[@fen != 0]"><xsl:call-template name="sum_tile"><xsl:with-param name="sign" select="'＋'"/><xsl:with-param name="label" select="$w.opening"/></xsl:call-template></xsl:for-each></xsl:if>
      <xsl:for-each select="d:spent"><xsl:call-template name="sum_tile"><xsl:with-param name="sign" select="'－'"/><xsl:with-param name="label" select="$w.spent"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="d:passed_on[@fen != 0]"><xsl:call-template name="sum_tile"><xsl:with-param name="sign" select="'－'"/><xsl:with-param name="label" select="$w.passed_on"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="d:closing"><xsl:call-template name="sum_tile"><xsl:with-param name="sign" select="'＝'"/><xsl:with-param name="label" select="$w.closing"/></xsl:call-template></xsl:for-each>
    </ul>
    <xsl:if test="@withheld_lines = 0 and not(../d:books/d:book/d:line[d:in or d:out])"><p><xsl:choose><xsl:when test="$zh">这一期没有收到钱，也没有用出或转出钱。记错了又改回来的不算。</xsl:when><xsl:otherwise>Nothing came to and nothing left this <xsl:value-of select="../d:division/@level"/> in the period. Entries that were reversed don’t count.</xsl:otherwise></xsl:choose></p></xsl:if>
  </xsl:template>

  <xsl:template name="withheld_sentence">
    <xsl:variable name="lines" select="count(d:withheld/d:item[@what='line'])"/>
    <xsl:if test="$lines != 0"><p class="warn"><xsl:choose>
      <xsl:when test="$zh">有 <xsl:value-of select="$lines"/> 笔账没有算在里面，也没有公布：里面有发给个人的钱，公布了会看出某一家拿了多少。自己那一份，每户可以用凭条核对。</xsl:when>
      <xsl:otherwise>The sums leave out <xsl:value-of select="$lines"/> line<xsl:if test="$lines != 1">s</xsl:if>, which <xsl:choose><xsl:when test="$lines = 1">isn’t</xsl:when><xsl:otherwise>aren’t</xsl:otherwise></xsl:choose> published: payments to people are in them, and the figures would tell what one household got. Each household can check its own part by its slip.</xsl:otherwise>
    </xsl:choose></p></xsl:if>
  </xsl:template>

  <!-- ==== Where from, where to ==== -->

  <xsl:template name="fund_link">
    <xsl:param name="code" select="@code"/>
    <xsl:param name="up"/>
    <xsl:variable name="fund" select="key('fund', $code)"/>
    <xsl:variable name="file"><xsl:call-template name="file_name"><xsl:with-param name="code" select="$code"/></xsl:call-template></xsl:variable>
    <a href="{$up}funds/{$file}{$html}"><xsl:call-template name="own"><xsl:with-param name="text"><xsl:choose><xsl:when test="$fund"><xsl:value-of select="$fund/@name"/></xsl:when><xsl:otherwise><xsl:value-of select="$code"/></xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template></a>
  </xsl:template>

  <xsl:template name="came_from">
    <xsl:variable name="ins" select="d:funds/d:fund[d:in]"/>
    <h2><xsl:choose><xsl:when test="$zh">钱从哪里来</xsl:when><xsl:otherwise>Where the money came from</xsl:otherwise></xsl:choose></h2>
    <xsl:variable name="kept" select="d:books/d:book/d:line[d:opening/@fen != 0]"/>
    <xsl:if test="not($ins)"><p><xsl:choose>
      <xsl:when test="$zh and d:summary/@withheld_lines = 0">这一期没有收到钱。</xsl:when>
      <xsl:when test="$zh">这一期没有收到可以公布的钱。</xsl:when>
      <xsl:when test="d:summary/@withheld_lines = 0">Nothing came in this period.</xsl:when>
      <xsl:otherwise>Nothing that may be published came in this period.</xsl:otherwise></xsl:choose></p></xsl:if>
    <xsl:if test="$ins"><ul>
      <xsl:for-each select="$ins[position() &lt;= $funds_most]">
        <li>
          <xsl:call-template name="fund_link"/><xsl:value-of select="$w.comma"/><xsl:call-template name="from_words"/>
          <br/><span class="dim"><xsl:call-template name="own"><xsl:with-param name="text" select="@document"/></xsl:call-template></span>
          <xsl:for-each select="d:in[position() &lt;= 3]">
            <br/><xsl:call-template name="in_words"/><xsl:text> </xsl:text><xsl:call-template name="money"/>
          </xsl:for-each>
          <xsl:if test="count(d:in) > 3"><br/><xsl:choose><xsl:when test="$zh">另有 <xsl:value-of select="count(d:in) - 3"/> 处，见这笔资金的页。</xsl:when><xsl:otherwise>and <xsl:value-of select="count(d:in) - 3"/> more, on the page of this fund.</xsl:otherwise></xsl:choose></xsl:if>
        </li>
      </xsl:for-each>
    </ul></xsl:if>
    <xsl:if test="count($ins) > $funds_most"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count($ins) - $funds_most"/> 笔资金，见</xsl:when><xsl:otherwise><xsl:value-of select="count($ins) - $funds_most"/> more funds: </xsl:otherwise></xsl:choose><a href="names{$html}"><xsl:value-of select="$w.names"/></a></p></xsl:if>
    <xsl:if test="$kept">
      <p><xsl:choose><xsl:when test="$zh">上期留下的钱：</xsl:when><xsl:otherwise>What was left from before:</xsl:otherwise></xsl:choose></p>
      <ul>
        <xsl:for-each select="$kept[position() &lt;= $funds_most]"><li><xsl:call-template name="fund_link"><xsl:with-param name="code" select="@fund"/></xsl:call-template><xsl:value-of select="$w.open"/><xsl:call-template name="book_name"><xsl:with-param name="name" select="../@name"/></xsl:call-template><xsl:value-of select="$w.close"/><xsl:text> </xsl:text><xsl:for-each select="d:opening"><xsl:call-template name="money"/></xsl:for-each></li></xsl:for-each>
        <xsl:if test="count($kept) > $funds_most"><li><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count($kept) - $funds_most"/> 笔</xsl:when><xsl:otherwise><xsl:value-of select="count($kept) - $funds_most"/> more</xsl:otherwise></xsl:choose></li></xsl:if>
      </ul>
    </xsl:if>
  </xsl:template>

  <xsl:template name="in_words">
    <xsl:choose>
      <xsl:when test="@term='received_from_above' and $zh"><xsl:value-of select="@division_name"/>拨来</xsl:when>
      <xsl:when test="@term='received_from_above'">From <xsl:call-template name="own"><xsl:with-param name="text" select="@division_name"/></xsl:call-template></xsl:when>
      <xsl:when test="@term='recovered_from_below' and $zh"><xsl:value-of select="@division_name"/>交回</xsl:when>
      <xsl:when test="@term='recovered_from_below'">Handed back by <xsl:call-template name="own"><xsl:with-param name="text" select="@division_name"/></xsl:call-template></xsl:when>
      <xsl:when test="@term='appropriated'"><xsl:value-of select="$w.term.appropriated"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$w.term.other_receipts"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="went_to">
    <h2><xsl:choose><xsl:when test="$zh">钱到哪里去了</xsl:when><xsl:otherwise>Where the money went</xsl:otherwise></xsl:choose></h2>
    <xsl:choose>
      <xsl:when test="d:flow/d:to">
        <div class="wide" tabindex="0"><table>
          <thead><tr><th scope="col"><xsl:value-of select="$w.whereto"/></th><th scope="col" class="n"><xsl:value-of select="$w.yuan"/></th><th scope="col" class="n"><xsl:choose><xsl:when test="$zh">万元</xsl:when><xsl:otherwise>wan</xsl:otherwise></xsl:choose></th></tr></thead>
          <tbody>
            <xsl:for-each select="d:flow/d:to">
              <tr>
                <th scope="row"><xsl:choose>
                  <xsl:when test="@what='division'"><xsl:if test="$zh">拨给</xsl:if><xsl:if test="not($zh)">To </xsl:if><a href="{@division}{$html}"><xsl:call-template name="own"><xsl:with-param name="text"><xsl:call-template name="to_name"/></xsl:with-param></xsl:call-template></a></xsl:when>
                  <xsl:when test="@what='project'"><xsl:variable name="file"><xsl:call-template name="file_name"><xsl:with-param name="code" select="@project"/></xsl:call-template></xsl:variable><xsl:if test="$zh">花在</xsl:if><xsl:if test="not($zh)">Spent on </xsl:if><xsl:variable name="folder"><xsl:call-template name="project_folder"><xsl:with-param name="code" select="@project"/></xsl:call-template></xsl:variable><a href="{$folder}{$file}{$html}"><xsl:call-template name="own"><xsl:with-param name="text"><xsl:call-template name="to_name"/></xsl:with-param></xsl:call-template></a></xsl:when>
                  <xsl:when test="@what='other_projects'"><xsl:if test="$zh">花在</xsl:if><xsl:if test="not($zh)">Spent on </xsl:if><xsl:call-template name="to_name"/></xsl:when>
                  <xsl:otherwise><xsl:call-template name="to_name"/></xsl:otherwise>
                </xsl:choose></th>
                <td class="n"><xsl:call-template name="yuan"/></td>
                <td class="n"><xsl:call-template name="wan"><xsl:with-param name="fen" select="@fen"/></xsl:call-template></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table></div>
      </xsl:when>
      <xsl:otherwise>
        <ul>
          <xsl:for-each select="d:summary/d:spent | d:summary/d:passed_on | d:summary/d:closing">
            <li><xsl:choose><xsl:when test="self::d:spent"><xsl:value-of select="$w.spent"/></xsl:when><xsl:when test="self::d:passed_on"><xsl:value-of select="$w.passed_on"/></xsl:when><xsl:otherwise><xsl:value-of select="$w.closing"/></xsl:otherwise></xsl:choose><xsl:text> </xsl:text><xsl:call-template name="money"/></li>
          </xsl:for-each>
        </ul>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== Who answers, how to complain ==== -->

  <!-- The offices of its projects; without such, those of the projects that its matters tell of; else
       `name`, who keeps the books. -->
  <xsl:template name="who_answers">
    <xsl:param name="name" select="d:division/@name"/>
    <xsl:variable name="offices" select="(d:projects/d:project | d:matters[not(../d:projects/d:project)]//*[self::d:planned or self::d:in_bank or self::d:before])[@unit][generate-id() = generate-id(key('office', concat(@unit, '|', @office_phone))[1])]"/>
    <h2><xsl:choose><xsl:when test="$zh">谁负责</xsl:when><xsl:otherwise>Who answers for it</xsl:otherwise></xsl:choose></h2>
    <ul>
      <xsl:for-each select="$offices[position() &lt;= 10]">
        <li><xsl:call-template name="own"><xsl:with-param name="text" select="@unit"/></xsl:call-template><xsl:call-template name="phone"/></li>
      </xsl:for-each>
      <xsl:if test="not($offices)"><li><xsl:call-template name="own"><xsl:with-param name="text" select="$name"/></xsl:call-template><xsl:call-template name="phone"/></li></xsl:if>
    </ul>
    <xsl:if test="count($offices) > 10"><p><xsl:choose><xsl:when test="$zh">其他单位见各项目的页。</xsl:when><xsl:otherwise>Other offices are on the pages of the projects.</xsl:otherwise></xsl:choose></p></xsl:if>
  </xsl:template>

  <!-- Of an office; without one, that of the nearest place that takes complaints. -->
  <xsl:template name="phone">
    <xsl:variable name="channel" select="ancestor-or-self::*/d:matters/d:matter[@code='complaints']/d:channel[@office_phone != '12317'][last()]"/>
    <xsl:choose>
      <xsl:when test="@office_phone"><xsl:choose><xsl:when test="$zh">，电话 </xsl:when><xsl:otherwise>, telephone </xsl:otherwise></xsl:choose><a class="call" href="tel:{translate(@office_phone, '- ', '')}"><xsl:value-of select="@office_phone"/></a></xsl:when>
      <xsl:when test="$channel"><xsl:choose><xsl:when test="$zh">（没有登记电话，可以问<xsl:value-of select="$channel/@name"/>，电话 </xsl:when><xsl:otherwise> (no telephone on record; ask <xsl:call-template name="own"><xsl:with-param name="text" select="$channel/@name"/></xsl:call-template>, telephone </xsl:otherwise></xsl:choose><a class="call" href="tel:{translate($channel/@office_phone, '- ', '')}"><xsl:value-of select="$channel/@office_phone"/></a><xsl:value-of select="$w.close"/></xsl:when>
      <xsl:when test="$zh">（没有登记电话）</xsl:when>
      <xsl:otherwise> (no telephone on record)</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="complain">
    <xsl:variable name="channels" select="d:matters/d:matter[@code='complaints']/d:channel"/>
    <h2><xsl:choose><xsl:when test="$zh">有问题，怎么说</xsl:when><xsl:otherwise>How to ask or complain</xsl:otherwise></xsl:choose></h2>
    <ul>
      <xsl:for-each select="$channels[position() &lt;= 6]">
        <li><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template><xsl:if test="not($zh) and @office_phone = '12317'"> (the national line)</xsl:if><br/><a class="call" href="tel:{translate(@office_phone, '- ', '')}"><xsl:value-of select="@office_phone"/></a>
          <xsl:if test="@address | @hours"><br/><span class="dim"><xsl:call-template name="own"><xsl:with-param name="text" select="concat(@address, ' ', @hours)"/></xsl:call-template></span></xsl:if></li>
      </xsl:for-each>
      <xsl:if test="not($channels[@office_phone = '12317'])"><li><xsl:choose><xsl:when test="$zh">全国乡村振兴监督举报电话 </xsl:when><xsl:otherwise>The national line for rural funds </xsl:otherwise></xsl:choose><a class="call" href="tel:12317">12317</a></li></xsl:if>
    </ul>
    <p><xsl:choose><xsl:when test="$zh">打电话时说清楚：哪个村、哪个项目、这一页上的哪个数不对。</xsl:when><xsl:otherwise>Say which village, which project, and which figure of this page is wrong.</xsl:otherwise></xsl:choose></p>
    <xsl:for-each select="d:matters/d:matter[@code='complaints']/d:complaints"><p><xsl:choose>
      <xsl:when test="$zh">这一期收到意见和举报 <xsl:value-of select="@received"/> 件，答复了 <xsl:value-of select="@answered"/> 件。期末还在办 <xsl:value-of select="@open"/> 件，其中过了期限的 <xsl:value-of select="@overdue"/> 件。</xsl:when>
      <xsl:otherwise>Complaints in this period: <xsl:value-of select="@received"/> received, <xsl:value-of select="@answered"/> answered. Open at its end: <xsl:value-of select="@open"/>, overdue: <xsl:value-of select="@overdue"/>.</xsl:otherwise>
    </xsl:choose></p></xsl:for-each>
  </xsl:template>

  <!-- ==== What changed ==== -->

  <!-- An amount without its sign. -->
  <xsl:template name="size_of">
    <b><xsl:choose>
      <xsl:when test="$zh and string-length(translate(@fen, '-', '')) > 6"><xsl:call-template name="wan"><xsl:with-param name="fen" select="translate(@fen, '-', '')"/></xsl:call-template> 万元</xsl:when>
      <xsl:otherwise><xsl:call-template name="yuan"><xsl:with-param name="yuan" select="translate(@yuan, '-', '')"/></xsl:call-template><xsl:value-of select="concat(' ', $w.yuan)"/></xsl:otherwise>
    </xsl:choose></b>
  </xsl:template>

  <xsl:template name="change_words">
    <xsl:param name="verb"/>
    <li><xsl:value-of select="$verb"/><xsl:choose>
        <xsl:when test="d:difference/@fen = 0 and $zh">：一样多，都是 </xsl:when>
        <xsl:when test="d:difference/@fen = 0">: the same, </xsl:when>
        <xsl:when test="d:difference/@fen > 0 and $zh">：多了 </xsl:when>
        <xsl:when test="d:difference/@fen > 0">: more by </xsl:when>
        <xsl:when test="$zh">：少了 </xsl:when>
        <xsl:otherwise>: less by </xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="d:difference[@fen != 0]">
        <xsl:call-template name="size_of"/>
        <xsl:choose><xsl:when test="$zh">（上期 </xsl:when><xsl:otherwise> (before </xsl:otherwise></xsl:choose>
        <xsl:for-each select="../d:before"><xsl:call-template name="yuan"/></xsl:for-each><xsl:choose><xsl:when test="$zh"> 元，这期 </xsl:when><xsl:otherwise>, now </xsl:otherwise></xsl:choose><xsl:for-each select="../d:now"><xsl:call-template name="yuan"/></xsl:for-each><xsl:choose><xsl:when test="$zh"> 元）</xsl:when><xsl:otherwise> yuan)</xsl:otherwise></xsl:choose>
      </xsl:for-each>
      <xsl:if test="d:difference/@fen = 0"><xsl:for-each select="d:now"><xsl:call-template name="yuan"/><xsl:value-of select="concat(' ', $w.yuan)"/></xsl:for-each></xsl:if>
    </li>
  </xsl:template>

  <xsl:template name="since_last">
    <xsl:variable name="first" select="translate(d:span/@first, '-', '')"/>
    <xsl:variable name="last" select="translate(d:span/@last, '-', '')"/>
    <xsl:variable name="paid" select="d:projects/d:project[d:paid_in_period/@fen != 0]"/>
    <xsl:variable name="begun" select="d:projects/d:project[@start and translate(@start, '-', '') >= $first and translate(@start, '-', '') &lt;= $last]"/>
    <xsl:variable name="signed" select="d:projects/d:project/d:contract[translate(@signed_on, '-', '') >= $first and translate(@signed_on, '-', '') &lt;= $last]"/>
    <xsl:if test="d:changes">
      <xsl:variable name="before"><xsl:call-template name="period"><xsl:with-param name="name" select="d:changes/@since"/></xsl:call-template></xsl:variable>
      <h2><xsl:value-of select="$w.changed"/></h2>
      <xsl:choose>
        <xsl:when test="not(d:changes/d:change/d:before[@fen != 0])"><p><xsl:choose>
          <xsl:when test="$zh">上一期（<xsl:value-of select="$before"/>）没有可以比的数。</xsl:when>
          <xsl:otherwise>In the period before (<xsl:value-of select="$before"/>) there is nothing to compare with.</xsl:otherwise></xsl:choose></p></xsl:when>
        <xsl:otherwise>
          <p><xsl:choose><xsl:when test="$zh">上一期是 <xsl:value-of select="$before"/>。</xsl:when><xsl:otherwise>The period before is <xsl:value-of select="$before"/>.</xsl:otherwise></xsl:choose></p>
          <ul>
            <xsl:for-each select="d:changes/d:change[d:before/@fen != 0 or d:now/@fen != 0]">
              <xsl:call-template name="change_words"><xsl:with-param name="verb"><xsl:choose><xsl:when test="@figure='received'"><xsl:value-of select="$w.received"/></xsl:when><xsl:when test="@figure='spent'"><xsl:value-of select="$w.spent"/></xsl:when><xsl:when test="@figure='passed_on'"><xsl:value-of select="$w.passed_on"/></xsl:when><xsl:otherwise><xsl:value-of select="$w.closing"/></xsl:otherwise></xsl:choose></xsl:with-param></xsl:call-template>
            </xsl:for-each>
          </ul>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:if test="$begun | $paid | $signed">
        <ul>
          <xsl:if test="$begun"><li><xsl:choose><xsl:when test="$zh">新开工 <xsl:value-of select="count($begun)"/> 个项目：</xsl:when><xsl:otherwise>Begun (<xsl:value-of select="count($begun)"/>): </xsl:otherwise></xsl:choose><xsl:call-template name="names_of"><xsl:with-param name="of" select="$begun"/></xsl:call-template></li></xsl:if>
          <xsl:if test="$signed"><li><xsl:choose><xsl:when test="$zh">新签 <xsl:value-of select="count($signed)"/> 份合同：</xsl:when><xsl:otherwise>Contracts signed (<xsl:value-of select="count($signed)"/>): </xsl:otherwise></xsl:choose><xsl:call-template name="names_of"><xsl:with-param name="of" select="$signed/.."/></xsl:call-template></li></xsl:if>
          <xsl:for-each select="$paid[position() &lt;= 10]"><li><xsl:choose><xsl:when test="$zh">付了钱：</xsl:when><xsl:otherwise>Paid: </xsl:otherwise></xsl:choose><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template><xsl:text> </xsl:text><xsl:for-each select="d:paid_in_period"><xsl:call-template name="money"/></xsl:for-each></li></xsl:for-each>
          <xsl:if test="count($paid) > 10"><li><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count($paid) - 10"/> 个项目付了钱，见各项目的页</xsl:when><xsl:otherwise><xsl:value-of select="count($paid) - 10"/> more projects were paid; see their pages</xsl:otherwise></xsl:choose></li></xsl:if>
        </ul>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- Names of the first five. -->
  <xsl:template name="names_of">
    <xsl:param name="of"/>
    <xsl:for-each select="$of[position() &lt;= 5]"><xsl:if test="position() > 1"><xsl:choose><xsl:when test="$zh">、</xsl:when><xsl:otherwise>, </xsl:otherwise></xsl:choose></xsl:if><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></xsl:for-each>
    <xsl:if test="count($of) > 5"> …</xsl:if>
  </xsl:template>

  <!-- ==== What wants attention ==== -->

  <xsl:template match="d:attention">
    <xsl:variable name="items" select="d:stuck/d:item | d:expired/d:item"/>
    <xsl:if test="$items">
      <h2><xsl:choose><xsl:when test="$zh">要盯住的钱</xsl:when><xsl:otherwise>Money to keep an eye on</xsl:otherwise></xsl:choose></h2>
      <xsl:if test="../d:withheld/d:item[@what='line']"><p class="dim"><xsl:choose><xsl:when test="$zh">没有公布的账不在里面。</xsl:when><xsl:otherwise>Lines that aren’t published are not among these.</xsl:otherwise></xsl:choose></p></xsl:if>
      <ul>
        <xsl:for-each select="$items[position() &lt;= 20]">
          <li><xsl:call-template name="money"/><xsl:value-of select="$w.comma"/><xsl:call-template name="fund_link"><xsl:with-param name="code" select="@fund"/></xsl:call-template><xsl:value-of select="$w.open"/><xsl:call-template name="book_name"><xsl:with-param name="name" select="@book"/></xsl:call-template><xsl:call-template name="role_words"/><xsl:value-of select="$w.close"/><xsl:choose>
            <xsl:when test="@limit and $zh">：最早的已经放了 <xsl:value-of select="@days"/> 天，满 <xsl:value-of select="@limit"/> 天就算滞留。</xsl:when>
            <xsl:when test="@limit">: the oldest of it has stood here for <xsl:value-of select="@days"/> days; <xsl:value-of select="@limit"/> days or more is too long.</xsl:when>
            <xsl:when test="$zh">：已过期 <xsl:value-of select="@days"/> 天，还没用完。</xsl:when>
            <xsl:otherwise>: expired <xsl:value-of select="@days"/> days ago and not used up.</xsl:otherwise>
          </xsl:choose></li>
        </xsl:for-each>
      </ul>
      <xsl:if test="count($items) > 20"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count($items) - 20"/> 条，见签过名的原件。</xsl:when><xsl:otherwise><xsl:value-of select="count($items) - 20"/> more are in the signed document.</xsl:otherwise></xsl:choose></p></xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- What money of a book waits for, where that isn't plain. -->
  <xsl:template name="role_words">
    <xsl:variable name="words" select="substring-before(substring-after('|zh.committed=已经签了合同|en.committed=bound by contract|zh.held=正在审核|en.held=being checked|zh.in_transit=正在付|en.in_transit=being paid|zh.owed=银行退回|en.owed=returned by the bank|zh.retention=质保金|en.retention=retention|zh.receivable=应收回|en.receivable=to be paid back|', concat('|', $lang, '.', @role, '=')), '|')"/>
    <xsl:if test="$words != ''"><xsl:value-of select="concat($w.comma, $words)"/></xsl:if>
  </xsl:template>

  <!-- ==== For the loudspeaker ==== -->

  <xsl:template name="loudspeaker">
    <xsl:variable name="when"><xsl:call-template name="say_period"><xsl:with-param name="name" select="@period"/></xsl:call-template></xsl:variable>
    <h2><xsl:value-of select="$w.loudspeaker"/></h2>
    <div class="say">
      <xsl:choose>
        <xsl:when test="$zh">
          <p><xsl:value-of select="d:division/@name"/>的乡亲们，大家好。现在念一念<xsl:value-of select="$when"/>的账。</p>
          <p><xsl:for-each select="d:summary/d:opening[@fen != 0]">上期留下<xsl:call-template name="say"/>。</xsl:for-each><xsl:for-each select="d:summary/d:received"><xsl:choose><xsl:when test="@fen = 0">这一期没有收到钱。</xsl:when><xsl:otherwise>这一期收到<xsl:call-template name="say"/>。</xsl:otherwise></xsl:choose></xsl:for-each><xsl:for-each select="d:summary/d:spent"><xsl:choose><xsl:when test="@fen = 0">没有花钱。</xsl:when><xsl:otherwise>花出去<xsl:call-template name="say"/>。</xsl:otherwise></xsl:choose></xsl:for-each><xsl:for-each select="d:flow/d:to[@what='project' or @what='other_projects']"><xsl:if test="position() = 1">其中，</xsl:if><xsl:call-template name="to_name"/>用了<xsl:call-template name="say"/><xsl:choose><xsl:when test="position() = last()">。</xsl:when><xsl:otherwise>，</xsl:otherwise></xsl:choose></xsl:for-each><xsl:for-each select="d:flow/d:to[@what='division']">拨给<xsl:call-template name="to_name"/><xsl:call-template name="say"/>。</xsl:for-each><xsl:for-each select="d:flow/d:to[@what='others']">拨给其他地方<xsl:call-template name="say"/>。</xsl:for-each><xsl:for-each select="d:flow/d:to[@what='returned_up' or @what='remitted']"><xsl:call-template name="to_name"/><xsl:call-template name="say"/>。</xsl:for-each><xsl:for-each select="d:summary/d:closing"><xsl:choose><xsl:when test="@fen = 0">账上没有剩钱。</xsl:when><xsl:otherwise>账上还剩<xsl:call-template name="say"/>。</xsl:otherwise></xsl:choose></xsl:for-each></p>
          <xsl:for-each select="d:projects/d:project[position() &lt;= $say_most]"><p><xsl:value-of select="@name"/>，计划用<xsl:for-each select="d:planned"><xsl:call-template name="say"/></xsl:for-each><xsl:for-each select="d:outside">，账外另有<xsl:value-of select="@source"/><xsl:for-each select="d:planned"><xsl:call-template name="say"/></xsl:for-each></xsl:for-each><xsl:for-each select="d:paid"><xsl:choose><xsl:when test="@fen = 0">，还没有付钱</xsl:when><xsl:otherwise>，已经付了<xsl:call-template name="say"/></xsl:otherwise></xsl:choose></xsl:for-each>。<xsl:choose><xsl:when test="@accepted='true'">已经验收了。</xsl:when><xsl:otherwise>还没有验收。</xsl:otherwise></xsl:choose><xsl:if test="@office_phone">要问这件事，打电话<xsl:call-template name="say_phone"><xsl:with-param name="phone" select="@office_phone"/></xsl:call-template>。</xsl:if></p></xsl:for-each>
          <xsl:if test="count(d:projects/d:project) > $say_most"><p>其他项目，请看公示栏。</p></xsl:if>
          <xsl:if test="d:withheld/d:item[@what='line']"><p>还有一些账里有发给个人的钱，不在这里念。自己的那一份，请拿凭条核对。</p></xsl:if>
          <p>觉得哪里不对，可以打<xsl:for-each select="d:matters/d:matter[@code='complaints']/d:channel[@office_phone != '12317'][last()]"><xsl:value-of select="@name"/>的电话，<xsl:call-template name="say_phone"><xsl:with-param name="phone" select="@office_phone"/></xsl:call-template>，也可以打</xsl:for-each>幺二三幺七。念完了，谢谢大家。</p>
        </xsl:when>
        <xsl:otherwise>
          <p>People of <xsl:call-template name="own"><xsl:with-param name="text" select="d:division/@name"/></xsl:call-template>, this is the money of <xsl:value-of select="$when"/>.</p>
          <p><xsl:for-each select="d:summary/d:opening[@fen != 0]"><xsl:call-template name="say"/> were left from before. </xsl:for-each><xsl:for-each select="d:summary/d:received"><xsl:choose><xsl:when test="@fen = 0">Nothing came in. </xsl:when><xsl:otherwise>We received <xsl:call-template name="say"/>. </xsl:otherwise></xsl:choose></xsl:for-each><xsl:for-each select="d:summary/d:spent"><xsl:choose><xsl:when test="@fen = 0">Nothing was spent. </xsl:when><xsl:otherwise>We spent <xsl:call-template name="say"/>. </xsl:otherwise></xsl:choose></xsl:for-each><xsl:for-each select="d:flow/d:to[@what='project' or @what='other_projects']"><xsl:choose><xsl:when test="position() = 1">Of this, </xsl:when><xsl:otherwise>; </xsl:otherwise></xsl:choose><xsl:call-template name="say"/> went to <xsl:choose><xsl:when test="@what='project'"><xsl:call-template name="own"><xsl:with-param name="text" select="@project_name"/></xsl:call-template></xsl:when><xsl:otherwise><xsl:call-template name="to_name"/></xsl:otherwise></xsl:choose><xsl:if test="position() = last()">. </xsl:if></xsl:for-each><xsl:for-each select="d:summary/d:passed_on[@fen != 0]">We passed on or handed back <xsl:call-template name="say"/>. </xsl:for-each><xsl:for-each select="d:summary/d:closing"><xsl:choose><xsl:when test="@fen = 0">Nothing is left.</xsl:when><xsl:otherwise><xsl:call-template name="say"/> are left.</xsl:otherwise></xsl:choose></xsl:for-each></p>
          <xsl:for-each select="d:projects/d:project[position() &lt;= $say_most]"><p><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template>: planned <xsl:for-each select="d:planned"><xsl:call-template name="say"/></xsl:for-each><xsl:for-each select="d:outside">, and outside these accounts <xsl:for-each select="d:planned"><xsl:call-template name="say"/></xsl:for-each> from <xsl:call-template name="own"><xsl:with-param name="text" select="@source"/></xsl:call-template></xsl:for-each><xsl:for-each select="d:paid">, paid <xsl:call-template name="say"/></xsl:for-each>. <xsl:choose><xsl:when test="@accepted='true'">It has been accepted.</xsl:when><xsl:otherwise>It has not been accepted yet.</xsl:otherwise></xsl:choose><xsl:if test="@office_phone"> Ask at <xsl:value-of select="@office_phone"/>.</xsl:if></p></xsl:for-each>
          <xsl:if test="count(d:projects/d:project) > $say_most"><p>More projects are on the board.</p></xsl:if>
          <xsl:if test="d:withheld/d:item[@what='line']"><p>Some lines hold payments to people and are not read out. Check your own by your slip.</p></xsl:if>
          <p>If something is wrong, call <xsl:for-each select="d:matters/d:matter[@code='complaints']/d:channel[@office_phone != '12317'][last()]"><xsl:value-of select="@office_phone"/> or </xsl:for-each>12317. Thank you.</p>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <!-- ==== What is withheld ==== -->

  <xsl:template match="d:withheld">
    <xsl:if test="d:item">
      <h2><xsl:choose><xsl:when test="$zh">没有公布的，为什么</xsl:when><xsl:otherwise>What is withheld, and why</xsl:otherwise></xsl:choose></h2>
      <ul>
        <xsl:for-each select="d:item[position() &lt;= 30]">
          <li><xsl:choose>
              <xsl:when test="@what='line'"><xsl:call-template name="fund_link"><xsl:with-param name="code" select="@fund"/></xsl:call-template></xsl:when>
              <xsl:when test="@what='stuck'"><xsl:call-template name="fund_link"><xsl:with-param name="code" select="@fund"/></xsl:call-template><xsl:choose><xsl:when test="$zh">的钱放了多久</xsl:when><xsl:otherwise>: how long its money has stood</xsl:otherwise></xsl:choose></xsl:when>
              <xsl:when test="@what='project_paid' and $zh">项目 <xsl:value-of select="@project"/> 已付的钱</xsl:when>
              <xsl:when test="@what='project_paid'">what project <xsl:value-of select="@project"/> was paid</xsl:when>
              <xsl:when test="$zh">下级合计不含未公开的 <xsl:value-of select="@lines"/> 项</xsl:when>
              <xsl:otherwise>Left out of the sum over the divisions below: <xsl:value-of select="@lines"/></xsl:otherwise>
            </xsl:choose><xsl:value-of select="$w.open"/><xsl:call-template name="book_name"><xsl:with-param name="name" select="@book"/></xsl:call-template><xsl:value-of select="$w.close"/><xsl:choose>
              <xsl:when test="@reason='sealed_totals' and $zh">：里面有发给不到三个人的钱，或者银行退回的个人的钱。</xsl:when>
              <xsl:when test="@reason='sealed_totals'">: holds payments to fewer than three people, or what a bank returned of some people’s.</xsl:when>
              <xsl:when test="$zh">：公布了，和别的数字一减，就能算出没有公布的。</xsl:when>
              <xsl:otherwise>: with it and other figures, what is withheld could be worked out.</xsl:otherwise>
            </xsl:choose></li>
        </xsl:for-each>
      </ul>
      <xsl:if test="count(d:item) > 30"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:item) - 30"/> 条，原件里都写明。</xsl:when><xsl:otherwise><xsl:value-of select="count(d:item) - 30"/> more; the signed document names them all.</xsl:otherwise></xsl:choose></p></xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- ==== The books ==== -->

  <xsl:template match="d:books">
    <xsl:variable name="lines" select="d:book/d:line"/>
    <xsl:if test="$lines or ../d:summary/@withheld_lines != 0"><h2><xsl:choose><xsl:when test="$zh">账本明细</xsl:when><xsl:otherwise>The books, line by line</xsl:otherwise></xsl:choose></h2></xsl:if>
    <xsl:choose>
      <xsl:when test="not($lines) and ../d:summary/@withheld_lines = 0"/>
      <xsl:when test="not($lines)"><p><xsl:choose><xsl:when test="$zh">这一期没有可以公布的账。</xsl:when><xsl:otherwise>Nothing that may be published stands in the books.</xsl:otherwise></xsl:choose></p></xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="d:book[d:line]">
          <xsl:variable name="before" select="count(preceding-sibling::d:book/d:line)"/>
          <details>
            <summary><xsl:call-template name="book_name"><xsl:with-param name="name" select="@name"/></xsl:call-template><xsl:choose><xsl:when test="$zh">：还剩 </xsl:when><xsl:otherwise>: left </xsl:otherwise></xsl:choose><xsl:for-each select="d:total/d:closing"><xsl:call-template name="yuan"/><xsl:value-of select="concat(' ', $w.yuan)"/></xsl:for-each></summary>
            <xsl:for-each select="d:line[position() + $before &lt;= $rows_most]">
              <h3><xsl:call-template name="fund_link"><xsl:with-param name="code" select="@fund"/></xsl:call-template></h3>
              <table><tbody><xsl:for-each select="d:opening | d:in | d:out | d:closing"><tr><th scope="row"><xsl:call-template name="law_words"/></th><td class="n"><xsl:call-template name="yuan"/></td></tr></xsl:for-each></tbody></table>
            </xsl:for-each>
          </details>
        </xsl:for-each>
        <xsl:if test="count($lines) > $rows_most"><p><xsl:choose><xsl:when test="$zh">只列前 <xsl:value-of select="$rows_most"/> 条，共 <xsl:value-of select="count($lines)"/> 条，见各资金的页和签过名的原件。</xsl:when><xsl:otherwise>The first <xsl:value-of select="$rows_most"/> of <xsl:value-of select="count($lines)"/> lines; see the pages of the funds and the signed document.</xsl:otherwise></xsl:choose></p></xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="law_words">
    <xsl:choose>
      <xsl:when test="self::d:opening"><xsl:value-of select="$w.opening"/></xsl:when>
      <xsl:when test="self::d:closing">＝ <xsl:value-of select="$w.closing"/></xsl:when>
      <xsl:when test="self::d:in">＋ <xsl:choose>
        <xsl:when test="@term='appropriated'"><xsl:value-of select="$w.term.appropriated"/></xsl:when>
        <xsl:when test="@term='received_from_above'"><xsl:value-of select="$w.term.received_from_above"/></xsl:when>
        <xsl:when test="@term='recovered_from_below'"><xsl:value-of select="$w.term.recovered_from_below"/></xsl:when>
        <xsl:when test="@term='other_receipts'"><xsl:value-of select="$w.term.other_receipts"/></xsl:when>
        <xsl:when test="$zh">别的账本转来</xsl:when><xsl:otherwise>from another book</xsl:otherwise></xsl:choose></xsl:when>
      <xsl:otherwise>－ <xsl:choose>
        <xsl:when test="@term='spent'"><xsl:value-of select="$w.spent"/></xsl:when>
        <xsl:when test="@term='passed_down' and $zh">拨给下级</xsl:when>
        <xsl:when test="@term='passed_down'">passed down</xsl:when>
        <xsl:when test="@term='returned_up'"><xsl:value-of select="$w.returned_up"/></xsl:when>
        <xsl:when test="@term='remitted'"><xsl:value-of select="$w.remitted"/></xsl:when>
        <xsl:when test="$zh">转到别的账本</xsl:when><xsl:otherwise>to another book</xsl:otherwise></xsl:choose></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ==== Below ==== -->

  <xsl:template match="d:below">
    <xsl:if test="d:division">
      <h2><xsl:choose><xsl:when test="$zh">下面各处</xsl:when><xsl:otherwise>Places below</xsl:otherwise></xsl:choose></h2>
      <ul class="list"><xsl:for-each select="d:division[position() &lt;= $below_most]"><li><a href="{@code}{$html}"><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template></a></li></xsl:for-each></ul>
      <xsl:if test="count(d:division) > $below_most"><p><a href="names{$html}"><xsl:value-of select="$w.names"/></a></p></xsl:if>
      <xsl:for-each select="d:book[@lines != 0 or @withheld_lines != 0]">
        <details>
          <summary><xsl:call-template name="book_name"><xsl:with-param name="name" select="@name"/></xsl:call-template><xsl:choose><xsl:when test="$zh">：下面 <xsl:value-of select="../@divisions"/> 处加起来</xsl:when><xsl:otherwise>: all places below together (<xsl:value-of select="../@divisions"/>)</xsl:otherwise></xsl:choose></summary>
          <xsl:if test="@withheld_lines != 0"><p class="warn"><xsl:choose><xsl:when test="$zh">不含未公开的 <xsl:value-of select="@withheld_lines"/> 项。</xsl:when><xsl:otherwise>Leaves out what is withheld (lines: <xsl:value-of select="@withheld_lines"/>).</xsl:otherwise></xsl:choose></p></xsl:if>
          <xsl:if test="@lines != 0"><table><tbody><xsl:for-each select="d:opening | d:in | d:out | d:closing"><tr><th scope="row"><xsl:call-template name="law_words"/></th><td class="n"><xsl:call-template name="yuan"/></td></tr></xsl:for-each></tbody></table></xsl:if>
        </details>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- ==== How to check ==== -->

  <xsl:template name="check">
    <h2><xsl:value-of select="$w.check"/></h2>
    <p><xsl:choose><xsl:when test="$zh">把下面这串字和公示栏上的比一比，要一模一样：</xsl:when><xsl:otherwise>Compare this with the notice board; it must be the same (fingerprint of the log’s key):</xsl:otherwise></xsl:choose></p>
    <pre><xsl:value-of select="@log_key"/></pre>
    <p><a href="{@division}.xml"><xsl:value-of select="$w.document"/></a></p>
    <details class="noprint">
      <summary><xsl:choose><xsl:when test="$zh">会用电脑的人这样核对签名</xsl:when><xsl:otherwise>Checking the signature with standard tools</xsl:otherwise></xsl:choose></summary>
      <pre>xmlsec1 --verify --enabled-key-data x509 --trusted-pem keys/xml-01.crt snapshots/<xsl:value-of select="@period"/>/<xsl:value-of select="@division"/>.xml
xmllint --noout --schema schema/disclosure.xsd snapshots/<xsl:value-of select="@period"/>/<xsl:value-of select="@division"/>.xml
git -c gpg.ssh.allowedSignersFile=keys/allowed_signers verify-commit HEAD</pre>
    </details>
  </xsl:template>
</xsl:stylesheet>
