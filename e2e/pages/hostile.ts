const ran = (what: string) => `top.postMessage('ran: ${what}','*')`;
/** A page that tries every way to have a script run where it is shown. */
export const hostile = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hostile</title>
<meta http-equiv="refresh" content="600;url=/refreshed">
<style>body { background: url("javascript:${ran("css").replaceAll('"', "'")}"); } @import "javascript:alert(1)";</style></head>
<body onload="${ran("onload")}" onclick="${ran("body click")}">
<h1 onclick="${ran("onclick")}" onmouseover="${ran("hover")}">Hostile</h1>
<img src="/missing.png" onerror="${ran("onerror")}" alt="">
<a id="js" href="javascript:${ran("link")}">Link</a>
<a href="  jAvAsCrIpT:${ran("odd link")}">Odd link</a>
<a href="java&#10;script:${ran("split link")}">Split link</a>
<a href="data:text/html,<script>${ran("data link")}</script>">Data link</a>
<form action="javascript:${ran("form")}"><button formaction="javascript:${ran("button")}">Send</button></form>
<iframe srcdoc="<script>${ran("srcdoc")}</script><p>Inner</p>"></iframe>
<iframe src="javascript:${ran("frame")}"></iframe>
<iframe src="data:text/html,<script>${ran("data frame")}</script>"></iframe>
<svg width="10" height="10"><script>${ran("svg script")}</script><a href="javascript:${ran("svg link")}"><text y="9">x</text></a>
<animate attributeName="href" to="javascript:${ran("animate")}" onbegin="${ran("onbegin")}" begin="0s" dur="1s"/></svg>
<object data="/evil.svg" type="image/svg+xml"></object><embed src="/evil.svg" type="image/svg+xml">
<img src="/evil.svg" alt=""><video src="/x" onerror="${ran("video")}"></video><input autofocus onfocus="${ran("autofocus")}">
<details open ontoggle="${ran("toggle")}"><summary>More</summary></details><marquee onstart="${ran("marquee")}">m</marquee>
<math><maction actiontype="statusline" xlink:href="javascript:${ran("math")}">m</maction></math>
<div style="background: url(javascript:${ran("style")}); behavior: url(#x)">Styled</div>
<template><script>${ran("template")}</script></template><link rel="import" href="/evil.js"><base target="_top">
<script src="/evil.js"></script></body></html>`;
