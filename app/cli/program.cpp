#include "app/cli/program.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/options.hpp"
#include "app/lab/lab_process.hpp"
#include "app/strings/strings.hpp"

namespace tcpstep::cli {

namespace {

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

// "1600x900"
std::string parse_size(const std::string& text, PlayOptions& options) {
    int width = 0;
    int height = 0;
    int end = 0;
    const bool whole = std::sscanf(text.c_str(), "%5dx%5d%n", &width, &height, &end) == 2 &&
                       end == static_cast<int>(text.size());
    if (!whole || width < 320 || height < 240 || width > 8192 || height > 8192) {
        return "expected WIDTHxHEIGHT from 320x240 to 8192x8192, found " + text;
    }
    options.width = width;
    options.height = height;
    return {};
}

// The command line as CLI11 knows it, and what it filled in.
struct CommandLine {
    CLI::App app{std::string(strings::text(strings::Text::Tagline)), "tcpstep"};
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
        using strings::text;
        using strings::Text;
        const auto say = [](Text id) { return std::string(text(id)); };
        app.require_subcommand(0, 1);
        app.set_version_flag("--version", "tcpstep " TCPSTEP_VERSION);
        app.footer(say(Text::HelpExamples));
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
        chosen_run->add_option("--port", run.port, say(Text::HelpPort))
            ->check(CLI::Range(1, 65535))
            ->type_name("N");
        chosen_run->add_flag("--quiet", run.quiet, say(Text::HelpQuiet));

        chosen_check = app.add_subcommand("check", say(Text::HelpCheck));
        chosen_check->add_option("FILE", check.file, say(Text::HelpCheckFile))->required();

        chosen_doctor = app.add_subcommand("doctor", say(Text::HelpDoctor));
    }

    Result<void> carry_out() const {
        if (chosen_lessons->parsed()) return list_lessons(lessons);
        if (chosen_run->parsed()) return run_lesson(run);
        if (chosen_check->parsed()) return check_trace(check);
        if (chosen_doctor->parsed()) return run_doctor();
        return play(play_options);
    }

  private:
    void add_window_options(CLI::App* to) {
        using strings::text;
        using strings::Text;
        const auto say = [](Text id) { return std::string(text(id)); };
        const auto size = CLI::Validator(
            [this](const std::string& given) { return parse_size(given, play_options); },
            "WIDTHxHEIGHT");
        to->add_option("--screenshot", play_options.screenshot, say(Text::HelpScreenshot))
            ->type_name("FILE");
        to->add_option("--size", size_text_, say(Text::HelpSize))->check(size)->type_name("");
        to->add_option("--step", play_options.step, say(Text::HelpStep))->type_name("N");
        to->add_option("--theme", play_options.theme, say(Text::HelpTheme))
            ->transform(CLI::Transformer(std::map<std::string, view::Theme>{
                {"dark", view::Theme::Dark}, {"light", view::Theme::Light}}))
            ->type_name("dark|light");
        to->add_option("--text", play_options.text_percent, say(Text::HelpTextSize))
            ->check(CLI::Range(75, 300))
            ->type_name("PERCENT");
        to->add_option("--port", play_options.port, say(Text::HelpPort))
            ->check(CLI::Range(1, 65535))
            ->type_name("N");
    }

    std::string size_text_;
};

int complain(const Error& error) {
    std::fflush(stdout);
    fmt::print(stderr, "tcpstep: {}\n", error.line());
    return exit_status(error.kind);
}

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
        const Result<void> done = line.carry_out();
        return done ? 0 : complain(done.error());
    } catch (const std::exception& error) {
        // Out of memory and the like; what the program foresees comes as an Error.
        return complain(
            {ErrorKind::MachineForbids, fmt::format("unexpected: {}", error.what()), "", 0});
    }
}

}  // namespace tcpstep::cli
