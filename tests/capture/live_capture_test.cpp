#include "capture/live_capture.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <set>
#include <variant>
#include <vector>

#include <poll.h>

#include "capture/mark_socket.hpp"
#include "capture/packet_builder.hpp"
#include "tests/capture/frame.hpp"
#include "tests/capture/in_private_network.hpp"
#include "tests/capture/loopback.hpp"

namespace tcpstep::capture {
namespace {

using std::chrono::milliseconds;

model::Time now() {
    return std::chrono::system_clock::now();
}

struct Seen {
    model::Time time;
    Packet packet;
};

/// A capture, and what it has handed over.
class Watch {
  public:
    explicit Watch(const std::string& filter = "tcp", Marked marked = Marked::Seen)
        : capture(LiveCapture::open("lo", filter, marked).value()) {}

    void drain() {
        count += capture
                     .drain([this](model::Time time, Decoded decoded) {
                         if (auto* packet = std::get_if<Packet>(&decoded)) {
                             seen.push_back({time, std::move(*packet)});
                         }
                     })
                     .value();
    }

    /// Drains until that many packets have come, each time the descriptor says that there is one.
    bool until(std::size_t packets) {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (drain(), count < packets) {
            if (std::chrono::steady_clock::now() > end) return false;
            pollfd ready{capture.descriptor(), POLLIN, 0};
            ::poll(&ready, 1, 100);
        }
        return true;
    }

