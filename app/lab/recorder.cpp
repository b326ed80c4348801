#include "app/lab/recorder.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "app/lab/socket_owner.hpp"

namespace tcpstep::lab {

namespace {

// The segment that a fact of the gate is about; 0 if it is another fact.
struct SegmentOf {
    model::SegmentId operator()(const model::SegmentHeld& f) const { return f.id; }
    model::SegmentId operator()(const model::SegmentHeldBack& f) const { return f.id; }
    model::SegmentId operator()(const model::SegmentDelivered& f) const { return f.id; }
    model::SegmentId operator()(const model::SegmentDropped& f) const { return f.id; }
    model::SegmentId operator()(const model::SegmentDuplicated& f) const { return f.id; }
    template <class Other>
    model::SegmentId operator()(const Other&) const {
        return 0;
    }
};

// The call is a connect() to there, as far as its arguments say.
bool goes_to(const model::CallEntered& call, const model::SocketAddress& there) {
    const auto& arguments = call.arguments;
    return std::none_of(arguments.begin(), arguments.end(), [&](const model::CallArgument& one) {
        const auto* address = std::get_if<std::string>(&one.value);
        return one.name == "address" && address != nullptr && *address != to_string(there);
    });
}

// RFC 9293 3.10.7.4: an end that takes octets in, or a FIN.
bool takes_in(model::State state) {
    using model::State;
    constexpr std::array kTaking = {State::Established, State::FinWait1, State::FinWait2,
                                    State::CloseWait,   State::Closing,  State::TimeWait};
    return std::find(kTaking.begin(), kTaking.end(), state) != kTaking.end();
}

}  // namespace

Recorder::Recorder(const lesson::Lesson& lesson, bool gated, model::Time start, Progress& progress)
    : progress_(progress), server_(lesson.server), connections_(trace_, lesson.server) {
    trace_.title = lesson.title.en;
    trace_.description = lesson.summary.en;
    writer_.emplace(trace_, start, wire_, model::qlog::SequentialWriter::States::Left,
                    model::qlog::SequentialWriter::Framing::Lines);
    model::Scenario scenario;
    scenario.lesson = lesson.id;
    scenario.title = lesson.title.en;
    scenario.lab = true;
    scenario.gated = gated;
    scenario.server = lesson.server;
    scenario.tcp = speaks_tcp(lesson);
    trace_.append({start, std::nullopt, std::move(scenario)});
    tell_states();
}

void Recorder::add(Inbox::Stamped stamped) {
    waiting_.push_back(
        {stamped.time, arrivals_++, std::nullopt, std::move(stamped.fact), stamped.ends});
}

void Recorder::add(model::Time time, std::optional<model::ConnectionIndex> connection,
                   model::Fact fact) {
    waiting_.push_back({time, arrivals_++, connection, std::move(fact), std::nullopt});
}

model::SegmentId Recorder::add_segment(model::Time time, capture::Packet packet,
                                       model::SegmentId copy_of) {
    const model::SegmentId id = packet.segment.id = new_segment_id();
    waiting_.push_back(
        {time, arrivals_++, std::nullopt, Sent{std::move(packet), copy_of}, std::nullopt});
    return id;
}

void Recorder::add_datagram(model::Time time, const capture::Datagram& datagram) {
    add(time, std::nullopt,
        model::DatagramSent{sender_of(datagram.source), datagram.source, datagram.destination,
                            datagram.length, datagram.payload});
}

void Recorder::add_icmp_error(model::Time time, const capture::IcmpError& error) {
    add(time, std::nullopt,
        model::IcmpErrorSent{peer(sender_of(error.source)), error.type, error.code, error.source,
                             error.destination});
}

model::Role Recorder::sender_of(const model::SocketAddress& source) const {
    return source == server_ ? model::Role::Server : model::Role::Client;
}

model::SegmentId Recorder::new_segment_id() {
    segments_.emplace_back();
    return static_cast<model::SegmentId>(segments_.size() - 1);
}

std::optional<model::ConnectionIndex> Recorder::connection_of(model::SegmentId id) const {
    return segments_.at(id);
}

void Recorder::release(model::Time until) {
    std::sort(waiting_.begin(), waiting_.end(), [](const Waiting& a, const Waiting& b) {
        return std::tie(a.time, a.arrival) < std::tie(b.time, b.arrival);
    });
    const auto stay = std::find_if(waiting_.begin(), waiting_.end(),
                                   [until](const Waiting& w) { return w.time >= until; });
    std::for_each(waiting_.begin(), stay, [this](Waiting& waiting) { append(std::move(waiting)); });
    waiting_.erase(waiting_.begin(), stay);
}

std::optional<model::Time> Recorder::oldest_waiting() const {
    const auto oldest =
        std::min_element(waiting_.begin(), waiting_.end(),
                         [](const Waiting& a, const Waiting& b) { return a.time < b.time; });
    return oldest == waiting_.end() ? std::nullopt : std::optional(oldest->time);
}

// A connect() has no connection before its SYN; that follows at once, from the same end.
std::optional<model::ConnectionIndex> Recorder::connection_of_call(const Waiting& waiting) {
    if (waiting.ends) return connections_.find(waiting.ends->local, waiting.ends->remote);
    const auto& fact = std::get<model::Fact>(waiting.what);
    if (const auto* returned = std::get_if<model::CallReturned>(&fact)) {
        const auto known = connects_.find(returned->id);
        return known == connects_.end() ? std::nullopt : std::optional(known->second);
    }
    const auto* entered = std::get_if<model::CallEntered>(&fact);
    if (entered == nullptr || entered->call != "connect") return std::nullopt;
    for (const Waiting& later : waiting_) {
        const auto* sent = std::get_if<Sent>(&later.what);
        if (sent == nullptr || later.time < waiting.time) continue;
        const model::Segment& segment = sent->packet.segment;
        const bool is_server = sent->packet.source == server_;
        if (!segment.flags.syn() || segment.flags.ack() ||
            is_server != (entered->endpoint == model::Role::Server) ||
            !goes_to(*entered, sent->packet.destination)) {
            continue;
        }
        const auto placed = place(sent->packet);
        connects_[entered->id] = placed.connection;
        return placed.connection;
    }
    return std::nullopt;
}

// A SYN of an end that is CLOSED comes from another socket, whatever becomes of it.
model::ConnectionTable::Placed Recorder::place(const capture::Packet& packet) {
    const auto placed = connections_.place(packet.source, packet.destination, packet.segment);
    const bool anew =
        placed.syn_in_doubt && placed.connection < timelines_.size() &&
        connection(placed.connection).end(placed.from).state() == model::State::Closed;
    return anew ? connections_.begin_doubted(placed.connection) : placed;
}

// SegmentDelivered::generation of a segment that is delivered now.
std::uint32_t Recorder::foreign_generation(model::SegmentId id) const {
    const auto own = segments_.at(id);
    if (!own || *own >= timelines_.size()) return 0;
    const model::Segment* segment = timelines_[*own].segment(id);
    if (segment == nullptr) return 0;
    const auto& all = trace_.connections();
    const auto server_state = [this](model::ConnectionIndex one) {
        return one < timelines_.size() ? connection(one).server.state() : model::State::Closed;
    };
    const auto owner = receiving(all, *own, peer(segment->from), server_state);
    return owner == *own ? 0 : all[owner].generation;
}

void Recorder::append(Waiting waiting) {
    // A trace ascends. Should something come in so late that what followed it is written already,
    // it stands after that, and the trace says by how much it is off.
    const model::Time last = trace_.events().back().time;
    if (waiting.time < last) {
        const auto late =
            std::chrono::duration_cast<std::chrono::microseconds>(last - waiting.time);
        trace_.append({last, std::nullopt,
                       model::Marker{"late", fmt::format("the next event happened {} us earlier",
                                                         late.count())}});
        waiting.time = last;
    }
    model::Event event{waiting.time, waiting.connection, {}};
    if (auto* sent = std::get_if<Sent>(&waiting.what)) {
        capture::Packet& packet = sent->packet;
        const auto placed = place(packet);
        packet.segment.from = placed.from;
        event.connection = segments_[packet.segment.id] = placed.connection;
        note_sent(packet.segment, sent->copy_of, placed.connection);
        event.fact = model::SegmentSent{std::move(packet.segment), sent->copy_of};
    } else {
        if (const auto connection = connection_of_call(waiting)) event.connection = connection;
        event.fact = std::move(std::get<model::Fact>(waiting.what));
        if (const model::SegmentId id = std::visit(SegmentOf{}, event.fact); id != 0) {
            event.connection = segments_[id];
        }
        if (const auto* held = std::get_if<model::SegmentHeld>(&event.fact)) note_held(held->id);
        if (auto* delivered = std::get_if<model::SegmentDelivered>(&event.fact)) {
            delivered->generation = foreign_generation(delivered->id);
        }
        if (const auto* copied = std::get_if<model::SegmentDuplicated>(&event.fact)) {
            segments_[copied->copy] = event.connection;
        } else if (const auto* injected = std::get_if<model::SegmentInjected>(&event.fact)) {
            segments_[injected->segment.id] = event.connection;
        }
    }
    trace_.append(std::move(event));
    tell_states();
}

void Recorder::note_sent(const model::Segment& segment, model::SegmentId copy_of,
                         model::ConnectionIndex connection) {
    if (segment.flags.ack()) last_ack_.insert_or_assign({connection, segment.from}, segment.ack);
    if (copy_of == 0) {
        progress_.sent(segment, connection);
    } else {
        absorbed_.emplace(segment.id, segment);
    }
}

// An absorbed copy that is held stands for itself from now on.
void Recorder::note_held(model::SegmentId id) {
    const auto stands = absorbed_.extract(id);
    if (!stands.empty()) progress_.sent(stands.mapped(), segments_[id]);
}

bool Recorder::owes_acknowledgment() const {
    for (std::size_t i = 0; i < trace_.connections().size() && i < timelines_.size(); ++i) {
        const auto index = static_cast<model::ConnectionIndex>(i);
        for (const model::Role role : {model::Role::Client, model::Role::Server}) {
            const model::Endpoint& end = connection(index).end(role);
            if (!takes_in(end.state())) continue;
            const auto acknowledged = last_ack_.find({index, role});
            const auto next = end.rcv_nxt();
            if (next && acknowledged != last_ack_.end() && acknowledged->second != *next)
                return true;
        }
    }
    return false;
}

void Recorder::tell_states() {
    const std::size_t known = trace_.connections().size();
    if (timelines_.empty()) timelines_.emplace_back(trace_);
    if (known > 0 && !timelines_.front().connection()) timelines_.clear();
    while (timelines_.size() < known) {
        timelines_.emplace_back(trace_, static_cast<model::ConnectionIndex>(timelines_.size()));
    }
    for (model::Timeline& timeline : timelines_) timeline.catch_up();
    for (std::size_t i = 0; i < timelines_.size(); ++i) {
        const model::Connection& connection = timelines_[i].at(timelines_[i].size());
        const auto number = static_cast<unsigned>(known == 0 ? 0 : i + 1);
        for (model::Role role : {model::Role::Client, model::Role::Server}) {
            const model::Endpoint& end = connection.end(role);
            progress_.set_state(role, end.state(), number, end.octets_received());
        }
    }
}

const model::Connection& Recorder::connection(model::ConnectionIndex index) const {
    const model::Timeline& timeline = timelines_.at(index);
    return timeline.at(timeline.size());
}

std::string Recorder::take_wire() {
    writer_->write_new();
    std::string text = wire_.str();
    wire_.str({});
    return text;
}

}  // namespace tcpstep::lab
