#include "capture/capture_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <pcap/pcap.h>
#include <stdio_ext.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tcpstep::capture {

namespace {

constexpr std::size_t kBuffer = 64 * 1024;  // libpcap reads each packet twice: header, octets

// Packets are seldom further out of order; clocks are seldom set back by less (NTP: 128 ms).
constexpr std::chrono::milliseconds kOutOfOrder{100};

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

struct ClosePcap {
    void operator()(pcap_t* pcap) const { pcap_close(pcap); }  // and the file
};
using Pcap = std::unique_ptr<pcap_t, ClosePcap>;

tl::unexpected<Error> unusable(const std::string& name, const std::string& why,
                               std::string remedy = {}, int os_errno = 0) {
    return fail(ErrorKind::BadInput, name + ": " + why, std::move(remedy), os_errno);
}

tl::unexpected<Error> unreadable(const std::string& name, int os_errno) {
    return unusable(name, std::strerror(os_errno), "give a file that can be read", os_errno);
}

struct Foreign {
    int first;  // octet of the file
    const char* what;
    const char* unpacker;  // nullptr: it is not packed
};
// Magic numbers; none of them begins a pcap or pcapng file.
constexpr std::array kForeign = {
    Foreign{0x1f, "compressed with gzip", "gzip"},
    Foreign{0x42, "compressed with bzip2", "bzip2"},
    Foreign{0xfd, "compressed with xz", "xz"},
    Foreign{0x28, "compressed with zstd", "zstd"},
    Foreign{'{', "a trace, not a capture", nullptr},
    Foreign{0x1e, "a trace, not a capture", nullptr},
};

constexpr const char* kExpected = kCaptureExpected;

// Looks at the first octet and puts it back: the only one that stdio is sure to take back, and a
// pipe cannot be rewound.
Result<void> check_beginning(std::FILE* file, const std::string& path, const std::string& name) {
    errno = 0;
    const int first = std::fgetc(file);
    if (first == EOF && std::ferror(file) != 0) return unreadable(name, errno);
    if (first == EOF) return unusable(name, "it is empty", kExpected);
    for (const Foreign& foreign : kForeign) {
        if (foreign.first != first) continue;
        if (foreign.unpacker == nullptr) {
            return unusable(name, std::string("it is ") + foreign.what,
                            "tcpstep check reads traces; here " + std::string(kExpected));
        }
        return unusable(name, std::string("it is ") + foreign.what,
                        path == "-" ? fmt::format("put {} -dc before it", foreign.unpacker)
                                    : fmt::format("unpack it: {} -dk {}", foreign.unpacker, path));
    }
    std::ungetc(first, file);
    return {};
}

// Octets of a regular file; nothing for a pipe.
Result<std::optional<std::uint64_t>> size_of(std::FILE* file, const std::string& name) {
    struct stat info {};
    if (::fstat(::fileno(file), &info) != 0) return unreadable(name, errno);
    if (S_ISDIR(info.st_mode)) return unusable(name, "it is a folder", kExpected);
    if (!S_ISREG(info.st_mode)) return std::optional<std::uint64_t>();
    return std::optional(static_cast<std::uint64_t>(info.st_size));
}

Result<File> open_file(const std::string& path, const std::string& name) {
    // Standard input by a descriptor of our own: libpcap closes what it reads, and the buffer goes.
    const int descriptor = path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                       : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return unreadable(name, errno);
    File file(::fdopen(descriptor, "rb"));
    if (file) return file;
    const int os_errno = errno;
    ::close(descriptor);
    return unreadable(name, os_errno);
}

Result<Pcap> open_pcap(File file, const std::string& name) {
    std::array<char, PCAP_ERRBUF_SIZE> error{};
    Pcap pcap(pcap_fopen_offline_with_tstamp_precision(file.get(), PCAP_TSTAMP_PRECISION_NANO,
                                                       error.data()));
    if (!pcap) return unusable(name, error.data(), kExpected);
    (void)file.release();  // pcap_close() closes it from now on
    return pcap;
}

Result<LinkType> link_of(pcap_t* pcap, const std::string& name) {
    const int dlt = pcap_datalink(pcap);
    if (const std::optional<LinkType> link = link_type_of(dlt)) return *link;
    const char* known = pcap_datalink_val_to_name(dlt);
    return unusable(name,
                    fmt::format("its link type {} cannot be decoded",
                                known != nullptr ? known : fmt::format("number {}", dlt)),
                    "Ethernet, Linux cooked, BSD loopback and raw IP can");
}

constexpr std::int64_t kLast = 9'214'646'399;  // second of 2261: traces go no further

// With nanosecond precision, tv_usec holds nanoseconds. Files may state any number.
model::Time time_of(const pcap_pkthdr& header) {
    constexpr std::int64_t kNano = 1'000'000'000;
    const std::int64_t seconds = std::clamp<std::int64_t>(header.ts.tv_sec, -1, kLast);
    const std::int64_t rest = std::clamp<std::int64_t>(header.ts.tv_usec, 0, kNano - 1);
    return model::Time(std::chrono::nanoseconds(seconds * kNano + rest));
}

}  // namespace

struct CaptureFile::Impl {
    std::string name;
    std::unique_ptr<char[]> buffer;  // of the FILE that `pcap` reads
    Pcap pcap;
    LinkType link;
    std::optional<std::uint64_t> size;
    CaptureCounts counts;
    WireSegment segment;               // of the newest packet
    model::Time last;                  // of the newest segment; 1970 before the first
    model::Duration set_back{};        // the clock, since the file's beginning
    std::uint64_t captured = 0;        // octets of all packets
    std::optional<Error> broken = {};  // said again if one reads on

