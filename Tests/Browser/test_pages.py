"""What holds for every page of the console."""

import os
import pathlib

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from console import PASSWORD, ConsoleCase
from server import ADMIN


class PageTests(ConsoleCase):
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

    def test_what_opens_on_a_page_is_sound_too(self):
        email = self.tenant_admin("opened")
        self.new_rule("opened", "Fast lane for strong matches")
        rule = self.page.url
        for width, scheme in [(1280, "light"), (390, "dark")]:
            self.open(width, 844, scheme)
            self.sign_in("opened", email, PASSWORD)
            self.heading("Rules")
            self.page.get_by_role("button", name="New rule").click()
            self.assert_sound("new-rule", width, scheme)
            self.page.keyboard.press("Escape")
            self.page.goto(rule)
            self.page.get_by_text("What the rule is given").click()
            self.page.get_by_role("button", name="Run dry").click()
            expect(self.page.locator(".result")).to_contain_text("3 effects")
            self.assert_sound("dry-run", width, scheme)
            for address, button in [("log", "Details of"), ("catalogue", None), ("commands", None)]:
                self.page.goto(f"{self.server.url}/admin#/{address}")
                (self.page.get_by_label(button) if button else self.page.locator(".entry summary")).first.click()
                expect(self.page.locator("pre").first).to_be_visible()
                self.assert_sound(f"{address}-opened", width, scheme)

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
