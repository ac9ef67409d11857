<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_words.xsl - the words that stand more than once on pages, in both languages side by side.
  Sentences that stand once are where they are used.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:param name="lang" select="'zh'"/>
  <xsl:variable name="zh" select="$lang != 'en'"/>
  <xsl:variable name="tag" select="concat($lang, '=')"/>
  <!-- Of pages in the same language: x.html, x.en.html. -->
  <xsl:variable name="html"><xsl:if test="not($zh)">.en</xsl:if>.html</xsl:variable>
  <xsl:variable name="other_html"><xsl:if test="$zh">.en</xsl:if>.html</xsl:variable>

  <xsl:variable name="w.open" select="substring-before(substring-after('zh=（|en= (|', $tag), '|')"/>
  <xsl:variable name="w.close" select="substring-before(substring-after('zh=）|en=)|', $tag), '|')"/>
  <xsl:variable name="w.stop" select="substring-before(substring-after('zh=。|en=. |', $tag), '|')"/>
  <xsl:variable name="w.comma" select="substring-before(substring-after('zh=，|en=, |', $tag), '|')"/>
  <xsl:variable name="w.colon" select="substring-before(substring-after('zh=：|en=: |', $tag), '|')"/>
  <xsl:variable name="w.book.construction" select="substring-before(substring-after('zh=项目建设|en=Building works|', $tag), '|')"/>
  <xsl:variable name="w.book.livelihood" select="substring-before(substring-after('zh=民生保障|en=Livelihood|', $tag), '|')"/>
  <xsl:variable name="w.book.subsidy" select="substring-before(substring-after('zh=政策补助|en=Subsidies|', $tag), '|')"/>
  <xsl:variable name="w.book.none" select="substring-before(substring-after('zh=还没分类|en=Not yet in a book|', $tag), '|')"/>
  <xsl:variable name="w.from.central" select="substring-before(substring-after('zh=中央的钱|en=Central|', $tag), '|')"/>
  <xsl:variable name="w.from.province" select="substring-before(substring-after('zh=省里的钱|en=Province|', $tag), '|')"/>
  <xsl:variable name="w.from.prefecture" select="substring-before(substring-after('zh=市里的钱|en=City|', $tag), '|')"/>
  <xsl:variable name="w.from.county" select="substring-before(substring-after('zh=县里的钱|en=County|', $tag), '|')"/>
  <xsl:variable name="w.from.other" select="substring-before(substring-after('zh=其他的钱|en=Other|', $tag), '|')"/>
  <xsl:variable name="w.term.appropriated" select="substring-before(substring-after('zh=下达|en=Granted|', $tag), '|')"/>
  <xsl:variable name="w.term.received_from_above" select="substring-before(substring-after('zh=上级拨来|en=From above|', $tag), '|')"/>
  <xsl:variable name="w.term.recovered_from_below" select="substring-before(substring-after('zh=下级交回|en=Handed back from below|', $tag), '|')"/>
  <xsl:variable name="w.term.other_receipts" select="substring-before(substring-after('zh=其他收入|en=Other receipts|', $tag), '|')"/>
  <xsl:variable name="w.opening" select="substring-before(substring-after('zh=上期留下|en=Left from before|', $tag), '|')"/>
  <xsl:variable name="w.received" select="substring-before(substring-after('zh=收到|en=Received|', $tag), '|')"/>
  <xsl:variable name="w.spent_otherwise" select="substring-before(substring-after('zh=其他支出|en=Spent otherwise|', $tag), '|')"/>
  <xsl:variable name="w.spent" select="substring-before(substring-after('zh=花出去|en=Spent|', $tag), '|')"/>
  <xsl:variable name="w.passed_on" select="substring-before(substring-after('zh=拨出、交回|en=Passed on or handed back|', $tag), '|')"/>
  <xsl:variable name="w.closing" select="substring-before(substring-after('zh=账上还剩|en=Left|', $tag), '|')"/>
  <xsl:variable name="w.returned_up" select="substring-before(substring-after('zh=交回上级|en=Handed back up|', $tag), '|')"/>
  <xsl:variable name="w.remitted" select="substring-before(substring-after('zh=上缴国库|en=Paid back to the treasury|', $tag), '|')"/>
  <xsl:variable name="w.kept" select="substring-before(substring-after('zh=还在账上|en=Still held|', $tag), '|')"/>
  <xsl:variable name="w.village" select="substring-before(substring-after('zh=村|en=village|', $tag), '|')"/>
  <xsl:variable name="w.township" select="substring-before(substring-after('zh=乡镇|en=township|', $tag), '|')"/>
  <xsl:variable name="w.county" select="substring-before(substring-after('zh=县（市、区）|en=county|', $tag), '|')"/>
  <xsl:variable name="w.prefecture" select="substring-before(substring-after('zh=市|en=city|', $tag), '|')"/>
  <xsl:variable name="w.province" select="substring-before(substring-after('zh=省|en=province|', $tag), '|')"/>
  <xsl:variable name="w.planned" select="substring-before(substring-after('zh=计划|en=Planned|', $tag), '|')"/>
  <xsl:variable name="w.paid" select="substring-before(substring-after('zh=已付|en=Paid|', $tag), '|')"/>
  <xsl:variable name="w.is_planned" select="substring-before(substring-after('zh=，计划 |en=, planned |', $tag), '|')"/>
  <xsl:variable name="w.is_paid" select="substring-before(substring-after('zh=，已付 |en=, paid |', $tag), '|')"/>
  <xsl:variable name="w.no_progress" select="substring-before(substring-after('zh=还没登记进度|en=No progress on record yet|', $tag), '|')"/>
  <xsl:variable name="w.source" select="substring-before(substring-after('zh=来源|en=Source|', $tag), '|')"/>
  <xsl:variable name="w.book" select="substring-before(substring-after('zh=账本|en=Book|', $tag), '|')"/>
  <xsl:variable name="w.whereto" select="substring-before(substring-after('zh=去向|en=Where it went|', $tag), '|')"/>
  <xsl:variable name="w.yuan" select="substring-before(substring-after('zh=元|en=yuan|', $tag), '|')"/>
  <xsl:variable name="w.in_yuan" select="substring-before(substring-after('zh=单位：元|en=In yuan|', $tag), '|')"/>
  <xsl:variable name="w.year" select="substring-before(substring-after('zh=年份|en=Year|', $tag), '|')"/>
  <xsl:variable name="w.place" select="substring-before(substring-after('zh=地方|en=Place|', $tag), '|')"/>
  <xsl:variable name="w.project" select="substring-before(substring-after('zh=项目|en=Project|', $tag), '|')"/>
  <xsl:variable name="w.fund" select="substring-before(substring-after('zh=资金|en=Fund|', $tag), '|')"/>
  <xsl:variable name="w.accepted" select="substring-before(substring-after('zh=已经验收|en=Accepted|', $tag), '|')"/>
  <xsl:variable name="w.not_accepted" select="substring-before(substring-after('zh=还没验收|en=not accepted yet|', $tag), '|')"/>
  <xsl:variable name="w.contract" select="substring-before(substring-after('zh=合同|en=Contract|', $tag), '|')"/>
  <xsl:variable name="w.contractor" select="substring-before(substring-after('zh=施工单位（承包方）|en=Contractor|', $tag), '|')"/>
  <xsl:variable name="w.price" select="substring-before(substring-after('zh=合同价|en=Price|', $tag), '|')"/>
  <xsl:variable name="w.final_price" select="substring-before(substring-after('zh=结算价|en=Final price|', $tag), '|')"/>
  <xsl:variable name="w.retention" select="substring-before(substring-after('zh=质保金|en=Retention|', $tag), '|')"/>
  <xsl:variable name="w.committed" select="substring-before(substring-after('zh=合同占用|en=Bound by contract|', $tag), '|')"/>
  <xsl:variable name="w.changed" select="substring-before(substring-after('zh=和上一期比，变了什么|en=What changed since last time|', $tag), '|')"/>
  <xsl:variable name="w.loudspeaker" select="substring-before(substring-after('zh=大喇叭念的话|en=Text for the loudspeaker|', $tag), '|')"/>
  <xsl:variable name="w.check" select="substring-before(substring-after('zh=怎样核对真假|en=How to check that this is true|', $tag), '|')"/>
  <xsl:variable name="w.index" select="substring-before(substring-after('zh=按地方、按名字找|en=Find by place or name|', $tag), '|')"/>
  <xsl:variable name="w.names" select="substring-before(substring-after('zh=按名字找|en=Find by name|', $tag), '|')"/>
  <xsl:variable name="w.places" select="substring-before(substring-after('zh=按地方找|en=Find by place|', $tag), '|')"/>
  <xsl:variable name="w.document" select="substring-before(substring-after('zh=签过名的原件|en=The signed document|', $tag), '|')"/>
  <xsl:variable name="w.documents" select="substring-before(substring-after('zh=各地签过名的原件|en=the signed documents of the places|', $tag), '|')"/>
  <xsl:variable name="w.manifest" select="substring-before(substring-after('zh=本期清单|en=List of files|', $tag), '|')"/>
  <xsl:variable name="w.duties" select="substring-before(substring-after('zh=什么时候要公开什么|en=What must be disclosed by when|', $tag), '|')"/>
  <xsl:variable name="w.duty.overdue" select="substring-before(substring-after('zh=过了期限，还没公开|en=Overdue, not disclosed|', $tag), '|')"/>
  <xsl:variable name="w.duty.awaited" select="substring-before(substring-after('zh=还没到期|en=Not due yet|', $tag), '|')"/>
  <xsl:variable name="w.duty.standing" select="substring-before(substring-after('zh=正在公开|en=Standing now|', $tag), '|')"/>
  <xsl:variable name="w.duty.stood" select="substring-before(substring-after('zh=贴够了天数|en=Stood as long as it must|', $tag), '|')"/>
  <xsl:variable name="w.duty.withheld" select="substring-before(substring-after('zh=公开时按规定没写|en=Left out by the rules|', $tag), '|')"/>
  <xsl:variable name="w.duty.replaced" select="substring-before(substring-after('zh=没公开就作废了|en=Replaced before it was told|', $tag), '|')"/>
  <xsl:variable name="w.duty.early" select="substring-before(substring-after('zh=揭得太早|en=Taken down too early|', $tag), '|')"/>
</xsl:stylesheet>
