"""Rules that stop automatically, and how an administrator restarts them."""

from playwright.sync_api import expect

from console import ConsoleCase
from hiring import Hiring
from server import until

TAG = """on("application.submitted", function(event)
  event.application:tag("seen")
  event.application:note("Looked at.")
end)
"""
LOG = 'on("store.changed", function(event) log(event.key) end)\n'
FAIL = 'on("store.changed", function(event) log(event.nothing.at.all) end)\n'


class HaltTests(ConsoleCase):
    def test_a_rule_that_does_too_much_is_paused_until_somebody_decides(self):
        self.tenant_admin("greedy")
        hiring = Hiring(self.server, "greedy")
        self.new_rule("greedy")
        self.try_and_publish(TAG)
        rule = self.page.url.split("/")[-1].split("?")[0]
        self.limit(2)
        applications = [hiring.apply() for _ in range(5)]
        until("four runs that wait", lambda: self.call("GET", f"/admin/scripts/{rule}")["radius"]["held"] == 4)
        self.follow(self.page.get_by_role("link", name="Rules").first)
        expect(self.page.get_by_role("cell", name="paused")).to_be_visible()
        self.follow(self.page.get_by_role("link", name="greedy"))
        expect(self.page.locator(".banner")).to_contain_text("4 runs wait for you.")
        self.page.get_by_role("button", name="Decide").click()
        self.assert_sound("paused")
        self.decide("Release", left=3)
        until("the tag", lambda: hiring.tags(applications[1]) == ["seen"])
        self.decide("Discard", left=2)
        self.decide_about_all("Release all 2")
        expect(self.page.get_by_text("Nothing waits", exact=True)).to_be_visible()
        self.assertEqual([hiring.tags(application) for application in applications], [["seen"], ["seen"], [], ["seen"], ["seen"]])
        self.page.get_by_label("State").select_option("discarded")
        expect(self.page.locator("data-list tbody tr:visible")).to_have_count(1)
        self.limit(1000)
        self.page.get_by_role("button", name="Resume the rule").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Resume").click()
        expect(self.page.locator(".banner")).to_have_count(0)
        expect(self.page.locator(".state")).to_contain_text("live")
        application = hiring.apply()
        until("the tag", lambda: hiring.tags(application) == ["seen"])

    def test_waiting_effects_are_discarded_at_once(self):
        self.tenant_admin("waste")
        hiring = Hiring(self.server, "waste")
        self.new_rule("waste")
        self.try_and_publish(TAG)
        rule = self.page.url.split("/")[-1].split("?")[0]
        self.limit(1)
        applications = [hiring.apply() for _ in range(2)]
        until("runs that wait", lambda: self.call("GET", f"/admin/scripts/{rule}")["radius"]["held"] == 2)
        self.page.reload()
        self.page.get_by_label("Effects of the run").first.click()
        expect(self.page.locator(".opened")).to_contain_text("Looked at.")
        self.decide_about_all("Discard all")
        expect(self.page.get_by_text("Nothing waits", exact=True)).to_be_visible()
        self.assertEqual([hiring.tags(application) for application in applications], [[], []])

    def test_a_version_that_keeps_failing_is_switched_off(self):
        email = self.tenant_admin("shaky")
        self.new_rule("shaky")
        self.try_and_publish(LOG)
        self.page.get_by_role("tab", name="Draft").click()
        self.try_and_publish(FAIL)
        rule = self.page.url.split("/")[-1].split("?")[0]
        for number in range(20):
            self.call("PUT", "/admin/store", {"key": f"cause/{number}", "value": number})
        until("the rule to be off", lambda: self.call("GET", f"/admin/scripts/{rule}")["status"] == "disabled")
        self.follow(self.page.get_by_role("link", name="Rules").first)
        expect(self.page.get_by_role("cell", name="switched off")).to_contain_text("20 times in a row")
        self.follow(self.page.get_by_role("link", name="shaky"))
        expect(self.page.locator(".banner")).to_contain_text("This rule was switched off because it kept failing.")
        self.assert_sound("switched-off")
        self.follow(self.page.get_by_role("link", name="See what failed"))
        expect(self.page.get_by_label("Outcome", exact=True)).to_have_value("failed")
        expect(self.page.locator("data-list tbody tr:visible")).to_have_count(20)
        expect(self.page.locator("data-list tbody tr:visible").first).to_contain_text("nil value")
        self.page.get_by_role("button", name="Go back").click()
        self.page.get_by_role("button", name="Make version 1 live").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Make live").click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        expect(self.page.locator(".banner")).to_have_count(0)
        self.follow(self.page.get_by_role("link", name="Mail"))
        expect(self.page.get_by_role("cell", name='The rule "shaky" was switched off')).to_be_visible()
        expect(self.page.get_by_role("cell", name=email).first).to_be_visible()

    def try_and_publish(self, source):
        self.save_draft(source)
        self.page.get_by_role("button", name="Publish", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Make a test run now").click()
        dialog.get_by_role("button", name="Go on to publish").click()
        dialog.get_by_role("button", name="Publish", exact=True).click()
        expect(dialog).to_have_count(0)
        expect(self.page.locator(".state")).to_contain_text("is live.")

    def limit(self, effects):
        self.page.get_by_role("tab", name="Limits").click()
        self.page.get_by_label("Own limit").fill(str(effects))
        self.page.get_by_role("button", name="Save the limit").click()
        expect(self.page.get_by_text(f"{effects:,}, set here")).to_be_visible()

    def decide(self, verb, left):
        """About the oldest waiting run."""
        self.settled()
        self.page.get_by_role("button", name=f"{verb} the run").first.click()
        expect(self.page.locator("data-list tbody tr:visible")).to_have_count(left)

    def decide_about_all(self, words):
        self.settled()
        self.page.get_by_role("button", name=words).click()
        self.page.get_by_role("dialog").get_by_role("button", name=words.split(" all")[0]).click()
