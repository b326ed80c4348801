#include "tests/judge/state_tracepoint.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "capture/kernel_state.hpp"

namespace tcpstep::judge {

namespace {

constexpr std::size_t kRingOctets = std::size_t{1} << 20;  // a power of two
constexpr const char* kTracefs = "/sys/kernel/tracing";
constexpr const char* kEvent = "events/sock/inet_sock_set_state/";

// Where each field is in the raw record, as the kernel's "format" file says.
struct Layout {
    std::size_t from = 0, to = 0, sport = 0, dport = 0, family = 0;
    std::size_t saddr = 0, daddr = 0, saddr_v6 = 0, daddr_v6 = 0;
};

std::size_t offset_of(const std::string& format, const std::string& field) {
    // "	field:int oldstate;	offset:16;	size:4;	signed:1;"
    for (const char* end : {";", "["}) {
        const auto name = format.find(" " + field + end);
        if (name == std::string::npos) continue;
        const auto offset = format.find("offset:", name);
        if (offset != std::string::npos) return std::stoul(format.substr(offset + 7));
    }
    return 0;
}

// tracefs as it is mounted, or else a mount that nobody else sees (fsopen(2), Linux 5.2). -1: not
// to be had.
int open_tracefs() {
    const int mounted = ::open(kTracefs, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (mounted >= 0 && ::faccessat(mounted, kEvent, F_OK, 0) == 0) return mounted;
    if (mounted >= 0) ::close(mounted);
    const int context = ::fsopen("tracefs", FSOPEN_CLOEXEC);
    if (context < 0) return -1;
    const bool made = ::fsconfig(context, FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) == 0;
    const int mount = made ? ::fsmount(context, FSMOUNT_CLOEXEC, 0) : -1;
    ::close(context);
    return mount;
}

std::string text_of(int tracefs, const std::string& path) {
    const int file = ::openat(tracefs, path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return "";
    std::array<char, 8192> text;  // more than the kernel gives
    const ssize_t octets = ::read(file, text.data(), text.size());
    ::close(file);
    return {text.data(), octets < 0 ? 0 : static_cast<std::size_t>(octets)};
}

Layout layout_of(const std::string& format) {
    return {offset_of(format, "oldstate"), offset_of(format, "newstate"),
            offset_of(format, "sport"),    offset_of(format, "dport"),
            offset_of(format, "family"),   offset_of(format, "saddr"),
            offset_of(format, "daddr"),    offset_of(format, "saddr_v6"),
            offset_of(format, "daddr_v6")};
}

std::int64_t nanoseconds(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// What makes a time of CLOCK_MONOTONIC one of CLOCK_REALTIME; neither is slewed alone.
std::int64_t monotonic_to_real() {
    const std::int64_t before = nanoseconds(CLOCK_MONOTONIC);
    const std::int64_t real = nanoseconds(CLOCK_REALTIME);
    return real - (before + nanoseconds(CLOCK_MONOTONIC)) / 2;
}

template <class T>
T read_at(const std::uint8_t* record, std::size_t at) {
    T value{};
    std::memcpy(&value, record + at, sizeof value);
    return value;
}

StateEvent decode(const std::uint8_t* record, const Layout& layout, std::int64_t time) {
    StateEvent event;
    event.time = model::Time(std::chrono::nanoseconds(time));
    event.from = capture::state_of(read_at<std::uint8_t>(record, layout.from));
    event.to = capture::state_of(read_at<std::uint8_t>(record, layout.to));
    const bool v6 = read_at<std::uint16_t>(record, layout.family) == AF_INET6;
    event.local.ip = v6 ? model::IpAddress::from_v6(record + layout.saddr_v6)
                        : model::IpAddress::from_v4(record + layout.saddr);
    event.remote.ip = v6 ? model::IpAddress::from_v6(record + layout.daddr_v6)
                         : model::IpAddress::from_v4(record + layout.daddr);
    event.local.port = read_at<std::uint16_t>(record, layout.sport);
    event.remote.port = read_at<std::uint16_t>(record, layout.dport);
    return event;
}

// The events of one processor: a page that says how far the kernel has written, and a ring.
struct Ring {
    int file = -1;
    perf_event_mmap_page* page = nullptr;
};

std::size_t mapped_octets() {
    return kRingOctets + static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

Result<Ring> open_ring(std::uint64_t tracepoint, int processor) {
    perf_event_attr wanted{};
    wanted.type = PERF_TYPE_TRACEPOINT;
    wanted.size = sizeof wanted;
    wanted.config = tracepoint;
    wanted.sample_period = 1;
    wanted.sample_type = PERF_SAMPLE_TIME | PERF_SAMPLE_RAW;
    wanted.use_clockid = 1;
    wanted.clockid = CLOCK_MONOTONIC;  // CLOCK_REALTIME is refused: EINVAL
    Ring ring;
    ring.file = static_cast<int>(
        ::syscall(SYS_perf_event_open, &wanted, -1, processor, -1, PERF_FLAG_FD_CLOEXEC));
    void* mapped = MAP_FAILED;
    if (ring.file >= 0) {
        mapped = ::mmap(nullptr, mapped_octets(), PROT_READ | PROT_WRITE, MAP_SHARED, ring.file, 0);
    }
    if (mapped == MAP_FAILED) {
        const int os_errno = errno;
        if (ring.file >= 0) ::close(ring.file);
        return fail(ErrorKind::MachineForbids,
                    fmt::format("tracepoint inet_sock_set_state: {}", std::strerror(os_errno)),
                    "run as root", os_errno);
    }
    ring.page = static_cast<perf_event_mmap_page*>(mapped);
    return ring;
}

}  // namespace

struct StateTracepoint::Impl {
    Layout layout;
    std::vector<Ring> rings;
    std::int64_t to_real = monotonic_to_real();
    std::uint64_t lost = 0;

    ~Impl() {
        for (const Ring& ring : rings) {
            ::munmap(ring.page, mapped_octets());
            ::close(ring.file);
        }
    }
    void take(const Ring& ring, std::vector<StateEvent>& into);
    void take(const std::vector<std::uint8_t>& record, std::vector<StateEvent>& into);
};

// perf_event_open(2): a header, then what sample_type asked for: the time, the raw record's length
// and the record.
void StateTracepoint::Impl::take(const std::vector<std::uint8_t>& record,
                                 std::vector<StateEvent>& into) {
    const auto header = read_at<perf_event_header>(record.data(), 0);
    constexpr std::size_t kTime = sizeof(perf_event_header);
    if (header.type == PERF_RECORD_LOST) {
        lost += read_at<std::uint64_t>(record.data(), kTime + 8);
    } else if (header.type == PERF_RECORD_SAMPLE) {
        const std::uint8_t* raw = record.data() + kTime + 8 + 4;
        const StateEvent event =
            decode(raw, layout, read_at<std::int64_t>(record.data(), kTime) + to_real);
        into.push_back(event);
    }
}

void StateTracepoint::Impl::take(const Ring& ring, std::vector<StateEvent>& into) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(ring.page) + ring.page->data_offset;
    const std::uint64_t head = std::atomic_ref(ring.page->data_head).load();
    std::uint64_t tail = ring.page->data_tail;
    const auto octet = [&](std::uint64_t at) { return data[at % kRingOctets]; };
    while (tail < head) {
        std::vector<std::uint8_t> record(sizeof(perf_event_header));
        for (std::size_t i = 0; i < record.size(); ++i) record[i] = octet(tail + i);
        record.resize(read_at<perf_event_header>(record.data(), 0).size);
        for (std::size_t i = 0; i < record.size(); ++i) record[i] = octet(tail + i);
        take(record, into);
        tail += record.size();
    }
    std::atomic_ref(ring.page->data_tail).store(tail);
}

StateTracepoint::StateTracepoint(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
StateTracepoint::StateTracepoint(StateTracepoint&&) noexcept = default;
StateTracepoint& StateTracepoint::operator=(StateTracepoint&&) noexcept = default;
StateTracepoint::~StateTracepoint() = default;

Result<StateTracepoint> StateTracepoint::open() {
    auto impl = std::make_unique<Impl>();
    const int tracefs = open_tracefs();
    const std::string id = text_of(tracefs, std::string(kEvent) + "id");
    impl->layout = layout_of(text_of(tracefs, std::string(kEvent) + "format"));
    if (tracefs >= 0) ::close(tracefs);
    if (id.empty()) {
        return fail(ErrorKind::MachineForbids, "tracepoint inet_sock_set_state: cannot be read",
                    "run as root, on a kernel with tracefs");
    }
    const auto processors = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
    for (int processor = 0; processor < processors; ++processor) {
        auto ring = open_ring(std::stoull(id), processor);
        if (!ring) return tl::unexpected(ring.error());
        impl->rings.push_back(*ring);
    }
    return StateTracepoint(std::move(impl));
}

std::vector<StateEvent> StateTracepoint::drain() {
    std::vector<StateEvent> events;
    for (const Ring& ring : impl_->rings) impl_->take(ring, events);
    std::stable_sort(events.begin(), events.end(),
                     [](const StateEvent& a, const StateEvent& b) { return a.time < b.time; });
    return events;
}

std::uint64_t StateTracepoint::lost() const {
    return impl_->lost;
}

}  // namespace tcpstep::judge
