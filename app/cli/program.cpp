#include "app/cli/program.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <map>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/options.hpp"
#include "app/lab/lab_process.hpp"
#include "app/strings/strings.hpp"

namespace tcpstep::cli {

namespace {

using strings::Text;

std::string say(Text id) {
    return std::string(strings::text(id));
}

int exit_status(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::DoesNotHold:
            return 1;
        case ErrorKind::BadInput:
            return 2;
        case ErrorKind::MachineForbids:
            return 3;
    }
    return 1;
}

int complain(const Error& error) {
    std::fflush(stdout);
    fmt::print(stderr, "tcpstep: {}\n", error.line());
    return exit_status(error.kind);
}

// "1600x900"
void take_size(const std::string& text, PlayOptions& options) {
    int width = 0;
    int height = 0;
    int end = 0;
    const bool whole = std::sscanf(text.c_str(), "%5dx%5d%n", &width, &height, &end) == 2 &&
                       end == static_cast<int>(text.size());
    if (!whole || width < 320 || height < 240 || width > 8192 || height > 8192) {
        throw CLI::ValidationError(
            "--size", "expected WIDTHxHEIGHT from 320x240 to 8192x8192, found " + text);
    }
    options.width = width;
    options.height = height;
}

// The command line as CLI11 knows it, and what it filled in.
struct CommandLine {
    CLI::App app{say(Text::Tagline), "tcpstep"};
    LessonsOptions lessons;
    RunOptions run;
    PlayOptions play_options;
    CheckOptions check;
    CLI::App* chosen_lessons = nullptr;
    CLI::App* chosen_run = nullptr;
    CLI::App* chosen_play = nullptr;
    CLI::App* chosen_check = nullptr;
    CLI::App* chosen_doctor = nullptr;

    CommandLine() {
        app.require_subcommand(0, 1);
        app.set_version_flag("--version", "tcpstep " TCPSTEP_VERSION);
        add_window_options(&app);

        chosen_play = app.add_subcommand("play", say(Text::HelpPlay));
        chosen_play->add_option("WHAT", play_options.what, say(Text::HelpPlayWhat))
            ->type_name("LESSON|FILE")
            ->required();
        add_window_options(chosen_play);

        chosen_lessons = app.add_subcommand("lessons", say(Text::HelpLessons));
        chosen_lessons->add_flag("--json", lessons.json, say(Text::HelpLessonsJson));

        chosen_run = app.add_subcommand("run", say(Text::HelpRun));
        chosen_run->add_option("LESSON", run.lesson, say(Text::HelpRunLesson))->required();
        chosen_run->add_option("--json", run.json, say(Text::HelpRunJson))->type_name("FILE");
        add_port_option(chosen_run, run.port);
        chosen_run->add_flag("--quiet", run.quiet, say(Text::HelpQuiet));

        chosen_check = app.add_subcommand("check", say(Text::HelpCheck));
        chosen_check->add_option("FILE", check.file, say(Text::HelpCheckFile))->required();

        chosen_doctor = app.add_subcommand("doctor", say(Text::HelpDoctor));
        app.footer(say(Text::HelpExamples));  // after the subcommands, which would inherit it
    }

    /// Gives the exit status.
    int carry_out() const {
        if (chosen_doctor->parsed())
            return run_doctor() ? 0 : exit_status(ErrorKind::MachineForbids);
        const Result<void> done = chosen_lessons->parsed() ? list_lessons(lessons)
                                  : chosen_run->parsed()   ? run_lesson(run)
                                  : chosen_check->parsed() ? check_trace(check)
                                                           : play(play_options);
        return done ? 0 : complain(done.error());
    }

  private:
    void add_window_options(CLI::App* to) {
        to->add_option("--screenshot", play_options.screenshot, say(Text::HelpScreenshot))
            ->type_name("FILE");
        to->add_option_function<std::string>(
              "--size", [this](const std::string& given) { take_size(given, play_options); },
              say(Text::HelpSize))
            ->type_name("WxH");
        to->add_option("--step", play_options.step, say(Text::HelpStep))->type_name("N");
        const std::map<std::string, view::Theme> themes = {{"dark", view::Theme::Dark},
                                                           {"light", view::Theme::Light}};
        to->add_option("--theme", play_options.theme, say(Text::HelpTheme))
            ->transform(CLI::CheckedTransformer(themes).description(""))
            ->type_name("dark|light");
        to->add_option("--text", play_options.text_percent, say(Text::HelpTextSize))
            ->check(CLI::Range(75, 300).description(""))
            ->type_name("PERCENT");
        add_port_option(to, play_options.port);
    }

    static void add_port_option(CLI::App* to, std::optional<std::uint16_t>& port) {
        to->add_option("--port", port, say(Text::HelpPort))
            ->check(CLI::Range(1, 65535).description(""))
            ->type_name("N");
    }
};

// One line: CLI11's own words, and where to look.
int wrong_usage(const CLI::ParseError& error) {
    std::string what = error.what();
    for (char& c : what) {
        if (c == '\n') c = ' ';
    }
    return complain({ErrorKind::BadInput, what, "tcpstep --help shows how it is used", 0});
}

}  // namespace

int run_program(int argc, char** argv) {
    if (argc >= 2 && std::strcmp(argv[1], lab::kLabArgument) == 0) lab::run_lab(lab::kLabChannel);
    std::signal(SIGPIPE, SIG_IGN);
    CommandLine line;
    try {
        line.app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", line.app.help());
        return 0;
    } catch (const CLI::Success& success) {
        return line.app.exit(success);
    } catch (const CLI::ParseError& error) {
        return wrong_usage(error);
    }
    try {
        return line.carry_out();
    } catch (const std::exception& error) {
        // Out of memory and the like; what the program foresees comes as an Error.
        return complain(
            {ErrorKind::MachineForbids, fmt::format("unexpected: {}", error.what()), "", 0});
    }
}

}  // namespace tcpstep::cli
