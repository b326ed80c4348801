#include "app/cli/kept_payloads.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::cli {

void KeptPayloads::add(std::span<const std::uint8_t> payload) {
    const auto kept = payload.first(std::min(payload.size(), model::kMostPayload));
    full_ = full_ || kept.size() > room_;
    if (full_) return;
    room_ -= kept.size();
    payloads_.emplace_back(kept.begin(), kept.end());
}

std::vector<std::uint8_t> KeptPayloads::take(model::SegmentId id) {
    if (id == 0 || id > payloads_.size()) return {};
    return std::exchange(payloads_[id - 1], {});
}

}  // namespace tcpstep::cli
