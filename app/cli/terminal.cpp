#include "app/cli/terminal.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "app/cli/output.hpp"
#include "app/view/columns.hpp"

namespace tcpstep::cli {

namespace {

constexpr char kEscape = '\x1b';

// Without escape sequences (ECMA-48 5.3, 5.4): ESC [ up to a letter or sign, ESC O and one more,
// ESC and one more.
std::string without_escapes(std::string_view keys) {
    std::string plain;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i] != kEscape) {
            plain += keys[i];
            continue;
        }
        const char kind = ++i < keys.size() ? keys[i] : '\0';
        if (kind == 'O') ++i;
        if (kind != '[') continue;
        do {
            ++i;
        } while (i < keys.size() && (keys[i] < '@' || keys[i] > '~'));
    }
    return plain;
}

// After these the program is over before any destructor could run.
constexpr int kFatal[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};

// A signal handler can reach nothing but statics; tcsetattr is async-signal-safe,
// signal-safety(7).
termios before{};
termios raw{};

void on_suspend(int) {
    const int saved = errno;
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    raise(SIGSTOP);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);  // the shell has put us into the foreground again
    errno = saved;
}

void on_fatal(int signal) {
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::signal(signal, SIG_DFL);
    raise(signal);
}

}  // namespace

bool RawTerminal::is_there() {
    return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
}

RawTerminal::RawTerminal() {
    tcgetattr(STDIN_FILENO, &before);
    raw = before;
    // Signals (Ctrl-C) and the output's line ends stay as they are.
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    for (const int signal : kFatal) std::signal(signal, on_fatal);
    std::signal(SIGTSTP, on_suspend);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

RawTerminal::~RawTerminal() {
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::signal(SIGTSTP, SIG_DFL);
    for (const int signal : kFatal) std::signal(signal, SIG_DFL);
}

std::optional<std::string> RawTerminal::read_keys() {
    std::array<char, 256> bytes{};
    const ssize_t size = read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) return "";
    if (size <= 0) return std::nullopt;
    // An escape sequence comes in one piece; its letters are no keys of ours.
    return without_escapes({bytes.data(), static_cast<std::size_t>(size)});
}

std::size_t output_columns() {
    winsize size{};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

StatusLine::StatusLine() {
    const char* terminal = std::getenv("TERM");
    erases_ = terminal != nullptr && std::string_view(terminal) != "dumb";
    const char* no_color = std::getenv("NO_COLOR");  // no-color.org: set, and not empty
    emphasis_ = erases_ && (no_color == nullptr || *no_color == '\0');
}

void StatusLine::show(const std::string& text) {
    if (text != shown_) draw(text);
}

void StatusLine::clear() {
    if (shown_.empty()) return;
    draw("");
    print("\r");
}

void StatusLine::draw(const std::string& text) {
    std::string line = emphasis_ && !text.empty() ? "\x1b[1m" + text + "\x1b[0m" : text;
    if (erases_) {
        line += "\x1b[K";
    } else if (view::columns(text) < view::columns(shown_)) {
        line.append(view::columns(shown_) - view::columns(text), ' ');
    }
    print("\r{}", line);
    flush_output();
    shown_ = text;
}

}  // namespace tcpstep::cli
