#include "capture/namespace_refusal.hpp"

#include <cerrno>
#include <cstring>

#include <gtest/gtest.h>

namespace tcpstep::capture {
namespace {

// What such systems answer, as an ordinary user.

NamespaceFacts debian_12() {
    NamespaceFacts facts;
    facts.program = "/home/ada/tcpstep/build/tcpstep";
    facts.max_user_namespaces = 63000;
    facts.max_net_namespaces = 63000;
    return facts;
}

NamespaceFacts ubuntu_24_04() {
    NamespaceFacts facts = debian_12();
    facts.unprivileged_userns_clone = 1;
    facts.apparmor_restrict_unprivileged_userns = 1;
    return facts;
}

template <class Change>
NamespaceFacts but(NamespaceFacts facts, Change change) {
    change(facts);
    return facts;
}

const char* const kUbuntuWhy =
    "Ubuntu restricts user namespaces to programs with an AppArmor profile";
const char* const kUbuntuRemedy =
    "echo 'abi <abi/4.0>, include <tunables/global> profile tcpstep "
    "\"/home/ada/tcpstep/build/tcpstep\" flags=(unconfined) { userns, }' | "
    "sudo tee /etc/apparmor.d/tcpstep && sudo apparmor_parser -r /etc/apparmor.d/tcpstep";

TEST(NamespaceRefusal, SaysWhyAndWhatToDo) {
    using Step = NamespaceStep;
    struct Row {
        const char* system;
        Step step;
        int os_errno;
        NamespaceFacts facts;
        std::string why;
        std::string remedy;
    };
    const Row kRows[] = {
        {"Ubuntu 24.04: setgroups cannot be opened", Step::MapIds, EACCES, ubuntu_24_04(),
         kUbuntuWhy, kUbuntuRemedy},
        {"Ubuntu 24.04: uid_map cannot be written", Step::MapIds, EPERM, ubuntu_24_04(), kUbuntuWhy,
         kUbuntuRemedy},
        {"Ubuntu 24.04: no CAP_NET_ADMIN for lo", Step::LoopbackUp, EPERM, ubuntu_24_04(),
         kUbuntuWhy, kUbuntuRemedy},
        {"Ubuntu 23.10: unshare itself is refused", Step::Unshare, EACCES, ubuntu_24_04(),
         kUbuntuWhy, kUbuntuRemedy},
        {"container on Ubuntu 24.04", Step::Unshare, EPERM,
         but(ubuntu_24_04(), [](auto& f) { f.seccomp_filter = true; }),
         "a seccomp filter forbids user namespaces, as containers have it",
         "run it outside the container, or start the container with "
         "--security-opt seccomp=unconfined"},
        {"Debian 10", Step::Unshare, EPERM,
         but(debian_12(), [](auto& f) { f.unprivileged_userns_clone = 0; }),
         "kernel.unprivileged_userns_clone is 0", "sudo sysctl kernel.unprivileged_userns_clone=1"},
        {"no user namespaces", Step::Unshare, ENOSPC,
         but(debian_12(), [](auto& f) { f.max_user_namespaces = 0; }),
         "user.max_user_namespaces is 0", "sudo sysctl user.max_user_namespaces=15000"},
        {"no network namespaces", Step::Unshare, ENOSPC,
         but(debian_12(), [](auto& f) { f.max_net_namespaces = 0; }),
         "user.max_net_namespaces is 0", "sudo sysctl user.max_net_namespaces=15000"},
        {"too many", Step::Unshare, ENOSPC, debian_12(),
         "there are as many namespaces as this system allows, or 32 inside each other",
         "end programs that use namespaces, or raise user.max_user_namespaces and "
         "user.max_net_namespaces with sysctl"},
        {"a thread was started before", Step::Unshare, EINVAL,
         but(debian_12(), [](auto& f) { f.threads = 3; }),
         "a bug of tcpstep: it has 3 threads, and this must come before the second", "report it"},
        {"kernel without CONFIG_USER_NS", Step::Unshare, EINVAL,
         but(debian_12(), [](auto& f) { f.kernel_has_user_namespaces = false; }),
         "this kernel has no user namespaces", "use a kernel with CONFIG_USER_NS"},
        {"kernel without CONFIG_NET_NS", Step::Unshare, EINVAL,
         but(debian_12(), [](auto& f) { f.kernel_has_net_namespaces = false; }),
         "this kernel has no network namespaces", "use a kernel with CONFIG_NET_NS"},
        {"chroot", Step::Unshare, EPERM, debian_12(),
         "user namespaces are forbidden here, as in a chroot", "run it outside the chroot"},
        {"another security module", Step::MapIds, EPERM, debian_12(),
         "a security module takes away what a user namespace grants",
         "see `sudo dmesg` for what was denied"},
        {"Ubuntu with the restriction switched off", Step::MapIds, EPERM,
         but(ubuntu_24_04(), [](auto& f) { f.apparmor_restrict_unprivileged_userns = 0; }),
         "a security module takes away what a user namespace grants",
         "see `sudo dmesg` for what was denied"},
    };
    for (const Row& row : kRows) {
        const Error error = explain_refusal(row.step, row.os_errno, row.facts);
        EXPECT_EQ(error.kind, ErrorKind::MachineForbids) << row.system;
        EXPECT_EQ(error.os_errno, row.os_errno) << row.system;
        EXPECT_EQ(error.what.rfind("private network: " + row.why + " (", 0), 0U)
            << row.system << ": " << error.what;
        EXPECT_NE(error.what.find(std::strerror(row.os_errno)), std::string::npos) << error.what;
        EXPECT_EQ(error.remedy, row.remedy) << row.system;
        EXPECT_EQ(error.line().find('\n'), std::string::npos) << row.system;
    }
}

TEST(NamespaceRefusal, NamesTheStepIfItKnowsNoMore) {
    EXPECT_EQ(explain_refusal(NamespaceStep::LoopbackUp, ENODEV, debian_12()).line(),
              "private network: bringing lo up: No such device - run tcpstep doctor");
}

TEST(NamespaceFacts, AreThoseOfThisProcess) {
    const NamespaceFacts facts = read_namespace_facts();
    EXPECT_EQ(facts.threads, 1);
    EXPECT_NE(facts.program.find("capture_test"), std::string::npos) << facts.program;
}

TEST(AppArmorProfile, QuotesThePath) {
    EXPECT_EQ(apparmor_profile("/opt/my tools/[1]*\"x\"/tcpstep"),
              "abi <abi/4.0>, include <tunables/global> profile tcpstep "
              R"("/opt/my tools/\[1\]\*\"x\"/tcpstep" flags=(unconfined) { userns, })");
}

}  // namespace
}  // namespace tcpstep::capture
