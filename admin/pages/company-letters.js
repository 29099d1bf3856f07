import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { announce } from "../parts/announce.js";
import { openDialog } from "../parts/dialog.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { table } from "../parts/table.js";

const kinds = {
  applied: "Application received",
  moved: "Moved to a stage with a name for candidates",
  invited: "Invited to an interview",
  offered: "Offer made or changed",
  rejected: "Rejected",
  hired: "Hired",
};
const languages = { en: "English", de: "German" };

/** What a company writes to its candidates: each text with its placeholders, a preview and a test mail. */
class CompanyLettersPage extends Page {
  show() {
    this.with(this, "letters", () => this.read(), letters => this.draw(letters));
  }

  async read() {
    return (await api.get(path`/companies/${this.parameters.id}/letters`)).items;
  }

  draw(letters) {
    const titles = ["Occasion", "Language", "Subject", "Text", "Candidates get it", "Change"];
    const rows = letters.map(letter => [
      kinds[letter.kind],
      languages[letter.language] ?? letter.language,
      letter.subject,
      letter.isOwn ? badge("own", "good") : badge("standard"),
      sent(letter),
      this.buttons(letter),
    ]);
    const lead = "Candidates are told by mail and in the product, as they prefer and in their language. Until you write a text of your own, the standard one is used.";
    return [this.heading("Letters to candidates", { lead, back: { href: "#/companies", text: "Companies" } }), table("Letters", titles, rows)];
  }

  buttons(letter) {
    const name = `${kinds[letter.kind]}, ${languages[letter.language] ?? letter.language}`;
    const edit = h("button", { type: "button", "aria-label": `Edit ${name}`, onclick: () => this.edit(letter) }, "Edit");
    const reset = h("button", { type: "button", "aria-label": `Standard text for ${name}`, onclick: () => this.reset(letter) }, "Standard text");
    const settings = h("button", { type: "button", "aria-label": `When ${name}`, onclick: () => this.settle(letter) }, "When");
    return h("div", { class: "buttons" }, edit, letter.isOwn && reset, letter.kind !== "invited" && settings);
  }

  address(letter, rest = "") {
    return path`/companies/${this.parameters.id}/letters/${letter.kind}` + rest;
  }

  edit(letter) {
    const shown = h("div", { "aria-live": "polite" });
    const draft = () => {
      const [subject, body] = ["subject", "body"].map(name => form.querySelector(`[name=${name}]`).value.trim());
      return { language: letter.language, ...(subject && { subject }), ...(body && { body }) };
    };
    const tryOut = async (rest, done) => {
      try {
        fill(shown, done(await api.post(this.address(letter, rest), draft())));
      } catch (refusal) {
        fill(shown, h("p", { class: "problem" }, refusal.details?.body ?? refusal.details?.subject ?? refusal.message));
      }
    };
    const preview = () => tryOut("/preview", ({ subject, text }) => [h("h3", {}, subject), h("pre", { class: "plain" }, text)]);
    const test = () => tryOut("/test", () => h("p", {}, "The mail is on its way to you."));
    const form = fieldForm({
      label: "Save",
      fields: [
        ...(letter.kind === "invited" ? [] : [{ name: "subject", label: "Subject", required: true, value: letter.subject }]),
        { name: "body", label: "Text", type: "textarea", required: true, value: letter.body, hint: `Can name ${letter.placeholders.map(name => `{{${name}}}`).join(", ")}.` },
      ],
      submit: async values => {
        await api.put(this.address(letter, `/${letter.language}`), { subject: letter.subject, ...values });
        dialog.close();
        announce("Saved.");
        this.show();
      },
      cancel: () => dialog.close(),
    });
    form.querySelector("textarea").rows = 10;
    const buttons = h("div", { class: "buttons" }, h("button", { type: "button", onclick: preview }, "Preview"), h("button", { type: "button", onclick: test }, "Send me a test mail"));
    const dialog = openDialog(kinds[letter.kind], h("div", {}, form, buttons, shown));
  }

  async reset(letter) {
    await api.delete(this.address(letter, `/${letter.language}`)).catch(refusal => announce(refusal.message));
    this.show();
  }

  settle(letter) {
    const form = fieldForm({
      label: "Save",
      fields: [
        { name: "isSent", label: "Candidates get it", required: true, options: [["true", "Yes"], ["false", "No"]], value: String(letter.isSent) },
        { name: "delayMinutes", label: "Minutes until it goes out", type: "number", required: true, value: String(letter.delayMinutes), hint: "If the application moves on before, it doesn't go out." },
      ],
      submit: async ({ isSent, delayMinutes }) => {
        await api.patch(this.address(letter), { isSent: isSent === "true", delayMinutes: Number(delayMinutes) });
        dialog.close();
        announce("Saved.");
        this.show();
      },
      cancel: () => dialog.close(),
    });
    const dialog = openDialog(kinds[letter.kind], form);
  }
}

function sent(letter) {
  if (!letter.isSent) return badge("no", "warn");
  return letter.delayMinutes ? `after ${letter.delayMinutes} minutes` : "at once";
}

customElements.define("company-letters-page", CompanyLettersPage);
