import { api } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { moment, words } from "../core/format.js";
import { facts } from "../parts/facts.js";
import { fieldForm } from "../parts/field-form.js";
import { icon } from "../parts/icon.js";
import { Page } from "../parts/page.js";
import { notice } from "../parts/states.js";

const answers = [
  ["accepted", "Accept", "You have accepted."],
  ["tentative", "Not sure yet", "You have said that you are not sure yet."],
  ["declined", "Decline", "You have declined."],
];

/** The page linked from invitations to interviews. It asks: opening it, as mail scanners do, answers nothing. The code is in the fragment, which no server logs. */
class AnswerInvitationPage extends Page {
  async show() {
    document.title = "Your answer – Tenure";
    const token = new URLSearchParams(location.hash.slice(1)).get("token");
    this.door = h("div", { class: "door" }, icon());
    fill(this, this.door);
    token ? await this.ask(token) : this.askForCode();
  }

  askForCode() {
    const field = { name: "token", label: "Code from the mail", required: true };
    const form = fieldForm({ label: "Show the invitation", fields: [field], submit: ({ token }) => this.ask(token) });
    fill(this.door, icon(), h("h1", {}, "Your answer"), form);
  }

  async ask(token) {
    try {
      this.draw(token, await api.post("/invitations/show", { token }));
    } catch (refusal) {
      fill(this.door, icon(), h("h1", {}, "Your answer"), notice(refusal));
    }
  }

  draw(token, interview, done) {
    const known = answers.find(([answer]) => answer === interview.answer);
    const state = interview.isCanceled ? "This interview is canceled." : done ?? known?.[2];
    const comment = h("textarea", { id: "comment", rows: "3", maxlength: "1000" });
    const send = async answer => {
      const body = { token, answer, ...(comment.value.trim() && { comment: comment.value.trim() }) };
      try {
        const told = await api.post("/invitations/answer", body);
        this.draw(token, told, answers.find(([name]) => name === answer)[2]);
      } catch (refusal) {
        fill(problem, notice(refusal));
      }
    };
    const problem = h("div", {});
    const buttons = answers.map(([answer, label]) => h("button", { type: "button", class: answer === "accepted" ? "primary" : "", onclick: () => send(answer) }, label));
    fill(
      this.door,
      icon(),
      h("h1", {}, `${words(interview.kind)} interview: ${interview.jobTitle} at ${interview.companyName}`),
      state ? h("p", { class: "lead", role: "status" }, state) : h("p", { class: "lead" }, "Will you be there?"),
      facts([
        ["When", moment(interview.startsAt)],
        ["Duration", `${interview.durationMinutes} minutes`],
        ...(interview.location ? [["Where", interview.location]] : []),
        ...(interview.meetingURL ? [["Join", h("a", { href: interview.meetingURL }, interview.meetingURL)]] : []),
      ]),
      ...(interview.isCanceled ? [] : [h("label", { for: "comment" }, "A few words, if you like"), comment, h("div", { class: "actions" }, ...buttons), problem]),
    );
  }
}

customElements.define("answer-invitation-page", AnswerInvitationPage);
