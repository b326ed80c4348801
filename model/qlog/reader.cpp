#include "model/qlog/reader.hpp"

#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "model/qlog/container.hpp"
#include "model/qlog/json_reader.hpp"
#include "model/qlog/trace_builder.hpp"
#include "model/qlog/unknown_members.hpp"

namespace tcpstep::model::qlog {

namespace {

tl::unexpected<Error> no_qlog(const std::string& why) {
    return fail(ErrorKind::BadInput, "no qlog trace: " + why, "give a trace that tcpstep wrote");
}

/// BadInput unless `file` says that it is a qlog of form `schema`.
Result<void> check_schema(const Value& file, std::string_view schema) {
    if (!file.is_object()) return no_qlog("expected an object, found " + excerpt(file));
    const Value* found = file.find("file_schema");
    if (found == nullptr) return no_qlog("it has no \"file_schema\"");
    const std::string_view* text = found->text();
    if (text != nullptr && *text == schema) return {};
    return no_qlog("expected the file_schema \"" + std::string(schema) + "\", found " +
                   excerpt(*found));
}

void check_format(const Fields& file, std::string_view format) {
    const Value* found = file.required("serialization_format");
    if (found == nullptr) return;
    if (const std::string_view* text = found->text(); text != nullptr && *text == format) return;
    file.expected("serialization_format", "\"" + std::string(format) + "\"", *found);
}

/// Reads a contained file, and takes its events while they come.
class ContainedReader : public EventTaker {
  public:
    Result<Reading> read(const Pieces& pieces) {
        Document file;
        NotJson why;
        switch (read_contained_json(pieces, file, *this, why)) {
            case ContainedEnd::Stopped:
                return tl::unexpected<Error>(*refused_);
            case ContainedEnd::NoJson:
                return no_qlog(why.what);
            case ContainedEnd::Whole:
                break;
        }
        if (!builder_) {
            if (Result<void> taken = take_whole(file.root()); !taken) {
                return tl::unexpected<Error>(taken.error());
            }
        }
        builder_->finish(StateCheck::Form::Contained, faults_);
        keep_unknown(file.root());
        const std::size_t traces = file.root().find("traces")->size();
        for (std::size_t i = 1; i < traces; ++i) {
            faults_.add(Place(traces_place_, i), "only the first trace of a file is read");
        }
        return std::move(reading_);
    }

    Choice begin(const Value& so_far) override {
        if (builder_) {
            faults_.add(events_place_, "events: there twice, the others are not read");
            return Choice::Kept;
        }
        const Value& trace = *so_far.find("traces")->begin();
        for (const char* member : {"common_fields", "vantage_point", "event_schemas"}) {
            if (trace.find(member) == nullptr) return Choice::Kept;
        }
        for (const char* member : {"file_schema", "serialization_format", "title"}) {
            if (so_far.find(member) == nullptr) return Choice::Kept;
        }
        if (Result<void> header = take_header(so_far); !header) {
            refused_ = header.error();
            return Choice::Stop;
        }
        return Choice::OneByOne;
    }

    void take(const Value& event, std::size_t index) override {
        builder_->take(event, Place(events_place_, index), faults_);
    }

  private:
    Result<void> take_header(const Value& root) {
        if (Result<void> schema = check_schema(root, kContained); !schema) return schema;
        const Fields file(root, root_place_, faults_);
        check_format(file, "application/qlog+json");
        const Value* found = root.find("traces");
        if (found == nullptr) return no_qlog("it has no \"traces\"");
        const Value& traces = *found;
        if (!traces.is_array()) {
            return no_qlog(traces_place_.pointer() + ": expected an array, found " +
                           (traces.is_object() ? "an object" : excerpt(traces)));
        }
        if (traces.size() == 0) return no_qlog("its \"traces\" hold none");
        const Result<Time> reference =
            read_header(file, *traces.begin(), trace_place_, reading_.trace);
        if (!reference) return tl::unexpected<Error>(reference.error());
        builder_.emplace(reading_.trace, *reference, TraceBuilder::States::Checked,
                         &reading_.unknown);
        return {};
    }

    // Of the whole file, but for its events.
    void keep_unknown(const Value& root) {
        const Value* events = root.find("traces")->begin()->find("events");
        reading_.trace.unknown.header = unknown_members(root, events);
        reading_.unknown.add("", reading_.trace.unknown.header);
        for (UnknownMember& member : reading_.trace.unknown.header) {
            if (member.object.starts_with(kTraceInContained))  // no other trace has come so far
                member.object.replace(0, kTraceInContained.size(), kTrace);
        }
    }

    // The header did not stand before the events.
    Result<void> take_whole(const Value& root) {
        if (Result<void> header = take_header(root); !header) return header;
        const Fields trace(*root.find("traces")->begin(), trace_place_, faults_);
        std::size_t index = 0;
        for (const Value& event : trace.array("events")) take(event, index++);
        return {};
    }

