#include "model/qlog/unknown_members.hpp"

#include <algorithm>

#include "model/qlog/json_reader.hpp"
#include "model/qlog/json_text.hpp"
#include "model/qlog/place.hpp"

namespace tcpstep::model::qlog {

namespace {

bool is_last_of_name(const Value& object, const Value& member) {
    const Value* last = nullptr;
    for (const Value& each : object) {
        if (each.name() == member.name()) last = &each;
    }
    return last == &member;
}

/// Walks a value in depth; recursion is bounded by kMaxNesting.
class Collector {
  public:
    explicit Collector(const Value* whole) : whole_(whole) {}

    void look_into(const Value& value) {
        if (&value == whole_) return;
        std::size_t index = 0;
        for (const Value& each : value) {
            if (!each.known()) {
                if (is_last_of_name(value, each))
                    found.push_back({pointer_, std::string(each.name()), to_text(each)});
            } else if (each.size() > 0) {
                const std::size_t around = pointer_.size();
                append_pointer_token(pointer_,
                                     value.is_object() ? each.name() : std::to_string(index));
                look_into(each);
                pointer_.resize(around);
            }
            ++index;
        }
    }

    std::vector<UnknownMember> found;

  private:
    const Value* whole_;
    std::string pointer_;
};

/// Writes a value as it is, and the members with it.
class Merger {
  public:
    explicit Merger(const std::vector<UnknownMember>& members) : members_(members) {}

    void write(const Value& value) {
        if (!value.is_object() && !value.is_array()) {
            out += to_text(value);
            return;
        }
        out += value.is_object() ? '{' : '[';
        std::size_t index = 0;
        for (const Value& each : value) {
            if (index > 0) out += ',';
            if (value.is_object()) write_name(each.name());
            const std::size_t around = pointer_.size();
            append_pointer_token(pointer_, value.is_object() ? each.name() : std::to_string(index));
            write(each);
            pointer_.resize(around);
            ++index;
        }
        if (value.is_object()) add_members(value);
        out += value.is_object() ? '}' : ']';
    }

    std::string out;

  private:
    void write_name(std::string_view name) {
        append_string(out, name);
        out += ':';
    }

    void add_members(const Value& object) {
        bool first = object.size() == 0;
        for (const UnknownMember& member : members_) {
            if (member.object != pointer_ || object.find(member.name) != nullptr) continue;
            if (!first) out += ',';
            first = false;
            write_name(member.name);
            out += member.json;
        }
    }

    const std::vector<UnknownMember>& members_;
    std::string pointer_;
};

}  // namespace

std::vector<UnknownMember> unknown_members(const Value& record, const Value* whole) {
    if (record.all_known()) return {};  // the usual case, and quickly found
    Collector collector(whole);
    collector.look_into(record);
    // Where in its object a member stands means nothing, and is not kept.
    std::sort(collector.found.begin(), collector.found.end());
    return std::move(collector.found);
}

std::string with_unknown(std::string_view record, const std::vector<UnknownMember>& members) {
    Document document;
    NotJson why;
    if (!read_json(record, document, why)) return std::string(record);
    Merger merger(members);
    merger.write(document.root());
    return std::move(merger.out);
}

}  // namespace tcpstep::model::qlog