    void take(const pcap_pkthdr& header, const u_char* octets, const Sink& sink);
    model::Time in_order(model::Time time);
    void count_stop(const Stop& why);
    tl::unexpected<Error> break_off();
};

void CaptureFile::Impl::take(const pcap_pkthdr& header, const u_char* octets, const Sink& sink) {
    ++counts.packets;
    captured += header.caplen;
    const Bytes bytes(octets, header.caplen);
    Stop why;
    if (!read_wire_segment(bytes, link, header.len, time_of(header), segment, why)) {
        return count_stop(why);
    }
    ++counts.segments;
    counts.first_fragments += segment.first_fragment ? 1U : 0U;
    counts.cut += segment.cut ? 1U : 0U;
    last = segment.summary.time = in_order(segment.summary.time);
    sink(segment);
}

// Times ascend. Where several interfaces, or processors, put packets a little out of order, one
// waits for the other; where the clock was set back, all that follows is as much later.
model::Time CaptureFile::Impl::in_order(model::Time time) {
    const bool is_time = time >= model::Time();
    constexpr model::Time kLatest{std::chrono::seconds(kLast)};
    time = time > kLatest - set_back ? kLatest : time + set_back;
    if (is_time && time >= last) return time;
    ++counts.times_raised;
    if (is_time && last - time > kOutOfOrder) set_back += last - time;
    return last;
}

void CaptureFile::Impl::count_stop(const Stop& why) {
    if (why.malformed()) {
        if (counts.malformed++ != 0) return;
        counts.first_malformed = counts.packets;
        counts.why_malformed = why;
        return;
    }
    if (!why.not_tcp()) {
        ++counts.too_short;
        return;
    }
    ++counts.not_tcp;
    if (why.reason == StopReason::LaterFragment) ++counts.later_fragments;
}

CaptureFile::CaptureFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CaptureFile::CaptureFile(CaptureFile&&) noexcept = default;
CaptureFile& CaptureFile::operator=(CaptureFile&&) noexcept = default;
CaptureFile::~CaptureFile() = default;

Result<CaptureFile> CaptureFile::open(const std::string& path) {
    const std::string name = path == "-" ? "standard input" : path;
    // Goes after the file that uses it.
    std::unique_ptr<char[]> buffer = std::make_unique_for_overwrite<char[]>(kBuffer);
    auto file = open_file(path, name);
    if (!file) return tl::unexpected(file.error());
    const auto size = size_of(file->get(), name);
    if (!size) return tl::unexpected(size.error());
    (void)std::setvbuf(file->get(), buffer.get(), _IOFBF, kBuffer);
    (void)__fsetlocking(file->get(), FSETLOCKING_BYCALLER);
    if (auto fit = check_beginning(file->get(), path, name); !fit) {
        return tl::unexpected(fit.error());
    }
    auto pcap = open_pcap(std::move(*file), name);
    if (!pcap) return tl::unexpected(pcap.error());
    const auto link = link_of(pcap->get(), name);
    if (!link) return tl::unexpected(link.error());
    return CaptureFile(std::make_unique<Impl>(
        Impl{name, std::move(buffer), std::move(*pcap), *link, *size, {}, {}, {}}));
}

Result<CaptureFile::Step> CaptureFile::read(std::size_t packets, const Sink& sink) {
    if (impl_->broken) return tl::unexpected(*impl_->broken);
    struct Pass {
        Impl& file;
        const Sink& sink;
    } pass{*impl_, sink};
    // noexcept: an exception must not run through libpcap's C frames.
    const auto on_packet = [](u_char* user, const pcap_pkthdr* header,
                              const u_char* octets) noexcept {
        const auto* to = reinterpret_cast<const Pass*>(user);
        to->file.take(*header, octets, to->sink);
    };
    const int most = static_cast<int>(std::clamp<std::size_t>(packets, 1, INT_MAX));
    const int status =
        pcap_dispatch(impl_->pcap.get(), most, on_packet, reinterpret_cast<u_char*>(&pass));
    if (status < 0) return impl_->break_off();
    return status == 0 ? Step::End : Step::More;
}

// libpcap's text for a pcapng file whose interfaces differ: it reads one link type only.
constexpr std::string_view kSecondLinkType = "different from the type of the first interface";

tl::unexpected<Error> CaptureFile::Impl::break_off() {
    const std::string octet =
        size ? fmt::format(" (octet {})", ::ftello(pcap_file(pcap.get()))) : "";
    const std::string why = pcap_geterr(pcap.get());
    if (why.find(kSecondLinkType) != std::string::npos) {
        broken = Error{ErrorKind::BadInput,
                       fmt::format("{}: holds a second link type after packet {}{}, and one is all "
                                   "that libpcap reads",
                                   name, counts.packets, octet),
                       "capture each interface into a file of its own, or \"any\" into one"};
        return tl::unexpected(*broken);
    }
    broken =
        Error{ErrorKind::BadInput,
              fmt::format("{}: broken after packet {}{}: {}", name, counts.packets, octet, why),
              "what was read is kept"};
    return tl::unexpected(*broken);
}

LinkType CaptureFile::link() const {
    return impl_->link;
}

const CaptureCounts& CaptureFile::counts() const {
    return impl_->counts;
}

std::uint64_t CaptureFile::octets_read() const {
    if (!impl_->size) return impl_->captured;
    const auto place = ::ftello(pcap_file(impl_->pcap.get()));
    return place < 0 ? impl_->captured : static_cast<std::uint64_t>(place);
}

std::optional<std::uint64_t> CaptureFile::size() const {
    return impl_->size;
}

}  // namespace tcpstep::capture
