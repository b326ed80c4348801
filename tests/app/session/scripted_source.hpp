#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/freelab/lesson_file.hpp"
#include "app/session/session.hpp"

namespace tcpstep::testing {

/// What a test lets the lab say, bit by bit, and what the lab was told.
struct Script {
    model::Trace trace;  ///< of which the first `known` events have arrived
    std::size_t known = 0;
    session::Source::Status status = session::Source::Status::Running;
    Error error;
    std::optional<Error> host_reason, free_reason;
    bool settled = true;  ///< until a command comes
    std::function<void()> wake;
    lab::HoldPolicy policy;  ///< that the run was started with
    std::vector<lab::GateCommand> commands;
    std::vector<lab::MakeCall> calls;
    int runs = 0;
    bool gone = false;   ///< the source was ended
    std::string notice;  ///< to be told once; "" for nothing
};

class ScriptedSource : public session::Source {
  public:
    explicit ScriptedSource(std::shared_ptr<Script> script) : script_(std::move(script)) {}
    ~ScriptedSource() override { script_->gone = true; }
    ScriptedSource(const ScriptedSource&) = delete;
    ScriptedSource& operator=(const ScriptedSource&) = delete;

    Status drain(model::Trace& trace) override {
        for (; sent_ < script_->known; ++sent_) {
            const model::Event& event = script_->trace.events()[sent_];
            if (event.connection) trace.intern(script_->trace.connections()[*event.connection]);
            trace.append(event);
        }
        return script_->status;
    }
    const Error& error() const override { return script_->error; }
    const std::optional<Error>& host_reason() const override { return script_->host_reason; }
    const std::optional<Error>& free_reason() const override { return script_->free_reason; }
    void command(const lab::GateCommand& command) override {
        script_->commands.push_back(command);
        script_->settled = false;
    }
    void call(const lab::MakeCall& call) override {
        script_->calls.push_back(call);
        script_->settled = false;
    }
    bool settled() const override { return script_->settled; }
    std::function<std::string()> take_notice() override {
        if (script_->notice.empty()) return {};
        return [notice = std::exchange(script_->notice, {})] { return notice; };
    }

  private:
    std::shared_ptr<Script> script_;
    std::size_t sent_ = 0;
};

inline std::shared_ptr<Script> scripted(model::Trace trace) {
    auto script = std::make_shared<Script>();
    script->trace = std::move(trace);
    return script;
}

/// One lesson, "four-way-close", that is held and runs as the script says.
inline session::Setup setup_with(const std::shared_ptr<Script>& script) {
    session::Setup setup;
    lesson::Lesson lesson;
    lesson.id = "four-way-close";
    lesson.title.en = "The four-way close";
    lesson.held = true;
    setup.lessons = {lesson};
    setup.run_lesson = [script](
                           const lesson::Lesson&, const lab::HoldPolicy& policy,
                           std::function<void()> wake) -> Result<std::unique_ptr<session::Source>> {
        script->wake = std::move(wake);
        script->policy = policy;
        ++script->runs;
        return std::make_unique<ScriptedSource>(script);
    };
    return setup;
}

/// The same with a free lab, which is saved as "lab-1.json" into `saved`.
inline session::Setup setup_by_hand(const std::shared_ptr<Script>& script,
                                    const std::shared_ptr<std::string>& saved = nullptr) {
    session::Setup setup = setup_with(script);
    setup.run_by_hand = setup.run_lesson;
    setup.free_lab = freelab::free_lab(true);
    setup.save_lesson = [saved](const session::Setup::Write& write) -> Result<std::string> {
        if (saved) *saved = write("lab-1.json");
        return "lab-1.json";
    };
    return setup;
}

/// Lets `count` more events arrive.
inline void arrive(session::Session& session, Script& script, std::size_t count) {
    script.known = std::min(script.known + count, script.trace.events().size());
    session.poll();
}

}  // namespace tcpstep::testing
