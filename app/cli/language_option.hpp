#pragma once

namespace CLI {
class App;
}

namespace tcpstep::cli {

/// Sets the program's language: what `--lang` says, else the locale's. Before the command line is
/// taken apart, for its help is in that language too; a wrong value is told then.
void choose_language(int argc, const char* const* argv);

/// `--lang en|zh`
void add_language_option(CLI::App* to);

}  // namespace tcpstep::cli
