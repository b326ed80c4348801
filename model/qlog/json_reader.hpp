#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/qlog/json_value.hpp"
#include "model/qlog/pieces.hpp"

namespace tcpstep::model::qlog {

/// Why a text is no JSON value.
struct NotJson {
    std::size_t octet = 0;  ///< where, from 1
    bool cut = false;       ///< all was well until the text ended
    std::string what;       ///< one line: "octet 12: a syntax error"
};

/// Reads one JSON value that fills `text`, in the place of what was in `document`. False, and why,
/// if it is none.
bool read_json(std::string_view text, Document& document, NotJson& why);

/// What becomes of the elements of "/traces/0/events" while a contained qlog is read.
class EventTaker {
  public:
    enum class Choice {
        OneByOne,  ///< take() gets each; the document keeps none
        Kept,      ///< they stay in the document
        Stop       ///< the reading ends: the file is refused
    };

    virtual ~EventTaker() = default;
    /// They are about to come; `so_far` is what stands before them in the file.
    virtual Choice begin(const Value& so_far) = 0;
    virtual void take(const Value& event, std::size_t index) = 0;
};

/// What became of a contained qlog.
enum class ContainedEnd { Whole, NoJson, Stopped };

/// Reads one JSON value, but for the events that `taker` takes. `why` is set where it is none.
ContainedEnd read_contained_json(const Pieces& pieces, Document& document, EventTaker& taker,
                                 NotJson& why);

}  // namespace tcpstep::model::qlog
