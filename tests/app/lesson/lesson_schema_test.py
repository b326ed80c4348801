"""Every shipped lesson, and the glossary, is valid by its schema, and the schema refuses what is broken."""
import json
import pathlib
import sys

import jsonschema

RULE = {"segment": {"from": "client", "flags": ["SYN"], "nth": 1}, "do": "drop"}

# What the schema refuses: where, and what is put there.
BROKEN = [
    ("order", 0),
    ("server", [{"call": "conect"}]),
    ("colour", "red"),
    ("title", {"zh": "标题"}),
    ("title", {"en": "A title", "zh": ""}),
    ("summary", {"en": "Two\nlines"}),
    ("client", [{"call": "socket"}]),
    ("client", [{"call": "setsockopt", "on": "s", "option": "SO_DEBUG", "value": 1}]),
    ("client", [{"call": "setsockopt", "on": "s", "option": "TCP_SYNCNT"}]),
    ("client", [{"call": "close", "on": "s", "address": "127.0.0.1:7000"}]),
    ("client", [{"call": "dup", "on": "s"}]),
    ("client", [{"call": "getsockname"}]),
    ("client", [{"call": "socket", "as": "s", "type": "raw"}]),
    ("client", [{"call": "socket", "as": "s", "family": "inet6"}]),
    ("client", [{"call": "connect", "on": "s", "path": "/tmp/s"}]),
    ("client", [{"call": "sendto", "on": "s"}]),
    ("client", [{"call": "send", "on": "s", "data": "stop!", "urgent": 1}]),
    ("client", [{"call": "recvfrom", "on": "s"}]),
    ("client", [{"call": "proc_net_tcp", "as": "s"}]),
    ("client", [{"call": "fork", "as": "c"}]),
    ("client", [{"call": "fork", "as": "c", "child": [{"call": "close"}]}]),
    ("client", [{"call": "waitpid"}]),
    ("client", [{"call": "exit", "status": 256}]),
    ("patience", {"claims": []}),
    ("patience", {"ends_with": {"client": "OPEN"}}),
    ("segments", "slow"),
    ("second_client", [{"call": "socket", "as": "s", "may_stay_blocked": "yes"}]),
    ("second_client", [{"call": "socket", "as": "s", "after": [{"endpoint": "server", "octets": 0}]}]),
    ("wire", [{"do": "drop"}]),
    ("wire", [{**RULE, "do": "lose"}]),
    ("wire", [{**RULE, "at_least_ms": -1}]),
    ("wire", [{**RULE, "after": [{"actor": "client"}]}]),
    ("wire", [{**RULE, "segment": {"flags": ["PSH", "ACK"]}}]),
    ("wire", [{**RULE, "segment": {"flags": []}}]),
    ("wire", [{**RULE, "segment": {"connection": 0}}]),
]

# Claims that the schema knows, and what it refuses of each: a field, and what is put there.
TELLS = {"id": "x", "text": {"en": "E"}}
CLAIMS = [
    ({"check": "equal", "right": 1, "left": {"sampled": "timer_ms", "endpoint": "client", "connection": 2, "at": {
        "segment": {}, "is": "sent"}}}, "left", {"sampled": "cwnd", "endpoint": "client", "at": {"icmp_error": {}}}),
    ({"check": "at_most", "right": 1000, "left": {"shortest": [{"from": {"icmp_error": {}}, "until": {"icmp_error": {}}}]}},
     "left", {"shortest": []}),
    ({"check": "equal", "right": 1, "left": {"datagram": {"nth": 3}, "field": "length"}},
     "left", {"datagram": {}, "field": "seq"}),
    ({"check": "equal", "right": 1, "left": {"segment": {}, "field": "timestamp_echo"}},
     "left", {"segment": {}, "field": "sackOK"}),
    ({"check": "equal", "right": 1, "left": {"actor": "client", "step": "s", "row": "client", "column": "tm->when"}},
     "left", {"actor": "client", "step": "s", "row": "client"}),
    ({"check": "column_is", "actor": "client", "step": "s", "row": "listener", "column": "st", "value": "0A"},
     "row", "accepted"),
    ({"check": "octets_are", "segment": {}, "field": "flags", "value": "02"}, "value", "2"),
    ({"check": "never", "moment": {"icmp_error": {"from": "server"}}}, "moment", {"icmp_error": {"type": 3}}),
]


BROKEN_ENTRY = [
    ("id", ""),
    ("posix", "a\nb"),
    ("moves", [{"from": "CLOSED", "to": "SYN-SENT"}]),
    ("moves", [{"from": "CLOSED"}]),
    ("sends", "PING"),
    ("rfc", "chapter 3"),
    ("does", {"en": "x"}),
    ("colour", "red"),
]


def check_glossary(assets) -> None:
    schema = json.loads((assets / "schema" / "tcpstep-glossary.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    glossary = json.loads((assets / "glossary.json").read_text())
    errors = [error.message for error in validator.iter_errors(glossary)]
    assert not errors, errors
    entry = glossary["entries"][1]
    for field, value in BROKEN_ENTRY:
        broken = {"entries": [{**entry, field: value}]}
        assert list(validator.iter_errors(broken)), f"the schema lets {field} = {value} pass in the glossary"
    bare = {"id": entry["id"], "does": entry["does"]}
    assert list(validator.iter_errors({"entries": [bare]})), "the schema lets an entry without any call pass"


def main() -> int:
    assets = pathlib.Path(sys.argv[1])
    schema = json.loads((assets / "schema" / "tcpstep-lesson.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    lessons = sorted((assets / "lessons").glob("*.json"))
    assert lessons, "no lessons"
    for path in lessons:
        lesson = json.loads(path.read_text())
        errors = [f"{path.name}: {error.message}" for error in validator.iter_errors(lesson)]
        assert not errors, errors
        for field, value in BROKEN:
            broken = {**lesson, "segments": "held", field: value}
            assert list(validator.iter_errors(broken)), f"{path.name}: the schema lets {field} = {value} pass"
        with_rule = {**lesson, "segments": "held", "wire": [RULE]}
        assert not list(validator.iter_errors(with_rule)), f"{path.name}: the schema refuses a rule"
        grown = {**lesson, "second_client": [{"call": "socket", "as": "s", "may_stay_blocked": True, "after": [
            {"endpoint": "server", "octets": 5}, {"endpoint": "client", "state": "CLOSED", "connection": 2}]}]}
        assert not list(validator.iter_errors(grown)), f"{path.name}: the schema refuses a second client"
        for claim, field, value in CLAIMS:
            right = {**TELLS, **claim}
            assert not list(validator.iter_errors({**lesson, "claims": [right]})), f"the schema refuses {right}"
            wrong = {**right, field: value}
            assert list(validator.iter_errors({**lesson, "claims": [wrong]})), f"the schema lets {wrong} pass"
        free = {**with_rule, "segments": "free"}
        assert list(validator.iter_errors(free)), f"{path.name}: the schema lets a rule pass in a free lesson"
    check_glossary(assets)
    print(f"{len(lessons)} lessons and the glossary are valid")
    return 0


sys.exit(main())
