// What a session does with files: each is read, listed and written on a thread of its own, and the
// tests wait until it says so.
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/app/session/scripted_source.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::session {
namespace {

constexpr Moment kNow{};

/// A session with a made disk.
class Files : public ::testing::Test {
  protected:
    /// What is on the disk, shared with the threads.
    struct Disk {
        std::mutex mutex;
        std::condition_variable rung;
        int rings = 0;
        std::shared_future<void> may_read;  ///< reading waits for it, if it is valid
        std::string saved;
        bool stopped = false;
    };

    Files() { begin({}); }

    void begin(session::Setup setup) {
        disk = std::make_shared<Disk>();
        FileSetup& files = setup.files;
        files.folder = "/work";
        files.home = "/home/ann";
        files.recent = {"/old/a.qlog"};
        files.list_folder = [](const std::string& folder) {
            browse::Listing listing{folder, {}, ""};
            if (folder == "/work/")
                listing.entries = {{"run.qlog", false, 1}, {"x.json", false, 1}};
            return listing;
        };
        files.read = [disk = disk](const std::string& path,
                                   ReadingSoFar& so_far) -> Result<Opened> {
            if (disk->may_read.valid()) disk->may_read.wait();
            disk->stopped = so_far.stopped;
            if (path.ends_with(".qlog")) {
                so_far.octets = 7;
                return Opened(Recording(testing::whole_run()));
            }
            if (path.ends_with(".json")) {
                lesson::Lesson lesson;
                lesson.id = "mine";
                lesson.title.en = "My lesson";
                return Opened(lesson);
            }
            return fail(ErrorKind::BadInput, path + ": not a capture");
        };
        files.exports = {{strings::Text::ExportQlog, ".qlog", true,
                          [](const model::Trace& trace, const ShownAs& shown,
                             std::ostream& out) -> Result<void> {
                              out << trace.events().size();
                              if (shown.from_step) out << " from " << *shown.from_step;
                              if (shown.to_step) out << " to " << *shown.to_step;
                              if (shown.raw_numbers)
                                  return fail(ErrorKind::BadInput, "no raw numbers");
                              return {};
                          }}};
        files.save_new = [disk = disk](const std::string& stem, const std::string& ending,
                                       const FileSetup::Write& write) -> Result<std::string> {
            if (stem == "full") return fail(ErrorKind::BadInput, "full.qlog: No space left");
            std::ostringstream text;
            if (auto written = write(text); !written) return tl::make_unexpected(written.error());
            disk->saved = text.str();
            return stem + ending;
        };
        session = std::make_unique<Session>(std::move(setup));
        session->set_wake([disk = disk] {
            const std::lock_guard lock(disk->mutex);
            ++disk->rings;
            disk->rung.notify_one();
        });
    }

    void press(const Command& command) { session->apply(command, kNow); }

    /// Until something has come from a thread.
    void await() {
        std::unique_lock lock(disk->mutex);
        ASSERT_TRUE(
            disk->rung.wait_for(lock, std::chrono::seconds(20), [&] { return disk->rings > 0; }));
        --disk->rings;
        lock.unlock();
        session->poll();
        session->tick(kNow);
    }

    const browse::Dialog* dialog() const { return session->files().dialog(); }
    std::string toast() const { return session->toast() ? session->toast()->text : ""; }

    std::shared_ptr<Disk> disk;
    std::unique_ptr<Session> session;
};

TEST_F(Files, ARecordingThatIsOpenedIsShownAndRemembered) {
    press(OpenFile{"/work/run.qlog"});
    ASSERT_NE(session->files().reading(), nullptr);
    EXPECT_EQ(session->content(), Session::Content::Nothing);
    await();
    EXPECT_EQ(session->files().reading(), nullptr);
    EXPECT_EQ(session->content(), Session::Content::Recording);
    EXPECT_EQ(session->label(), "run.qlog");
    EXPECT_EQ(session->timeline().size(), model::Timeline(session->trace(), 0U).size());
    EXPECT_EQ(session->index().size(), session->timeline().size());
    EXPECT_EQ(session->position(), 0U);
    press(StepForward{});
    EXPECT_GT(session->position(), 0U);
    EXPECT_EQ(session->files().recent(),
              (std::vector<std::string>{"/work/run.qlog", "/old/a.qlog"}));
    // Once more: it is first, and there once.
    press(OpenFile{"/old/a.qlog"});
    await();
    EXPECT_EQ(session->files().recent(),
              (std::vector<std::string>{"/old/a.qlog", "/work/run.qlog"}));
}

TEST_F(Files, ALabEndsOnlyOnceTheFileIsThere) {
    const auto script = testing::scripted(testing::held_handshake());
    begin(testing::setup_with(script));
    std::promise<void> gate;
    disk->may_read = gate.get_future().share();
    session->open_lesson("four-way-close");
    testing::arrive(*session, *script, script->trace.events().size());
    press(OpenFile{"/work/run.qlog"});
    session->poll();
    EXPECT_TRUE(session->running());
    EXPECT_FALSE(script->gone);
    // What lies on top hides the lab: nothing is delivered unseen.
    press(DeliverHeld{});
    EXPECT_TRUE(script->commands.empty());
    gate.set_value();
    await();
    EXPECT_TRUE(script->gone);
    EXPECT_FALSE(session->running());
    EXPECT_EQ(session->label(), "run.qlog");
}

TEST_F(Files, WhatIsCancelledChangesNothing) {
    std::promise<void> gate;
    disk->may_read = gate.get_future().share();
    session->open_recording(testing::whole_run(), "before.qlog");
    press(OpenFile{"/work/run.qlog"});
    const std::shared_ptr<ReadingSoFar> so_far = session->files().reading()->so_far;
    press(Dismiss{});
    EXPECT_TRUE(so_far->stopped);
    EXPECT_EQ(session->files().reading(), nullptr);
    EXPECT_EQ(toast(), "not opened");
    gate.set_value();
    await();
    EXPECT_EQ(session->label(), "before.qlog");
    EXPECT_TRUE(disk->stopped) << "its reader was told";
}

TEST_F(Files, WhatCannotBeOpenedIsTold) {
    session->open_recording(testing::whole_run(), "before.qlog");
    press(OpenFile{"/work/x.png"});
    await();
    EXPECT_EQ(session->remark(), "/work/x.png: not a capture");
    EXPECT_EQ(session->label(), "before.qlog");
    EXPECT_EQ(session->refused_file()->what, "/work/x.png: not a capture");
    EXPECT_FALSE(session->quit_wanted());
    EXPECT_EQ(session->files().recent(), std::vector<std::string>{"/old/a.qlog"});
    press(Dismiss{});
    EXPECT_EQ(session->remark(), "");
}

TEST_F(Files, WhereNothingElseIsShownTheWindowCloses) {
    press(OpenFile{"/work/x.png"});
    await();
    EXPECT_TRUE(session->quit_wanted());
    EXPECT_TRUE(session->refused_file());
}

TEST_F(Files, ALessonFileIsRun) {
    const auto script = testing::scripted(testing::held_handshake());
    begin(testing::setup_with(script));
    for (int times = 1; times <= 2; ++times) {
        press(OpenFile{"/work/x.json"});
        await();
        EXPECT_EQ(session->lesson_id(), "mine");
        EXPECT_EQ(session->label(), "My lesson");
        EXPECT_EQ(script->runs, times);
        EXPECT_EQ(session->lessons().size(), 2U) << "it is in the list once";
    }
}

TEST_F(Files, TheDialogListsChoosesAndOpens) {
    press(ToggleOpenDialog{});
    ASSERT_NE(dialog(), nullptr);
    EXPECT_TRUE(session->covered());
    EXPECT_FALSE(dialog()->listed());
    await();
    ASSERT_EQ(dialog()->rows().size(), 2U);
    press(MoveInList{1});
    EXPECT_EQ(dialog()->chosen(), 1U);
    press(MoveInList{-1});
    press(DeliverHeld{});  // Enter
    await();
    EXPECT_EQ(dialog(), nullptr);
    EXPECT_EQ(session->label(), "run.qlog");
}

TEST_F(Files, TheDialogSaysWhatCannotBeOpenedAndStays) {
    press(ToggleOpenDialog{});
    await();
    press(TypeInDialog{"/work/x.png"});
    EXPECT_TRUE(dialog()->rows().empty());
    press(DeliverHeld{});
    await();
    ASSERT_NE(dialog(), nullptr);
    EXPECT_EQ(dialog()->fault(), "/work/x.png: not a capture");
    EXPECT_EQ(session->remark(), "");
    EXPECT_FALSE(session->quit_wanted());
    press(Dismiss{});
    EXPECT_EQ(dialog(), nullptr);
}

TEST_F(Files, EachFolderIsListedWhenItIsWanted) {
    press(ToggleOpenDialog{});
    await();
    using What = DoInDialog::What;
    for (const What what : {What::FolderAbove, What::HomeFolder}) {
        press(DoInDialog{what});
        EXPECT_FALSE(dialog()->listed());
        await();
        EXPECT_TRUE(dialog()->listed()) << dialog()->folder();
    }
    press(DoInDialog{What::RecentFiles});
    EXPECT_EQ(dialog()->rows().front().name, "/old/a.qlog");
    press(PickInDialog{0, true});
    await();
    EXPECT_EQ(session->label(), "a.qlog");
    // It begins where the last file was.
    press(ToggleOpenDialog{});
    EXPECT_EQ(dialog()->text(), "/old/");
}

TEST_F(Files, ARecordingIsSavedUnderItsName) {
    session->open_recording(testing::whole_run(), "web.pcapng");
    press(ExportAs{0, {}, {}});
    await();
    EXPECT_EQ(toast(), "saved as web.qlog");
    EXPECT_EQ(disk->saved, std::to_string(session->trace().events().size()));
}

TEST_F(Files, AFormIsToldOfWhichSteps) {
    session->open_recording(testing::whole_run(), "web.pcapng");
    press(ExportAs{0, 2, 5});
    await();
    EXPECT_EQ(disk->saved, std::to_string(session->trace().events().size()) + " from 2 to 5");
    press(ExportAs{0, std::nullopt, 7});
    await();
    EXPECT_EQ(disk->saved, std::to_string(session->trace().events().size()) + " to 7");
}

TEST_F(Files, ARunIsSavedUnderItsLessonsNameAndGoesOn) {
    const auto script = testing::scripted(testing::held_handshake());
    begin(testing::setup_with(script));
    session->open_lesson("four-way-close");
    press(ExportAs{0, {}, {}});
    EXPECT_EQ(toast(), "there is nothing to save yet");
    testing::arrive(*session, *script, 3);
    disk->rings = 0;
    press(ExportAs{0, {}, {}});
    testing::arrive(*session, *script, 2);
    await();
    EXPECT_EQ(toast(), "saved as four-way-close.qlog");
    EXPECT_EQ(disk->saved, "3");
    EXPECT_TRUE(session->running());
}

TEST_F(Files, WhatIsSavedWhileSomethingIsBeingSavedComesNext) {
    session->open_recording(testing::whole_run(), "web.pcapng");
    press(ExportAs{0, {}, {}});
    press(ExportAs{0, {}, {}});
    await();
    EXPECT_TRUE(session->files().saving());
    await();
    EXPECT_FALSE(session->files().saving());
}

TEST_F(Files, WhatCannotBeSavedIsTold) {
    session->open_recording(testing::whole_run(), "full.qlog");
    press(ExportAs{0, {}, {}});
    await();
    EXPECT_EQ(session->remark(), "full.qlog: No space left");
    session->open_recording(testing::whole_run(), "run.qlog");
    press(ToggleRawNumbers{});
    press(ExportAs{0, {}, {}});
    await();
    EXPECT_EQ(session->remark(), "no raw numbers");
    press(ExportAs{7, {}, {}});  // there is no such form
    EXPECT_FALSE(session->files().saving());
}

TEST_F(Files, WhereThereIsNoSegmentTheDatagramIsCopied) {
    testing::RunBuilder run;
    run.fact(model::DatagramSent{model::Role::Client,
                                 *model::parse_socket_address("127.0.0.1:1"),
                                 *model::parse_socket_address("127.0.0.1:2"),
                                 5,
                                 {}});
    session->open_recording(std::move(run.trace), "udp.qlog");
    press(GoEnd{});
    press(CopySegment{view::CopyForm::Packetdrill});
    EXPECT_EQ(session->take_copied(), "+0.000000 > udp (5)");
    EXPECT_EQ(toast(), "copied: +0.000000 > udp (5)");
}

TEST_F(Files, TheShownSegmentIsCopied) {
    press(CopySegment{});
    EXPECT_EQ(toast(), "there is nothing to copy here");
    EXPECT_EQ(session->take_copied(), std::nullopt);
    session->open_recording(testing::whole_run(), "run.qlog");
    press(GoEnd{});
    press(SelectSegment{1});
    press(CopySegment{view::CopyForm::Packetdrill});
    const std::optional<std::string> copied = session->take_copied();
    ASSERT_TRUE(copied);
    EXPECT_TRUE(copied->starts_with("+0.000000 > S 0:0(0) win ")) << *copied;
    EXPECT_TRUE(toast().starts_with("copied: +0.000000 > S 0:0(0) win ")) << toast();
    EXPECT_EQ(session->take_copied(), std::nullopt);
}

TEST_F(Files, ABlackScreenIsDismissedFirst) {
    press(ToggleHelp{});
    press(ToggleBlank{});
    EXPECT_TRUE(session->look().blank);
    press(Dismiss{});
    EXPECT_FALSE(session->look().blank);
    EXPECT_TRUE(session->look().help);
}

TEST(Beginning, IsAsTheUserLeftIt) {
    session::Setup setup;
    setup.look.theme = view::Theme::Light;
    setup.look.text_percent = 150;
    setup.speed = 4;
    const Session session(std::move(setup));
    EXPECT_EQ(session.look().theme, view::Theme::Light);
    EXPECT_EQ(session.look().text_percent, 150U);
    EXPECT_EQ(session.playback().speed(), 4);
    for (const double odd : {0.0, 1000.0, 3.0}) {
        session::Setup other;
        other.speed = odd;
        EXPECT_GT(Session(std::move(other)).playback().speed(), 0) << odd;
    }
}

}  // namespace
}  // namespace tcpstep::session
