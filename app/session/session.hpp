#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "app/lesson/script_left.hpp"
#include "app/session/command.hpp"
#include "app/session/file_control.hpp"
#include "app/session/gate_control.hpp"
#include "app/session/hand_control.hpp"
#include "app/session/kept.hpp"
#include "app/session/look.hpp"
#include "app/session/playback.hpp"
#include "app/session/predicting.hpp"
#include "app/session/run_states.hpp"
#include "app/session/run_steps.hpp"
#include "app/session/setup.hpp"
#include "app/session/source.hpp"
#include "app/strings/strings.hpp"
#include "app/view/claim_list.hpp"
#include "app/view/timeline_index.hpp"
#include "model/timeline.hpp"

namespace tcpstep::session {

/// How the gate stands to the user.
enum class AtGate : std::uint8_t {
    NoGate,   ///< a recording, a free run, or one that is over with nothing in flight
    Holding,  ///< the commands of held_command.hpp act on held()
    Empty,    ///< nothing is held in the shown connection
    Past,     ///< one looks at the past, which never touches the lab
    Over,     ///< the lab is gone; what it held never arrives
};

/// What is looked at and how: owns the trace, the timeline of one of its connections, the source it
/// grows from and the playback, and is changed by Commands only.
class Session {
  public:
    enum class Content : std::uint8_t { Nothing, Recording, Lesson };

    explicit Session(Setup setup = {});
    Session(Session&&) = default;
    Session& operator=(Session&&) = default;

    /// Looks at a trace that has been read. `label` names it on screen: the file's name. `notice`
    /// is what notice() says of it: that its last record is cut short, or the like.
    void open_recording(model::Trace trace, std::string label, Words notice = {});
    void open_recording(Recording recording, std::string label);
    /// Runs the lesson of that id, or a free lab (freelab::kFreeLabId). What goes wrong is told by
    /// notice(), and by failure() once the lesson is known.
    void open_lesson(std::string_view id);

    /// Looks at what comes from `source` of other programs' connections, live. `label`: where.
    void watch(std::unique_ptr<Source> source, std::string label);

    void apply(const Command& command, Moment now);
    /// Takes in what the source has; true if something changed.
    bool poll();
    /// Lets time pass: playing, toasts. True if something changed.
    bool tick(Moment now);
    /// When tick() should be called next; nothing if time changes nothing.
    std::optional<Moment> next_tick() const;
    /// There are no letters for Chinese: it is English from now on, and notice() may say so.
    void forbid_chinese();
    /// Called, from any thread, when poll() has something to do.
    void set_wake(std::function<void()> wake);
    /// Calls what set_wake() was given last; may be kept, and called from any thread.
    std::function<void()> bell() const { return bell_of(wake_); }

    Content content() const { return content_; }
    /// The lesson's title or the file's name.
    const std::string& label() const;
    const std::string& lesson_id() const { return lesson_id_; }
    /// The lesson of which this is a run, or the recording of one; nullptr if it is none.
    const lesson::Lesson* lesson() const;
    /// What the lesson tells at the position that is looked at; nullptr if it tells nothing.
    const lesson::Passage* passage() const;
    const std::vector<lesson::Lesson>& lessons() const { return setup_.lessons; }
    const lesson::Glossary& glossary() const { return setup_.glossary; }
    /// Why there is no glossary; empty if there is one.
    const std::string& glossary_fault() const { return setup_.glossary_fault; }
    const model::Trace& trace() const { return *trace_; }
    /// Grows when trace() is another one, not just longer.
    unsigned trace_number() const { return trace_number_; }
    const model::Timeline& timeline() const { return timeline_; }
    const view::TimelineIndex& index() const { return index_; }
    /// Grows when timeline() is another one, not just longer: what was cached of it is void.
    unsigned timeline_number() const { return timeline_number_; }
    const Playback& playback() const { return playback_; }
    std::size_t position() const { return playback_.position(); }
    const Look& look() const { return look_; }
    const std::optional<Toast>& toast() const { return toast_; }
    /// Something failed: one line for the user; empty if all is well.
    std::string notice() const { return notice_ ? notice_() : std::string(); }
    /// The same about something else than what is shown: a file that could not be opened, settings
    /// that are not kept. Until it is dismissed.
    std::string remark() const { return remark_ ? remark_() : std::string(); }
    void remark(Words words) { remark_ = std::move(words); }
    /// The dialog, what is being read and saved, the files that were opened.
    const FileControl& files() const { return files_; }
    /// Why the file that was to be opened last could not be; nothing if it was, or another one.
    const std::optional<Error>& refused_file() const { return refused_file_; }
    /// What was copied since the last call, for the desktop's clipboard.
    std::optional<std::string> take_copied() { return std::exchange(copied_, std::nullopt); }
    /// Something lies on top and hides what a step would do to the lab.
    bool covered() const;
    bool running() const { return source_ != nullptr; }
    /// What runs are connections of other programs: a recording that grows.
    bool watching() const { return running() && content_ == Content::Recording; }
    /// False of a run in which no socket speaks TCP: there are no states to be shown.
    bool speaks_tcp() const { return timeline_.at(timeline_.size()).tcp; }
    /// Why the lesson's run could not begin, or broke off; nothing while all is well.
    const std::optional<Error>& failure() const { return failure_; }
    /// Why the run's sockets live, or lived, on the host's loopback; nothing in a private one.
    const std::optional<Error>& host_reason() const { return host_reason_; }
    /// The run goes on, and one looks at an earlier moment of it.
    bool looking_at_past() const;
    /// The run goes on, and one looks at its present moment.
    bool at_now() const;
    AtGate at_gate() const;
    /// What arrives next in the shown connection as it is now, whatever position is looked at: the
    /// first segment that waits for the user, else the first that is in slow motion.
    std::optional<model::InFlight> held() const;
    const lab::HoldPolicy& hold_policy() const { return gate_.policy(); }
    /// The lesson's own script steps the run.
    bool automatic() const { return gate_.automatic(); }
    /// The user's hands in a free lab; nullptr in whatever else is shown.
    const HandControl* hand() const { return hand_ ? &*hand_ : nullptr; }
    /// Why no call can be made by hand now, whatever it is: one looks at the past, or the lab is
    /// over. "" if one can.
    std::string hand_rests() const;
    /// A free lab can be picked.
    bool has_free_lab() const { return setup_.run_by_hand != nullptr; }
    /// Why nothing is held though the lesson wants it; nothing if it is.
    const std::optional<Error>& free_reason() const { return free_reason_; }
    /// Samples of the kernel, of all connections, that contradicted the model.
    std::size_t disagreements() const { return states_.disagreements(); }
    /// The segment whose bytes are shown: the selected one, else held(), else the one that was sent,
    /// arrived or was lost latest before the position; 0 if there is none.
    model::SegmentId shown_segment() const;
    /// What was clicked last, in whatever panel.
    const view::Selection& selection() const { return selection_; }
    /// The segment that is selected, or that the selected event is about; 0 if none.
    model::SegmentId selected_segment() const {
        return view::segment_of(selection_, timeline_, index_);
    }
    /// Predict mode: what is asked, and what became of the last answer.
    const Predicting& predicting() const { return predicting_; }
    /// Of all predictions in the trace.
    model::Score score() const { return score_; }
    bool quit_wanted() const { return quit_; }
    /// The lab has not yet told all that follows from what happened last, the kernel's word on it
    /// included; on a gated run that takes milliseconds.
    bool news_expected() const { return source_ && index_.gated() && !source_->settled(); }

