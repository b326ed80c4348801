#include "app/cli/program.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/commands.hpp"
#include "app/cli/export_arguments.hpp"
#include "app/cli/language_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/places.hpp"
#include "app/cli/run_arguments.hpp"
#include "app/cli/watch_arguments.hpp"
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

// One line whatever it names: control characters of a file's name as \\x0a.
std::string printable(const std::string& line) {
    std::string text;
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        text += byte < 0x20 || byte == 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
    }
    return text;
}

int complain(const Error& error) {
    flush_output();
    print_err("tcpstep: {}\n", printable(error.line()));
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
    options.size = {width, height};
}

// How the window looks. `options` must outlive the parsing.
std::array<CLI::Option*, 3> add_look_options(CLI::App* to, PlayOptions& options) {
    CLI::Option* size = to->add_option_function<std::string>(
        "--size", [&options](const std::string& given) { take_size(given, options); },
        say(Text::HelpSize));
    CLI::Option* theme = to->add_option_function<std::string>(
        "--theme",
        [&options](const std::string& name) {
            options.theme = name == "light" ? view::Theme::Light : view::Theme::Dark;
        },
        say(Text::HelpTheme));
    CLI::Option* text = to->add_option("--text", options.text_percent, say(Text::HelpTextSize));
    return {size->type_name("WxH"),
            theme->check(CLI::IsMember({"dark", "light"}).description(""))->type_name("dark|light"),
            text->check(CLI::Range(75, 300).description(""))->type_name("PERCENT")};
}

// The command line as CLI11 knows it, and what it filled in.
struct CommandLine {
    CLI::App app{say(Text::Tagline), "tcpstep"};
    LessonsOptions lessons;
    RunOptions run;
    FreeLabOptions lab;
    PlayOptions play_options;
    DecodeOptions decode;
    ExportOptions export_options;
    CheckOptions check;
    WatchOptions watch;
    CLI::App* chosen_lessons = nullptr;
    CLI::App* chosen_run = nullptr;
    CLI::App* chosen_lab = nullptr;
    CLI::App* chosen_play = nullptr;
    CLI::App* chosen_decode = nullptr;
    CLI::App* chosen_export = nullptr;
    CLI::App* chosen_check = nullptr;
    CLI::App* chosen_doctor = nullptr;
    CLI::App* chosen_watch = nullptr;

    CommandLine() {
        app.require_subcommand(0, 1);
        app.set_version_flag("--version", "tcpstep " TCPSTEP_VERSION);
        add_window_options(&app);

        chosen_play = app.add_subcommand("play", say(Text::HelpPlay));
        CLI::Option* const what =
            chosen_play->add_option("WHAT", play_options.what, say(Text::HelpPlayWhat))
                ->type_name("LESSON|FILE");
        chosen_play->add_flag("--last", play_options.last, say(Text::HelpPlayLast))->excludes(what);
        chosen_play->final_callback([what, this] {
            if (what->count() == 0 && !play_options.last) throw CLI::RequiredError("WHAT");
        });
        add_window_options(chosen_play);

        chosen_lessons = app.add_subcommand("lessons", say(Text::HelpLessons));
        chosen_lessons->add_flag("--json", lessons.json, say(Text::HelpLessonsJson));
        chosen_lessons->add_flag("--glossary", lessons.glossary, say(Text::HelpLessonsGlossary));

        chosen_run = add_run_command(app, run);
        chosen_lab = add_lab_command(app, lab);

        add_decode_command();
        chosen_watch = add_watch_command(app, watch);
        for (CLI::Option* look : add_look_options(chosen_watch, watch.look))
            look->needs(chosen_watch->get_option("--window"));
        chosen_export = add_export_command(app, export_options);

        chosen_check = app.add_subcommand("check", say(Text::HelpCheck));
        chosen_check->add_option("FILE", check.file, say(Text::HelpCheckFile))->required();

        chosen_doctor = app.add_subcommand("doctor", say(Text::HelpDoctor));
        for (CLI::App* one :
             {&app, chosen_play, chosen_lessons, chosen_run, chosen_lab, chosen_decode,
              chosen_watch, chosen_export, chosen_check, chosen_doctor}) {
            add_language_option(one);
        }
        app.footer(say(Text::HelpExamples));  // after the subcommands, which would inherit it
    }

