"""A new administrator, from the invitation in their mail to a rule that is live, without leaving the console and without a mouse."""

from playwright.sync_api import expect

from console import PASSWORD, ConsoleCase
from server import ADMIN

RULE = 'on("application.submitted", function(event)\n  log("submitted by", event.application.candidate.name)\nend)\n'


class NewAdministratorTests(ConsoleCase):
    def test_an_invited_administrator_begins(self):
        for width, code in ((1280, "wide"), (390, "narrow")):
            with self.subTest(width=width):
                self.open(width=width)
                self.begin(code)

    def begin(self, code):
        email = f"admin@{code}.example"
        tenant = {"name": f"The {code} company", "code": code, "plan": "free", "adminEmail": email}
        self.server.call("POST", "/admin/tenants", tenant, self.server.sign_in("system", *ADMIN))
        self.accept(email)
        self.found_a_company()
        self.invite_a_recruiter(code)
        self.open_a_job()
        self.write_a_rule()
        self.replay_and_publish()
        self.recruiters_find_their_own(f"recruiter@{code}.example")

    def press(self, locator):
        """As from the keyboard: what takes no focus can't be pressed."""
        locator.focus()
        expect(locator).to_be_focused()
        locator.press("Enter")

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def go(self, link):
        menu = self.button("Menu")
        if menu.is_visible():
            self.press(menu)
        self.leaving(lambda: self.press(self.page.get_by_role("navigation", name="Console").get_by_role("link", name=link, exact=True)))

    def accept(self, email):
        self.page.goto(self.server.mailed_link(email))
        self.page.get_by_label("New password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.press(self.page.get_by_role("link", name="Sign in"))
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.heading("Rules")

    def found_a_company(self):
        self.go("Companies")
        self.press(self.button("New company"))
        self.page.get_by_role("dialog").get_by_label("Name").fill("Helix")
        self.press(self.button("Create"))
        self.heading("Helix")
        expect(self.page.get_by_role("table", name="members")).to_contain_text("Company admin")

    def invite_a_recruiter(self, code):
        self.press(self.button("Invite a member"))
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("E-mail address").fill(f"recruiter@{code}.example")
        self.press(dialog.get_by_role("button", name="Send the invitation"))
        expect(self.page.get_by_role("table", name="members")).to_contain_text(f"recruiter@{code}.example")
        self.page.get_by_label("Status").select_option("invited")
        expect(self.page.get_by_role("table", name="members").locator("tbody tr")).to_have_count(1)
        self.page.reload()
        expect(self.page.get_by_role("table", name="members").locator("tbody tr")).to_have_count(1)

    def open_a_job(self):
        self.go("Jobs")
        self.press(self.button("New job"))
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Title").fill("Engineer")
        dialog.get_by_label("Description").fill("Build things that last.")
        self.press(dialog.get_by_role("button", name="Create"))
        self.heading("Engineer")
        self.press(self.button("Publish"))
        expect(self.page.locator("main")).to_contain_text("published")

    def write_a_rule(self):
        self.go("Rules")
        self.leaving(lambda: self.press(self.page.get_by_role("link", name="New rule")))
        self.press(self.page.get_by_role("button", name="An empty rule"))
        self.page.get_by_label("Name", exact=True).fill("greets")
        self.press(self.button("Create the rule"))
        self.heading("greets")
        self.page.locator("lua-editor .CodeMirror").wait_for()
        self.write(RULE.replace("submitted\"", "submited\""))
        expect(self.page.locator(".problems")).to_contain_text('Line 1 There is no event "application.submited"')
        self.write(RULE)
        expect(self.page.locator(".problems")).to_contain_text("No errors.")
        expect(self.page.get_by_label("Event", exact=True)).to_have_value("application.submitted")
        self.press(self.button("Test run"))
        expect(self.page.locator("dry-run .result")).to_contain_text("It ran and would do nothing.")

    def replay_and_publish(self):
        self.press(self.page.get_by_role("tab", name="Replay"))
        self.press(self.button("Replay the draft"))
        expect(self.page.get_by_role("table", name="replays").get_by_text("completed")).to_be_visible()
        self.press(self.button("Publish"))
        dialog = self.page.get_by_role("dialog")
        self.press(dialog.get_by_role("button", name="Publish", exact=True))
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")

    def recruiters_find_their_own(self, email):
        """Somebody who administers nothing is told so, and what they have."""
        self.server.call("POST", "/auth/reset-password", {"token": self.server.mailed_link(email).split("#token=")[1].split("&")[0], "newPassword": PASSWORD})
        self.open()
        self.page.goto(f"{self.server.url}/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.heading(f"Hello, {email}")
        expect(self.page.locator("main")).to_contain_text("Helix: recruiter.")
        expect(self.page.get_by_role("navigation", name="Console").get_by_role("link")).to_have_text(["Home"])
