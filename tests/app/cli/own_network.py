"""A network of a test's own, and real connections in it."""
import ctypes
import fcntl
import os
import pathlib
import socket
import struct

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def enter_network_of_own():
    """This process, and what it starts, is root in a user and network namespace, with `lo` up."""
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return os.strerror(ctypes.get_errno())
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
        pathlib.Path("/proc/self", name).write_text(text)
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", 0x41))  # SIOCSIFFLAGS, IFF_UP
    return None


class Conversation:
    """A real connection between two sockets of this process."""

    def __init__(self, family=socket.AF_INET, port=0):
        host = "127.0.0.1" if family == socket.AF_INET else "::1"
        self.listener = socket.socket(family)
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind((host, port))
        self.listener.listen()
        self.client = socket.socket(family)
        self.client.connect(self.listener.getsockname()[:2])
        self.server, _ = self.listener.accept()

    @property
    def port(self):
        return self.listener.getsockname()[1]

    def close(self):
        self.client.close()
        self.server.recv(1)
        self.server.close()
        self.listener.close()
