#include "model/qlog/said_states.hpp"

namespace tcpstep::model::qlog {

std::uint32_t SaidStates::number_of(std::string_view text) {
    const auto [entry, added] =
        numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(texts_.size()));
    if (added) texts_.push_back(&entry->first);
    return entry->second;
}

void SaidStates::add(std::size_t after, std::size_t place, Time time,
                     const std::optional<ConnectionId>& group, const InferredChange& told) {
    Packed packed;
    packed.time = time;
    packed.after = static_cast<std::uint32_t>(after);
    packed.place = static_cast<std::uint32_t>(place);
    packed.connection = told.connection.value_or(kNone);
    if (group && !told.connection) stray_.emplace(packed_.size(), *group);
    packed.rfc = number_of(told.rfc);
    packed.event = number_of(told.trigger.event);
    if (const auto* segment = std::get_if<Trigger::OfSegment>(&told.trigger.about)) {
        packed.about = About::Segment;
        packed.number = segment->id;
    } else if (const auto* call = std::get_if<Trigger::OfCall>(&told.trigger.about)) {
        packed.about = About::Call;
        packed.number = call->id;
    } else if (const auto* text = std::get_if<std::string>(&told.trigger.about)) {
        packed.about = About::Text;
        packed.number = number_of(*text);
    }
    packed.endpoint = told.endpoint;
    packed.from = told.from;
    packed.to = told.to;
    packed.assumed = told.assumed;
    packed.read = true;
    packed_.push_back(packed);
}

void SaidStates::add_unread(std::size_t after, std::size_t place) {
    Packed packed;
    packed.after = static_cast<std::uint32_t>(after);
    packed.place = static_cast<std::uint32_t>(place);
    packed_.push_back(packed);
}

std::optional<ConnectionIndex> SaidStates::connection(std::size_t index) const {
    const std::uint32_t connection = packed_[index].connection;
    if (connection == kNone) return std::nullopt;
    return connection;
}

SaidStates::Said SaidStates::at(std::size_t index, const Trace& trace) const {
    const Packed& packed = packed_[index];
    Said said{packed.after, packed.place, packed.time, std::nullopt, std::nullopt};
    if (!packed.read) return said;
    if (const auto stray = stray_.find(index); stray != stray_.end()) said.group = stray->second;
    if (packed.connection != kNone) said.group = trace.connections()[packed.connection];
    InferredChange& change = said.change.emplace();
    change.connection = connection(index);
    change.endpoint = packed.endpoint;
    change.from = packed.from;
    change.to = packed.to;
    change.rfc = *texts_[packed.rfc];
    change.assumed = packed.assumed;
    change.trigger.event = *texts_[packed.event];
    switch (packed.about) {
        case About::Nothing:
            break;
        case About::Segment:
            change.trigger.about = Trigger::OfSegment{packed.number};
            break;
        case About::Call:
            change.trigger.about = Trigger::OfCall{packed.number};
            break;
        case About::Text:
            change.trigger.about = *texts_[packed.number];
            break;
    }
    return said;
}

}  // namespace tcpstep::model::qlog
