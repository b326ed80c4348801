#include "capture/live_capture.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <pcap/dlt.h>
#include <pcap/pcap.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/gate_mark.hpp"
#include "capture/packet.hpp"

namespace tcpstep::capture {

namespace {

// Room for every header: Ethernet with two tags, 60 octets of IPv4 and 60 of TCP, or 40 of IPv6,
// 60 of TCP and 130 of extensions. And for what is kept of the payload. In immediate mode every
// slot of the ring is as long as this, so a much longer one would leave too few slots for a burst.
constexpr int kSnapLength = 256 + static_cast<int>(model::kMostPayload);
constexpr int kRingOctets = 16 * 1024 * 1024;

// More than the ring has slots: drain() takes all that was there when it was called, and yet ends
// if packets come as fast as they are read.
constexpr int kAtOnce = kRingOctets / kSnapLength;

struct Close {
    void operator()(pcap_t* pcap) const { pcap_close(pcap); }
};
using Pcap = std::unique_ptr<pcap_t, Close>;

tl::unexpected<Error> refused(const std::string& interface, int status, pcap_t* pcap) {
    switch (status) {
        case PCAP_ERROR_PERM_DENIED:
        case PCAP_ERROR_PROMISC_PERM_DENIED:
            return fail(ErrorKind::MachineForbids,
                        fmt::format("capture on {}: no permission (CAP_NET_RAW)", interface),
                        "run tcpstep doctor", EPERM);
        case PCAP_ERROR_NO_SUCH_DEVICE:
            return fail(ErrorKind::BadInput,
                        fmt::format("capture on {}: there is no such interface", interface),
                        "`ip link` lists them", ENODEV);
        case PCAP_ERROR_IFACE_NOT_UP:
            return fail(ErrorKind::MachineForbids,
                        fmt::format("capture on {}: the interface is down", interface),
                        fmt::format("sudo ip link set {} up", interface), ENETDOWN);
        default: {
            const std::string detail = pcap_geterr(pcap);
            return fail(ErrorKind::MachineForbids,
                        fmt::format("capture on {}: {}", interface,
                                    detail.empty() ? pcap_statustostr(status) : detail),
                        "run tcpstep doctor");
        }
    }
}

Result<Pcap> activate(const std::string& interface) {
    std::array<char, PCAP_ERRBUF_SIZE> error{};
    Pcap pcap(pcap_create(interface.c_str(), error.data()));
    if (!pcap) {
        return fail(ErrorKind::MachineForbids,
                    fmt::format("capture on {}: {}", interface, error.data()));
    }
    // None of these fails on a handle that is not active yet.
    pcap_set_snaplen(pcap.get(), kSnapLength);
    pcap_set_immediate_mode(pcap.get(), 1);
    pcap_set_buffer_size(pcap.get(), kRingOctets);
    pcap_set_tstamp_precision(pcap.get(), PCAP_TSTAMP_PRECISION_NANO);
    const int status = pcap_activate(pcap.get());  // above 0: a warning, that it still works
    if (status < 0) return refused(interface, status, pcap.get());
    // Of all interfaces at once: with the number of each packet's. Where libpcap cannot (before
    // 1.10) it stays with what it has.
    if (interface == kEveryInterface) (void)pcap_set_datalink(pcap.get(), DLT_LINUX_SLL2);
    if (pcap_setnonblock(pcap.get(), 1, error.data()) != 0) {
        return fail(ErrorKind::MachineForbids,
                    fmt::format("capture on {}: {}", interface, error.data()));
    }
    return pcap;
}

Result<void> set_filter(pcap_t* pcap, const std::string& filter) {
    bpf_program program{};
    if (pcap_compile(pcap, &program, filter.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
        return fail(ErrorKind::BadInput,
                    fmt::format("capture filter '{}': {}", filter, pcap_geterr(pcap)),
                    "see `man pcap-filter`");
    }
    const int status = pcap_setfilter(pcap, &program);
    pcap_freecode(&program);
    if (status != 0) {
        return fail(ErrorKind::MachineForbids,
                    fmt::format("capture filter '{}': {}", filter, pcap_geterr(pcap)));
    }
    return {};
}

// Puts a question before the filter that libpcap gave the kernel: marked packets end there. Not by
// pcap_setfilter(): libpcap runs its filter itself, too, on what was in the ring before, and cannot
// read the mark there.
Result<void> ignore_marked(pcap_t* pcap) {
    const auto refused = [](int os_errno) {
        return fail(ErrorKind::MachineForbids,
                    fmt::format("capture filter on the mark: {}", std::strerror(os_errno)),
                    "run tcpstep doctor", os_errno);
    };
    constexpr auto kMark = static_cast<std::uint32_t>(SKF_AD_OFF + SKF_AD_MARK);
    std::vector<sock_filter> code = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kMark),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kGateMark, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    // socket(7) SO_GET_FILTER: lengths are numbers of instructions here.
    const std::size_t question = code.size();
    code.resize(question + BPF_MAXINSNS);
    socklen_t length = BPF_MAXINSNS;
    const int file = pcap_fileno(pcap);
    if (::getsockopt(file, SOL_SOCKET, SO_GET_FILTER, &code[question], &length) != 0) {
        return refused(errno);
    }
    if (length == 0) return refused(ENOENT);  // libpcap could not give its filter to the kernel
    sock_fprog program{static_cast<unsigned short>(question + length), code.data()};
    if (::setsockopt(file, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0) {
        return refused(errno);
    }
    return {};
}

bool is_loopback(const std::string& interface) {
    const int any = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (any < 0) return false;
    ifreq request{};
    interface.copy(request.ifr_name, IFNAMSIZ - 1);
    const bool known = ::ioctl(any, SIOCGIFFLAGS, &request) == 0;
    ::close(any);
    return known && (request.ifr_flags & IFF_LOOPBACK) != 0;
}

// Loopback shows every packet going out and coming in. libpcap throws the outgoing ones away, but
// only after they took a slot of the ring: here they never enter it. Kernels before 4.20 do not
// know the option; there the ring is half as long. Elsewhere outgoing segments must be seen.
void ignore_outgoing(pcap_t* pcap) {
    const int on = 1;
    (void)::setsockopt(pcap_fileno(pcap), SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on);
}

template <class Sink>
struct Pass {
    const Sink& sink;
    LinkType link;
};

model::Time time_of(const pcap_pkthdr& header) {
    // With nanosecond precision, tv_usec holds nanoseconds.
    return model::Time(std::chrono::seconds(header.ts.tv_sec) +
                       std::chrono::nanoseconds(header.ts.tv_usec));
}

// The header of LINKTYPE_LINUX_SLL2: protocol, reserved, interface index; a segment was read behind
// it, so it is whole.
std::uint32_t interface_in(Bytes captured) {
    return be32(captured, 4);
}

// noexcept: an exception must not run through libpcap's C frames.
void on_packet(u_char* user, const pcap_pkthdr* header, const u_char* bytes) noexcept {
    const auto* pass = reinterpret_cast<const Pass<LiveCapture::Sink>*>(user);
    pass->sink(time_of(*header), decode(std::span(bytes, header->caplen), pass->link, header->len));
}

void on_segment(u_char* user, const pcap_pkthdr* header, const u_char* bytes) noexcept {
    const auto* pass = reinterpret_cast<const Pass<LiveCapture::SegmentSink>*>(user);
    WireSegment segment;
    Stop why;
    const Bytes captured(bytes, header->caplen);
    if (read_wire_segment(captured, pass->link, header->len, time_of(*header), segment, why)) {
        if (pass->link == LinkType::LinuxCookedV2) segment.interface = interface_in(captured);
        pass->sink(segment);
    }
}

}  // namespace

struct LiveCapture::Impl {
    std::string interface;
    Pcap pcap;
    LinkType link;

