#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "app/exports/packetdrill/calls.hpp"
#include "app/exports/packetdrill/lines.hpp"
#include "app/exports/packetdrill/others.hpp"
#include "app/exports/writers.hpp"
#include "app/view/call_list.hpp"
#include "app/view/call_value.hpp"
#include "app/view/datagram_text.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::exports::packetdrill {

using namespace model;
using view::say;
using view::Text;

namespace {

constexpr std::uint32_t kMostPacket = 65535;  // octets with the headers, for packetdrill
// Of a call that takes no longer nothing can be said: it may be on its way back already.
constexpr Duration kWayBack = std::chrono::milliseconds(5);
// Less than any retransmission timeout of Linux, TCP_RTO_MIN, which must not come at a wrong time.
constexpr std::chrono::microseconds kTolerance = std::chrono::milliseconds(100);

/// What one end of a connection did, and what reached it, in the order of time.
class Script {
  public:
    /// `title`: of the trace, "" if it has none.
    Script(const Timeline& timeline, Role side, std::string title)
        : timeline_(timeline), side_(side), title_(std::move(title)) {
        const Connection& connection = timeline.at(timeline.size());
        bases_ = {view::base_of(connection, Role::Client, false),
                  view::base_of(connection, Role::Server, false)};
        if (timeline.connection())
            others_ = calls_of_others(timeline.trace(), side, *timeline.connection());
    }

    void write(std::ostream& out) {
        for (event_ = 0; event_ < timeline_.size(); ++event_) take(timeline_.event(event_));
        for (const auto& [id, open] : open_)
            lines_[open.line].comment = say(Text::DrillNotReturned, view::call_text(*open.call));
        for (const SegmentId id : on_its_way_) comment_on(id, Text::DrillNotThere);
        write_heading(out);
        out << "\n";
        write_lines(lines_, {side_, bases_}, out);
    }

  private:
    struct Open {
        std::size_t line;
        const CallEntered* call;
        Time since;
        bool met = false;  // something arrived meanwhile
    };

    void take(const Event& event) {
        line_.reset();
        ended_.clear();
        std::visit([&](const auto& fact) { meet(event, fact); }, event.fact);
        // A run begins with both ends CLOSED: that is no move.
        if (std::holds_alternative<Scenario>(event.fact)) return;
        for (const Effects::Change& change : timeline_.effects(event_).changes) {
            if (change.endpoint != side_) continue;
            const std::string text =
                fmt::format("{}{} → {}", ended_, name(change.change.from), name(change.change.to));
            if (!line_) line_ = add(event.time, "");
            note(text);
        }
    }

    std::size_t add(Time time, std::string says) {
        lines_.push_back({time, std::move(says)});
        return lines_.size() - 1;
    }
    // Beside the line of this event.
    void note(const std::string& text) {
        std::string& comment = lines_[*line_].comment;
        if (!comment.empty() && !text.empty()) comment += "; ";
        comment += text;
    }
    void comment_on(SegmentId id, Text text) {
        const Segment* segment = timeline_.segment(id);
        if (segment == nullptr) return;
        const Time now = lines_.empty() ? Time() : lines_.back().time;
        add(now, "");
        lines_.back().comment = say(text, timeline_.number(id), view::flags_label(*segment));
    }

    void add_segment(const Event& event, const Segment& segment) {
        line_ = add(event.time, "");
        if (fits(segment)) {
            lines_[*line_].segment = &segment;
        } else {
            note(say(Text::DrillNoWords, to_line(segment, bases_.of(segment))));
        }
        if (segment.from != side_) arrived();
    }
    void arrived() {
        for (auto& [id, open] : open_) open.met = true;
    }

    // Its numbers may not wrap, and a packet is no longer than IP allows.
    bool fits(const Segment& segment) const {
        const std::uint32_t first = distance(bases_.of(segment).sender, segment.seq);
        constexpr std::uint32_t kHeaders = 100;  // at most: IPv6, TCP with all its options
        return first <= UINT32_MAX - segment.length && segment.length <= kMostPacket - kHeaders;
    }

