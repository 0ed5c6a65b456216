#!/usr/bin/env python3
"""Lays out what the fuzz targets begin with: the project's own examples and the texts of its conformance data.

    python3 fuzz/seeds.py

writes `fuzz/corpus/TARGET/`, where `cargo fuzz run TARGET` looks for it and adds what it finds.
"""

import gzip
import hashlib
import json
import re
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
ROOT = FUZZ.parent
LONGEST = 16_384


def conformance(name):
    with gzip.open(ROOT / "testdata/conformance" / name, "rt", encoding="utf-8", errors="surrogatepass") as lines:
        return [line for line in lines if line.strip()]


def texts_of(name):
    """Only the texts: some of what they come to nests deeper than this language reads."""
    texts = (re.search(r'"text": ("(?:[^"\\]|\\.)*")', line) for line in conformance(name))
    return [json.loads(text[1]).encode(errors="surrogatepass") for text in texts if text]


def manifests():
    paths = (path for path in (ROOT / "testdata").rglob("*") if path.suffix in {".yaml", ".yml", ".json"})
    texts = [path.read_bytes() for path in sorted(paths)]
    for page in sorted((ROOT / "rules").glob("*.md")):
        blocks = re.findall(r"^```(?:yaml|json)\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)
        texts += [block.encode() for block in blocks]
    return texts


def hostile():
    return [path.read_bytes() for path in sorted((ROOT / "testdata/hostile").rglob("*")) if path.is_file()]


def schedules():
    said = re.findall(r"""schedule: *['"]?([^'"\n}]+)['"]?""", "\n".join(text.decode(errors="replace") for text in manifests()))
    said += ["@every 1h30m", "@hourly", "TZ=Europe/Berlin 30 2 * * *", "*/7 1-5,9 L 2 MON-FRI", "0 0 30 2 *", "59 23 31 12 7"]
    zones = ["", "Etc/UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "nowhere"]
    return [
        f"{schedule}\n{zones[number % len(zones)]}\n2026-03-2{number % 10}T00:00:00Z".encode()
        for number, schedule in enumerate(sorted(set(said)))
    ]


def reviews():
    spec = {"user": "system:serviceaccount:ci:deployer", "groups": ["system:authenticated"]}
    spec["resourceAttributes"] = {"verb": "patch", "group": "apps", "resource": "deployments", "namespace": "shop"}
    kind = {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview"}
    one = json.dumps({**kind, "spec": spec})
    url = json.dumps({**kind, "spec": {"user": "jane", "nonResourceAttributes": {"path": "/metrics", "verb": "get"}}})
    listed = json.dumps({"apiVersion": "v1", "kind": "List", "items": [json.loads(one), json.loads(url)]}, indent=1)
    yaml = "# a\napiVersion: authorization.k8s.io/v1\nkind: SubjectAccessReview\nspec:\n  user: jane\n---\n" + one
    return [text.encode() for text in (one, url, f"{one}\n{url}\n", listed, yaml)]


def configurations():
    pages = "\n".join(path.read_text() for path in sorted((ROOT / "docs").glob("*.md")))
    blocks = re.findall(r"^```yaml\n(.*?)^```", pages, re.MULTILINE | re.DOTALL)
    return [(ROOT / "testdata/configured/rolecall.yaml").read_bytes(), *(block.encode() for block in blocks)]


def main():
    texts = texts_of("yaml.jsonl.gz")
    lines = [path.read_bytes().splitlines() for path in sorted((ROOT / "testdata/audit").glob("*.jsonl"))]
    logs = [line.encode() for line in conformance("audit.jsonl.gz")[:400]] + [line for log in lines for line in log]
    seeds = {
        "reader": texts + manifests() + hostile(),
        "lint": manifests() + hostile() + texts[::4],
        "fixes": manifests() + hostile(),
        "schedules": schedules(),
        "configuration": configurations() + texts[::8],
        "access_tests": configurations() + [path.read_bytes() for path in ROOT.glob("testdata/tested/*.yaml")],
        "reviews": reviews() + texts[::8],
        "audit": logs,
    }
    for target, inputs in seeds.items():
        directory = FUZZ / "corpus" / target
        directory.mkdir(parents=True, exist_ok=True)
        for text in inputs:
            if len(text) <= LONGEST:
                (directory / hashlib.sha1(text).hexdigest()).write_bytes(text)


if __name__ == "__main__":
    main()
