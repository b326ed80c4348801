"""The page that plays a trace, in a real browser: what it shows is what the trace says.

    page_test.py PROGRAM FOLDER_FOR_PICTURES [CLASS[.test]]...
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import unittest

import chromium

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
PICTURES = pathlib.Path(sys.argv[2])
LESSONS = pathlib.Path(__file__).resolve().parents[2] / "assets/lessons"
LAPTOP, PHONE = (1440, 900), (390, 844)
ENDS = ("client", "server")

folder = None
browser = None


def run(*arguments, **how):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=60, **how)


def trace_of(lesson):
    """What a run of it leaves, held and stepped by its own script."""
    path = folder / f"{lesson}.qlog"
    if not path.exists():
        done = run("run", lesson, "--hold", "--auto", "--quiet", "--json", path, stdin=subprocess.DEVNULL)
        if done.returncode == 3:
            raise unittest.SkipTest(done.stderr.decode())
        assert done.returncode == 0, done.stderr.decode()
    return path


def page_of(trace, *options):
    path = trace.with_suffix(".html")
    done = run("export", trace, "--to", "html", "-o", path, *options)
    assert done.returncode == 0, done.stderr.decode()
    return path


def capture_of(name, connections, segments):
    """A pcap of so many connections, each of a handshake, `segments` of data with their answers, and a close."""
    path = folder / f"{name}.pcap"
    records = bytearray(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
    at = 1_700_000_000_000_000

    def send(source, target, seq, ack, flags, data=b""):
        nonlocal at
        at += 1370
        ends = bytes([10, 0, 0, 1 if target == 80 else 2, 10, 0, 0, 2 if target == 80 else 1])
        packet = struct.pack("!BBHHHBBH", 0x45, 0, 40 + len(data), 1, 0x4000, 64, 6, 0) + ends
        packet += struct.pack("!HHIIBBHHH", source, target, seq, ack, 0x50, flags, 64240, 0, 0) + data
        records.extend(struct.pack("<IIII", at // 10**6, at % 10**6, len(packet), len(packet)) + packet)

    for port in range(40000, 40000 + connections):
        send(port, 80, 1000, 0, 2)
        send(80, port, 5000, 1001, 18)
        send(port, 80, 1001, 5001, 16)
        for i in range(segments):
            send(port, 80, 1001 + i, 5001, 24, b"x")
            send(80, port, 5001, 1002 + i, 16)
        send(port, 80, 1001 + segments, 5001, 17)
        send(80, port, 5001, 1002 + segments, 17)
        send(port, 80, 1002 + segments, 5002, 16)
    path.write_bytes(records)
    return path


def states_in(trace):
    """Both ends' states after each number of facts, as the trace tells them."""
    states = ["UNKNOWN", "UNKNOWN"]
    after = [list(states)]
    for event in json.loads(trace.read_text())["traces"][0]["events"]:
        data = event["data"]
        if event["name"] == "tcp:state_updated" and data["source"] == "inferred":
            states[ENDS.index(data["endpoint"])] = data["new"]
            after[-1] = list(states)
        else:
            if event["name"] == "simulation:scenario":
                states = ["CLOSED", "CLOSED"]
            after.append(list(states))
    return after


class PageTest(unittest.TestCase):
    tab = None

    def open(self, path, size=LAPTOP, touch=False):
        self.tab = browser.open(path, *size, touch)
        return self.tab

    def tearDown(self):
        if self.tab is None:
            return
        self.assertEqual(self.tab.complaints(), [], "the console is silent")
        self.assertEqual([url for url in self.tab.requests() if not url.startswith(("data:", "blob:"))],
                         [self.tab.url], "nothing else was asked for")
        self.tab.close()

    def frame(self):
        return int(self.tab.get("document.body.dataset.frame"))

    def shown_states(self):
        """As each of three places on the page has them: title, ladder, the lit node of the figure."""
        return self.tab.get("""['client', 'server'].map((end) => {
            const section = document.getElementById(end);
            const lit = [...section.querySelectorAll('.figure .current')].filter((one) => one.getBoundingClientRect().width > 0);
            return [section.dataset.state, document.querySelector(`.head.${end} .state`).textContent,
                    lit.map((one) => one.dataset.state).join()];
        })""")

    def assert_fits(self):
        self.assertLessEqual(self.tab.get("document.documentElement.scrollWidth"),
                             self.tab.get("document.documentElement.clientWidth"), "nothing hangs out at the side")


