#include "app/lab/channel.hpp"

#include <array>
#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

namespace tcpstep::lab {

bool send_all(int channel, std::string_view text) {
    while (!text.empty()) {
        const ssize_t sent = send(channel, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool LineReader::cut(std::string& line, std::size_t searched) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end == std::string::npos) return false;
    line.assign(buffer_, start_, end - start_);
    start_ = end + 1;
    return true;
}

std::vector<std::string> LineReader::take(bool& open) {
    open = true;
    std::array<char, 4096> chunk{};
    while (true) {
        const ssize_t got = recv(channel_, chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
        open = got > 0;
        if (!open) break;
        buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    }
    std::vector<std::string> lines;
    for (std::string line; cut(line, start_);) lines.push_back(std::move(line));
    return lines;
}

bool LineReader::next(std::string& line) {
    std::size_t searched = start_;
    while (true) {
        if (cut(line, searched)) return true;
        buffer_.erase(0, start_);
        start_ = 0;
        searched = buffer_.size();
        std::array<char, 65536>
            chunk;  // NOLINT(cppcoreguidelines-pro-type-member-init): read fills it
        const ssize_t got = read(channel_, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace tcpstep::lab
