#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tcpstep::model::qlog {

// JSON text (RFC 8259), written at the end of `out`.

/// `text` in quotes, escaped. An octet that is not part of valid UTF-8 becomes U+FFFD.
void append_string(std::string& out, std::string_view text);

void append_number(std::string& out, std::int64_t number);
void append_number(std::string& out, std::uint64_t number);
inline void append_number(std::string& out, std::uint32_t number) {
    append_number(out, std::uint64_t{number});
}

/// "0a1f" in quotes: two lower-case digits an octet.
void append_hex(std::string& out, std::span<const std::uint8_t> octets);

/// The members of one object: `{"a":1,"b":"x"}`. Writes `{` at once and `}` at the end of its life.
class ObjectText {
  public:
    explicit ObjectText(std::string& out) : out_(out) { out_ += '{'; }
    ~ObjectText() {
        if (close_) out_ += '}';
    }
    ObjectText(const ObjectText&) = delete;
    ObjectText& operator=(const ObjectText&) = delete;

    /// Writes the name; the caller writes the value at the end of what this returns. `name` is one
    /// of the format's own and needs no escape.
    std::string& member(std::string_view name);

    void text(std::string_view name, std::string_view value) { append_string(member(name), value); }
    void boolean(std::string_view name, bool value) { member(name) += value ? "true" : "false"; }
    template <class Integer>
    void number(std::string_view name, Integer value) {
        append_number(member(name), value);
    }

    /// Somebody else writes the `}`.
    void leave_open() { close_ = false; }

  private:
    std::string& out_;
    bool first_ = true;
    bool close_ = true;
};

}  // namespace tcpstep::model::qlog
