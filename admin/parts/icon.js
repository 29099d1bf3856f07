import { h } from "../core/dom.js";

/** Tenure's icon, above a form that is alone on its page. */
export const icon = () => h("img", { src: "/admin/icon.svg", alt: "", width: "44", height: "44" });
