import { api, path } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { number } from "../core/format.js";
import { announce } from "../parts/announce.js";
import { dataList } from "../parts/data-list.js";
import { fieldForm } from "../parts/field-form.js";
import { Page } from "../parts/page.js";
import { badge } from "../parts/states.js";
import { time } from "../parts/time.js";

const languages = [
  ["en", "English"],
  ["de", "German"],
];

const states = { waiting: "plain", failing: "warn", sent: "good", dead: "bad", bounced: "bad", dropped: "plain" };

/** The outbox: to whom, about what, and whether it was sent; never the text, because some mails contain a secret. */
class MailPage extends Page {
  show() {
    this.list = dataList({
      what: "mails",
      grows: true,
      path: "/admin/mail",
      reads: "cursor",
      filters: [
        { name: "state", label: "State", options: Object.keys(states) },
        { name: "search", label: "Search", placeholder: "Address or subject" },
      ],
      columns: [
        { title: "Begun", cell: mail => time(mail.createdAt) },
        { title: "To", class: "long", cell: mail => mail.recipients.map(address => h("div", {}, address)) },
        { title: "Subject", class: "long", cell: mail => mail.subject ?? "" },
        { title: "State", cell: mail => [badge(mail.state, states[mail.state]), mail.error && mail.state !== "sent" && h("div", { class: "faint" }, mail.error)] },
        { title: "When", cell: mail => when(mail) },
        { title: "Retry", class: "action", cell: mail => (["dead", "failing"].includes(mail.state) ? this.retry(mail) : "") },
      ],
      empty: { title: "No mail yet", text: "Invitations, password resets and interview mails are listed here from the moment they are written." },
    });
    this.letters = h("div", { class: "card" });
    fill(this, this.heading("Mail", { lead: "What was sent to people, and what could not be. The text of a mail is not kept: some contain a secret link." }), this.letters, this.list);
    this.with(this.letters, "settings", () => api.get("/admin/settings"), settings => this.form(settings));
  }

  form(settings) {
    return fieldForm({
      label: "Save",
      fields: [
        {
          name: "language",
          label: "Language of letters",
          required: true,
          options: languages,
          value: settings.language ?? "en",
          hint: "For people who have not chosen one themselves.",
        },
        {
          name: "logoUrl",
          label: "Logo",
          type: "url",
          value: settings.logoUrl ?? "",
          placeholder: "https://",
          hint: "The web address of a picture for the top of letters.",
        },
        {
          name: "timeZone",
          label: "Time zone",
          options: [["", "UTC"], ...Intl.supportedValuesOf("timeZone").map(zone => [zone, zone])],
          value: settings.timeZone ?? "",
          hint: "For rules that run at a time of day, and for letters to people who have not chosen one themselves.",
        },
      ],
      submit: async values => {
        await api.patch("/admin/settings", { logoUrl: null, timeZone: null, ...values });
        announce("Saved.");
      },
    });
  }

  retry(mail) {
    const button = h("button", { type: "button", "aria-label": `Retry the mail to ${mail.recipients.join(", ")}` }, "Retry");
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await api.post(path`/admin/mail/${mail.id}/retry`);
        announce("The mail is queued again.");
        this.list.load();
      } catch (refusal) {
        announce(refusal.message);
        button.disabled = false;
      }
    });
    return button;
  }
}

function when(mail) {
  if (mail.sentAt) return time(mail.sentAt);
  const tries = mail.attempts > 0 && h("div", { class: "faint" }, `Tried ${number(mail.attempts)} ${mail.attempts === 1 ? "time" : "times"}`);
  return [mail.nextAttemptAt && ["next try ", time(mail.nextAttemptAt)], tries];
}

customElements.define("mail-page", MailPage);
