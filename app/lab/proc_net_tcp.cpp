#include "app/lab/proc_net_tcp.hpp"

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/proc_net_tcp.hpp"

namespace tcpstep::lab {

namespace {

namespace fs = std::filesystem;

// More rows than a lesson shows at once; a trace stays small.
constexpr std::int64_t kMostRows = 32;

template <class Integer>
std::optional<Integer> number(std::string_view text) {
    Integer value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// The inode that a link such as "socket:[24310]" names.
std::optional<std::uint32_t> socket_inode(std::string_view link) {
    constexpr std::string_view kBefore = "socket:[";
    if (!link.starts_with(kBefore) || !link.ends_with(']')) return std::nullopt;
    link.remove_prefix(kBefore.size());
    link.remove_suffix(1);
    return number<std::uint32_t>(link);
}

// The descriptors of this process by the inode of their socket.
std::map<std::uint32_t, std::set<int>> sockets_of_this_process() {
    std::map<std::uint32_t, std::set<int>> sockets;
    std::error_code error;
    for (fs::directory_iterator at("/proc/self/fd", error), end; !error && at != end;
         at.increment(error)) {
        std::error_code gone;  // a descriptor may be closed meanwhile
        const std::string link = fs::read_symlink(at->path(), gone).string();
        const auto fd = number<int>(at->path().filename().string());
        const auto inode = socket_inode(link);
        if (!gone && fd && inode) sockets[*inode].insert(*fd);
    }
    return sockets;
}

std::string with_descriptors(std::string row, const std::set<int>& descriptors) {
    row.erase(row.find_last_not_of(' ') + 1);
    row.erase(0, row.find_first_not_of(' '));
    if (!descriptors.empty()) row += fmt::format(" fd {}", fmt::join(descriptors, " "));
    return row;
}

}  // namespace

ProcNetTcp read_proc_net_tcp(const model::SocketAddress& server, std::optional<int> only) {
    ProcNetTcp told;
    std::ifstream table(server.ip.v6 ? "/proc/thread-self/net/tcp6" : "/proc/thread-self/net/tcp");
    if (!table) {
        told.os_errno = errno;
        return told;
    }
    const auto sockets = sockets_of_this_process();
    told.rows = 0;
    for (std::string line; told.rows < kMostRows && std::getline(table, line);) {
        const auto row = model::parse_proc_net_tcp(line);
        if (!row) continue;
        const auto own = sockets.find(row->inode);
        const std::set<int> descriptors = own == sockets.end() ? std::set<int>() : own->second;
        const bool at_server = row->local.port == server.port || row->remote.port == server.port;
        if (only ? !descriptors.contains(*only) : descriptors.empty() && !at_server) continue;
        if (told.rows++ > 0) told.text += '\n';
        told.text += with_descriptors(line, descriptors);
    }
    return told;
}

}  // namespace tcpstep::lab
