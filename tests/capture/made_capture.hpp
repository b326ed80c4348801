#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/capture/frame.hpp"

namespace tcpstep::capture {

/// Capture files, made octet by octet.

enum class Order : std::uint8_t { Little, Big };

/// A packet of such a file.
struct Record {
    std::uint64_t time = 0;  ///< nanoseconds since 1970
    Octets octets;
    std::uint32_t wire_length = 0;  ///< 0: as many as `octets`
    std::uint32_t interface = 0;    ///< pcapng: its number in the section
};

/// LINKTYPE_ numbers of www.tcpdump.org/linktypes.html.
constexpr std::uint32_t kEthernetType = 1, kRawType = 101, kNullType = 0, kLoopType = 108,
                        kCookedType = 113, kCooked2Type = 276, kIpv4Type = 228, kIpv6Type = 229,
                        kWifiType = 105;

/// draft-ietf-opsawg-pcap: microseconds or nanoseconds, in either byte order.
struct Pcap {
    Order order = Order::Little;
    bool nanoseconds = false;
    std::uint32_t link = kEthernetType;
    std::uint32_t snap_length = 262144;

    Octets header() const;
    Octets record(const Record& record) const;
    Octets file(const std::vector<Record>& records) const;
};

/// draft-ietf-opsawg-pcapng.
struct Pcapng {
    Order order = Order::Little;

    /// A block with its length before and behind it; `body` is filled up to 4 octets.
    Octets block(std::uint32_t type, const Octets& body) const;
    Octets section() const;
    /// `resolution` is if_tsresol: 6 microseconds, 9 nanoseconds, 0x80 | n: 2^-n seconds.
    Octets interface(std::uint32_t link = kEthernetType, std::uint8_t resolution = 6) const;
    /// An enhanced packet block; `ticks` in the units of its interface.
    Octets packet(const Record& record, std::uint64_t ticks) const;

    Octets number16(std::uint32_t value) const;
    Octets number32(std::uint32_t value) const;
};

/// A file in the folder for temporary files, gone with this.
class MadeFile {
  public:
    explicit MadeFile(const Octets& octets);
    explicit MadeFile(const std::string& text) : MadeFile(Octets(text.begin(), text.end())) {}
    MadeFile(const MadeFile&) = delete;
    MadeFile& operator=(const MadeFile&) = delete;
    ~MadeFile();

    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace tcpstep::capture
