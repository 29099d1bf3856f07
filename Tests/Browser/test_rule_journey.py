"""A rule in the console, from a ready-made one to its rollback."""

from playwright.sync_api import expect

from console import ConsoleCase
from hiring import Hiring
from server import until

ALWAYS = """on("application.submitted", function(event)
  event.application:move("screening", { reason = "Everybody gets a look." })
end)
"""


class RuleJourneyTests(ConsoleCase):
    def test_a_system_admin_takes_a_rule_from_a_ready_made_one_to_its_rollback(self):
        self.tenant_admin("journey")
        hiring = Hiring(self.server, "journey")
        for _ in range(3):
            hiring.apply()
        self.sign_out()
        self.enter_as_system_admin("journey")
        self.begin_with_a_ready_made_rule()
        self.write_with_completion_and_an_error()
        self.save_draft(ALWAYS)
        self.run_dry()
        self.replay()
        self.shadow(hiring)
        self.publish_and_watch(hiring)
        self.roll_back()

    def enter_as_system_admin(self, code):
        self.sign_in_as_system_admin()
        self.page.get_by_role("button", name=f"Open The {code} company").click()
        self.heading("Rules")
        expect(self.page.get_by_role("region", name="Tenant")).to_contain_text(f"The {code} company")

    def begin_with_a_ready_made_rule(self):
        self.follow(self.page.get_by_role("link", name="New rule"))
        self.page.get_by_role("searchbox").fill("two scorecards")
        self.page.locator(".choose").first.click()
        self.page.get_by_label("Name", exact=True).fill("everybody")
        self.page.get_by_role("button", name="Create the rule").click()
        self.heading("everybody")
        self.page.locator("lua-editor .CodeMirror").wait_for()

    def write_with_completion_and_an_error(self):
        self.write("")
        self.page.locator(".CodeMirror").click()
        self.page.keyboard.type('on("application.sub')
        expect(self.page.locator(".CodeMirror-hint-active .choice-text")).to_have_text("application.submitted")
        self.page.keyboard.press("Enter")
        self.write('on("application.submitted", function(event)\n  if then\nend)\n')
        expect(self.page.locator(".problems")).to_contain_text("Line 2")

    def run_dry(self):
        result = self.page.locator("dry-run .result")
        self.page.get_by_label("Event", exact=True).select_option("application.submitted")
        self.page.get_by_role("button", name="Test run").click()
        expect(result).to_contain_text("It ran; 1 effect")
        past = self.page.get_by_label("With", exact=True)
        expect(past.locator("option")).to_have_count(4)
        past.select_option(index=1)
        self.page.get_by_role("button", name="Test run").click()
        expect(result).to_contain_text("application:move")

    def replay(self):
        self.page.get_by_role("tab", name="Replay").click()
        self.page.get_by_label("How many").fill("100")
        self.page.get_by_role("button", name="Replay the draft").click()
        view = self.page.locator("replay-view")
        expect(view).to_contain_text("Of 3 events, 0 would have turned out the same.")
        expect(view.locator("table.matrix")).to_contain_text("The draft would advance")
        expect(view.get_by_role("cell", name="moved").first).to_be_visible()
        expect(self.page.get_by_role("table", name="replays").get_by_role("cell", name="completed")).to_be_visible()
        view.get_by_label("Details of").first.click()
        expect(view.locator(".sides").first).to_contain_text("application:move")
        with self.page.expect_download() as download:
            view.get_by_role("button", name="Download as CSV").click()
        self.assertIn("application.submitted", download.value.path().read_text())

    def shadow(self, hiring):
        self.page.get_by_role("tab", name="Shadow").click()
        self.page.get_by_role("button", name="Run the draft in shadow").click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 runs in shadow.")
        application = hiring.apply()

        def look():
            self.page.get_by_role("tab", name="Draft").click()
            self.page.get_by_role("tab", name="Shadow").click()
            self.settled()
            return self.page.get_by_role("cell", name="differently").count() == 1

        until("a divergence", look)
        self.page.get_by_label("Both sides of the run").click()
        expect(self.page.locator(".sides:visible")).to_contain_text("application:move")
        self.assertEqual(hiring.status(application), "applied")

    def publish_and_watch(self, hiring):
        self.page.get_by_role("button", name="Publish it").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("What is new").fill("Everybody gets a look")
        dialog.get_by_role("button", name="Publish", exact=True).click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        application = hiring.apply()
        until("the move", lambda: hiring.status(application) == "screening")
        self.page.get_by_role("tab", name="Runs").click()
        self.page.get_by_label("Version", exact=True).select_option("live")
        self.settled()
        self.follow(self.page.get_by_label("Receipt of the run").first)
        expect(self.page.locator(".effects")).to_contain_text("application:move")
        self.page.get_by_role("button", name="Run again").click()
        expect(self.page.get_by_text("The same again.")).to_be_visible()
        self.page.get_by_text("The event as the script saw it").click()
        expect(self.page.locator("details[open] pre").first).to_contain_text(application)
        self.follow(self.page.get_by_role("link", name="everybody").first)
        self.heading("everybody")

    def roll_back(self):
        self.page.get_by_role("tab", name="Draft").click()
        self.page.locator("lua-editor .CodeMirror").wait_for()
        self.write(ALWAYS.replace("Everybody gets", "Each gets"))
        self.page.get_by_role("button", name="Publish", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_contain_text("has not been tried")
        dialog.get_by_role("button", name="Make a test run now").click()
        dialog.get_by_role("button", name="Go on to publish").click()
        dialog.get_by_role("button", name="Publish", exact=True).click()
        expect(self.page.locator(".state")).to_contain_text("Version 2 is live.")
        self.page.get_by_role("button", name="Make version 1 live").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Make live").click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        self.follow(self.page.get_by_role("link", name="Its history"))
        self.heading("Event log")
        for event in ["script.rolled_back", "script.published"]:
            expect(self.page.get_by_role("cell", name=event).first).to_be_visible()

    def test_somebody_who_never_wrote_lua_gets_a_working_rule(self):
        """From the first sign-in: a ready-made rule, its settings in plain words, a trial, and it works."""
        self.tenant_admin("novice")
        hiring = Hiring(self.server, "novice")
        self.follow(self.page.get_by_role("link", name="Begin the first rule"))
        self.page.get_by_role("searchbox").fill("reason")
        self.page.get_by_role("button", name="Every rejection has a reason").click()
        self.page.get_by_role("button", name="Create the rule").click()
        self.page.locator("lua-editor .CodeMirror").wait_for()
        self.page.get_by_role("button", name="Publish", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Make a test run now").click()
        dialog.get_by_role("button", name="Go on to publish").click()
        dialog.get_by_role("button", name="Publish", exact=True).click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        with self.assertRaisesRegex(AssertionError, "RULE_REJECTED|REASON"):
            hiring.call("PATCH", f"/applications/{hiring.apply()}/status", {"status": "rejected"}, hiring.employer)
