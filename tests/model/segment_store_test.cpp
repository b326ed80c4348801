#include "model/segment_store.hpp"

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/model/wire_headers.hpp"

namespace tcpstep::model {
namespace {

using Headers = std::vector<std::uint8_t>;

struct Kept {
    SegmentPlace place;
    SocketAddress source;
    SocketAddress destination;
    SegmentSummary summary;
    Headers headers;
};

void append(SegmentStore& store, const Kept& kept) {
    SegmentStore::put(store.append(kept.source, kept.destination, kept.summary, kept.headers),
                      kept.place);
}

void expect_kept(const SegmentStore& store, SegmentId id, const Kept& kept) {
    SCOPED_TRACE("segment " + std::to_string(id));
    SegmentSummary summary = kept.summary;
    summary.id = id;
    summary.from = Role::Client;
    EXPECT_EQ(store.place(id), kept.place);
    EXPECT_EQ(store.time(id), kept.summary.time);
    EXPECT_EQ(store.summary(id), summary);
    EXPECT_EQ(store.headers(id, kept.source, kept.destination), kept.headers);
}

/// A segment of an ordinary connection.
Kept ordinary(bool v6 = false, bool timestamps = true) {
    Kept kept;
    kept.place = {7, Side::High};
    kept.source = *parse_socket_address(v6 ? "[2001:db8::1]:43512" : "10.1.2.3:43512");
    kept.destination = *parse_socket_address(v6 ? "[2001:db8::2]:80" : "10.3.2.1:80");
    kept.summary.time = Time(std::chrono::seconds(1790000000));
    kept.summary.seq = SeqNum(0xffffffffU);
    kept.summary.ack = SeqNum(0xfffffffeU);
    kept.summary.flags = Flags(Flags::kPsh | Flags::kAck | Flags::kAe);
    kept.summary.window = 0xfedc;
    kept.summary.length = 1448;
    if (!v6) kept.summary.ip_id = 0xabcd;
    if (timestamps) {
        kept.summary.has_timestamps = true;
        kept.summary.timestamp = 0xffffffdeU;
        kept.summary.timestamp_echo = 0x01020304;
    }
    testing::write_headers(kept.headers, kept.source, kept.destination, kept.summary);
    return kept;
}

/// The same with something out of the ordinary.
std::vector<Kept> oddities() {
    std::vector<Kept> all;
    for (const bool v6 : {false, true}) {
        for (const bool timestamps : {false, true}) all.push_back(ordinary(v6, timestamps));
        const std::size_t ip = v6 ? 40 : 20;
        const auto add = [&](auto change) {
            Kept kept = ordinary(v6);
            change(kept);
            all.push_back(kept);
        };
        // Offloaded: the IP header tells no length.
        add([&](Kept& kept) {
            kept.headers[v6 ? 4 : 2] = kept.headers[v6 ? 5 : 3] = 0;
            kept.summary.length = 200000;
        });
        add([&](Kept& kept) { kept.headers.resize(ip + 25); });  // cut in the options
        add([&](Kept& kept) { kept.headers.resize(ip + 20); });  // and before them
        add([&](Kept& kept) { kept.headers.resize(ip + 3); });   // and in the ports
        add([&](Kept& kept) { kept.headers.resize(3); });
        add([&](Kept& kept) { kept.headers.clear(); });
        add([&](Kept& kept) { kept.headers.insert(kept.headers.end(), 300, 0xee); });
        add([&](Kept& kept) { kept.headers[0] ^= 0xf0; });         // the version
        add([&](Kept& kept) { kept.headers[v6 ? 6 : 9] = 17; });   // the protocol
        add([&](Kept& kept) { kept.headers[ip - 1] ^= 1; });       // an address
        add([&](Kept& kept) { kept.headers[v6 ? 8 : 12] ^= 1; });  // the other
        add([&](Kept& kept) { kept.headers[ip + 1] ^= 1; });       // a port
        add([&](Kept& kept) { kept.headers[ip + 3] ^= 1; });       // the other
        add([&](Kept& kept) { kept.headers[ip + 12] = 0x50; });    // a shorter data offset
        add([&](Kept& kept) { kept.headers[ip + 20] = 0; });       // options end at once
        add([&](Kept& kept) { kept.summary.seq = SeqNum(5); });    // a summary of something else
        add([&](Kept& kept) { kept.summary.ack = SeqNum(5); });
        add([&](Kept& kept) { kept.summary.flags = Flags(Flags::kUrg); });
        add([&](Kept& kept) { kept.summary.window = 5; });
        add([&](Kept& kept) { kept.summary.length = 5; });
        add([&](Kept& kept) { kept.summary.timestamp = 5; });
        add([&](Kept& kept) { kept.summary.timestamp_echo = 5; });
        add([&](Kept& kept) { kept.summary.has_timestamps = false; });
        add([&](Kept& kept) { kept.summary.ip_id = 5; });
        add([&](Kept& kept) { kept.place = {0x7fffffffU, Side::Low}; });
        add([&](Kept& kept) { kept.headers[ip + 13] |= 0x40; });  // a flag the summary lacks
        for (const std::int64_t ns :
             {-1LL, 0x7fffffffLL, 0x80000000LL, -0x80000001LL, 1LL << 40U}) {
            add([&](Kept& kept) { kept.summary.time += Duration(ns); });
        }
        add([&](Kept& kept) { kept.summary.time = Time::max(); });
        add([&](Kept& kept) { kept.summary.time = Time::min(); });
    }
    return all;
}

TEST(SegmentStore, GivesBackWhatIsOutOfTheOrdinary) {
    const std::vector<Kept> all = oddities();
    SegmentStore store;
    for (const Kept& kept : all) append(store, kept);
    ASSERT_EQ(store.size(), all.size());
    for (SegmentId id = 1; id <= store.size(); ++id) expect_kept(store, id, all[id - 1]);
}

TEST(SegmentStore, CountsTimesFromTheFirstOfABlock) {
    SegmentStore store;
    std::vector<Kept> all;
    for (const Time time : {Time::min(), Time::max(), Time()}) {
        for (int n = 0; n < 16; ++n) {
            all.push_back(ordinary());
            all.back().summary.time = n == 0 ? time : Time(Duration(n));
        }
    }
    for (const Kept& kept : all) append(store, kept);
    for (SegmentId id = 1; id <= store.size(); ++id) expect_kept(store, id, all[id - 1]);
}

// What the headers say of the timestamps, as the one who reads the capture would tell it.
void summarize_timestamps(Kept& kept) {
    Segment segment;
    const std::size_t ip = kept.source.ip.v6 ? 40 : 20;
    segment.options = parse_tcp_options(std::span(kept.headers).subspan(ip + 20));
    const SegmentSummary told = summary_of(segment, {});
    kept.summary.has_timestamps = told.has_timestamps;
    kept.summary.timestamp = told.timestamp;
    kept.summary.timestamp_echo = told.timestamp_echo;
}

TEST(SegmentStore, GivesBackWhateverTheHeadersAre) {
    std::mt19937 random(4);
    const auto below = [&](std::size_t most) { return random() % most; };
    SegmentStore store;
    std::vector<Kept> all;
    for (int n = 0; n < 40000; ++n) {
        Kept kept = ordinary(below(2) == 0, below(2) == 0);
        kept.place = {static_cast<ConnectionIndex>(random() >> 1U), static_cast<Side>(below(2))};
        kept.summary.time += Duration(static_cast<std::int64_t>(random()) - 0x40000000);
        const std::size_t ip = kept.source.ip.v6 ? 40 : 20;
        if (below(3) == 0) {  // other options, whole
            const std::size_t words = below(11);
            kept.headers.resize(ip + 20 + words * 4);
            for (std::size_t at = ip + 20; at < kept.headers.size(); ++at) {
                kept.headers[at] = static_cast<std::uint8_t>(below(below(2) == 0 ? 12 : 256));
            }
            kept.headers[ip + 12] = static_cast<std::uint8_t>((5 + words) << 4U | 1);
            summarize_timestamps(kept);
        }
        for (std::size_t flips = below(3); flips > 0; --flips) {
            kept.headers[below(kept.headers.size())] ^= static_cast<std::uint8_t>(1U << below(8));
        }
        if (below(8) == 0) kept.headers.resize(below(kept.headers.size() + 1));
        if (below(1000) == 0) kept.headers.resize(below(70000), 0xdd);
        if (below(20000) == 0) kept.headers.resize((2U << 20U) + 5, 0xcc);  // more than a slab
        append(store, kept);
        all.push_back(std::move(kept));
    }
    for (SegmentId id = 1; id <= store.size(); ++id) {
        expect_kept(store, id, all[id - 1]);
        if (HasFailure()) return;
    }
}

TEST(SegmentStore, MovesASegmentToAnotherConnection) {
    SegmentStore store;
    const Kept kept = ordinary();
    for (int n = 0; n < 3; ++n) append(store, kept);
    store.move(2, 0x7ffffffeU);
    Kept moved = kept;
    moved.place.connection = 0x7ffffffeU;
    expect_kept(store, 1, kept);
    expect_kept(store, 2, moved);
    expect_kept(store, 3, kept);
}

double octets_each(const Kept& kept) {
    constexpr int kMany = 200000;
    SegmentStore store;
    Kept next = kept;
    for (int n = 0; n < kMany; ++n) {
        next.summary.time += std::chrono::microseconds(3);
        append(store, next);
    }
    return static_cast<double>(store.bytes()) / kMany;
}

TEST(SegmentStore, TakesFewOctets) {
    EXPECT_LE(octets_each(ordinary(false, true)), 50);
    EXPECT_LE(octets_each(ordinary(false, false)), 43);
    EXPECT_LE(octets_each(ordinary(true, true)), 50);
    Kept with_ip_options = ordinary();
    with_ip_options.headers[0] = 0x46;
    with_ip_options.headers.insert(with_ip_options.headers.begin() + 20, 4, 1);
    EXPECT_LE(octets_each(with_ip_options), 56 + 40) << "kept whole";
}

}  // namespace
}  // namespace tcpstep::model
