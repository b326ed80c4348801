#include "model/qlog/reader.hpp"

#include <algorithm>
#include <exception>

#include "model/qlog/container.hpp"
#include "model/qlog/trace_builder.hpp"

namespace tcpstep::model::qlog {

namespace {

tl::unexpected<Error> no_qlog(const std::string& why) {
    return fail(ErrorKind::BadInput, "no qlog trace: " + why, "give a trace that tcpstep wrote");
}

/// BadInput unless `file` says that it is a qlog of form `schema`.
Result<void> check_schema(const Value& file, std::string_view schema) {
    if (file.object() == nullptr) return no_qlog("expected an object, found " + excerpt(file));
    const Value* found = file.find("file_schema");
    if (found == nullptr) return no_qlog("it has no \"file_schema\"");
    const std::string* text = found->text();
    if (text != nullptr && *text == schema) return {};
    return no_qlog("expected the file_schema \"" + std::string(schema) + "\", found " +
                   excerpt(*found));
}

void check_format(const Fields& file, std::string_view format) {
    const Value* found = file.required("serialization_format");
    if (found == nullptr) return;
    if (const std::string* text = found->text(); text != nullptr && *text == format) return;
    file.expected("serialization_format", "\"" + std::string(format) + "\"", *found);
}

Result<Reading> read_contained(std::string_view text) {
    NotJson why;
    const std::optional<Value> root = parse_json(text, why);
    if (!root) return no_qlog(why.what);
    if (Result<void> schema = check_schema(*root, kContained); !schema) {
        return tl::unexpected<Error>(schema.error());
    }
    Reading reading;
    Faults faults(reading.faults);
    const Place root_place;
    const Fields file(*root, root_place, faults);
    check_format(file, "application/qlog+json");
    const Value::Array& traces = file.array("traces");
    if (traces.empty()) return no_qlog("its \"traces\" hold none");

    const Place traces_place(root_place, "traces");
    const Place place(traces_place, std::size_t{0});
    const Result<Time> reference = read_header(file, traces[0], place, reading.trace);
    if (!reference) return tl::unexpected<Error>(reference.error());
    TraceBuilder builder(reading.trace, *reference, TraceBuilder::States::Checked);
    const Value::Array& events = Fields(traces[0], place, faults).array("events");
    const Place events_place(place, "events");
    for (std::size_t i = 0; i < events.size(); ++i) {
        builder.take(events[i], Place(events_place, i), faults);
    }
    builder.check().finish(reading.trace, StateCheck::Form::Contained, faults);
    for (std::size_t i = 1; i < traces.size(); ++i) {
        faults.add(Place(traces_place, i), "only the first trace of a file is read");
    }
    return reading;
}

/// The records of a sequential file: each stands behind its RS, and ends with a line feed.
class Records {
  public:
    explicit Records(std::string_view text) : rest_(text) {}

    /// Goes to the next one; false where there is none. Several RS in a row are as one (RFC 7464
    /// 2.1); one that ends the file began a record that was cut short.
    bool next() {
        if (rest_.empty()) return false;
        const std::size_t start = std::min(rest_.find_first_not_of(kRecordSeparator), rest_.size());
        const std::size_t end = rest_.find(kRecordSeparator, start);
        last_ = end == std::string_view::npos;
        record_ = rest_.substr(start, end - start);
        rest_ = last_ ? std::string_view() : rest_.substr(end);
        ++number_;
        return true;
    }

    std::string_view record() const { return record_; }
    std::size_t number() const { return number_; }  ///< from 1
    bool last() const { return last_; }
    bool ends_with_line_feed() const { return !record_.empty() && record_.back() == '\n'; }

  private:
    std::string_view rest_;  // begins with RS
    std::string_view record_;
    std::size_t number_ = 0;
    bool last_ = false;
};

/// Reads a sequential file record by record.
class SequentialReader {
  public:
    Result<Reading> read(std::string_view text) {
        Records records(text);
        while (records.next()) {
            if (records.last() && !records.ends_with_line_feed()) {
                reading_.truncated = true;
                break;
            }
            NotJson why;
            const std::optional<Value> value = parse_json(records.record(), why);
            if (value) {
                if (Result<void> taken = take(*value, records.number()); !taken) {
                    return tl::unexpected<Error>(taken.error());
                }
            } else if (records.last() && why.cut) {
                reading_.truncated = true;
            } else if (!builder_) {
                return no_qlog("its header is no JSON, " + why.what);
            } else {
                faults_.add(Place(records.number()), "no JSON: " + why.what);
                builder_->left_out();
            }
        }
        if (!builder_) return no_qlog("its header is cut short");
        StateCheck& check = builder_->check();
        if (reading_.truncated) check.cut_short();
        // The states that belong to the last event were the next to be written.
        if (!check.finish(reading_.trace, StateCheck::Form::Sequential, faults_)) {
            reading_.truncated = true;
        }
        return std::move(reading_);
    }

  private:
    Result<void> take(const Value& value, std::size_t number) {
        const Place place(number);
        if (builder_) {
            builder_->take(value, place, faults_);
            return {};
        }
        if (Result<void> schema = check_schema(value, kSequential); !schema) return schema;
        const Fields file(value, place, faults_);
        check_format(file, "application/qlog+json-seq");
        const Value* traced = value.find("trace");
        if (traced == nullptr) return no_qlog("its header has no \"trace\"");
        const Result<Time> reference =
            read_header(file, *traced, Place(place, "trace"), reading_.trace);
        if (!reference) return tl::unexpected<Error>(reference.error());
        builder_.emplace(reading_.trace, *reference, TraceBuilder::States::Checked);
        return {};
    }

    Reading reading_;
    Faults faults_{reading_.faults};
    std::optional<TraceBuilder> builder_;
};

}  // namespace

Result<Reading> read(std::string_view text) {
    try {
        if (text.empty()) return no_qlog("it is empty");
        if (text.front() == kRecordSeparator) return SequentialReader().read(text);
        return read_contained(text);
    } catch (const std::exception& error) {
        // Only a lack of memory comes here.
        return fail(ErrorKind::BadInput, std::string("a trace too big to read: ") + error.what(),
                    "give a shorter one");
    }
}

}  // namespace tcpstep::model::qlog
