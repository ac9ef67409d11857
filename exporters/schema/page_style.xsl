<?xml version="1.0" encoding="UTF-8"?>
<!--
  page_style.xsl - how pages look: large type, rows that stack on a telephone, black on paper.

  Every colour of text has at least 4.5 : 1 against its ground (WCAG 2.1, 1.4.3). No picture says
  anything by colour alone: each book has its own pattern.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template name="style">
    <style>
*{box-sizing:border-box}
html{font-size:18px}
body{margin:0 auto;padding:0 12px 2rem;max-width:44rem;font:1rem/1.65 system-ui,"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;color:#111;background:#fff;overflow-wrap:anywhere}
h1{font-size:1.4rem;line-height:1.3;margin:8px 0 4px}
h2{font-size:1.2rem;line-height:1.3;margin:2rem 0 .5rem;padding:4px 0 4px 12px;border-left:8px solid #a00}
h3{font-size:1.05rem;line-height:1.4;margin:0 0 6px}
p,ul,table{margin:8px 0}ul{padding-left:1.2em}li{margin:6px 0}
a{color:#00408a}a:focus,summary:focus,.wide:focus{outline:3px solid #a00;outline-offset:2px}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 12px;padding:8px 0;border-bottom:1px solid #999}
.dim{color:#444;font-size:.86rem}
.sums{list-style:none;margin:14px 0;padding:0;display:flex;flex-wrap:wrap;gap:10px}
.sums li{margin:0;flex:1 1 auto;min-width:8.4rem;max-width:100%;border:2px solid #555;border-radius:10px;padding:6px 10px}
.sums .main{flex-basis:100%;border-color:#a00;background:#fff6f4}
.sums span{display:block}.sums strong{display:block;font-size:1.15rem;line-height:1.3;word-break:keep-all}.sums small{font-size:1rem;font-weight:normal}
.sums .main strong{font-size:2.4rem;color:#a00}.sums .main .long{font-size:1.5rem}
.card{border:1px solid #777;border-radius:10px;padding:10px 12px;margin:12px 0;break-inside:avoid}
.warn{border-left:8px solid #b45309;background:#fff8ec;padding:8px 12px}
.call{font-size:1.35rem;font-weight:bold;white-space:nowrap}
.say{border:2px dashed #555;border-radius:10px;padding:6px 14px;font-size:1.05rem;line-height:1.9}
table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #aaa;padding:5px 6px 5px 0;text-align:left;vertical-align:top;font-weight:normal}
thead th,thead .n{white-space:normal;font-size:.86rem;color:#444;border-bottom:2px solid #555}
th{overflow-wrap:break-word}tbody th{min-width:5em}footer{margin-top:2rem;border-top:1px solid #999}
.wide{overflow-x:auto}time,a[href^=tel]{white-space:nowrap}.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;max-width:28rem;height:auto;margin:8px 0}svg text{font-family:inherit;fill:#111}
.uses{list-style:none;padding:0}svg.key{display:inline-block;width:1.1em;height:1.1em;margin:0 .4em 0 0;vertical-align:-.15em}
summary{padding:8px 0;font-weight:bold;cursor:pointer}
pre{white-space:pre-wrap;background:#eee;padding:8px;font-size:.78rem}
.list{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:8px}.list li{margin:0}.list a{display:inline-block;border:1px solid #777;border-radius:8px;padding:5px 12px}
@media (max-width:420px){th,td{font-size:.92rem}}
@page{margin:12mm}
@media print{html{font-size:2.1vw}body{max-width:none;padding:0}a{color:inherit;text-decoration:none}h2,h3,tr,li,svg,.sums,.warn{break-inside:avoid}h2,h3,summary{break-after:avoid}.say{break-inside:avoid}h2{margin-top:1.2rem}.noprint{display:none}summary{list-style:none;padding:4px 0}details::details-content{content-visibility:visible;display:block}.wide{overflow:visible}footer{margin-top:.5rem;break-before:avoid}}
    </style>
  </xsl:template>
</xsl:stylesheet>
