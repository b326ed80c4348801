#include "app/cli/output.hpp"

#include <cerrno>

namespace tcpstep::cli {

namespace {

// There is one standard output, and one reason why it takes nothing more.
int first_fault = 0;

void note_fault() {
    if (first_fault == 0) first_fault = errno != 0 ? errno : EIO;
}

}  // namespace

void write_text(std::FILE* stream, std::string_view text) {
    if (stream == stdout && first_fault != 0) return;
    errno = 0;
    if (std::fwrite(text.data(), 1, text.size(), stream) == text.size()) return;
    if (stream == stdout) note_fault();
}

void flush_output() {
    errno = 0;
    if (std::fflush(stdout) != 0) note_fault();
}

int output_fault() {
    flush_output();
    errno = 0;
    if (std::ferror(stdout) != 0) note_fault();
    return first_fault;
}

}  // namespace tcpstep::cli
