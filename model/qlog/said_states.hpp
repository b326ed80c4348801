#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/qlog/states_of_trace.hpp"
#include "model/trace.hpp"

namespace tcpstep::model::qlog {

/// The inferred states that a file tells, packed: a capture of a million segments has some hundred
/// thousand of them, and they wait until all facts are there. What is for a person is not kept.
class SaidStates {
  public:
    struct Said {
        std::size_t after = 0;  ///< so many facts
        std::size_t place = 0;  ///< which event of the file it is
        Time time;
        std::optional<ConnectionId> group;
        std::optional<InferredChange> change;  ///< nothing: it could not be read
    };

    /// The next one. `told.connection` is its group's, if the trace has it.
    void add(std::size_t after, std::size_t place, Time time,
             const std::optional<ConnectionId>& group, const InferredChange& told);
    /// One that could not be read.
    void add_unread(std::size_t after, std::size_t place);

    std::size_t size() const { return packed_.size(); }
    std::size_t after(std::size_t index) const { return packed_[index].after; }
    std::optional<ConnectionIndex> connection(std::size_t index) const;
    Said at(std::size_t index, const Trace& trace) const;

  private:
    static constexpr std::uint32_t kNone = 0xffffffff;
    enum class About : std::uint8_t { Nothing, Segment, Call, Text };
    struct Packed {
        Time time;
        std::uint32_t after = 0;
        std::uint32_t place = 0;
        std::uint32_t connection = kNone;
        std::uint32_t number = 0;  // of the segment or call; the text's
        std::uint32_t rfc = 0;     // the text's
        std::uint32_t event = 0;   // likewise
        About about = About::Nothing;
        Role endpoint = Role::Client;
        State from = State::Unknown;
        State to = State::Unknown;
        bool assumed = false;
        bool read = false;
    };

    std::uint32_t number_of(std::string_view text);

    std::vector<Packed> packed_;
    std::unordered_map<std::size_t, ConnectionId> stray_;  // groups that the trace has not
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<const std::string*> texts_;  // the keys of numbers_
};

}  // namespace tcpstep::model::qlog
