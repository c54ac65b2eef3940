"""Adds what is embedded and no Go module to a bill of materials: bom.py BOM package-lock.json

The packages of the lock file that are not for development alone are listed with the
hash that the lock file pins. Sorted, so that the same inputs give the same bytes.
"""

import base64
import json
import sys
from urllib.parse import quote


def components(lock):
    for path, package in sorted(lock["packages"].items()):
        if not path or package.get("dev"):
            continue
        name = path.removeprefix("node_modules/")
        purl = f"pkg:npm/{quote(name, safe='/')}@{package['version']}"
        algorithm, digest = package["integrity"].split("-", 1)
        if algorithm != "sha512":
            sys.exit(f"{path}: {algorithm} is not sha512")
        yield {
            "bom-ref": purl,
            "type": "library",
            "name": name,
            "version": package["version"],
            "hashes": [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}],
            "licenses": [{"license": {"id": package["license"]}}],
            "purl": purl,
        }


def main(bom_path, lock_path):
    with open(bom_path) as f:
        bom = json.load(f)
    with open(lock_path) as f:
        embedded = list(components(json.load(f)))
    bom["components"] += embedded
    root = bom["metadata"]["component"]["bom-ref"]
    depends = {d["ref"]: d for d in bom["dependencies"]}
    depends[root].setdefault("dependsOn", []).extend(c["bom-ref"] for c in embedded)
    bom["dependencies"] += [{"ref": c["bom-ref"]} for c in embedded]
    json.dump(bom, sys.stdout, indent=2, ensure_ascii=False)
    print()


main(*sys.argv[1:])