    Result<std::size_t> dispatch(pcap_handler on_each, void* pass) const {
        const int count =
            pcap_dispatch(pcap.get(), kAtOnce, on_each, reinterpret_cast<u_char*>(pass));
        if (count < 0) return refused(interface, count, pcap.get());
        return static_cast<std::size_t>(count);
    }
};

LiveCapture::LiveCapture(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LiveCapture::LiveCapture(LiveCapture&&) noexcept = default;
LiveCapture& LiveCapture::operator=(LiveCapture&&) noexcept = default;
LiveCapture::~LiveCapture() = default;

Result<LiveCapture> LiveCapture::open(const std::string& interface, const std::string& filter,
                                      Marked marked) {
    auto pcap = activate(interface);
    if (!pcap) return tl::unexpected(pcap.error());
    const auto link = link_type_of(pcap_datalink(pcap->get()));
    if (!link) {
        const char* name = pcap_datalink_val_to_name(pcap_datalink(pcap->get()));
        return fail(ErrorKind::BadInput,
                    fmt::format("capture on {}: its link type {} cannot be decoded", interface,
                                name != nullptr ? name : "(unknown)"));
    }
    if (is_loopback(interface)) ignore_outgoing(pcap->get());
    if (auto set = set_filter(pcap->get(), filter); !set) return tl::unexpected(set.error());
    if (marked == Marked::Ignored) {
        if (auto set = ignore_marked(pcap->get()); !set) return tl::unexpected(set.error());
    }
    return LiveCapture(std::make_unique<Impl>(Impl{interface, std::move(*pcap), *link}));
}

int LiveCapture::descriptor() const {
    return pcap_get_selectable_fd(impl_->pcap.get());
}

Result<std::size_t> LiveCapture::drain(const Sink& sink) {
    Pass<Sink> pass{sink, impl_->link};
    return impl_->dispatch(on_packet, &pass);
}

Result<std::size_t> LiveCapture::drain_segments(const SegmentSink& sink) {
    Pass<SegmentSink> pass{sink, impl_->link};
    return impl_->dispatch(on_segment, &pass);
}

std::uint64_t LiveCapture::lost() {
    pcap_stat stat{};
    // Fails only on a handle that is not active. libpcap adds up what the kernel counts anew.
    if (pcap_stats(impl_->pcap.get(), &stat) != 0) return 0;
    return std::uint64_t{stat.ps_drop} + stat.ps_ifdrop;
}

}  // namespace tcpstep::capture