    LiveCapture capture;
    std::vector<Seen> seen;
    std::size_t count = 0;
};

std::string story(const Watch& watch) {
    std::string text;
    for (const Seen& one : watch.seen) {
        text += to_string(one.packet.source) + " > " + to_string(one.packet.destination) + " " +
                to_line(one.packet.segment, {}, model::LineDetail::Full) + "\n";
    }
    return text;
}

std::ptrdiff_t fins(const Watch& watch) {
    return std::count_if(watch.seen.begin(), watch.seen.end(),
                         [](const Seen& one) { return one.packet.segment.flags.fin(); });
}

class Capture : public InPrivateNetwork {};
class CaptureOfFamily : public InPrivateNetwork, public ::testing::WithParamInterface<Family> {};

INSTANTIATE_TEST_SUITE_P(Each, CaptureOfFamily, ::testing::Values(Family::V4, Family::V6),
                         [](const auto& param) { return param.param == Family::V4 ? "V4" : "V6"; });

TEST_P(CaptureOfFamily, SeesEachSegmentOfAConnectionOnce) {
    const Socket listener = listen_on(GetParam());
    Watch watch;
    const std::uint64_t sent_before = segments_sent();
    const model::Time before = now();

    Socket client = connect_to(listener.local());
    const model::SocketAddress client_address = client.local();
    const model::Time connected = now();
    Socket server = listener.accept();
    client.send(5);
    EXPECT_EQ(server.receive(100), 5U);
    client.close();
    EXPECT_EQ(server.receive(100), 0U);
    server.close();

    // The kernel itself says how many there were; nobody else sends in this network.
    EXPECT_TRUE(eventually([&] {
        watch.drain();
        return fins(watch) == 2 && watch.seen.size() == segments_sent() - sent_before;
    })) << story(watch);
    const model::Time after = now();
    ASSERT_GE(watch.seen.size(), 6U) << story(watch);
    EXPECT_EQ(watch.capture.lost(), 0U);

    EXPECT_LE(before, watch.seen[0].time);
    EXPECT_LE(watch.seen[2].time, connected) << "all three pass before connect() returns";
    EXPECT_LE(watch.seen.back().time, after);
    EXPECT_TRUE(std::is_sorted(watch.seen.begin(), watch.seen.end(),
                               [](const Seen& a, const Seen& b) { return a.time < b.time; }));
    EXPECT_TRUE(std::any_of(watch.seen.begin(), watch.seen.end(), [](const Seen& s) {
        return s.time.time_since_epoch().count() % 1000 != 0;
    })) << "nanoseconds";

    int syn = 0;
    std::uint32_t octets = 0;
    for (const Seen& one : watch.seen) {
        const bool from_client = one.packet.source == client_address;
        EXPECT_EQ(from_client ? one.packet.destination : one.packet.source, listener.local());
        syn += one.packet.segment.flags.syn() ? 1 : 0;
        octets += one.packet.segment.length;
    }
    EXPECT_EQ(syn, 2) << story(watch);
    EXPECT_EQ(octets, 5U) << story(watch);
}

TEST_P(CaptureOfFamily, ReadsTheOptionsOfTheHandshake) {
    const Socket listener = listen_on(GetParam());
    Watch watch;
    const Socket client = connect_to(listener.local());
    ASSERT_TRUE(watch.until(3)) << story(watch);
    EXPECT_EQ(watch.seen[0].packet.segment.flags, model::Flags(model::Flags::kSyn));
    for (const Seen& one : {watch.seen[0], watch.seen[1]}) {
        const auto& options = one.packet.segment.options;
        // The MTU of lo, 65536, is one more than an IPv4 packet can have.
        const std::uint16_t mss = GetParam() == Family::V4 ? 65535 - 40 : 65536 - 60;
        const auto has = [&options](auto matches) {
            return std::any_of(options.begin(), options.end(), matches);
        };
        EXPECT_TRUE(has(
            [&](const auto& o) { return o == model::TcpOption(model::MaximumSegmentSize{mss}); }));
        EXPECT_TRUE(
            has([](const auto& o) { return o == model::TcpOption(model::SackPermitted{}); }));
        EXPECT_TRUE(
            has([](const auto& o) { return std::holds_alternative<model::WindowScale>(o); }));
        EXPECT_TRUE(
            has([](const auto& o) { return std::holds_alternative<model::Timestamps>(o); }));
        EXPECT_EQ(one.packet.segment.headers.size(), GetParam() == Family::V4 ? 60U : 80U);
    }
}

TEST_P(CaptureOfFamily, CountsThePayloadOfSegmentsThatItCutsOff) {
    const Socket listener = listen_on(GetParam());
    const Socket client = connect_to(listener.local());
    const Socket server = listener.accept();
    Watch watch("tcp");
    client.send(150'000);
    for (std::size_t got = 0; got < 150'000;) got += server.receive(150'000);
    std::uint64_t octets = 0;
    EXPECT_TRUE(eventually([&] {
        watch.drain();
        octets = 0;
        for (const Seen& one : watch.seen) octets += one.packet.segment.length;
        return octets >= 150'000;
    }));
    EXPECT_EQ(octets, 150'000U) << story(watch);
}

TEST_F(Capture, IsReadableOnlyWhenThereIsSomethingToDrain) {
    const Socket listener = listen_on(Family::V4);
    Watch watch;
    pollfd ready{watch.capture.descriptor(), POLLIN, 0};
    EXPECT_EQ(::poll(&ready, 1, 0), 0);
    watch.drain();
    EXPECT_EQ(watch.count, 0U) << "and drain() does not wait";
    const Socket client = connect_to(listener.local());
    EXPECT_EQ(::poll(&ready, 1, 10'000), 1);
    EXPECT_TRUE(watch.until(3));
    EXPECT_EQ(::poll(&ready, 1, 0), 0);
}

TEST_F(Capture, SeesOnlyWhatItsFilterMatches) {
    const Socket one = listen_on(Family::V4);
    const Socket other = listen_on(Family::V4);
    Watch watch("tcp port " + std::to_string(one.local().port));
    Watch all;
    const Socket to_other = connect_to(other.local());
    const Socket to_one = connect_to(one.local());
    EXPECT_TRUE(all.until(6)) << story(all);
    EXPECT_TRUE(watch.until(3)) << story(watch);
    EXPECT_EQ(watch.count, 3U) << story(watch);
}

TEST_P(CaptureOfFamily, SeesMarkedPacketsOnlyIfToldTo) {
    const Socket listener = listen_on(GetParam());
    const Socket other = listen_on(GetParam());
    const MarkSocket wire = MarkSocket::open().value();
    Watch all;
    Watch ours("tcp port " + std::to_string(listener.local().port), Marked::Ignored);
    model::Segment segment;
    segment.flags = model::Flags(model::Flags::kAck);
    for (const Socket* from : {&listener, &other}) {
        ASSERT_TRUE(wire.send(build_packet(from->local(), from->local(), segment)));
    }
    // A socket's answer to a segment out of nowhere is not marked: RST, of both listeners.
    EXPECT_TRUE(all.until(4)) << story(all);
    EXPECT_TRUE(ours.until(1)) << story(ours);
    EXPECT_EQ(ours.count, 1U) << story(ours);
    EXPECT_TRUE(ours.seen.front().packet.segment.flags.rst());

    // In the kernel, not by libpcap: what is ignored does not even wake the reader.
    model::Segment reset;
    reset.flags = model::Flags(model::Flags::kRst);
    ASSERT_TRUE(wire.send(build_packet(listener.local(), listener.local(), reset)));
    EXPECT_TRUE(all.until(5)) << story(all);
    pollfd ready{ours.capture.descriptor(), POLLIN, 0};
    EXPECT_EQ(::poll(&ready, 1, 0), 0);

    const Socket client = connect_to(listener.local());
    EXPECT_TRUE(ours.until(4)) << "and its filter still holds: " << story(ours);
    EXPECT_EQ(ours.count, 4U) << story(ours);
}

TEST_F(Capture, LosesNothingOfManySegmentsThatAreReadOnceAFrame) {
    constexpr milliseconds kFrame{16};
    const Socket listener = listen_on(Family::V4);
    const Socket client = connect_to(listener.local());
    const Socket server = listener.accept();
    Watch watch;
    const std::uint64_t before = segments_sent();
    auto last = std::chrono::steady_clock::now();
    while (segments_sent() - before < 20'000) {
        for (int i = 0; i < 100; ++i) {
            client.send(1);
            server.receive(1);
        }
        if (std::chrono::steady_clock::now() - last < kFrame) continue;
        last = std::chrono::steady_clock::now();
        watch.drain();
    }
    EXPECT_TRUE(eventually([&] {
        watch.drain();
        return watch.seen.size() == segments_sent() - before;
    })) << watch.seen.size()
        << " of " << segments_sent() - before;
    EXPECT_EQ(watch.capture.lost(), 0U);
}

TEST_F(Capture, SaysHowManyItLost) {
    constexpr std::size_t kMoreThanTheRingHolds = 100'000;
    Watch watch("udp");
    send_datagrams(kMoreThanTheRingHolds);
    watch.drain();
    EXPECT_GT(watch.capture.lost(), 0U);
    EXPECT_EQ(watch.count + watch.capture.lost(), kMoreThanTheRingHolds);
    EXPECT_TRUE(watch.seen.empty()) << "datagrams are not TCP";
}

TEST_F(Capture, RefusesWhatItCannotDo) {
    struct Row {
        const char* interface;
        const char* filter;
        ErrorKind kind;
        const char* line;
    };
    const Row kRows[] = {
        {"nosuch0", "tcp", ErrorKind::BadInput,
         "capture on nosuch0: there is no such interface - `ip link` lists them"},
        {"lo", "tcp port", ErrorKind::BadInput, "capture filter 'tcp port': "},
    };
    for (const Row& row : kRows) {
        const auto capture = LiveCapture::open(row.interface, row.filter);
        ASSERT_FALSE(capture.has_value()) << row.line;
        EXPECT_EQ(capture.error().kind, row.kind);
        EXPECT_EQ(capture.error().line().rfind(row.line, 0), 0U) << capture.error().line();
        EXPECT_EQ(capture.error().line().find('\n'), std::string::npos);
    }
}

TEST_F(Capture, IsForbiddenWithoutTheCapability) {
    const std::string line = in_child([]() -> std::string {
        drop_capabilities();
        const auto capture = LiveCapture::open("lo");
        if (capture) return "opened";
        const bool forbidden =
            capture.error().kind == ErrorKind::MachineForbids && capture.error().os_errno == EPERM;
        return capture.error().line() + (forbidden ? "" : " (wrong kind)");
    });
    EXPECT_EQ(line, "capture on lo: no permission (CAP_NET_RAW) - run tcpstep doctor");
}

// Two captures of the same packets, one drained in each way; what is no TCP is counted by both.
TEST_F(Capture, SegmentsAloneAreTheSameSegments) {
    const Socket listener = listen_on(Family::V4);
    Watch watch("");
    auto lean = LiveCapture::open("lo", "").value();
    struct Lean {
        model::SegmentSummary summary;
        Octets headers;
    };
    std::vector<Lean> seen;
    std::size_t count = 0;
    const model::Time before = now();
    send_datagrams(2);
    Socket client = connect_to(listener.local());
    client.send(5);
    const auto take = [&](const WireSegment& segment) {
        seen.push_back({segment.summary, {segment.headers.begin(), segment.headers.end()}});
    };
    ASSERT_TRUE(eventually([&] {
        count += lean.drain_segments(take).value();
        watch.drain();
        return watch.seen.size() >= 5 && seen.size() == watch.seen.size();
    })) << story(watch);
    const model::Time after = now();
    EXPECT_EQ(count, watch.count);
    EXPECT_GE(count, seen.size() + 2) << "the datagrams";
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const model::Segment& segment = watch.seen[i].packet.segment;
        EXPECT_EQ(seen[i].headers, segment.headers) << story(watch);
        EXPECT_EQ(seen[i].summary.length, segment.length);
        // Each capture reads the clock itself.
        EXPECT_LE(before, seen[i].summary.time);
        EXPECT_LE(seen[i].summary.time, after);
    }
}

}  // namespace
}  // namespace tcpstep::capture
