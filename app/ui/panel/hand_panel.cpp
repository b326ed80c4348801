#include "app/ui/panel/hand_panel.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/popup_list.hpp"
#include "app/ui/text_field.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using freelab::Deed;
using freelab::Offer;
using model::Role;
using session::ChooseForHand;
using session::HandChoice;
using session::HandControl;
using view::say;
using view::Text;

namespace {

// em
constexpr float kRow = 1.6F;
constexpr float kGap = 0.3F;
constexpr float kAbove = 0.5F;
// So many of kDeeds stand in each row.
constexpr std::array<std::size_t, 3> kWide = {5, 5, 4};
constexpr std::array<std::size_t, 5> kNarrow = {3, 3, 3, 3, 2};
constexpr std::size_t sum(std::span<const std::size_t> rows) {
    std::size_t all = 0;
    for (const std::size_t row : rows) all += row;
    return all;
}
static_assert(sum(kWide) == freelab::kDeeds.size() && sum(kNarrow) == freelab::kDeeds.size());

std::span<const std::size_t> button_rows(bool narrow) {
    return narrow ? std::span<const std::size_t>(kNarrow) : std::span<const std::size_t>(kWide);
}
// Descriptors above, what the calls take below.
std::size_t rows_in(bool narrow) {
    return button_rows(narrow).size() + (narrow ? 3 : 2);
}

struct Preset {
    const char* option;
    std::int64_t value;
};
constexpr std::array kPresets = {Preset{"SO_REUSEADDR", 1}, Preset{"SO_LINGER", 0},
                                 Preset{"SO_LINGER", 5},    Preset{"TCP_NODELAY", 1},
                                 Preset{"SO_RCVBUF", 2048}, Preset{"SO_RCVBUF", 65536},
                                 Preset{"SO_SNDBUF", 4096}, Preset{"TCP_DEFER_ACCEPT", 5}};
constexpr std::array kHows = {"SHUT_WR", "SHUT_RD", "SHUT_RDWR"};
constexpr std::array<std::int64_t, 5> kBacklogs = {0, 1, 2, 10, 128};

Text purpose_of(Deed deed) {
    switch (deed) {
        case Deed::Socket:
            return Text::PurposeSocket;
        case Deed::SetSockOpt:
            return Text::PurposeSetSockOpt;
        case Deed::Bind:
            return Text::PurposeBind;
        case Deed::Listen:
            return Text::PurposeListen;
        case Deed::Connect:
            return Text::PurposeConnect;
        case Deed::Accept:
            return Text::PurposeAccept;
        case Deed::Send:
            return Text::PurposeSend;
        case Deed::Recv:
            return Text::PurposeRecv;
        case Deed::Shutdown:
            return Text::PurposeShutdown;
        case Deed::Close:
            return Text::PurposeClose;
        case Deed::Dup:
            return Text::PurposeDup;
        case Deed::GetSockName:
            return Text::PurposeGetSockName;
        case Deed::GetPeerName:
            return Text::PurposeGetPeerName;
        case Deed::Abort:
            return Text::PurposeAbort;
    }
    return Text::PurposeClose;
}

// One end's hand while it is painted.
class Hand {
  public:
    Hand(const Scene& scene, Rect area, Role end, bool narrow)
        : scene_(scene),
          p_(scene.painter),
          hand_(*scene.session.hand()),
          choice_(hand_.choice(end)),
          end_(end),
          area_(area),
          narrow_(narrow),
          rests_(scene.session.hand_rests()) {}

    void paint() {
        ImGui::PushID(end_ == Role::Client ? "client hand" : "server hand");
        // The field comes before the buttons: letters that come in the frame of a click were typed
        // before it, and are taken only while no button has the mouse.
        const std::span<const std::size_t> buttons = button_rows(narrow_);
        paint_choices(row(1 + buttons.size()), row(rows_in(narrow_) - 1));
        paint_descriptors(row(0));
        if (choice_ != hand_.choice(end_)) scene_.wish(ChooseForHand{end_, choice_});
        const std::vector<Offer> all = hand_.offers(end_);
        std::span<const Offer> rest(all);
        for (std::size_t i = 0; i < buttons.size(); ++i) {
            paint_deeds(row(1 + i), rest.first(buttons[i]));
            rest = rest.subspan(buttons[i]);
        }
        ImGui::PopID();
    }

