import { api, path } from "../core/api.js";
import { h } from "../core/dom.js";
import { words } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { openDialog } from "../parts/dialog.js";
import { facts } from "../parts/facts.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { table } from "../parts/table.js";
import { time } from "../parts/time.js";

const kinds = [
  ["job", "Jobs, before they are published"],
  ["offer", "Offers, before they are made"],
];
const roles = [
  ["", "Nobody"],
  ["recruiter", "Recruiters"],
  ["hiringManager", "Hiring managers"],
  ["companyAdmin", "Company administrators"],
  ["tenantAdmin", "Tenant administrators"],
];
const places = ["First", "Second", "Third"];

/** Who approves what, and what was asked for. */
class ApprovalsPage extends Page {
  show() {
    this.with(this, "approvals", () => Promise.all([api.get("/approval-chains"), api.get("/approvals")]), ([chains, approvals]) => this.draw(chains.items, approvals.items));
  }

  draw(chains, approvals) {
    const lead = "Jobs are published and offers are made once everybody asked has approved, one step after the other. Whoever asks can't approve, unless the chain says so.";
    const rows = chains.map(chain => [
      kinds.find(([kind]) => kind === chain.kind)[1],
      chain.companyId ? "One company" : "All others",
      h("ol", {}, chain.steps.map(step => h("li", {}, sentence(step)))),
      h("button", { type: "button", "aria-label": `Remove the chain for ${chain.kind}s`, onclick: event => this.remove(chain, event.target) }, "Remove"),
    ]);
    return [
      this.heading("Approvals", { lead }),
      h("h2", {}, "Who approves"),
      rows.length > 0 ? table("Chains", ["What", "Companies", "Steps", "Change"], rows) : h("p", { class: "faint" }, "Nothing has to be approved."),
      h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => this.write() }, "Say who approves")),
      h("h2", {}, "Asked for"),
      approvals.length > 0
        ? table("Approvals", ["What", "Kind", "State", "Since", "Look"], approvals.map(approval => [approval.title, approval.kind, badge(approval.state), time(approval.askedAt), this.button(approval)]))
        : h("p", { class: "faint" }, "Nobody has asked for anything yet."),
    ];
  }

  button(approval) {
    return h("button", { type: "button", "aria-label": `Look at ${approval.title}`, onclick: () => this.look(approval) }, "Look");
  }

  look(approval) {
    const said = approval.answers.map(given => h("li", {}, `${given.name}: ${given.answer === "approve" ? "yes" : "no"}`, given.reason && `, ${given.reason}`));
    const form = fieldForm({
      label: "Answer",
      fields: [
        { name: "answer", label: "Answer", required: true, options: [["approve", "Approve"], ["decline", "Decline"]], value: "approve" },
        { name: "reason", label: "Reason", type: "textarea", hint: "Is required to decline." },
      ],
      submit: async values => {
        await api.post(path`/approvals/${approval.id}/answer`, values);
        dialog.close();
        announce("Answered.");
        this.show();
      },
      cancel: () => dialog.close(),
    });
    const about = facts([["State", words(approval.state)], ["Step", `${approval.step + 1} of ${approval.steps.length}`]]);
    const dialog = openDialog(approval.title, h("div", {}, about, said.length > 0 && h("ul", {}, said), approval.state === "pending" && form));
  }

  write() {
    const form = fieldForm({
      label: "Save",
      fields: [
        { name: "kind", label: "What", required: true, options: kinds, value: "job" },
        ...places.flatMap((place, index) => [
          { name: `role${index}`, label: `${place} step`, options: roles, value: index === 0 ? "companyAdmin" : "" },
          { name: `needs${index}`, label: `${place} step takes`, options: [["one", "One of them"], ["all", "All of them"]], value: "one" },
        ]),
        { name: "allowsOwn", label: "Whoever asks", options: [["no", "Can't approve it"], ["yes", "May approve it"]], value: "no" },
      ],
      submit: async values => {
        const steps = places.map((_, index) => ({ role: values[`role${index}`], needs: values[`needs${index}`] })).filter(step => step.role);
        await api.put("/approval-chains", { kind: values.kind, steps, allowsOwn: values.allowsOwn === "yes" });
        dialog.close();
        announce("Saved.");
        this.show();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog("Who approves", form);
  }

  async remove(chain, button) {
    button.disabled = true;
    try {
      await api.delete("/approval-chains", { kind: chain.kind, ...(chain.companyId && { companyId: chain.companyId }) });
      announce("Removed.");
      this.show();
    } catch (refusal) {
      announce(refusal.message);
      button.disabled = false;
    }
  }
}

function sentence(step) {
  const who = step.role ? roles.find(([role]) => role === step.role)[1] : `${step.userIds.length} named people`;
  return `${who}, ${step.needs === "all" ? "all of them" : "one of them"}${step.onlyOverRange ? ", above the range" : ""}`;
}

customElements.define("approvals-page", ApprovalsPage);