    /// Gives the exit status.
    int carry_out() const {
        if (const CLI::Option* lost = option_before_subcommand()) {
            return complain(
                {ErrorKind::BadInput,
                 fmt::format("{} belongs to the window, not before a subcommand", lost->get_name()),
                 "tcpstep play --help shows how it is used", 0});
        }
        if (chosen_doctor->parsed())
            return run_doctor() ? 0 : exit_status(ErrorKind::MachineForbids);
        const Result<void> done =
            chosen_lessons->parsed()
                ? (lessons.glossary ? print_glossary(lessons) : list_lessons(lessons))
            : chosen_run->parsed()    ? (run.all ? run_all_lessons(run.patience) : run_lesson(run))
            : chosen_lab->parsed()    ? work_free_lab(lab)
            : chosen_decode->parsed() ? decode_capture(decode)
            : chosen_watch->parsed()  ? watch_connections(watch_options())
            : chosen_export->parsed() ? export_trace(export_options)
            : chosen_check->parsed()  ? check_trace(check)
                                      : play(window_options());
        return done ? 0 : complain(done.error());
    }

  private:
    WatchOptions watch_options() const {
        WatchOptions options = watch;
        options.look.language_given = app.count("--lang") + chosen_watch->count("--lang") > 0;
        return options;
    }
    PlayOptions window_options() const {
        PlayOptions options = play_options;
        options.language_given = app.count("--lang") + chosen_play->count("--lang") > 0;
        return options;
    }

    // `tcpstep --screenshot x.png run ...` would else take no picture and say nothing.
    const CLI::Option* option_before_subcommand() const {
        if (app.get_subcommands().empty()) return nullptr;
        for (const CLI::Option* option : app.get_options()) {
            if (option->count() > 0 && !option->check_lname("lang")) return option;
        }
        return nullptr;
    }

    void add_decode_command() {
        chosen_decode = app.add_subcommand("decode", say(Text::HelpDecode));
        chosen_decode->add_option("FILE", decode.file, say(Text::HelpDecodeFile))
            ->check(not_empty)
            ->required();
        chosen_decode->add_option("--json", decode.json, say(Text::HelpDecodeJson))
            ->transform(place_named)
            ->check(not_empty)
            ->type_name("FILE");
        chosen_decode->add_flag("--quiet", decode.quiet, say(Text::HelpDecodeQuiet));
        chosen_decode->footer(say(Text::HelpDecodeExamples));
    }

    void add_window_options(CLI::App* to) {
        to->add_option("--screenshot", play_options.screenshot, say(Text::HelpScreenshot))
            ->check(not_empty)
            ->type_name("FILE");
        add_look_options(to, play_options);
        to->add_option("--step", play_options.step, say(Text::HelpStep))
            ->check(CLI::NonNegativeNumber.description(""))
            ->type_name("N");
        to->add_option("--json", play_options.json, say(Text::HelpPlayJson))
            ->transform(place_named)
            ->check(not_empty)
            ->type_name("FILE");
        to->add_option("--seed", play_options.seed, say(Text::HelpSeed))->type_name("N");
        add_port_option(to, play_options.port);
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

int parse_and_carry_out(int argc, char** argv) {
    CommandLine line;
    try {
        line.app.parse(argc, argv);
        return line.carry_out();
    } catch (const CLI::CallForHelp&) {
        print("{}", line.app.help());
        return 0;
    } catch (const CLI::Success& success) {
        return line.app.exit(success);
    } catch (const CLI::ParseError& error) {
        return wrong_usage(error);
    } catch (const std::exception& error) {
        // Out of memory and the like; what the program foresees comes as an Error.
        return complain(
            {ErrorKind::MachineForbids, fmt::format("unexpected: {}", error.what()), "", 0});
    }
}

// A reader that has seen enough (`| head`) is no failure; a full disk is.
int with_output_written(int status) {
    const int fault = output_fault();
    if (fault == 0 || fault == EPIPE || status != 0) return status;
    return complain({ErrorKind::BadInput,
                     fmt::format("standard output: cannot be written: {}", std::strerror(fault)),
                     "choose a place that has room", fault});
}

}  // namespace

int run_program(int argc, char** argv) {
    if (argc >= 2 && std::strcmp(argv[1], lab::kLabArgument) == 0) lab::run_lab(lab::kLabChannel);
    choose_language(argc, argv);
    // Whoever writes is told by errno, and says so.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    return with_output_written(parse_and_carry_out(argc, argv));
}

}  // namespace tcpstep::cli
