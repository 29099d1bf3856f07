"""Typical workflows in the console."""

from playwright.sync_api import expect

from console import PASSWORD, ConsoleCase
from server import until

RULE = """on("user.signed_in", function(event)
  log("seen", event.address)
  notify { role = "tenantAdmin", text = "Somebody signed in." }
end)
"""


class JourneyTests(ConsoleCase):
    def test_a_tenant_is_created_and_its_admin_signs_in(self):
        self.sign_in_as_system_admin()
        email = self.create_tenant("acme")
        self.sign_out()
        self.accept_invitation(email)
        self.sign_in("acme", email, PASSWORD)
        self.heading("Rules")
        self.follow(self.page.get_by_role("link", name="People"))
        self.heading("People")
        expect(self.page.get_by_role("cell", name="admin@acme.example").first).to_be_visible()
        self.page.get_by_role("button", name="Change admin@acme.example").click()
        self.page.get_by_role("button", name="Deactivate account").click()
        expect(self.page.get_by_role("alert").filter(has_text="administrator")).to_be_visible()

    def create_tenant(self, code):
        """Returns its administrator's address."""
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
        self.follow(self.page.get_by_role("link", name="Sign in"))

    def test_a_tenant_is_suspended_and_resumed(self):
        email = self.tenant_admin("umbra")
        self.open()
        self.sign_in_as_system_admin()
        self.follow(self.page.get_by_role("link", name="The umbra company"))
        self.heading("The umbra company")
        self.page.get_by_role("button", name="Suspend").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Suspend").click()
        expect(self.page.get_by_role("button", name="Resume")).to_be_visible()
        self.sign_out()
        self.sign_in("umbra", email, PASSWORD)
        expect(self.page.get_by_role("alert")).to_contain_text("suspended")
        self.sign_in_as_system_admin()
        self.follow(self.page.get_by_role("link", name="The umbra company"))
        self.page.get_by_role("button", name="Resume").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Resume").click()
        expect(self.page.get_by_role("button", name="Suspend")).to_be_visible()
        self.assertTrue(self.server.sign_in("umbra", email, PASSWORD))

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

    def test_a_rule_is_tried_published_run_and_rolled_back(self):
        email = self.tenant_admin("lua")
        self.new_rule("welcome")
        self.write(RULE)
        self.page.get_by_label("Event", exact=True).select_option("user.signed_in")
        self.page.get_by_role("button", name="Test run").click()
        result = self.page.locator("dry-run .result")
        expect(result).to_contain_text("It ran; 1 effect")
        expect(result).to_contain_text("notify")
        expect(result).to_contain_text("seen")
        self.publish("Greets")
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        self.server.sign_in("lua", email, PASSWORD)
        self.await_run()
        self.publish_another_version()
        self.page.get_by_role("tab", name="Versions").click()
        self.page.get_by_role("button", name="Make version 1 live").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Make live").click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        self.page.get_by_role("button", name="Disable").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Disable").click()
        expect(self.page.locator(".state")).to_contain_text("disabled")

    def await_run(self):
        def look():
            self.page.get_by_role("tab", name="Draft").click()
            self.page.get_by_role("tab", name="Runs").click()
            self.settled()
            return self.page.get_by_role("cell", name="on user.signed_in").count() > 0

        until("a run", look)
        expect(self.page.get_by_role("cell", name="completed").first).to_be_visible()

    def publish_another_version(self):
        self.page.get_by_role("tab", name="Draft").click()
        self.save_draft(RULE.replace("seen", "met"))
        self.page.get_by_role("button", name="Test run").click()
        expect(self.page.locator("dry-run .result")).to_contain_text("met")
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
        expect(self.page.get_by_role("dialog").get_by_role("alert")).to_contain_text("has errors")
        expect(self.page.get_by_role("dialog")).to_contain_text("Line 2")

    def test_nobody_overwrites_what_another_saved(self):
        email = self.tenant_admin("pair")
        self.new_rule("pair")
        first, address = self.page, self.page.url
        self.open()
        self.sign_in("pair", email, PASSWORD)
        self.heading("Rules")
        self.page.goto(address)
        self.page.locator("lua-editor .CodeMirror").wait_for()
        self.save_draft("-- the other's\n")
        self.page = first
        self.write("-- mine\n")
        self.page.get_by_role("button", name="Save draft").click()
        expect(self.page.get_by_role("alert").filter(has_text="Somebody changed this")).to_be_visible()
        self.page.get_by_role("button", name="Drop my changes and load it").click()
        expect(self.page.locator(".CodeMirror-code")).to_contain_text("the other's")

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
        self.sign_out()
        self.page.reload()
        self.heading("Sign in to Tenure")

    def test_a_session_that_ended_leads_back_to_the_sign_in(self):
        self.sign_in_as_system_admin()
        self.page.context.clear_cookies()
        self.follow(self.page.get_by_role("link", name="Background work"))
        expect(self.page.get_by_text("Your session has ended.")).to_be_visible()

    def test_a_dead_letter_is_retried(self):
        self.server.psql(
            """
            INSERT INTO work (tenant_id, id, name, payload, state, attempts, run_at, last_error, created_at)
            SELECT id, gen_random_uuid(), 'test.broken', '{}', 'dead', 8, now(), 'The mail server said no.', now() FROM tenants WHERE code = 'system'
            """,
            self.server.database,
        )
        self.sign_in_as_system_admin()
        self.follow(self.page.get_by_role("link", name="Background work"))
        expect(self.page.get_by_role("cell", name="The mail server said no.")).to_be_visible()
        self.page.get_by_role("button", name="Retry test.broken of system").click()
        expect(self.page.get_by_text("test.broken is queued again.")).to_be_visible()

    def test_a_long_list_is_paged_and_filtered(self):
        self.tenant_admin("pages")
        self.page.evaluate(
            """async () => {
              for (let number = 0; number < 23; number++) {
                const headers = { "X-Tenure-Console": "1", "Content-Type": "application/json" };
                const body = JSON.stringify({ name: `rule-${number}`, kind: number ? "rule" : "library" });
                await fetch("/api/v1/admin/scripts", { method: "POST", headers, body });
              }
            }"""
        )
        self.page.reload()
        expect(self.page.get_by_text("1 to 20 of 23")).to_be_visible()
        self.page.get_by_role("button", name="Next").click()
        expect(self.page.get_by_text("21 to 23 of 23")).to_be_visible()
        expect(self.page.get_by_role("button", name="Next")).to_be_disabled()
        self.page.get_by_label("Search").fill("rule-2")
        expect(self.page.get_by_text("1 to 4 of 4")).to_be_visible()
        self.page.get_by_label("Search").fill("")
        self.page.get_by_label("Kind").select_option("library")
        expect(self.page.get_by_text("1 to 1 of 1")).to_be_visible()
        self.page.get_by_label("Status").select_option("disabled")
        expect(self.page.get_by_text("Nothing matches")).to_be_visible()

    def test_the_keyboard_suffices(self):
        self.page.goto(f"{self.server.url}/admin")
        expect(self.page.get_by_label("E-mail address")).to_be_focused()
        self.tenant_admin("keys")
        self.page.get_by_role("link", name="Memory").focus()
        self.page.keyboard.press("Enter")
        self.heading("Memory")
        expect(self.page.get_by_role("heading", level=1)).to_be_focused()
        self.page.keyboard.press("Tab")
        button = self.page.get_by_role("button", name="New value").first
        expect(button).to_be_focused()
        self.assertNotEqual(button.evaluate("button => getComputedStyle(button).outlineStyle"), "none")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("dialog").get_by_label("Key")).to_be_focused()
        self.page.keyboard.press("Escape")
        expect(button).to_be_focused()
        self.page.get_by_role("link", name="Skip to the page").focus()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_be_focused()

    def test_the_editor_and_the_tabs_are_left_by_keyboard(self):
        self.tenant_admin("keyboard")
        self.new_rule("keys")
        expect(self.page.get_by_text("Escape, then Tab leaves the editor.")).to_be_visible()
        source = self.page.evaluate("document.querySelector('lua-editor').value")
        self.page.get_by_role("tab", name="Draft").focus()
        for _ in range(3):
            self.page.keyboard.press("Tab")
        self.assertFalse(self.page.evaluate("document.activeElement.closest('.CodeMirror') !== null"))
        self.assertEqual(self.page.evaluate("document.querySelector('lua-editor').value"), source)
        self.page.locator(".CodeMirror").click()
        for key in ["Tab", "Escape", "Tab", "Tab"]:
            self.page.keyboard.press(key)
        self.assertFalse(self.page.evaluate("document.activeElement.closest('.CodeMirror') !== null"))
        self.assertIn("  ", self.page.evaluate("document.querySelector('lua-editor').value"))
        self.page.get_by_role("button", name="Publish", exact=True).focus()
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("dialog").get_by_role("button", name="Make a test run now")).to_be_focused()
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("button", name="Publish", exact=True)).to_be_focused()
        self.page.get_by_role("tab", name="Draft").focus()
        for tab in ["Replay", "Shadow", "Versions"]:
            self.page.keyboard.press("ArrowRight")
            expect(self.page.get_by_role("tab", name=tab)).to_be_focused()
        expect(self.page.get_by_text("No versions yet")).to_be_visible()
