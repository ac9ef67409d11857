<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_assets.xsl - what the money became: sums by class first, then the assets of the place.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:d="urn:mingzhang:disclosure:1" exclude-result-prefixes="d">
  <xsl:template name="asset_class">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name='operational'"><xsl:choose><xsl:when test="$zh">经营性资产</xsl:when><xsl:otherwise>earning income</xsl:otherwise></xsl:choose></xsl:when>
      <xsl:otherwise><xsl:choose><xsl:when test="$zh">公益性资产</xsl:when><xsl:otherwise>for everybody</xsl:otherwise></xsl:choose></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="asset_state">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name='in_use'"><xsl:choose><xsl:when test="$zh">在用</xsl:when><xsl:otherwise>in use</xsl:otherwise></xsl:choose></xsl:when>
      <xsl:when test="$name='idle'"><xsl:choose><xsl:when test="$zh">闲置</xsl:when><xsl:otherwise>idle</xsl:otherwise></xsl:choose></xsl:when>
      <xsl:when test="$name='damaged'"><xsl:choose><xsl:when test="$zh">损毁</xsl:when><xsl:otherwise>damaged</xsl:otherwise></xsl:choose></xsl:when>
      <xsl:when test="$name='missing'"><xsl:choose><xsl:when test="$zh">盘亏</xsl:when><xsl:otherwise>missing</xsl:otherwise></xsl:choose></xsl:when>
      <xsl:when test="$name='disposed'"><xsl:choose><xsl:when test="$zh">已处置</xsl:when><xsl:otherwise>disposed of</xsl:otherwise></xsl:choose></xsl:when>
      <xsl:otherwise><xsl:choose><xsl:when test="$zh">报废</xsl:when><xsl:otherwise>scrapped</xsl:otherwise></xsl:choose></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The office, its telephone, the last inspection and the next day. -->
  <xsl:template name="asset_upkeep">
    <xsl:choose>
      <xsl:when test="d:upkeep/@unit"><xsl:call-template name="own"><xsl:with-param name="text" select="d:upkeep/@unit"/></xsl:call-template><xsl:if test="d:upkeep/@office_phone"><br/><a href="tel:{d:upkeep/@office_phone}"><xsl:value-of select="d:upkeep/@office_phone"/></a></xsl:if></xsl:when>
      <xsl:when test="$zh"><span class="warn">还没有人管</span></xsl:when>
      <xsl:otherwise><span class="warn">nobody yet</span></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="d:upkeep/@inspected"><br/><span class="dim"><xsl:choose><xsl:when test="$zh">上次检查 </xsl:when><xsl:otherwise>inspected </xsl:otherwise></xsl:choose><time><xsl:value-of select="d:upkeep/@inspected"/></time></span></xsl:if>
    <xsl:if test="d:upkeep/@next"><br/><span class="dim"><xsl:choose><xsl:when test="$zh">下次应检 </xsl:when><xsl:otherwise>next due </xsl:otherwise></xsl:choose><time><xsl:value-of select="d:upkeep/@next"/></time></span></xsl:if>
  </xsl:template>

  <xsl:template match="d:assets">
    <h2><xsl:choose><xsl:when test="$zh">形成的资产</xsl:when><xsl:otherwise>Assets</xsl:otherwise></xsl:choose></h2>
    <ul>
      <xsl:for-each select="d:class"><li><xsl:call-template name="asset_class"><xsl:with-param name="name" select="@name"/></xsl:call-template><xsl:choose><xsl:when test="$zh"> <xsl:value-of select="@count"/> 项，原值 </xsl:when><xsl:otherwise>: <xsl:value-of select="@count"/>, worth </xsl:otherwise></xsl:choose><xsl:for-each select="d:original"><xsl:call-template name="money"/></xsl:for-each></li></xsl:for-each>
      <xsl:for-each select="d:of_households"><li><xsl:choose><xsl:when test="$zh">到户资产 <xsl:value-of select="@count"/> 项，原值 </xsl:when><xsl:otherwise>with households: <xsl:value-of select="@count"/>, worth </xsl:otherwise></xsl:choose><xsl:for-each select="d:original"><xsl:call-template name="money"/></xsl:for-each></li></xsl:for-each>
    </ul>
    <xsl:if test="d:of_households"><p class="dim"><xsl:choose><xsl:when test="$zh">到户资产只公布三户以上合计，一户一户的不公布。</xsl:when><xsl:otherwise>What households have is told only in sums over three of them at least.</xsl:otherwise></xsl:choose></p></xsl:if>
    <xsl:variable name="worry" select="d:in_state[@name != 'in_use' and @name != 'disposed']"/>
    <xsl:if test="$worry"><p class="warn"><xsl:for-each select="$worry"><xsl:if test="position() > 1"><xsl:value-of select="$w.comma"/></xsl:if><xsl:call-template name="asset_state"><xsl:with-param name="name" select="@name"/></xsl:call-template><xsl:text> </xsl:text><xsl:value-of select="@count"/><xsl:if test="$zh"> 项</xsl:if></xsl:for-each><xsl:value-of select="$w.stop"/></p></xsl:if>
    <xsl:if test="d:asset">
      <div class="wide" tabindex="0"><table>
        <thead><tr>
          <th scope="col"><xsl:choose><xsl:when test="$zh">资产</xsl:when><xsl:otherwise>Asset</xsl:otherwise></xsl:choose></th>
          <th scope="col" class="n"><xsl:choose><xsl:when test="$zh">原值（元）</xsl:when><xsl:otherwise>Value, yuan</xsl:otherwise></xsl:choose></th>
          <th scope="col"><xsl:choose><xsl:when test="$zh">现状</xsl:when><xsl:otherwise>State</xsl:otherwise></xsl:choose></th>
          <th scope="col"><xsl:choose><xsl:when test="$zh">谁经营、归谁</xsl:when><xsl:otherwise>Who operates or owns it</xsl:otherwise></xsl:choose></th>
          <xsl:if test="d:asset/d:upkeep"><th scope="col"><xsl:choose><xsl:when test="$zh">谁管护</xsl:when><xsl:otherwise>Who keeps it</xsl:otherwise></xsl:choose></th></xsl:if>
        </tr></thead>
        <tbody>
          <xsl:for-each select="d:asset[position() &lt;= $rows_most]"><tr>
            <td><xsl:call-template name="own"><xsl:with-param name="text" select="@name"/></xsl:call-template><br/><span class="dim"><xsl:value-of select="@code"/></span></td>
            <td class="n"><xsl:for-each select="d:original"><xsl:call-template name="yuan"/></xsl:for-each></td>
            <td><xsl:call-template name="asset_state"><xsl:with-param name="name" select="@state"/></xsl:call-template></td>
            <td><xsl:choose>
              <xsl:when test="@operator"><xsl:call-template name="own"><xsl:with-param name="text" select="@operator"/></xsl:call-template></xsl:when>
              <xsl:when test="@owner"><xsl:call-template name="own"><xsl:with-param name="text" select="@owner"/></xsl:call-template></xsl:when>
              <xsl:when test="$zh">还没确权</xsl:when>
              <xsl:otherwise>no title yet</xsl:otherwise>
            </xsl:choose></td>
            <xsl:if test="../d:asset/d:upkeep"><td><xsl:call-template name="asset_upkeep"/></td></xsl:if>
          </tr></xsl:for-each>
        </tbody>
      </table></div>
      <xsl:if test="count(d:asset) > $rows_most"><p><xsl:choose><xsl:when test="$zh">还有 <xsl:value-of select="count(d:asset) - $rows_most"/> 项，见</xsl:when><xsl:otherwise><xsl:value-of select="count(d:asset) - $rows_most"/> more: </xsl:otherwise></xsl:choose><a href="data/assets.csv"><xsl:choose><xsl:when test="$zh">资产表 CSV</xsl:when><xsl:otherwise>the table, CSV</xsl:otherwise></xsl:choose></a></p></xsl:if>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