    void meet(const Event&, const Scenario& scenario) {
        gated_ = scenario.gated;
        knows_calls_ = scenario.lab || scenario.gated;
    }
    void meet(const Event& event, const SegmentSent& sent) {
        const Segment& segment = sent.segment;
        if (segment.from != side_ && gated_) {
            on_its_way_.insert(segment.id);
            return;
        }
        add_segment(event, segment);
        if (segment.from != side_) return;
        if (sent.copy_of != 0 || timeline_.effects(event_).retransmission_of != 0)
            note(say(Text::DrillAgain));
        if (gated_) sent_.insert(segment.id);
    }
    void meet(const Event& event, const SegmentDelivered& delivered) {
        sent_.erase(delivered.id);
        if (on_its_way_.erase(delivered.id) == 0) return;
        const Segment* segment = timeline_.segment(delivered.id);
        if (segment == nullptr) return;
        add_segment(event, *segment);
        if (delivered.generation != 0) note(say(Text::DrillStray));
        if (injected_.contains(delivered.id)) note(say(Text::DrillForged));
    }
    void meet(const Event&, const SegmentDropped& dropped) {
        const bool own = sent_.erase(dropped.id) != 0;
        // An absorbed copy counts for nothing.
        const auto sent = timeline_.event_of_segment(dropped.id);
        const auto* fact = sent ? std::get_if<SegmentSent>(&timeline_.event(*sent).fact) : nullptr;
        const bool absorbed = fact != nullptr && fact->copy_of != 0;
        if ((on_its_way_.erase(dropped.id) != 0 || own) && !absorbed)
            comment_on(dropped.id, Text::DrillDropped);
    }
    void meet(const Event&, const SegmentDuplicated& duplicated) {
        const Segment* segment = timeline_.segment(duplicated.id);
        if (segment == nullptr) return;
        if (segment->from != side_) on_its_way_.insert(duplicated.copy);
        comment_on(duplicated.id, Text::DrillCopied);
    }
    void meet(const Event&, const SegmentInjected& injected) {
        const Segment& segment = injected.segment;
        if (segment.from == side_) return comment_on(segment.id, Text::DrillInjected);
        on_its_way_.insert(segment.id);
        injected_.insert(segment.id);
    }
    void meet(const Event& event, const DatagramSent& sent) {
        datagram_ = &sent;
        if (first_datagram_ == nullptr) first_datagram_ = &sent;
        line_ = add(event.time, fmt::format("{} udp ({})", arrow(sent.from), sent.length));
        note(view::quoted(std::string(sent.payload.begin(), sent.payload.end()), 60));
        if (own_of(sent) != own_of(*first_datagram_) || peer_of(sent) != peer_of(*first_datagram_))
            note(say(Text::DrillOtherPorts, sent.source.port, sent.destination.port));
        if (sent.from != side_) arrived();
    }
    void meet(const Event& event, const IcmpErrorSent& error) {
        line_ = add(event.time, "");
        const std::uint8_t type = error.source.ip.v6 ? 1 : 3;
        const std::uint8_t code = error.source.ip.v6 ? 4 : 3;
        if (error.type == type && error.code == code && datagram_ != nullptr) {
            lines_[*line_].says = fmt::format("{} icmp unreachable port_unreachable [udp ({})]",
                                              arrow(error.from), datagram_->length);
        } else {
            note(say(Text::DrillNoWords, "ICMP: " + view::icmp_error_text(error)));
        }
        if (error.from != side_) arrived();
    }
    void meet(const Event& event, const CallEntered& call) {
        knows_calls_ = true;
        if (call.endpoint != side_ || view::is_look(call.call)) return;
        called_ = true;
        open_[call.id] = {add(event.time, ""), &call, event.time};
        binds_ = binds_ || call.call == "bind";
        connects_ = connects_ || call.call == "connect";
    }
    void meet(const Event& event, const CallReturned& returned) {
        const auto found = open_.find(returned.id);
        if (found == open_.end()) return;
        const Open open = found->second;
        open_.erase(found);
        const DrillCalls::Words words = others_.contains(returned.id)
                                            ? calls_.of_others(*open.call, returned)
                                            : calls_.words(*open.call, returned);
        line_ = open.line;
        DrillLine& line = lines_[*line_];
        line.comment = words.comment;
        line.call = !words.calls.empty();
        if (line.call && waited(open, words.waits, event.time)) line.until = event.time;
        for (const std::string& call : words.calls) {
            std::string& says = line.says;
            says += (says.empty() ? "" : "\n+0 ") + call;
        }
        if (!line.until) return;
        // What its end brings about, as that of the patience of connect(), stands where it ends.
        line_.reset();
        ended_ =
            fmt::format("{} {}: ", view::call_name(returned.call), view::result_text(returned));
    }
    // The script must go on before that call returns.
    bool waited(const Open& open, DrillCalls::Waits waits, Time returned) const {
        if (waits == DrillCalls::Waits::Never) return false;
        const auto begin = lines_.begin() + static_cast<std::ptrdiff_t>(open.line) + 1;
        const bool within = std::any_of(begin, lines_.end(), [](const DrillLine& line) {
            return line.segment != nullptr || !line.says.empty();
        });
        if (waits == DrillCalls::Waits::Mostly || returned - open.since >= kWayBack) return within;
        // Without the gate an answer may arrive while send() is still on its way back.
        return open.met && gated_;
    }
    template <class Other>
    void meet(const Event&, const Other&) {}

