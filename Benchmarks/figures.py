"""Measures what the README promises, each figure against its yardstick in turns, and prints the medians as a Markdown table."""

import os
import statistics
import subprocess
import sys

from client import Client, at_once, register, sign_in
from load import FOLDER as BENCHMARKS, pgbench, wrk
import replay
from machine import ADMIN, FOLDER, Server, address, sql, statements_of

QUICK = "--quick" in sys.argv[1:]
SECONDS, ROUNDS = (2, 1) if QUICK else (6, 3)
CONNECTIONS = 16
CANDIDATES = 20 if QUICK else 60
JOBS_A_ROUND = 40 if QUICK else 140
THREADS = 2
RULE = """
before("application.submitting", function(event)
  if event.application.candidate.name == "Nobody" then
    return reject("Nobody may not apply.")
  end
end)
"""
os.environ["BENCHMARKS"] = BENCHMARKS

rows, refusals = [], []


def row(what, value, target, reached):
    rows.append(f"| {what} | {value} | {target} | {'yes' if reached else '**no**'} |")
    print(rows[-1], file=sys.stderr, flush=True)


def in_turns(*measurements):
    """Each measurement once a round, so that a noisy minute falls on all of them. Lists of loads, one list a measurement."""
    rounds = [[measure(number) for measure in measurements] for number in range(ROUNDS)]
    loads = [list(column) for column in zip(*rounds)]
    refusals.extend(load.refused for column in loads for load in column)
    return loads


def rate(loads):
    return statistics.median(load.rate for load in loads)


def p99(loads):
    return statistics.median(load.p99 for load in loads)


class Company:
    """A company with published jobs, in a tenant that has one administrator of its own."""

    def __init__(self, server, tenant):
        self.server, self.tenant = server, tenant
        admin = register(server.port, "employer", "admin", tenant)
        sql(f"UPDATE users SET roles = '{{employer,tenantAdmin}}' WHERE id = '{admin.id}'")
        self.admin = sign_in(server.port, admin.email, tenant)
        self.id = self.admin.post("/companies", {"name": "Northwind"})["id"]
        self.candidates = at_once(CANDIDATES, lambda n: register(server.port, "candidate", f"candidate{n}", tenant))

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

    def apply(self, jobs, connections, seconds):
        """Load of applications to these jobs, each accepted once. Tokens are fresh, since they last a quarter of an hour."""
        tokens = at_once(len(self.candidates), lambda n: sign_in(self.server.port, self.candidates[n].email, self.tenant).token)
        files = {"tokens": self.write("tokens", tokens), "jobs": self.write("jobs", jobs)}
        return wrk(self.server.url("/"), "apply.lua", connections, seconds, threads=min(THREADS, connections), **files)


def measure_reads(company, jobs):
    server, reader = company.server, company.candidates[0]
    token = sign_in(server.port, reader.email, company.tenant).token
    read = lambda path: lambda _: wrk(server.url(f"/api/v1{path}"), "read.lua", CONNECTIONS, SECONDS, token=token)
    plain = lambda _: pgbench(address("tenure"), CONNECTIONS, SECONDS, "-S")
    one, yardstick = in_turns(read(f"/jobs/{jobs[0]}"), plain)
    ratio = rate(one) / rate(yardstick)
    row("one row, authenticated (`GET /jobs/{id}`)", f"{rate(one):,.0f}/s, {ratio:.2f} of `pgbench -S` ({rate(yardstick):,.0f}/s)", ">= 0.30", ratio >= 0.30)

    path = "/jobs?limit=20"
    statements = statements_of(lambda: Client(server.port, token).get(path))
    url = os.environ["DATABASE_URL"]
    script, options = pgbench_script(statements)
    same = lambda _: pgbench(url, CONNECTIONS, SECONDS, "-f", script, *options)
    many, yardstick = in_turns(read(path), same)
    ratio = rate(many) / rate(yardstick)
    row("20 of a list behind RLS (`GET /jobs?limit=20`)", f"{rate(many):,.0f}/s, {ratio:.2f} of pgbench with its statements ({rate(yardstick):,.0f}/s)", ">= 0.50", ratio >= 0.50)