  private:
    Rect row(std::size_t number) const {
        const float em = p_.em();
        return {area_.x, area_.y + (kAbove + static_cast<float>(number) * (kRow + kGap)) * em,
                area_.w, kRow * em};
    }
    Rect cell(Rect row, std::size_t number, std::size_t of) const {
        const float gap = kGap * p_.em();
        const auto count = static_cast<float>(of);
        const float w = (row.w - gap * (count - 1)) / count;
        return {row.x + static_cast<float>(number) * (w + gap), row.y, w, row.h};
    }

    Rect inside(Rect box) const {
        return {box.x + 0.3F * p_.em(), box.y, box.w - 0.6F * p_.em(), box.h};
    }
    bool chip(const char* id, Rect box, const std::string& words, const std::string& tip,
              bool chosen) const {
        const Touch touch = touch_area(p_, id, box, tip);
        p_.fill(box, touch.hovered ? ColourRole::ControlHover : ColourRole::Control,
                0.33F * p_.em());
        if (chosen) p_.outline(box, view::role_colour(end_), 0.33F * p_.em(), 2);
        p_.fitted(inside(box), TextStyle::Small, ColourRole::Text, words, Align::Centre);
        return touch.clicked;
    }

    // Who, and on which descriptor; of many the newest.
    void paint_descriptors(Rect row) {
        const bool client = end_ == Role::Client;
        const auto open = hand_.descriptors(end_);
        const std::size_t actors = client ? 2 : 0;
        constexpr std::size_t kChips = 4;
        const std::size_t shown = std::min(open.size(), kChips - actors);
        if (client) {
            if (chip("first", cell(row, 0, kChips), say(Text::HandFirstClient),
                     say(Text::TipHandActor), !choice_.second_client))
                choice_.second_client = false;
            if (chip("second", cell(row, 1, kChips), say(Text::HandSecondClient),
                     say(Text::TipHandActor), choice_.second_client))
                choice_.second_client = true;
        }
        for (std::size_t i = 0; i < shown; ++i) {
            const freelab::Descriptor& one = open[open.size() - shown + i];
            const bool chosen = one.name == choice_.descriptor;
            if (chip(one.name.c_str(), cell(row, actors + i, kChips), one.name,
                     say(Text::TipHandDescriptor, one.fd), chosen))
                choice_.descriptor = chosen ? "" : one.name;
        }
    }

    // Each as wide as its word is long.
    void paint_deeds(Rect row, std::span<const Offer> offers) const {
        const auto letters = [](const Offer& offer) {
            constexpr std::size_t kAround = 4;
            return static_cast<float>(name(offer.deed).size() + kAround);
        };
        float all = 0;
        for (const Offer& offer : offers) all += letters(offer);
        const float gap = kGap * p_.em();
        const float letter = (row.w - gap * static_cast<float>(offers.size() - 1)) / all;
        Rect box = row;
        for (const Offer& offer : offers) {
            box.w = letter * letters(offer);
            paint_deed(box, offer);
            box.x += box.w + gap;
        }
    }
    void paint_deed(Rect box, const Offer& offer) const {
        const std::string word(name(offer.deed));
        const std::string& why = rests_.empty() ? offer.reason : rests_;
        const freelab::Wish wish = hand_.wish(end_, offer.deed);
        if (!why.empty()) {
            touch_area(p_, word.c_str(), box, say(Text::HandNew, word, why));
            p_.outline(box, ColourRole::Line, 0.33F * p_.em(), 1);
            p_.fitted(inside(box), TextStyle::Small, ColourRole::Edge, word, Align::Centre);
            return;
        }
        const std::string purpose = say(purpose_of(offer.deed));
        const std::string tip = offer.deed == Deed::Socket
                                    ? say(Text::HandNew, word, purpose)
                                    : say(Text::HandOn, word, wish.on, purpose);
        if (word_button(p_, word.c_str(), box, word, tip)) scene_.wish(session::CallByHand{wish});
    }

