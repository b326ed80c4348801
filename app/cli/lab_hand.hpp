#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/cli/connections_now.hpp"
#include "app/cli/live_run.hpp"
#include "app/freelab/notebook.hpp"
#include "app/freelab/words.hpp"
#include "model/address.hpp"

namespace tcpstep::cli {

/// The lesson file that is meant by that name: with ".json", if it has no ending. BadInput if it
/// has one by which `tcpstep run` would not know a lesson.
Result<std::string> lesson_file_name(const std::string& wanted);

/// What the commands of `tcpstep lab` do: calls go to the actors, and what becomes of segments to
/// the gate.
class LabHand {
  public:
    /// All must outlive this.
    LabHand(LiveRun& run, const ConnectionsNow& connections, const model::SocketAddress& server)
        : run_(run), connections_(connections), server_(server) {}

    /// Once the lab has settled. Gives what to tell the user; an error is a command that cannot be
    /// carried out. Wait and Quit are not for this hand.
    Result<std::string> obey(const freelab::Words& words);

    /// Takes in what has come; gives a line for each call that has failed since, with what its
    /// errno means.
    std::string catch_up();

    /// Writes what was done as a lesson file: lesson_file_name(). Gives what to tell the user.
    Result<std::string> save(const std::string& wanted) const;

  private:
    Result<std::string> make(const freelab::Wish& wish);
    Result<std::string> act(const freelab::GateWord& word);
    Result<std::string> hold(const freelab::HoldWord& word);
    std::string calls() const;
    std::optional<ConnectionsNow::Stop> held(const std::optional<std::string>& name) const;

    LiveRun& run_;
    const ConnectionsNow& connections_;
    model::SocketAddress server_;
    freelab::Notebook notebook_;
    std::size_t told_ = 0;  // events of the trace whose failures were told
};

}  // namespace tcpstep::cli