def pgbench_script(statements):
    """The same statements in one implicit transaction and one round trip, as the server sends them."""
    lines, options = ["\\startpipeline"], []
    for number, (text, values) in enumerate(statements):
        # From the last, so that $1 is not taken for the beginning of $10.
        for index in range(len(values), 0, -1):
            name = f"s{number}_{index}"
            text = text.replace(f"${index}", f":{name}")
            options += ["-D", f"{name}={values[index - 1]}"]
        lines.append(" ".join(text.split()) + ";")
    path = f"{FOLDER}/list.sql"
    with open(path, "w") as file:
        file.write("\n".join(lines + ["\\endpipeline"]) + "\n")
    return path, options


def measure_applying(company, jobs):
    slices = [jobs[number * JOBS_A_ROUND : (number + 1) * JOBS_A_ROUND] for number in range(ROUNDS)]
    (accepted,) = in_turns(lambda number: company.apply(slices[number], CONNECTIONS, SECONDS))
    row("applications accepted, durable", f"{rate(accepted):,.0f}/s, p99 {p99(accepted):.1f} ms", ">= 300/s", rate(accepted) >= 300)


def measure_rule(plain, ruled):
    script = ruled.admin.post("/admin/scripts", {"name": "bench", "kind": "rule", "source": RULE})
    ruled.admin.post("/admin/scripts/dry-run", {"source": RULE, "event": "application.submitting"})
    ruled.admin.post(f"/admin/scripts/{script['id']}/publish")
    slices = {company: [[company.job(f"{n}") for n in range(JOBS_A_ROUND // 2)] for _ in range(ROUNDS)] for company in (plain, ruled)}
    load = lambda company: lambda number: company.apply(slices[company][number], 2, SECONDS)
    without, with_rule = in_turns(load(plain), load(ruled))
    added = p99(with_rule) - p99(without)
    row("a `before` rule adds, at p99", f"{added:.2f} ms ({p99(without):.2f} -> {p99(with_rule):.2f} ms)", "<= 1 ms", added <= 1)


def measure_replay(server):
    company = Company(server, "replayed")
    job = company.job("replayed")
    sign_in(server.port, company.candidates[0].email, "replayed").post(f"/jobs/{job}/apply")
    replay.multiply("replayed")
    admin = sign_in(server.port, company.admin.email, "replayed")
    taken = statistics.median(replay.replay(admin, f"draft {number}") for number in range(ROUNDS))
    row("a draft replayed over 100,000 past applications", f"{taken:.1f} s, {replay.PAST / taken:,.0f} events/s", "<= 60 s", taken <= 60)


def measure_demo():
    server = Server("demo", seed="demo")
    try:
        root = sign_in(server.port, ADMIN[0], "system", ADMIN[1])
        tenant = next(t["code"] for t in root.get("/admin/tenants?limit=100")["items"] if t["code"] not in ("system", "default"))
        token = register(server.port, "candidate", "reader", tenant).token
        for path in ("/jobs?limit=20", "/users/me"):
            refusals.append(wrk(server.url(f"/api/v1{path}"), "read.lua", CONNECTIONS, SECONDS, token=token).refused)
        own, runners = server.memory()
        row("memory serving the demo (RSS)", f"{own:.0f} MiB, rule runners {runners:.0f} MiB beside it", "<= 150 MiB", own <= 150)
    finally:
        server.stop()


def main():
    server = Server("tenure")
    try:
        root = sign_in(server.port, ADMIN[0], "system", ADMIN[1])
        for tenant in ("plain", "ruled", "replayed"):
            root.post("/admin/tenants", {"code": tenant, "name": tenant, "plan": "enterprise", "adminEmail": f"invited@{tenant}.example.com"})
        plain, ruled = Company(server, "plain"), Company(server, "ruled")
        jobs = [plain.job(number) for number in range(JOBS_A_ROUND * ROUNDS)]
        sql("ANALYZE")
        subprocess.run(["pgbench", "-i", "-q", "-s", "10", address("tenure")], check=True, capture_output=True)
        measure_reads(plain, jobs)
        measure_applying(plain, jobs)
        measure_rule(plain, ruled)
        measure_replay(server)
    finally:
        server.stop()
    measure_demo()
    row("answers that are not 2xx", f"{sum(refusals)}", "0", sum(refusals) == 0)
    print("\n| figure | measured | wanted | reached |\n| --- | --- | --- | --- |")
    print("\n".join(rows))


main()
