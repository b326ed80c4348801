#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/lab/gate_command.hpp"
#include "app/lesson/glossary.hpp"
#include "app/lesson/lesson.hpp"
#include "app/session/file_setup.hpp"
#include "app/session/look.hpp"
#include "app/session/source.hpp"

namespace tcpstep::session {

/// What a session needs from outside.
struct Setup {
    std::vector<lesson::Lesson> lessons;  ///< to pick from
    lesson::Glossary glossary;            ///< empty where it could not be read
    std::string glossary_fault;           ///< why not, in one line
    FileSetup files;                      ///< nothing set: no file is opened or saved
    Look look;                            ///< at the beginning
    double speed = 1;                     ///< then; see Playback
    std::optional<std::uint64_t> seed;    ///< of predict mode's questions; see Predicting
    /// Runs a lesson, and holds what the policy says; the given function may be called from any
    /// thread when there is more to drain.
    using Run = std::function<Result<std::unique_ptr<Source>>(
        const lesson::Lesson&, const lab::HoldPolicy&, std::function<void()>)>;
    Run run_lesson;
    /// The same for a free lab, where each call comes from the user; nothing: there is none.
    Run run_by_hand;
    /// Saves runs while they go on. Told that one of this lesson begins, and each time that its
    /// trace, always the same one, may have grown. Must not block. Nothing: none is saved.
    std::function<void(const lesson::Lesson&)> run_begins;
    std::function<void(const model::Trace&)> run_grown;
    /// The free lab that is run by hand: its address, and no steps.
    lesson::Lesson free_lab;
    /// Keeps what was done in a free lab as a lesson file, in the folder where the user works:
    /// given a file's name, gives its text. Gives the name that it chose.
    using Write = std::function<std::string(const std::string& name)>;
    std::function<Result<std::string>(const Write&)> save_lesson;
};

}  // namespace tcpstep::session
