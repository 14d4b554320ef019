import { Hono } from "hono";
import { html } from "hono/html";
import type { HttpEnv } from "./types";

const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1d2321;--ink2:#565d5a;--line:#dcd9d1;--accent:#0f6b5c;--raised:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#151917;--ink:#e9ece9;--ink2:#a3aaa6;--line:#333a37;--accent:#63c7b2;--raised:#1c211f}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:24px 16px 96px}h1{font-size:31px;margin:0 0 8px}h2{font-size:20px;margin:40px 0 8px}
p{max-width:70ch;color:var(--ink2)}a{color:var(--accent)}details{border:1px solid var(--line);border-radius:10px;margin:8px 0;background:var(--raised)}
summary{padding:12px 16px;cursor:pointer;display:flex;gap:12px;flex-wrap:wrap;align-items:baseline}
summary:focus-visible,a:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.method{font:600 12px/1.5 ui-monospace,monospace;min-width:4em}.path{font:14px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.what{color:var(--ink2);font-size:14px}.body{padding:0 16px 16px;font-size:14px}pre{overflow:auto;padding:12px;border:1px solid var(--line);border-radius:6px;font:12px/1.5 ui-monospace,monospace;margin:8px 0}
h3{font-size:14px;margin:16px 0 4px}input{font:inherit;width:100%;max-width:32rem;padding:10px 12px;border:1px solid var(--ink2);border-radius:6px;background:var(--raised);color:var(--ink)}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:4px 12px 4px 0;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:anywhere}`;

// A schema that stands in itself, as requirements do, is named there and not drawn again.
const SCRIPT = `
const el=(tag,props={},...kids)=>{const n=Object.assign(document.createElement(tag),props);n.append(...kids);return n};
const doc=await (await fetch("/api/openapi.json")).json();
const shape=(s,inside=[])=>{if(!s)return null;if(s.$ref){const name=s.$ref.split("/").pop();return inside.includes(name)?name:shape(doc.components.schemas[name]??{},[...inside,name])}const of=x=>shape(x,inside);if(s.example!==undefined)return s.example;if(s.enum)return s.enum.join(" | ");if(s.const!==undefined)return s.const;if(s.anyOf)return of(s.anyOf.find(x=>x.type!=="null")??s.anyOf[0]);if(s.type==="object")return Object.fromEntries(Object.entries(s.properties??{}).map(([k,v])=>[k,of(v)]));if(s.type==="array")return[of(s.items)];return s.format??(Array.isArray(s.type)?s.type.join(" | "):s.type)??"any"};
const pre=s=>el("pre",{textContent:JSON.stringify(shape(s),null,2),tabIndex:0});
const list=document.getElementById("list");const tags=new Map();
const add=(tag,node)=>{if(!tags.has(tag)){const s=el("section",{},el("h2",{textContent:tag}));tags.set(tag,s);list.append(s)}tags.get(tag).append(node)};
for(const [path,methods] of Object.entries(doc.paths))for(const [method,op] of Object.entries(methods)){
const body=el("div",{className:"body"},el("p",{textContent:"Who: "+op["x-who"]}));
if(op.parameters?.length){const t=el("table",{},el("thead",{},el("tr",{},el("th",{textContent:"Parameter",scope:"col"}),el("th",{textContent:"In",scope:"col"}),el("th",{textContent:"Type",scope:"col"}))));const b=el("tbody");for(const p of op.parameters)b.append(el("tr",{},el("td",{textContent:p.name+(p.required?" (required)":"")}),el("td",{textContent:p.in}),el("td",{textContent:String(shape(p.schema))})));t.append(b);body.append(t)}
for(const [type,c] of Object.entries(op.requestBody?.content??{}))body.append(el("h3",{textContent:"Body, "+type}),pre(c.schema));
for(const [status,r] of Object.entries(op.responses)){const c=r.content?.["application/json"];if(c)body.append(el("h3",{textContent:"Answer "+status}),pre(c.schema));else body.append(el("h3",{textContent:"Answer "+status}),el("p",{textContent:r.description}))}
add(op.tags[0],el("details",{id:op.operationId},el("summary",{},el("span",{className:"method",textContent:method.toUpperCase()}),el("span",{className:"path",textContent:path}),el("span",{className:"what",textContent:op.summary})),body))}
for(const [type,hook] of Object.entries(doc.webhooks)){const c=hook.post.requestBody.content["application/json"];add("Events",el("details",{},el("summary",{},el("span",{className:"path",textContent:type}),el("span",{className:"what",textContent:hook.post.summary})),el("div",{className:"body"},el("h3",{textContent:"Body"}),el("pre",{textContent:JSON.stringify(c.example,null,2),tabIndex:0}))))}
document.getElementById("find").addEventListener("input",e=>{const q=e.target.value.toLowerCase();for(const d of list.querySelectorAll("details"))d.hidden=!d.querySelector("summary").textContent.toLowerCase().includes(q);for(const s of list.querySelectorAll("section"))s.hidden=!s.querySelector("details:not([hidden])")});
document.getElementById("state").remove();`;

const PAGE = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Portico API</title>
<link rel="stylesheet" href="/api/docs/docs.css">
</head>
<body>
<main>
<h1>Portico API</h1>
<p>Every route with who may call it, what it takes and what it answers. The machine-readable document is
<a href="/api/openapi.json">openapi.json</a>.</p>
<label for="find">Find a route</label><br>
<input id="find" type="search" placeholder="documents, PUT, board…" autocomplete="off">
<p id="state" role="status">Loading the routes…</p>
<div id="list"></div>
<noscript><p>This page needs scripts. The same content is in <a href="/api/openapi.json">openapi.json</a>.</p></noscript>
</main>
<script type="module" src="/api/docs/docs.js"></script>
</body>
</html>`;

const CSP =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Readable documents of the API, with nothing loaded from elsewhere. */
export const docsRoutes = new Hono<HttpEnv>()
  .get("/", (c) => {
    c.header("content-security-policy", CSP);
    return c.html(PAGE);
  })
  .get("/docs.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }))
  .get("/docs.js", (c) => c.body(SCRIPT, 200, { "content-type": "text/javascript; charset=utf-8" }));
