#include <exception>

#include "model/qlog/container.hpp"
#include "model/qlog/json_reader.hpp"
#include "model/qlog/reader.hpp"
#include "model/qlog/trace_builder.hpp"

namespace tcpstep::model::qlog {

struct RecordReader::Impl {
    explicit Impl(Trace& read) : trace(read) {}

    Trace& trace;
    std::size_t taken = 0;                // records
    Document document;                    // the last one
    std::optional<TraceBuilder> builder;  // once the header is there

    Result<void> take(std::string_view record);
    Result<void> take_header(const Value& value, const Place& place, Faults& faults);
};

namespace {

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorKind::BadInput, "the lab's records are broken: " + why);
}

}  // namespace

Result<void> RecordReader::Impl::take(std::string_view record) {
    const Place place(++taken);
    NotJson why;
    if (!read_json(record, document, why)) return broken(place.pointer() + ": " + why.what);
    const Value& value = document.root();
    std::vector<Fault> found;
    Faults faults(found);
    if (builder) {
        builder->take(value, place, faults);
    } else if (Result<void> header = take_header(value, place, faults); !header) {
        return header;
    }
    if (!found.empty()) return broken(found.front().where + ": " + found.front().what);
    return {};
}

Result<void> RecordReader::Impl::take_header(const Value& value, const Place& place,
                                             Faults& faults) {
    const Value* schema = value.find("file_schema");
    const Value* traced = value.find("trace");
    if (schema == nullptr || schema->text() == nullptr || *schema->text() != kSequential ||
        traced == nullptr) {
        return broken("record 1 is no header, but " + excerpt(value));
    }
    const Fields file(value, place, faults);
    const Result<Time> reference = read_header(file, *traced, Place(place, "trace"), trace);
    if (!reference) return broken(reference.error().what);
    builder.emplace(trace, *reference, TraceBuilder::States::Ignored);
    return {};
}

RecordReader::RecordReader(Trace& trace) : impl_(std::make_unique<Impl>(trace)) {}
RecordReader::~RecordReader() = default;
RecordReader::RecordReader(RecordReader&&) noexcept = default;

Result<void> RecordReader::take(std::string_view record) {
    try {
        return impl_->take(record);
    } catch (const std::exception& error) {  // only a lack of memory
        return broken(error.what());
    }
}

}  // namespace tcpstep::model::qlog
