"""The servers under test: migrated databases, `tenure serve` processes, and what PostgreSQL is asked directly."""

import os
import re
import socket
import subprocess
import time
import urllib.request

PROGRAMS = os.environ.get("TENURE_PROGRAMS", ".build/release")
FOLDER = os.environ.get("TENURE_BENCH_FOLDER", "/tmp")
ADMIN = ("root@example.com", "Correct-Horse-1")


def address(database):
    """The database superuser's, who is asked behind the server's back."""
    return os.environ["DATABASE_ADMIN_URL"].replace("///postgres?", f"///{database}?")


def sql(statement, database="tenure"):
    command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--command", statement, address(database)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Server:
    """One `tenure serve` on a database of its own."""

    def __init__(self, database, seed=None, programs=PROGRAMS, settings={}, migrates=True):
        self.port = free_port()
        self.environment = os.environ | {
            name: os.environ[name].replace("///tenure?", f"///{database}?")
            for name in ("DATABASE_URL", "OPERATOR_DATABASE_URL", "OWNER_DATABASE_URL")
        }
        self.environment |= {
            "TENURE_DATA": f"{FOLDER}/data-{database}", "TENURE_PORT": str(self.port), "TENURE_PROGRAMS": programs,
            "TENURE_ADMIN_EMAIL": ADMIN[0], "TENURE_ADMIN_PASSWORD": ADMIN[1],
        } | settings
        if not sql(f"SELECT 1 FROM pg_database WHERE datname = '{database}'", "postgres"):
            sql(f"CREATE DATABASE {database} OWNER tenure_owner", "postgres")
        self.words = (self.run("migrate") if migrates else "") + (self.run(seed) if seed else "")
        self.process = subprocess.Popen([f"{programs}/tenure", "serve"], env=self.environment)
        self.wait()

    def run(self, command):
        done = subprocess.run([f"{PROGRAMS}/tenure", command], env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    def wait(self):
        limit = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(self.url("/healthz")).read()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > limit:
                    raise SystemExit("the server did not start")
                time.sleep(0.05)

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def memory(self):
        """Resident MiB of the server now, and of its rule runners, each page shared between processes counted in parts."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return resident(self.process.pid, "Rss"), sum(resident(child, "Pss") for child in children)

    def stop(self):
        self.process.terminate()
        if self.process.wait(30) != 0:
            raise SystemExit("the server did not end well")


def resident(process, kind):
    with open(f"/proc/{process}/smaps_rollup") as file:
        return int(re.search(rf"^{kind}:\s+(\d+) kB", file.read(), re.MULTILINE).group(1)) / 1024


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def statements_of(request):
    """The statements that PostgreSQL gets while `request` runs, with their parameters: from its log, so that they can't be others."""
    log = f"{os.environ['POSTGRES_DATA']}/log"
    start = os.path.getsize(log)
    try:
        sql("ALTER SYSTEM SET log_line_prefix = '%m [%p] %u '")
        configure("ALTER SYSTEM SET log_statement = 'all'")
        request()
    finally:
        configure("ALTER SYSTEM RESET log_statement")
    with open(log) as file:
        file.seek(start)
        text = file.read()
    # The background work's statements, under the operator's role, come in between.
    entry = r" tenure_app LOG:  execute (?:\S+): (.*?)\n[^\t\n]*?DETAIL:  parameters: (.*?)$"
    return [(statement, parameters(values)) for statement, values in re.findall(entry, text, re.MULTILINE | re.DOTALL)]


def parameters(text):
    found = re.findall(r"\$\d+ = (NULL|'(?:[^']|'')*')", text)
    return [None if value == "NULL" else value[1:-1].replace("''", "'") for value in found]


def configure(statement):
    sql(statement)
    sql("SELECT pg_reload_conf()")
    # A session reads the new configuration between two statements; there is nothing else to wait for.
    time.sleep(0.3)
