#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tcpstep::lesson {

/// A name that an object of a JSON text has for the second time, and the line, from 1, where.
struct RepeatedKey {
    std::string key;
    std::size_t line = 0;
    bool operator==(const RepeatedKey&) const = default;
};

/// The first, in a text that is valid JSON; of two fields of one name, readers of JSON keep either
/// (RFC 8259, 4).
std::optional<RepeatedKey> repeated_key(std::string_view json);

}  // namespace tcpstep::lesson
