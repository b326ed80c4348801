#pragma once

#include <cstddef>
#include <string>

#include "app/lesson/glossary.hpp"

namespace tcpstep::cli {

/// The glossary as a table of at most `columns` columns (60 at least): how each call is written in
/// POSIX, Winsock and Go side by side, and below them what it moves, what it sends, the section of
/// RFC 9293, and what it does.
std::string glossary_table(const lesson::Glossary& glossary, std::size_t columns);

}  // namespace tcpstep::cli
