#pragma once

#include <functional>
#include <string>

#include <gtest/gtest.h>

namespace tcpstep::capture {

/// A test that runs in a private network, which the process enters before the first of them.
/// Skipped with the reason if this machine does not allow it; in CI (CI=true) it fails then.
class InPrivateNetwork : public ::testing::Test {
  protected:
    void SetUp() override;
};

/// A test that changes its network: each has a private one of its own, where nothing has happened.
class InFreshNetwork : public InPrivateNetwork {
  protected:
    void SetUp() override;
    void TearDown() override;

  private:
    int before_ = -1;  // the network of the other tests
};

/// Runs `body` in a child process and returns what it returned: for what cannot be undone.
std::string in_child(const std::function<std::string()>& body);

/// Takes all capabilities from this process: in a child.
void drop_capabilities();

}  // namespace tcpstep::capture
