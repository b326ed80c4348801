#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/local_text.hpp"
#include "model/result.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::lesson {

/// One socket call in POSIX, Winsock and Go, and what it does to the state.
struct GlossaryEntry {
    struct Move {
        model::State from = model::State::Closed;
        model::State to = model::State::Closed;
        bool operator==(const Move&) const = default;
    };

    std::string id;
    // How it is written in each; "" where there is no such call.
    std::string posix, winsock, go;
    std::vector<Move> moves;  ///< of the end that calls, by the call itself
    std::string sends;        ///< the segment that it makes the kernel send, by its flags; or ""
    std::string rfc;          ///< section of RFC 9293, or ""
    LocalText does;           ///< what it does
};

using Glossary = std::vector<GlossaryEntry>;

/// Reads a glossary file (assets/schema/tcpstep-glossary.schema.json). BadInput, one line with the
/// file's name, the place and the reason, if it is not one.
Result<Glossary> parse_glossary(std::string_view json, const std::string& file_name);

/// Reads the shipped one, glossary.json in assets_folder().
Result<Glossary> load_glossary();

}  // namespace tcpstep::lesson
