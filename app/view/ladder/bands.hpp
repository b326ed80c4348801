#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tcpstep::view::ladder {

/// Which of many things reach into a stretch of height, without looking at all of them. What lies
/// far outside of what is visible is kept together.
class LadderBands {
  public:
    explicit LadderBands(float height) : height_(height) {}

    void add(std::size_t thing, float top, float bottom) {
        for (std::size_t b = band(top); b <= band(bottom); ++b) {
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
        for (std::size_t b = band(top); b <= band(bottom); ++b) {
            if (std::any_of(bands_[b].begin(), bands_[b].end(), wanted)) return true;
        }
        return false;
    }

  private:
    static constexpr std::size_t kBands = 256;
    static constexpr float kAbove = 8;  // bands above what is visible

    std::size_t band(float y) const {
        const float b = y / height_ + kAbove;
        return static_cast<std::size_t>(std::clamp(b, 0.0F, static_cast<float>(kBands - 1)));
    }

    float height_;
    std::array<std::vector<std::uint32_t>, kBands> bands_;
};

}  // namespace tcpstep::view::ladder
