#include "app/cli/watch_arguments.hpp"

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/places.hpp"
#include "app/cli/run_arguments.hpp"
#include "app/exports/format.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

namespace {

using view::say;
using view::Text;

constexpr std::uint64_t kMost = 1'000'000'000;

bool names_a_trace(const std::string& word) {
    return place_named(word) == "-" || exports::has_ending(word, ".sqlog") ||
           exports::has_ending(word, ".qlog");
}

}  // namespace

CLI::App* add_watch_command(CLI::App& program, WatchOptions& options) {
    CLI::App* watch = program.add_subcommand("watch", say(Text::HelpWatch));
    const auto words = std::make_shared<std::vector<std::string>>();
    watch->add_option("FILTER", *words, say(Text::HelpWatchFilter))->type_name("");
    watch->add_option("-i,--interface", options.interface, say(Text::HelpWatchInterface))
        ->check(not_empty)
        ->type_name("IF");
    CLI::Option* json =
        watch->add_flag("--json{-}", options.json, say(Text::HelpWatchJson))->check(not_empty);
    watch->add_flag("--quiet", options.quiet, say(Text::HelpWatchQuiet));
    CLI::Option* count = watch->add_option("--count", options.count, say(Text::HelpWatchCount))
                             ->check(CLI::Range(std::uint64_t{1}, kMost).description(""))
                             ->type_name("N");
    CLI::Option* seconds =
        watch
            ->add_option_function<std::uint64_t>(
                "--seconds",
                [&options](std::uint64_t given) { options.time = std::chrono::seconds(given); },
                say(Text::HelpWatchSeconds))
            ->check(CLI::Range(std::uint64_t{1}, kMost).description(""))
            ->type_name("N");
    watch->add_flag("--window", options.window, say(Text::HelpWatchWindow))
        ->excludes(json)
        ->excludes(count)
        ->excludes(seconds);
    // A filter is one word or many, as tcpdump has it. Before it may stand what others say with
    // `--json FILE`.
    watch->final_callback([words, &options] {
        options.json = place_named(options.json);
        if (options.json == "-" && !words->empty() && names_a_trace(words->front())) {
            options.json = place_named(words->front());
            words->erase(words->begin());
        }
        options.filter = fmt::format("{}", fmt::join(*words, " "));
    });
    watch->footer(say(Text::HelpWatchExamples));
    return watch;
}

}  // namespace tcpstep::cli
