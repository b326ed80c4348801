// What an event costs when a trace is written and when it is read again (qlog, contained form). The
// time an item is that of an event; the states that it brings about are written and read with it.
#include <cstdint>
#include <ostream>
#include <sstream>
#include <streambuf>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "model/observation.hpp"
#include "model/qlog/json_reader.hpp"
#include "model/qlog/reader.hpp"
#include "model/qlog/writer.hpp"
#include "tests/bench/made_turns.hpp"

namespace tcpstep::model {
namespace {

/// Takes everything and keeps nothing.
class Nowhere : public std::streambuf {
  protected:
    int overflow(int octet) override { return octet; }
    std::streamsize xsputn(const char*, std::streamsize size) override { return size; }
};

const Observation& observed() {
    static const Observation* const kObserved = [] {
        auto* observation = new Observation;
        MadeTurns capture;
        for (std::uint32_t n = 0; n < kSegments; ++n) {
            const auto& captured = capture.at(n);
            observation->take(captured.source, captured.destination, captured.summary,
                              captured.headers);
        }
        observation->finish();
        return observation;
    }();
    return *kObserved;
}

const std::string& text() {
    static const std::string kText = [] {
        std::ostringstream out;
        qlog::write_contained(observed(), {"bench", ""}, out);
        return std::move(out).str();
    }();
    return kText;
}

void export_qlog(benchmark::State& state) {
    observed();
    Nowhere nowhere;
    std::ostream out(&nowhere);
    for (auto _ : state) qlog::write_contained(observed(), {"bench", ""}, out);
    state.SetItemsProcessed(state.iterations() * kSegments);
}
BENCHMARK(export_qlog)->Unit(benchmark::kMillisecond);

/// The text in pieces, as a file is read.
qlog::Pieces pieces(std::string_view text) {
    return [text]() mutable {
        const std::string_view piece = text.substr(0, std::size_t{256} * 1024);
        text.remove_prefix(piece.size());
        return piece;
    };
}

void import_qlog(benchmark::State& state) {
    text();
    for (auto _ : state) {
        auto reading = qlog::read(pieces(text()));
        if (!reading || !reading->faults.empty()) state.SkipWithError("not read");
        benchmark::DoNotOptimize(reading);
    }
    state.SetItemsProcessed(state.iterations() * kSegments);
}
BENCHMARK(import_qlog)->Unit(benchmark::kMillisecond);

/// What the JSON library alone needs for it.
void parse_json(benchmark::State& state) {
    struct Ignored : qlog::EventTaker {
        Choice begin(const qlog::Value&) override { return Choice::OneByOne; }
        void take(const qlog::Value&, std::size_t) override {}
    };
    text();
    for (auto _ : state) {
        qlog::Document document;
        qlog::NotJson why;
        Ignored ignored;
        benchmark::DoNotOptimize(qlog::read_contained_json(pieces(text()), document, ignored, why));
    }
    state.SetItemsProcessed(state.iterations() * kSegments);
}
BENCHMARK(parse_json)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tcpstep::model
