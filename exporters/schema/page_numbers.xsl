<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_numbers.xsl - amounts, days and codes as people read and say them.

  Nothing is computed with an amount: its digits, as the signed document has them, are set in another
  form. An amount is a whole number of fen, so 万元 are its digits with a point six places from the end.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <!-- Digits without the zeros at their end. -->
  <xsl:template name="strip_zeros">
    <xsl:param name="digits"/>
    <xsl:choose>
      <xsl:when test="substring($digits, string-length($digits)) = '0'">
        <xsl:call-template name="strip_zeros"><xsl:with-param name="digits" select="substring($digits, 1, string-length($digits) - 1)"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$digits"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- 19126600 fen are 19.1266 万. `cut`: no more than two places, the rest dropped (pictures only). -->
  <xsl:template name="wan">
    <xsl:param name="fen"/>
    <xsl:param name="cut" select="false()"/>
    <xsl:variable name="padded" select="concat('0000000', translate($fen, '-', ''))"/>
    <xsl:variable name="whole" select="substring($padded, 1, string-length($padded) - 6)"/>
    <xsl:variable name="rest">
      <xsl:call-template name="strip_zeros">
        <xsl:with-param name="digits" select="substring($padded, string-length($padded) - 5, 6 - 4 * $cut)"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:variable name="zeros" select="string-length(substring-before($whole, substring(translate($whole, '0', ''), 1, 1)))"/>
    <xsl:if test="starts-with($fen, '-')">−</xsl:if>
    <xsl:choose>
      <xsl:when test="translate($whole, '0', '') = ''">0</xsl:when>
      <xsl:otherwise><xsl:value-of select="substring($whole, $zeros + 1)"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="$rest != ''"><xsl:value-of select="concat('.', $rest)"/></xsl:if>
  </xsl:template>

  <!-- 191,266.00 without what is zero behind the point. -->
  <xsl:template name="yuan">
    <xsl:param name="yuan" select="@yuan"/>
    <xsl:choose>
      <xsl:when test="substring($yuan, string-length($yuan) - 2) = '.00'"><xsl:value-of select="translate(substring($yuan, 1, string-length($yuan) - 3), '-', '−')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="translate($yuan, '-', '−')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An amount in a sentence: 19.1266 万元（191,266 元）, or 8,734 元. The context is an amount. -->
  <xsl:template name="money">
    <xsl:choose>
      <xsl:when test="$lang = 'en'">
        <b><xsl:call-template name="yuan"/> yuan</b>
        <xsl:if test="string-length(translate(@fen, '-', '')) > 6"> (<xsl:call-template name="wan"><xsl:with-param name="fen" select="@fen"/></xsl:call-template> wan)</xsl:if>
      </xsl:when>
      <xsl:when test="string-length(translate(@fen, '-', '')) > 6">
        <b><xsl:call-template name="wan"><xsl:with-param name="fen" select="@fen"/></xsl:call-template> 万元</b>（<xsl:call-template name="yuan"/> 元）</xsl:when>
      <xsl:otherwise><b><xsl:call-template name="yuan"/> 元</b></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The same in pictures: short, cut after two places. -->
  <xsl:template name="money_short">
    <xsl:choose>
      <xsl:when test="$lang = 'en' and string-length(translate(@fen, '-', '')) > 12"><xsl:call-template name="wan"><xsl:with-param name="fen" select="@fen"/><xsl:with-param name="cut" select="true()"/></xsl:call-template> wan</xsl:when>
      <xsl:when test="$lang = 'en'"><xsl:choose><xsl:when test="contains(@yuan, '.')"><xsl:value-of select="substring-before(@yuan, '.')"/></xsl:when></xsl:choose></xsl:when>
      <xsl:when test="string-length(translate(@fen, '-', '')) > 6"><xsl:call-template name="wan"><xsl:with-param name="fen" select="@fen"/><xsl:with-param name="cut" select="true()"/></xsl:call-template>万元</xsl:when>
      <xsl:otherwise><xsl:call-template name="yuan"/>元</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Four digits as they are said. `first`: nothing stands before them; `unit`: something behind. -->
  <xsl:template name="say_four">
    <xsl:param name="digits"/>
    <xsl:param name="first"/>
    <xsl:param name="unit"/>
    <xsl:variable name="a" select="substring($digits, 1, 1)"/>
    <xsl:variable name="b" select="substring($digits, 2, 1)"/>
    <xsl:variable name="c" select="substring($digits, 3, 1)"/>
    <xsl:variable name="d" select="substring($digits, 4, 1)"/>
    <xsl:variable name="numerals" select="'一二三四五六七八九'"/>
    <xsl:if test="$a != 0"><xsl:value-of select="translate($a, '123456789', '一两三四五六七八九')"/>千</xsl:if>
    <xsl:choose>
      <xsl:when test="$b != 0 and $first and $a = 0"><xsl:value-of select="translate($b, '123456789', '一两三四五六七八九')"/>百</xsl:when>
      <xsl:when test="$b != 0"><xsl:value-of select="translate($b, '123456789', $numerals)"/>百</xsl:when>
      <xsl:when test="$a != 0 and ($c != 0 or $d != 0)">零</xsl:when>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="$c = 1 and $first and $a = 0 and $b = 0">十</xsl:when>
      <xsl:when test="$c != 0"><xsl:value-of select="translate($c, '123456789', $numerals)"/>十</xsl:when>
      <xsl:when test="$b != 0 and $d != 0">零</xsl:when>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="$digits = '0002' and $first">两</xsl:when>
      <xsl:when test="$d != 0"><xsl:value-of select="translate($d, '123456789', $numerals)"/></xsl:when>
    </xsl:choose>
    <xsl:value-of select="$unit"/>
  </xsl:template>

  <!-- Whole yuan: groups of four from the left, 万亿, 亿, 万 and none. -->
  <xsl:template name="say_groups">
    <xsl:param name="digits"/>
    <xsl:param name="first" select="true()"/>
    <xsl:param name="gap" select="false()"/>
    <xsl:variable name="group" select="substring($digits, 1, 4)"/>
    <xsl:variable name="left" select="string-length($digits)"/>
    <xsl:if test="$group != '0000'">
      <xsl:if test="not($first) and ($gap or starts-with($group, '0'))">零</xsl:if>
      <xsl:call-template name="say_four">
        <xsl:with-param name="digits" select="$group"/>
        <xsl:with-param name="first" select="$first"/>
        <xsl:with-param name="unit"><xsl:choose><xsl:when test="$left = 16">万</xsl:when><xsl:when test="$left = 12">亿</xsl:when><xsl:when test="$left = 8">万</xsl:when></xsl:choose></xsl:with-param>
      </xsl:call-template>
    </xsl:if>
    <xsl:if test="$left = 12 and $group = '0000' and not($first)">亿</xsl:if>
    <xsl:if test="$left > 4">
      <xsl:call-template name="say_groups">
        <xsl:with-param name="digits" select="substring($digits, 5)"/>
        <xsl:with-param name="first" select="$first and $group = '0000'"/>
        <xsl:with-param name="gap" select="$group = '0000'"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- An amount as it is said: 十九万一千二百六十六元. -->
  <xsl:template name="say">
    <xsl:param name="fen" select="@fen"/>
    <xsl:variable name="padded" select="concat('000000000000000000', translate($fen, '-', ''))"/>
    <xsl:variable name="yuan" select="substring($padded, string-length($padded) - 17, 16)"/>
    <xsl:variable name="jiao" select="substring($padded, string-length($padded) - 1, 1)"/>
    <xsl:variable name="cent" select="substring($padded, string-length($padded), 1)"/>
    <xsl:variable name="whole" select="translate($yuan, '0', '') != ''"/>
    <xsl:choose>
      <xsl:when test="$lang = 'en'"><xsl:call-template name="yuan"/> yuan</xsl:when>
      <xsl:otherwise>
        <xsl:if test="starts-with($fen, '-')">负</xsl:if>
        <xsl:if test="$whole"><xsl:call-template name="say_groups"><xsl:with-param name="digits" select="$yuan"/></xsl:call-template>元</xsl:if>
        <xsl:if test="not($whole) and $jiao = 0 and $cent = 0">零元</xsl:if>
        <xsl:choose>
          <xsl:when test="$jiao != 0"><xsl:value-of select="translate($jiao, '123456789', '一二三四五六七八九')"/>角</xsl:when>
          <xsl:when test="$whole and $cent != 0">零</xsl:when>
        </xsl:choose>
        <xsl:if test="$cent != 0"><xsl:value-of select="translate($cent, '123456789', '一二三四五六七八九')"/>分</xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A telephone number digit by digit; 一 is said 幺 there. -->
  <xsl:template name="say_phone">
    <xsl:param name="phone"/>
    <xsl:choose>
      <xsl:when test="$lang = 'en'"><xsl:value-of select="$phone"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="translate($phone, '0123456789-', '零幺二三四五六七八九，')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A period: 2025 年第 3 季度. -->
  <xsl:template name="period">
    <xsl:param name="name"/>
    <xsl:variable name="rest" select="substring-after($name, '-')"/>
    <xsl:choose>
      <xsl:when test="$lang = 'en' and starts-with($rest, 'Q')">quarter <xsl:value-of select="substring($rest, 2)"/> of <xsl:value-of select="substring-before($name, '-')"/></xsl:when>
      <xsl:when test="$lang = 'en' and $rest != ''">
        <xsl:value-of select="concat(substring-before(substring-after('01January 02February 03March 04April 05May 06June 07July 08August 09September 10October 11November 12December ', $rest), ' '), ' ', substring-before($name, '-'))"/>
      </xsl:when>
      <xsl:when test="$lang = 'en'"><xsl:value-of select="$name"/></xsl:when>
      <xsl:when test="starts-with($rest, 'Q')"><xsl:value-of select="substring-before($name, '-')"/> 年第 <xsl:value-of select="substring($rest, 2)"/> 季度</xsl:when>
      <xsl:when test="$rest != ''"><xsl:value-of select="concat(substring-before($name, '-'), ' 年 ', number($rest), ' 月')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$name"/> 年</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="say_period">
    <xsl:param name="name"/>
    <xsl:variable name="rest" select="substring-after($name, '-')"/>
    <xsl:choose>
      <xsl:when test="$lang = 'en'"><xsl:call-template name="period"><xsl:with-param name="name" select="$name"/></xsl:call-template></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="translate(substring($name, 1, 4), '0123456789', '零一二三四五六七八九')"/>年<xsl:choose>
          <xsl:when test="starts-with($rest, 'Q')">第<xsl:value-of select="translate(substring($rest, 2), '1234', '一二三四')"/>季度</xsl:when>
          <xsl:when test="$rest != ''">
            <xsl:if test="starts-with($rest, '1')">十</xsl:if>
            <xsl:value-of select="translate(substring($rest, 2), '1234567890', '一二三四五六七八九')"/>月</xsl:when>
        </xsl:choose>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The name of a project's or fund's page: its code, with what file names or addresses don't bear
       as ~ and two hex digits (pages.c does the same). -->
  <xsl:template name="file_name">
    <xsl:param name="code"/>
    <xsl:variable name="barred">~.%?#:*"&lt;&gt;|\&amp;</xsl:variable>
    <xsl:choose>
      <xsl:when test="translate($code, $barred, '') = $code"><xsl:value-of select="$code"/></xsl:when>
      <xsl:otherwise>
        <xsl:variable name="one" select="substring($code, 1, 1)"/>
        <xsl:choose>
          <xsl:when test="contains($barred, $one)"><xsl:value-of select="concat('~', substring(substring-after('~7e .2e %25 ?3f #23 :3a *2a &quot;22 &lt;3c &gt;3e |7c \5c &amp;26', $one), 1, 2))"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$one"/></xsl:otherwise>
        </xsl:choose>
        <xsl:if test="string-length($code) > 1"><xsl:call-template name="file_name"><xsl:with-param name="code" select="substring($code, 2)"/></xsl:call-template></xsl:if>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
