#include "model/descriptors.hpp"

#include <algorithm>

namespace tcpstep::model {

namespace {

bool has(const std::vector<std::int64_t>& group, std::int64_t fd) {
    return std::find(group.begin(), group.end(), fd) != group.end();
}

}  // namespace

Descriptors::Group* Descriptors::group_of(std::int64_t fd) {
    const auto found = std::find_if(groups_.begin(), groups_.end(),
                                    [fd](const Group& group) { return has(group, fd); });
    return found == groups_.end() ? nullptr : &*found;
}

void Descriptors::opened(std::int64_t fd, bool tcp) {
    closed(fd);
    if (!tcp) not_tcp_.push_back(fd);
}

void Descriptors::duplicated(std::int64_t fd, std::int64_t copy) {
    if (fd == copy) return;
    opened(copy, is_tcp(fd));
    if (aborts(fd)) aborting_.push_back(copy);
    if (Group* group = group_of(fd)) {
        group->push_back(copy);
    } else {
        groups_.push_back({fd, copy});
    }
}

std::optional<std::int64_t> Descriptors::closed(std::int64_t fd) {
    std::erase(not_tcp_, fd);
    std::erase(aborting_, fd);
    Group* group = group_of(fd);
    if (group == nullptr) return std::nullopt;
    std::erase(*group, fd);
    const std::int64_t other = group->front();
    std::erase_if(groups_, [](const Group& one) { return one.size() < 2; });
    return other;
}

bool Descriptors::is_tcp(std::int64_t fd) const {
    return !has(not_tcp_, fd);
}

void Descriptors::lingers(std::int64_t fd, std::int64_t seconds) {
    const Group* group = group_of(fd);
    for (const std::int64_t one : group == nullptr ? Group{fd} : *group) {
        std::erase(aborting_, one);
        if (seconds == 0) aborting_.push_back(one);
    }
}

void Descriptors::inherits(std::int64_t accepted, std::int64_t listener) {
    if (aborts(listener)) lingers(accepted, 0);
}

bool Descriptors::aborts(std::int64_t fd) const {
    return has(aborting_, fd);
}

}  // namespace tcpstep::model
