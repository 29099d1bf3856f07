"""Shared by the console tests: a server, Chromium, and the steps that every test begins with."""

import os
import pathlib
import unittest

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from server import ADMIN, Server

PASSWORD = "Correct-Horse-2"
# On a busy machine with two cores even quick things take a while.
expect.set_options(timeout=20_000)


class ConsoleCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        playwright = cls.enterClassContext(sync_playwright())
        cls.chromium = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        cls.addClassCleanup(cls.chromium.close)

    def setUp(self):
        self.complaints = []
        self.open()

    def open(self, width=1280, height=900, scheme="light"):
        """A fresh browser; any error that a page logs fails the test."""
        # Without motion: checks during a fade-in would see intermediate colors.
        context = self.chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
        self.addCleanup(context.close)
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complain(message))
        self.page.on("request", lambda request: self.foreign(request.url))

    def complain(self, message):
        # A refused request is shown to the user; the browser logging it too is not an error.
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

    def sign_out(self):
        self.page.get_by_role("button", name="Sign out").click()
        self.heading("Sign in to Tenure")

    def visit(self, address):
        """Waits for another page of the console to replace the current one."""
        self.leaving(lambda: self.page.goto(f"{self.server.url}/admin#{address}"))
        self.page.locator(".page-head h1").wait_for()

    def follow(self, link):
        """Follows a link and waits until its page has replaced the current one."""
        self.leaving(link.click)

    def leaving(self, act):
        self.page.evaluate("document.querySelector('main > *')?.classList.add('left')")
        act()
        expect(self.page.locator(".left")).to_have_count(0)

    def sign_in_as_system_admin(self):
        self.sign_in("system", *ADMIN)
        self.heading("Tenants")

    def settled(self):
        """Waits until the page has loaded everything, so that what is clicked next isn't redrawn meanwhile."""
        expect(self.page.locator(".loading, [aria-busy]")).to_have_count(0)

    def heading(self, text):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def tenant_admin(self, code):
        """Signs in as the administrator of a tenant created for this test."""
        email = f"admin@{code}.example"
        tenant = {"name": f"The {code} company", "code": code, "plan": "free", "adminEmail": email}
        self.server.call("POST", "/admin/tenants", tenant, self.server.sign_in("system", *ADMIN))
        token = self.server.mailed_link(email).split("#token=")[1].split("&")[0]
        self.server.call("POST", "/auth/reset-password", {"token": token, "newPassword": PASSWORD})
        self.sign_in(code, email, PASSWORD)
        self.heading("Rules")
        return email

    def write(self, source):
        """Replaces the editor's content, like a paste."""
        self.page.evaluate("source => { document.querySelector('lua-editor').value = source }", source)

    def new_rule(self, name, beginning="An empty rule"):
        self.follow(self.page.get_by_role("link", name="New rule"))
        self.page.get_by_role("button", name=beginning).click()
        self.page.get_by_label("Name", exact=True).fill(name)
        self.page.get_by_role("button", name="Create the rule").click()
        self.heading(name)
        self.page.locator("lua-editor .CodeMirror").wait_for()

    def save_draft(self, source):
        self.write(source)
        self.page.get_by_role("button", name="Save draft").click()
        expect(self.page.get_by_role("button", name="Saved")).to_be_disabled()

    def call(self, method, path, body=None):
        """Calls the API as the signed-in user, the way the console does."""
        return self.page.evaluate(
            """async ([method, path, body]) => {
              const { api } = await import("/admin/core/api.js");
              return api[method.toLowerCase()](path, body ?? undefined);
            }""",
            [method, path, body],
        )

    def as_system_admin(self, act):
        """Does something in another browser, then returns to this one."""
        page = self.page
        self.open()
        self.sign_in_as_system_admin()
        done = act()
        self.page = page
        return done

    def publish(self, comment=""):
        self.page.get_by_role("button", name="Publish", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("What is new").fill(comment)
        dialog.get_by_role("button", name="Publish", exact=True).click()
        expect(dialog).to_have_count(0)

    def assert_sound(self, name, width=1280, scheme="light"):
        """axe finds nothing serious, and nothing overflows sideways."""
        self.settled()
        if folder := os.environ.get("TENURE_SCREENSHOTS"):
            pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
        found = [violation for violation in Axe().run(self.page).response["violations"] if violation["impact"] in ("serious", "critical")]
        self.assertEqual([(v["id"], [node["html"][:200] for node in v["nodes"]]) for v in found], [])
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.assertLessEqual(overflow, 0, "the page is wider than the screen")
