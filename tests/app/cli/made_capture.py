"""Small capture files, made octet by octet: pcap of raw IP packets, with no library in between."""
import ipaddress
import struct

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
LINKTYPE_RAW = 101


def tcp_packet(source, destination, flags, seq, ack=0, payload=b"", protocol=6):
    """An IP packet between two (address, port)."""
    tcp = struct.pack("!HHIIBBHHH", source[1], destination[1], seq, ack, 5 << 4, flags, 502, 0, 0) + payload
    ends = [ipaddress.ip_address(address).packed for address in (source[0], destination[0])]
    if len(ends[0]) == 16:
        return struct.pack("!IHBB", 6 << 28, len(tcp), protocol, 64) + ends[0] + ends[1] + tcp
    return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 1, 0, 64, protocol, 0) + ends[0] + ends[1] + tcp


class MadeCapture:
    """Packets, a millisecond apart."""

    HEADER = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, LINKTYPE_RAW)

    def __init__(self):
        self.records = []

    def packet(self, octets, milliseconds=None):
        at = len(self.records) if milliseconds is None else milliseconds
        self.records.append(struct.pack("<IIII", 1_700_000_000 + at // 1000, at % 1000 * 1000, len(octets), len(octets))
                            + octets)
        return self

    def segment(self, source, destination, *what, **more):
        return self.packet(tcp_packet(source, destination, *what, **more))

    def handshake(self, client, server):
        self.segment(client, server, SYN, 1000)
        self.segment(server, client, SYN | ACK, 5000, 1001)
        return self.segment(client, server, ACK, 1001, 5001)

    def conversation(self, client, server):
        """A handshake, 5 octets, and a close, the client first."""
        self.handshake(client, server)
        self.segment(client, server, PSH | ACK, 1001, 5001, payload=b"hello")
        self.segment(server, client, ACK, 5001, 1006)
        self.segment(client, server, FIN | ACK, 1006, 5001)
        self.segment(server, client, ACK, 5001, 1007)
        self.segment(server, client, FIN | ACK, 5001, 1007)
        return self.segment(client, server, ACK, 1007, 5002)

    def octets(self):
        return self.HEADER + b"".join(self.records)
