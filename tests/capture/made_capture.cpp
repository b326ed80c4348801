#include "tests/capture/made_capture.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace tcpstep::capture {

namespace {

constexpr std::uint64_t kNano = 1'000'000'000;

Octets number(Order order, std::uint32_t value, std::size_t octets) {
    Octets written;
    for (std::size_t i = 0; i < octets; ++i) {
        written.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    if (order == Order::Big) std::reverse(written.begin(), written.end());
    return written;
}

std::uint32_t on_wire(const Record& record) {
    const auto captured = static_cast<std::uint32_t>(record.octets.size());
    return record.wire_length == 0 ? captured : record.wire_length;
}

}  // namespace

Octets Pcap::header() const {
    const std::uint32_t magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
    return number(order, magic, 4) + number(order, 2, 2) + number(order, 4, 2) + Octets(8, 0) +
           number(order, snap_length, 4) + number(order, link, 4);
}

Octets Pcap::record(const Record& record) const {
    const auto rest = static_cast<std::uint32_t>(record.time % kNano);
    return number(order, static_cast<std::uint32_t>(record.time / kNano), 4) +
           number(order, nanoseconds ? rest : rest / 1000, 4) +
           number(order, static_cast<std::uint32_t>(record.octets.size()), 4) +
           number(order, on_wire(record), 4) + record.octets;
}

Octets Pcap::file(const std::vector<Record>& records) const {
    Octets octets = header();
    for (const Record& each : records) octets = std::move(octets) + record(each);
    return octets;
}

Octets Pcapng::number16(std::uint32_t value) const {
    return number(order, value, 2);
}
Octets Pcapng::number32(std::uint32_t value) const {
    return number(order, value, 4);
}

Octets Pcapng::block(std::uint32_t type, const Octets& body) const {
    const Octets filled = body + Octets((4 - body.size() % 4) % 4, 0);
    const Octets length = number32(static_cast<std::uint32_t>(filled.size() + 12));
    return number32(type) + length + filled + length;
}

Octets Pcapng::section() const {
    return block(0x0a0d0d0a, number32(0x1a2b3c4d) + number16(1) + number16(0) + Octets(8, 0xff));
}

Octets Pcapng::interface(std::uint32_t link, std::uint8_t resolution) const {
    const Octets if_tsresol = number16(9) + number16(1) + Octets{resolution, 0, 0, 0};
    return block(1, number16(link) + number16(0) + number32(262144) + if_tsresol + Octets(4, 0));
}

Octets Pcapng::packet(const Record& record, std::uint64_t ticks) const {
    return block(6, number32(record.interface) + number32(static_cast<std::uint32_t>(ticks >> 32)) +
                        number32(static_cast<std::uint32_t>(ticks)) +
                        number32(static_cast<std::uint32_t>(record.octets.size())) +
                        number32(on_wire(record)) + record.octets);
}

MadeFile::MadeFile(const Octets& octets)
    : path_((std::filesystem::temp_directory_path() / "tcpstep-XXXXXX").string()) {
    const int descriptor = ::mkstemp(path_.data());
    if (descriptor < 0) std::abort();
    std::FILE* file = ::fdopen(descriptor, "wb");
    if (std::fwrite(octets.data(), 1, octets.size(), file) != octets.size()) std::abort();
    std::fclose(file);
}

MadeFile::~MadeFile() {
    ::unlink(path_.c_str());
}

}  // namespace tcpstep::capture
