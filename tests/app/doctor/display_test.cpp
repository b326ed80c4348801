#include "app/doctor/display.hpp"

#include <cstring>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tcpstep::doctor {
namespace {

/// Somebody who listens at a socket in a folder of its own.
class Listener {
  public:
    Listener() {
        char name[] = "/tmp/tcpstep-display-XXXXXX";
        folder_ = ::mkdtemp(name);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strcpy(address.sun_path, path().c_str());
        EXPECT_EQ(::bind(file_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        EXPECT_EQ(::listen(file_, 1), 0);
    }
    ~Listener() {
        ::close(file_);
        std::filesystem::remove_all(folder_);
    }
    std::string folder() const { return folder_; }
    std::string path() const { return folder_ + "/wayland-9"; }

  private:
    int file_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::string folder_;
};

TEST(FindDisplay, TakesTheOneThatAnswersAndBelievesAnotherHost) {
    const Listener compositor;
    struct Case {
        DisplayVariables variables;
        Display found;
    };
    const Case cases[] = {
        {{"", "", ""}, {"", false}},
        {{"", "wayland-9", compositor.folder()}, {"wayland-9", true}},
        {{"", compositor.path(), ""}, {compositor.path(), true}},
        {{"", "wayland-8", compositor.folder()}, {"wayland-8", false}},
        {{":54321", "", ""}, {":54321", false}},
        {{":54321.0", "wayland-9", compositor.folder()}, {"wayland-9", true}},
        {{":54321", "wayland-8", compositor.folder()}, {":54321", false}},
        {{"localhost:10.0", "", ""}, {"localhost:10.0", true}},
        {{"nonsense", "", ""}, {"nonsense", false}},
        {{"", std::string(200, 'x'), "/tmp"}, {std::string(200, 'x'), false}},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.variables.display + " " + c.variables.wayland_display);
        const Display found = find_display(c.variables);
        EXPECT_EQ(found.name, c.found.name);
        EXPECT_EQ(found.answers, c.found.answers);
    }
}

}  // namespace
}  // namespace tcpstep::doctor