class States(PageTest):
    """At every step, forward and back, both ends are in the states that the trace tells."""

    @staticmethod
    def places(state, frame):
        return [state, state if frame else "", "" if state == "UNKNOWN" else state]

    def check(self, lesson):
        trace = trace_of(lesson)
        tab = self.open(page_of(trace))
        told = states_in(trace)
        positions = tab.get("JSON.parse(document.getElementById('data').textContent).connections[0].frames.map((f) => f.position)")
        self.assertGreater(len(positions), 8)
        self.assertEqual(positions[-1], len(told) - 1, "the last frame shows all that there is")
        for frame in range(len(positions)):
            self.assertEqual(self.frame(), frame)
            for end, places in enumerate(self.shown_states()):
                self.assertEqual(places, self.places(told[positions[frame]][end], frame), f"frame {frame}, {ENDS[end]}")
            tab.key("ArrowRight")
        self.assertEqual(self.frame(), len(positions) - 1, "at the end it stays")
        for frame in reversed(range(len(positions) - 1)):
            tab.key("ArrowLeft")
            self.assertEqual(self.frame(), frame)
            for end, places in enumerate(self.shown_states()):
                self.assertEqual(places, self.places(told[positions[frame]][end], frame), f"back at frame {frame}, {ENDS[end]}")

    def test_handshake(self):
        self.check("handshake")

    def test_four_way_close(self):
        self.check("four-way-close")

    def test_lost_syn(self):
        self.check("lost-syn")

    def test_simultaneous_open(self):
        self.check("simultaneous-open")


class Ladder(PageTest):
    def words(self):
        return self.tab.get("""[...document.querySelectorAll('#rungs text')]
            .filter((one) => one.getBoundingClientRect().width > 0).map((one) => one.textContent)""")

    def test_grows_with_the_steps_and_shrinks_again(self):
        tab = self.open(page_of(trace_of("handshake")))
        before = self.words()
        self.assertNotIn("SYN", before)
        tab.key("End")
        self.assertTrue({"SYN", "SYN, ACK", "ACK", "connect() = 0"} <= set(self.words()), self.words())
        tab.key("Home")
        self.assertEqual(self.words(), before)

    def test_what_is_held_stands_in_a_box_and_what_comes_next_is_foretold(self):
        tab = self.open(page_of(trace_of("handshake")))
        seen, held = set(), []
        while tab.get("document.body.dataset.frame != document.getElementById('scrub').max"):
            tab.key("ArrowRight")
            seen.update(self.words())
            held += tab.get("""[...document.querySelectorAll('#rungs rect[stroke="var(--c19)"] + text')]
                .filter((one) => one.getBoundingClientRect().width > 0).map((one) => one.textContent)""")
        self.assertEqual([text for i, text in enumerate(held) if held[i - 1] != text or i == 0],
                         ["SYN", "SYN, ACK", "ACK"])
        self.assertIn("next: SYN, ACK", seen)

    def test_keeps_what_happens_now_in_sight(self):
        tab = self.open(page_of(trace_of("four-way-close")), PHONE, touch=True)
        last = int(tab.get("document.getElementById('scrub').max"))
        for _ in range(last):
            tab.key("ArrowRight")
            inside = tab.get("""(() => {
                const now = [...document.querySelectorAll('#rungs > g:first-child rect')].find((one) => one.getBoundingClientRect().width > 0);
                if (!now) return true;
                const box = now.getBoundingClientRect(), paper = document.getElementById('paper').getBoundingClientRect();
                return box.top >= paper.top && box.bottom <= paper.bottom;
            })()""")
            self.assertTrue(inside, f"frame {self.frame()}")

    def test_an_arrow_that_is_touched_is_inspected(self):
        tab = self.open(page_of(trace_of("handshake")), PHONE, touch=True)
        tab.key("End")
        shown = tab.get("document.getElementById('segment').dataset.segment")
        self.assertEqual(shown, "3")
        tab.get("document.getElementById('paper').scrollTop = 0")
        x, y = tab.place("#rungs [data-segment='1'] line")
        tab.tap_at(x, y + 6)  # beside the line: a finger is wider
        tab.wait("document.getElementById('segment').dataset.segment === '1'")
        self.assertIn("SYN", tab.get("document.getElementById('segment-title').textContent"))
        tab.key("ArrowLeft")
        self.assertNotEqual(tab.get("document.getElementById('segment').dataset.segment"), "1", "a step forgets it")


