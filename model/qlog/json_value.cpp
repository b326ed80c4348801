#include "model/qlog/json_value.hpp"

#include <limits>

#include <nlohmann/json.hpp>

#include "model/qlog/json_text.hpp"

namespace tcpstep::model::qlog {

namespace {

/// Builds a Value from the parser's calls (nlohmann's SAX interface); returning false stops it.
class Builder {
  public:
    explicit Builder(NotJson& why) : why_(why) {}

    Value take_root() { return std::move(root_); }

    bool null() { return put(Value{nullptr}); }
    bool boolean(bool value) { return put(Value{value}); }
    bool number_integer(std::int64_t value) { return put(Value{value}); }
    bool number_unsigned(std::uint64_t value) {
        constexpr auto kMost = std::uint64_t{std::numeric_limits<std::int64_t>::max()};
        if (value > kMost) return put(Value{value});
        return put(Value{static_cast<std::int64_t>(value)});
    }
    bool number_float(double, const std::string& text) { return put(Value{Value::Decimal{text}}); }
    bool string(std::string& text) { return put(Value{std::move(text)}); }
    bool binary(nlohmann::json::binary_t&) { return false; }  // not in JSON text

    bool start_object(std::size_t) { return open(Value{Value::Object{}}); }
    bool start_array(std::size_t) { return open(Value{Value::Array{}}); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        names_.back() = std::move(name);
        return true;
    }

    bool parse_error(std::size_t octet, const std::string&,
                     const nlohmann::json::exception& error) {
        constexpr int kNumberOverflow = 406;  // it does not fit a double
        why_.octet = octet;
        why_.what = "octet " + std::to_string(octet) +
                    (error.id == kNumberOverflow ? ": a number too big" : ": a syntax error");
        return false;
    }

  private:
    bool open(Value container) {
        if (open_.size() == kMaxNesting) {
            why_.what = "nested deeper than " + std::to_string(kMaxNesting) + " values";
            return false;
        }
        open_.push_back(std::move(container));
        names_.emplace_back();
        return true;
    }

    bool close() {
        Value done = std::move(open_.back());
        open_.pop_back();
        names_.pop_back();
        return put(std::move(done));
    }

    bool put(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else if (auto* object = std::get_if<Value::Object>(&open_.back().value)) {
            object->push_back({std::move(names_.back()), std::move(value)});
        } else {
            std::get<Value::Array>(open_.back().value).push_back(std::move(value));
        }
        return true;
    }

    NotJson& why_;
    Value root_;
    std::vector<Value> open_;         // the containers around what comes next
    std::vector<std::string> names_;  // for each of them, the name of the member that comes next
};

// Recursion is bounded by kMaxNesting.
void append_value(std::string& out, const Value& value);

void append_object(std::string& out, const Value::Object& object) {
    out += '{';
    const char* separator = "";
    for (const Value::Member& member : object) {
        out += separator;
        append_string(out, member.name);
        out += ':';
        append_value(out, member.value);
        separator = ",";
    }
    out += '}';
}

void append_array(std::string& out, const Value::Array& array) {
    out += '[';
    const char* separator = "";
    for (const Value& element : array) {
        out += separator;
        append_value(out, element);
        separator = ",";
    }
    out += ']';
}

void append_value(std::string& out, const Value& value) {
    struct Append {
        std::string& out;
        void operator()(std::nullptr_t) const { out += "null"; }
        void operator()(bool truth) const { out += truth ? "true" : "false"; }
        void operator()(std::int64_t number) const { append_number(out, number); }
        void operator()(std::uint64_t number) const { append_number(out, number); }
        void operator()(const Value::Decimal& decimal) const { out += decimal.text; }
        void operator()(const std::string& text) const { append_string(out, text); }
        void operator()(const Value::Array& array) const { append_array(out, array); }
        void operator()(const Value::Object& object) const { append_object(out, object); }
    };
    std::visit(Append{out}, value.value);
}

}  // namespace

const Value* Value::find(std::string_view name) const {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    for (auto member = members->rbegin(); member != members->rend(); ++member) {
        if (member->name == name) return &member->value;
    }
    return nullptr;
}

std::optional<Value> parse_json(std::string_view text, NotJson& why) {
    Builder builder(why);
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take_root();
    why.cut = why.octet > text.size();
    if (why.cut) why.what = "it ends too early, after octet " + std::to_string(text.size());
    return std::nullopt;
}

std::string to_text(const Value& value) {
    std::string out;
    append_value(out, value);
    return out;
}

std::string excerpt(const Value& value) {
    constexpr std::size_t kMost = 40;
    // A big container is not spelled out only to be cut.
    if (const auto* array = value.array(); array != nullptr && array->size() > kMost) {
        return "an array of " + std::to_string(array->size());
    }
    std::string text = to_text(value);
    if (text.size() <= kMost) return text;
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end) + "...";
}

}  // namespace tcpstep::model::qlog
