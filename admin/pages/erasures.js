import { fill, h } from "../core/dom.js";
import { words } from "../core/format.js";
import { dataList } from "../parts/data-list.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";

/** People who were erased, and those who asked to be. */
class ErasuresPage extends Page {
  show() {
    const list = dataList({
      what: "erasures",
      path: "/admin/erasures",
      reads: "cursor",
      columns: [
        { title: "Number", cell: erasure => h("a", { href: `#/erasures/${erasure.number}` }, `No. ${erasure.number}`) },
        { title: "Requested by", cell: erasure => (erasure.origin === "person" ? "The person" : words(erasure.origin)) },
        { title: "Status", cell: erasure => badge(erasure.status) },
        { title: "Asked for", cell: erasure => time(erasure.requestedAt) },
        { title: "Due", cell: erasure => time(erasure.dueAt) },
        { title: "Completed", cell: erasure => (erasure.completedAt ? time(erasure.completedAt) : "") },
      ],
      empty: { title: "Nobody has been erased yet", text: "People ask for it in their profile, or an administrator erases somebody on the page People." },
    });
    const lead = "An erasure removes everything personal from what is kept, including the event log, and leaves a receipt that lists each place with its count.";
    fill(this, this.heading("Erasures", { lead }), list);
  }
}

customElements.define("erasures-page", ErasuresPage);
