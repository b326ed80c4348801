"""Another program on the display: it pastes what was copied, and drops files (XDND 5, libX11)."""
import ctypes
import struct
import time

CLIENT_MESSAGE, SELECTION_REQUEST, SELECTION_NOTIFY = 33, 30, 31
LONG = ctypes.c_ulong


class XClient:
    def __init__(self, display):
        self.x = ctypes.CDLL("libX11.so.6")
        for name, result, *arguments in (
                ("XOpenDisplay", ctypes.c_void_p, ctypes.c_char_p), ("XDefaultRootWindow", LONG, ctypes.c_void_p),
                ("XInternAtom", LONG, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int),
                ("XCreateSimpleWindow", LONG, ctypes.c_void_p, LONG, *[ctypes.c_int] * 2, *[ctypes.c_uint] * 3, LONG, LONG),
                ("XConvertSelection", ctypes.c_int, ctypes.c_void_p, *[LONG] * 5),
                ("XSetSelectionOwner", ctypes.c_int, ctypes.c_void_p, *[LONG] * 3),
                ("XGetSelectionOwner", LONG, ctypes.c_void_p, LONG),
                ("XChangeProperty", ctypes.c_int, ctypes.c_void_p, *[LONG] * 3, ctypes.c_int, ctypes.c_int,
                 ctypes.c_char_p, ctypes.c_int),
                ("XGetWindowProperty", ctypes.c_int, ctypes.c_void_p, LONG, LONG, ctypes.c_long, ctypes.c_long,
                 ctypes.c_int, LONG, *[ctypes.c_void_p] * 5),
                ("XSendEvent", ctypes.c_int, ctypes.c_void_p, LONG, ctypes.c_int, ctypes.c_long, ctypes.c_char_p),
                ("XPending", ctypes.c_int, ctypes.c_void_p), ("XFlush", ctypes.c_int, ctypes.c_void_p),
                ("XNextEvent", ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p),
                ("XCloseDisplay", ctypes.c_int, ctypes.c_void_p)):
            function = getattr(self.x, name)
            function.restype, function.argtypes = result, arguments
        self.display = self.x.XOpenDisplay(display.encode())
        assert self.display, f"no display {display}"
        root = self.x.XDefaultRootWindow(self.display)
        self.window = self.x.XCreateSimpleWindow(self.display, root, 0, 0, 1, 1, 0, 0, 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.x.XCloseDisplay(self.display)

    def atom(self, name):
        return self.x.XInternAtom(self.display, name.encode(), 0)

    def next_event(self, wanted, seconds=10.0):
        """The next event of one of those types, as its octets; None if none comes in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.x.XPending(self.display):
                time.sleep(0.005)  # between two looks
                continue
            event = ctypes.create_string_buffer(192)
            self.x.XNextEvent(self.display, event)
            if struct.unpack_from("i", event.raw)[0] in wanted:
                return event.raw
        return None

    def pasted(self):
        """What stands in the clipboard; "" if nothing."""
        clipboard, text, place = self.atom("CLIPBOARD"), self.atom("UTF8_STRING"), self.atom("TCPSTEP_TEST")
        if not self.x.XGetSelectionOwner(self.display, clipboard):
            return ""
        self.x.XConvertSelection(self.display, clipboard, text, place, self.window, 0)
        told = self.next_event({SELECTION_NOTIFY})
        if told is None or struct.unpack_from("L", told, 56)[0] == 0:
            return ""
        kind, form, count, rest = LONG(), ctypes.c_int(), LONG(), LONG()
        data = ctypes.c_void_p()
        self.x.XGetWindowProperty(self.display, self.window, place, 0, 1 << 20, 1, 0, *map(
            ctypes.byref, (kind, form, count, rest, data)))
        return ctypes.string_at(data, count.value).decode()

    def set_resources(self, text):
        """What xrdb sets for every program: "Xft.dpi: 144"."""
        root = self.x.XDefaultRootWindow(self.display)
        self.x.XChangeProperty(self.display, root, self.atom("RESOURCE_MANAGER"), self.atom("STRING"), 8, 0,
                               text.encode(), len(text))
        self.x.XFlush(self.display)

    def message(self, window, name, *data):
        event = struct.pack("iLiPLLi5l", CLIENT_MESSAGE, 0, 1, self.display, window, self.atom(name), 32, *data)
        self.x.XSendEvent(self.display, window, 0, 0, event.ljust(192, b"\0"))
        self.x.XFlush(self.display)

    def drop(self, window, path, x=100, y=300):
        """Drops a file onto the window, as a file manager does; waits until it was taken."""
        selection, kind = self.atom("XdndSelection"), self.atom("text/uri-list")
        self.x.XSetSelectionOwner(self.display, selection, self.window, 0)
        self.message(window, "XdndEnter", self.window, 5 << 24, kind, 0, 0)
        self.message(window, "XdndPosition", self.window, 0, x << 16 | y, 0, self.atom("XdndActionCopy"))
        assert self.next_event({CLIENT_MESSAGE}), "no XdndStatus"
        self.message(window, "XdndDrop", self.window, 0, 0, 0, 0)
        asked = self.next_event({SELECTION_REQUEST})
        assert asked, "nobody asks for the file"
        requestor, _, target, place, moment = struct.unpack_from("5L", asked, 40)
        uri = f"file://{path}\r\n".encode()
        self.x.XChangeProperty(self.display, requestor, place, target, 8, 0, uri, len(uri))
        told = struct.pack("iLiPLLLLL", SELECTION_NOTIFY, 0, 1, self.display, requestor, selection, target, place, moment)
        self.x.XSendEvent(self.display, requestor, 0, 0, told.ljust(192, b"\0"))
        self.x.XFlush(self.display)
        assert self.next_event({CLIENT_MESSAGE}), "no XdndFinished"
