"""One row, authenticated, beside the same in Go (net/http, pgx) and Python (FastAPI, asyncpg), and PostgreSQL by itself. All in turns.

TENURE_OTHER names the programs of another build, which is measured beside this one; TENURE_VARIANTS, settings to try with this one:
`loops=1 pool=2;loops=2` is two more servers."""

import os
import signal
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager

from client import Client, sign_in
from company import Company
from load import FOLDER as BENCHMARKS, pgbench, pgbench_script, wrk
from machine import ADMIN, FOLDER, PROGRAMS, Server, address, free_port, sql, statements_of

QUICK = "--quick" in sys.argv[1:]
SECONDS, ROUNDS = (2, 1) if QUICK else (5, 3)
CONNECTIONS = 16
SECRET = "a secret of the benchmark's own, 32 bytes"
os.environ["BENCHMARKS"] = BENCHMARKS
os.environ["TENURE_SECRET"] = SECRET
SETTINGS = {"loops": "TENURE_LOOPS", "pool": "TENURE_POOL_SIZE", "limits": "TENURE_LIMITS"}


class Peer:
    """A program that answers as the server does."""

    def __init__(self, command, port, statements):
        (enter, _), (row, _) = statements
        environment = os.environ | {"PEER_PORT": str(port), "PEER_ENTER": enter, "PEER_ROW": row, "PEER_DATABASE": os.environ["DATABASE_URL"]}
        self.port, self.process = port, subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def wait(self, path, token):
        limit = time.monotonic() + 30
        while True:
            try:
                return Client(self.port, token).get(path)
            except OSError:
                if time.monotonic() > limit:
                    raise
                time.sleep(0.1)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def go(statements):
    program = f"{FOLDER}/go-peer"
    environment = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": f"{FOLDER}/go-cache"}
    subprocess.run(["go", "build", "-o", program, f"{BENCHMARKS}/peers/main.go"], env=environment, check=True)
    return Peer([program], free_port(), statements)


def fastapi(statements):
    port = free_port()
    command = ["/usr/bin/python3", "-m", "uvicorn", "--app-dir", f"{BENCHMARKS}/peers", "--workers", "2", "--port", str(port)]
    return Peer(command + ["--log-level", "warning", "--no-access-log", "peer:app"], port, statements)


def processor(process):
    """Seconds of processor that a process and its children have had."""
    return sum(ticks(pid) for pid in family(process)) / os.sysconf("SC_CLK_TCK")


def ticks(process):
    try:
        with open(f"/proc/{process}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])
    except FileNotFoundError:
        return 0


def variants():
    """More servers on the same database: other settings, or another build."""
    found = {}
    if os.environ.get("TENURE_OTHER"):
        found["Tenure, the other build"] = (os.environ["TENURE_OTHER"], {})
    for text in filter(None, os.environ.get("TENURE_VARIANTS", "").split(";")):
        settings = dict(part.split("=", 1) for part in text.split())
        programs = os.environ["TENURE_OTHER"] if settings.pop("build", "") == "other" else PROGRAMS
        found[f"Tenure, {text}"] = (programs, {SETTINGS.get(name, name): value for name, value in settings.items()})
    return found


def of_the_row(statements):
    """The two that the request needs; with its first one a person's standing is looked up as well."""
    row = next(number for number, (text, _) in enumerate(statements) if "FROM jobs j" in text)
    return statements[row - 1 : row + 1]


def main():
    server = Server("tenure", settings={"TENURE_LIMITS": "off"})
    running = {"Tenure": server}
    try:
        company = Company(server, "default", 20)
        jobs = [company.job(number) for number in range(20)]
        sql("UPDATE users SET roles = '{candidate,tenantAdmin}' WHERE email LIKE 'candidate%'")
        subprocess.run(["pgbench", "-i", "-q", "-s", "10", address("tenure")], check=True, capture_output=True)
        sql("VACUUM ANALYZE")
        for name, (programs, settings) in variants().items():
            running[name] = Server("tenure", programs=programs, settings={"TENURE_LIMITS": "off"} | settings, migrates=False)
        reader = sql("SELECT email FROM users WHERE email LIKE 'candidate%' LIMIT 1")
        sql(f"UPDATE users SET roles = '{{candidate}}' WHERE email = '{reader}'")
        token = sign_in(server.port, reader).token
        path = f"/jobs/{jobs[0]}"
        statements = of_the_row(statements_of(lambda: Client(server.port, token).get(path)))
        if "--alone" not in sys.argv:
            for name, start in {"Go, net/http and pgx": go, "FastAPI and asyncpg, 2 workers": fastapi}.items():
                running[name] = start(statements)
                running[name].wait(path, token)
        measure(running, token, path, statements)
        measure_limits(running, company, reader, path)
    finally:
        for one in running.values():
            one.stop()


@contextmanager
def only(one, all):
    """The others stand still meanwhile: an idle server looks for work now and then."""
    others = [pid for other in all if other is not one for pid in family(other.process.pid)]
    for pid in others:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in others:
            os.kill(pid, signal.SIGCONT)


def family(process):
    children = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True).stdout.split()
    return [process] + [pid for child in children for pid in family(int(child))]


