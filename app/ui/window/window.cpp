#include "app/ui/window/window.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <GLFW/glfw3.h>

#include "app/ui/panel/claims_panel.hpp"
#include "app/ui/panel/connections_panel.hpp"
#include "app/ui/panel/events_panel.hpp"
#include "app/ui/panel/glossary_panel.hpp"
#include "app/ui/panel/help_panel.hpp"
#include "app/ui/panel/inspector_panel.hpp"
#include "app/ui/panel/state_card.hpp"
#include "app/ui/panel/told_event.hpp"
#include "app/ui/text_field.hpp"
#include "app/ui/window/glfw_window.hpp"
#include "app/ui/window/imgui_session.hpp"
#include "app/ui/window/picture.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::ui::window {

using namespace session;
using Clock = std::chrono::steady_clock;

namespace {

// ImGui answers to the mouse one frame late, and lays a popup out in its first.
constexpr int kFramesAfterAStir = 3;
// What follows from an order to the lab is painted at once and whole: a frame begun before that is
// known would only delay it. Longer than this nobody waits for any frame.
constexpr auto kNewsTakes = std::chrono::milliseconds(30);
constexpr auto kGlancedAfter = std::chrono::seconds(10);
constexpr model::Duration kGlancedAt = std::chrono::seconds(1);
constexpr model::Duration kFastest = std::chrono::milliseconds(100);
constexpr auto kLongestRun = std::chrono::seconds(120);

/// The wake function points to nothing of ours, but GLFW must not be woken once it has ended.
struct Waking {
    Waking(Session& s, const WindowOptions& o) : session(s), options(o) {
        session.set_wake(wake_window);
        if (options.give_wake) options.give_wake(wake_window);
    }
    ~Waking() {
        session.set_wake({});
        if (options.give_wake) options.give_wake({});
    }
    Waking(const Waking&) = delete;
    Waking& operator=(const Waking&) = delete;
    Session& session;
    const WindowOptions& options;
};

/// "ESTABLISHED", with a tick where the kernel has confirmed it and a cross where it contradicts.
std::string state_of(const model::Endpoint& end) {
    std::string text(name(end.state()));
    switch (end.agreement()) {
        case model::Agreement::NotSampled:
        case model::Agreement::Stale:
            break;
        case model::Agreement::Agrees:
            text += " \u2713";
            break;
        case model::Agreement::Differs:
            text += " \u2717";
            break;
    }
    return text;
}

/// Tells a taskbar, a screen reader and whoever lists windows what is on screen: "The four-way
/// close - 16/33 - client FIN_WAIT_1 \u2713 - server ESTABLISHED \u2713 - FIN, ACK held - tcpstep".
std::string title_of(const Session& session) {
    if (session.label().empty()) return view::say(view::Text::ProgramName);
    const model::Connection& connection = session.timeline().at(session.position());
    // As the bar at the bottom counts.
    const view::TimelineIndex& index = session.index();
    const std::string ends =
        view::say(view::Text::WindowTitle, session.label(), index.steps_before(session.position()),
                  index.steps().size(), state_of(connection.client), state_of(connection.server));
    const std::optional<model::InFlight> next = session.held();
    std::string held;
    if (session.at_gate() == AtGate::Holding && !next->passes_at)
        held = view::say(view::Text::WindowTitleHeld, view::flags_label(next->segment));
    return ends + held + view::say(view::Text::WindowTitleEnd);
}

/// Waits for the desktop, the source or the clock, whatever comes first.
void wait(const Session& session, bool frame_owed, std::optional<Moment> repaint) {
    if (frame_owed) return glfwPollEvents();
    std::optional<Moment> next = session.next_tick();
    if (repaint && (!next || *repaint < *next)) next = repaint;
    if (!next) return glfwWaitEvents();
    const double seconds = std::chrono::duration<double>(*next - Clock::now()).count();
    if (seconds > 0) return glfwWaitEventsTimeout(seconds);
    glfwPollEvents();
}

std::optional<List> list_of(const Command& command) {
    if (std::holds_alternative<ToggleLessons>(command)) return List::Lessons;
    if (std::holds_alternative<ToggleHoldList>(command)) return List::Hold;
    if (std::holds_alternative<ToggleExportList>(command)) return List::Export;
    if (std::holds_alternative<ToggleCopyList>(command)) return List::Copy;
    return std::nullopt;
}

/// What concerns an open list; true if `command` is dealt with.
bool apply_to_list(const Command& command, UiState& state) {
    if (const std::optional<List> list = list_of(command)) {
        if (state.popup_open) {
            state.close_popup = true;
        } else {
            state.open_list = list;
        }
        return true;
    }
    if (!state.popup_open && !state.open_list) return false;
    constexpr int kAll = 1'000'000;
    if (const auto* move = std::get_if<MoveInList>(&command)) state.list_move += move->rows;
    if (std::holds_alternative<GoHome>(command)) state.list_move -= kAll;
    if (std::holds_alternative<GoEnd>(command)) state.list_move += kAll;
    // Escape closes the list before anything else, Enter chooses from it.
    const bool escape = std::holds_alternative<Dismiss>(command);
    const bool enter = std::holds_alternative<DeliverHeld>(command);
    if (escape) state.close_popup = true;
    if (enter) state.list_choose = true;
    return !concerns_window(command);
}

/// ImGui gives a field the keyboard a frame after it was told to. What is typed meanwhile is meant
/// for the field: it must not become commands.
class FieldAwaited {
  public:
    void see(const Command& command) {
        if (std::holds_alternative<FilterList>(command)) frames_ = kFramesAfterAStir;
    }
    void frame_painted() { frames_ = std::max(0, frames_ - 1); }
    explicit operator bool() const { return frames_ > 0; }

