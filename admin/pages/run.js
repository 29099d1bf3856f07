import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { bytes, duration, exact, instructions, pretty } from "../core/format.js";
import { facts } from "../parts/facts.js";
import { Page } from "../parts/page.js";
import { badge, notice } from "../parts/states.js";
import { effectList, valueList } from "../rules/effects.js";
import { sideBySide } from "../rules/shadow.js";

/** A run's receipt: its input, what it asked, decided and did, what that cost, and whether repeating it gives the same result. */
class RunPage extends Page {
  show() {
    this.with(this, "the receipt", () => api.get(path`/admin/runs/${this.parameters.id}`), run => this.content(run));
  }

  content(run) {
    const again = h("button", { type: "button", class: "primary", disabled: run.canRerun === false, onclick: () => this.rerun(run, again) }, "Run again");
    this.result = h("div", { "aria-live": "polite" });
    const amendments = Object.keys(run.amendments ?? {}).length > 0;
    return [
      this.heading(`Run of ${exact(run.ranAt)}`, { back: { href: `#/rules/${run.scriptId}?tab=runs`, text: run.scriptName }, actions: [again] }),
      run.canRerun === false && h("p", { class: "hint" }, `This run can't be run again. ${run.obstacle ?? "Not all of its answers were kept."}`),
      this.result,
      h("p", { class: "decision" }, badge(run.outcome), " ", h("strong", {}, run.reason ?? ""), run.code && h("code", {}, ` ${run.code}`)),
      run.isHeld && h("p", { class: "notice warn" }, "Its effects wait because the rule is paused. ", h("a", { href: `#/rules/${run.scriptId}?tab=limits` }, "Release or discard them")),
      facts([
        ["Version", [run.version, run.mode === "shadow" && [" ", badge("shadow")]]],
        ["For", h("code", {}, `${run.hook} ${run.event}`)],
        ["About", run.label],
        ["Cost", `${duration(run.durationMicroseconds)}, ${instructions(run.instructions)} instructions, ${bytes(run.memoryPeak)}`],
      ], "facts"),
      run.mode === "shadow" && [h("h2", {}, "Beside the live version"), sideBySide(run)],
      amendments && [h("h2", {}, "It changed"), valueList(run.amendments)],
      run.mode !== "shadow" && [h("h2", {}, did(run)), effectList(run.effects)],
      run.log.length > 0 && [h("h2", {}, "Log"), h("pre", { tabindex: "0" }, run.log.join("\n"))],
      this.told(run),
    ];
  }

  /** The script's input and answers, each to be opened. */
  told(run) {
    const open = (title, content) => h("details", { class: "card entry" }, h("summary", {}, title), content);
    const asked = run.reads ?? [];
    return [
      h("h2", {}, "What it was given"),
      h(
        "div",
        { class: "entries" },
        run.input && open("The event as the script saw it", h("pre", { tabindex: "0" }, pretty(run.input))),
        open(`Fields it read (${run.readFields.length})`, h("p", {}, run.readFields.length ? run.readFields.map(name => [h("code", {}, name), " "]) : "None.")),
        open(`What it asked (${asked.length})`, asked.length ? asked.map((read, index) => question(read, run.answers?.[index])) : h("p", {}, "Nothing.")),
        open("For the record", record(run)),
      ),
    ];
  }

  async rerun(run, button) {
    button.disabled = true;
    try {
      fill(this.result, verdict(await api.post(path`/admin/runs/${run.id}/rerun`)));
    } catch (refusal) {
      fill(this.result, notice(refusal));
    } finally {
      button.disabled = false;
    }
  }
}

function did({ outcome, isHeld }) {
  if (outcome !== "completed") return "It asked for";
  return isHeld ? "It would do" : "It did";
}

function record(run) {
  const values = [["Run", run.id], ["Event", run.eventId ?? "none"], ["Seed", String(run.seed)], ["Input (SHA-256)", run.inputHash]];
  return facts(values.map(([name, value]) => [name, h("code", {}, value)]));
}

/** A read and its answer. */
function question(read, answer) {
  return [
    h("p", {}, h("code", { class: "command" }, read.name ?? read.operation ?? "read")),
    valueList(read.arguments),
    answer === undefined ? h("p", { class: "faint" }, "The answer is not kept.") : h("pre", { tabindex: "0" }, answer?.error ?? pretty(answer?.value ?? answer)),
  ];
}

function verdict({ isSame, differences = [], outcome, reason, instructions: count }) {
  if (isSame) return h("p", { class: "notice good" }, h("strong", {}, "The same again."), ` It made the same decision with the same effects, byte for byte, in ${instructions(count)} instructions.`);
  return h(
    "div",
    { class: "notice bad" },
    h("p", {}, h("strong", {}, "Not the same."), ` This time: ${outcome}${reason ? `, ${reason}` : ""}.`),
    h("ul", {}, differences.map(difference => h("li", {}, difference))),
  );
}

customElements.define("run-page", RunPage);
