// Who takes time over each segment sees the same: while one is held the kernels' timers go on and
// send again what has not arrived, yet nothing that a lesson claims is refuted by it.
#include <algorithm>
#include <initializer_list>
#include <list>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/lesson/library.hpp"
#include "tests/live/performance.hpp"

namespace tcpstep::lab {
namespace {

using testing::Story;

// Longer than a SYN waits before it is sent again for the first and the second time (RFC 6298 2.1,
// 5.5: after 1 s and 3 s).
constexpr std::chrono::milliseconds kPatience{1200};
constexpr std::chrono::milliseconds kGreatPatience{2600};

/// A run that nobody steps but its script, and that slowly.
struct Patient : Story {
    std::string id;
    std::string name;
    std::optional<LabRun> run;
    LabRun::Status status = LabRun::Status::Running;

    Patient(const lesson::Lesson& lesson, std::chrono::milliseconds pace,
            std::function<void()> wake)
        : id(lesson.id), name(id + ", " + std::to_string(pace.count()) + " ms a step") {
        LabOptions options;
        options.gated = true;
        options.automatic = false;
        auto started = LabRun::start(lesson, options, std::move(wake));
        if (!started) {
            error = started.error();
            status = LabRun::Status::Failed;
            return;
        }
        run.emplace(std::move(*started));
        run->command(SetAutomatic{true, pace});
    }

    bool goes_on() {
        if (status == LabRun::Status::Running) status = run->drain(trace);
        if (status == LabRun::Status::Failed && run) error = run->error();
        return status == LabRun::Status::Running;
    }

    std::string refuted() const {
        std::string claims;
        for (const model::Event& event : trace.events()) {
            const auto* checked = std::get_if<model::ClaimChecked>(&event.fact);
            if (checked != nullptr && !checked->holds) claims += checked->claim + " ";
        }
        return claims;
    }

    std::size_t checked() const {
        std::size_t count = 0;
        for (const model::Event& event : trace.events()) {
            count += std::holds_alternative<model::ClaimChecked>(event.fact) ? 1 : 0;
        }
        return count;
    }
};

// All at once: they sleep nearly all of the time.
void play_slowly(const std::vector<lesson::Lesson>& lessons,
                 std::initializer_list<std::chrono::milliseconds> paces) {
    const int woken = eventfd(0, EFD_CLOEXEC);
    const auto wake = [woken] { eventfd_write(woken, 1); };
    std::list<Patient> runs;
    for (const auto pace : paces) {
        for (const lesson::Lesson& lesson : lessons) runs.emplace_back(lesson, pace, wake);
    }
    for (std::size_t going = runs.size(); going > 0;) {
        pollfd waits{woken, POLLIN, 0};
        poll(&waits, 1, -1);
        eventfd_t count = 0;
        eventfd_read(woken, &count);
        going = 0;
        for (Patient& run : runs) going += run.goes_on() ? 1U : 0U;
    }
    for (const Patient& run : runs) {
        SCOPED_TRACE(run.name);
        EXPECT_EQ(run.status, LabRun::Status::Finished) << run.text();
        EXPECT_EQ(run.refuted(), "") << run.text();
        EXPECT_EQ(run.disagreements(), "") << run.text();
        const auto lesson = std::find_if(lessons.begin(), lessons.end(),
                                         [&](const auto& one) { return one.id == run.id; });
        EXPECT_EQ(run.checked(), lesson->claims.size()) << run.text();
    }
    runs.clear();  // its threads call `wake`
    close(woken);
}

TEST(PatientLessons, NoClaimIsRefutedByTakingTime) {
    const auto library = lesson::load_library();
    ASSERT_TRUE(library) << library.error().line();
    std::vector<lesson::Lesson> held;
    for (const lesson::Lesson& lesson : library->lessons) {
        if (lesson.held) held.push_back(lesson);
    }
    ASSERT_FALSE(held.empty());
    play_slowly(held, {kPatience, kGreatPatience});
}

}  // namespace
}  // namespace tcpstep::lab
