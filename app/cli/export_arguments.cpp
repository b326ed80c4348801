#include "app/cli/export_arguments.hpp"

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/cli/places.hpp"
#include "app/cli/run_arguments.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

using view::say;
using view::Text;

namespace {

// More pixels an inch than any printer's.
constexpr double kLeastScale = 0.25;
constexpr double kMostScale = 16;

// "--from-step N" and its kin: none, a sign and one that is too large are the same mistake.
void add_number(CLI::App* to, const std::string& name, std::optional<std::size_t>& number,
                const std::string& help) {
    to->add_option_function<std::string>(
          name,
          [name, &number](const std::string& text) {
              std::size_t value = 0;
              const char* const end = text.data() + text.size();
              const auto [read, error] = std::from_chars(text.data(), end, value);
              if (error != std::errc() || read != end || value == 0)
                  throw CLI::ValidationError(name, "a number from 1 on");
              number = value;
          },
          help)
        ->type_name("N");
}

// What is wrong with it, "" for nothing. CLI::Range() lets nan pass: it is neither less nor more.
std::string not_a_scale(const std::string& text) {
    double scale = 0;
    const bool number = CLI::detail::lexical_cast(text, scale);
    if (number && scale >= kLeastScale && scale <= kMostScale) return "";
    return fmt::format("expected a number from {} to {}, found {}", kLeastScale, kMostScale, text);
}

void add_look(CLI::App* to, exports::Options& how) {
    add_number(to, "--from-step", how.from_step, say(Text::HelpFromStep));
    add_number(to, "--to-step", how.to_step, say(Text::HelpToStep));
    to->add_option_function<std::string>(
          "--theme",
          [&how](const std::string& name) {
              how.theme = name == "light" ? view::Theme::Light : view::Theme::Dark;
          },
          say(Text::HelpExportTheme))
        ->check(CLI::IsMember({"dark", "light"}).description(""))
        ->type_name("dark|light");
    to->add_option_function<std::string>(
          "--time",
          [&how](const std::string& name) {
              how.axis = name == "linear"      ? view::TimeAxis::Linear
                         : name == "collapsed" ? view::TimeAxis::Collapsed
                                               : view::TimeAxis::ByEvent;
          },
          say(Text::HelpExportTime))
        ->check(CLI::IsMember({"by-event", "linear", "collapsed"}).description(""))
        ->type_name("by-event|linear|collapsed");
    to->add_flag("--raw", how.raw_numbers, say(Text::HelpExportRaw));
    to->add_option("--scale", how.scale, say(Text::HelpExportScale))
        ->check(not_a_scale)
        ->type_name("X");
}

}  // namespace

CLI::App* add_export_command(CLI::App& program, ExportOptions& options) {
    CLI::App* command = program.add_subcommand("export", say(Text::HelpExport));
    command->add_option("FILE", options.file, say(Text::HelpExportFile))
        ->check(not_empty)
        ->required();
    command->add_option("--to", options.to, say(Text::HelpExportTo, exports::format_names()))
        ->check([](const std::string& name) {
            return exports::find_format(name) != nullptr
                       ? std::string()
                       : "expected one of " + exports::format_names() + ", found " + name;
        })
        ->type_name("FORMAT");
    command->add_option("-o,--output", options.out, say(Text::HelpExportOutput))
        ->transform(place_named)
        ->check(not_empty)
        ->type_name("FILE");
    add_number(command, "--connection", options.connection, say(Text::HelpExportConnection));
    command
        ->add_option_function<std::string>(
            "--side",
            [&options](const std::string& name) {
                options.how.side = name == "client" ? model::Role::Client : model::Role::Server;
            },
            say(Text::HelpExportSide))
        ->check(CLI::IsMember({"server", "client"}).description(""))
        ->type_name("server|client");
    add_look(command, options.how);
    command->final_callback([command, &options] {
        using exports::Choice;
        static constexpr std::pair<const char*, Choice> kChoices[] = {
            {"--connection", Choice::Connection}, {"--side", Choice::Side},
            {"--from-step", Choice::Steps},       {"--to-step", Choice::Steps},
            {"--theme", Choice::Theme},           {"--time", Choice::TimeAxis},
            {"--raw", Choice::Numbers},           {"--scale", Choice::Scale}};
        for (const auto& [name, choice] : kChoices)
            if (command->count(name) > 0) options.chosen.emplace_back(name, choice);
    });
    command->footer(say(Text::HelpExportExamples));
    return command;
}

}  // namespace tcpstep::cli
