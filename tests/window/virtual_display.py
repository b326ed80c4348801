"""An X server without a screen (Xvfb), real keys and a real mouse (xdotool), and what is on it."""
import atexit
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import time
import zlib

os.environ["LC_ALL"] = "C.UTF-8"  # whoever runs the tests may read another language
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="tcpstep-state-")  # and has sessions of his own
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)


def wait_for(condition, what, seconds=20.0):
    """Waits until condition() is true, and gives its value; fails after that many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s in vain: {what}")
        time.sleep(0.01)  # between two looks at the condition


class Picture:
    """Pixels as (red, green, blue), rows from the top."""

    def __init__(self, width, height, rows):
        self.width, self.height, self.rows = width, height, rows

    def pixel(self, x, y):
        return tuple(self.rows[y][3 * x:3 * x + 3])

    def places(self, colour, left=0, top=0, right=None, bottom=None, near=6):
        """Every (x, y) in the rectangle whose colour is that one, give or take `near`."""
        right = self.width if right is None else right
        bottom = self.height if bottom is None else bottom
        found = []
        for y in range(top, bottom):
            row = self.rows[y]
            for x in range(left, right):
                i = 3 * x
                if (abs(row[i] - colour[0]) <= near and abs(row[i + 1] - colour[1]) <= near
                        and abs(row[i + 2] - colour[2]) <= near):
                    found.append((x, y))
        return found

    def save(self, path):
        """As PNG, for a person to look at."""
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        raw = b"".join(b"\0" + bytes(row) for row in self.rows)
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        pathlib.Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
                                       + chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b""))


def read_png(path):
    """An 8-bit RGB PNG without interlacing, as the program writes."""
    data = pathlib.Path(path).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    at, packed, width, height = 8, b"", 0, 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (8, 2), (depth, colour)
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    raw = zlib.decompress(packed)
    rows, before, stride = [], bytearray(3 * width), 3 * width
    for y in range(height):
        start = y * (stride + 1)
        before = unfilter(raw[start], raw[start + 1:start + 1 + stride], before)
        rows.append(before)
    return Picture(width, height, rows)


def unfilter(kind, line, above):
    out = bytearray(line)
    if kind == 2:
        return bytearray((a + b) & 255 for a, b in zip(line, above))
    for i in range(len(out)):
        left = out[i - 3] if i >= 3 else 0
        if kind == 1:
            out[i] = (out[i] + left) & 255
        elif kind == 3:
            out[i] = (out[i] + (left + above[i]) // 2) & 255
        elif kind == 4:
            corner = above[i - 3] if i >= 3 else 0
            guess = left + above[i] - corner
            nearest = min((abs(guess - left), 0, left), (abs(guess - above[i]), 1, above[i]),
                          (abs(guess - corner), 2, corner))[2]
            out[i] = (out[i] + nearest) & 255
    return out


class VirtualDisplay:
    def __init__(self, width=1600, height=900):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tcpstep-xvfb-"))
        read, write = os.pipe()
        self.log = open(self.folder / "log", "w", encoding="utf-8")
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-fbdir", str(self.folder),
             "-nolisten", "tcp", "-noreset"], pass_fds=[write], stderr=self.log)
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start: " + (self.folder / "log").read_text(encoding="utf-8")
        self.name = f":{number}"
        # Whoever runs the tests has settings of his own, which nobody reads or writes here.
        self.config = self.folder / "config"

    def close(self):
        self.server.terminate()
        self.server.wait()
        self.log.close()
        shutil.rmtree(self.folder)

    def environment(self):
        return {**os.environ, "DISPLAY": self.name, "LIBGL_ALWAYS_SOFTWARE": "1",
                "XDG_CONFIG_HOME": str(self.config)}

    def fresh_config(self):
        """A folder for settings that nobody has changed yet."""
        return tempfile.mkdtemp(prefix="config-", dir=self.folder)

    def xdotool(self, *arguments):
        return subprocess.run(["xdotool", *map(str, arguments)], env=self.environment(), capture_output=True,
                              text=True, timeout=20).stdout.strip()

    def picture(self):
        """What is on the screen now: Xvfb keeps it in a file, in the format of xwd."""
        data = (self.folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", data[:100])
        header_size, width, height, stride, colours = header[0], header[4], header[5], header[12], header[19]
        start = header_size + 12 * colours
        rows = []
        for y in range(height):
            line = data[start + y * stride:start + y * stride + 4 * width]
            row = bytearray(3 * width)
            row[0::3], row[1::3], row[2::3] = line[2::4], line[1::4], line[0::4]
            rows.append(row)
        return Picture(width, height, rows)