class Keys(PageTest):
    def test_do_what_they_do_in_the_window(self):
        tab = self.open(page_of(trace_of("handshake")))
        last = int(tab.get("document.getElementById('scrub').max"))
        for key, frame in [(".", 1), ("PageDown", 2), ("ArrowRight", 3), (",", 2), ("PageUp", 1), ("ArrowLeft", 0),
                           ("ArrowLeft", 0), ("End", last), ("5", round(last / 2)), ("0", 0), ("9", round(last * .9)),
                           ("Home", 0)]:
            tab.key(key)
            self.assertEqual(self.frame(), frame, key)

    def test_space_plays_and_pauses_and_a_step_by_hand_pauses(self):
        tab = self.open(page_of(trace_of("handshake")))
        for _ in range(3):
            tab.key(">")
        self.assertEqual(tab.get("document.getElementById('speed').textContent"), "8×")
        tab.key(" ")
        self.assertEqual(tab.get("document.getElementById('told').getAttribute('aria-live')"), "off")
        tab.wait("Number(document.body.dataset.frame) >= 3")
        tab.key(" ")
        self.assertFalse(tab.get("document.body.classList.contains('playing')"))
        tab.key(" ")
        tab.key("Home")
        self.assertFalse(tab.get("document.body.classList.contains('playing')"))
        tab.key(" ")
        tab.wait("document.body.dataset.frame === document.getElementById('scrub').max")
        self.assertFalse(tab.get("document.body.classList.contains('playing')"), "it stops at the end")
        for _ in range(9):
            tab.key("<")
        self.assertEqual(tab.get("document.getElementById('speed').textContent"), "0.25×")

    def test_theme_language_more_events_help(self):
        tab = self.open(page_of(trace_of("handshake"), "--theme", "dark"))
        background = "getComputedStyle(document.body).backgroundColor"
        dark = tab.get(background)
        tab.key("t")
        self.assertEqual(tab.get("document.documentElement.dataset.theme"), "light")
        self.assertNotEqual(tab.get(background), dark)
        tab.key("t")
        self.assertEqual(tab.get(background), dark)
        tab.key("End")
        sentence = tab.get("document.getElementById('told').textContent")
        tab.key("z")
        self.assertEqual(tab.get("document.documentElement.lang"), "zh-Hans")
        self.assertNotEqual(tab.get("document.getElementById('told').textContent"), sentence)
        self.assertIn("客户端", tab.get("document.getElementById('events').textContent"))
        tab.key("z")
        self.assertEqual(tab.get("document.getElementById('told').textContent"), sentence)
        tab.key("6")
        tab.key("m")
        self.assertIn("RFC 9293", tab.get("document.getElementById('more').innerText"))
        tab.key("e")
        self.assertEqual(tab.get("document.getElementById('events-button').getAttribute('aria-expanded')"), "true")
        tab.key("Escape")
        self.assertEqual(tab.get("document.getElementById('events-button').getAttribute('aria-expanded')"), "false")
        tab.key("?")
        self.assertTrue(tab.get("document.getElementById('keys').open"))
        tab.key("?")
        self.assertFalse(tab.get("document.getElementById('keys').open"))

    def test_the_lessons_story_is_told_in_both_languages(self):
        lesson = json.loads((LESSONS / "handshake.json").read_text())
        told = {language: [passage["text"][language] for passage in lesson["story"]] for language in ("en", "zh")}
        tab = self.open(page_of(trace_of("handshake")))
        story = "(document.getElementById('story') || {}).textContent"
        seen = []
        for _ in range(int(tab.get("document.getElementById('scrub').max")) + 1):
            english = tab.get(story)
            self.assertIn(english, told["en"])
            seen.append(told["en"].index(english))
            tab.key("z")
            self.assertEqual(tab.get(story), told["zh"][seen[-1]])
            tab.key("z")
            tab.key("ArrowRight")
        self.assertEqual(seen, sorted(seen), "it goes on with the run")
        self.assertEqual((seen[0], seen[-1]), (0, len(told["en"]) - 1))

    def test_help_has_the_keys_that_the_page_has(self):
        tab = self.open(page_of(trace_of("handshake")))
        tab.key("?")
        listed = tab.get("[...document.querySelectorAll('#keys dt')].map((one) => one.textContent)")
        for keys in ("N", "+   -", "W", "I", "B", "M", "E", "T", "Z", "?", "Esc"):
            self.assertIn(keys, listed)
        self.assertNotIn("[   ]", listed, "there is one connection only")

    def test_numbers_relative_and_raw(self):
        tab = self.open(page_of(trace_of("handshake")))
        tab.key("End")
        words = "[...document.querySelectorAll('#rungs text')].map((one) => one.textContent).join()"
        relative = tab.get(words)
        first = json.loads(trace_of("handshake").read_text())
        iss = next(one["data"]["seq"] for one in first["traces"][0]["events"] if one["name"] == "tcp:segment_sent")
        self.assertNotIn(str(iss), relative)
        tab.key("n")
        self.assertIn(str(iss), tab.get(words))
        self.assertEqual(tab.get("document.getElementById('numbers').getAttribute('aria-pressed')"), "true")
        tab.click("#numbers")
        self.assertEqual(tab.get(words), relative)

    def test_the_axis_of_time_changes_and_what_happens_stays_in_sight(self):
        tab = self.open(page_of(trace_of("handshake")))
        tab.key("End")
        height = "document.getElementById('rungs').getBoundingClientRect().height"
        button = "document.getElementById('axis').textContent"
        seen = {}
        for _ in range(3):
            seen[tab.get(button)] = tab.get(height)
            self.assertTrue(tab.get("""(() => {
                const paper = document.getElementById('paper').getBoundingClientRect();
                return [...document.querySelectorAll('#rungs .segment')].some((one) => {
                    const box = one.getBoundingClientRect();
                    return box.width > 0 && box.bottom > paper.top && box.top < paper.bottom;
                });
            })()"""), tab.get(button))
            tab.key("a")
        self.assertEqual(len(seen), 3)
        self.assertGreater(len(set(seen.values())), 1, seen)
        self.assertIn(tab.get(button), seen, "and it begins anew")
        tab.key("n")
        tab.key("z")
        self.assertNotIn(tab.get(button), seen, "in the other language")
        tab.get("document.getElementById('axis').click()")
        tab.key("z")
        self.assertEqual(tab.get(button), list(seen)[1])

    def test_zoom_follow_inspector_blank(self):
        tab = self.open(page_of(trace_of("four-way-close")))
        tab.key("End")
        size = "document.getElementById('rungs').clientWidth"
        top = "document.getElementById('paper').scrollTop"
        normal, there = tab.get(size), tab.get(top)
        self.assertFalse(self.seen("#follow"))
        tab.key("+")
        self.assertGreater(tab.get(size), 1.2 * normal)
        self.assertTrue(self.seen("#follow"))
        tab.click("#smaller")
        tab.key("-")
        self.assertLess(tab.get(size), normal)
        tab.click("#follow")
        self.assertEqual(tab.get(size), normal)
        x, y = tab.place("#paper")
        tab.call("Input.dispatchMouseEvent", type="mouseWheel", x=x, y=y, deltaX=0, deltaY=-5000)
        tab.wait(f"{top} === 0")
        tab.key("ArrowLeft")
        self.assertEqual(tab.get(top), 0, "who looks elsewhere stays there")
        self.assertTrue(self.seen("#follow"))
        tab.key("ArrowRight")
        tab.key("w")
        self.assertEqual(tab.get(top), there)
        self.assertTrue(self.seen("#segment"))
        tab.key("i")
        self.assertFalse(self.seen("#segment"))
        tab.click("#inspector")
        self.assertTrue(self.seen("#segment"))
        tab.key("b")
        self.assertEqual(tab.get("document.elementFromPoint(300, 300).id"), "blank")
        tab.key("b")
        self.assertFalse(self.seen("#blank"))
        tab.click("#blank-button")
        tab.click_at(300, 300)
        self.assertFalse(self.seen("#blank"))

    def seen(self, selector):
        return self.tab.get(f"document.querySelector({json.dumps(selector)}).getBoundingClientRect().width > 0")

    def test_a_button_that_has_the_focus_is_pressed_by_space(self):
        tab = self.open(page_of(trace_of("handshake")))
        tab.get("document.getElementById('step').focus()")
        tab.key(" ")
        self.assertEqual(self.frame(), 1)
        self.assertFalse(tab.get("document.body.classList.contains('playing')"))


