"""The tests' own Tenure server: a new database, a free port, mail in a folder."""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
ADMIN = ("root@example.com", "Correct-Horse-1")
ROLES = {"DATABASE_URL": "tenure_app", "OPERATOR_DATABASE_URL": "tenure_operator", "OWNER_DATABASE_URL": "tenure_owner"}


class Server:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tenure-browser-"))
        self.program = pathlib.Path(os.environ.get("TENURE_TEST_PROGRAMS", ROOT / ".build/debug")) / "tenure"
        self.administrator = os.environ["TENURE_TEST_DATABASE_URL"]
        self.database = f"tenure_browser_{os.getpid()}"
        self.create_database()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = os.environ | {
            **{name: self.address(role) for name, role in ROLES.items()},
            "REDIS_URL": os.environ["TENURE_TEST_REDIS_URL"],
            "TENURE_PORT": str(port),
            "TENURE_PUBLIC_URL": self.url,
            "TENURE_DATA": str(self.folder),
            "TENURE_CONSOLE": str(ROOT / "admin"),
            "TENURE_MIGRATIONS": str(ROOT / "Migrations"),
            "TENURE_ADMIN_EMAIL": ADMIN[0],
            "TENURE_ADMIN_PASSWORD": ADMIN[1],
            "TENURE_LIMITS": "off",
        }
        subprocess.run([self.program, "migrate"], env=self.environment, check=True, capture_output=True)
        self.log = open(self.folder / "serve.log", "w")
        self.process = subprocess.Popen([self.program, "serve"], env=self.environment, stdout=self.log, stderr=self.log)
        until("the server answers", lambda: urllib.request.urlopen(f"{self.url}/healthz", timeout=1).status == 200)

    def create_database(self):
        for role in ROLES.values():
            self.psql(f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$")
        self.psql("DO $$ BEGIN GRANT tenure_app TO tenure_operator; EXCEPTION WHEN OTHERS THEN NULL; END $$")
        self.psql(f"CREATE DATABASE {self.database} OWNER tenure_owner")

    def psql(self, statement, database="postgres"):
        address = self.administrator.replace("///postgres?", f"///{database}?")
        subprocess.run(["psql", "-X", "-q", address, "-c", statement], check=True, capture_output=True)

    def address(self, role):
        return self.administrator.replace("///postgres?", f"///{self.database}?").replace("user=postgres", f"user={role}")

    def call(self, method, path, body=None, token=None):
        """The API, as other programs call it."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"{method} {path}: {refusal.read().decode()}") from None

    def sign_in(self, tenant, email, password):
        """A token for the API."""
        return self.call("POST", "/auth/login", {"tenantCode": tenant, "email": email, "password": password})["accessToken"]

    def mailed_link(self, recipient, page="reset-password"):
        """The link to the page from the newest mail to somebody."""

        def look():
            for mail in sorted((self.folder / "mail/new").glob("*"), key=lambda file: file.stat().st_mtime, reverse=True):
                text = mail.read_text().replace("=\n", "").replace("=3D", "=")
                if recipient in text and (link := re.search(rf"http://\S+/{page}#token=[\w-]+(&tenant=\w+)?", text)):
                    return link.group()

        return until(f"a mail to {recipient}", look)

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()
        self.psql(f"DROP DATABASE {self.database} WITH (FORCE)")
        shutil.rmtree(self.folder)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def until(what, ask, seconds=40):
    """Polls until there is an answer; fails after a limit."""
    end = time.monotonic() + seconds
    while True:
        try:
            if answer := ask():
                return answer
        except OSError:
            pass
        if time.monotonic() > end:
            raise AssertionError(f"Waited in vain for {what}.")
        time.sleep(0.05)