    const Place root_place_;
    const Place traces_place_{root_place_, "traces"};
    const Place trace_place_{traces_place_, std::size_t{0}};
    const Place events_place_{trace_place_, "events"};
    Reading reading_;
    Faults faults_{reading_.faults};
    std::optional<TraceBuilder> builder_;  // once the header is known
    std::optional<Error> refused_;
};

/// The records of a sequential file: each stands behind its RS, and ends with a line feed.
class Records {
  public:
    /// The text begins with RS.
    explicit Records(const Pieces& pieces) : pieces_(pieces), rest_(pieces()) {}

    /// Goes to the next one; false where there is none. Several RS in a row are as one (RFC 7464
    /// 2.1); one that ends the file began a record that was cut short.
    bool next() {
        if (rest_.empty()) return false;
        ++number_;
        record_.clear();
        while (!rest_.empty()) {
            const std::size_t start =
                record_.empty() ? rest_.find_first_not_of(kRecordSeparator) : 0;
            const std::size_t end = rest_.find(kRecordSeparator, start);
            if (start != std::string_view::npos) record_ += rest_.substr(start, end - start);
            if (start != std::string_view::npos && end != std::string_view::npos) {
                rest_ = rest_.substr(end);
                return true;
            }
            rest_ = pieces_();
        }
        last_ = true;
        return true;
    }

    std::string_view record() const { return record_; }
    std::size_t number() const { return number_; }  ///< from 1
    bool last() const { return last_; }
    bool ends_with_line_feed() const { return !record_.empty() && record_.back() == '\n'; }

  private:
    const Pieces& pieces_;
    std::string_view rest_;  // of a piece; where a record begins, its RS
    std::string record_;
    std::size_t number_ = 0;
    bool last_ = false;
};

/// Reads a sequential file record by record.
class SequentialReader {
  public:
    Result<Reading> read(const Pieces& pieces) {
        Records records(pieces);
        Document document;
        while (records.next()) {
            if (records.last() && !records.ends_with_line_feed()) {
                cut_at(records.number());
                break;
            }
            NotJson why;
            if (read_json(records.record(), document, why)) {
                if (Result<void> taken = take(document.root(), records.number()); !taken) {
                    return tl::unexpected<Error>(taken.error());
                }
            } else if (records.last() && why.cut) {
                cut_at(records.number());
            } else if (!builder_) {
                return no_qlog("its header is no JSON, " + why.what);
            } else {
                faults_.add(Place(records.number()), "no JSON: " + why.what);
                builder_->left_out();
            }
        }
        if (!builder_) return no_qlog("its header is cut short");
        if (reading_.truncated) builder_->cut_short();
        // The states that belong to the last event were the next to be written.
        if (!builder_->finish(StateCheck::Form::Sequential, faults_)) {
            if (!reading_.truncated) cut_at(records.number() + 1);
        }
        return std::move(reading_);
    }

  private:
    void cut_at(std::size_t record) {
        reading_.truncated = true;
        reading_.cut_record = record;
    }

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
        reading_.trace.unknown.header = unknown_members(value);
        reading_.unknown.add(place.pointer(), reading_.trace.unknown.header);
        builder_.emplace(reading_.trace, *reference, TraceBuilder::States::Checked,
                         &reading_.unknown);
        return {};
    }

    Reading reading_;
    Faults faults_{reading_.faults};
    std::optional<TraceBuilder> builder_;
};

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

Result<Reading> read(const Pieces& pieces) {
    try {
        std::string_view first = pieces();
        std::string start;  // where the mark comes in pieces
        while (kByteOrderMark.starts_with(first) && !first.empty() &&
               first.size() < kByteOrderMark.size()) {
            start = first;
            const std::string_view more = pieces();
            if (more.empty()) break;
            first = start += more;
        }
        if (first.starts_with(kByteOrderMark)) first.remove_prefix(kByteOrderMark.size());
        if (first.empty()) first = pieces();  // the mark alone, or nothing
        if (first.empty()) return no_qlog("it is empty");
        const bool sequential = first.front() == kRecordSeparator;
        const Pieces all = [&] {
            return first.empty() ? pieces() : std::exchange(first, std::string_view());
        };
        if (sequential) return SequentialReader().read(all);
        return ContainedReader().read(all);
    } catch (const std::exception& error) {
        // Only a lack of memory comes here.
        return fail(ErrorKind::BadInput, std::string("a trace too big to read: ") + error.what(),
                    "give a shorter one");
    }
}

Result<Reading> read(std::string_view text) {
    return read([&] { return std::exchange(text, std::string_view()); });
}

}  // namespace tcpstep::model::qlog
