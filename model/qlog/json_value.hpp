#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tcpstep::model::qlog {

/// A JSON value (RFC 8259) that was read. Unlike most, it keeps the order of an object's members
/// and the digits of a number that is no integer, so that times lose nothing.
struct Value {
    /// A number with a fraction or an exponent, or beyond 64 bits: its text, "12.000345".
    struct Decimal {
        std::string text;
    };
    struct Member;
    using Array = std::vector<Value>;
    using Object = std::vector<Member>;

    /// Integers are int64_t where they fit, uint64_t only above that.
    std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, Decimal, std::string, Array,
                 Object>
        value;

    const Array* array() const { return std::get_if<Array>(&value); }
    const Object* object() const { return std::get_if<Object>(&value); }
    const std::string* text() const { return std::get_if<std::string>(&value); }

    /// The member of that name; nullptr if this is no object or has none. Of two with the same
    /// name the last, as most JSON libraries have it.
    const Value* find(std::string_view name) const;
};

struct Value::Member {
    std::string name;
    Value value;
};

/// Why a text is no JSON value.
struct NotJson {
    std::size_t octet = 0;  ///< where, from 1
    bool cut = false;       ///< all was well until the text ended
    std::string what;       ///< one line: "octet 12: a syntax error"
};

/// Values nested deeper than this are refused, so that walking them needs little stack.
inline constexpr std::size_t kMaxNesting = 64;

/// Reads one JSON value that fills `text`. Says why through `why` where it returns nothing.
std::optional<Value> parse_json(std::string_view text, NotJson& why);

/// The value as JSON text without white space.
std::string to_text(const Value& value);

/// The same, cut after about 40 octets, for a message.
std::string excerpt(const Value& value);

}  // namespace tcpstep::model::qlog
