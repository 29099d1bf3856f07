"""The console in a real Chromium: people's journeys through it, and on every page what holds for all pages."""

import json
import os
import pathlib
import unittest
import urllib.request

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from server import ADMIN, Server, until

PASSWORD = "Correct-Horse-2"
RULE = """on("user.signed_in", function(event)
  log("seen", event.address)
  notify { role = "tenantAdmin", text = "Somebody signed in." }
end)
"""


class ConsoleTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        playwright = cls.enterClassContext(sync_playwright())
        cls.chromium = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        cls.addClassCleanup(cls.chromium.close)

    def setUp(self):
        self.open()

    def open(self, width=1280, height=900, scheme="light"):
        """A browser that nobody has used before; what a page complains of fails the test."""
        context = self.chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        self.addCleanup(context.close)
        self.page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complain(message))
        self.page.on("request", lambda request: self.foreign(request.url))

    def complain(self, message):
        # A refused request is told to the user; that the browser logs it too is no fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def foreign(self, url):
        if not url.startswith((self.server.url, "data:")):
            self.complaints.append(f"asked another host: {url}")

    def tearDown(self):
        self.assertEqual(self.complaints, [])

    def sign_in(self, tenant, email, password):
        self.page.goto(f"{self.server.url}/admin")
        self.page.get_by_label("Tenant").fill(tenant)
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def sign_in_as_system_admin(self):
        self.sign_in("system", *ADMIN)
        self.heading("Tenants")

    def heading(self, text):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def create_tenant(self, code):
        """As the system admin; answers with its administrator's address."""
        email = f"admin@{code}.example"
        self.page.get_by_role("button", name="New tenant").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name", exact=True).fill(f"The {code} company")
        dialog.get_by_label("Code").fill(code)
        dialog.get_by_label("Administrator's e-mail address").fill(email)
        dialog.get_by_role("button", name="Create and invite").click()
        expect(dialog).to_have_count(0)
        return email

    def accept_invitation(self, email):
        self.page.goto(self.server.mailed_link(email))
        self.page.get_by_label("New password").fill(PASSWORD)
        self.page.get_by_role("button", name="Set password").click()
        self.page.get_by_role("link", name="Sign in").click()

    def tenant_admin(self, code):
        """In a tenant that was made for this test, signed in as its administrator."""
        self.sign_in_as_system_admin()
        email = self.create_tenant(code)
        self.page.get_by_role("button", name="Sign out").click()
        self.accept_invitation(email)
        self.sign_in(code, email, PASSWORD)
        self.heading("Rules")
        return email

    def sign_in_elsewhere(self, code, email):
        body = json.dumps({"tenantCode": code, "email": email, "password": PASSWORD}).encode()
        request = urllib.request.Request(f"{self.server.url}/api/v1/auth/login", body, {"Content-Type": "application/json"})
        return urllib.request.urlopen(request).status

    def write(self, source):
        """Types over all that stands in the editor, as a paste."""
        self.page.evaluate("source => { document.querySelector('lua-editor').value = source }", source)

    def new_rule(self, name, starter="Empty"):
        self.page.get_by_role("button", name="New rule").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name").fill(name)
        dialog.get_by_label("Begin with").select_option(label=starter)
        dialog.get_by_role("button", name="Begin").click()
        self.heading(name)
        self.page.locator("lua-editor .CodeMirror").wait_for()

    def test_a_tenant_is_made_and_its_admin_comes_in(self):
        self.tenant_admin("acme")
        self.page.get_by_role("link", name="People").click()
        self.heading("People")
        expect(self.page.get_by_role("cell", name="admin@acme.example").first).to_be_visible()
        self.page.get_by_role("button", name="Change admin@acme.example").click()
        self.page.get_by_role("button", name="Deactivate account").click()
        expect(self.page.get_by_role("alert").filter(has_text="administrator")).to_be_visible()

    def test_a_suspended_tenant_is_shut_out_and_let_in_again(self):
        email = self.tenant_admin("umbra")
        self.open()
        self.sign_in_as_system_admin()
        self.page.get_by_role("link", name="The umbra company").click()
        self.heading("The umbra company")
        self.page.get_by_role("button", name="Suspend").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Suspend").click()
        expect(self.page.get_by_role("button", name="Resume")).to_be_visible()
        self.page.get_by_role("button", name="Sign out").click()
        self.sign_in("umbra", email, PASSWORD)
        expect(self.page.get_by_role("alert")).to_contain_text("suspended")
        self.sign_in_as_system_admin()
        self.page.get_by_role("link", name="The umbra company").click()
        self.page.get_by_role("button", name="Resume").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Resume").click()
        expect(self.page.get_by_role("button", name="Suspend")).to_be_visible()
        self.assertEqual(self.sign_in_elsewhere("umbra", email), 200)

    def test_a_refusal_is_shown_at_its_field(self):
        self.sign_in_as_system_admin()
        self.page.get_by_role("button", name="New tenant").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name", exact=True).fill("Bad")
        dialog.get_by_label("Code").fill("Not a code")
        dialog.get_by_label("Administrator's e-mail address").fill("nobody")
        dialog.get_by_role("button", name="Create and invite").click()
        for label in ["Code", "Administrator's e-mail address"]:
            expect(dialog.get_by_label(label)).to_have_attribute("aria-invalid", "true")
        expect(dialog.get_by_label("Code")).to_be_focused()
        self.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)

    def test_a_rule_is_tried_published_run_and_taken_back(self):
        email = self.tenant_admin("lua")
        self.new_rule("welcome")
        self.write(RULE)
        self.page.get_by_label("Event", exact=True).select_option("user.signed_in")
        self.page.get_by_role("button", name="Run dry").click()
        result = self.page.locator("dry-run .result")
        expect(result).to_contain_text("It ran; 1 effect")
        expect(result).to_contain_text("notify")
        expect(result).to_contain_text("seen")
        self.page.get_by_role("button", name="Publish").click()
        self.page.get_by_role("dialog").get_by_label("What is new").fill("Greets")
        self.page.get_by_role("dialog").get_by_role("button", name="Publish").click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        self.assertEqual(self.sign_in_elsewhere("lua", email), 200)
        self.await_run()
        self.publish_another_version()
        self.page.get_by_role("tab", name="Versions").click()
        self.page.get_by_role("button", name="Make version 1 live").click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        self.page.get_by_role("button", name="Disable").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Disable").click()
        expect(self.page.locator(".state")).to_contain_text("disabled")

    def await_run(self):
        def look():
            self.page.get_by_role("tab", name="Draft").click()
            self.page.get_by_role("tab", name="Runs").click()
            self.page.locator("data-list table, data-list .empty").first.wait_for()
            return self.page.get_by_role("cell", name="on user.signed_in").count() > 0

        until("a run", look)
        expect(self.page.get_by_role("cell", name="completed").first).to_be_visible()
        self.page.get_by_label("Receipt of the run").first.click()
        expect(self.page.locator("tbody pre").first).to_contain_text("seen 127.0.0.1")

    def publish_another_version(self):
        self.page.get_by_role("tab", name="Draft").click()
        self.write(RULE.replace("seen", "met"))
        self.page.get_by_role("button", name="Save draft").click()
        expect(self.page.get_by_role("button", name="Saved")).to_be_disabled()
        self.page.get_by_role("tab", name="Versions").click()
        self.page.get_by_text("Compare with the draft").click()
        expect(self.page.locator(".compare .new")).to_contain_text("met")
        self.page.get_by_role("button", name="Publish").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Publish").click()
        expect(self.page.locator(".state")).to_contain_text("Version 2 is live.")

    def test_errors_are_named_at_their_line_and_keep_a_draft_from_being_published(self):
        self.tenant_admin("slip")
        self.new_rule("slip")
        self.write('on("application.submitted", function(event)\n  if then\nend)\n')
        expect(self.page.locator(".problems")).to_contain_text("Line 2")
        expect(self.page.locator(".CodeMirror-lint-marker-error")).to_be_visible()
        self.page.get_by_role("button", name="Publish").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Publish").click()
        expect(self.page.get_by_role("dialog").get_by_role("alert")).to_contain_text("has errors")

    def test_the_editor_completes_from_the_catalogue(self):
        self.tenant_admin("hints")
        self.new_rule("hints")
        handler = 'on("application.submitted", function(event)\n  local app = event.application\n  '
        for above, typed, choice in [
            ("", 'on("application.sub', "application.submitted"),
            ("", 'before("application.status', "application.status_changing"),
            (handler, "app:mo", "move"),
            (handler, 'app:move("screening", { rea', "reason"),
            (handler, "log(app.candidate.years", "yearsOfExperience"),
            (handler, "noti", "notify"),
        ]:
            with self.subTest(typed=typed):
                self.complete(above, typed)
                expect(self.page.locator(".CodeMirror-hint-active .choice-text")).to_have_text(choice)
                self.page.keyboard.press("Enter")
                expect(self.page.locator(".CodeMirror-hints")).to_have_count(0)
                self.assertIn(choice, self.page.evaluate("document.querySelector('lua-editor').value"))

    def complete(self, above, typed):
        self.page.keyboard.press("Escape")
        self.write(above)
        self.page.evaluate("document.querySelector('lua-editor').goTo(99)")
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(typed)

    def test_a_session_survives_a_reload_and_no_script_can_read_it(self):
        self.sign_in_as_system_admin()
        self.page.reload()
        self.heading("Tenants")
        self.assertEqual(self.page.evaluate("document.cookie"), "")
        self.assertNotIn("eyJ", self.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
        cookie = next(cookie for cookie in self.page.context.cookies() if "tenure" in cookie["name"])
        self.assertTrue(cookie["httpOnly"])
        self.assertEqual(cookie["sameSite"], "Strict")
        self.page.get_by_role("button", name="Sign out").click()
        self.page.reload()
        self.heading("Sign in to Tenure")

    def test_a_session_that_ended_leads_back_to_the_sign_in(self):
        self.sign_in_as_system_admin()
        self.page.context.clear_cookies()
        self.page.get_by_role("link", name="Background work").click()
        expect(self.page.get_by_text("Your session has ended.")).to_be_visible()

    def test_the_keyboard_suffices(self):
        self.tenant_admin("keys")
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Shift+Tab")
        self.new_rule("keys")
        self.page.locator(".CodeMirror").click()
        for key in ["Escape", "Tab", "Tab"]:
            self.page.keyboard.press(key)
        self.assertFalse(self.page.evaluate("document.activeElement.closest('.CodeMirror') !== null"))
        self.page.get_by_role("tab", name="Draft").focus()
        self.page.keyboard.press("ArrowRight")
        expect(self.page.get_by_role("tab", name="Versions")).to_be_focused()
        expect(self.page.get_by_text("No versions yet")).to_be_visible()

    def test_every_page_is_sound(self):
        """In both schemes and on both screens: axe finds nothing serious and nothing sticks out at the side."""
        email = self.tenant_admin("sound")
        self.new_rule("sound", "Fast lane for strong matches")
        tenant_pages = ["#/rules", self.page.url.split("/admin")[1], "#/catalogue", "#/commands", "#/people", "#/log", "#/health"]
        system_pages = ["#/tenants", "#/work", "#/health"]
        for width, height, scheme in [(1280, 900, "light"), (1280, 900, "dark"), (390, 844, "light"), (390, 844, "dark")]:
            for account, pages in [(("sound", email, PASSWORD), tenant_pages), (("system", *ADMIN), system_pages)]:
                self.open(width, height, scheme)
                self.page.goto(f"{self.server.url}/admin")
                self.assert_sound("sign-in", width, scheme)
                self.sign_in(*account)
                self.page.locator("h1").wait_for()
                for address in pages:
                    with self.subTest(page=address, width=width, scheme=scheme):
                        self.page.goto(f"{self.server.url}/admin{address}")
                        self.page.locator(".page-head h1").wait_for()
                        self.assert_sound("rule" if "/rules/" in address else address.strip("#/"), width, scheme)

    def assert_sound(self, name, width, scheme):
        expect(self.page.locator(".loading")).to_have_count(0)
        expect(self.page.locator("[aria-busy]")).to_have_count(0)
        if folder := os.environ.get("TENURE_SCREENSHOTS"):
            pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png")
        found = [violation for violation in Axe().run(self.page).response["violations"] if violation["impact"] in ("serious", "critical")]
        self.assertEqual([(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in found], [])
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.assertLessEqual(overflow, 0, "the page is wider than the screen")


if __name__ == "__main__":
    unittest.main()
