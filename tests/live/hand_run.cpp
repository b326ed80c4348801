#include "tests/live/hand_run.hpp"

#include <initializer_list>
#include <map>

#include <gtest/gtest.h>

#include "app/freelab/words.hpp"
#include "app/lesson/parse.hpp"

namespace tcpstep::lab::testing {

using namespace freelab;

namespace {

LabOptions by_hand(bool held) {
    LabOptions options;
    options.gated = held;
    options.by_hand = true;
    return options;
}

}  // namespace

HandRun::HandRun(bool held) : run(free_lab(held), by_hand(held)) {
    settle();
}

model::Role HandRun::sender(model::SegmentId id) {
    for (const model::InFlight& one : run.connection().in_flight) {
        if (one.segment.id == id) return one.segment.from;
    }
    return model::Role::Client;
}

model::SegmentId HandRun::named(const std::string& name) {
    for (const model::InFlight& one : run.connection().in_flight) {
        if (run.trace.numbers().name(one.segment.id) == name) return one.segment.id;
    }
    return 0;
}

void HandRun::settle() {
    run.settle();
    notebook.catch_up(run.trace);
}

std::string HandRun::type(const std::string& line) {
    const auto words = parse_words(line);
    if (!words) return words.error().line();
    if (const auto* wish = std::get_if<Wish>(&*words)) {
        const auto steps = steps_for(*wish, notebook, default_server());
        if (!steps) return steps.error().line();
        for (const lesson::Step& step : *steps) {
            notebook.ordered(wish->actor, step);
            run.lab().call({wish->actor, step});
        }
    } else if (const auto* gate = std::get_if<GateWord>(&*words)) {
        const model::SegmentId id = gate->segment ? named(*gate->segment) : run.next();
        switch (gate->what) {
            case GateWord::What::Deliver:
                run.command(Deliver{id});
                break;
            case GateWord::What::Drop:
                run.command(Drop{id});
                break;
            case GateWord::What::Duplicate:
                run.command(Duplicate{id});
                break;
            case GateWord::What::HoldBack:
                run.command(HoldBack{id});
                break;
            case GateWord::What::Reset:
                run.command(InjectReset{0, peer(sender(id))});
                break;
            case GateWord::What::ResetBack:
                run.command(InjectReset{0, sender(id)});
                break;
        }
    }
    settle();
    return "";
}

void HandRun::type_all(std::initializer_list<const char*> lines) {
    for (const char* line : lines) EXPECT_EQ(type(line), "") << line << "\n" << run.text();
}

void HandRun::deliver_all() {
    for (int most = 100; run.next() != 0 && most > 0; --most) type("deliver");
}

lesson::Lesson HandRun::saved() const {
    file_ = lesson_file(notebook, run.trace, default_server(), "saved.json");
    auto lesson = lesson::parse_lesson(file_.text, "saved.json");
    EXPECT_TRUE(lesson) << lesson.error().line() << "\n" << file_.text;
    return lesson ? *lesson : lesson::Lesson{};
}

std::string calls_of(const Story& story) {
    std::map<model::CallId, std::string> results;
    for (const model::Event& event : story.trace.events()) {
        const auto* back = std::get_if<model::CallReturned>(&event.fact);
        if (back != nullptr) results[back->id] = back->error.empty() ? "ok" : back->error;
    }
    std::string text;
    for (const model::Event& event : story.trace.events()) {
        const auto* call = std::get_if<model::CallEntered>(&event.fact);
        if (call == nullptr) continue;
        const auto result = results.find(call->id);
        text += std::string(name(call->endpoint)) + " " + call->call + " " +
                (result == results.end() ? "..." : result->second) + "; ";
    }
    return text;
}

}  // namespace tcpstep::lab::testing
