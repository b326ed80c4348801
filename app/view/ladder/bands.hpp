#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tcpstep::view::ladder {

/// Which of many things reach into a stretch of height, without looking at all of them. What lies
/// far outside of what is visible is kept together.
class LadderBands {
  public:
    /// Each is `height` high; `visible` pixels are, which may be those of a long picture.
    LadderBands(float height, float visible)
        : height_(height),
          last_(std::clamp(visible / height + 2 * kAround, kLeast, kMost)),
          bands_(kAtFirst) {}

    void add(std::size_t thing, float top, float bottom) {
        const std::size_t last = band(bottom);
        if (last >= bands_.size()) bands_.resize(std::max(last + 1, 2 * bands_.size()));
        for (std::size_t b = band(top); b <= last; ++b) {
            bands_[b].push_back(static_cast<std::uint32_t>(thing));
        }
    }

    /// Takes out what was added with these heights.
    void remove(std::size_t thing, float top, float bottom) {
        for (std::size_t b = band(top); b <= band(bottom); ++b) {
            std::erase(bands_[b], static_cast<std::uint32_t>(thing));
        }
    }

    /// `wanted` is true of one of those that may reach into it.
    template <class Wanted>
    bool any(float top, float bottom, Wanted wanted) const {
        const std::size_t end = std::min(band(bottom) + 1, bands_.size());
        for (std::size_t b = band(top); b < end; ++b) {
            if (std::any_of(bands_[b].begin(), bands_[b].end(), wanted)) return true;
        }
        return false;
    }

  private:
    static constexpr float kAround = 8;  // bands above what is visible, and below it
    static constexpr float kLeast = 255, kMost = 100'000;
    static constexpr std::size_t kAtFirst = 64;  // as many as most windows need

    std::size_t band(float y) const {
        return static_cast<std::size_t>(std::clamp(y / height_ + kAround, 0.0F, last_));
    }

    float height_;
    float last_;  // the last one that may be
    std::vector<std::vector<std::uint32_t>> bands_;
};

}  // namespace tcpstep::view::ladder
