"""Rules in a server under load: what an operation waits for one, and what hostile ones do to everybody else."""

import glob
import os
import re
import statistics
import subprocess
import threading
import urllib.request

from load import FOLDER as BENCHMARKS

RULE = f"{BENCHMARKS}/rule.lua"
HOSTILE = sorted(glob.glob(f"{BENCHMARKS}/../../Tests/RulesTests/Hostile/*.lua"))


def source(path):
    with open(path) as file:
        return file.read()


def publish(admin, name, text, event):
    script = admin.post("/admin/scripts", {"name": name, "kind": "rule", "source": text})["id"]
    admin.post("/admin/scripts/dry-run", {"source": text, "event": event})
    admin.post(f"/admin/scripts/{script}/publish")


def microseconds_of_plain_lua():
    runs = [subprocess.run(["lua5.4", f"{BENCHMARKS}/plain_rule.lua", RULE], check=True, capture_output=True, text=True).stdout for _ in range(3)]
    return statistics.median(map(float, runs))


class Waits:
    """What operations waited for rules since it was made, from the server's own histogram."""

    def __init__(self, server):
        self.server = server
        self.before = self.read()

    def read(self):
        text = urllib.request.urlopen(self.server.url("/metrics")).read().decode()
        return [(float(bound), int(count)) for bound, count in re.findall(r'tenure_rules_wait_seconds_bucket\{le="([\d.]+|\+Inf)"\} (\d+)', text)]

    def milliseconds(self, share):
        """The quantile, in a straight line within its bucket."""
        before = dict(self.before)
        counts = [(bound, count - before.get(bound, 0)) for bound, count in self.read()]
        wanted, low, below = counts[-1][1] * share, 0.0, 0
        for bound, count in counts:
            if count >= wanted:
                return 1000 * (low if bound == float("inf") else low + (bound - low) * (wanted - below) / max(1, count - below))
            low, below = bound, count


class Storm:
    """One tenant's hostile rules, dry and live, all the time."""

    HANDS = 3

    def __init__(self, admin):
        self.admin, self.isOver, self.count = admin, threading.Event(), 0
        self.drafts = [dry_run(path) for path in HOSTILE]

    def __enter__(self):
        self.threads = [threading.Thread(target=self.rage, args=(hand,)) for hand in range(self.HANDS)]
        for thread in self.threads:
            thread.start()
        return self

    def rage(self, number):
        while not self.isOver.is_set():
            attempt(self.admin, self.drafts[number % len(self.drafts)])
            number += self.HANDS
            self.count += 1

    def __exit__(self, *_):
        self.isOver.set()
        for thread in self.threads:
            thread.join()


def dry_run(path):
    text = source(path).replace('on("e"', 'on("application.tagged"').replace('before("e"', 'before("application.status_changing"')
    return {"source": text, "event": "application.status_changing" if "before(" in text else "application.tagged"}


def attempt(admin, draft):
    # What does not even load is refused; what finds no runner is told to wait.
    admin.call("POST", "/admin/scripts/dry-run", draft, wanted=(200, 400, 422, 503))


def hostile_in_a_row(server, admin, count):
    """Resident MiB of the server and of its runners, before and after so many hostile dry runs."""
    drafts = [dry_run(path) for path in HOSTILE]
    for draft in drafts[:40]:
        attempt(admin, draft)
    first = server.memory()
    for number in range(count):
        attempt(admin, drafts[number % len(drafts)])
    return first, server.memory()

