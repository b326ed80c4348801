#include "app/session/hand_control.hpp"

#include <algorithm>
#include <utility>

namespace tcpstep::session {

using freelab::Deed;
using freelab::Offer;
using lesson::Actor;
using model::Role;

void HandControl::choose(Role end, HandChoice choice) {
    // Another client has other descriptors.
    if (choice.second_client != choices_[index(end)].second_client) choice.descriptor.clear();
    choices_[index(end)] = std::move(choice);
}

Actor HandControl::actor(Role end) const {
    if (end == Role::Server) return Actor::Server;
    return choice(end).second_client ? Actor::SecondClient : Actor::Client;
}

std::vector<freelab::Descriptor> HandControl::descriptors(Role end) const {
    return notebook_.descriptors(actor(end));
}

std::vector<Offer> HandControl::offers(Role end) const {
    std::vector<Offer> all;
    for (const Deed deed : freelab::kDeeds) {
        const auto these = freelab::offers(notebook_, actor(end), wish(end, deed).on);
        all.push_back(*std::find_if(these.begin(), these.end(),
                                    [&](const Offer& offer) { return offer.deed == deed; }));
    }
    return all;
}

freelab::Wish HandControl::wish(Role end, Deed deed) const {
    const HandChoice& chosen = choice(end);
    freelab::Wish wish;
    wish.actor = actor(end);
    wish.deed = deed;
    wish.on = chosen.descriptor.empty() ? freelab::best_descriptor(notebook_, wish.actor, deed)
                                        : chosen.descriptor;
    if (deed == Deed::Send) wish.data = chosen.text;
    if (deed == Deed::Listen) wish.number = chosen.backlog;
    if (deed == Deed::SetSockOpt) {
        wish.option = chosen.option;
        wish.number = chosen.value;
    }
    if (deed == Deed::Shutdown) wish.how = chosen.how;
    return wish;
}

Result<void> HandControl::call(const freelab::Wish& wish, Source& run) {
    if (notebook_.awaits_entry()) return {};
    const auto steps = freelab::steps_for(wish, notebook_, server_);
    if (!steps) return tl::make_unexpected(steps.error());
    for (const lesson::Step& step : *steps) {
        notebook_.ordered(wish.actor, step);
        run.call({wish.actor, step});
    }
    return {};
}

void HandControl::catch_up(const model::Trace& trace) {
    notebook_.catch_up(trace);
    // What is closed cannot be worked on.
    for (const Role end : {Role::Client, Role::Server}) {
        std::string& chosen = choices_[index(end)].descriptor;
        const auto open = descriptors(end);
        const bool there = std::any_of(open.begin(), open.end(),
                                       [&](const auto& one) { return one.name == chosen; });
        if (!there) chosen.clear();
    }
}

}  // namespace tcpstep::session
