#include "app/lab/wire.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

TEST(Wire, ACommandArrivesAsItWasSent) {
    RunCommand command;
    command.lesson = "{\n  \"id\": \"x\"\n}";
    command.port = 65535;
    command.network = Network::Host;
    command.by_hand = true;
    const std::string line = to_line(command);
    EXPECT_EQ(line.find('\n'), line.size() - 1) << "one line";
    const auto read = parse_command(line);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->lesson, command.lesson);
    EXPECT_EQ(read->port, command.port);
    EXPECT_EQ(read->network, command.network);
    EXPECT_TRUE(read->by_hand);
    EXPECT_EQ(read->gated, std::nullopt);
    EXPECT_TRUE(read->automatic);

    for (Hold what : {Hold::Every, Hold::Control, Hold::FromClient, Hold::FromServer, Hold::None}) {
        command.gated = what != Hold::None;
        command.hold = {what, std::chrono::milliseconds(400)};
        command.automatic = false;
        command.show_retransmissions = true;
        const auto held = parse_command(to_line(command));
        ASSERT_TRUE(held);
        EXPECT_EQ(held->gated, command.gated);
        EXPECT_EQ(held->hold, command.hold);
        EXPECT_FALSE(held->automatic);
        EXPECT_TRUE(held->show_retransmissions);
    }
}

TEST(Wire, EachGateCommandArrivesAsItWasSent) {
    const std::chrono::milliseconds pace(500);
    for (const GateCommand& command :
         {GateCommand(Deliver{7}), GateCommand(Drop{8}), GateCommand(Duplicate{9}),
          GateCommand(HoldBack{10}), GateCommand(InjectReset{2, model::Role::Server}),
          GateCommand(InjectReset{0, model::Role::Client}),
          GateCommand(SetHold{{Hold::Control, pace}}), GateCommand(SetAutomatic{true, pace})}) {
        const auto read = parse_gate_command(to_line(command));
        ASSERT_TRUE(read) << to_line(command);
        EXPECT_EQ(*read, command) << to_line(command);
    }
}

TEST(Wire, ACallArrivesAsItWasSent) {
    lesson::Step send;
    send.call = lesson::Call::Send;
    send.label = "send2";
    send.on = "socket";
    send.data = "a \"b\"\n\xc3\xa9";
    const auto read = parse_lab_command(to_line(MakeCall{lesson::Actor::SecondClient, send}));
    ASSERT_TRUE(read) << read.error().line();
    const auto& call = std::get<MakeCall>(*read);
    EXPECT_EQ(call.actor, lesson::Actor::SecondClient);
    EXPECT_EQ(call.step.call, lesson::Call::Send);
    EXPECT_EQ(call.step.label, "send2");
    EXPECT_EQ(call.step.on, "socket");
    EXPECT_EQ(call.step.data, send.data);
    const auto gate = parse_lab_command(to_line(GateCommand(Drop{8})));
    ASSERT_TRUE(gate);
    EXPECT_EQ(std::get<GateCommand>(*gate), GateCommand(Drop{8}));
    for (const char* line :
         {R"({"command":"call","actor":"nobody","step":{"call":"socket","as":"s"}})",
          R"({"command":"call","actor":"client","step":{"call":"sokket"}})"}) {
        EXPECT_FALSE(parse_lab_command(line)) << line;
    }
}

TEST(Wire, NotesArriveAsTheyWereSent) {
    const auto settled = parse_note(to_line(Note(Settled{42})));
    ASSERT_TRUE(settled);
    EXPECT_EQ(std::get<Settled>(*settled).commands, 42U);
    const auto free = parse_note(
        to_line(Note(RunsFree{{ErrorKind::MachineForbids, "no NFQUEUE", "modprobe", 2}})));
    ASSERT_TRUE(free);
    EXPECT_EQ(std::get<RunsFree>(*free).reason.what, "no NFQUEUE");
}

TEST(Wire, AFailureArrivesAsItWasSent) {
    Failure failure;
    failure.error = {ErrorKind::MachineForbids, "what: \"why\" \xff", "do this", 28};
    failure.no_private_network = true;
    const auto note = parse_note(to_line(Note(failure)));
    ASSERT_TRUE(note);
    const auto* read = std::get_if<Failure>(&*note);
    ASSERT_NE(read, nullptr);
    EXPECT_EQ(read->error.kind, ErrorKind::MachineForbids);
    EXPECT_EQ(read->error.what, "what: \"why\" \xef\xbf\xbd")
        << "bytes that are not UTF-8 do not stop it";
    EXPECT_EQ(read->error.remedy, "do this");
    EXPECT_EQ(read->error.os_errno, 28);
    EXPECT_TRUE(read->no_private_network);
}

TEST(Wire, WhatIsNeitherIsTold) {
    for (const char* line : {"", "{}", "[]", "nonsense", R"({"command":"run"})"})
        EXPECT_FALSE(parse_command(line)) << line;
    for (const char* line :
         {"", "{}", R"({"error":7})", R"({"time":1,"name":"simulation:marker"})"}) {
        EXPECT_FALSE(parse_note(line)) << line;
    }
    for (const char* line : {"", "{}", R"({"command":"deliver"})", R"({"command":"hold"})"})
        EXPECT_FALSE(parse_gate_command(line)) << line;
}

}  // namespace
}  // namespace tcpstep::lab