    // In two rows where it is narrow: the option has most of the second.
    void paint_choices(Rect row, Rect last) {
        const bool server = end_ == Role::Server;
        const bool two = last.y > row.y;
        const float gap = kGap * p_.em();
        const float backlog = server ? (two ? 0.3F : 0.17F) * row.w : 0;
        const float how = (two ? 0.45F : 0.22F) * row.w;
        const float after = server ? backlog + gap : 0;
        const float option = two ? row.w - after : (server ? 0.33F : 0.38F) * row.w;
        const float text = row.w - how - gap - (two ? 0 : option + gap + after);
        Rect box = {row.x, row.y, text, row.h};
        text_field(scene_, "text", box, choice_.text, say(Text::TipHandText));
        const auto next = [&](float w) {
            box = {box.right() + gap, box.y, w, row.h};
            return box;
        };
        pick_how(next(how));
        if (two) box = {last.x - gap, last.y, 0, last.h};
        pick_option(next(option));
        if (server) pick_backlog(next(backlog));
    }

    std::optional<std::size_t> pick(const char* id, Rect box, const std::string& words, Text tip,
                                    const std::vector<ListEntry>& entries) const {
        if (chip(id, box, words, say(tip), false)) ImGui::OpenPopup(id);
        return popup_list(scene_, id, box, entries);
    }
    void pick_how(Rect box) {
        std::vector<ListEntry> entries;
        for (const char* how : kHows) entries.push_back({how, choice_.how == how, false});
        const auto picked = pick("how", box, choice_.how, Text::TipHandHow, entries);
        if (picked) choice_.how = kHows[*picked];
    }
    void pick_option(Rect box) {
        std::vector<ListEntry> entries;
        for (const Preset& preset : kPresets) {
            entries.push_back({say(Text::HandOption, preset.option, preset.value),
                               choice_.option == preset.option && choice_.value == preset.value,
                               false});
        }
        const auto picked =
            pick("option", box, say(Text::HandOption, choice_.option, choice_.value),
                 Text::TipHandOption, entries);
        if (!picked) return;
        choice_.option = kPresets[*picked].option;
        choice_.value = kPresets[*picked].value;
    }
    void pick_backlog(Rect box) {
        std::vector<ListEntry> entries;
        for (const std::int64_t backlog : kBacklogs)
            entries.push_back({say(Text::HandBacklog, backlog), choice_.backlog == backlog, false});
        const auto picked = pick("backlog", box, say(Text::HandBacklogShort, choice_.backlog),
                                 Text::TipHandBacklog, entries);
        if (picked) choice_.backlog = kBacklogs[*picked];
    }

    const Scene& scene_;
    const Painter& p_;
    const HandControl& hand_;
    HandChoice choice_;  // becomes what is wished
    Role end_;
    Rect area_;
    bool narrow_;
    std::string rests_;
};

}  // namespace

float hand_height(const session::Session& session, bool narrow) {
    if (session.hand() == nullptr) return 0;
    return 2 * kAbove + static_cast<float>(rows_in(narrow)) * (kRow + kGap) - kGap;
}

void paint_hand(const Scene& scene, Rect area, Role end, bool narrow) {
    if (scene.session.hand() == nullptr) return;
    const Painter& p = scene.painter;
    p.line({area.x, area.y}, {area.right(), area.y}, ColourRole::Line, 1);
    Hand(scene, area, end, narrow).paint();
}

float save_button_width(const Scene& scene) {
    if (scene.session.hand() == nullptr) return 0;
    const Painter& p = scene.painter;
    return p.width(TextStyle::Small, say(Text::HandSave)) + 1.4F * p.em();
}

void paint_save_button(const Scene& scene, Rect box) {
    if (scene.session.hand() == nullptr) return;
    if (word_button(scene.painter, "save", box, say(Text::HandSave), say(Text::TipHandSave)))
        scene.wish(session::SaveLab{});
}

}  // namespace tcpstep::ui::panel
