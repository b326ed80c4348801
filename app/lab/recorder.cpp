#include "app/lab/recorder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace tcpstep::lab {

Recorder::Recorder(const lesson::Lesson& lesson, model::Time start, Progress& progress)
    : progress_(progress), connections_(trace_) {
    trace_.title = lesson.title;
    trace_.description = lesson.summary;
    writer_.emplace(trace_, start, wire_, model::qlog::SequentialWriter::States::Left,
                    model::qlog::SequentialWriter::Framing::Lines);
    model::Scenario scenario;
    scenario.lesson = lesson.id;
    scenario.title = lesson.title;
    scenario.lab = true;
    scenario.gated = false;
    scenario.server = lesson.server;
    trace_.append({start, std::nullopt, std::move(scenario)});
    tell_states();
}

void Recorder::add(model::Time time, std::optional<model::ConnectionIndex> connection,
                   model::Fact fact) {
    waiting_.push_back({time, arrivals_++, connection, std::move(fact)});
}

void Recorder::add_packet(model::Time time, capture::Decoded decoded) {
    if (auto* packet = std::get_if<capture::Packet>(&decoded)) {
        waiting_.push_back({time, arrivals_++, std::nullopt, std::move(*packet)});
    } else if (const auto* malformed = std::get_if<capture::Malformed>(&decoded)) {
        add(time, std::nullopt, model::Marker{"malformed", malformed->what});
    }
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
    if (auto* packet = std::get_if<capture::Packet>(&waiting.what)) {
        const auto placed =
            connections_.place(packet->source, packet->destination, packet->segment);
        packet->segment.id = next_segment_++;
        packet->segment.from = placed.from;
        event.connection = placed.connection;
        event.fact = model::SegmentSent{std::move(packet->segment)};
    } else {
        event.fact = std::move(std::get<model::Fact>(waiting.what));
    }
    trace_.append(std::move(event));
    tell_states();
}

void Recorder::tell_states() {
    const std::size_t known = trace_.connections().size();
    const auto newest =
        known == 0 ? std::nullopt : std::optional(static_cast<model::ConnectionIndex>(known - 1));
    if (newest_ && newest_->connection() == newest) {
        newest_->catch_up();
    } else {
        newest_.emplace(trace_, newest);
    }
    const model::Connection& connection = newest_->at(newest_->size());
    for (model::Role role : {model::Role::Client, model::Role::Server}) {
        progress_.set_state(role, connection.end(role).state());
    }
}

std::string Recorder::take_wire() {
    writer_->write_new();
    std::string text = wire_.str();
    wire_.str({});
    return text;
}

}  // namespace tcpstep::lab
