#!/usr/bin/env python3
"""The schema's README tells every field of the schema where its event is told, every word that a field may be, and
has an example of every event, which the schema accepts.

usage: schema_readme_test.py SCHEMA README
"""

import json
import pathlib
import re
import sys
import unittest

sys.dont_write_bytecode = True  # nothing appears in the source tree
from validate_schema import Schema

SCHEMA, README = map(pathlib.Path, sys.argv[1:3])
DEFINITIONS = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
TEXT = README.read_text(encoding="utf-8")


def words(text):
    """What stands there as code: between ` and in indented lines."""
    code = re.findall(r"`[^`]*`", text) + re.findall(r"^    .*$", text, re.MULTILINE)
    return {word for piece in code for word in re.findall(r"[A-Za-z_][A-Za-z0-9_-]*", piece)}


def sections():
    """(heading, text) of each part; the examples at the end are nobody's explanation."""
    parts = re.split(r"^(##+ .*)$", TEXT, flags=re.MULTILINE)
    return [(heading, body) for heading, body in zip(parts[1::2], parts[2::2]) if "An example of each" not in heading]


def inside(schema, follow=True):
    """The schema and everything within it, through its references."""
    yield schema
    for key, value in schema.items():
        if key == "$ref" and follow:
            yield from inside(DEFINITIONS[value.removeprefix("#/$defs/")])
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from inside(each)


def fields(schema):
    return {name for part in inside(schema) for name in part.get("properties", {}) if isinstance(part["properties"], dict)}


def values(schema):
    constants = [part["const"] for part in inside(schema) if "const" in part]
    choices = [choice for part in inside(schema) for choice in part.get("enum", [])]
    return {value for value in constants + choices if isinstance(value, str)}


def events():
    """The name of each event, and the schema of its data."""
    for rule in DEFINITIONS["event"]["allOf"]:
        yield rule["if"]["properties"]["name"]["const"], rule["then"]["properties"]["data"]


class SchemaReadme(unittest.TestCase):
    def told(self, name):
        """What is told about an event: in every part that names it, and of all events."""
        parts = [heading + body for heading, body in sections()
                 if f"`{name}`" in heading + body or heading == "## An event"]
        self.assertGreater(len(parts), 1, f"{name} is not described")
        return words("\n".join(parts))

    def test_each_field_of_each_event(self):
        for name, data in events():
            with self.subTest(name):
                self.assertEqual(sorted(fields(data) - self.told(name)), [])

    def test_each_field_around_the_events(self):
        told = words("\n".join(heading + body for heading, body in sections()[:2]))
        for definition in ("contained_file", "sequential_header"):
            around = fields({**DEFINITIONS[definition]}) - {"data"}
            ours = {name for _, data in events() for name in fields(data)}
            self.assertEqual(sorted(around - ours - told), [], definition)

    def test_each_word_that_a_field_may_be(self):
        told = words("\n".join(body for _, body in sections()))
        for name, data in events():
            with self.subTest(name):
                self.assertEqual(sorted(value for value in values(data) if value not in told), [])

    def test_each_event_has_an_example_that_the_schema_accepts(self):
        schema = Schema(SCHEMA)
        examples = [json.loads(line) for line in re.findall(r'^    (\{"time":.*\})$', TEXT, re.MULTILINE)]
        self.assertEqual({name for name, _ in events()} - {example["name"] for example in examples}, set())
        for example in examples:
            self.assertEqual(list(schema.faults("event", example)), [], example)
            self.assertIn(example["name"], dict(events()))

    def test_a_field_that_is_missing_is_found(self):
        self.assertNotIn("no_such_field", self.told("tcp:segment_sent"))
        self.assertIn("retransmission_of", self.told("tcp:segment_sent"))
        self.assertNotIn("retransmission_of", self.told("kernel:socket_sampled"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
