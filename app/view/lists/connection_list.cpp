#include "app/view/lists/connection_list.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "app/view/lists/connection_words.hpp"
#include "app/view/lists/event_filter.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view::lists {

using model::ConnectionIndex;
using model::ConnectionSummary;

namespace {

std::string& cell(ConnectionCells& cells, ConnectionColumn column) {
    return cells[static_cast<std::size_t>(column)];
}

bool stands_in(const ConnectionCells& cells, const std::string& text) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
        std::string_view word = cells[column];
        // Who looks for a port does not mean microseconds.
        const bool seconds = column == static_cast<std::size_t>(ConnectionColumn::Seconds);
        if (seconds && text.find('.') == std::string::npos) word = word.substr(0, word.find('.'));
        if (contains_text(word, text)) return true;
    }
    return false;
}

}  // namespace

std::string column_title(ConnectionColumn column) {
    switch (column) {
        case ConnectionColumn::Client:
            return say(Text::Client);
        case ConnectionColumn::Server:
            return say(Text::Server);
        case ConnectionColumn::Segments:
            return say(Text::TerminalSegments);
        case ConnectionColumn::Octets:
            return say(Text::ConnectionsOctets);
        case ConnectionColumn::Seconds:
            return say(Text::DecodeSeconds);
        case ConnectionColumn::ClientState:
            return say(Text::DecodeClientState);
        case ConnectionColumn::ServerState:
            return say(Text::DecodeServerState);
        case ConnectionColumn::Began:
            return say(Text::DecodeBegan);
        case ConnectionColumn::Ended:
            return say(Text::DecodeEnded);
    }
    return {};
}

void ConnectionList::sort(Order order) {
    if (order == order_) return;
    order_ = order;
    forget_rows();
}

void ConnectionList::filter(std::string text) {
    if (text == text_) return;
    text_ = std::move(text);
    forget_rows();
}

void ConnectionList::retell() {
    if (!text_.empty()) forget_rows();
}

void ConnectionList::forget_rows() {
    filtered_ = 0;
    sorted_ = false;
    shown_.clear();
}

bool ConnectionList::look_on() {
    if (connections_.catch_up(kEvents)) return true;
    if (told_of_ != connections_.read() || summaries_.size() != connections_.size()) {
        // What became of one may have changed, even by the events of the next.
        summaries_.assign(connections_.size(), std::nullopt);
        told_ = 0;
        told_of_ = connections_.read();
        forget_rows();
    }
    const bool rows_owed = filter_some();
    const bool told_owed = tell_some();
    if (rows_owed || told_owed) return true;
    if (!sorted_ && order_.by) {
        std::stable_sort(shown_.begin(), shown_.end(),
                         [this](ConnectionIndex a, ConnectionIndex b) {
                             return order_.descending ? less(b, a) : less(a, b);
                         });
    }
    sorted_ = true;
    return false;
}

bool ConnectionList::tell_some() {
    std::size_t segments = 0;
    while (told_ < summaries_.size() && segments < kSegments) {
        const auto connection = static_cast<ConnectionIndex>(told_++);
        segments += connections_.tally(connection).segments + 10;
        summary(connection);
    }
    return told_ < summaries_.size();
}

bool ConnectionList::filter_some() {
    const std::size_t count = summaries_.size();
    if (text_.empty()) {
        shown_.reserve(count);
        for (; filtered_ < count; ++filtered_)
            shown_.push_back(static_cast<ConnectionIndex>(filtered_));
        return false;
    }
    const std::size_t end = std::min(count, filtered_ + kRows);
    for (; filtered_ < end; ++filtered_) {
        const auto connection = static_cast<ConnectionIndex>(filtered_);
        const ConnectionCells words = cells(connection);
        if (stands_in(words, text_)) shown_.push_back(connection);
    }
    return filtered_ < count;
}

const ConnectionSummary& ConnectionList::summary(ConnectionIndex connection) {
    auto& known = summaries_[connection];
    if (!known) known = connections_.summary(connection);
    return *known;
}

bool ConnectionList::less(ConnectionIndex a, ConnectionIndex b) const {
    const auto by = [&](const auto& key) { return key(a) < key(b); };
    const auto tally = [this](ConnectionIndex i) { return connections_.tally(i); };
    const auto state = [this](ConnectionIndex i, std::size_t end) {
        return summaries_[i]->last[end].state;
    };
    switch (*order_.by) {
        case ConnectionColumn::Client:
            return by([this](ConnectionIndex i) { return trace_->connections()[i].client; });
        case ConnectionColumn::Server:
            return by([this](ConnectionIndex i) {
                const model::ConnectionId& id = trace_->connections()[i];
                return std::tuple(id.server, id.generation);
            });
        case ConnectionColumn::Segments:
            return by([&](ConnectionIndex i) { return tally(i).segments; });
        case ConnectionColumn::Octets:
            return by([&](ConnectionIndex i) { return tally(i).octets; });
        case ConnectionColumn::Seconds:
            return by([&](ConnectionIndex i) { return tally(i).ended - tally(i).began; });
        case ConnectionColumn::ClientState:
            return by([&](ConnectionIndex i) { return state(i, 0); });
        case ConnectionColumn::ServerState:
            return by([&](ConnectionIndex i) { return state(i, 1); });
        case ConnectionColumn::Began:
            return by([this](ConnectionIndex i) { return summaries_[i]->story.began; });
        case ConnectionColumn::Ended:
            return by([this](ConnectionIndex i) {
                const model::ConnectionStory& story = summaries_[i]->story;
                return std::tuple(story.ended, story.by);
            });
    }
    return false;
}

ConnectionCells ConnectionList::cells(ConnectionIndex connection) {
    const model::ConnectionId& id = trace_->connections()[connection];
    const model::ConnectionTally& tally = connections_.tally(connection);
    const ConnectionSummary& told = summary(connection);
    ConnectionCells cells;
    cell(cells, ConnectionColumn::Client) = to_string(id.client);
    cell(cells, ConnectionColumn::Server) = server_text(id);
    cell(cells, ConnectionColumn::Segments) = std::to_string(tally.segments);
    cell(cells, ConnectionColumn::Octets) = std::to_string(tally.octets);
    cell(cells, ConnectionColumn::Seconds) = seconds_text(tally.ended - tally.began);
    cell(cells, ConnectionColumn::ClientState) = state_text(told.last[0]);
    cell(cells, ConnectionColumn::ServerState) = state_text(told.last[1]);
    cell(cells, ConnectionColumn::Began) = std::string(beginning_text(told.story.began));
    cell(cells, ConnectionColumn::Ended) = ending_text(told.story);
    return cells;
}

std::optional<std::size_t> ConnectionList::row_of(ConnectionIndex connection) const {
    const auto found = std::find(shown_.begin(), shown_.end(), connection);
    if (found == shown_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - shown_.begin());
}

}  // namespace tcpstep::view::lists
