#include "tests/judge/pcap_file.hpp"

#include <array>
#include <memory>
#include <variant>

#include <fmt/format.h>
#include <pcap/pcap.h>

#include "capture/packet.hpp"

namespace tcpstep::judge {

namespace {

struct Close {
    void operator()(pcap_t* pcap) const { pcap_close(pcap); }
    void operator()(pcap_dumper_t* dumper) const { pcap_dump_close(dumper); }
};
using Pcap = std::unique_ptr<pcap_t, Close>;

constexpr int kSnapLength = 262144;

}  // namespace

Result<void> write_pcap(const std::string& path, const std::vector<Captured>& segments) {
    const Pcap pcap(
        pcap_open_dead_with_tstamp_precision(DLT_RAW, kSnapLength, PCAP_TSTAMP_PRECISION_NANO));
    const std::unique_ptr<pcap_dumper_t, Close> dumper(pcap_dump_open(pcap.get(), path.c_str()));
    if (!dumper) return fail(ErrorKind::BadInput, fmt::format("{}: cannot be written", path));
    for (const Captured& one : segments) {
        const model::Segment& segment = one.packet.segment;
        const auto since = one.time.time_since_epoch();
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since);
        pcap_pkthdr header{};
        header.ts.tv_sec = seconds.count();
        header.ts.tv_usec = (since - seconds).count();  // nanoseconds, by the file's precision
        header.caplen = static_cast<bpf_u_int32>(segment.headers.size());
        header.len = header.caplen + segment.length;
        pcap_dump(reinterpret_cast<u_char*>(dumper.get()), &header, segment.headers.data());
    }
    return {};
}

Result<std::vector<Captured>> read_pcap(const std::string& path) {
    std::array<char, PCAP_ERRBUF_SIZE> error{};
    const Pcap pcap(pcap_open_offline_with_tstamp_precision(
        path.c_str(), PCAP_TSTAMP_PRECISION_NANO, error.data()));
    if (!pcap) return fail(ErrorKind::BadInput, fmt::format("{}: {}", path, error.data()));
    const auto link = capture::link_type_of(pcap_datalink(pcap.get()));
    if (!link) return fail(ErrorKind::BadInput, fmt::format("{}: its link type", path));
    std::vector<Captured> segments;
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    while (pcap_next_ex(pcap.get(), &header, &bytes) == 1) {
        auto decoded = capture::decode(std::span(bytes, header->caplen), *link, header->len);
        auto* packet = std::get_if<capture::Packet>(&decoded);
        if (packet == nullptr) continue;
        const model::Time time(std::chrono::seconds(header->ts.tv_sec) +
                               std::chrono::nanoseconds(header->ts.tv_usec));
        segments.push_back({time, std::move(*packet)});
    }
    return segments;
}

}  // namespace tcpstep::judge
