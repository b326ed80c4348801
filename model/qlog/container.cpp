#include "model/qlog/container.hpp"

#include "model/qlog/json_text.hpp"
#include "model/qlog/time_text.hpp"
#include "model/qlog/unknown_members.hpp"

namespace tcpstep::model::qlog {

namespace {

constexpr std::string_view kFamily = "urn:x-tcpstep:qlog:events:tcp-";
constexpr std::string_view kTimeFormat = "relative_to_epoch";
constexpr std::string_view kClockType = "system";
constexpr std::string_view kVantagePoint = "/trace/vantage_point";
constexpr std::string_view kCapture = "capture";
constexpr std::string_view kOnLoopback = "tcpstep on lo";
constexpr std::string_view kNetwork = "network";

/// The members of a file's start; a reader finds the first two in its first 256 octets.
void append_file_members(ObjectText& file, std::string_view schema, std::string_view format,
                         const Header& header) {
    file.text("file_schema", schema);
    file.text("serialization_format", format);
    file.text("title", header.title);
    file.text("description", header.description);
}

/// What the file that was read has in the place of a member of ours; nullptr: nothing else.
const std::string* kept_instead(const Header& header, std::string_view object,
                                std::string_view name) {
    if (header.unknown == nullptr) return nullptr;
    for (const UnknownMember& member : *header.unknown) {
        if (member.object == object && member.name == name) return &member.json;
    }
    return nullptr;
}

/// What a trace says of all its events.
void append_trace_members(ObjectText& trace, const Header& header) {
    {
        ObjectText common(trace.member("common_fields"));
        common.text("time_format", kTimeFormat);
        ObjectText reference_time(common.member("reference_time"));
        reference_time.text("clock_type", kClockType);
        reference_time.text("epoch", to_rfc3339(header.reference));
    }
    {
        ObjectText vantage_point(trace.member("vantage_point"));
        const auto point = [&](std::string_view name, std::string_view ours) {
            const std::string* kept = kept_instead(header, kVantagePoint, name);
            if (kept == nullptr) return vantage_point.text(name, ours);
            vantage_point.member(name) += *kept;
        };
        point("name", header.capture ? kCapture : kOnLoopback);
        point("type", kNetwork);
    }
    std::string& schemas = trace.member("event_schemas");
    if (const std::string* kept = kept_instead(header, kTrace, "event_schemas")) {
        schemas += *kept;
        return;
    }
    schemas += '[';
    append_string(schemas, kEventSchema);
    schemas += ']';
}

bool is_of_trace(const UnknownMember& member) {
    return member.object.starts_with(kTrace) &&
           (member.object.size() == kTrace.size() || member.object[kTrace.size()] == '/');
}

/// A fault unless the member is exactly `text`.
void require_text(const Fields& fields, std::string_view name, std::string_view text) {
    const Value* member = fields.required(name);
    if (member == nullptr) return;
    const std::string_view* found = member->text();
    if (found != nullptr && *found == text) return;
    fields.expected(name, "\"" + std::string(text) + "\"", *member);
}

Time read_reference(const Fields& common) {
    const Value* value = common.required("reference_time");
    if (value == nullptr) return Time();
    const Place place(common.place(), "reference_time");
    const Fields reference(*value, place, common.faults());
    require_text(reference, "clock_type", kClockType);
    const Value* epoch = reference.required("epoch");
    if (epoch == nullptr) return Time();
    const std::string_view* text = epoch->text();
    const std::optional<Time> time = text == nullptr ? std::nullopt : parse_rfc3339(*text);
    if (time) return *time;
    reference.expected("epoch", "a date and time of RFC 3339, years 1678 to 2261", *epoch);
    return Time();
}

void check_vantage_point(const Fields& trace) {
    const Value* value = trace.required("vantage_point");
    if (value == nullptr) return;
    const Place place(trace.place(), "vantage_point");
    const Fields vantage_point(*value, place, trace.faults());
    // What is not ours changes nothing here: it is kept as a member that nobody knows.
    const std::string name = vantage_point.text_or_empty("name");
    if (vantage_point.has("name") && name != kCapture && name != kOnLoopback) {
        vantage_point.optional("name")->disown();
    }
    const std::string type = vantage_point.text("type");
    if (vantage_point.has("type") && type != kNetwork) vantage_point.optional("type")->disown();
}

Result<void> check_event_schemas(const Fields& trace) {
    bool ours = false;
    std::string others;
    std::size_t index = 0;
    const Value& schemas = trace.array("event_schemas");
    for (const Value& schema : schemas) {
        const std::size_t i = index++;
        const std::string_view* urn = schema.text();
        if (urn == nullptr) {
            const Place place(trace.place(), "event_schemas");
            trace.faults().add(Place(place, i), "expected a string, found " + excerpt(schema));
        } else if (*urn == kEventSchema) {
            ours = true;
        } else if (urn->starts_with(kFamily)) {
            return fail(ErrorKind::BadInput,
                        "a qlog of another version: its events are " + excerpt(schema) +
                            ", this program reads \"" + std::string(kEventSchema) + "\"",
                        "read it with the tcpstep that wrote it");
        } else {
            others += (others.empty() ? "" : ", ") + excerpt(schema);
        }
    }
    // Nothing here heeds the others, which are kept with ours as a member that nobody knows.
    if (ours && schemas.size() > 1) schemas.disown();
    if (ours) return {};
    return fail(ErrorKind::BadInput,
                "a qlog, but not of our events: event_schemas holds " +
                    (others.empty() ? "none" : others) + ", not \"" + std::string(kEventSchema) +
                    "\"",
                "give a trace that tcpstep wrote");
}

}  // namespace

Frame contained_frame(const Header& header) {
    std::string whole;
    {
        ObjectText file(whole);
        append_file_members(file, kContained, "application/qlog+json", header);
        file.member("traces") += '[';
        {
            ObjectText traced(whole);
            append_trace_members(traced, header);
            traced.member("events") += "[]";
        }
        whole += ']';
    }
    if (header.unknown != nullptr && !header.unknown->empty()) {
        std::vector<UnknownMember> members = *header.unknown;
        for (UnknownMember& member : members) {
            if (is_of_trace(member)) member.object.replace(0, kTrace.size(), kTraceInContained);
        }
        whole = with_unknown(whole, members);
    }
    // Within a string the quotes would be escaped.
    constexpr std::string_view kEvents = "\"events\":[";
    const std::size_t at = whole.find(kEvents) + kEvents.size();
    return {whole.substr(0, at), "\n" + whole.substr(at) + "\n"};
}

std::string sequential_header(const Header& header) {
    std::string out;
    {
        ObjectText file(out);
        append_file_members(file, kSequential, "application/qlog+json-seq", header);
        ObjectText traced(file.member("trace"));
        append_trace_members(traced, header);
    }
    if (header.unknown == nullptr || header.unknown->empty()) return out;
    return with_unknown(out, *header.unknown);
}

Result<Time> read_header(const Fields& file, const Value& traced, const Place& at, Trace& trace) {
    const Fields members(traced, at, file.faults());
    if (Result<void> schemas = check_event_schemas(members); !schemas) {
        return tl::unexpected<Error>(schemas.error());
    }
    trace.title = file.text_or_empty("title");
    trace.description = file.text_or_empty("description");
    check_vantage_point(members);
    const Value* value = members.required("common_fields");
    if (value == nullptr) return Time();
    const Place place(at, "common_fields");
    const Fields common(*value, place, file.faults());
    require_text(common, "time_format", kTimeFormat);
    return read_reference(common);
}

}  // namespace tcpstep::model::qlog
