#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "model/tracking/indirect.hpp"

namespace tcpstep::model::tracking {

/// Values in order, as a vector of them; but as many as there mostly are lie in place: connections
/// are many, and what lies elsewhere has to be fetched from memory.
template <class T, std::size_t kInPlace>
class Few {
  public:
    bool empty() const { return count_ == 0; }
    std::size_t size() const { return count_; }
    const T& back() const { return all().back(); }
    std::span<const T> all() const {
        return more_ ? std::span<const T>(*more_) : std::span(here_).first(count_);
    }
    std::span<T> all() { return more_ ? std::span<T>(*more_) : std::span(here_).first(count_); }

    void push_back(const T& value) {
        if (count_ == kInPlace && !more_) more_.emplace(here_.begin(), here_.end());
        if (more_) {
            more_->push_back(value);
        } else {
            here_[count_] = value;
        }
        ++count_;
    }
    void clear() {
        more_.reset();
        count_ = 0;
    }

  private:
    std::array<T, kInPlace> here_{};
    Indirect<std::vector<T>> more_;  // all of them, where they are more
    std::size_t count_ = 0;
};

}  // namespace tcpstep::model::tracking
