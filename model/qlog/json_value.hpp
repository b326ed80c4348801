#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace tcpstep::model::qlog {

/// A JSON value (RFC 8259) that was read. Unlike most, it keeps the order of an object's members
/// and the digits of a number that is no integer, so that times lose nothing. It stands in a
/// Document, its members and elements right behind it.
class Value {
  public:
    enum class Kind : std::uint8_t {
        Null,
        Boolean,
        Integer,   ///< within 64 bits, with a sign
        Unsigned,  ///< within 64 bits, above those
        Decimal,   ///< a number with a fraction or an exponent, or beyond 64 bits: its text
        Text,
        Array,
        Object
    };

    Kind kind() const { return kind_; }
    bool is_object() const { return kind_ == Kind::Object; }
    bool is_array() const { return kind_ == Kind::Array; }
    bool is_number() const { return kind_ >= Kind::Integer && kind_ <= Kind::Decimal; }

    /// As a member of an object: its name.
    std::string_view name() const { return name_; }

    bool boolean() const { return number_ != 0; }
    std::int64_t integer() const { return static_cast<std::int64_t>(number_); }
    std::uint64_t unsigned_integer() const { return number_; }
    /// The digits of a Decimal: "12.000345".
    std::string_view digits() const { return text_; }
    /// nullptr if it is no Text.
    const std::string_view* text() const { return kind_ == Kind::Text ? &text_ : nullptr; }

    /// Walks over the elements of an array, the members of an object.
    class Iterator {
      public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = Value;
        using difference_type = std::ptrdiff_t;
        using pointer = const Value*;
        using reference = const Value&;

        explicit Iterator(const Value* at = nullptr) : at_(at) {}
        const Value& operator*() const { return *at_; }
        const Value* operator->() const { return at_; }
        Iterator& operator++() {
            at_ += at_->span_;
            return *this;
        }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const Iterator&) const = default;

      private:
        const Value* at_;
    };
    Iterator begin() const { return Iterator(this + 1); }
    Iterator end() const { return Iterator(this + span_); }
    /// How many there are; 0 of a value that holds none.
    std::size_t size() const { return count_; }

    /// The member of that name; nullptr if this is no object or has none. Of two with the same
    /// name the last, as most JSON libraries have it.
    const Value* find(std::string_view name) const;

    /// Somebody knows what this member is for: it was found by its name, or heeded. What is no
    /// member is known.
    bool known() const { return known_; }
    /// So it is with each value within this one.
    bool all_known() const {
        return std::all_of(this + 1, this + span_, [](const Value& each) { return each.known_; });
    }
    void heed() const { known_ = true; }
    /// It was found, and means nothing here.
    void disown() const { known_ = false; }

  private:
    friend class Document;

    std::string_view name_;
    std::string_view text_;
    std::uint64_t number_ = 0;
    std::uint32_t span_ = 1;   // of a document's values, itself and all within it
    std::uint32_t count_ = 0;  // elements or members
    Kind kind_ = Kind::Null;
    mutable bool known_ = false;
};

/// Values that are nested deeper than this are refused, so that walking them needs little stack.
inline constexpr std::size_t kMaxNesting = 64;

/// One JSON value with all that is within it, in memory of its own that is used again for the next
/// one. It is built from its first value to its last: containers are opened and closed, and in an
/// object each value is named before.
class Document {
  public:
    Document() = default;
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    /// Of a finished document; it is valid until clear().
    const Value& root() const { return values_.front(); }
    /// All that was opened is closed, and there is a value.
    bool finished() const { return open_.empty() && !values_.empty(); }

    void clear();

    /// Names the next value.
    void name(std::string_view name) { name_ = kept(name); }
    /// The names around the next value and its own; "" in an array.
    std::string_view next_name() const { return name_; }

    void put_null() { put(Value::Kind::Null); }
    void put(bool truth) { put(Value::Kind::Boolean).number_ = truth ? 1 : 0; }
    void put(std::int64_t number) {
        put(Value::Kind::Integer).number_ = static_cast<std::uint64_t>(number);
    }
    void put(std::uint64_t number);
    void put_decimal(std::string_view digits) { put(Value::Kind::Decimal).text_ = kept(digits); }
    void put_text(std::string_view text) { put(Value::Kind::Text).text_ = kept(text); }

    void open(Value::Kind kind);
    void close();
    /// Containers that are open.
    std::size_t depth() const { return open_.size(); }

    /// Lets `look(root)` see what is there so far, as if all that is open were closed.
    template <class Look>
    auto so_far(Look look) {
        for (const std::size_t at : open_) close_at(at);
        return look(root());
    }

  private:
    Value& put(Value::Kind kind);
    void close_at(std::size_t at) {
        values_[at].span_ = static_cast<std::uint32_t>(values_.size() - at);
    }
    std::string_view kept(std::string_view text);

    std::vector<Value> values_;
    std::vector<std::size_t> open_;  // where in values_ they stand
    std::string_view name_;
    // Texts and names stand in the buffer, one behind the other. What does not fit comes from the
    // heap.
    std::array<char, std::size_t{16} * 1024> buffer_;
    std::size_t used_ = 0;
    std::deque<std::string> more_;
};

/// The value as JSON text without white space.
std::string to_text(const Value& value);

/// The same, cut after about 40 octets, for a message.
std::string excerpt(const Value& value);

}  // namespace tcpstep::model::qlog
