import { h } from "../core/dom.js";

/** Tenure's own, above a form that stands alone on its page. */
export const icon = () => h("img", { src: "/admin/icon.svg", alt: "", width: "44", height: "44" });
