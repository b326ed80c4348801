#pragma once

#include <optional>
#include <utility>

namespace tcpstep::session {

/// What was made out of things that mostly do not change: it is made again only when its key, which
/// names these things as they are, is another one.
template <class Key, class Value>
class Kept {
  public:
    template <class Make>
    const Value& get(Key key, Make make) {
        if (key_ == key) return value_;
        value_ = make();
        key_ = std::move(key);
        return value_;
    }

  private:
    std::optional<Key> key_;  // nothing: never made
    Value value_{};
};

}  // namespace tcpstep::session
