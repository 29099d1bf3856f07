"""The smaller pages for tenant administrators."""

import urllib.error
import urllib.request

from playwright.sync_api import expect

from console import PASSWORD, ConsoleCase
from hiring import Hiring
from server import until


class RoomTests(ConsoleCase):
    def test_stored_values_are_set_changed_and_deleted(self):
        self.tenant_admin("memory")
        self.follow(self.page.get_by_role("link", name="Memory"))
        expect(self.page.get_by_text("Nothing stored yet")).to_be_visible()
        self.page.get_by_role("button", name="New value").first.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Key").fill("limits/days")
        dialog.get_by_label("Value").fill("thirty")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_contain_text("Text needs quotes")
        dialog.get_by_label("Value").fill("30")
        dialog.get_by_role("button", name="Save").click()
        expect(self.page.get_by_role("cell", name="30", exact=True)).to_be_visible()
        self.page.get_by_role("button", name="Change limits/days").click()
        dialog.get_by_label("Value").fill("90")
        dialog.get_by_role("button", name="Save").click()
        expect(self.page.get_by_role("cell", name="90", exact=True)).to_be_visible()
        self.page.get_by_role("button", name="Delete limits/days").click()
        dialog.get_by_role("button", name="Delete").click()
        expect(self.page.get_by_text("Nothing stored yet")).to_be_visible()

    def test_a_schedule_leads_to_its_rule(self):
        self.tenant_admin("clock")
        self.follow(self.page.get_by_role("link", name="Schedules"))
        expect(self.page.get_by_text("Nothing is scheduled")).to_be_visible()
        self.follow(self.page.get_by_role("link", name="Rules").first)
        self.new_rule("morning")
        self.save_draft('every("1d", function() log("good morning") end)\n')
        self.page.get_by_label("Event", exact=True).select_option("1d")
        self.page.get_by_role("button", name="Test run").click()
        expect(self.page.locator("dry-run .result")).to_contain_text("good morning")
        self.publish()
        self.follow(self.page.get_by_role("link", name="Schedules"))
        expect(self.page.get_by_role("cell", name="1d")).to_be_visible()
        self.follow(self.page.get_by_role("link", name="morning"))
        self.heading("morning")

    def test_somebody_is_erased_after_a_preview_and_leaves_a_receipt(self):
        self.tenant_admin("oblivion")
        registration = {"tenantCode": "oblivion", "role": "candidate", "email": "zoe@oblivion.example", "password": PASSWORD, "firstName": "Zoe", "lastName": "Quill"}
        self.server.call("POST", "/auth/register", registration)
        self.follow(self.page.get_by_role("link", name="People"))
        self.page.get_by_role("button", name="Change Zoe Quill").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Erase…").click()
        expect(dialog.get_by_role("row", name="Users 1")).to_be_visible()
        self.assert_sound("erase")
        counted = dialog.get_by_role("row").all_inner_texts()
        self.leaving(lambda: dialog.get_by_role("button", name="Erase for good").click())
        self.heading("Erasure no. 1")
        number = "/admin/erasures/1"
        until("the erasure", lambda: self.call("GET", number)["status"] == "completed")
        self.page.reload()
        expect(self.page.get_by_text("completed").first).to_be_visible()
        self.assertEqual(self.page.get_by_role("row").all_inner_texts(), counted)
        self.follow(self.page.get_by_role("link", name="People"))
        expect(self.page.get_by_role("button", name="Change Zoe Quill")).to_have_count(0)
        self.follow(self.page.get_by_role("link", name="Erasures", exact=True))
        expect(self.page.get_by_role("link", name="No. 1")).to_be_visible()

    def test_two_accounts_are_compared_merged_and_separated_and_what_was_added_is_assigned(self):
        self.tenant_admin("twins")
        hiring = Hiring(self.server, "twins")
        self.register("twins", "zoe1@twins.example", "Zoë", "Tester")
        second = self.register("twins", "zoe2@twins.example", "ZOE", "Tester")
        self.follow(self.page.get_by_role("link", name="Merges"))
        self.assert_sound("merges")
        self.page.get_by_role("button", name="Compare Zoë Tester and ZOE Tester").click()
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_role("row", name="Applications 0 0")).to_be_visible()
        self.assert_sound("merge-preview")
        dialog.get_by_role("button", name="Merge").click()
        expect(self.page.get_by_text("No duplicates found")).to_be_visible()
        hiring.call("POST", f"/jobs/{hiring.job}/apply", {}, second)
        self.page.get_by_role("tab", name="Merged").click()
        self.follow(self.page.get_by_role("link", name="Details of Zoë Tester and ZOE Tester"))
        self.heading("Zoë Tester and ZOE Tester")
        expect(self.page.get_by_role("cell", name="Application: Backend engineer")).to_be_visible()
        self.page.get_by_role("button", name="Undo the merge").click()
        dialog.get_by_role("button", name="Undo").click()
        theirs = self.page.get_by_role("button", name="Application Backend engineer belongs to Zoë Tester")
        expect(theirs).to_have_attribute("aria-pressed", "false")
        self.assert_sound("merge-undone")
        theirs.click()
        expect(theirs).to_have_attribute("aria-pressed", "true")
        self.assertEqual(hiring.call("GET", "/applications", None, second)["items"], [])

    def test_a_proposal_is_dismissed_and_comes_back(self):
        self.tenant_admin("namesakes")
        for number in (1, 2):
            self.register("namesakes", f"ada{number}@namesakes.example", "Ada", "Tester")
        self.follow(self.page.get_by_role("link", name="Merges"))
        self.page.get_by_role("button", name="Dismiss Ada Tester and Ada Tester").click()
        expect(self.page.get_by_text("No duplicates found")).to_be_visible()
        self.page.get_by_role("tab", name="Dismissed").click()
        self.assert_sound("dismissed")
        self.page.get_by_role("button", name="Propose Ada Tester and Ada Tester again").click()
        expect(self.page.get_by_text("No proposal was dismissed")).to_be_visible()
        self.page.get_by_role("tab", name="Proposals").click()
        expect(self.page.get_by_role("button", name="Dismiss Ada Tester and Ada Tester")).to_be_visible()

    def test_a_retention_rule_is_tried_before_it_is_active_and_says_what_it_will_erase(self):
        self.tenant_admin("keeper")
        hiring = Hiring(self.server, "keeper")
        application = hiring.apply()
        hiring.call("PATCH", f"/applications/{application}/status", {"status": "rejected"}, hiring.employer)
        self.server.psql(f"UPDATE applications SET applied_at = '2020-01-01', moved_at = '2020-01-01', updated_at = '2020-01-01' WHERE id = '{application}'", self.server.database)
        self.follow(self.page.get_by_role("link", name="Retention"))
        expect(self.page.get_by_text("No rules yet")).to_be_visible()
        self.page.get_by_role("button", name="New rule").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Months after the last activity").fill("0")
        dialog.get_by_role("button", name="Create the rule").click()
        expect(dialog.locator(".problem").filter(has_text="1")).to_be_visible()
        dialog.get_by_label("Months after the last activity").fill("12")
        self.assert_sound("new-retention-rule")
        dialog.get_by_role("button", name="Create the rule").click()
        expect(dialog).to_contain_text("It would find 1 application")
        expect(dialog.get_by_role("cell", name="Candidate1 Tester")).to_be_visible()
        self.assert_sound("retention-dry-run")
        dialog.get_by_role("button", name="Activate").click()
        expect(self.page.get_by_role("cell", name="active since")).to_be_visible()
        until("the flag", lambda: self.call("GET", "/admin/retention-flags")["items"])
        self.page.reload()
        expect(self.page.get_by_role("cell", name="Candidate1 Tester")).to_be_visible()
        self.assert_sound("retention")
        self.page.get_by_role("button", name="Delete Rejected, All companies").click()
        dialog.get_by_role("button", name="Delete").click()
        expect(self.page.get_by_text("No rules yet")).to_be_visible()
        expect(self.page.get_by_text("Nothing is about to be erased")).to_be_visible()

    def register(self, tenant, email, first, last):
        registration = {"tenantCode": tenant, "role": "candidate", "email": email, "password": PASSWORD, "firstName": first, "lastName": last}
        return self.server.call("POST", "/auth/register", registration)["accessToken"]

    def test_a_requested_erasure_is_shown_and_taken_back(self):
        email = self.tenant_admin("regret")
        second = {"tenantCode": "regret", "role": "candidate", "email": "second@regret.example", "password": PASSWORD, "firstName": "Two"}
        self.server.call("POST", "/auth/register", second)
        self.server.psql("UPDATE users SET roles = '{candidate,tenantAdmin}' WHERE email = 'second@regret.example'", self.server.database)
        self.call("DELETE", "/users/me", {"password": PASSWORD})
        self.page.reload()
        banner = self.page.get_by_role("region", name="Erasure")
        expect(banner).to_contain_text("will be erased on")
        self.assert_sound("to-be-erased")
        banner.get_by_role("button", name="Keep my account").click()
        expect(banner).to_have_count(0)
        self.sign_out()
        self.sign_in("regret", email, PASSWORD)
        self.heading("Rules")

    def test_an_employer_confirms_their_address_and_is_approved(self):
        admin, boss = self.tenant_admin("gate"), "grace@gate.example"
        registration = {"tenantCode": "gate", "role": "employer", "email": boss, "password": PASSWORD, "firstName": "Grace"}
        token = self.server.call("POST", "/auth/register", registration)["accessToken"]
        self.page.goto(self.server.mailed_link(boss, "confirm"))
        self.heading("Confirm your address")
        self.page.get_by_label("E-mail address").fill(boss)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Confirm your address").click()
        expect(self.page.get_by_text("Your address is confirmed.")).to_be_visible()
        company = self.server.call("POST", "/companies", {"name": "Northwind"}, token)
        self.assertEqual(company["approval"], "pending")
        self.sign_in("gate", admin, PASSWORD)
        self.follow(self.page.get_by_role("link", name="Companies"))
        self.heading("Companies")
        expect(self.page.get_by_role("cell", name=f"Grace {boss}")).to_be_visible()
        self.page.get_by_role("button", name="Approve Northwind").click()
        expect(self.page.get_by_role("cell", name="approved")).to_be_visible()
        self.page.get_by_role("button", name="Reject Northwind").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Reason").fill("Not in the register.")
        dialog.get_by_role("button", name="Reject").click()
        expect(self.page.get_by_role("cell", name="Not in the register.")).to_be_visible()
        self.page.get_by_label("Employers who sign up").select_option("closed")
        self.page.get_by_role("button", name="Save").click()
        until("the setting", lambda: self.call("GET", "/admin/settings")["employerSignUp"] == "closed")

    def test_a_company_writes_its_letters(self):
        email = self.tenant_admin("quill")
        Hiring(self.server, "quill")
        self.follow(self.page.get_by_role("link", name="Companies"))
        self.follow(self.page.locator("companies-page td").get_by_role("link").first)
        self.follow(self.page.get_by_role("link", name="Letters to candidates"))
        self.heading("Letters to candidates")
        self.page.get_by_role("button", name="Edit Rejected, English").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Text").fill("Dear {{candidate}}, about {{salary}}.")
        dialog.get_by_role("button", name="Save").click()
        expect(dialog.locator(".problem").filter(has_text="{{salary}}")).to_be_visible()
        dialog.get_by_label("Text").fill("Dear {{candidate}}, not this time.")
        dialog.get_by_role("button", name="Preview").click()
        expect(dialog.locator("pre")).to_contain_text("Dear Ada Lovelace, not this time.")
        self.assert_sound("company-letter")
        dialog.get_by_role("button", name="Send me a test mail").click()
        expect(dialog.get_by_text("The mail is on its way to you.")).to_be_visible()
        until("the test mail", lambda: any("not this time" in file.read_text() and email in file.read_text() for file in (self.server.folder / "mail/new").glob("*")))
        dialog.get_by_role("button", name="Save").click()
        expect(self.page.get_by_role("button", name="Standard text for Rejected, English")).to_be_visible()
        self.page.get_by_role("button", name="When Rejected, English").click()
        dialog.get_by_label("Minutes until it goes out").fill("90")
        dialog.get_by_role("button", name="Save").click()
        expect(self.page.get_by_role("cell", name="after 90 minutes").first).to_be_visible()
        self.assert_sound("company-letters")
        self.page.get_by_role("button", name="Standard text for Rejected, English").click()
        expect(self.page.get_by_role("button", name="Standard text for Rejected, English")).to_have_count(0)

    def test_a_guest_answers_an_invitation(self):
        self.tenant_admin("rsvp")
        hiring = Hiring(self.server, "rsvp")
        application = hiring.apply()
        interview = {"kind": "video", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 45, "location": "Front desk"}
        hiring.call("POST", f"/applications/{application}/interviews", interview, hiring.employer)
        link = self.server.mailed_link("candidate1@rsvp.example", "answer")
        self.sign_out()
        self.page.goto(link)
        self.heading("Video interview: Backend engineer at Northwind Robotics")
        expect(self.page.get_by_text("Will you be there?")).to_be_visible()
        self.assert_sound("invitation")
        self.page.get_by_label("A few words").fill("Thursday would suit me.")
        self.page.get_by_role("button", name="Decline").click()
        expect(self.page.get_by_text("You have declined.")).to_be_visible()
        answers = hiring.call("GET", f"/applications/{application}/interviews", None, hiring.employer)["items"][0]["answers"]
        self.assertEqual([(answer["answer"], answer["comment"]) for answer in answers], [("declined", "Thursday would suit me.")])

    def test_mail_is_listed_without_its_text(self):
        email = self.tenant_admin("letters")
        self.follow(self.page.get_by_role("link", name="Mail"))
        expect(self.page.get_by_role("cell", name=email)).to_be_visible()
        expect(self.page.get_by_role("cell", name="sent")).to_be_visible()
        self.page.get_by_label("State").select_option("dead")
        expect(self.page.get_by_text("Nothing matches")).to_be_visible()
        self.assertNotIn("token", self.page.content())

    def test_letters_get_a_language_and_a_logo(self):
        self.tenant_admin("paper")
        self.follow(self.page.get_by_role("link", name="Mail"))
        language, logo = self.page.get_by_label("Language of letters"), self.page.get_by_label("Logo")
        save = self.page.get_by_role("button", name="Save")
        language.select_option("de")
        logo.fill("logo.png")
        save.click()
        expect(logo).to_have_attribute("aria-invalid", "true")
        self.assert_sound("letters")
        logo.fill("https://cdn.example/logo.png")
        save.click()
        until("the letters", lambda: self.call("GET", "/admin/settings").get("logoUrl") == "https://cdn.example/logo.png")
        self.assertEqual(self.call("GET", "/admin/settings")["language"], "de")
        logo.fill("")
        save.click()
        until("no logo", lambda: self.call("GET", "/admin/settings").get("logoUrl") is None)

    def test_a_mail_that_failed_for_good_is_retried(self):
        email = self.tenant_admin("stuck")
        self.server.psql(
            f"""
            WITH piece AS (
                INSERT INTO work (tenant_id, id, name, payload, state, attempts, run_at, last_error, created_at)
                SELECT id, gen_random_uuid(), 'test.mail', '{{}}', 'dead', 10, now(), 'The mail server said no.', now() FROM tenants WHERE code = 'stuck'
                RETURNING tenant_id, id
            )
            INSERT INTO mails (tenant_id, id, message, work_id, recipients, subject, attempts, error, created_at)
            SELECT tenant_id, gen_random_uuid(), 'stuck', id, '{{{email}}}', 'Hello', 10, 'The mail server said no.', now() FROM piece
            """,
            self.server.database,
        )
        self.follow(self.page.get_by_role("link", name="Mail"))
        expect(self.page.get_by_text("The mail server said no.")).to_be_visible()
        self.page.get_by_role("button", name=f"Retry the mail to {email}").click()
        expect(self.page.get_by_text("The mail is queued again.")).to_be_visible()

    def test_keys_are_created_shown_once_renewed_and_revoked(self):
        self.tenant_admin("key")
        self.follow(self.page.get_by_role("link", name="API keys"))
        expect(self.page.get_by_text("No API keys yet")).to_be_visible()
        first = self.make_key("Rules in git")
        self.assertTrue(first.startswith("tnk_"))
        self.assertEqual(self.status_with(first), 200)
        second = self.make_key("Careers page", "jobs:read", without="rules:write")
        self.assertEqual([self.status_with(second), self.status_with(second, "jobs")], [403, 200])
        self.page.reload()
        expect(self.page.get_by_role("cell", name="rules:write")).to_be_visible()
        key = self.page.get_by_label("The new key")
        expect(key).to_have_count(0)
        self.page.get_by_role("button", name="New secret for Rules in git").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Create secret").click()
        expect(key).to_be_focused()
        third = key.input_value()
        self.assertEqual([self.status_with(first), self.status_with(third)], [401, 200])
        self.page.get_by_role("button", name="Revoke Careers page").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        expect(self.page.get_by_role("cell", name="Careers page")).to_have_count(0)
        self.assertEqual([self.status_with(second, "jobs"), self.status_with(third)], [401, 200])

    def make_key(self, name, *scopes, without=None):
        self.page.get_by_role("button", name="Create a key").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name").fill(name)
        for scope in scopes:
            dialog.get_by_role("checkbox", name=scope).check()
        if without:
            dialog.get_by_role("checkbox", name=without).uncheck()
        dialog.get_by_role("button", name="Create key").click()
        key = self.page.get_by_label(f"The new key for {name}")
        expect(key).to_be_focused()
        return key.input_value()

    def test_an_id_in_the_address_is_used_only_as_an_id(self):
        self.tenant_admin("fragment")
        ids = {"..%2F..%2Fusers%2Fme": "..%2F..%2Fusers%2Fme", "x%3Flimit=1": "x%3Flimit%3D1", "a%23b": "a%23b"}
        for place, path in (("rules", "admin/scripts"), ("runs", "admin/runs"), ("replays", "admin/replays")):
            for id, encoded in ids.items():
                with self.page.expect_request(f"{self.server.url}/api/v1/{path}/{encoded}"):
                    self.page.goto(f"{self.server.url}/admin#/{place}/{id}")
            asked = []
            self.page.on("request", lambda request: asked.append(request.url))
            for id in ("%2E%2E", "..", "%zz"):
                self.page.goto(f"{self.server.url}/admin#/{place}/{id}")
                self.heading("Nothing here")
            self.assertEqual([url for url in asked if f"/api/v1/{path}" in url or "/api/v1/admin?" in url], [])

    def status_with(self, key, path="admin/scripts"):
        request = urllib.request.Request(f"{self.server.url}/api/v1/{path}", headers={"Authorization": f"Bearer {key}"})
        try:
            return urllib.request.urlopen(request).status
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def test_the_guide_opens_at_a_heading(self):
        self.tenant_admin("guide")
        self.follow(self.page.get_by_role("link", name="Guide"))
        contents = self.page.get_by_role("navigation", name="Contents")
        contents.get_by_role("link").nth(2).click()
        expect(self.page.locator(".guide h2").nth(2)).to_be_in_viewport()
        expect(self.page.locator(".guide pre.lua .cm-keyword").first).to_be_attached()
