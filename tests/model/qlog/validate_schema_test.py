#!/usr/bin/env python3
"""The schema must refuse what is wrong: each mutation of a good trace gives a fault at its place.

usage: validate_schema_test.py SCHEMA FOLDER   (of the samples)
"""

import copy
import json
import pathlib
import sys

sys.dont_write_bytecode = True  # nothing appears in the source tree
from validate_schema import Schema

REMOVE = object()

# Which event (the first of its name), the way to the member, the wrong value.
EVENT_MUTATIONS = [
    ("tcp:segment_sent", ["time"], -1),
    ("tcp:segment_sent", ["time"], "0"),
    ("tcp:segment_sent", ["name"], REMOVE),
    ("tcp:segment_sent", ["data"], REMOVE),
    ("tcp:segment_sent", ["group_id"], "127.0.0.1-127.0.0.1:8000"),
    ("tcp:segment_sent", ["group_id"], "10.0.0.1:1-10.0.0.2:2#1"),
    ("tcp:segment_sent", ["data", "id"], 0),
    ("tcp:segment_sent", ["data", "from"], "Client"),
    ("tcp:segment_sent", ["data", "seq"], 4294967296),
    ("tcp:segment_sent", ["data", "seq"], "7"),
    ("tcp:segment_sent", ["data", "flags"], ["SYN", "SYN"]),
    ("tcp:segment_sent", ["data", "flags"], ["NS"]),
    ("tcp:segment_sent", ["data", "flags"], ["ACK"]),  # and no ack
    ("tcp:segment_sent", ["data", "window"], 65536),
    ("tcp:segment_sent", ["data", "options", 0, "kind"], "unheard-of"),
    ("tcp:segment_sent", ["data", "options", 0, "value"], 65536),
    ("tcp:segment_sent", ["data", "options", 3, "blocks", 0, "left"], REMOVE),
    ("tcp:segment_sent", ["data", "raw", "data"], "abc"),
    ("tcp:segment_held", ["data", "id"], REMOVE),
    ("tcp:segment_held", ["data", "pass_ms"], "400"),
    ("tcp:segment_held_back", ["data", "id"], REMOVE),
    ("tcp:segment_held_back", ["data", "behind"], 0),
    ("tcp:segment_sent", ["data", "copy_of"], 0),
    ("tcp:segment_delivered", ["data", "id"], 1.5),
    ("tcp:segment_delivered", ["data", "generation"], 0),
    ("tcp:segment_dropped", ["data"], 1),
    ("tcp:segment_duplicated", ["data", "copy"], REMOVE),
    ("tcp:segment_injected", ["data", "length"], REMOVE),
    ("tcp:state_updated", ["data", "old"], "SYN-SENT"),
    ("tcp:state_updated", ["data", "new"], REMOVE),
    ("tcp:state_updated", ["data", "source"], "guessed"),
    ("tcp:state_updated", ["data", "trigger"], REMOVE),
    ("tcp:state_updated", ["data", "certainty"], "likely"),
    ("tcp:state_updated", ["data", "reason"], 7),
    ("tcp:state_updated", ["data", "sentence"], None),
    ("sys:call_entered", ["data", "arguments", "b"], 1.5),
    ("sys:call_returned", ["data", "result"], None),
    ("sys:call_returned", ["data", "value"], 5),
    ("sys:call_returned", ["data", "address"], 5),
    ("sys:call_returned", ["data", "datagram_length"], -1),
    ("udp:datagram_sent", ["data", "length"], REMOVE),
    ("udp:datagram_sent", ["data", "source"], "10.0.0.1"),
    ("icmp:error_sent", ["data", "code"], 256),
    ("icmp:error_sent", ["data", "destination"], REMOVE),
    ("kernel:socket_sampled", ["data", "state"], "SYN_RECV"),
    ("kernel:listener_sampled", ["data", "backlog"], -1),
    ("capture:segments_lost", ["data", "total"], "many"),
    ("lesson:claim_checked", ["data", "claim"], REMOVE),
    ("lesson:claim_checked", ["data", "holds"], "yes"),
    ("lesson:claim_checked", ["data", "evidence"], REMOVE),
    ("lesson:claim_checked", ["data", "evidence", "seen"], 3),
    ("lesson:claim_checked", ["data", "evidence", "seen", 0, "event"], REMOVE),
    ("lesson:claim_checked", ["data", "evidence", "seen", 0, "segment"], 0),
    ("lesson:prediction_checked", ["data", "question"], "what"),
    ("lesson:prediction_checked", ["data", "choices"], ["SYN_RCVD"]),
    ("lesson:prediction_checked", ["data", "choices", 0], 7),
    ("lesson:prediction_checked", ["data", "answer"], REMOVE),
    ("lesson:prediction_checked", ["data", "right"], "no"),
    ("simulation:scenario", ["data", "gated"], 1),
    ("simulation:scenario", ["data", "server"], "8000"),
    ("simulation:scenario", ["data", "tcp"], "no"),
    ("simulation:marker", ["data", "message"], REMOVE),
]

FILE_MUTATIONS = [
    (["file_schema"], "urn:ietf:params:qlog:file:sequential"),
    (["serialization_format"], "application/json"),
    (["traces"], []),
    (["traces", 0, "events"], REMOVE),
    (["traces", 0, "event_schemas"], ["urn:x-tcpstep:qlog:events:tcp-2"]),
    (["traces", 0, "common_fields", "time_format"], "relative_to_previous_event"),
    (["traces", 0, "common_fields", "reference_time", "epoch"], "yesterday"),
    (["traces", 0, "vantage_point", "type"], REMOVE),
]


def mutate(value, way, wrong):
    value = copy.deepcopy(value)
    around = value
    for step in way[:-1]:
        around = around[step]
    if wrong is REMOVE:
        del around[way[-1]]
    else:
        around[way[-1]] = wrong
    return value


def main():
    schema = Schema(sys.argv[1])
    folder = pathlib.Path(sys.argv[2])
    good = json.loads((folder / "every_fact.qlog").read_text(encoding="utf-8"))
    events = good["traces"][0]["events"]
    accepted = []
    for name, way, wrong in EVENT_MUTATIONS:
        event = next(each for each in events if each["name"] == name)
        assert not list(schema.faults("event", event)), f"{name} is not good to begin with"
        if not list(schema.faults("event", mutate(event, way, wrong))):
            accepted.append((name, way, wrong))
    for way, wrong in FILE_MUTATIONS:
        if not list(schema.faults("contained_file", mutate(good, way, wrong))):
            accepted.append((way, wrong))

    sequential = (folder / "every_fact.sqlog").read_text(encoding="utf-8")
    for what, text in (("cut short", sequential[:-1]),
                       ("no schema of ours", sequential.replace("events:tcp-1", "events:tcp-2")),
                       ("a wrong record", sequential.replace('"id":1,', '"id":-1,', 1))):
        if not list(schema.faults_of_text(text)):
            accepted.append(what)

    # By what another program groups its events is its own affair.
    refused = []
    for group in ("g", {"x": 1}, None, 7):
        stranger = {"time": 0, "name": "tcp:weird", "group_id": group}
        refused += schema.faults("event", stranger)
        ours = next(each for each in events if each["name"] == "tcp:segment_dropped")
        if not list(schema.faults("event", {**ours, "group_id": group})):
            accepted.append(("group_id", group))

    for each in accepted:
        print("the schema accepts:", each)
    for each in refused:
        print("the schema refuses:", each)
    return 1 if accepted or refused else 0


if __name__ == "__main__":
    sys.exit(main())
