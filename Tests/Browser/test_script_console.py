"""A system admin's script over tenants: planned, read, confirmed, and found in the log."""

from playwright.sync_api import expect

from console import ConsoleCase
from hiring import Hiring

TAG = """tenants.each(function(tenant)
  print("in", tenant.code)
  for application in applications.each{} do
    application:tag("spring")
  end
end)
"""


class ScriptConsoleTests(ConsoleCase):
    def test_a_script_is_planned_applied_and_found_in_the_log(self):
        self.tenant_admin("batch")
        hiring = Hiring(self.server, "batch")
        hiring.apply()
        self.sign_out()
        self.sign_in_as_system_admin()
        self.follow(self.page.get_by_role("link", name="Script console"))
        self.page.locator("lua-editor .CodeMirror").wait_for()
        self.write(TAG)
        self.page.get_by_role("button", name="Plan it").click()
        expect(self.page.locator("form .notice")).to_contain_text("Name at least one tenant")
        self.page.get_by_label("The batch company").check()
        self.page.get_by_label("Why").fill("Spring campaign")
        self.page.get_by_role("button", name="Plan it").click()
        expect(self.page.locator(".state")).to_contain_text("Nothing has been changed yet")
        expect(self.page.locator("main")).to_contain_text("in batch")
        expect(self.page.locator(".effects")).to_contain_text("application:tag")
        self.page.get_by_role("button", name="Apply 1 effect").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Apply").click()
        expect(self.page.locator(".state")).to_contain_text("Applied")
        expect(self.page.locator("main")).to_contain_text("Over The batch company.")
        self.follow(self.page.get_by_role("link", name="Edit and plan again"))
        expect(self.page.get_by_label("The batch company")).to_be_checked()
        expect(self.page.get_by_label("All active tenants")).not_to_be_checked()
        expect(self.page.get_by_label("Why")).to_have_value("Spring campaign")
        self.follow(self.page.get_by_role("link", name="Tenants").first)
        self.page.get_by_role("button", name="Open The batch company").click()
        self.follow(self.page.get_by_role("link", name="Event log"))
        for event in ["console.applied", "application.tagged"]:
            expect(self.page.get_by_role("cell", name=event).first).to_be_visible()

    def test_a_script_that_fails_says_where(self):
        self.sign_in_as_system_admin()
        self.follow(self.page.get_by_role("link", name="Script console"))
        self.page.locator("lua-editor .CodeMirror").wait_for()
        self.write('print("so far")\nerror("no further")\n')
        self.choose_all()
        self.page.get_by_role("button", name="Plan it").click()
        expect(self.page.locator(".notice.bad")).to_contain_text("no further")
        self.follow(self.page.get_by_role("link", name="Script console").last)
        expect(self.page.get_by_role("cell", name="failed").first).to_be_visible()

    def test_a_script_that_takes_long_is_canceled(self):
        self.sign_in_as_system_admin()
        self.follow(self.page.get_by_role("link", name="Script console"))
        self.page.locator("lua-editor .CodeMirror").wait_for()
        self.write("while true do end\n")
        self.choose_all()
        self.page.get_by_role("button", name="Plan it").click()
        self.page.get_by_role("button", name="Cancel").click()
        expect(self.page.locator(".state")).to_contain_text("canceled")

    def choose_all(self):
        self.page.get_by_label("All active tenants").check()
        self.page.get_by_label('Type "all tenants"').fill("all tenants")
