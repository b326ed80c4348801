#include "tests/judge/verdict.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "model/observation.hpp"
#include "model/segment_summary.hpp"

namespace tcpstep::judge {

namespace {

using model::Role;
using model::State;
using model::TrackedChange;

model::Observation observe(const std::vector<Captured>& captured) {
    model::Observation observation;
    for (const Captured& one : captured) {
        observation.take(one.packet.source, one.packet.destination,
                         summary_of(one.packet.segment, one.time), one.packet.segment.headers);
    }
    observation.finish();
    return observation;
}

// What is compared: a state, and whether it may be left out.
struct Item {
    State state;
    bool optional = false;
    model::Doubt doubt = model::Doubt::None;
};

bool is_nothing(State state) {
    return state == State::Unknown || state == State::Closed || state == State::Listen;
}

void add(std::vector<Item>& items, Item item) {
    if (items.empty() && is_nothing(item.state)) return;
    if (item.state == State::Listen) item.state = State::Closed;
    if (!items.empty() && items.back().state == item.state) return;
    items.push_back(item);
}

std::vector<Item> items_of(const std::vector<TrueState>& real) {
    std::vector<Item> items;
    for (const TrueState& one : real) add(items, {one.state, one.unseen});
    if (!items.empty() && items.back().state == State::TimeWait)
        items.push_back({State::Closed, true});
    return items;
}

std::vector<Item> items_of(const std::vector<TrackedChange>& told) {
    std::vector<Item> items;
    for (const TrackedChange& one : told) add(items, {one.to, false, one.doubt});
    return items;
}

// How many of `told` are explained: all of them, and all of `real`, or as far as it goes.
struct Match {
    std::size_t told = 0;
    bool whole = false;
};

Match match(const std::vector<Item>& real, std::size_t at, const std::vector<Item>& told,
            std::size_t from) {
    if (at == real.size()) return {from, from == told.size()};
    Match best{from, false};
    if (from < told.size() && real[at].state == told[from].state) {
        best = match(real, at + 1, told, from + 1);
    }
    if (!best.whole && real[at].optional) {
        const Match without = match(real, at + 1, told, from);
        if (without.whole || without.told > best.told) best = without;
    }
    return best;
}

bool in_order(const std::vector<Item>& real, const std::vector<Item>& told) {
    std::size_t at = 0;
    for (const Item& one : real) {
        if (one.optional) continue;
        while (at < told.size() && told[at].state != one.state) ++at;
        if (at++ >= told.size()) return false;
    }
    return true;
}

// What was told of one end of one connection; nothing if no such connection was found.
std::vector<TrackedChange> told_of(const model::Observation& observation,
                                   const TrueConnection& connection, Role end) {
    const TrueEnd& real = end == Role::Client ? connection.client : connection.server;
    const TrueEnd& other = end == Role::Client ? connection.server : connection.client;
    std::vector<TrackedChange> told;
    for (model::ConnectionIndex i = 0; i < observation.connections(); ++i) {
        const model::ConnectionId id = observation.connection(i).id;
        if (id.generation != connection.generation) continue;
        const bool same = id.client == real.address && id.server == other.address;
        const bool turned = id.server == real.address && id.client == other.address;
        if (!same && !turned) continue;
        for (const TrackedChange& change : observation.changes(i)) {
            if (change.endpoint == (same ? Role::Client : Role::Server)) told.push_back(change);
        }
    }
    return told;
}

void count(Score& score, Verdict verdict) {
    switch (verdict) {
        case Verdict::Agrees:
            ++score.agrees;
            return;
        case Verdict::AgreesAsShown:
            ++score.agrees;
            ++score.as_shown;
            return;
        case Verdict::Assumed:
            ++score.assumed;
            return;
        case Verdict::Differs:
            ++score.differs;
            return;
    }
}

double percent_of(std::size_t part, const Score& score) {
    const std::size_t all = score.agrees + score.assumed + score.differs;
    return all == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(all);
}

std::string line_of(std::string_view what, const Score& score) {
    return fmt::format(
        "{:16} {:6} ends, agree {:6.2f} % ({} as shown), assumed wrongly {} ({:.2f} %), "
        "differ {} ({:.2f} %)\n",
        what, score.agrees + score.assumed + score.differs, percent_of(score.agrees, score),
        score.as_shown, score.assumed, percent_of(score.assumed, score), score.differs,
        percent_of(score.differs, score));
}

std::string states_of(const std::vector<TrueState>& real) {
    std::string text;
    for (const TrueState& one : real) {
        text += fmt::format(" {}{}", one.unseen ? "?" : "", name(one.state));
    }
    return text;
}

std::string states_of(const std::vector<TrackedChange>& told) {
    std::string text;
    for (const TrackedChange& one : told) {
        text += fmt::format(" {}{}@{}", one.doubt == model::Doubt::None ? "" : "~", name(one.to),
                            one.after);
    }
    return text;
}

std::string text_of(const Finding& one) {
    const TrueConnection& connection = one.story->truth.connections[one.connection];
    const TrueEnd& real = one.end == Role::Client ? connection.client : connection.server;
    return fmt::format("{} {} #{} {} {}\n   real{}{}\n   told{}\n", name(one.verdict),
                       one.story->path, connection.generation, name(one.end),
                       model::to_string(real.address), states_of(real.states),
                       real.shown.empty() ? "" : "\n  shown" + states_of(real.shown),
                       states_of(one.told));
}

}  // namespace

std::string_view name(Verdict verdict) {
    switch (verdict) {
        case Verdict::Agrees:
            return "agrees";
        case Verdict::AgreesAsShown:
            return "agrees as shown";
        case Verdict::Assumed:
            return "assumed";
        case Verdict::Differs:
            return "differs";
    }
    return "";
}

Verdict judge(const Truth& truth, const TrueEnd& real, const std::vector<TrackedChange>& told) {
    const std::vector<Item> expected = items_of(real.states);
    const std::vector<Item> shown = items_of(real.shown);
    const std::vector<Item> found = items_of(told);
    if (!truth.complete) {
        const bool holds =
            in_order(expected, found) || (!real.shown.empty() && in_order(shown, found));
        return holds ? Verdict::Agrees : Verdict::Differs;
    }
    const Match matched = match(expected, 0, found, 0);
    if (matched.whole) return Verdict::Agrees;
    Match matched_shown;
    if (!real.shown.empty()) matched_shown = match(shown, 0, found, 0);
    if (matched_shown.whole) return Verdict::AgreesAsShown;
    if (found.empty()) return Verdict::Differs;
    // Where the truth goes on, the doubt is about the last state: whether it is that still.
    const std::size_t right = std::max(matched.told, matched_shown.told);
    const Item& first_wrong = found[std::min(right, found.size() - 1)];
    return first_wrong.doubt != model::Doubt::None ? Verdict::Assumed : Verdict::Differs;
}

std::vector<Finding> findings(const Case& story) {
    std::vector<Finding> all;
    const model::Observation observation = observe(story.captured);
    for (std::size_t i = 0; i < story.truth.connections.size(); ++i) {
        const TrueConnection& connection = story.truth.connections[i];
        for (const Role end : {Role::Client, Role::Server}) {
            const bool itself = connection.client.address == connection.server.address;
            if (end == Role::Server && itself) continue;
            const TrueEnd& real = end == Role::Client ? connection.client : connection.server;
            Finding finding{&story, i, end, {}, told_of(observation, connection, end)};
            finding.verdict = judge(story.truth, real, finding.told);
            all.push_back(std::move(finding));
        }
    }
    return all;
}

Tally compare_all(const std::vector<Case>& cases) {
    Tally tally;
    for (const Case& story : cases) {
        const std::string family = story.truth.story.substr(0, story.truth.story.find(' '));
        for (Finding& one : findings(story)) {
            count(tally.all, one.verdict);
            if (story.truth.settled) count(tally.settled, one.verdict);
            if (story.truth.settled && story.truth.lossless) count(tally.lossless, one.verdict);
            count(tally.families[family], one.verdict);
            tally.states += one.told.size();
            tally.doubted += static_cast<std::size_t>(std::count_if(
                one.told.begin(), one.told.end(),
                [](const TrackedChange& change) { return change.doubt != model::Doubt::None; }));
            if (one.verdict == Verdict::Differs)
                tally.wrong.push_back(std::move(one));
            else if (one.verdict == Verdict::Assumed)
                tally.assumed.push_back(std::move(one));
        }
    }
    return tally;
}

double percent_agreeing(const Score& score) {
    return percent_of(score.agrees, score);
}

double percent_agreeing_undoubted(const Score& score) {
    return percent_of(score.agrees, {score.agrees, 0, 0, score.differs});
}

std::string disagreements(const Tally& tally) {
    constexpr std::size_t kShown = 400;
    std::string text;
    for (std::size_t i = 0; i < tally.wrong.size() && i < kShown; ++i) {
        text += text_of(tally.wrong[i]);
    }
    for (std::size_t i = 0; i < tally.assumed.size() && i < kShown; ++i) {
        text += text_of(tally.assumed[i]);
    }
    return text;
}

std::string figures(const Tally& tally) {
    std::string text;
    for (const auto& [family, score] : tally.families) text += line_of(family, score);
    return text + line_of("lossless", tally.lossless) + line_of("settled", tally.settled) +
           line_of("all", tally.all) +
           fmt::format("states told {}, with a doubt {}\n", tally.states, tally.doubted);
}

std::string show(const Case& story) {
    std::ostringstream told;
    told << std::ifstream(story.path + ".story").rdbuf();
    for (const Finding& one : findings(story)) {
        told << text_of(one);
    }
    return told.str();
}

}  // namespace tcpstep::judge
