#include "app/cli/lab_console.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "app/cli/output.hpp"
#include "app/cli/prompt.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

using std::chrono::steady_clock;
using view::say;
using view::Text;

namespace {

// What is awaited is told by the tenth of a second.
constexpr std::int64_t kTickMs = 100;

}  // namespace

LabConsole::LabConsole(const Setting& setting)
    : with_(setting),
      connections_(setting.run.trace()),
      hand_(setting.run, connections_, setting.server) {
    if (with_.ladder == nullptr || !RawTerminal::is_there()) return;
    terminal_.emplace();
    status_.emplace();
    tell(say(Text::LabHelp));
}

LiveRun::Status LabConsole::work() {
    while (true) {
        with_.bell.silence();
        const LiveRun::Status status = with_.run.drain();
        connections_.catch_up();
        tell_news();
        const bool over = status != LiveRun::Status::Running;
        if (over || !obey_lines()) {
            if (status_) status_->clear();
            return status;
        }
        draw_prompt();
        if (!wait()) input_ended_ = true;
    }
}

void LabConsole::tell_news() {
    const std::string failures = hand_.catch_up();
    if (with_.ladder != nullptr) tell(with_.ladder->new_rows(with_.run.lab().settled()));
    tell(failures);
}

void LabConsole::tell(const std::string& text) {
    if (text.empty()) return;
    if (status_) status_->clear();
    write_text(with_.ladder != nullptr ? stdout : stderr, text);
    flush_output();
}

// One line, and on with the next command.
void LabConsole::complain(const Error& error) {
    if (terminal_) return tell(view::escaped(error.line()) + "\n");
    if (isatty(STDIN_FILENO) == 0) ++refused_;
    print_err("tcpstep: {}\n", say(Text::LabLine, line_number_, view::escaped(error.line())));
}

// What a command is about is known only once the lab has settled.
bool LabConsole::ready() const {
    return with_.run.lab().settled() && (!waits_until_ || *waits_until_ <= steady_clock::now());
}

// False once the user quits, or nothing more can come.
bool LabConsole::obey_lines() {
    while (ready() && editor_.has_line()) {
        waits_until_.reset();
        if (!obey(editor_.next_line())) return false;
    }
    return !(ready() && input_ended_ && !editor_.has_line());
}

bool LabConsole::obey(const std::string& line) {
    ++line_number_;
    if (terminal_ && !line.empty()) tell("> " + view::escaped(line) + "\n");
    const auto words = freelab::parse_words(line);
    if (!words) {
        complain(words.error());
        return true;
    }
    if (std::holds_alternative<freelab::QuitWord>(*words)) return false;
    if (const auto* word = std::get_if<freelab::WaitWord>(&*words)) {
        waits_until_ = steady_clock::now() + word->time;
        return true;
    }
    const auto told = hand_.obey(*words);
    if (told) {
        tell(*told);
    } else {
        complain(told.error());
    }
    return true;
}

void LabConsole::draw_prompt() {
    if (!status_ || !with_.run.lab().settled()) return;
    const std::string typed = "> " + view::escaped(editor_.typed());
    const std::size_t columns = std::max<std::size_t>(terminal_->columns(), 20);
    const std::size_t most = columns - 2;
    const std::string end = typed.size() > most ? typed.substr(typed.size() - most) : typed;
    constexpr std::size_t kLeastState = 12;
    std::string line = end;
    if (end.size() + kLeastState < columns) {
        line = prompt_line(connections_, false, std::chrono::system_clock::now(),
                           columns - end.size() - 1, say(Text::LabHint)) +
               " " + end;
    }
    status_->show(line);
}

// Until there is a line, the lab has something new or the clock ticks. False once no more lines can
// come.
bool LabConsole::wait() {
    std::int64_t timeout = status_ ? kTickMs : -1;
    if (waits_until_) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(*waits_until_ - steady_clock::now());
        const std::int64_t until = std::max<std::int64_t>(left.count(), 0);
        timeout = timeout < 0 ? until : std::min(until, timeout);
    }
    // A pipe is read when its next line can act.
    const bool reads = !input_ended_ && (terminal_ || !editor_.has_line());
    std::array<pollfd, 2> descriptors = {pollfd{reads ? STDIN_FILENO : -1, POLLIN, 0},
                                         pollfd{with_.bell.descriptor(), POLLIN, 0}};
    if (poll(descriptors.data(), descriptors.size(), static_cast<int>(timeout)) <= 0) return true;
    if (descriptors[0].revents == 0) return true;
    terminal_ ? read_keys() : read_pipe();
    return !input_ended_;
}

void LabConsole::read_keys() {
    const auto keys = terminal_->read_keys();
    if (keys) editor_.take(*keys);
    if (!keys || editor_.ended()) input_ended_ = true;
}

void LabConsole::read_pipe() {
    std::array<char, 4096> bytes{};
    const ssize_t size = read(STDIN_FILENO, bytes.data(), bytes.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (size <= 0) {
        input_ended_ = true;
        if (!piped_.empty()) editor_.take(piped_ + "\n");  // a last line without its end
        piped_.clear();
        return;
    }
    piped_.append(bytes.data(), static_cast<std::size_t>(size));
    const auto end = piped_.rfind('\n');
    if (end == std::string::npos) return;
    editor_.take(piped_.substr(0, end + 1));
    piped_.erase(0, end + 1);
}

}  // namespace tcpstep::cli