class Touch(PageTest):
    def test_every_control_is_reached_by_a_finger(self):
        tab = self.open(page_of(trace_of("four-way-close")), PHONE, touch=True)
        self.assert_fits()
        for button, frame in [("#step", 1), ("#step", 2), ("#back", 1), ("#end", None), ("#home", 0)]:
            tab.tap(button)
            if frame is None:
                tab.wait("document.body.dataset.frame === document.getElementById('scrub').max")
            else:
                tab.wait(f"document.body.dataset.frame === '{frame}'")
        tab.tap("#faster")
        tab.wait("document.getElementById('speed').textContent === '2×'")
        tab.tap("#play")
        tab.wait("Number(document.body.dataset.frame) >= 2")
        tab.tap("#play")
        tab.wait("!document.body.classList.contains('playing')")
        x, y = tab.place("#scrub")
        tab.tap_at(x, y)
        last = int(tab.get("document.getElementById('scrub').max"))
        tab.wait(f"Math.abs(document.body.dataset.frame - {last / 2}) <= 1")
        tab.tap("#language")
        tab.wait("document.documentElement.lang === 'zh-Hans'")
        self.assert_fits()
        tab.tap("#theme")
        tab.wait("document.documentElement.dataset.theme === 'dark'")

    def test_targets_are_as_large_as_a_finger(self):
        tab = self.open(page_of(trace_of("handshake")), PHONE, touch=True)
        small = tab.get("""[...document.querySelectorAll('header button, footer button')].filter((one) => {
            const box = one.getBoundingClientRect();
            return one.getBoundingClientRect().width > 0 && (box.width < 30 || box.height < 40);
        }).map((one) => one.id)""")
        self.assertEqual(small, [])

    def test_no_button_breaks_its_words(self):
        for width in (320, 360, 390):
            tab = self.open(page_of(trace_of("four-way-close")), (width, 740), touch=True)
            high = tab.get("""[...document.querySelectorAll('header button')].filter((one) => {
                const text = document.createRange();
                text.selectNodeContents(one);
                return one.textContent && text.getBoundingClientRect().height > 1.8 * parseFloat(getComputedStyle(one).fontSize);
            }).map((one) => one.id)""")
            self.assertEqual(high, [], width)
            self.assert_fits()
            tab.key("z")
            self.assert_fits()
            tab.picture(PICTURES / f"page-{width}.png")
            tab.close()
        self.tab = None

    def test_the_narrowest_phone_does_not_scroll_sideways(self):
        tab = self.open(page_of(trace_of("four-way-close")), (320, 640), touch=True)
        self.assertLessEqual(tab.get("document.documentElement.scrollWidth"), 320)
        beyond = tab.get("""[...document.querySelectorAll('button, output, select')].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (box.right > 320.5 || box.left < 0);
        }).map((one) => one.id)""")
        self.assertEqual(beyond, [])


