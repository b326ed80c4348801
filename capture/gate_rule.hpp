#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.hpp"

namespace tcpstep::capture {

/// One try to put the rule in place that hands each segment on `lo` to us before TCP gets it.
struct RuleAttempt {
    std::string program;  ///< name of the program that was asked: "iptables"
    bool accepted = false;
    std::string answer;  ///< the first line that it printed

    bool operator==(const RuleAttempt&) const = default;
};

/// What to do where the kernel has no NFQUEUE.
inline constexpr std::string_view kQueueRemedy =
    "sudo modprobe -a xt_NFQUEUE nfnetlink_queue, or use a kernel that has them";

/// Programs that can make the rule, in the order in which they are asked: the default of Debian and
/// Ubuntu first.
inline constexpr std::array<std::string_view, 3> kRulePrograms = {"iptables", "iptables-legacy",
                                                                  "nft"};
using RulePrograms = std::span<const std::string_view>;

/// Has TCP segments that come in on `lo` queued (NFQUEUE, queue 0), IPv4 and IPv6, unless they
/// carry kGateMark. Asks those of the programs that are there until one accepts. Changes the
/// network namespace we are in: use a private one. A program that accepts one half only is asked to
/// take that back, and has not accepted. iptables-extensions(8), nft(8)
std::vector<RuleAttempt> try_gate_rules(RulePrograms programs = kRulePrograms);

/// What it means that none of them accepted, and what to do: MachineForbids. Empty: there is no
/// such program. Pure.
Error explain_rule_refusal(const std::vector<RuleAttempt>& attempts);

/// try_gate_rules(): the name of the program that accepted, or why there is no rule and what to do.
Result<std::string> install_gate_rule(RulePrograms programs = kRulePrograms);

}  // namespace tcpstep::capture