  private:
    int frames_ = 0;
};

// While a file is chosen letters are text, and so are the keys that move in it.
bool is_for_dialog(const Command& command) {
    return std::holds_alternative<MoveInList>(command) ||
           std::holds_alternative<DeliverHeld>(command) ||
           std::holds_alternative<Dismiss>(command) ||
           std::holds_alternative<ToggleOpenDialog>(command) ||
           std::holds_alternative<OpenFile>(command) || std::holds_alternative<Quit>(command);
}

void apply_wish(Session& session, UiState& state, const GlfwWindow::Wish& wish,
                FieldAwaited& field) {
    const Command& command = wish.command;
    const bool dropped = std::holds_alternative<OpenFile>(command);
    if (session.look().blank && !dropped) {
        // Any key brings the picture back, and does nothing else.
        session.apply(ToggleBlank{}, Clock::now());
    } else if (session.files().dialog() != nullptr) {
        if (!wish.typed && is_for_dialog(command)) session.apply(command, Clock::now());
    } else if (session.look().connections && !dropped && wish.typed &&
               !panel::is_key_of_connections(command)) {
        // A letter: its filter takes it.
    } else if (session.look().connections && !dropped && keyboard_is_taken()) {
        // While one types the list goes on to be moved in; Enter and Escape are the field's.
        const bool field_has_it = wish.typed || wish.caret ||
                                  std::holds_alternative<DeliverHeld>(command) ||
                                  std::holds_alternative<Dismiss>(command);
        if (!field_has_it) panel::move_in_connections(command, session, state);
    } else if (dropped || !(keyboard_is_taken() || field)) {
        field.see(command);
        state.mouse_rests = !dropped;
        if (panel::scroll_help(command, session, state)) return;
        if (session.look().glossary && panel::scroll_glossary(command, state)) return;
        if (panel::move_in_connections(command, session, state)) return;
        if (apply_to_list(command, state) || panel::move_in_events(command, session, state) ||
            panel::scroll_claims(command, session, state))
            return;
        if (panel::move_in_inspector(command, session, state)) return;
        if (panel::scroll_told(command, session, state)) return;
        if (!session.look().help && panel::close_state_card(command, state)) return;
        if (!session.look().help && state.ladder.take(command)) return;
        session.apply(command, Clock::now());
    }
}

// True if Enter opens what is chosen in the dialog: once its field has got the letters that were
// typed before, which it takes while it is painted.
bool apply_keys(Session& session, GlfwWindow& window, UiState& state, FieldAwaited& field) {
    bool enter = false;
    for (const GlfwWindow::Wish& wish : window.take_wishes()) {
        const bool chosen = std::holds_alternative<DeliverHeld>(wish.command) &&
                            session.files().dialog() != nullptr && !session.look().blank;
        if (chosen) {
            enter = true;
        } else {
            apply_wish(session, state, wish, field);
        }
    }
    return enter;
}

void show(Session& session, GlfwWindow& window, const WindowOptions& options) {
    ImguiSession imgui(window.handle());
    if (!imgui.has_chinese()) session.forbid_chinese();
    UiState state;
    FieldAwaited field;
    int frames_owed = kFramesAfterAStir;
    std::string title;
    std::optional<Moment> repaint;  // what is on screen counts the time, and is out of date then
    std::optional<Moment> news_until;
    std::optional<std::size_t> step = options.step;
    bool enter = false;
    Moment stirred_at = Clock::now();
    while (!window.close_wanted() && !session.quit_wanted()) {
        const bool waits_for_news = news_until && Clock::now() < *news_until;
        wait(session, frames_owed > 0 && !waits_for_news, waits_for_news ? news_until : repaint);
        if (apply_keys(session, window, state, field)) enter = true;
        const bool grown = session.poll();
        // A long file is still being read.
        if (step && session.content() != Session::Content::Nothing)
            session.apply(ShowStep{*std::exchange(step, std::nullopt)}, Clock::now());
        const bool moved = session.tick(Clock::now());
        window.set_full_screen(session.look().full_screen);
        if (const auto copied = session.take_copied()) window.set_clipboard(*copied);
        const auto [windowed_width, windowed_height] = window.windowed_size();
        const std::string remark = session.remark();
        if (options.watch) options.watch(session, windowed_width, windowed_height);
        if (session.remark() != remark) frames_owed = kFramesAfterAStir;
        if (grown || moved) frames_owed = std::max(frames_owed, 1);
        if (window.take_stirred()) {
            frames_owed = kFramesAfterAStir;
            stirred_at = Clock::now();
        }
        if (repaint && *repaint <= Clock::now()) frames_owed = std::max(frames_owed, 1);
        if (!session.news_expected()) {
            news_until.reset();
        } else if (!news_until) {
            news_until = Clock::now() + kNewsTakes;
        }
        if (frames_owed == 0 || (news_until && Clock::now() < *news_until)) continue;
        --frames_owed;
        int width = 0;
        int height = 0;
        glfwGetFramebufferSize(window.handle(), &width, &height);
        repaint.reset();
        const std::string wanted = title_of(session);
        const auto tell_title = [&] {
            if (wanted != title) window.set_title(title = wanted);
        };
        if (width == 0 || height == 0) {  // an icon
            tell_title();
            continue;
        }
        Commands wishes;
        state.now.reset();
        if (session.at_now()) state.now = std::chrono::system_clock::now();
        state.clock = Clock::now();
        if (window.fast_keys().hold()) frames_owed = std::max(frames_owed, 1);
        imgui.show(session, width, height, state, wishes);
        window.fast_keys().let_go();
        field.frame_painted();
        if (input_is_queued()) frames_owed = std::max(frames_owed, 1);
        if (state.changes_in) {
            // What nobody has touched for a while is glanced at: a second more or less in a running
            // time is all the same then. What moves is no time.
            const bool glanced = Clock::now() - stirred_at > kGlancedAfter;
            const bool moves = *state.changes_in < kFastest;
            repaint = Clock::now() + (glanced && !moves ? std::max(*state.changes_in, kGlancedAt)
                                                        : *state.changes_in);
        }
        for (const Command& wish : wishes) {
            if (state.ladder.take(wish)) continue;
            if (!list_of(wish) || !apply_to_list(wish, state)) session.apply(wish, Clock::now());
        }
        if (enter && !state.dialog_letters.waiting()) {
            enter = false;
            session.apply(DeliverHeld{}, Clock::now());
        }
        if (!wishes.empty()) frames_owed = kFramesAfterAStir;
        glfwSwapBuffers(window.handle());
        tell_title();  // of what is on screen now
    }
}

Result<void> await_source(Session& session) {
    const Moment deadline = Clock::now() + kLongestRun;
    // A free lab goes on until it is ended: its picture is of how it begins.
    const auto begun = [&] {
        return session.hand() != nullptr && session.timeline().size() > 0 &&
               !session.news_expected();
    };
    for (session.poll(); session.running() && !begun(); session.poll()) {
        const double left = std::chrono::duration<double>(deadline - Clock::now()).count();
        if (left <= 0) {
            return fail(ErrorKind::BadInput, "no picture: the run has not finished after 120 s",
                        "choose a lesson that ends by itself, or a trace");
        }
        glfwWaitEventsTimeout(left);
    }
    return {};
}

Result<void> take_picture(Session& session, GlfwWindow& window, const WindowOptions& options) {
    if (Result<void> finished = await_source(session); !finished) return finished;
    session.apply(options.step ? Command(ShowStep{*options.step}) : Command(GoEnd{}), Clock::now());
    Result<OffScreen> screen = OffScreen::create(options.width, options.height);
    if (!screen) return tl::unexpected(screen.error());
    ImguiSession imgui(window.handle());
    if (!imgui.has_chinese()) session.forbid_chinese();
    UiState state;
    Commands wishes;
    for (int frame = 0; frame < kFramesAfterAStir; ++frame) {
        imgui.render(session, options.width, options.height, state, wishes);
    }
    Result<void> written =
        write_png(*options.screenshot, options.width, options.height, screen->pixels());
    if (written && session.failure()) return tl::unexpected(*session.failure());
    return written;
}

}  // namespace

Result<void> run_window(Session& session, const WindowOptions& options) {
    const bool picture = options.screenshot.has_value();
    Result<GlfwWindow> window =
        GlfwWindow::open(options.width, options.height, !picture, options.scaled);
    if (!window) return tl::unexpected(window.error());
    const Waking waking(session, options);
    if (picture) return take_picture(session, *window, options);
    window->listen();
    show(session, *window, options);
    return {};
}

}  // namespace tcpstep::ui::window
