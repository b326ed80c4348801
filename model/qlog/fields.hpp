#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/qlog/json_value.hpp"
#include "model/qlog/place.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::model::qlog {

/// Reads the members of one JSON object. What is missing or of the wrong kind becomes a fault at
/// its place, and an empty value is returned in its stead: read all, then look at the faults.
/// Members that nobody asks for are no fault.
class Fields {
  public:
    /// A fault if `value` is no object.
    Fields(const Value& value, const Place& place, Faults& faults);

    const Place& place() const { return place_; }
    Faults& faults() const { return faults_; }

    bool has(std::string_view name) const { return value_.find(name) != nullptr; }
    /// The member, or nullptr and a fault.
    const Value* required(std::string_view name) const;
    /// The member, or nullptr.
    const Value* optional(std::string_view name) const { return value_.find(name); }

    /// An integer that `Integer` holds, from `least` on.
    template <class Integer>
    Integer number(std::string_view name,
                   Integer least = std::numeric_limits<Integer>::min()) const {
        const Value* member = required(name);
        return member == nullptr ? Integer{0} : number_in(*member, name, least);
    }
    /// The same, and 0 without a fault where the member is missing.
    template <class Integer>
    Integer number_or_zero(std::string_view name,
                           Integer least = std::numeric_limits<Integer>::min()) const {
        const Value* member = optional(name);
        return member == nullptr ? Integer{0} : number_in(*member, name, least);
    }

    std::string text(std::string_view name) const { return std::string(text_view(name)); }
    /// The same, valid as long as the document.
    std::string_view text_view(std::string_view name) const;
    /// The same, and "" without a fault where the member is missing.
    std::string text_or_empty(std::string_view name) const {
        return has(name) ? text(name) : std::string();
    }
    bool boolean(std::string_view name) const;
    /// An even number of hexadecimal digits.
    std::vector<std::uint8_t> hex(std::string_view name) const;
    /// A value without elements where it is missing or none.
    const Value& array(std::string_view name) const;
    Role role(std::string_view name) const;
    State state(std::string_view name) const;

    /// "seq: expected `what`, found ..." at the member's place.
    void expected(std::string_view name, std::string_view what, const Value& found) const;
    /// A fault at the member's place, with its name in front.
    void fault(std::string_view name, std::string_view what) const;

  private:
    template <class Integer>
    Integer number_in(const Value& member, std::string_view name, Integer least) const;

    const Value& value_;
    const Place& place_;
    Faults& faults_;
};

}  // namespace tcpstep::model::qlog
