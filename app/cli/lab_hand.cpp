#include "app/cli/lab_hand.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli/hold_word.hpp"
#include "app/files/whole_file.hpp"
#include "app/freelab/lesson_file.hpp"
#include "app/freelab/offer.hpp"
#include "app/lesson/library.hpp"
#include "app/view/errno_meaning.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::cli {

using namespace freelab;
using lesson::Actor;
using view::say;
using view::Text;

namespace {

tl::unexpected<Error> refuse(std::string what) {
    return tl::make_unexpected(Error{ErrorKind::BadInput, std::move(what), "", 0});
}

std::string word_of(Actor actor) {
    return actor == Actor::SecondClient ? say(Text::LabSecondClient)
                                        : view::role_word(role_of(actor));
}

// Where there are two clients they are told apart.
std::string failure_line(const Made& made, bool two_clients, const model::Trace& trace) {
    std::string who = view::role_word(role_of(made.actor));
    if (two_clients && made.actor != Actor::Server)
        who = say(Text::ClientNumber, made.actor == Actor::SecondClient ? 2 : 1);
    const std::string meaning = view::failure_meaning(trace, *made.returned_at);
    const auto call = name(made.step.call);
    return (meaning.empty() ? say(Text::LabCallFailedOnly, who, call, made.error)
                            : say(Text::LabCallFailed, who, call, made.error, meaning)) +
           "\n";
}

// " socket bind", and a line for each reason why the rest is not offered.
std::string offered_lines(const Notebook& notebook, Actor actor) {
    std::string offered;
    std::vector<std::pair<std::string, std::string>> others;  // reason, deeds
    for (const Deed deed : kDeeds) {
        const auto all = offers(notebook, actor, best_descriptor(notebook, actor, deed));
        const auto offer =
            std::find_if(all.begin(), all.end(), [&](const Offer& o) { return o.deed == deed; });
        if (offer->offered()) {
            offered += fmt::format(" {}", name(deed));
            continue;
        }
        const auto same = std::find_if(others.begin(), others.end(), [&](const auto& other) {
            return other.first == offer->reason;
        });
        if (same == others.end()) {
            others.emplace_back(offer->reason, name(deed));
        } else {
            same->second += fmt::format(", {}", name(deed));
        }
    }
    for (const auto& [reason, deeds] : others) offered += say(Text::LabNot, deeds, reason);
    return offered;
}

}  // namespace

Result<std::string> LabHand::obey(const Words& words) {
    if (const auto* wish = std::get_if<Wish>(&words)) return make(*wish);
    if (const auto* word = std::get_if<GateWord>(&words)) return act(*word);
    if (const auto* word = std::get_if<HoldWord>(&words)) return hold(*word);
    if (const auto* word = std::get_if<SaveWord>(&words)) return save(word->file);
    if (std::holds_alternative<CallsWord>(words)) return calls();
    if (std::holds_alternative<HelpWord>(words)) return say(Text::LabHelp);
    return "";
}

Result<std::string> LabHand::make(const Wish& wish) {
    const auto steps = steps_for(wish, notebook_, server_);
    if (!steps) return tl::make_unexpected(steps.error());
    for (const lesson::Step& step : *steps) {
        notebook_.ordered(wish.actor, step);
        run_.lab().call({wish.actor, step});
    }
    return "";
}

std::optional<ConnectionsNow::Stop> LabHand::held(const std::optional<std::string>& name) const {
    if (!name) return connections_.next_stop();
    for (std::size_t i = 0; i < connections_.all().size(); ++i) {
        for (const model::InFlight& one : connections_.all()[i].connection.in_flight) {
            if (one.held && one.copy_of == 0 &&
                connections_.numbers().name(one.segment.id) == *name)
                return ConnectionsNow::Stop{static_cast<model::ConnectionIndex>(i), &one};
        }
    }
    return std::nullopt;
}

Result<std::string> LabHand::act(const GateWord& word) {
    const auto stop = held(word.segment);
    if (!stop && run_.lab().free_reason()) return refuse(say(Text::LabRunsFree));
    if (!stop) {
        return refuse(word.segment ? say(Text::LabNotHeld, *word.segment)
                                   : say(Text::LabNothingHeld));
    }
    const model::Segment& segment = stop->segment->segment;
    lab::LabRun& lab = run_.lab();
    switch (word.what) {
        case GateWord::What::Deliver:
            lab.command(lab::Deliver{segment.id});
            break;
        case GateWord::What::Drop:
            lab.command(lab::Drop{segment.id});
            break;
        case GateWord::What::Duplicate:
            lab.command(lab::Duplicate{segment.id});
            break;
        case GateWord::What::HoldBack:
            lab.command(lab::HoldBack{segment.id});
            break;
        case GateWord::What::Reset:
            lab.command(lab::InjectReset{stop->connection, peer(segment.from)});
            break;
        case GateWord::What::ResetBack:
            lab.command(lab::InjectReset{stop->connection, segment.from});
            break;
    }
    return "";
}

Result<std::string> LabHand::hold(const HoldWord& word) {
    const auto what = hold_of(word.what);
    if (!what) return refuse(say(Text::LabWantsHold));
    run_.lab().command(lab::SetHold{{*what, {}}});
    return "";
}

std::string LabHand::catch_up() {
    const std::size_t known = told_;
    notebook_.catch_up(run_.trace());
    told_ = run_.trace().events().size();
    const auto& all = notebook_.made();
    const bool two_clients = std::any_of(
        all.begin(), all.end(), [](const Made& made) { return made.actor == Actor::SecondClient; });
    std::string text;
    for (const Made& made : all) {
        if (!made.error.empty() && *made.returned_at >= known)
            text += failure_line(made, two_clients, run_.trace());
    }
    return text;
}

std::string LabHand::calls() const {
    std::string text;
    for (const Actor actor : lesson::kActors) {
        if (const std::string blocked = why_blocked(notebook_, actor); !blocked.empty()) {
            text += fmt::format("{}: {}\n", word_of(actor), blocked);
            continue;
        }
        text += fmt::format("{}:{}\n", word_of(actor), offered_lines(notebook_, actor));
    }
    return text;
}

Result<std::string> lesson_file_name(const std::string& wanted) {
    const std::filesystem::path path(wanted);
    std::error_code ignored;
    const bool device = exists(path, ignored) && !is_regular_file(path, ignored);
    if (device || path.filename().empty()) return wanted;
    if (!path.has_extension()) return wanted + ".json";
    if (lesson::names_lesson_file(wanted)) return wanted;
    return fail(
        ErrorKind::BadInput,
        fmt::format("{}: is not the name of a lesson's file, which ends with .json", wanted),
        fmt::format("save it as {}", path.stem().string() + ".json"));
}

Result<std::string> LabHand::save(const std::string& wanted) const {
    const auto named = lesson_file_name(wanted);
    if (!named) return tl::make_unexpected(named.error());
    const std::string& file = *named;
    const LessonFile saved = lesson_file(notebook_, run_.trace(), server_, file);
    const auto written = files::write_whole(file, [&](std::ostream& out) { out << saved.text; });
    if (!written) return tl::make_unexpected(written.error());
    std::string text = say(Text::LabSaved, file, file) + "\n";
    if (file != wanted) text = say(Text::LabNamed, wanted) + "\n" + text;
    for (const lesson::LocalText& remark : saved.remarks)
        text += say(Text::LabSavedBut, remark.shown()) + "\n";
    return text;
}

}  // namespace tcpstep::cli
