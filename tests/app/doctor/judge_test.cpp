#include "app/doctor/judge.hpp"

#include <cerrno>
#include <functional>

#include <gtest/gtest.h>

#include "capture/gate_rule.hpp"
#include "capture/namespace_refusal.hpp"

namespace tcpstep::doctor {
namespace {

using capture::NamespaceStep;

constexpr const char* kProgram = "/home/ada/tcpstep/build/tcpstep";

/// A machine on which everything works.
MachineFacts sound_machine() {
    MachineFacts facts;
    facts.program = kProgram;
    facts.kernel = "6.1.0-18-amd64";
    facts.private_network.gate_program = "iptables";
    facts.lessons = 2;
    facts.lessons_folder = "/home/ada/tcpstep/assets";
    facts.display = {":0", true};
    return facts;
}

Finding finding(const MachineFacts& facts, const std::string& subject) {
    for (const Finding& each : judge(facts)) {
        if (each.subject == subject) return each;
    }
    ADD_FAILURE() << "nothing is said of " << subject;
    return {};
}

/// A system that refuses the private network at `step`.
MachineFacts refusing(NamespaceStep step, int os_errno, const capture::NamespaceFacts& why) {
    MachineFacts facts = sound_machine();
    facts.private_network = {capture::explain_refusal(step, os_errno, why), {}, {}, {}};
    facts.host_capture =
        Error{ErrorKind::MachineForbids, "capture on lo: no permission", "", EPERM};
    return facts;
}

Error forbidden(const char* what, int os_errno = EPERM) {
    return {ErrorKind::MachineForbids, what, "run tcpstep doctor", os_errno};
}

TEST(Judge, FindsNothingToDoWhereEverythingWorks) {
    for (const Finding& each : judge(sound_machine())) {
        EXPECT_EQ(each.verdict, Verdict::Works) << each.subject;
        EXPECT_NE(each.detail, "") << each.subject;
        EXPECT_EQ(each.remedy, "") << each.subject;
    }
    EXPECT_TRUE(can_run_lessons(judge(sound_machine())));
}

TEST(Judge, WithoutNamespacesLessonsRunWhereTheHostsLoopbackMayBeCaptured) {
    capture::NamespaceFacts none_allowed;
    none_allowed.max_user_namespaces = 0;
    MachineFacts facts = refusing(NamespaceStep::Unshare, ENOSPC, none_allowed);
    facts.host_capture.reset();
    EXPECT_EQ(finding(facts, "Private network").verdict, Verdict::Limited);
    EXPECT_NE(finding(facts, "Private network").detail.find("host's loopback"), std::string::npos);
    EXPECT_NE(finding(facts, "Private network").remedy, "");
    EXPECT_TRUE(can_run_lessons(judge(facts)));
}

TEST(Judge, NamesTheRemedyOfASystemThatForbidsNamespaces) {
    capture::NamespaceFacts ubuntu;
    ubuntu.program = kProgram;
    ubuntu.apparmor_restrict_unprivileged_userns = 1;
    capture::NamespaceFacts none_allowed;
    none_allowed.max_user_namespaces = 0;

    const MachineFacts restricted = refusing(NamespaceStep::MapIds, EPERM, ubuntu);
    EXPECT_NE(finding(restricted, "Private network").remedy.find("apparmor"), std::string::npos);
    EXPECT_NE(finding(restricted, "Private network").remedy.find(kProgram), std::string::npos);

    const MachineFacts no_room = refusing(NamespaceStep::Unshare, ENOSPC, none_allowed);
    EXPECT_NE(finding(no_room, "Private network").remedy.find("user.max_user_namespaces"),
              std::string::npos);

    for (const MachineFacts& facts : {restricted, no_room}) {
        EXPECT_EQ(finding(facts, "Private network").verdict, Verdict::Missing);
        EXPECT_EQ(finding(facts, "Capture in it").verdict, Verdict::Missing);
        EXPECT_EQ(finding(facts, "Capture in it").remedy, "");
        EXPECT_EQ(finding(facts, "Holding segments").detail,
                  "not tried: there is no private network");
        EXPECT_FALSE(can_run_lessons(judge(facts)));
    }
}

TEST(Judge, TellsWhatIsLackingAndWhetherLessonsRunWithoutIt) {
    struct Case {
        const char* story;
        std::function<void(MachineFacts&)> change;
        const char* subject;
        Verdict verdict;
        const char* detail;
        const char* remedy;
        bool lessons_run;
    };
    const Case cases[] = {
        {"no packet sockets",
         [](auto& f) { f.private_network.capture = forbidden("no AF_PACKET"); }, "Capture in it",
         Verdict::Missing, "no AF_PACKET", "CONFIG_PACKET", false},
        {"moved away from its assets",
         [](auto& f) { f.lessons = tl::unexpected(forbidden("none")); }, "Lessons",
         Verdict::Missing, "none", "run tcpstep doctor", false},
        {"no iptables", [](auto& f) { f.private_network.gate = capture::explain_rule_refusal({}); },
         "Holding segments", Verdict::Limited, "neither iptables nor nft",
         "install the package iptables", true},
        {"a kernel without NFQUEUE",
         [](auto& f) {
             f.private_network.gate = capture::explain_rule_refusal(
                 {{"iptables", false, "No chain/target/match by that name."},
                  {"nft", false, "Error"}});
         },
         "Holding segments", Verdict::Limited, "iptables refused (No chain/target", "modprobe",
         true},
        {"only nft can", [](auto& f) { f.private_network.gate_program = "nft"; },
         "Holding segments", Verdict::Works, "by nft", "", true},
        {"a terminal only", [](auto& f) { f.display = {}; }, "Display", Verdict::Limited, "none",
         "ssh -X", true},
        {"a display that is gone",
         [](auto& f) {
             f.display = {":7", false};
         },
         "Display", Verdict::Limited, "nobody answers at :7", "DISPLAY", true},
        {"no fonts",
         [](auto& f) {
             f.absent_fonts = {"Inter", "Mono"};
         },
         "Fonts", Verdict::Limited, "no Inter, Mono", "demo.sh", true},
        {"an ordinary user", [](auto& f) { f.host_capture = forbidden("no permission"); },
         "Capture on host", Verdict::Limited, "(no permission)",
         "sudo setcap cap_net_raw+ep /home/ada/tcpstep/build/tcpstep", true},
        {"lo is down", [](auto& f) { f.host_capture = forbidden("lo is down", ENETDOWN); },
         "Capture on host", Verdict::Limited, "(lo is down)", "run tcpstep doctor", true},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.story);
        MachineFacts facts = sound_machine();
        c.change(facts);
        const Finding found = finding(facts, c.subject);
        EXPECT_EQ(found.verdict, c.verdict);
        EXPECT_NE(found.detail.find(c.detail), std::string::npos) << found.detail;
        EXPECT_NE(found.remedy.find(c.remedy), std::string::npos) << found.remedy;
        EXPECT_EQ(found.remedy.empty(), std::string(c.remedy).empty());
        EXPECT_EQ(can_run_lessons(judge(facts)), c.lessons_run);
    }
}

}  // namespace
}  // namespace tcpstep::doctor
