#include "capture/gate_rule.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "capture/run_program.hpp"
#include "tests/capture/gated.hpp"
#include "tests/capture/in_private_network.hpp"

namespace tcpstep::capture {
namespace {

class GateRule : public InFreshNetwork {};
class GateRuleOfProgram : public InFreshNetwork,
                          public ::testing::WithParamInterface<std::string_view> {};

INSTANTIATE_TEST_SUITE_P(Each, GateRuleOfProgram, ::testing::ValuesIn(kRulePrograms),
                         [](const auto& param) {
                             std::string name(param.param);
                             for (char& c : name) c = c == '-' ? '_' : c;
                             return name;
                         });

// Where a rule is and nobody takes from its queue, they are lost.
bool segments_pass() {
    const Socket listener = listen_on(Family::V4);
    const Socket client = begin_connect_to(listener.local());
    return eventually([&] { return can_accept(listener); });
}

TEST_P(GateRuleOfProgram, HoldsSegmentsOfBothFamiliesOrSaysWhyNot) {
    const std::array only{GetParam()};
    const std::string program(GetParam());
    const std::vector<RuleAttempt> attempts = try_gate_rules(only);
    if (find_program(program).empty()) {
        EXPECT_TRUE(attempts.empty());
        return;
    }
    ASSERT_EQ(attempts.size(), 1U);
    EXPECT_EQ(attempts[0].program, program);
    if (!attempts[0].accepted) {
        EXPECT_NE(attempts[0].answer, "");
        EXPECT_EQ(attempts[0].answer.find("lock"), std::string::npos) << attempts[0].answer;
        EXPECT_TRUE(segments_pass()) << "nothing of it is left";
        return;
    }
    Gated gated(only);
    EXPECT_EQ(gated.gate.rule_program(), program);
    const GatedConnection v4 = connect_through(gated, Family::V4);
    EXPECT_EQ(states(v4), "ESTABLISHED, ESTABLISHED");
    const GatedConnection v6 = connect_through(gated, Family::V6);
    EXPECT_EQ(states(v6), "ESTABLISHED, ESTABLISHED");
}

TEST_F(GateRule, IsMadeByTheFirstProgramThatCan) {
    const std::vector<RuleAttempt> attempts = try_gate_rules();
    ASSERT_FALSE(attempts.empty());
    for (std::size_t i = 0; i + 1 < attempts.size(); ++i) EXPECT_FALSE(attempts[i].accepted);
    EXPECT_TRUE(attempts.back().accepted) << attempts.back().answer;
}

/// A folder in PATH, before all others, with programs of ours.
class Programs {
  public:
    Programs() {
        char name[] = "/tmp/tcpstep-programs-XXXXXX";
        folder_ = ::mkdtemp(name);
        ::setenv("PATH", (folder_.string() + ":" + before_).c_str(), 1);
    }
    ~Programs() {
        ::setenv("PATH", before_.c_str(), 1);
        std::filesystem::remove_all(folder_);
    }
    void add(const std::string& name, const std::string& script) const {
        std::ofstream(folder_ / name) << "#!/bin/sh\n" << script << "\n";
        std::filesystem::permissions(folder_ / name, std::filesystem::perms::owner_all);
    }

  private:
    std::string before_ = std::getenv("PATH");
    std::filesystem::path folder_;
};

TEST_F(GateRule, IsAllOrNothing) {
    const std::array only{std::string_view("iptables")};
    ASSERT_NE(find_program("iptables"), "") << "install the package iptables";
    {
        const Programs programs;
        programs.add("ip6tables", "echo 'ip6tables: it has no such table' >&2; exit 1");
        const std::vector<RuleAttempt> kRefused = {
            {"iptables", false, "ip6tables: it has no such table"}};
        EXPECT_EQ(try_gate_rules(only), kRefused);
        const auto installed = install_gate_rule(only);
        ASSERT_FALSE(installed);
        EXPECT_EQ(installed.error(), explain_rule_refusal(kRefused));
    }
    EXPECT_TRUE(segments_pass()) << "the half for IPv4 is gone again";
}

TEST(GateRuleRefusal, NamesTheRemedy) {
    EXPECT_EQ(explain_rule_refusal({}).line(),
              "holding segments: neither iptables nor nft here - install the package iptables");
    EXPECT_EQ(explain_rule_refusal({{"iptables", false, "No chain/target/match by that name."},
                                    {"nft", false, "Error"}})
                  .line(),
              "holding segments: iptables refused (No chain/target/match by that name.) - sudo "
              "modprobe -a xt_NFQUEUE nfnetlink_queue, or use a kernel that has them");
}

}  // namespace
}  // namespace tcpstep::capture
