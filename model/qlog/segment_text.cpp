#include "model/qlog/segment_text.hpp"

#include "model/qlog/json_text.hpp"

namespace tcpstep::model::qlog {

namespace {

/// Writes one option as an object; "kind" comes first.
struct AppendOption {
    std::string& out;

    void operator()(const EndOfOptions&) const { object("eol"); }
    void operator()(const NoOperation&) const { object("nop"); }
    void operator()(const MaximumSegmentSize& mss) const {
        object("mss").number("value", std::uint32_t{mss.octets});
    }
    void operator()(const WindowScale& scale) const {
        object("wscale").number("shift", std::uint32_t{scale.shift});
    }
    void operator()(const SackPermitted&) const { object("sack_permitted"); }
    void operator()(const SackBlocks& sack) const {
        Object option = object("sack");
        std::string& text = option.fields.member("blocks");
        text += '[';
        for (std::size_t i = 0; i < sack.blocks.size(); ++i) {
            if (i > 0) text += ',';
            ObjectText block(text);
            block.number("left", sack.blocks[i].left.raw());
            block.number("right", sack.blocks[i].right.raw());
        }
        text += ']';
    }
    void operator()(const Timestamps& timestamps) const {
        Object option = object("timestamps");
        option.number("value", timestamps.value);
        option.number("echo_reply", timestamps.echo_reply);
    }
    void operator()(const FastOpen& open) const {
        Object option = object(open.experimental ? "exp_fast_open" : "fast_open");
        append_hex(option.fields.member("cookie"), open.cookie);
    }
    void operator()(const MultipathTcp& multipath) const {
        Object option = object("mptcp");
        option.fields.text("subtype", subtype(multipath));
        append_hex(option.fields.member("data"), multipath.data);
    }
    void operator()(const OtherOption& other) const {
        Object option = object("other");
        option.number("number", std::uint32_t{other.kind});
        append_hex(option.fields.member("data"), other.data);
    }
    void operator()(const MalformedOptions& malformed) const {
        append_hex(object("malformed").fields.member("data"), malformed.data);
    }

    /// An object that begins with its kind.
    struct Object {
        ObjectText fields;
        Object(std::string& text, std::string_view kind) : fields(text) {
            fields.text("kind", kind);
        }
        void number(std::string_view name, std::uint32_t value) { fields.number(name, value); }
    };
    Object object(std::string_view kind) const { return Object(out, kind); }
};

void append_options(std::string& out, const std::vector<TcpOption>& options) {
    out += '[';
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (i > 0) out += ',';
        std::visit(AppendOption{out}, options[i]);
    }
    out += ']';
}

void append_flags(std::string& out, Flags flags) {
    out += '[';
    const char* separator = "";
    for (const std::string_view flag : names(flags)) {
        out += separator;
        append_string(out, flag);
        separator = ",";
    }
    out += ']';
}

}  // namespace

void append_segment(std::string& out, const Segment& segment, SegmentId retransmission_of,
                    SegmentId copy_of) {
    ObjectText data(out);
    data.number("id", segment.id);
    data.text("from", name(segment.from));
    data.number("seq", segment.seq.raw());
    // Without the ACK flag the field means nothing and is zero, mostly; where it is not, the
    // header had it so, and nothing is lost.
    if (segment.flags.ack() || segment.ack != SeqNum(0)) data.number("ack", segment.ack.raw());
    append_flags(data.member("flags"), segment.flags);
    data.number("window", std::uint32_t{segment.window});
    data.number("length", segment.length);
    append_options(data.member("options"), segment.options);
    if (!segment.headers.empty() || !segment.payload.empty()) {
        // qlog's RawInfo: the length of the whole packet, of its payload, and its first octets.
        // What is known of the payload is apart: where the headers end need not be computed.
        ObjectText raw(data.member("raw"));
        raw.number("length", std::uint64_t{segment.headers.size()} + segment.length);
        raw.number("payload_length", segment.length);
        append_hex(raw.member("data"), segment.headers);
        if (!segment.payload.empty()) append_hex(raw.member("payload"), segment.payload);
    }
    if (retransmission_of != 0) data.number("retransmission_of", retransmission_of);
    if (copy_of != 0) data.number("copy_of", copy_of);
}

}  // namespace tcpstep::model::qlog
