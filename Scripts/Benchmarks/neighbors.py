"""A small tenant's reads beside all that a big one does, each kind by itself and all together: p99 at a steady pace, and how many a second."""

import json
import os
import statistics
import subprocess
import sys
import threading
import time

from client import PASSWORD, sign_in
from company import Company
from documents import Senders
from load import FOLDER as BENCHMARKS, wrk
from machine import ADMIN, Server, sql
from rules import RULE, publish, source

QUICK = "--quick" in sys.argv[1:]
SECONDS, ROUNDS = (2, 1) if QUICK else (5, 3)
PEOPLE, JOBS, APPLICATIONS = (2_000, 40, 6_000) if QUICK else (20_000, 400, 60_000)
os.environ["BENCHMARKS"] = BENCHMARKS


def copies(table, of, changes, count):
    """Rows like one that there is, but for these columns; `n` counts them."""
    columns = sql(
        f"SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns "
        f"WHERE table_schema = 'public' AND table_name = '{table}' AND is_generated = 'NEVER'"
    )
    changed = ", ".join(f"'{name}', {value}" for name, value in changes.items())
    sql(f"""
        INSERT INTO {table} ({columns})
        SELECT {", ".join("(made)." + column.strip() for column in columns.split(","))}
        FROM (
            SELECT jsonb_populate_record(one, jsonb_build_object({changed})) AS made
            FROM {table} one CROSS JOIN generate_series(1, {count}) AS n WHERE one.id = '{of}'
        ) AS rows
    """)


def grow(company, job, application):
    """The big tenant's size, by copies of the first of everything."""
    person = company.candidates[0].id
    user = "('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"
    vacancy = "('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid"
    copies("users", person, {"id": user, "email": "'person' || n || '@big.example.com'", "username": "NULL", "last_name": "'Byron ' || n"}, PEOPLE)
    copies("candidates", person, {"id": user, "headline": "'Engineer ' || n"}, PEOPLE)
    copies("jobs", job, {"id": vacancy, "title": "'Engineer ' || n"}, JOBS)
    each = {
        "id": "gen_random_uuid()", "job_id": vacancy.replace("(n)", f"(1 + n % {JOBS})"),
        "candidate_id": user.replace("(n)", f"(1 + n / {JOBS})"), "updated_at": "one.updated_at - make_interval(secs => n)",
        "applied_at": "one.applied_at - make_interval(secs => n)", "moved_at": "one.moved_at - make_interval(secs => n)",
    }
    copies("applications", application, each, APPLICATIONS)
    sql("VACUUM ANALYZE")


class Noise:
    """What the big tenant does meanwhile, as long as it is open."""

    def __init__(self, *bodies):
        self.threads = [threading.Thread(target=body) for body in bodies]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        time.sleep(1)

    def __exit__(self, *_):
        for thread in self.threads:
            thread.join()


def main():
    server = Server("tenure")
    try:
        root = sign_in(server.port, ADMIN[0], "system", ADMIN[1])
        for tenant in ("big", "small"):
            root.post("/admin/tenants", {"code": tenant, "name": tenant, "plan": "enterprise", "adminEmail": f"invited@{tenant}.example.com"})
        big, small = Company(server, "big", 40), Company(server, "small", 4)
        jobs = {company.tenant: [company.job(number) for number in range(60)] for company in (big, small)}
        application = sign_in(server.port, big.candidates[0].email, "big").post(f"/jobs/{jobs['big'][0]}/apply")["id"]
        sign_in(server.port, big.candidates[0].email, "big").call("PATCH", "/candidates/me", {"headline": "Engineer"})
        grow(big, jobs["big"][0], application)
        sql("UPDATE users SET tier = 'enterprise' WHERE email LIKE 'candidate%@big.example.com'")
        measure(server, big, small, jobs)
    finally:
        server.stop()


