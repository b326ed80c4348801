#include "capture/gate_rule.hpp"

#include <cerrno>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/gate_mark.hpp"
#include "capture/run_program.hpp"

namespace tcpstep::capture {

namespace {

using Words = std::vector<std::string>;

// A command that adds the rule for one family, or for both, and the one that takes it back.
struct Half {
    Words add;
    Words take_back;
};

Half tables_half(const std::string& program) {
    // Another lab may hold the lock for a moment. iptables(8)
    Half half{{program, "-w", "5", "-A"}, {program, "-w", "5", "-D"}};
    for (Words* words : {&half.add, &half.take_back}) {
        const Words rule = {"INPUT", "-i",      "lo",          "-p",     "tcp",
                            "-m",    "mark",    "!",           "--mark", std::to_string(kGateMark),
                            "-j",    "NFQUEUE", "--queue-num", "0"};
        words->insert(words->end(), rule.begin(), rule.end());
    }
    return half;
}

// A table of ours, for both families; nft carries out all of it or nothing.
Half nft_rule() {
    return {{"nft", fmt::format("add table inet tcpstep; add chain inet tcpstep gate "
                                "{{ type filter hook input priority 0; }}; add rule inet tcpstep "
                                "gate iifname lo meta l4proto tcp meta mark != {} queue num 0",
                                kGateMark)},
            {}};
}

bool kernel_has_ipv6() {
    const int any = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (any < 0) return errno != EAFNOSUPPORT;
    ::close(any);
    return true;
}

std::vector<Half> halves_of(const std::string& program) {
    if (program == "nft") return {nft_rule()};
    std::vector<Half> halves{tables_half(program)};
    // "ip6tables-legacy" to "iptables-legacy".
    if (kernel_has_ipv6()) halves.push_back(tables_half("ip6" + program.substr(2)));
    return halves;
}

ProgramEnd run(const Words& words) {
    const std::string path = find_program(words.front());
    if (path.empty()) return {false, words.front() + " is not there"};
    // iptables-legacy's lock file belongs to the host's root, and cannot be opened by us.
    return run_program(path, words, {"XTABLES_LOCKFILE=/dev/null"});
}

// Half a gate would let the other family's segments pass unseen: all of it, or nothing.
RuleAttempt attempt(const std::string& program, const std::vector<Half>& halves) {
    for (auto half = halves.begin(); half != halves.end(); ++half) {
        ProgramEnd end = run(half->add);
        if (end.succeeded) continue;
        for (auto done = halves.begin(); done != half; ++done) run(done->take_back);
        return {program, false, std::move(end.answer)};
    }
    return {program, true, {}};
}

}  // namespace

std::vector<RuleAttempt> try_gate_rules(RulePrograms programs) {
    std::vector<RuleAttempt> attempts;
    for (const std::string_view program : programs) {
        const std::string name(program);
        if (find_program(name).empty()) continue;
        attempts.push_back(attempt(name, halves_of(name)));
        if (attempts.back().accepted) break;
    }
    return attempts;
}

Error explain_rule_refusal(const std::vector<RuleAttempt>& attempts) {
    if (attempts.empty()) {
        return {ErrorKind::MachineForbids, "holding segments: neither iptables nor nft here",
                "install the package iptables"};
    }
    const RuleAttempt& first = attempts.front();
    return {ErrorKind::MachineForbids,
            fmt::format("holding segments: {} refused ({})", first.program, first.answer),
            std::string(kQueueRemedy)};
}

Result<std::string> install_gate_rule(RulePrograms programs) {
    const std::vector<RuleAttempt> attempts = try_gate_rules(programs);
    if (!attempts.empty() && attempts.back().accepted) return attempts.back().program;
    return tl::unexpected(explain_rule_refusal(attempts));
}

}  // namespace tcpstep::capture