class Mouse(PageTest):
    def test_events_and_calls_lead_to_their_moment_and_fields_to_their_meaning(self):
        tab = self.open(page_of(trace_of("handshake")))
        tab.click("#end")
        tab.click("#events-button")
        tab.click("#events li:nth-child(5) button")
        self.assertEqual(self.frame(), 5)
        self.assertEqual(tab.get("document.querySelector('#events [aria-current]').closest('li').previousSibling"
                                 ".textContent"), tab.get("document.querySelector('#events li:nth-child(4)').textContent"))
        tab.click("#events-button")
        tab.click("#end")
        tab.click("#server .calls li:nth-child(1) button")
        self.assertLess(self.frame(), 5)
        tab.click("#end")
        tab.click("#rows button[aria-label^='Version']")
        self.assertIn("RFC 791", tab.get("document.getElementById('card').textContent"))
        self.assertEqual(tab.get("document.querySelectorAll('#hex .chosen').length"), 1)
        tab.click("#hex span:nth-child(13)")
        self.assertIn("127.0.0.1", tab.get("document.getElementById('card').textContent"))


class StateCard(PageTest):
    """What a click on a state of the figure tells."""

    def card(self):
        return self.tab.get("document.getElementById('card-of-state').innerText")

    def test_tells_when_it_was_entered_and_left_and_why(self):
        trace = trace_of("handshake")
        tab = self.open(page_of(trace))
        tab.click("#client .node[data-state='SYN_SENT']")
        self.assertIn("Not entered yet", self.card())
        positions = tab.get("JSON.parse(document.getElementById('data').textContent).connections[0].frames.map((f) => f.position)")
        told = [states[0] for states in states_in(trace)]
        shown = [told[position] for position in positions]
        entered = shown.index("SYN_SENT")
        left = entered + [state == "SYN_SENT" for state in shown[entered:]].index(False)
        for _ in range(entered):
            tab.key("ArrowRight")
        self.assertIn("entered", self.card())
        self.assertNotIn("left", self.card())
        tab.key("End")
        self.assertIn("left", self.card())
        self.assertIn("snd SYN", self.card())
        tab.click("#card-of-state li:nth-child(2) button")
        self.assertEqual(self.frame(), left)
        tab.key("Escape")
        self.assertFalse(tab.get("document.getElementById('card-of-state').open"))
        tab.click("#server .node[data-state='TIME_WAIT']")
        self.assertIn("Never entered", self.card())
        tab.key("z")
        self.assertIn("TIME_WAIT", self.card())
        self.assertNotIn("Never entered", self.card())
        tab.click("#state-close")
        tab.get("document.querySelector('.head.client .state').focus()")
        tab.key(" ")
        self.assertTrue(tab.get("document.getElementById('card-of-state').open"), "the keyboard comes there, too")

    def test_by_finger(self):
        tab = self.open(page_of(trace_of("handshake")), PHONE, touch=True)
        tab.tap("#end")
        tab.get("document.getElementById('client').scrollIntoView()")
        tab.tap("#client .node[data-state='ESTABLISHED']")
        tab.wait("document.getElementById('card-of-state').open")
        self.assertIn("ESTABLISHED", self.card())
        self.assert_fits()
        tab.picture(PICTURES / "page-card-390.png")
        tab.tap("#state-close")
        tab.wait("!document.getElementById('card-of-state').open")