def measure(running, token, path, statements):
    script, options = pgbench_script(statements)
    loads, costs = {}, {}
    for _ in range(ROUNDS):
        for name, one in running.items():
            with only(one, running.values()):
                before = processor(one.process.pid)
                load = wrk(one.url(f"/api/v1{path}"), "read.lua", CONNECTIONS, SECONDS, token=token)
            loads.setdefault(name, []).append(load)
            costs.setdefault(name, []).append((processor(one.process.pid) - before) / (load.rate * SECONDS) * 1e6)
        with only(None, running.values()):
            loads.setdefault("`pgbench -S`", []).append(pgbench(address("tenure"), CONNECTIONS, SECONDS, "-S"))
            same = pgbench(os.environ["DATABASE_URL"], CONNECTIONS, SECONDS, "-f", script, *options)
            loads.setdefault("pgbench with its statements", []).append(same)
    yardstick = statistics.median(load.rate for load in loads["`pgbench -S`"])
    print("| one row, authenticated | a second | of `pgbench -S` | p99, ms | processor a request, us |\n| --- | --- | --- | --- | --- |")
    for name, of_name in loads.items():
        rate, p99 = (statistics.median(getattr(load, what) for load in of_name) for what in ("rate", "p99"))
        refused = sum(load.refused for load in of_name)
        cost = f"{statistics.median(costs[name]):.0f}" if name in costs else ""
        print(f"| {name} | {rate:,.0f} | {rate / yardstick:.3f} | {p99:.1f} | {cost} |" + (f" {refused} refused" if refused else ""), flush=True)


def measure_limits(running, company, reader, path):
    """People of whom each makes a few requests one after the other, with limits and without."""
    server = running["Tenure"]
    limited = Server("tenure", settings={"TENURE_LIMITS": "on"}, migrates=False)
    try:
        # Not the reader, who is a candidate with a smaller limit.
        people = [person.email for person in company.candidates if person.email != reader]
        tokens = company.write("tokens", [sign_in(server.port, email).token for email in people])
        paths = company.write("paths", [f"/api/v1{path}"])
        loads = {}
        for _ in range(ROUNDS):
            for name, one in (("off", server), ("on", limited)):
                loads.setdefault(name, []).append(wrk(one.url("/"), "many.lua", CONNECTIONS, SECONDS, tokens=tokens, paths=paths, turn=10))
        on, off = (statistics.median(load.rate for load in loads[name]) for name in ("on", "off"))
        refused = sum(load.refused for load in loads["on"])
        print(f"\nWith limits on: {on:,.0f}/s, {on / off:.2f} of without ({off:,.0f}/s), {refused} refused; ten requests a person and turn.")
    finally:
        limited.stop()


main()
