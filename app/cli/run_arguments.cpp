#include "app/cli/run_arguments.hpp"

#include <charconv>
#include <string>

#include <fmt/format.h>

#include "app/cli/hold_word.hpp"
#include "app/cli/places.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

using lab::Hold;
using view::say;
using view::Text;

constexpr int kMostTransitMs = 60'000;

// Checks the value and keeps it: CLI11's word for what is wrong with it, "" for nothing.
std::string take_hold(const std::string& word, std::optional<Hold>& hold) {
    const auto found = hold_of(word);
    if (found) hold = found;
    return found ? "" : not_a_hold(word);
}

std::string take_transit(const std::string& text, RunOptions& options) {
    int ms = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (error != std::errc() || end != text.data() + text.size() || ms < 1 || ms > kMostTransitMs) {
        return fmt::format("expected 1 to {} milliseconds, found {}", kMostTransitMs, text);
    }
    options.slow = std::chrono::milliseconds(ms);
    return "";
}

// A flag that may be given a value, "--hold=client": `--hold handshake` is no value but the lesson.
CLI::Option* add_flag_with_value(CLI::App* to, const std::string& name, const std::string& value,
                                 const std::string& help,
                                 std::function<std::string(const std::string&)> take) {
    return to->add_flag(fmt::format("{}{{{}}}", name, value), help)->check(std::move(take));
}

// "--svg FILE" and its kin: one option a form; the form of `--json` has that name.
void add_exports(CLI::App* run, RunOptions& options) {
    for (const exports::Format& format : exports::formats()) {
        if (format.name == "qlog") continue;
        const std::string name(format.name);
        run->add_option_function<std::string>(
               "--" + name,
               [&options, name](const std::string& place) { options.exports[name] = place; },
               name == "sqlog" ? say(Text::HelpRunSqlog) : say(Text::HelpRunExport, name))
            ->transform(place_named)
            ->check(not_empty)
            ->type_name("FILE");
    }
}

}  // namespace

CLI::App* add_run_command(CLI::App& program, RunOptions& options) {
    CLI::App* run = program.add_subcommand("run", say(Text::HelpRun));
    CLI::Option* lesson = run->add_option("LESSON", options.lesson, say(Text::HelpRunLesson));
    CLI::Option* all = run->add_flag("--all", options.all, say(Text::HelpRunAll));
    CLI::Option* hold = add_flag_with_value(
        run, "--hold", "every", say(Text::HelpHold),
        [&options](const std::string& word) { return take_hold(word, options.hold); });
    CLI::Option* slow = add_flag_with_value(
        run, "--slow", std::to_string(lab::kDefaultTransit.count()),
        say(Text::HelpSlow, lab::kDefaultTransit.count()),
        [&options](const std::string& text) { return take_transit(text, options); });
    CLI::Option* free =
        run->add_flag("--free", options.free, say(Text::HelpFree))->excludes(hold)->excludes(slow);
    run->add_flag("--auto", options.automatic, say(Text::HelpAuto));
    CLI::Option* predict =
        run->add_flag("--predict", options.predict, say(Text::HelpPredict))->excludes(free);
    run->add_option("--seed", options.seed, say(Text::HelpSeed))->needs(predict)->type_name("N");
    run->add_flag("--show-retransmissions", options.show_retransmissions,
                  say(Text::HelpShowRetransmissions))
        ->excludes(free);
    const CLI::Option* patience =
        run->add_flag("--patience", options.patience, say(Text::HelpPatience));
    run->add_flag("--verify", options.verify, say(Text::HelpVerify));
    run->add_option("--json", options.json, say(Text::HelpRunJson))
        ->transform(place_named)
        ->check(not_empty)
        ->type_name("FILE");
    add_exports(run, options);
    add_port_option(run, options.port);
    CLI::Option* quiet = run->add_flag("--quiet", options.quiet, say(Text::HelpQuiet));
    run->add_flag("--more", options.more, say(Text::HelpMore))->excludes(quiet);
    run->callback([run, lesson, all, patience] {
        if (lesson->count() + all->count() == 0) throw CLI::RequiredError(lesson->get_name());
        if (all->count() == 0) return;
        for (const CLI::Option* other : run->get_options()) {
            const bool fits = other == all || other == patience || other->get_name() == "--lang";
            if (!fits && other->count() > 0) {
                throw CLI::ExcludesError(all->get_name(), other->get_name());
            }
        }
    });
    run->footer(say(Text::HelpRunExamples));
    return run;
}

CLI::App* add_lab_command(CLI::App& program, FreeLabOptions& options) {
    CLI::App* lab = program.add_subcommand("lab", say(Text::HelpLab));
    CLI::Option* hold = add_flag_with_value(
        lab, "--hold", "every", say(Text::HelpLabHold),
        [&options](const std::string& word) { return take_hold(word, options.hold); });
    lab->add_flag("--free", options.free, say(Text::HelpLabFree))->excludes(hold);
    lab->add_option("--save", options.save, say(Text::HelpLabSave))
        ->transform(place_named)
        ->check(not_empty)
        ->type_name("FILE");
    lab->add_option("--json", options.json, say(Text::HelpRunJson))
        ->transform(place_named)
        ->check(not_empty)
        ->type_name("FILE");
    add_port_option(lab, options.port);
    lab->footer(say(Text::HelpLabExamples));
    return lab;
}

void add_port_option(CLI::App* to, std::optional<std::uint16_t>& port) {
    to->add_option("--port", port, say(Text::HelpPort))
        ->check(CLI::Range(1, 65535).description(""))
        ->type_name("N");
}

std::string not_empty(const std::string& text) {
    return text.empty() ? "expected a file's name, found nothing" : "";
}

}  // namespace tcpstep::cli
