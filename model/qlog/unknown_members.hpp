#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/qlog/json_value.hpp"
#include "model/unknown_member.hpp"

namespace tcpstep::model::qlog {

/// The members within `record` that nobody has asked for since it was read, but for those within
/// `whole`, which is kept as it is; in the order of their objects and names. Of two with the same
/// name only the last counts.
std::vector<UnknownMember> unknown_members(const Value& record, const Value* whole = nullptr);

/// `record`, JSON text of ours, with `members` at the end of the objects that they belong to. One
/// whose object is not there is left out, and so is one whose name is in use.
std::string with_unknown(std::string_view record, const std::vector<UnknownMember>& members);

}  // namespace tcpstep::model::qlog
