<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_pictures.xsl - money as pictures: the flow from source through book to place and project, bars
  by year, what a project was paid of its plan.

  1. Lengths are to scale; every figure written in a picture stands in the document, and a table
     below the picture has them all.
  2. Drawn 340 units wide, so that letters of 14 are letters of 14 pixels on a telephone of 360.
  3. Only here is an amount made a number, and only to be a length.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">

  <!-- A pattern for each book, once on a page. -->
  <xsl:template name="patterns">
    <svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"><defs>
      <pattern id="construction" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="#bcd3f0"/><rect width="3" height="8" fill="#1d5a9c"/></pattern>
      <pattern id="livelihood" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#c9e7cb"/><circle cx="4" cy="4" r="2.4" fill="#1f7a2e"/></pattern>
      <pattern id="subsidy" width="8" height="6" patternUnits="userSpaceOnUse"><rect width="8" height="6" fill="#fadfb8"/><rect width="8" height="2.4" fill="#a85a00"/></pattern>
      <pattern id="none" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#e4e4e4"/><rect width="4" height="4" fill="#8a8a8a"/><rect x="4" y="4" width="4" height="4" fill="#8a8a8a"/></pattern>
    </defs></svg>
  </xsl:template>

  <!-- A label of two lines that ends 6 above y: a name, cut when long, and an amount. -->
  <xsl:template name="node_label">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="name"/>
    <xsl:param name="anchor" select="'start'"/>
    <text x="{$x}" y="{$y - 20}" text-anchor="{$anchor}" font-size="14" font-weight="bold"><xsl:value-of select="$name"/></text>
    <text x="{$x}" y="{$y - 5}" text-anchor="{$anchor}" font-size="13"><xsl:call-template name="money_short"/></text>
  </xsl:template>

  <xsl:template name="short_name">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="string-length($name) > 7"><xsl:value-of select="substring($name, 1, 6)"/>…</xsl:when>
      <xsl:otherwise><xsl:value-of select="$name"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="to_name">
    <xsl:choose>
      <xsl:when test="@what='division'"><xsl:value-of select="@division_name"/><xsl:if test="not(@division_name)"><xsl:value-of select="@division"/></xsl:if></xsl:when>
      <xsl:when test="@what='others' and $zh">其他 <xsl:value-of select="@divisions"/> 处</xsl:when>
      <xsl:when test="@what='others'"><xsl:value-of select="@divisions"/> other places</xsl:when>
      <xsl:when test="@what='project'"><xsl:value-of select="@project_name"/></xsl:when>
      <xsl:when test="@what='other_projects' and $zh">其他 <xsl:value-of select="@projects"/> 个项目</xsl:when>
      <xsl:when test="@what='other_projects'"><xsl:value-of select="@projects"/> other projects</xsl:when>
      <xsl:when test="@what='spent' and ../d:to[@what='project']"><xsl:value-of select="$w.spent_otherwise"/></xsl:when>
      <xsl:when test="@what='spent'"><xsl:value-of select="$w.spent"/></xsl:when>
      <xsl:when test="@what='returned_up'"><xsl:value-of select="$w.returned_up"/></xsl:when>
      <xsl:when test="@what='remitted'"><xsl:value-of select="$w.remitted"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$w.kept"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="book_name">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name='construction'"><xsl:value-of select="$w.book.construction"/></xsl:when>
      <xsl:when test="$name='livelihood'"><xsl:value-of select="$w.book.livelihood"/></xsl:when>
      <xsl:when test="$name='subsidy'"><xsl:value-of select="$w.book.subsidy"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$w.book.none"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="from_name">
    <xsl:param name="level" select="@level"/>
    <xsl:choose>
      <xsl:when test="$level='central'"><xsl:value-of select="$w.from.central"/></xsl:when>
      <xsl:when test="$level='province'"><xsl:value-of select="$w.from.province"/></xsl:when>
      <xsl:when test="$level='prefecture'"><xsl:value-of select="$w.from.prefecture"/></xsl:when>
      <xsl:when test="$level='county'"><xsl:value-of select="$w.from.county"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$w.from.other"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The same in a sentence: central money. -->
  <xsl:template name="from_words">
    <xsl:param name="level" select="@level"/>
    <xsl:variable name="name"><xsl:call-template name="from_name"><xsl:with-param name="level" select="$level"/></xsl:call-template></xsl:variable>
    <xsl:value-of select="translate($name, 'CPO', 'cpo')"/><xsl:if test="not($zh)"> money</xsl:if>
  </xsl:template>

  <!-- A bar of a node, black, from y downwards; thin ones stay to be seen by their outline. -->
  <xsl:template name="node_bar">
    <xsl:param name="x"/>
    <xsl:param name="y"/>
    <xsl:param name="height"/>
    <rect x="{$x}" y="{format-number($y, '0.#')}" width="10" height="{format-number($height, '0.#')}" fill="#222" stroke="#222"/>
  </xsl:template>

  <xsl:template name="ribbon">
    <xsl:param name="x"/>
    <xsl:param name="y1"/>
    <xsl:param name="y2"/>
    <xsl:param name="height"/>
    <xsl:param name="book"/>
    <xsl:variable name="a" select="format-number($y1, '0.#')"/>
    <xsl:variable name="b" select="format-number($y2, '0.#')"/>
    <xsl:variable name="c" select="format-number($y1 + $height, '0.#')"/>
    <xsl:variable name="e" select="format-number($y2 + $height, '0.#')"/>
    <xsl:variable name="middle" select="$x + 77"/>
    <xsl:variable name="right" select="$x + 154"/>
    <path fill="url(#{$book})" stroke="#333" stroke-width=".6" d="M{$x},{$a}C{$middle},{$a} {$middle},{$b} {$right},{$b}V{$e}C{$middle},{$e} {$middle},{$c} {$x},{$c}Z"/>
  </xsl:template>

  <!-- Source, book, place or project. Each node stands below those before it, 40 units of label between. -->
  <xsl:template match="d:flow">
    <xsl:variable name="scale" select="150 div sum(d:from/@fen)"/>
    <xsl:variable name="rows"><xsl:for-each select="../d:flow[d:from]"><xsl:choose>
      <xsl:when test="count(d:to) >= count(d:from) and count(d:to) >= count(d:book)"><xsl:value-of select="count(d:to)"/></xsl:when>
      <xsl:when test="count(d:from) >= count(d:book)"><xsl:value-of select="count(d:from)"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="count(d:book)"/></xsl:otherwise>
    </xsl:choose></xsl:for-each></xsl:variable>
    <svg viewBox="0 0 340 {158 + 40 * $rows}" role="img" aria-labelledby="flow_title flow_words">
      <title id="flow_title"><xsl:choose><xsl:when test="$zh">钱从哪里来、归到哪本账、到哪里去</xsl:when><xsl:otherwise>Where the money came from, its book, where it went</xsl:otherwise></xsl:choose></title>
      <desc id="flow_words">
        <xsl:for-each select="d:from | d:to">
          <xsl:choose><xsl:when test="self::d:from"><xsl:call-template name="from_name"/></xsl:when><xsl:otherwise><xsl:call-template name="to_name"/></xsl:otherwise></xsl:choose>
          <xsl:text> </xsl:text><xsl:call-template name="yuan"/><xsl:value-of select="concat(' ', $w.yuan)"/><xsl:choose><xsl:when test="position() = last()"><xsl:if test="$zh">。</xsl:if><xsl:if test="not($zh)">.</xsl:if></xsl:when><xsl:when test="$zh">；</xsl:when><xsl:otherwise>; </xsl:otherwise></xsl:choose>
        </xsl:for-each>
      </desc>
      <xsl:for-each select="d:supplied">
        <xsl:variable name="level" select="../d:from[@level = current()/@level]"/>
        <xsl:variable name="book" select="../d:book[@name = current()/@book]"/>
        <xsl:call-template name="ribbon">
          <xsl:with-param name="x" select="10"/>
          <xsl:with-param name="y1" select="(sum($level/preceding-sibling::d:from/@fen) + sum(preceding-sibling::d:supplied[@level = current()/@level]/@fen)) * $scale + 40 * (count($level/preceding-sibling::d:from) + 1)"/>
          <xsl:with-param name="y2" select="(sum($book/preceding-sibling::d:book/@fen) + sum(preceding-sibling::d:supplied[@book = current()/@book]/@fen)) * $scale + 40 * (count($book/preceding-sibling::d:book) + 1)"/>
          <xsl:with-param name="height" select="@fen * $scale"/>
          <xsl:with-param name="book" select="@book"/>
        </xsl:call-template>
      </xsl:for-each>
      <xsl:for-each select="d:used">
        <xsl:variable name="book" select="../d:book[@name = current()/@book]"/>
        <xsl:variable name="to" select="../d:to[@number = current()/@to]"/>
        <xsl:call-template name="ribbon">
          <xsl:with-param name="x" select="174"/>
          <xsl:with-param name="y1" select="(sum($book/preceding-sibling::d:book/@fen) + sum(preceding-sibling::d:used[@book = current()/@book]/@fen)) * $scale + 40 * (count($book/preceding-sibling::d:book) + 1)"/>
          <xsl:with-param name="y2" select="(sum($to/preceding-sibling::d:to/@fen) + sum(preceding-sibling::d:used[@to = current()/@to]/@fen)) * $scale + 40 * (count($to/preceding-sibling::d:to) + 1)"/>
          <xsl:with-param name="height" select="@fen * $scale"/>
          <xsl:with-param name="book" select="@book"/>
        </xsl:call-template>
      </xsl:for-each>
      <g stroke-linejoin="round" paint-order="stroke" stroke="#fff" stroke-width="4">
        <xsl:for-each select="d:from">
          <xsl:variable name="name"><xsl:call-template name="from_name"/></xsl:variable>
          <xsl:call-template name="node_label"><xsl:with-param name="x" select="0"/><xsl:with-param name="y" select="format-number(sum(preceding-sibling::d:from/@fen) * $scale + 40 * position(), '0.#')"/><xsl:with-param name="name" select="$name"/></xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="d:book">
          <xsl:variable name="name"><xsl:call-template name="book_name"><xsl:with-param name="name" select="@name"/></xsl:call-template></xsl:variable>
          <xsl:call-template name="node_label"><xsl:with-param name="x" select="164"/><xsl:with-param name="y" select="format-number(sum(preceding-sibling::d:book/@fen) * $scale + 40 * position(), '0.#')"/><xsl:with-param name="name" select="$name"/><xsl:with-param name="anchor" select="'middle'"/></xsl:call-template>
        </xsl:for-each>
        <xsl:for-each select="d:to">
          <xsl:variable name="name"><xsl:call-template name="to_name"/></xsl:variable>
          <xsl:variable name="short"><xsl:choose><xsl:when test="@what = 'division' or @what = 'project'"><xsl:call-template name="short_name"><xsl:with-param name="name" select="$name"/></xsl:call-template></xsl:when><xsl:otherwise><xsl:value-of select="$name"/></xsl:otherwise></xsl:choose></xsl:variable>
          <xsl:call-template name="node_label"><xsl:with-param name="x" select="338"/><xsl:with-param name="y" select="format-number(sum(preceding-sibling::d:to/@fen) * $scale + 40 * position(), '0.#')"/><xsl:with-param name="name" select="$short"/><xsl:with-param name="anchor" select="'end'"/></xsl:call-template>
        </xsl:for-each>
      </g>
      <xsl:for-each select="d:from | d:book | d:to">
        <xsl:variable name="before" select="preceding-sibling::*[local-name() = local-name(current())]"/>
        <xsl:call-template name="node_bar">
          <xsl:with-param name="x"><xsl:choose><xsl:when test="self::d:from">0</xsl:when><xsl:when test="self::d:book">164</xsl:when><xsl:otherwise>328</xsl:otherwise></xsl:choose></xsl:with-param>
          <xsl:with-param name="y" select="sum($before/@fen) * $scale + 40 * (count($before) + 1)"/>
          <xsl:with-param name="height" select="@fen * $scale"/>
        </xsl:call-template>
      </xsl:for-each>
    </svg>
    <details>
      <summary><xsl:choose><xsl:when test="$zh">同一张图的数字表</xsl:when><xsl:otherwise>The same figures as a table</xsl:otherwise></xsl:choose></summary>
      <table>
        <thead><tr><th scope="col"><xsl:value-of select="$w.source"/></th><th scope="col"><xsl:value-of select="$w.book"/></th><th scope="col" class="n"><xsl:value-of select="$w.yuan"/></th></tr></thead>
        <tbody><xsl:for-each select="d:supplied"><tr><th scope="row"><xsl:call-template name="from_name"/></th><td><xsl:call-template name="book_name"><xsl:with-param name="name" select="@book"/></xsl:call-template></td><td class="n"><xsl:call-template name="yuan"/></td></tr></xsl:for-each></tbody>
      </table>
      <table>
        <thead><tr><th scope="col"><xsl:value-of select="$w.whereto"/></th><th scope="col"><xsl:value-of select="$w.book"/></th><th scope="col" class="n"><xsl:value-of select="$w.yuan"/></th></tr></thead>
        <tbody><xsl:for-each select="d:used"><xsl:variable name="to" select="@to"/><tr><th scope="row"><xsl:for-each select="../d:to[@number = $to]"><xsl:call-template name="to_name"/></xsl:for-each></th><td><xsl:call-template name="book_name"><xsl:with-param name="name" select="@book"/></xsl:call-template></td><td class="n"><xsl:call-template name="yuan"/></td></tr></xsl:for-each></tbody>
      </table>
    </details>
  </xsl:template>

  <!-- ==== Bars by year ==== -->

  <xsl:template name="largest">
    <xsl:param name="of"/>
    <xsl:for-each select="$of"><xsl:sort select="." data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="."/></xsl:if></xsl:for-each>
  </xsl:template>

  <xsl:template match="d:years">
    <xsl:variable name="largest"><xsl:call-template name="largest"><xsl:with-param name="of" select="d:year/*/@fen"/></xsl:call-template></xsl:variable>
    <xsl:variable name="scale" select="338 div $largest"/>
    <svg viewBox="0 0 340 {count(d:year) * 122}" role="img" aria-labelledby="years_title">
      <title id="years_title"><xsl:choose><xsl:when test="$zh">每年收到、花出去和拨出的钱，数字见下表</xsl:when><xsl:otherwise>Money received, spent and passed on in each year; figures in the table below</xsl:otherwise></xsl:choose></title>
      <xsl:for-each select="d:year">
        <xsl:variable name="top" select="(position() - 1) * 122"/>
        <text x="0" y="{$top + 16}" font-size="15" font-weight="bold"><xsl:value-of select="@name"/><xsl:if test="$zh"> 年</xsl:if></text>
        <xsl:for-each select="d:received | d:spent | d:passed_on">
          <xsl:variable name="y" select="$top + 22 + (position() - 1) * 32"/>
          <xsl:variable name="pattern"><xsl:choose><xsl:when test="self::d:received">livelihood</xsl:when><xsl:when test="self::d:spent">construction</xsl:when><xsl:otherwise>subsidy</xsl:otherwise></xsl:choose></xsl:variable>
          <text x="0" y="{$y + 14}" font-size="13"><xsl:choose><xsl:when test="self::d:received"><xsl:value-of select="$w.received"/></xsl:when><xsl:when test="self::d:spent"><xsl:value-of select="$w.spent"/></xsl:when><xsl:otherwise><xsl:value-of select="$w.passed_on"/></xsl:otherwise></xsl:choose><xsl:text> </xsl:text><xsl:call-template name="money_short"/></text>
          <xsl:if test="@fen > 0"><rect x="1" y="{$y + 18}" width="{format-number(@fen * $scale, '0.#')}" height="10" fill="url(#{$pattern})" stroke="#333" stroke-width=".6"/></xsl:if>
        </xsl:for-each>
      </xsl:for-each>
    </svg>
    <p class="dim"><xsl:value-of select="$w.in_yuan"/></p>
    <div class="wide" tabindex="0" role="group" aria-labelledby="years_title"><table>
      <thead><tr><th scope="col"><xsl:value-of select="$w.year"/></th><th scope="col" class="n"><xsl:value-of select="$w.received"/></th><th scope="col" class="n"><xsl:value-of select="$w.spent"/></th><th scope="col" class="n"><xsl:value-of select="$w.passed_on"/></th></tr></thead>
      <tbody><xsl:for-each select="d:year"><tr><th scope="row"><xsl:value-of select="@name"/></th><xsl:for-each select="d:received | d:spent | d:passed_on"><td class="n"><xsl:call-template name="yuan"/></td></xsl:for-each></tr></xsl:for-each></tbody>
    </table></div>
  </xsl:template>

  <!-- Paid of planned, as a bar; more paid than planned fills it. The context is a project or plan line. -->
  <xsl:template name="paid_bar">
    <xsl:variable name="share"><xsl:choose><xsl:when test="d:paid/@fen > d:planned/@fen">338</xsl:when><xsl:otherwise><xsl:value-of select="format-number(338 * d:paid/@fen div d:planned/@fen, '0.#')"/></xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:if test="d:paid/@fen >= 0 and d:planned/@fen > 0">
      <svg viewBox="0 0 340 18" role="img">
        <title><xsl:choose><xsl:when test="$zh">计划 <xsl:value-of select="d:planned/@yuan"/> 元，已付 <xsl:value-of select="d:paid/@yuan"/> 元</xsl:when><xsl:otherwise><xsl:value-of select="d:paid/@yuan"/> yuan paid of <xsl:value-of select="d:planned/@yuan"/> planned</xsl:otherwise></xsl:choose></title>
        <rect x="1" y="1" width="338" height="16" fill="#fff" stroke="#333" stroke-width="1.5"/>
        <rect x="1" y="1" width="{$share}" height="16" fill="url(#construction)" stroke="#333"/>
      </svg>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
