// The dialog that opens files, and the card that shows how far that is, painted without a display.
#include "app/ui/panel/open_dialog.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>

#include <gtest/gtest.h>
#include <imgui.h>

#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;

constexpr Moment kNow{};

struct Bell {
    std::mutex mutex;
    std::condition_variable rung;
    int rings = 0;
};

/// A session whose disk has one folder, /work, with so many traces in it.
struct Disk {
    explicit Disk(int traces = 40) : session(setup(traces)) {
        session.set_wake([bell = bell] {
            const std::lock_guard lock(bell->mutex);
            ++bell->rings;
            bell->rung.notify_one();
        });
    }
    ~Disk() { may_read.set_value(); }
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    Setup setup(int traces) {
        Setup setup;
        setup.files.folder = "/work";
        setup.files.list_folder = [traces](const std::string& folder) {
            browse::Listing listing{folder, {{"old", true, 0}}, ""};
            for (int i = 0; i < traces; ++i)
                listing.entries.push_back({"trace-" + std::to_string(i) + ".qlog", false, 1000});
            return listing;
        };
        setup.files.read = [gate = may_read.get_future().share()](
                               const std::string&, ReadingSoFar& so_far) -> Result<Opened> {
            so_far.size = 2'000'000;
            so_far.octets = 1'000'000;
            gate.wait();
            return fail(ErrorKind::BadInput, "no");
        };
        return setup;
    }

    void open_dialog() {
        session.apply(ToggleOpenDialog{}, kNow);
        std::unique_lock lock(bell->mutex);
        ASSERT_TRUE(
            bell->rung.wait_for(lock, std::chrono::seconds(20), [&] { return bell->rings > 0; }));
        lock.unlock();
        session.poll();
        ASSERT_TRUE(session.files().dialog()->listed());
    }

    std::shared_ptr<Bell> bell = std::make_shared<Bell>();
    std::promise<void> may_read;
    Session session;
};

/// Everything that clicks on a grid over the window wish, without what TypeInDialog says.
std::vector<Command> wishes_of_clicks(const Session& session, Headless& ui, view::Rect area,
                                      float step) {
    std::vector<Command> all;
    for (float y = area.y; y < area.bottom(); y += step) {
        for (float x = area.x; x < area.right(); x += step) {
            for (Command& wish : ui.click(session, x, y)) {
                if (std::find(all.begin(), all.end(), wish) == all.end())
                    all.push_back(std::move(wish));
            }
        }
    }
    return all;
}

bool has(const std::vector<Command>& wishes, const Command& wish) {
    return std::find(wishes.begin(), wishes.end(), wish) != wishes.end();
}

TEST(OpenDialog, EachOfItsButtonsWishesItsCommand) {
    Disk disk;
    disk.open_dialog();
    Headless ui;
    // The card is 52 em wide and 36 high, in the middle: a line through its head, one through its
    // foot.
    const view::Rect head = {340, 190, 920, 20};
    const view::Rect foot = {1000, 732, 260, 20};
    std::vector<Command> wishes = wishes_of_clicks(disk.session, ui, head, 22);
    using What = DoInDialog::What;
    for (const What what :
         {What::FolderAbove, What::HomeFolder, What::RecentFiles, What::AllFiles}) {
        EXPECT_TRUE(has(wishes, DoInDialog{what})) << static_cast<int>(what);
    }
    wishes = wishes_of_clicks(disk.session, ui, foot, 22);
    EXPECT_TRUE(has(wishes, DeliverHeld{}));
    EXPECT_TRUE(has(wishes, ToggleOpenDialog{}));
}

TEST(OpenDialog, AClickChoosesARowAndTheNextOpensIt) {
    Disk disk;
    disk.open_dialog();
    Headless ui;
    const float y = 420;
    const Commands first = ui.click(disk.session, 700, y);
    ASSERT_EQ(first.size(), 1U);
    const auto& picked = std::get<PickInDialog>(first[0]);
    EXPECT_FALSE(picked.open);
    EXPECT_GT(picked.row, 1U);
    disk.session.apply(first[0], kNow);
    EXPECT_EQ(ui.click(disk.session, 700, y), Commands{(PickInDialog{picked.row, true})});
}

