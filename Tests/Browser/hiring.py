"""Hiring outside the console, for rules to react to."""

PASSWORD = "Correct-Horse-2"


class Hiring:
    """A company in a tenant, with a published job."""

    def __init__(self, server, tenant):
        self.server, self.tenant, self.applicants = server, tenant, 0
        self.employer = self.register("employer", "Grace")
        # As if she had confirmed her address, and the tenant approved everybody.
        server.psql(f"UPDATE users SET email_verified_at = now() WHERE email = 'grace@{tenant}.example'", server.database)
        server.psql(f"UPDATE tenants SET settings = '{{\"employerSignUp\": \"open\"}}' WHERE code = '{tenant}'", server.database)
        company = self.call("POST", "/companies", {"name": "Northwind Robotics"}, self.employer)
        job = {"companyId": company["id"], "title": "Backend engineer", "employmentType": "fullTime"}
        job |= {"description": "Builds the services behind a fleet of robots: storage, queues, telemetry. Owns them in production."}
        self.job = self.call("POST", "/jobs", job, self.employer)["id"]
        self.call("POST", f"/jobs/{self.job}/publish", {}, self.employer)

    def apply(self):
        """Somebody applies; returns the application's id."""
        self.applicants += 1
        candidate = self.register("candidate", f"Candidate{self.applicants}")
        return self.call("POST", f"/jobs/{self.job}/apply", {}, candidate)["id"]

    def status(self, application):
        return self.call("GET", f"/applications/{application}", None, self.employer)["status"]

    def tags(self, application):
        return self.call("GET", f"/applications/{application}", None, self.employer)["tags"]

    def register(self, role, name):
        email = f"{name.lower()}@{self.tenant}.example"
        body = {"tenantCode": self.tenant, "role": role, "email": email, "password": PASSWORD, "firstName": name, "lastName": "Tester"}
        return self.call("POST", "/auth/register", body)["accessToken"]

    def call(self, method, path, body, token=None):
        return self.server.call(method, path, body, token)
