#pragma once

#include <cstdio>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace tcpstep::cli {

/// What a command says goes through here, and never as an exception: fmt::print() throws where it
/// cannot be written.

/// Writes on one of the standard streams. Standard output takes nothing more once it did not take
/// all: there is never a hole. What standard error does not take is lost; there is nobody to tell.
void write_text(std::FILE* stream, std::string_view text);

/// On standard output.
template <typename... Values>
void print(fmt::format_string<Values...> format, Values&&... values) {
    write_text(stdout, fmt::format(format, std::forward<Values>(values)...));
}

/// On standard error.
template <typename... Values>
void print_err(fmt::format_string<Values...> format, Values&&... values) {
    write_text(stderr, fmt::format(format, std::forward<Values>(values)...));
}

/// Hands what was printed to the kernel.
void flush_output();

/// Flushes, and gives the errno of the first write that failed; 0: all was written.
int output_fault();

}  // namespace tcpstep::cli
