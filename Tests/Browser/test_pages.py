"""What holds for every page of the console."""

from playwright.sync_api import expect

from console import PASSWORD, ConsoleCase
from hiring import Hiring
from server import ADMIN, until

RULE = """-- Strong matches go straight to screening.
on("application.submitted", function(event)
  local app = event.application
  app:move("screening", { reason = "strong match" })
  app:tag("fast-lane")
  notify { role = "recruiter", text = app.candidate.name .. " was fast-tracked." }
end)

every("1d", function() log("morning") end)
"""
SCREENS = [(1280, 900, "light"), (1280, 900, "dark"), (390, 844, "light"), (390, 844, "dark")]


class PageTests(ConsoleCase):
    def test_every_page_is_sound(self):
        """In both schemes and on both screens: axe finds nothing serious and nothing overflows sideways."""
        email = self.tenant_admin("sound")
        ids = self.furnish()
        for width, height, scheme in SCREENS:
            for account in [("sound", email, PASSWORD), ("system", *ADMIN)]:
                self.open(width, height, scheme)
                self.page.goto(f"{self.server.url}/admin")
                self.heading("Sign in to Tenure")
                self.assert_sound("sign-in", width, scheme)
                self.sign_in(*account)
                self.page.locator(".page-head h1").wait_for()
                for address in self.addresses(ids):
                    with self.subTest(page=address, width=width, scheme=scheme):
                        self.visit(address)
                        self.assert_sound(address.strip("/").replace("/", "-").replace("?", "-")[:40], width, scheme)

    def addresses(self, ids):
        """Every route that the signed-in person may see, with ids of existing things."""
        found = self.page.evaluate(
            """async () => {
              const [{ routes }, { session }] = await Promise.all([import("/admin/core/routes.js"), import("/admin/core/session.js")]);
              return routes.filter(route => session.has(route.role)).map(route => route.path);
            }"""
        )
        paths = [path.replace("{id}", ids[path.split("/")[1]]) if "{id}" in path else path for path in found]
        tabs = ["replay", "shadow", "versions", "runs", "limits"] if any("rules/" in path for path in paths) else []
        self.assertGreater(len(paths), 5)
        return paths + [f"/rules/{ids['rules']}?tab={tab}" for tab in tabs]

    def furnish(self):
        """One of everything that a route names."""
        Hiring(self.server, "sound").apply()
        self.new_rule("sound")
        self.save_draft(RULE)
        rule = self.page.url.split("/")[-1]
        self.page.get_by_role("button", name="Test run").click()
        expect(self.page.locator(".result")).to_contain_text("3 effects")
        self.page.get_by_role("button", name="Publish").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Publish").click()
        expect(self.page.locator(".state")).to_contain_text("Version 1 is live.")
        self.call("PUT", "/admin/store", {"key": "limits/days", "value": 30})
        replay = self.call("POST", f"/admin/scripts/{rule}/replay", {"last": 10})
        self.server.call("POST", "/auth/register", {"tenantCode": "sound", "role": "candidate", "email": "leaver@sound.example", "password": PASSWORD})
        leaver = self.call("GET", "/admin/users?search=leaver")["items"][0]["id"]
        erasure = self.call("POST", f"/admin/users/{leaver}/erasure")
        twins = []
        for number in (1, 2, 3):
            twin = {"tenantCode": "sound", "role": "candidate", "email": f"twin{number}@sound.example", "password": PASSWORD, "firstName": "Twin"}
            twins.append(self.server.call("POST", "/auth/register", twin)["user"]["id"])
        merge = self.call("POST", "/candidates/merges", {"keptId": twins[0], "mergedId": twins[1]})
        self.call("POST", "/admin/retention-rules", {"category": "rejected", "months": 24})
        tenant = self.as_system_admin(lambda: self.call("GET", "/admin/tenants?search=sound")["items"][0])
        run = self.as_system_admin(lambda: self.call("POST", "/admin/console/runs", {"source": 'print("hello")', "allTenants": True}))
        company = self.call("GET", "/admin/companies")["items"][0]
        job = self.call("GET", "/jobs")["items"][0]
        self.call("POST", f"/companies/{company['id']}/candidates", {"firstName": "Ada", "lastName": "Lovelace", "email": "ada@sound.example", "tags": ["welder"]})
        imported = self.page.evaluate(
            """async path => {
              const { api } = await import("/admin/core/api.js");
              const file = new File(["name,email\\nAda Lovelace,ada@sound.example\\nGrace,grace@\\n"], "candidates.csv");
              return (await api.upload(path, { file, dryRun: "true" })).id;
            }""",
            f"/companies/{company['id']}/candidate-imports",
        )
        until("the import", lambda: self.call("GET", f"/candidate-imports/{imported}")["status"] == "completed")
        until("the replay", lambda: self.call("GET", f"/admin/replays/{replay['id']}")["status"] == "completed")
        return {
            "rules": rule, "runs": self.receipt(rule), "replays": replay["id"], "tenants": tenant["id"], "console": run["id"],
            "erasures": str(erasure["number"]), "merges": merge["id"], "companies": company["id"], "imports": imported,
            "jobs": job["id"],
        }

    def receipt(self, rule):
        """A run as if something had happened."""
        self.server.psql(
            f"""
            INSERT INTO script_runs (
                tenant_id, id, script_id, version_id, number, hook, event_name, occasion, outcome, reason, input_hash, seed, ran_at, instructions,
                memory_peak, duration_us, log, effects, reads, read_fields
            )
            SELECT v.tenant_id, '00000000-0000-7000-8000-000000000001', v.script_id, v.id, v.number, 'every', '1d', '1d', 'failed', 'line 9: oh',
                   '', 7, now(), 100, 2000, 300, '{{morning}}', '[]', '[]', '{{}}'
            FROM script_versions v WHERE v.script_id = '{rule}'
            """,
            self.server.database,
        )
        return "00000000-0000-7000-8000-000000000001"

    def test_dialogs_and_panels_are_sound_too(self):
        email = self.tenant_admin("opened")
        self.new_rule("opened")
        self.save_draft(RULE)
        rule = self.page.url
        for width, scheme in [(1280, "light"), (390, "dark")]:
            self.open(width, 844, scheme)
            self.sign_in("opened", email, PASSWORD)
            self.heading("Rules")
            self.page.goto(rule)
            self.page.get_by_text("The rule's input").click()
            self.page.get_by_role("button", name="Test run").click()
            expect(self.page.locator(".result")).to_contain_text("3 effects")
            self.assert_sound("dry-run", width, scheme)
            self.page.get_by_text("What it may do").click()
            self.page.get_by_label("What the rule may do").select_option("some")
            self.assert_sound("grants", width, scheme)
            self.page.get_by_label("What the rule may do").select_option("all")
            self.page.get_by_role("button", name="Save draft").click()
            for tab in ["Reference", "Guide"]:
                self.page.get_by_role("tab", name=tab).click()
                self.assert_sound(tab.lower(), width, scheme)
            self.page.get_by_role("button", name="Publish").click()
            self.page.get_by_role("dialog").wait_for()
            self.assert_sound("publish", width, scheme)
            self.page.keyboard.press("Escape")
            for address, button in [("log", "Details of"), ("catalogue", None), ("commands", None)]:
                self.visit(f"/{address}")
                (self.page.get_by_label(button) if button else self.page.locator(".entry summary")).first.click()
                expect(self.page.locator("pre").first).to_be_visible()
                self.assert_sound(f"{address}-opened", width, scheme)