TEST(OpenDialog, TheChosenRowStaysInSightAndOnlyWhatIsSeenIsPainted) {
    Disk disk(100'000);
    disk.open_dialog();
    Headless ui;
    ui.frame(disk.session);
    ui.frame(disk.session);
    EXPECT_EQ(ui.state.dialog_scroll, 0);
    disk.session.apply(MoveInList{50'000}, kNow);
    ui.frame(disk.session);
    EXPECT_NEAR(ui.state.dialog_scroll, 1.75F * 50'000, 60);
    EXPECT_LT(ImGui::GetDrawData()->TotalVtxCount, 60'000);
    disk.session.apply(MoveInList{-100'000}, kNow);
    ui.frame(disk.session);
    EXPECT_EQ(ui.state.dialog_scroll, 0);
    ui.move_mouse(700, 420);
    ui.turn_wheel(-2);
    ui.frame(disk.session);
    EXPECT_GT(ui.state.dialog_scroll, 0);
}

TEST(OpenDialog, WhatIsTypedIsWished) {
    Disk disk;
    disk.open_dialog();
    Headless ui;
    for (int frame = 0; frame < 3; ++frame) ui.frame(disk.session);
    EXPECT_TRUE(ImGui::GetIO().WantTextInput) << "its field has the keyboard";
    ImGui::GetIO().AddInputCharactersUTF8("tr");
    Commands wishes;
    for (int frame = 0; frame < 3 && wishes.empty(); ++frame) wishes = ui.frame(disk.session);
    ASSERT_FALSE(wishes.empty());
    // Newer versions of ImGui let letters trickle in.
    const std::string typed = std::get<TypeInDialog>(wishes[0]).text;
    EXPECT_TRUE(typed == "/work/tr" || typed == "/work/t") << typed;
    // What becomes of it otherwise stands in the field, too.
    disk.session.apply(TypeInDialog{"/work/trace-1"}, kNow);
    for (int frame = 0; frame < 3; ++frame)
        EXPECT_TRUE(ui.frame(disk.session).empty()) << "nothing is wished back";
    EXPECT_EQ(ui.state.dialog_field, "/work/trace-1");
}

TEST(OpenDialog, CanBePaintedAtAnySizeInBothThemes) {
    Disk disk;
    disk.open_dialog();
    disk.session.apply(TypeInDialog{"/nowhere/" + std::string(300, 'x')}, kNow);
    for (const auto& [width, height] :
         {std::pair{320.0F, 240.0F}, std::pair{640.0F, 480.0F}, std::pair{2560.0F, 1440.0F}}) {
        Headless ui(width, height);
        for (int times = 0; times < 2; ++times) {
            ui.frame(disk.session);
            disk.session.apply(ToggleTheme{}, kNow);
        }
    }
}

// ImGui gives the field the keyboard a frame after the dialog is first painted.
TEST(OpenDialog, KeepsLettersThatAreFasterThanItsFrames) {
    Disk disk;
    Headless ui;
    ui.frame(disk.session);
    disk.open_dialog();
    std::string typed;
    bool waited = false;
    for (const char letter : std::string("trac")) {
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(letter));
        for (const Command& wish : ui.frame(disk.session)) {
            if (const auto* type = std::get_if<TypeInDialog>(&wish)) typed = type->text;
            disk.session.apply(wish, kNow);
        }
        waited |= ui.state.dialog_letters.waiting();
    }
    EXPECT_EQ(typed, "/work/trac");
    EXPECT_TRUE(waited) << "Enter must wait for them";
    EXPECT_FALSE(ui.state.dialog_letters.waiting());
}

TEST(Reading, IsShownOnceItTakesItsTimeAndCanBeCancelled) {
    Disk disk;
    disk.session.open_recording(testing::whole_run(), "run.qlog");
    disk.session.apply(OpenFile{"/work/big.pcap"}, kNow);
    Headless ui;
    const view::Rect foot = {900, 438, 150, 18};  // of the card
    ui.frame(disk.session);
    EXPECT_TRUE(ui.state.changes_in) << "the bar moves by itself";
    for (int frame = 0; frame < 30; ++frame) ui.frame(disk.session);  // half a second
    const std::vector<Command> wishes = wishes_of_clicks(disk.session, ui, foot, 18);
    EXPECT_TRUE(has(wishes, CancelOpening{}));
    // What is beside the card stays alive.
    EXPECT_FALSE(ui.click(disk.session, 90, 860).empty());
    disk.session.apply(CancelOpening{}, kNow);
    ui.frame(disk.session);
    EXPECT_FALSE(ui.state.reading_since);
}

}  // namespace
}  // namespace tcpstep::ui::panel
