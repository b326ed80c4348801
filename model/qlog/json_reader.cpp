#include "model/qlog/json_reader.hpp"

#include <cstdint>
#include <iterator>

#include <nlohmann/json.hpp>

namespace tcpstep::model::qlog {

namespace {

/// Builds a document from the parser's calls (nlohmann's SAX interface); returning false stops it.
class Builder {
  public:
    Builder(Document& document, NotJson& why) : document_(&document), why_(why) {}

    bool null() {
        document_->put_null();
        return true;
    }
    bool boolean(bool truth) { return put(truth); }
    bool number_integer(std::int64_t number) { return put(number); }
    bool number_unsigned(std::uint64_t number) { return put(number); }
    bool number_float(double, const std::string& digits) {
        document_->put_decimal(digits);
        return true;
    }
    bool string(const std::string& text) {
        document_->put_text(text);
        return true;
    }
    bool binary(nlohmann::json::binary_t&) { return false; }  // not in JSON text

    bool start_object(std::size_t) { return open(Value::Kind::Object); }
    bool start_array(std::size_t) { return open(Value::Kind::Array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(const std::string& name) {
        document_->name(name);
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

  protected:
    Document& document() { return *document_; }
    void build(Document& document) { document_ = &document; }

    bool open(Value::Kind kind, std::size_t around = 0) {
        if (around + document_->depth() == kMaxNesting) {
            why_.what = "nested deeper than " + std::to_string(kMaxNesting) + " values";
            return false;
        }
        document_->open(kind);
        return true;
    }
    bool close() {
        document_->close();
        return true;
    }

  private:
    template <class Scalar>
    bool put(Scalar scalar) {
        document_->put(scalar);
        return true;
    }

    Document* document_;
    NotJson& why_;
};

/// The same, but for the elements of "/traces/0/events", each of which is built in a document of
/// its own.
class ContainedBuilder : public Builder {
  public:
    ContainedBuilder(Document& file, EventTaker& taker, NotJson& why)
        : Builder(file, why), file_(file), taker_(taker) {}

    bool stopped() const { return stopped_; }

    bool null() { return Builder::null() && done(); }
    bool boolean(bool truth) { return Builder::boolean(truth) && done(); }
    bool number_integer(std::int64_t number) { return Builder::number_integer(number) && done(); }
    bool number_unsigned(std::uint64_t number) {
        return Builder::number_unsigned(number) && done();
    }
    bool number_float(double number, const std::string& digits) {
        return Builder::number_float(number, digits) && done();
    }
    bool string(const std::string& text) { return Builder::string(text) && done(); }

    bool start_object(std::size_t) { return Builder::open(Value::Kind::Object, around()); }
    bool start_array(std::size_t) {
        // A file has one array of traces, and its first trace one of events.
        const bool traces = !taking_ && file_.depth() == 1 && file_.next_name() == "traces";
        const bool events = !taking_ && file_.depth() == kTraceDepth && in_traces_ &&
                            !first_done_ && file_.next_name() == "events";
        if (!Builder::open(Value::Kind::Array, around())) return false;
        if (traces) in_traces_ = true;
        return !events || begin();
    }
    bool end_object() {
        Builder::close();
        if (!taking_ && in_traces_ && file_.depth() == kTraceDepth - 1) first_done_ = true;
        return done();
    }
    bool end_array() {
        if (taking_ && event_.depth() == 0) {
            taking_ = false;
            build(file_);
            return Builder::close();
        }
        Builder::close();
        if (!taking_ && file_.depth() == 1) in_traces_ = false;
        return done();
    }

  private:
    // The file, its traces, the trace.
    static constexpr std::size_t kTraceDepth = 3;

    std::size_t around() const { return taking_ ? file_.depth() : 0; }

    bool begin() {
        const auto look = [this](const Value& so_far) { return taker_.begin(so_far); };
        const EventTaker::Choice choice = file_.so_far(look);
        stopped_ = choice == EventTaker::Choice::Stop;
        if (choice == EventTaker::Choice::OneByOne) {
            taking_ = true;
            build(event_);
        }
        return !stopped_;
    }

    // A value is whole: is it an event?
    bool done() {
        if (!taking_ || event_.depth() > 0) return true;
        taker_.take(event_.root(), index_++);
        event_.clear();
        return true;
    }

    Document& file_;
    Document event_;
    EventTaker& taker_;
    bool in_traces_ = false;
    bool first_done_ = false;  // the first trace is over
    bool taking_ = false;
    bool stopped_ = false;
    std::size_t index_ = 0;
};

/// The octets of a text in pieces, as an iterator.
class Octets {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Octets() = default;  // the end
    Octets(const Pieces& pieces, std::size_t& before) : pieces_(&pieces), before_(&before) {
        next();
    }

    const char& operator*() const { return *at_; }
    Octets& operator++() {
        if (++at_ == end_) next();
        return *this;
    }
    bool operator==(const Octets& other) const { return at_ == other.at_; }

  private:
    void next() {
        const std::string_view piece = (*pieces_)();
        *before_ += piece.size();
        at_ = piece.empty() ? nullptr : piece.data();
        end_ = piece.data() + piece.size();
    }

    const Pieces* pieces_ = nullptr;
    std::size_t* before_ = nullptr;  // octets that have come
    const char* at_ = nullptr;
    const char* end_ = nullptr;
};

void note_cut(NotJson& why, std::size_t size) {
    why.cut = why.octet > size;
    if (why.cut) why.what = "it ends too early, after octet " + std::to_string(size);
}

}  // namespace

bool read_json(std::string_view text, Document& document, NotJson& why) {
    document.clear();
    Builder builder(document, why);
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return true;
    note_cut(why, text.size());
    return false;
}

ContainedEnd read_contained_json(const Pieces& pieces, Document& document, EventTaker& taker,
                                 NotJson& why) {
    document.clear();
    ContainedBuilder builder(document, taker, why);
    std::size_t size = 0;
    if (nlohmann::json::sax_parse(Octets(pieces, size), Octets(), &builder)) {
        return ContainedEnd::Whole;
    }
    if (builder.stopped()) return ContainedEnd::Stopped;
    note_cut(why, size);
    return ContainedEnd::NoJson;
}

}  // namespace tcpstep::model::qlog
