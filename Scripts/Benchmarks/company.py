"""A tenant to measure in: a company, its jobs and those who apply to them."""

from client import at_once, register, sign_in
from load import wrk
from machine import FOLDER, sql


class Company:
    """A company with published jobs, in a tenant that has one administrator of its own."""

    def __init__(self, server, tenant, candidates):
        self.server, self.tenant = server, tenant
        admin = register(server.port, "employer", "admin", tenant)
        sql(f"UPDATE users SET roles = '{{employer,tenantAdmin}}', email_verified_at = now() WHERE id = '{admin.id}'")
        self.admin = sign_in(server.port, admin.email, tenant)
        self.id = self.admin.post("/companies", {"name": "Northwind"})["id"]
        self.candidates = at_once(candidates, lambda n: register(server.port, "candidate", f"candidate{n}", tenant))

    def job(self, number):
        fields = {
            "companyId": self.id, "title": f"Backend engineer {number}", "description": "Builds the server side. " * 20, "location": "Hamburg",
            "requirements": {"requiredSkills": ["Swift", "PostgreSQL"], "preferredSkills": ["Redis"], "minimumYears": 3},
        }
        job = self.admin.post("/jobs", fields)["id"]
        self.admin.post(f"/jobs/{job}/publish")
        return job

    def write(self, name, lines):
        path = f"{FOLDER}/{self.tenant}-{name}"
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def apply(self, jobs, connections, seconds, pause=0):
        """Load of applications to these jobs, each accepted once, `pause` milliseconds after the one before. Tokens are fresh, since they last a quarter of an hour."""
        tokens = at_once(len(self.candidates), lambda n: sign_in(self.server.port, self.candidates[n].email, self.tenant).token)
        files = {"tokens": self.write("tokens", tokens), "jobs": self.write("jobs", jobs)}
        return wrk(self.server.url("/"), "apply.lua", connections, seconds, threads=min(2, connections), pause=pause, **files)
