#pragma once

#include <memory>
#include <utility>

namespace tcpstep::model::tracking {

/// A value that lies elsewhere, or none; copied with its owner. For what few connections have.
template <class T>
class Indirect {
  public:
    Indirect() = default;
    Indirect(const Indirect& other)
        : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    Indirect(Indirect&&) noexcept = default;
    Indirect& operator=(Indirect other) noexcept {
        value_ = std::move(other.value_);
        return *this;
    }
    ~Indirect() = default;

    explicit operator bool() const { return value_ != nullptr; }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return value_.get(); }
    const T* operator->() const { return value_.get(); }

    template <class... Values>
    void emplace(Values&&... values) {
        value_ = std::make_unique<T>(std::forward<Values>(values)...);
    }
    void reset() { value_.reset(); }

  private:
    std::unique_ptr<T> value_;
};

}  // namespace tcpstep::model::tracking
