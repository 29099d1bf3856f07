import { fill, h } from "../core/dom.js";
import { dataList } from "../parts/data-list.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";

class SchedulesPage extends Page {
  show() {
    const list = dataList({
      what: "schedules",
      path: "/admin/schedules",
      columns: [
        { title: "Rule", cell: schedule => h("a", { href: `#/rules/${schedule.scriptId}` }, schedule.scriptName) },
        { title: "Every", cell: schedule => h("code", {}, schedule.interval) },
        { title: "Next", cell: schedule => time(schedule.nextRunAt) },
        { title: "Last", cell: schedule => last(schedule.lastRun) },
      ],
      empty: {
        title: "Nothing is scheduled",
        text: 'A rule with every("1d", { at = "07:30" }, function() … end) runs on a schedule once it is published.',
        action: h("a", { class: "button", href: "#/rules/new" }, "Begin one"),
      },
    });
    fill(this, this.heading("Schedules", { lead: "Rules that run on a schedule, soonest first." }), list);
  }
}

function last(run) {
  return run ? [h("a", { href: `#/runs/${run.id}` }, time(run.ranAt)), " ", badge(run.outcome)] : "not yet";
}

customElements.define("schedules-page", SchedulesPage);
