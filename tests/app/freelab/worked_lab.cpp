#include "tests/app/freelab/worked_lab.hpp"

#include <gtest/gtest.h>

#include "app/freelab/offer.hpp"
#include "app/freelab/words.hpp"

namespace tcpstep::freelab {

using lesson::Actor;

WorkedLab::WorkedLab(bool gated) {
    model::Scenario scenario;
    scenario.lab = true;
    scenario.gated = gated;
    scenario.server = default_server();
    append(scenario);
}

void WorkedLab::append(model::Fact fact) {
    trace.append({model::Time(std::chrono::milliseconds(ms_++)), std::nullopt, std::move(fact)});
    notebook.catch_up(trace);
}

std::string WorkedLab::call(const std::string& line) {
    const auto words = parse_words(line);
    if (!words) return words.error().line();
    const auto& wish = std::get<Wish>(*words);
    const auto steps = steps_for(wish, notebook, default_server());
    if (!steps) return steps.error().line();
    for (const lesson::Step& step : *steps) {
        if (&step != &steps->front()) returns(0);
        notebook.ordered(wish.actor, step);
        last_ = {++calls_, role_of(wish.actor), std::string(name(step.call)), {}};
        append(last_);
    }
    return "";
}

void WorkedLab::returns(std::int64_t result, const std::string& error) {
    append(model::CallReturned{last_.id, last_.endpoint, last_.call, result, error});
}

void WorkedLab::done(const std::string& line, std::int64_t result, const std::string& error) {
    EXPECT_EQ(call(line), "") << line;
    returns(result, error);
}

std::string WorkedLab::why_not(Actor actor, Deed deed) const {
    for (const Offer& offer : offers(notebook, actor, best_descriptor(notebook, actor, deed))) {
        if (offer.deed == deed) return offer.reason;
    }
    return "no such offer";
}

WorkedLab listening() {
    WorkedLab lab;
    lab.done("server socket", 5);
    lab.done("server bind");
    lab.done("server listen");
    lab.done("client socket", 6);
    return lab;
}

}  // namespace tcpstep::freelab
