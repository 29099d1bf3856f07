import { h } from "../core/dom.js";

/** Two texts side by side, line by line: removed lines on the left, added ones on the right. */
export function compare(old, current, oldTitle, currentTitle) {
  const rows = pairs(old.split("\n"), current.split("\n")).map(([left, right]) =>
    h("tr", {}, cell(left, left === right ? "" : "gone", "−"), cell(right, left === right ? "" : "new", "+")),
  );
  const head = h("tr", {}, h("th", { scope: "col" }, oldTitle), h("th", { scope: "col" }, currentTitle));
  return h("div", { class: "compare", tabindex: "0", role: "region", "aria-label": `${oldTitle} beside ${currentTitle}` }, h("table", {}, h("thead", {}, head), h("tbody", {}, rows)));
}

function cell(line, kind, mark) {
  if (line === undefined) return h("td", { class: "void" });
  return h("td", { class: kind }, h("code", {}, kind ? `${mark} ` : "  ", line));
}

/** Matching lines, from the longest common subsequence. */
function pairs(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const rows = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) rows.push([left[i++], right[j++]]);
    else if (j >= right.length || (i < left.length && lengths[i + 1][j] >= lengths[i][j + 1])) rows.push([left[i++], undefined]);
    else rows.push([undefined, right[j++]]);
  }
  return rows;
}
