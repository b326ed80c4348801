#include "app/doctor/doctor.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "app/doctor/private_probe.hpp"

namespace tcpstep::doctor {
namespace {

std::string network() {
    return std::filesystem::read_symlink("/proc/self/ns/net").string();
}

TEST(Probe, LeavesThisProcessWhereItIsAndNoChildBehind) {
    const std::string before = network();
    probe_private_network();
    EXPECT_EQ(network(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(Probe, CapturesWhereItMayEnter) {
    const PrivateNetworkFacts facts = probe_private_network();
    if (facts.entered) GTEST_SKIP() << facts.entered->line();
    EXPECT_FALSE(facts.capture) << facts.capture->line();
}

TEST(Examine, FindsTheLessonsOfThisTree) {
    bool found = false;
    for (const Finding& finding : examine()) {
        if (finding.subject != "Lessons") continue;
        found = true;
        EXPECT_EQ(finding.verdict, Verdict::Works) << finding.detail;
    }
    EXPECT_TRUE(found);
}

}  // namespace
}  // namespace tcpstep::doctor
