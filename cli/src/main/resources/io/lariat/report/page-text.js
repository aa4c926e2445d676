"use strict";
// The data, how numbers are written, and elements. Text from the data reaches the page by
// textContent and attributes only. The files page-*.js are shared by all reports; with those of the
// report they stand in the page as one script, in the order that Page.java names.

const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const byId = id => document.getElementById(id);
const color = name => getComputedStyle(root).getPropertyValue("--" + name).trim();

window.addEventListener("error", e => { root.dataset.error = e.message; });
document.addEventListener("securitypolicyviolation", e => { root.dataset.error = "blocked: " + e.blockedURI; });

const minus = text => text.replace(/^-/, "\u2212");

/** Four significant digits; the sentences have three. */
function number(v) {
  if (v == null) return "\u2013";
  if (v === 0) return "0";
  const size = Math.abs(v);
  return minus(size < 1e-4 || size >= 1e6
    ? v.toExponential(3).replace("e+", "e") : fixed(v, decimals(v, 4)));
}

/** How many decimals give that many significant digits. */
const decimals = (v, digits) => Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(v))));

const fixed = (v, n) => v.toLocaleString("en", { minimumFractionDigits: n, maximumFractionDigits: n });

const count = v => v == null ? "\u2013" : v.toLocaleString("en");
const plural = (n, thing) => count(n) + " " + thing + (n === 1 ? "" : "s");

/** A share in percent; 0 and 100 only where that is exact. */
function percent(share) {
  if (share == null) return "\u2013";
  if (share > 0 && share < 0.0005) return "<0.1\u00a0%";
  if (share > 0.9995 && share < 1) return ">99.9\u00a0%";
  return (100 * share).toFixed(share === 0 || share === 1 ? 0 : 1) + "\u00a0%";
}

function element(name, text, className) {
  const e = document.createElement(name);
  if (text != null) e.textContent = text;
  if (className) e.className = className;
  return e;
}

function row(parent, cells, cellName = "td") {
  const tr = parent.appendChild(element("tr"));
  for (const cell of cells) {
    tr.append(cell instanceof Node ? cell : element(cellName, cell));
  }
  return tr;
}

function header(text, className, span, rows) {
  const th = element("th", text, className);
  th.scope = span > 1 ? "colgroup" : "col";
  if (span > 1) th.colSpan = span;
  if (rows > 1) th.rowSpan = rows;
  return th;
}

function rowHeader(text, className) {
  const th = element("th", text, className);
  th.scope = "row";
  return th;
}