class Connections(PageTest):
    def address(self):
        return self.tab.get("document.querySelector('#client .address').textContent")

    def test_are_chosen_from_a_list_or_by_keys(self):
        tab = self.open(page_of(capture_of("five", 5, 2), "--connection", "2"))
        self.assertEqual(self.address(), "10.0.0.1:40001")
        tab.key("End")
        tab.key("]")
        self.assertEqual((self.address(), self.frame()), ("10.0.0.1:40002", 0))
        tab.key("End")
        self.assertEqual(tab.get("document.getElementById('server').dataset.state"), "CLOSED")
        for _ in range(5):
            tab.key("[")
        self.assertEqual(self.address(), "10.0.0.1:40000")
        self.assertEqual(tab.get("document.getElementById('connections').options.length"), 5)
        tab.get("""(() => { const list = document.getElementById('connections');
            list.value = '4'; list.dispatchEvent(new Event('change')); })()""")
        self.assertEqual(self.address(), "10.0.0.1:40004")
        self.assertIn("5", tab.get("document.getElementById('connection').textContent"))
        tab.key("z")
        self.assertEqual(self.address(), "10.0.0.1:40004")
        self.assert_fits()
        tab.picture(PICTURES / "page-connections.png")
        tab.close()
        tab = self.open(page_of(capture_of("five", 5, 2)), PHONE, touch=True)
        self.assert_fits()
        tab.picture(PICTURES / "page-connections-390.png")

    def test_says_where_it_stops(self):
        tab = self.open(page_of(capture_of("many", 33, 0)))
        self.assertIn("32 of the trace's 33", tab.get("document.getElementById('connections').textContent"))


class Unknown(PageTest):
    def test_events_of_other_programs_are_listed_with_their_data(self):
        log = json.loads(trace_of("handshake").read_text())
        events = log["traces"][0]["events"]
        group = next(event["group_id"] for event in events if "group_id" in event)
        events.insert(40, {"time": events[40]["time"], "name": "vendor:none", "data": {"alpha": "<b>1"}})
        events.insert(41, {"time": events[41]["time"], "name": "vendor:one", "group_id": group, "data": {"alpha": 2}})
        trace = folder / "unknown.qlog"
        trace.write_text(json.dumps(log))
        tab = self.open(page_of(trace))
        notes = tab.get("[...document.querySelectorAll('#events .note')].map((one) => one.textContent)")
        self.assertEqual(notes, ['An event this version does not know: vendor:none.  {"alpha":"<b>1"}',
                                 'An event this version does not know: vendor:one.  {"alpha":2}'])