def noises(server, big, jobs, span):
    """Each kind of noise by its name: what runs beside the reads for `span` seconds."""
    admin = sign_in(server.port, big.admin.email, "big")
    token = big.write("admin", [admin.token])

    def reads(name, paths, connections):
        file = big.write(name, [f"/api/v1{path}" for path in paths])
        return lambda: wrk(server.url("/"), "many.lua", connections, span, paths=file, tokens=token, turn=1, may_fail=1)

    bodies = [json.dumps({"email": person.email, "password": PASSWORD, "tenantCode": "big"}) for person in big.candidates[1:]]
    credentials = big.write("credentials", bodies)
    people = [sign_in(server.port, person.email, "big") for person in big.candidates[-4:]]

    applicants = big.write("applicants", [sign_in(server.port, person.email, "big").token for person in big.candidates[:-4]])
    vacancies = big.write(f"jobs-{jobs[0]}", jobs)

    def documents():
        with Senders(people):
            time.sleep(span - 1)

    return {
        "lists": reads("lists", ["/applications?limit=20", "/candidates/search?limit=20", "/jobs?limit=100", "/admin/audit?limit=100"], 16),
        "exports": reads("exports", ["/users/me/export", "/candidates/merge-proposals"], 4),
        "imports (documents)": documents,
        "boards": reads("boards", ["/jobs/00000000-0000-7000-9000-000000000001/board"], 16),
        "applications with a rule": lambda: wrk(server.url("/"), "apply.lua", 8, span, threads=2, pause=0, jobs=vacancies, tokens=applicants),
        "64 sign-ins at once": lambda: wrk(server.url("/api/v1/auth/login"), "signin.lua", 64, span, credentials=credentials, pause=0),
    }


def measure(server, big, small, jobs):
    publish(big.admin, "bench", source(RULE), "application.submitting")
    reader = sign_in(server.port, small.candidates[0].email, "small").token
    paths = [f"/jobs/{jobs['small'][0]}", "/jobs?limit=20", "/users/me"]
    file = small.write("paths", [f"/api/v1{path}" for path in paths])
    tokens = small.write("tokens", [reader])
    paced = lambda: wrk(server.url("/api/v1/jobs?limit=20"), "paced.lua", 4, SECONDS, token=reader, pause=10)
    fast = lambda: wrk(server.url("/"), "many.lua", 4, SECONDS, paths=file, tokens=tokens, turn=1)
    span = 2 * SECONDS + 2
    # Each kind has jobs of its own to apply to in each round.
    each = max(1, (len(jobs["big"]) - 1) // (2 * ROUNDS))
    found = {}
    for number in range(ROUNDS):
        part = lambda half: jobs["big"][1 + (2 * number + half) * each :][:each]
        kinds = noises(server, big, part(0), span)
        found.setdefault("nothing", []).append((paced(), fast()))
        for name, body in kinds.items():
            with Noise(body):
                found.setdefault(name, []).append((paced(), fast()))
        with Noise(*noises(server, big, part(1), span).values()):
            found.setdefault("all of it", []).append((paced(), fast()))
    report(found, server)


def report(found, server):
    alone_p99, alone_rate = (statistics.median(values) for values in ([p.p99 for p, _ in found["nothing"]], [f.rate for _, f in found["nothing"]]))
    print("| beside | p99, ms | of alone | reads a second | of alone | refused |\n| --- | --- | --- | --- | --- | --- |")
    for name, loads in found.items():
        p99, rate = statistics.median(p.p99 for p, _ in loads), statistics.median(f.rate for _, f in loads)
        refused = sum(p.refused + f.refused for p, f in loads)
        print(f"| {name} | {p99:.1f} | {p99 / alone_p99:.2f} | {rate:,.0f} | {rate / alone_rate:.2f} | {refused} |", flush=True)
    own, runners = server.memory()
    print(f"\n{PEOPLE:,} people and {APPLICATIONS:,} applications in the big tenant; RSS after it {own:.0f} MiB, rule runners {runners:.0f} MiB beside it.")


main()
