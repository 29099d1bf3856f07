"""Load on the server by wrk and on PostgreSQL by pgbench, and what they say."""

import os
import re
import subprocess
from dataclasses import dataclass

FOLDER = os.path.dirname(os.path.abspath(__file__))
SCRATCH = os.environ.get("TENURE_BENCH_FOLDER", "/tmp")


@dataclass
class Load:
    rate: float  # requests or transactions a second
    p99: float  # milliseconds
    refused: int  # answers that are not 2xx, and broken connections


def wrk(url, script, connections, seconds, **variables):
    environment = os.environ | {name.upper(): str(value) for name, value in variables.items()}
    command = ["wrk", "--latency", "-t", str(min(2, connections)), "-c", str(connections), "-d", f"{seconds}s", "-s", f"{FOLDER}/{script}", url]
    text = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    figures = dict(re.findall(r"^figure (\w+) ([\d.]+)$", text, re.MULTILINE))
    return Load(float(figures["rate"]), float(figures["p99"]), int(figures["refused"]))


def pgbench(url, connections, seconds, *options):
    command = ["pgbench", "-n", "-M", "prepared", "-c", str(connections), "-j", str(min(2, connections)), "-T", str(seconds), *options, url]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    failed = re.search(r"number of failed transactions: (\d+)", text)
    return Load(float(re.search(r"tps = ([\d.]+)", text).group(1)), 0, int(failed.group(1)) if failed else 0)


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
    path = f"{SCRATCH}/statements.sql"
    with open(path, "w") as file:
        file.write("\n".join(lines + ["\\endpipeline"]) + "\n")
    return path, options