    const SocketAddress& own_of(const DatagramSent& sent) const {
        return sent.from == side_ ? sent.source : sent.destination;
    }
    const SocketAddress& peer_of(const DatagramSent& sent) const {
        return sent.from == side_ ? sent.destination : sent.source;
    }

    char arrow(Role from) const { return from == side_ ? '>' : '<'; }

    void write_heading(std::ostream& out) const {
        out << "// "
            << say(Text::DrillHeading, title_.empty() ? "tcpstep" : title_, view::role_word(side_),
                   TCPSTEP_VERSION)
            << "\n";
        if (const auto connection = timeline_.connection()) {
            const ConnectionId& id = timeline_.trace().connections()[*connection];
            out << "// " << to_string(id) << "\n";
            write_options(side_ == Role::Client ? id.client : id.server,
                          side_ == Role::Client ? id.server : id.client, out);
        } else if (first_datagram_ != nullptr) {
            write_options(own_of(*first_datagram_), peer_of(*first_datagram_), out);
        }
        const bool none = std::none_of(lines_.begin(), lines_.end(),
                                       [](const DrillLine& line) { return line.call; });
        if (!none) return;
        out << "\n// "
            << (knows_calls_ && !called_ ? say(Text::DrillNoneMade, view::role_word(side_))
                                         : say(Text::DrillNoCalls))
            << "\n";
    }

    void write_options(const SocketAddress& own, const SocketAddress& others,
                       std::ostream& out) const {
        out << "--ip_version=" << (own.ip.v6 ? "ipv6" : "ipv4") << "\n";
        if (binds_) out << "--bind_port=" << own.port << "\n";
        if (connects_) out << "--connect_port=" << others.port << "\n";
        if (const auto mtu = own_mtu(own.ip.v6)) out << "--mtu=" << *mtu << "\n";
        out << "// " << say(Text::DrillTolerance) << "\n";
        out << "--tolerance_usecs=" << kTolerance.count() << "\n";
    }

    // With which a kernel offers such an MSS: RFC 9293 3.7.1.
    std::optional<unsigned> own_mtu(bool v6) const {
        for (const DrillLine& line : lines_) {
            const Segment* segment = line.segment;
            if (segment == nullptr || segment->from != side_ || !segment->flags.syn()) continue;
            for (const TcpOption& option : segment->options) {
                if (const auto* mss = std::get_if<MaximumSegmentSize>(&option))
                    return mss->octets + (v6 ? 60U : 40U);
            }
        }
        return std::nullopt;
    }

    const Timeline& timeline_;
    Role side_;
    std::string title_;
    DrillBases bases_;
    std::size_t event_ = 0;
    std::vector<DrillLine> lines_;
    std::optional<std::size_t> line_;  // of the event that is met
    DrillCalls calls_;
    std::map<CallId, Open> open_;             // this end's calls that have not returned
    std::set<CallId> others_;                 // gave it sockets of other connections
    std::string ended_;                       // by this event: a call that had waited
    std::set<SegmentId> on_its_way_;          // to this end
    std::set<SegmentId> sent_;                // by it, and in flight
    std::set<SegmentId> injected_;            // to this end
    const DatagramSent* datagram_ = nullptr;  // the latest
    const DatagramSent* first_datagram_ = nullptr;
    bool gated_ = false, binds_ = false, connects_ = false;
    bool knows_calls_ = false;  // a capture knows none
    bool called_ = false;       // this end did
};

}  // namespace

Result<void> write_packetdrill(const Subject& subject, std::ostream& out) {
    const auto timeline = timeline_of(subject);
    if (!timeline) return tl::make_unexpected(timeline.error());
    Script(*timeline, subject.options.side,
           title_in(strings::language(), subject.trace, subject.options))
        .write(out);
    return {};
}

}  // namespace tcpstep::exports::packetdrill
