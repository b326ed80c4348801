"""Reads a packetdrill script as packetdrill's own parser does, as far as tcpstep writes it: options,
then events with their times; what it would refuse is a ValueError.
"""
import re

CALLS = set("""socket bind listen accept connect read recv recvfrom write send sendto close shutdown
    setsockopt getsockopt""".split())
OPTIONS = {"ip_version", "bind_port", "connect_port", "mtu", "tolerance_usecs"}
TIME = r"\+\d+\.\d{6}"
EVENT = re.compile(rf"(?P<time>{TIME}|\+0)(?:\.\.\.(?P<until>\d+\.\d{{6}}))? (?P<action>.+)")
# Letters are one word; the dot for ACK may only follow it.
SEGMENT = re.compile(r"(?P<way>[<>]) (?P<flags>[FSRPUEWA]+\.?|\.|-) (?P<first>\d+):(?P<end>\d+)\((?P<length>\d+)\)"
                     r"(?: ack (?P<ack>\d+))? win (?P<window>\d+)(?: <(?P<options>[^<>]+)>)?")
DATAGRAM = re.compile(r"[<>] udp \(\d+\)|[<>] icmp unreachable port_unreachable \[udp \(\d+\)\]")
CALL = re.compile(r"(?P<name>[a-z]+)\((?P<arguments>.*)\) = (?P<result>-?\d+)(?: (?P<error>E[A-Z]+) \([A-Za-z0-9 ]+\))?")
ARGUMENT = re.compile(r"\.\.\.|-?\d+|[A-Z][A-Z_]*|\[-?\d+\]|\{onoff=\d+, linger=\d+\}")
OPTION = {r"mss (\d+)": 4, r"wscale \d+": 3, r"sackOK": 2, r"TS val \d+ ecr \d+": 10, r"nop": 1, r"eol": 1}


def option_octets(option):
    for form, octets in OPTION.items():
        if re.fullmatch(form, option):
            return octets
    if re.fullmatch(r"sack( \d+:\d+)+", option):
        return 2 + 8 * option.count(":")
    raise ValueError(f"no option of packetdrill's: {option}")


def check_segment(found):
    first, end, length = (int(found[name]) for name in ("first", "end", "length"))
    if end != first + length or end >= 1 << 32 or length >= 1 << 16 or int(found["window"]) >= 1 << 16:
        raise ValueError(f"numbers: {found[0]}")
    octets = sum(option_octets(option) for option in (found["options"] or "").split(",") if option)
    if octets % 4 or octets > 40:
        raise ValueError(f"options of {octets} octets: {found[0]}")
    if ("." in found["flags"]) != (found["ack"] is not None):
        raise ValueError(f"ack: {found[0]}")


def check_call(found):
    if found["name"] not in CALLS:
        raise ValueError(f"no call of packetdrill's: {found[0]}")
    rest = found["arguments"]
    while rest:
        argument = ARGUMENT.match(rest)
        if not argument:
            raise ValueError(f"argument: {rest}")
        rest = rest[argument.end():]
        if rest:
            if not rest.startswith(", "):
                raise ValueError(f"between arguments: {rest}")
            rest = rest[2:]
    if (found["result"] == "-1") != (found["error"] is not None):
        raise ValueError(f"result: {found[0]}")


class Kernel:
    """What the socket under test has got up to a line, as far as that decides whether a call comes back at once. A
    call without an end holds packetdrill up until it returns: it must not need anything that stands behind it."""

    def __init__(self):
        self.syn = self.established = self.fin = self.reset = False
        self.accepted = self.octets = 0
        self.datagrams = set()

    def arrives(self, found):
        flags = found["flags"]
        self.syn |= "S" in flags
        self.reset |= "R" in flags
        if not self.syn or "S" in flags or "R" in flags:
            return
        # Each for itself, whatever its numbers: that errs on the side of the script.
        self.established = True
        self.octets += int(found["length"])
        self.fin |= "F" in flags

    def waits(self, call, later):
        """`later`: the actions behind it."""
        name, result, arguments = call["name"], int(call["result"]), call["arguments"]
        if "SOCK_DGRAM" in arguments:
            self.datagrams.add(call["result"])
        self.fin |= name == "shutdown" and "SHUT_WR" not in arguments
        if arguments.split(",")[0] in self.datagrams:
            return False
        if name == "connect":  # its own SYN, and what becomes of it
            return any(action.startswith("> S") for action in later)
        if name == "accept" and result >= 0:
            self.accepted += 1
            return self.accepted > self.established
        if name in ("read", "recv", "recvfrom"):
            self.octets -= max(0, result)
            return (result > 0 and self.octets < 0 or result == 0 and not self.fin
                    or call["error"] == "ECONNRESET" and not self.reset)
        return False


def check_ends(lines):
    """A call that waits for what stands behind it says until when."""
    kernel = Kernel()
    for number, (action, until) in enumerate(lines):
        segment, call = SEGMENT.fullmatch(action), CALL.fullmatch(action)
        if segment and segment["way"] == "<":
            kernel.arrives(segment)
        elif call and kernel.waits(call, [later for later, _ in lines[number + 1:]]) and not until:
            raise ValueError(f"it waits for what follows, and has no end: {action}")


def read_script(text):
    """(options, [(seconds since the line before, action)])"""
    options, events, ends = {}, [], []
    if not text.endswith("\n"):
        raise ValueError("a comment ends with its line")
    for line in text.splitlines():
        line = re.sub(r"\s*//.*", "", line)
        if not line:
            continue
        option = re.fullmatch(r"--([a-z_]+)=(\w+)", line)
        if option:
            if option[1] not in OPTIONS or events:
                raise ValueError(f"option: {line}")
            options[option[1]] = option[2]
            continue
        event = EVENT.fullmatch(line)
        if not event:
            raise ValueError(f"no event: {line}")
        action = event["action"]
        segment, call = SEGMENT.fullmatch(action), CALL.fullmatch(action)
        if segment:
            check_segment(segment)
        elif call:
            check_call(call)
        elif not DATAGRAM.fullmatch(action):
            raise ValueError(f"no action: {action}")
        if event["until"] and not (call and float(event["until"]) >= float(event["time"])):
            raise ValueError(f"until: {line}")
        if not events and float(event["time"]) != 0:
            raise ValueError("the first event is at time 0")
        events.append((float(event["time"]), action))
        ends.append((action, event["until"]))
    check_ends(ends)
    # One descriptor opens and closes after the other, and none is used that is not open.
    opened = set()
    for _, action in events:
        call = CALL.fullmatch(action)
        if not call:
            continue
        if call["name"] != "socket":
            fd = call["arguments"].split(",")[0]
            if fd not in opened:
                raise ValueError(f"not open: {action}")
            if call["name"] == "close":
                opened.remove(fd)
        if call["name"] in ("socket", "accept") and call["result"] != "-1":
            if call["result"] in opened:
                raise ValueError(f"open already: {action}")
            opened.add(call["result"])
    return options, events
