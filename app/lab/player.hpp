#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "app/lab/hands.hpp"
#include "app/lab/stage.hpp"

namespace tcpstep::lab {

/// The connections behind the descriptors of a process. A socket that was reset is not connected
/// any more, but its calls are still about its connection.
class Connected {
  public:
    std::optional<SocketEnds> ends(const lesson::Step& step, const Descriptors& descriptors,
                                   Hands& hands);
    /// `copy` is the same socket as the step's: dup().
    void duplicated(const lesson::Step& step, const Descriptors& descriptors, int copy);

  private:
    std::map<int, SocketEnds> known_;
};

/// One process of an actor while it plays: makes the calls of steps, and tells the inbox of them.
class Player {
  public:
    Player(model::Role role, Stage& stage, std::unique_ptr<Hands> hands);
    /// One of two clients: in the trace their sockets are told apart by the argument "client" of
    /// socket(), which no kernel knows, and which only the second's has.
    void be_second_client() { second_client_ = true; }

    /// Makes the step's call, whatever it is. `begun` is called once it is entered.
    CallResult make(const lesson::Step& step, const std::function<void()>& begun);

    model::Role role() const { return role_; }
    Stage& stage() { return stage_; }
    /// "server"; "server's child 4711".
    std::string who() const;

  private:
    CallResult call(const lesson::Step& step);
    CallResult fork(const lesson::Step& step);
    CallResult wait_for_child(const lesson::Step& step);

    struct Birth;
    static void live(const std::shared_ptr<Birth>& birth);

    model::Role role_;
    bool second_client_ = false;
    Stage& stage_;
    std::unique_ptr<Hands> hands_;
    Descriptors descriptors_;
    std::set<int> open_;  // of those
    Connected connected_;
    std::map<std::string, pid_t> children_;  // by the lesson's names
    std::function<void()> go_;               // lets a child begin whose birth is told
};

}  // namespace tcpstep::lab