class Long(PageTest):
    """Of some thousand steps no more is in the document than can be looked at."""

    def test_goes_through_a_long_trace(self):
        segments = 255
        tab = self.open(page_of(capture_of("long", 1, segments)))
        last = int(tab.get("document.getElementById('scrub').max"))
        self.assertGreater(last, 2 * segments)
        pieces = "document.querySelectorAll('#rungs > g > g').length"
        for key in ("5", "End", "Home", "9"):
            tab.key(key)
            self.assertLess(tab.get(pieces), 1000)
            self.assertTrue(tab.get("""(() => {
                const paper = document.getElementById('paper').getBoundingClientRect();
                return [...document.querySelectorAll('#rungs .segment')].some((one) => {
                    const box = one.getBoundingClientRect();
                    return box.width > 0 && box.top >= paper.top && box.bottom <= paper.bottom;
                }) || document.body.dataset.frame === '0';
            })()"""), key)
        begun = time.monotonic()
        for _ in range(20):
            tab.key("ArrowLeft")
        self.assertLess(time.monotonic() - begun, 20)
        tab.get("document.getElementById('paper').scrollTop = 0")
        tab.wait("[...document.querySelectorAll('#rungs text')].some((one) => one.textContent === 'SYN')")
        for button in ("numbers", "axis"):
            self.assertFalse(tab.get(f"document.getElementById('{button}').getBoundingClientRect().width > 0"),
                             "so long a page has one kind of numbers, and one axis")

    def test_a_long_list_of_events_is_whole_and_quick(self):
        tab = self.open(page_of(capture_of("longest", 1, 740)))
        rows = tab.get("document.querySelectorAll('#events li').length")
        self.assertGreater(rows, 1480)
        tab.get("document.getElementById('events-button').click()")
        tab.key("9")
        self.assertTrue(tab.get("""(() => {
            const row = document.querySelector('#events [aria-current]').getBoundingClientRect();
            const list = document.getElementById('events').getBoundingClientRect();
            return row.height > 0 && row.top >= list.top && row.bottom <= list.bottom;
        })()"""))
        heard = [node for node in tab.call("Accessibility.getFullAXTree")["nodes"]
                 if not node["ignored"] and node["role"]["value"] == "button"]
        self.assertGreater(len(heard), rows, "a screen reader has them all, in sight or not")
        each = tab.get("""(() => {
            const began = performance.now();
            for (let i = 0; i < 50; i++) {
                document.getElementById('back').click();
                document.body.offsetHeight;
            }
            return (performance.now() - began) / 50;
        })()""")
        self.assertLess(each, 100, "milliseconds a step")
        self.assertEqual(tab.get("document.querySelectorAll('#events [aria-current]').length"), 1)


class Titles(PageTest):
    def test_stand_in_both_languages(self):
        tab = self.open(page_of(trace_of("four-way-close")))
        english = tab.get("[document.getElementById('title').textContent, document.getElementById('told').textContent]")
        self.assertEqual(english[0], "The four-way close")
        tab.key("z")
        chinese = tab.get("[document.getElementById('title').textContent, document.getElementById('told').textContent]")
        lesson = json.loads((pathlib.Path(__file__).resolve().parents[2] / "assets/lessons/four-way-close.json").read_text())
        self.assertEqual(chinese, [lesson["title"]["zh"], lesson["summary"]["zh"]])
        self.assertEqual(tab.get("document.title"), lesson["title"]["zh"])


class Saving(PageTest):
    def check(self, trace, *options):
        tab = self.open(page_of(trace, *options))
        downloads = pathlib.Path(tempfile.mkdtemp(dir=folder))
        browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
        tab.click("#save")
        end = time.monotonic() + chromium.PATIENCE
        while not (saved := list(downloads.glob("*.qlog"))):
            self.assertLess(time.monotonic(), end, "nothing was saved")
            tab.get("1")
        whole = run("export", trace, "--to", "qlog").stdout
        while saved[0].stat().st_size < len(whole) and time.monotonic() < end:
            tab.get("1")
        self.assertEqual(saved[0].read_bytes(), whole)

    def test_gives_the_trace_octet_for_octet(self):
        self.check(trace_of("four-way-close"))

    def test_of_a_part_gives_the_whole(self):
        self.check(trace_of("four-way-close"), "--from-step", "5", "--to-step", "9")
        self.assertEqual(self.tab.get("document.getElementById('scrub').max"), "5")
        self.assertIn("4", self.tab.get("document.getElementById('count').textContent"))
        self.assertIn("events 5 to 9 of", self.tab.get("document.getElementById('connection').textContent"))
        self.assertIn("whole", self.tab.get("document.getElementById('save').textContent"), "and says so")

    def test_a_part_begins_with_the_states_in_which_it_begins(self):
        tab = self.open(page_of(trace_of("four-way-close"), "--from-step", "12", "--to-step", "14"))
        self.assertEqual(self.frame(), 0)
        states = self.shown_states()
        for in_title, above_ladder, lit in states:
            self.assertEqual((above_ladder, lit), (in_title, in_title))
        self.assertEqual(tab.get("[...document.querySelectorAll('.head .state')].filter((one) => "
                                 "one.getBoundingClientRect().width > 0).length"), 2)

    def test_and_nothing_in_a_trace_becomes_part_of_the_page(self):
        evil = "</script><script>window.broken=1</script><!--<script>&lt;&amp;\\u003c\"'<img src=http://[::1]/ onerror=broken=1>"
        log = json.loads(trace_of("handshake").read_text())
        log["title"] = log["description"] = log["traces"][0]["title"] = evil
        for event in log["traces"][0]["events"]:
            data = event["data"]
            for key in ("title", "text", "text_zh", "message"):
                if isinstance(data.get(key), str):
                    data[key] += evil
        trace = folder / "evil.qlog"
        trace.write_text(json.dumps(log))
        self.check(trace)
        self.tab.key("End")
        self.assertIsNone(self.tab.get("window.broken"))
        self.assertEqual(self.tab.get("document.scripts.length"), 3)
        self.assertIn("</script>", self.tab.get("document.querySelector('h1').textContent"))