  private:
    struct Wake {
        std::mutex mutex;
        std::function<void()> call;
    };
    struct Applier;
    friend const std::vector<view::ClaimEntry>& claims_of(const Session& session);

    static std::function<void()> bell_of(const std::shared_ptr<Wake>& wake);

    void start(Content content, std::string label);
    void run(const lesson::Lesson& lesson, const Setup::Run& how);
    void save_lab(Moment now);
    bool poll_run();
    bool poll_files();
    void show_read(FileControl::Read read);
    void save_as(const ExportAs& as, Moment now);
    void copy_segment(view::CopyForm form, Moment now);
    bool tell_saved(Moment now);
    void fail_with(Error error);
    void catch_up();
    void show_connection(std::optional<model::ConnectionIndex> connection);
    void tell_growth();
    void end_run();
    bool live_held() const;
    bool go_where_something_is_held();
    bool go_where_it_was_called();
    bool go_to_newest_watched();
    void stay_at_now();
    const RunSteps* run_steps() const;
    std::optional<std::size_t> shown_step() const;
    const RunSteps::Step* step_elsewhere(bool forward) const;
    void show_step(const RunSteps::Step& step);
    bool step_across(bool forward);
    bool predict();
    void count_predictions();
    void show_toast(std::string text, Moment now);

    Setup setup_;
    std::shared_ptr<Wake> wake_;
    Content content_ = Content::Nothing;
    std::string label_, lesson_id_;
    Words notice_, remark_;
    std::shared_ptr<model::Trace> trace_;  // its address must stay: the timeline points to it
    model::Timeline timeline_;
    view::TimelineIndex index_;
    unsigned timeline_number_ = 0;
    unsigned trace_number_ = 0;
    std::unique_ptr<Source> source_;
    std::optional<Error> failure_, host_reason_, free_reason_;
    Playback playback_;
    GateControl gate_;
    std::optional<HandControl> hand_;
    Predicting predicting_;
    model::Score score_;
    std::size_t scored_ = 0;  // events
    RunStates states_;
    bool picked_connection_ = false;        // by the user, to be looked at
    std::optional<std::size_t> called_at_;  // events, when the newest call by hand was ordered
    bool keeps_connection_ = false;     // likewise, to be stepped in while something is held there
    std::size_t connections_met_ = 0;   // when the run last settled
    bool stays_in_connection_ = false;  // picked: steps do not lead into another one
    bool was_at_now_ = false;
    view::Selection selection_;
    // Asked for again and again, and made only when something has changed: where the passages of
    // the lesson's story end, by the timeline's number and the events there are; the steps of all
    // connections, by the trace's number and the events; the claims, by the timeline's number, the
    // events, the position and the language.
    mutable Kept<std::pair<unsigned, std::size_t>, lesson::Telling> telling_;
    mutable Kept<std::pair<unsigned, std::size_t>, RunSteps> run_steps_;
    using ClaimsOf = std::tuple<unsigned, std::size_t, std::size_t, strings::Language>;
    mutable Kept<ClaimsOf, std::vector<view::ClaimEntry>> claims_;
    FileControl files_;
    std::optional<Error> refused_file_;
    std::optional<std::string> copied_;
    Look look_;
    std::optional<Toast> toast_;
    bool quit_ = false;
};

}  // namespace tcpstep::session
