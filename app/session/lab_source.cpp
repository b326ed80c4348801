#include "app/session/lab_source.hpp"

#include <utility>

namespace tcpstep::session {

namespace {

class LabSource : public Source {
  public:
    explicit LabSource(lab::LabRun run) : run_(std::move(run)) {}

    Status drain(model::Trace& trace) override {
        switch (run_.drain(trace)) {
            case lab::LabRun::Status::Running:
                return Status::Running;
            case lab::LabRun::Status::Finished:
                return Status::Finished;
            case lab::LabRun::Status::Failed:
                return Status::Failed;
        }
        return Status::Failed;
    }

    const Error& error() const override { return run_.error(); }
    const std::optional<Error>& host_reason() const override { return run_.host_reason(); }
    const std::optional<Error>& free_reason() const override { return run_.free_reason(); }
    void command(const lab::GateCommand& command) override { run_.command(command); }
    void call(const lab::MakeCall& call) override { run_.call(call); }
    bool settled() const override { return run_.settled(); }

  private:
    lab::LabRun run_;
};

}  // namespace

Result<std::unique_ptr<Source>> open_lab(const lesson::Lesson& lesson,
                                         const lab::LabOptions& options,
                                         std::function<void()> wake) {
    Result<lab::LabRun> run = lab::LabRun::start(lesson, options, std::move(wake));
    if (!run) return tl::unexpected(std::move(run.error()));
    return std::make_unique<LabSource>(std::move(*run));
}

}  // namespace tcpstep::session
