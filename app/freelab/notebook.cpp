#include "app/freelab/notebook.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace tcpstep::freelab {

using lesson::Actor;
using lesson::Call;

void Notebook::ordered(Actor actor, lesson::Step step) {
    Made made;
    made.actor = actor;
    made.step = std::move(step);
    made_.push_back(std::move(made));
}

void Notebook::catch_up(const model::Trace& trace) {
    const auto& events = trace.events();
    for (; read_ < events.size(); ++read_) {
        if (const auto* entered = std::get_if<model::CallEntered>(&events[read_].fact)) {
            if (entered_ == made_.size()) continue;
            made_[entered_].id = entered->id;
            made_[entered_].entered_at = read_;
            ++entered_;
        } else if (const auto* back = std::get_if<model::CallReturned>(&events[read_].fact)) {
            const auto made = std::find_if(made_.begin(), made_.end(),
                                           [&](const Made& one) { return one.id == back->id; });
            if (made == made_.end()) continue;
            made->returned_at = read_;
            made->result = back->result;
            made->error = back->error;
        }
    }
}

const Made* Notebook::blocked(Actor actor) const {
    const auto last = std::find_if(made_.rbegin(), made_.rend(),
                                   [&](const Made& one) { return one.actor == actor; });
    return last == made_.rend() || last->returned_at ? nullptr : &*last;
}

std::vector<Descriptor> Notebook::descriptors(Actor actor) const {
    std::vector<Descriptor> open;
    for (const Made& one : made_) {
        if (one.actor == actor) apply(one, open);
    }
    return open;
}

std::string Notebook::new_name(Actor actor, Call call) const {
    const char* own = actor == Actor::Server ? "listener" : "socket";
    const char* base = call == Call::Accept ? "connection" : call == Call::Dup ? "copy" : own;
    const auto used = std::count_if(made_.begin(), made_.end(), [&](const Made& one) {
        return one.actor == actor && one.step.call == call;
    });
    return used == 0 ? base : fmt::format("{}{}", base, used + 1);
}

std::string Notebook::new_label(Actor actor, Call call) const {
    const auto used = std::count_if(made_.begin(), made_.end(), [&](const Made& one) {
        return role_of(one.actor) == role_of(actor) && one.step.call == call;
    });
    return used == 0 ? std::string(name(call)) : fmt::format("{}{}", name(call), used + 1);
}

}  // namespace tcpstep::freelab