class WithoutTcp(PageTest):
    def test_udp_has_calls_and_datagrams_but_no_states(self):
        tab = self.open(page_of(trace_of("udp")))
        tab.key("End")
        self.assertEqual(tab.get("document.getElementById('client').dataset.state"), "")
        self.assertIn("no TCP", tab.get("document.getElementById('client').innerText"))
        self.assertIn("UDP", tab.get("document.getElementById('rungs').textContent"))


class ScreenReader(PageTest):
    def test_hears_every_event_and_every_button(self):
        tab = self.open(page_of(trace_of("handshake")))
        nodes = [node for node in tab.call("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]

        def names(role):
            return [node["name"]["value"] for node in nodes if node["role"]["value"] == role]

        self.assertEqual([name for name in names("button") if not name.strip()], [], "every button has a name")
        rows = [name for name in names("button") if "SYN" in name and "client" in name]
        self.assertTrue(rows, "the list of events tells of the SYN though it is not open")
        changes = " ".join(names("button"))
        self.assertIn("client: CLOSED → SYN_SENT", changes)
        self.assertEqual(tab.get("document.getElementById('told').getAttribute('aria-live')"), "polite")
        tab.key("End")
        slider = [node for node in tab.call("Accessibility.getFullAXTree")["nodes"]
                  if node.get("role", {}).get("value") == "slider"]
        said = [one["value"]["value"] for one in slider[0]["properties"] if one["name"] == "valuetext"]
        self.assertIn("event 19 of 19", str(said) + str(tab.get("document.getElementById('scrub').ariaValueText")))


class Sizes(PageTest):
    """Nothing hangs out at the side; and the pictures are to be looked at."""

    def check(self, lesson, size, theme):
        for language in ("en", "zh"):
            tab = self.open(page_of(trace_of(lesson), "--theme", theme, "--lang", language), size, size == PHONE)
            self.assertEqual(tab.get("document.documentElement.lang"), "zh-Hans" if language == "zh" else "en")
            for frame in ("0", "6", "9"):
                tab.key(frame)
                self.assert_fits()
                tab.picture(PICTURES / f"page-{lesson}-{size[0]}-{theme}-{language}-{frame}.png")
            tab.close()

    def test_laptop(self):
        for lesson in ("handshake", "four-way-close"):
            self.check(lesson, LAPTOP, "dark")
        self.check("lost-syn", (1280, 720), "light")

    def test_phone(self):
        for lesson in ("four-way-close", "udp"):
            self.check(lesson, PHONE, "light")
        self.check("lost-syn", PHONE, "dark")
        self.check("four-way-close", (320, 640), "light")

    def test_tablet_and_projector(self):
        self.check("handshake", (820, 1180), "light")
        self.check("handshake", (1920, 1080), "light")

    def tearDown(self):
        self.assertEqual(self.tab.complaints(), [])


class Network(unittest.TestCase):
    def test_is_out_of_reach_even_for_its_own_script(self):
        tab = browser.open(page_of(trace_of("handshake")), *LAPTOP)
        self.assertEqual(tab.get("fetch('http://127.0.0.1:9/').then(() => 'sent', (e) => e.name)"), "TypeError")
        tab.wait("true")
        self.assertTrue(any("Content Security Policy" in text for text in tab.complaints()), tab.complaints())
        tab.close()


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    if chromium.find() is None:
        print("no Chromium here: apt-get install chromium", file=sys.stderr)
        sys.exit(77)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = pathlib.Path(made)
        browser = chromium.Chromium(folder / "profile")
        try:
            result = unittest.main(argv=[sys.argv[0], *sys.argv[3:]], exit=False, verbosity=2).result
        finally:
            browser.close()
    sys.exit(0 if result.wasSuccessful() else 1)
