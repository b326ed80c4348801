#!/usr/bin/env python3
"""Checks traces against the JSON Schema, with a library that is not ours.

usage: validate_schema.py SCHEMA FILE...    (a folder stands for the traces in it)

Prints each fault with its place; exit status 1 if there is any, 2 on wrong usage. Both forms are
told apart by their first byte, as tcpstep does.
"""

import json
import pathlib
import sys

import jsonschema

RECORD_SEPARATOR = "\x1e"


class Schema:
    def __init__(self, path):
        self.whole = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(self.whole)
        self.validators = {name: self._validator(name)
                           for name in ("contained_file", "sequential_header", "event")}

    def _validator(self, name):
        """One of the schema's $defs; the others stay within its reach."""
        return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": self.whole["$defs"]})

    def faults(self, name, value):
        for error in self.validators[name].iter_errors(value):
            place = "/" + "/".join(str(step) for step in error.absolute_path)
            yield f"{place}: {error.message[:200]}"

    def faults_of_text(self, text):
        """All faults of a trace in either form."""
        if not text.startswith(RECORD_SEPARATOR):
            yield from self.faults("contained_file", json.loads(text))
            return
        if not text.endswith("\n"):
            yield "the last record is cut short"
        for number, record in enumerate(text.split(RECORD_SEPARATOR)[1:], start=1):
            name = "sequential_header" if number == 1 else "event"
            for fault in self.faults(name, json.loads(record)):
                yield f"record {number}: {fault}"


def traces(paths):
    for path in map(pathlib.Path, paths):
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.suffix in (".qlog", ".sqlog"))
        else:
            yield path


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    schema = Schema(sys.argv[1])
    checked = faulty = 0
    for path in traces(sys.argv[2:]):
        checked += 1
        faults = list(schema.faults_of_text(path.read_text(encoding="utf-8")))
        faulty += bool(faults)
        for fault in faults:
            print(f"{path}: {fault}")
    print(f"{checked} traces, {faulty} with faults")
    if checked == 0:
        print("there was nothing to check", file=sys.stderr)
        return 2
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
