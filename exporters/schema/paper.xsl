<?xml version="1.0" encoding="UTF-8"?>
<!--
  paper.xsl - the papers of an office's binders: voucher, notice, statement; A4, for printing. Those about
  assets are in paper_assets.xsl.

  1. Nothing is computed: every sum, also in words, stands in the XML and is copied. Sheets are counted.
  2. No script, no font, nothing from anywhere else; the QR code is a path.
  3. Each sheet names ledger, log key and number of entries; what isn't posted, or not closed, says so
     in large letters across the sheet.
  4. exporters/paper_*.c estimate how many rows a line takes here: change widths and sizes together.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
  <xsl:strip-space elements="*"/>
  <xsl:include href="paper_assets.xsl"/>

  <!-- ==== Words: docs/glossary.md ==== -->

  <xsl:template name="both">
    <xsl:param name="zh"/>
    <xsl:param name="en"/>
    <xsl:value-of select="$zh"/><xsl:text> </xsl:text><small lang="en"><xsl:value-of select="$en"/></small>
  </xsl:template>

  <xsl:template name="word">
    <xsl:param name="of"/>
    <xsl:call-template name="both">
      <xsl:with-param name="en"><xsl:choose>
        <xsl:when test="starts-with($of, 'about_')"><xsl:value-of select="substring-after($of, '_')"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="translate($of, '_', ' ')"/></xsl:otherwise>
      </xsl:choose></xsl:with-param>
      <xsl:with-param name="zh"><xsl:choose>
        <!-- books -->
        <xsl:when test="$of='none'">未归类</xsl:when>
        <xsl:when test="$of='construction'">项目建设</xsl:when>
        <xsl:when test="$of='livelihood'">民生保障</xsl:when>
        <xsl:when test="$of='subsidy'">政策补助</xsl:when>
        <!-- roles -->
        <xsl:when test="$of='source'">来源</xsl:when>
        <xsl:when test="$of='unassigned'">未归类</xsl:when>
        <xsl:when test="$of='available'">可用</xsl:when>
        <xsl:when test="$of='committed'">合同占用</xsl:when>
        <xsl:when test="$of='held'">待审核占用</xsl:when>
        <xsl:when test="$of='in_transit'">在途</xsl:when>
        <xsl:when test="$of='owed'">退回待付</xsl:when>
        <xsl:when test="$of='retention'">质保金</xsl:when>
        <xsl:when test="$of='receivable'">应收借款</xsl:when>
        <xsl:when test="$of='spent'">已支出</xsl:when>
        <!-- movements -->
        <xsl:when test="$of='appropriation'">资金下达</xsl:when>
        <xsl:when test="$of='receipt'">其他收入</xsl:when>
        <xsl:when test="$of='allocation'">分配下达</xsl:when>
        <xsl:when test="$of='recovery'">收回</xsl:when>
        <xsl:when test="$of='commitment'">合同占用</xsl:when>
        <xsl:when test="$of='release'">释放</xsl:when>
        <xsl:when test="$of='payment'">支付</xsl:when>
        <xsl:when test="$of='settlement'">结算</xsl:when>
        <xsl:when test="$of='refund'">退款</xsl:when>
        <xsl:when test="$of='remittance'">上缴</xsl:when>
        <xsl:when test="$of='assignment'">归类</xsl:when>
        <xsl:when test="$of='reallocation'">调剂</xsl:when>
        <xsl:when test="$of='loan'">借出</xsl:when>
        <xsl:when test="$of='repayment'">归还借款</xsl:when>
        <xsl:when test="$of='succession'">承接</xsl:when>
        <xsl:when test="$of='reversal'">冲销</xsl:when>
        <!-- terms of the law -->
        <xsl:when test="$of='appropriated'">资金下达</xsl:when>
        <xsl:when test="$of='received_from_above'">上级拨入</xsl:when>
        <xsl:when test="$of='recovered_from_below'">下级交回</xsl:when>
        <xsl:when test="$of='other_receipts'">其他收入</xsl:when>
        <xsl:when test="$of='assigned_in'">归类转入</xsl:when>
        <xsl:when test="$of='reallocated_in'">调剂转入</xsl:when>
        <xsl:when test="$of='passed_down'">拨付下级</xsl:when>
        <xsl:when test="$of='returned_up'">交回上级</xsl:when>
        <xsl:when test="$of='remitted'">上缴</xsl:when>
        <xsl:when test="$of='assigned_out'">归类转出</xsl:when>
        <xsl:when test="$of='reallocated_out'">调剂转出</xsl:when>
        <!-- levels -->
        <xsl:when test="$of='central'">中央</xsl:when>
        <xsl:when test="$of='province'">省级</xsl:when>
        <xsl:when test="$of='prefecture'">市级</xsl:when>
        <xsl:when test="$of='county'">县级</xsl:when>
        <xsl:when test="$of='other'">其他</xsl:when>
        <!-- states of vouchers and lines -->
        <xsl:when test="$of='pending'">待审核</xsl:when>
        <xsl:when test="$of='posted'">已审核入账</xsl:when>
        <xsl:when test="$of='rejected'">已驳回</xsl:when>
        <xsl:when test="$of='withdrawn'">已撤回</xsl:when>
        <xsl:when test="$of='reversed'">已冲销</xsl:when>
        <xsl:when test="$of='confirmed'">银行已付</xsl:when>
        <xsl:when test="$of='returned'">银行退回</xsl:when>
        <xsl:when test="$of='repaid'">退回已重付</xsl:when>
        <xsl:when test="$of='void'">作废</xsl:when>
        <!-- attachments -->
        <xsl:when test="$of='about_contract'">合同</xsl:when>
        <xsl:when test="$of='about_invoice'">发票</xsl:when>
        <xsl:when test="$of='about_notice'">文件</xsl:when>
        <xsl:when test="$of='about_other'">其他</xsl:when>
        <xsl:when test="$of='about_photograph'">照片</xsl:when>
        <!-- acts -->
        <xsl:when test="$of='submit'">制单</xsl:when>
        <xsl:when test="$of='approve'">审核</xsl:when>
        <xsl:when test="$of='reject'">驳回</xsl:when>
        <xsl:when test="$of='withdraw'">撤回</xsl:when>
      </xsl:choose></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="day">
    <xsl:param name="date"/>
    <xsl:value-of select="concat(substring($date, 1, 4), ' 年 ', number(substring($date, 6, 2)), ' 月')"/>
    <xsl:if test="string-length($date) &gt; 7"><xsl:value-of select="concat(' ', number(substring($date, 9, 2)), ' 日')"/></xsl:if>
  </xsl:template>

  <!-- ==== The page ==== -->

  <xsl:template match="/papers">
    <html lang="zh-CN">
      <head>
        <title><xsl:choose>
          <xsl:when test="@kind='voucher'">记账凭证 <xsl:value-of select="paper/@number"/></xsl:when>
          <xsl:when test="@kind='notice'">资金下达通知 <xsl:value-of select="paper/@number"/></xsl:when>
          <xsl:when test="@kind='labels'">资产标签 <xsl:value-of select="paper/@division_name"/></xsl:when>
          <xsl:when test="@kind='due'">今日待办 <xsl:value-of select="concat(paper/@division_name, ' ', paper/@day)"/></xsl:when>
          <xsl:otherwise>资金月报 <xsl:value-of select="concat(paper/@division_name, ' ', paper/@month)"/></xsl:otherwise>
        </xsl:choose></title>
        <xsl:call-template name="style"/>
      </head>
      <body class="{@kind}"><xsl:for-each select="paper"><xsl:apply-templates select="sheet"/></xsl:for-each></body>
    </html>
  </xsl:template>

  <xsl:template name="style">
    <style>
      @page { size: A4 <xsl:choose><xsl:when test="@kind='notice'">portrait; margin: 15mm 12mm 12mm 25mm;</xsl:when><xsl:when test="@kind='due'">portrait; margin: 12mm 10mm 10mm 10mm;</xsl:when><xsl:otherwise>landscape; margin: 12mm 12mm 8mm 25mm;</xsl:otherwise></xsl:choose> }
      * { box-sizing: border-box; }
      body { margin: 0; color: #000; background: #fff; font: 9pt/1.35 "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, "AR PL UMing CN", serif; overflow-wrap: anywhere; }
      body.voucher, body.statement { width: 260mm; } body.notice { width: 173mm; }
      small { font-size: 6.5pt; }
      .sheet { position: relative; page-break-after: always; } .sheet:last-child { page-break-after: auto; }
      h1 { margin: 0 auto 1.5mm; width: 92mm; text-align: center; font-size: 17pt; line-height: 1.2; letter-spacing: 6pt; text-indent: 6pt; border-bottom: 3pt double #000; }
      h1 small { display: block; font-size: 7pt; font-weight: normal; letter-spacing: 1pt; }
      table { width: 100%; border-collapse: collapse; table-layout: fixed; }
      .head td { padding: 0 1mm; vertical-align: top; } .head td + td { text-align: center; } .head td:last-child { text-align: right; }
      .facts { margin: 0; padding: 0 1mm; }
      .lines { margin-top: 1mm; border: 1.2pt solid #000; }
      .lines th, .lines td { border: .5pt solid #000; padding: .4mm 1mm; vertical-align: top; }
      .lines th { font-weight: bold; text-align: center; }
      .lines td.n { text-align: center; }
      .lines td.a, .lines td.a div { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
      .lines td.s { text-align: center; }
      .sum td { font-weight: bold; border-top-width: 1.2pt; }
      .lines td.debit { border-bottom: 0; padding-bottom: 0; } .lines td.credit { border-top: 0; padding-top: 0; } .lines td.credit:not(.a) { padding-left: 5mm; }
      .what span { margin-right: 2mm; }
      .terms div { display: flex; justify-content: space-between; font-size: 8pt; font-weight: normal; } .terms small { white-space: nowrap; font-size: 6pt; }
      .foot { margin-top: 1.5mm; } .foot td { vertical-align: top; padding: 0 1mm; } .foot td.qr { width: 31mm; padding: 0; text-align: right; }
      .foot svg { display: block; width: 30mm; height: 30mm; }
      .who { display: inline-block; width: 32%; } .notice .who { width: 49%; } .hash { font-size: 8pt; letter-spacing: .2pt; }
      .blank { display: inline-block; width: 24mm; border-bottom: .5pt solid #000; }
      .ledger { margin: 0; padding: .5mm 1mm 0; border-top: .5pt solid #000; font-size: 7pt; line-height: 1.3; }
      .mark { position: absolute; z-index: 1; top: 62mm; left: 0; width: 100%; text-align: center; font-size: 62pt; line-height: 1.1; font-weight: bold; color: rgba(190, 0, 0, .38); transform: rotate(-14deg); }
      .mark span { border: 5pt solid rgba(190, 0, 0, .38); padding: 0 8mm; } .mark small { font-size: 28pt; }
      .state { border: .8pt solid #000; padding: 0 1mm; } .red { color: #b00; border-color: #b00; font-weight: bold; }
      body.due { width: 190mm; } .due .part td { font-weight: bold; border-top-width: 1.2pt; background: #eee; } .late { font-weight: bold; } .box { display: inline-block; width: 3mm; height: 3mm; border: .8pt solid #000; }
      <xsl:if test="@kind='labels'"><xsl:call-template name="style_labels"/></xsl:if>
      @media screen { body { margin: 6mm auto; } .sheet { margin-bottom: 14mm; padding-bottom: 4mm; border-bottom: 1px dashed #888; } }
    </style>
  </xsl:template>

  <xsl:template name="title">
    <xsl:param name="zh"/>
    <xsl:param name="en"/>
    <h1><xsl:value-of select="$zh"/><small lang="en"><xsl:value-of select="$en"/></small></h1>
  </xsl:template>

  <xsl:template name="pages">第 <xsl:value-of select="position()"/> 页 共 <xsl:value-of select="last()"/> 页 <small lang="en">page</small></xsl:template>

  <xsl:template name="mark">
    <xsl:param name="zh"/>
    <xsl:param name="en"/>
    <div class="mark"><span><xsl:value-of select="$zh"/><xsl:text> </xsl:text><small lang="en"><xsl:value-of select="$en"/></small></span></div>
  </xsl:template>

  <xsl:template name="state_mark">
    <xsl:choose>
      <xsl:when test="../@state='pending'"><xsl:call-template name="mark"><xsl:with-param name="zh">待审核</xsl:with-param><xsl:with-param name="en">PENDING</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:when test="../@state='rejected'"><xsl:call-template name="mark"><xsl:with-param name="zh">已驳回</xsl:with-param><xsl:with-param name="en">REJECTED</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:when test="../@state='withdrawn'"><xsl:call-template name="mark"><xsl:with-param name="zh">已撤回</xsl:with-param><xsl:with-param name="en">WITHDRAWN</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:when test="../@state='reversed'"><xsl:call-template name="mark"><xsl:with-param name="zh">已冲销</xsl:with-param><xsl:with-param name="en">REVERSED</xsl:with-param></xsl:call-template></xsl:when>
      <xsl:when test="../@state='posted'"/>
      <xsl:otherwise><xsl:call-template name="mark"><xsl:with-param name="zh">状态不明</xsl:with-param><xsl:with-param name="en">UNKNOWN STATE</xsl:with-param></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="state">
    <span><xsl:attribute name="class">state<xsl:if test="../@state!='posted'"> red</xsl:if></xsl:attribute>
      <xsl:call-template name="word"><xsl:with-param name="of" select="../@state"/></xsl:call-template></span>
  </xsl:template>

  <!-- What a voucher's first sheet tells besides: document, text, funds, reasons. -->
  <xsl:template name="facts">
    <xsl:if test="../@document or ../@text">
      <p class="facts"><xsl:if test="../@document"><xsl:call-template name="both"><xsl:with-param name="zh">文号</xsl:with-param><xsl:with-param name="en">document</xsl:with-param></xsl:call-template>：<xsl:value-of select="../@document"/>　</xsl:if>
        <xsl:if test="../@text"><xsl:call-template name="both"><xsl:with-param name="zh">事由</xsl:with-param><xsl:with-param name="en">text</xsl:with-param></xsl:call-template>：<xsl:value-of select="../@text"/></xsl:if></p>
    </xsl:if>
    <xsl:for-each select="../fund[position() &lt;= 8]">
      <p class="facts"><xsl:call-template name="both"><xsl:with-param name="zh">资金</xsl:with-param><xsl:with-param name="en">fund</xsl:with-param></xsl:call-template>：<xsl:value-of select="@code"/>　<xsl:value-of select="@document"/>　<xsl:value-of select="@name"/>　<xsl:call-template name="word"><xsl:with-param name="of" select="@level"/></xsl:call-template>　<xsl:value-of select="@year"/> 年
        <xsl:if test="position()=8 and last()=8 and count(../fund) &gt; 8">　等 <xsl:value-of select="count(../fund)"/> 项 <small lang="en">and more, named at each line</small></xsl:if></p>
    </xsl:for-each>
    <xsl:for-each select="../attachments">
      <p class="facts"><xsl:call-template name="both"><xsl:with-param name="zh">附件</xsl:with-param><xsl:with-param name="en">attachments</xsl:with-param></xsl:call-template><xsl:text> </xsl:text><b><xsl:value-of select="@count"/></b> 件<xsl:if test="@count &gt; count(attachment)">，以下列出 <xsl:value-of select="count(attachment)"/> 件 <small lang="en">of which these</small></xsl:if></p>
      <xsl:for-each select="attachment">
        <p class="facts">　<xsl:call-template name="word"><xsl:with-param name="of" select="concat('about_', @about)"/></xsl:call-template>：<xsl:value-of select="@title"/>　<small><xsl:choose><xsl:when test="@hash=''">文件已不可知 <span lang="en">not known any more</span></xsl:when><xsl:otherwise><xsl:value-of select="@type"/> SHA-256 <xsl:value-of select="@hash"/>…</xsl:otherwise></xsl:choose>　条目 <span lang="en">entry</span><xsl:text> </xsl:text><xsl:value-of select="@seq"/></small><xsl:if test="@late='true'">　<b>审核后补附</b><xsl:text> </xsl:text><small lang="en">after the decision</small></xsl:if></p>
      </xsl:for-each>
    </xsl:for-each>
    <xsl:for-each select="../entry[@reason]">
      <p class="facts"><xsl:call-template name="word"><xsl:with-param name="of" select="@act"/></xsl:call-template> 意见 <small lang="en">reason</small>：<xsl:value-of select="@reason"/></p>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="qr">
    <svg viewBox="0 0 {@width} {@width}" role="img" aria-label="QR"><path d="{@path}"/></svg>
  </xsl:template>

  <!-- Maker and checker, the entries that prove it, the QR code. -->
  <xsl:template name="voucher_foot">
    <table class="foot"><tr>
      <td>
        <div>
          <span class="who"><xsl:call-template name="both"><xsl:with-param name="zh">制单</xsl:with-param><xsl:with-param name="en">maker</xsl:with-param></xsl:call-template>：<b><xsl:value-of select="../entry[@act='submit']/@actor"/></b><xsl:text> </xsl:text><xsl:value-of select="../entry[@act='submit']/@time"/></span>
          <span class="who"><xsl:choose>
            <xsl:when test="../entry[@act='approve']"><xsl:call-template name="both"><xsl:with-param name="zh">审核</xsl:with-param><xsl:with-param name="en">checker</xsl:with-param></xsl:call-template>：<b><xsl:value-of select="../entry[@act='approve']/@actor"/></b><xsl:text> </xsl:text><xsl:value-of select="../entry[@act='approve']/@time"/></xsl:when>
            <xsl:when test="../entry[@act!='submit']"><b class="red"><xsl:call-template name="word"><xsl:with-param name="of" select="../@state"/></xsl:call-template></b>：<b><xsl:value-of select="../entry[@act!='submit']/@actor"/></b><xsl:text> </xsl:text><xsl:value-of select="../entry[@act!='submit']/@time"/></xsl:when>
            <xsl:otherwise><xsl:call-template name="both"><xsl:with-param name="zh">审核</xsl:with-param><xsl:with-param name="en">checker</xsl:with-param></xsl:call-template>：<b class="red">未审核 <small lang="en">nobody yet</small></b></xsl:otherwise>
          </xsl:choose></span>
          <span class="who"><small>时间为北京时间 <span lang="en">times are China's (UTC+8)</span></small></span>
        </div>
        <div>
          <span class="who"><xsl:call-template name="both"><xsl:with-param name="zh">签章</xsl:with-param><xsl:with-param name="en">seal</xsl:with-param></xsl:call-template>：<span class="blank"> </span></span>
          <span class="who"><xsl:call-template name="both"><xsl:with-param name="zh">签章</xsl:with-param><xsl:with-param name="en">seal</xsl:with-param></xsl:call-template>：<span class="blank"> </span></span>
          <span class="who"><xsl:call-template name="both"><xsl:with-param name="zh">会计主管</xsl:with-param><xsl:with-param name="en">head of accounts</xsl:with-param></xsl:call-template>：<span class="blank"> </span></span>
        </div>
        <xsl:for-each select="../entry">
          <div class="hash"><xsl:call-template name="word"><xsl:with-param name="of" select="@act"/></xsl:call-template> 条目 <small lang="en">entry</small><xsl:text> </xsl:text><xsl:value-of select="@seq"/>　叶哈希 <small lang="en">leaf hash</small><xsl:text> </xsl:text><xsl:value-of select="@hash"/></div>
        </xsl:for-each>
        <xsl:if test="../@people='true'"><div><small>内部资料，含个人信息，不得公开张贴或转发 <span lang="en">internal: names people; not to be posted or passed on</span></small></div></xsl:if>
      </td>
      <td class="qr"><xsl:apply-templates select="../qr"/></td>
    </tr></table>
    <xsl:call-template name="ledger"/>
  </xsl:template>

  <xsl:template name="ledger">
    <p class="ledger">账本 <span lang="en">ledger</span><xsl:text> </xsl:text><xsl:value-of select="/papers/@origin"/>　打印时共 <xsl:value-of select="/papers/@entries"/> 条 <span lang="en">entries when printed</span>　日志公钥指纹 <span lang="en">log key fingerprint</span><xsl:text> </xsl:text><b><xsl:value-of select="/papers/@log_key"/></b></p>
  </xsl:template>

  <xsl:template name="carry">
    <xsl:param name="zh"/>
    <xsl:param name="en"/>
    <xsl:call-template name="both"><xsl:with-param name="zh" select="$zh"/><xsl:with-param name="en" select="$en"/></xsl:call-template>
  </xsl:template>

  <!-- ==== Voucher 记账凭证 ==== -->

  <xsl:template match="papers[@kind='voucher']/paper/sheet">
    <xsl:variable name="first" select="../sheet/line[1]/from/@division"/>
    <div class="sheet">
      <xsl:call-template name="state_mark"/>
      <xsl:call-template name="title"><xsl:with-param name="zh">记账凭证</xsl:with-param><xsl:with-param name="en">VOUCHER</xsl:with-param></xsl:call-template>
      <table class="head">
        <tr>
          <td><xsl:call-template name="both"><xsl:with-param name="zh">单位</xsl:with-param><xsl:with-param name="en">division</xsl:with-param></xsl:call-template>：<xsl:value-of select="../sheet/line[1]/from/@division_name"/><xsl:text> </xsl:text><small><xsl:value-of select="$first"/></small><xsl:if test="../sheet/line/*[self::from or self::to][@division != $first]"> 等 <small lang="en">and others</small></xsl:if></td>
          <td><b><xsl:call-template name="day"><xsl:with-param name="date" select="../@event_date"/></xsl:call-template></b></td>
          <td><xsl:call-template name="both"><xsl:with-param name="zh">凭证号</xsl:with-param><xsl:with-param name="en">voucher</xsl:with-param></xsl:call-template>：<b><xsl:value-of select="../@number"/></b>　<xsl:call-template name="pages"/></td>
        </tr>
        <tr>
          <td><xsl:call-template name="both"><xsl:with-param name="zh">业务</xsl:with-param><xsl:with-param name="en">movement</xsl:with-param></xsl:call-template>：<xsl:call-template name="word"><xsl:with-param name="of" select="../@movement"/></xsl:call-template>
            <xsl:if test="../@reverses"> 冲销凭证 <small lang="en">reverses</small><xsl:text> </xsl:text><b><xsl:value-of select="../@reverses"/></b></xsl:if>
            <xsl:if test="../@reversed_by"> 冲销于 <small lang="en">reversed by</small><xsl:text> </xsl:text><b><xsl:value-of select="../@reversed_by"/></b></xsl:if></td>
          <td><xsl:call-template name="both"><xsl:with-param name="zh">入账</xsl:with-param><xsl:with-param name="en">booked in</xsl:with-param></xsl:call-template>：<xsl:call-template name="day"><xsl:with-param name="date" select="../@booking_month"/></xsl:call-template><xsl:if test="../@late='true'"> 补记 <small lang="en">late</small></xsl:if>　<xsl:call-template name="state"/></td>
          <td><xsl:call-template name="both"><xsl:with-param name="zh">业务编号</xsl:with-param><xsl:with-param name="en">reference</xsl:with-param></xsl:call-template>：<xsl:value-of select="../@reference"/></td>
        </tr>
      </table>
      <xsl:if test="position()=1"><xsl:call-template name="facts"/></xsl:if>
      <table class="lines">
        <colgroup><col style="width:8mm"/><col style="width:74mm"/><col/><col style="width:31mm"/><col style="width:31mm"/></colgroup>
        <thead><tr>
          <th>行</th>
          <th>摘要 <small lang="en">what for</small></th>
          <th>账户（单位 / 账 / 资金 / 状态） <small lang="en">account: division / book / fund / role</small></th>
          <th>借方金额 <small lang="en">debit: to</small></th>
          <th>贷方金额 <small lang="en">credit: from</small></th>
        </tr></thead>
        <tbody>
          <xsl:for-each select="brought"><tr class="sum"><td/><td colspan="2"><xsl:call-template name="both"><xsl:with-param name="zh">承前页</xsl:with-param><xsl:with-param name="en">brought forward</xsl:with-param></xsl:call-template></td><td class="a"><xsl:value-of select="@yuan"/></td><td class="a"><xsl:value-of select="@yuan"/></td></tr></xsl:for-each>
          <xsl:apply-templates select="line"/>
          <xsl:for-each select="carried"><tr class="sum"><td/><td colspan="2"><xsl:call-template name="both"><xsl:with-param name="zh">过次页</xsl:with-param><xsl:with-param name="en">carried forward</xsl:with-param></xsl:call-template></td><td class="a"><xsl:value-of select="@yuan"/></td><td class="a"><xsl:value-of select="@yuan"/></td></tr></xsl:for-each>
          <xsl:if test="position()=last()"><tr class="sum"><td colspan="3"><xsl:call-template name="both"><xsl:with-param name="zh">合计（大写）</xsl:with-param><xsl:with-param name="en">total in words</xsl:with-param></xsl:call-template>：人民币<xsl:value-of select="../total/@words"/></td><td class="a">￥<xsl:value-of select="../total/@yuan"/></td><td class="a">￥<xsl:value-of select="../total/@yuan"/></td></tr></xsl:if>
        </tbody>
      </table>
      <xsl:call-template name="voucher_foot"/>
    </div>
  </xsl:template>

  <xsl:template match="papers[@kind='voucher']/paper/sheet/line">
    <tr>
      <td class="n" rowspan="2"><xsl:value-of select="@number"/></td>
      <td class="what" rowspan="2"><xsl:call-template name="summary"/></td>
      <td class="debit">借　<xsl:apply-templates select="to"/></td>
      <td class="a debit"><xsl:value-of select="@yuan"/></td>
      <td class="debit"/>
    </tr>
    <tr>
      <td class="credit">贷　<xsl:apply-templates select="from"/></td>
      <td class="credit"/>
      <td class="a credit"><xsl:value-of select="@yuan"/></td>
    </tr>
  </xsl:template>

  <xsl:template name="summary">
    <xsl:if test="@text"><span><xsl:value-of select="@text"/></span></xsl:if>
    <xsl:for-each select="payee"><span>收款人 <small lang="en">payee</small><xsl:text> </xsl:text><b><xsl:value-of select="@name"/></b><xsl:if test="@id_tail"> 身份证尾号 <xsl:value-of select="@id_tail"/></xsl:if><xsl:if test="@bank_tail"> 账号尾号 <xsl:value-of select="@bank_tail"/></xsl:if><xsl:if test="@uscc"><xsl:text> </xsl:text><small><xsl:value-of select="@uscc"/></small></xsl:if></span></xsl:for-each>
    <xsl:for-each select="policy"><span>政策 <small lang="en">policy</small><xsl:text> </xsl:text><xsl:value-of select="."/></span></xsl:for-each>
    <xsl:for-each select="project"><span>项目 <small lang="en">project</small><xsl:text> </xsl:text><xsl:value-of select="@code"/><xsl:text> </xsl:text><xsl:value-of select="@name"/><xsl:if test="@plan_line"> 计划行 <xsl:value-of select="@plan_line"/></xsl:if></span></xsl:for-each>
    <xsl:for-each select="agreement"><span>借款协议 <small lang="en">agreement</small><xsl:text> </xsl:text><xsl:value-of select="."/></span></xsl:for-each>
    <xsl:for-each select="contract"><span>合同 <small lang="en">contract</small><xsl:text> </xsl:text><xsl:value-of select="."/></span></xsl:for-each>
    <xsl:for-each select="repays"><span>重付 <small lang="en">pays again</small><xsl:text> </xsl:text><xsl:value-of select="concat(@voucher, '/', @line)"/><xsl:if test="@account_changes='true'"> <b>账号与原退回的不同</b></xsl:if></span></xsl:for-each>
    <xsl:if test="@state!='pending' and @state!='posted'"><span>〔<xsl:call-template name="word"><xsl:with-param name="of" select="@state"/></xsl:call-template>〕</span></xsl:if>
  </xsl:template>

  <xsl:template match="from | to">
    <xsl:value-of select="@division_name"/><xsl:text> </xsl:text><small><xsl:value-of select="@division"/></small> / <xsl:call-template name="word"><xsl:with-param name="of" select="@book"/></xsl:call-template> / <xsl:value-of select="@fund"/> / <xsl:call-template name="word"><xsl:with-param name="of" select="@role"/></xsl:call-template>
  </xsl:template>

  <!-- ==== Notice 资金下达通知 ==== -->

  <xsl:template match="papers[@kind='notice']/paper/sheet">
    <div class="sheet">
      <xsl:call-template name="state_mark"/>
      <xsl:call-template name="title"><xsl:with-param name="zh">资金下达通知</xsl:with-param><xsl:with-param name="en">NOTICE OF FUNDS</xsl:with-param></xsl:call-template>
      <table class="head"><colgroup><col style="width:36%"/><col/><col style="width:40%"/></colgroup><tr>
        <td><xsl:call-template name="both"><xsl:with-param name="zh">凭证号</xsl:with-param><xsl:with-param name="en">voucher</xsl:with-param></xsl:call-template>：<b><xsl:value-of select="../@number"/></b></td>
        <td><b><xsl:call-template name="day"><xsl:with-param name="date" select="../@event_date"/></xsl:call-template></b></td>
        <td><xsl:call-template name="state"/>　<xsl:call-template name="pages"/></td>
      </tr></table>
      <xsl:if test="position()=1">
        <p class="facts"><xsl:call-template name="both"><xsl:with-param name="zh">业务</xsl:with-param><xsl:with-param name="en">movement</xsl:with-param></xsl:call-template>：<xsl:call-template name="word"><xsl:with-param name="of" select="../@movement"/></xsl:call-template>　<xsl:call-template name="both"><xsl:with-param name="zh">业务编号</xsl:with-param><xsl:with-param name="en">reference</xsl:with-param></xsl:call-template>：<xsl:value-of select="../@reference"/></p>
        <xsl:call-template name="facts"/>
      </xsl:if>
      <table class="lines">
        <colgroup><col style="width:8mm"/><col style="width:43mm"/><col style="width:43mm"/><col style="width:34mm"/><col/></colgroup>
        <thead><tr>
          <th>行</th>
          <th>下达单位 <small lang="en">from</small></th>
          <th>接收单位 <small lang="en">to</small></th>
          <th>账 / 资金 <small lang="en">book / fund</small></th>
          <th>金额及大写 <small lang="en">amount, in words</small></th>
        </tr></thead>
        <tbody>
          <xsl:for-each select="brought"><tr class="sum"><td colspan="4"><xsl:call-template name="both"><xsl:with-param name="zh">承前页</xsl:with-param><xsl:with-param name="en">brought forward</xsl:with-param></xsl:call-template></td><td class="a"><xsl:value-of select="@yuan"/></td></tr></xsl:for-each>
          <xsl:apply-templates select="line"/>
          <xsl:for-each select="carried"><tr class="sum"><td colspan="4"><xsl:call-template name="both"><xsl:with-param name="zh">过次页</xsl:with-param><xsl:with-param name="en">carried forward</xsl:with-param></xsl:call-template></td><td class="a"><xsl:value-of select="@yuan"/></td></tr></xsl:for-each>
          <xsl:if test="position()=last()"><tr class="sum"><td colspan="4"><xsl:call-template name="both"><xsl:with-param name="zh">合计（大写）</xsl:with-param><xsl:with-param name="en">total in words</xsl:with-param></xsl:call-template>：人民币<xsl:value-of select="../total/@words"/></td><td class="a">￥<xsl:value-of select="../total/@yuan"/></td></tr></xsl:if>
        </tbody>
      </table>
      <xsl:call-template name="voucher_foot"/>
    </div>
  </xsl:template>

  <xsl:template match="papers[@kind='notice']/paper/sheet/line">
    <tr>
      <td class="n"><xsl:value-of select="@number"/></td>
      <td><xsl:choose>
        <xsl:when test="from/@role='source'"><xsl:call-template name="word"><xsl:with-param name="of" select="../../fund[@code=current()/from/@fund]/@level"/></xsl:call-template> 资金来源 <small lang="en">source</small></xsl:when>
        <xsl:otherwise><xsl:value-of select="from/@division_name"/><br/><small><xsl:value-of select="from/@division"/></small></xsl:otherwise>
      </xsl:choose></td>
      <td><b><xsl:value-of select="to/@division_name"/></b><br/><small><xsl:value-of select="to/@division"/></small></td>
      <td><xsl:call-template name="word"><xsl:with-param name="of" select="to/@book"/></xsl:call-template><br/><xsl:value-of select="to/@fund"/></td>
      <td class="a"><b><xsl:value-of select="amount/@yuan"/></b><div style="white-space:normal;text-align:left">人民币<xsl:value-of select="amount/@words"/></div></td>
    </tr>
  </xsl:template>

  <!-- ==== Statement 月报 ==== -->

  <xsl:template match="papers[@kind='statement']/paper/sheet">
    <div class="sheet">
      <xsl:if test="../@closed!='true'"><xsl:call-template name="mark"><xsl:with-param name="zh">未结账</xsl:with-param><xsl:with-param name="en">NOT CLOSED</xsl:with-param></xsl:call-template></xsl:if>
      <xsl:call-template name="title"><xsl:with-param name="zh">资金收支月报</xsl:with-param><xsl:with-param name="en">MONTHLY STATEMENT</xsl:with-param></xsl:call-template>
      <table class="head"><tr>
        <td><xsl:call-template name="both"><xsl:with-param name="zh">单位</xsl:with-param><xsl:with-param name="en">division</xsl:with-param></xsl:call-template>：<b><xsl:value-of select="../@division_name"/></b><xsl:text> </xsl:text><small><xsl:value-of select="../@division"/> 本级，不含下级 <span lang="en">without those below</span></small></td>
        <td><b><xsl:call-template name="day"><xsl:with-param name="date" select="../@month"/></xsl:call-template></b>　<xsl:choose>
          <xsl:when test="../@closed='true'"><span class="state">已结账 <small lang="en">closed</small></span></xsl:when>
          <xsl:otherwise><span class="state red">未结账 <small lang="en">not closed</small></span></xsl:otherwise></xsl:choose></td>
        <td><xsl:call-template name="both"><xsl:with-param name="zh">金额单位</xsl:with-param><xsl:with-param name="en">in</xsl:with-param></xsl:call-template>：元 <small lang="en">yuan</small>　<xsl:call-template name="pages"/></td>
      </tr></table>
      <table class="lines">
        <colgroup><col/><col style="width:32mm"/><col style="width:55mm"/><col style="width:55mm"/><col style="width:55mm"/></colgroup>
        <thead><tr>
          <th>账 / 资金 <small lang="en">book / fund</small></th>
          <th>期初结余 <small lang="en">opening</small></th>
          <th>本月收入 <small lang="en">came in</small></th>
          <th>本月支出 <small lang="en">went out</small></th>
          <th>期末结余 <small lang="en">closing</small></th>
        </tr></thead>
        <tbody>
          <xsl:if test="not(../sheet/line)"><tr><td colspan="5">本月及以前无账 <small lang="en">nothing in this month or before</small></td></tr></xsl:if>
          <xsl:apply-templates select="line | book_sum"/>
          <xsl:if test="position()=last()">
            <xsl:for-each select="../sum"><tr class="sum"><td><xsl:call-template name="both"><xsl:with-param name="zh">合计</xsl:with-param><xsl:with-param name="en">sum of all books</xsl:with-param></xsl:call-template></td><xsl:call-template name="law_cells"/></tr></xsl:for-each>
            <tr><td colspan="5"><xsl:call-template name="both"><xsl:with-param name="zh">期末结余（大写）</xsl:with-param><xsl:with-param name="en">closing in words</xsl:with-param></xsl:call-template>：<b>人民币<xsl:value-of select="../total/@words"/></b></td></tr>
          </xsl:if>
        </tbody>
      </table>
      <table class="foot"><tr>
        <td>
          <div><span class="who"><xsl:call-template name="both"><xsl:with-param name="zh">制表</xsl:with-param><xsl:with-param name="en">made by</xsl:with-param></xsl:call-template>：<span class="blank"> </span></span><span class="who"><xsl:call-template name="both"><xsl:with-param name="zh">复核</xsl:with-param><xsl:with-param name="en">checked by</xsl:with-param></xsl:call-template>：<span class="blank"> </span></span><span class="who"><xsl:call-template name="both"><xsl:with-param name="zh">负责人</xsl:with-param><xsl:with-param name="en">head</xsl:with-param></xsl:call-template>：<span class="blank"> </span></span></div>
          <div>期初结余 ＋ 本月收入 ＝ 本月支出 ＋ 期末结余 <small lang="en">opening + came in = went out + closing</small></div>
          <div class="hash">账本前 <xsl:value-of select="../tree/@size"/> 条 <small lang="en">tree of so many entries</small>　根哈希 <small lang="en">root</small><xsl:text> </xsl:text><xsl:value-of select="../tree/@root"/></div>
          <div><small>内部资料，公开以签名的公示文件为准 <span lang="en">internal; what is public stands in the signed disclosures</span></small></div>
        </td>
        <td class="qr"><xsl:apply-templates select="../qr"/></td>
      </tr></table>
      <xsl:call-template name="ledger"/>
    </div>
  </xsl:template>

  <xsl:template match="papers[@kind='statement']/paper/sheet/line">
    <tr>
      <td><b><xsl:call-template name="word"><xsl:with-param name="of" select="@book"/></xsl:call-template></b>　<xsl:value-of select="@fund"/><br/><xsl:value-of select="@document"/><br/><xsl:value-of select="@name"/></td>
      <xsl:call-template name="law_cells"/>
    </tr>
  </xsl:template>

  <xsl:template match="book_sum">
    <tr class="sum"><td>小计 <small lang="en">sum of book</small>　<xsl:call-template name="word"><xsl:with-param name="of" select="@book"/></xsl:call-template></td>
      <td class="a"><xsl:value-of select="opening/@yuan"/></td><td class="a"><xsl:value-of select="in/@yuan"/></td><td class="a"><xsl:value-of select="out/@yuan"/></td><td class="a"><xsl:value-of select="closing/@yuan"/></td></tr>
  </xsl:template>

  <xsl:template name="law_cells">
    <td class="a"><b><xsl:value-of select="opening/@yuan"/></b></td>
    <td class="a terms"><b><xsl:value-of select="in/@yuan"/></b><xsl:for-each select="came"><div><span><xsl:call-template name="word"><xsl:with-param name="of" select="@term"/></xsl:call-template></span><span><xsl:value-of select="@yuan"/></span></div></xsl:for-each></td>
    <td class="a terms"><b><xsl:value-of select="out/@yuan"/></b><xsl:for-each select="went"><div><span><xsl:call-template name="word"><xsl:with-param name="of" select="@term"/></xsl:call-template></span><span><xsl:value-of select="@yuan"/></span></div></xsl:for-each></td>
    <td class="a terms"><b><xsl:value-of select="closing/@yuan"/></b><xsl:for-each select="standing"><div><span><xsl:call-template name="word"><xsl:with-param name="of" select="@role"/></xsl:call-template></span><span><xsl:value-of select="@yuan"/></span></div></xsl:for-each></td>
  </xsl:template>
</xsl:stylesheet>
