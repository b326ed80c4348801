#include "tests/judge/corpus.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "tests/judge/derive.hpp"
#include "tests/judge/pcap_file.hpp"

namespace tcpstep::judge {

namespace {

std::string story_of(const Record& record) {
    std::vector<LogLine> lines = record.log;
    int number = 0;
    for (const Captured& one : record.captured) {
        lines.push_back({one.time, fmt::format("sent {:4} {} > {}  {}", ++number,
                                               model::to_string(one.packet.source),
                                               model::to_string(one.packet.destination),
                                               to_line(one.packet.segment, {}))});
    }
    for (const StateEvent& one : record.events) {
        lines.push_back(
            {one.time, fmt::format("kernel    {} - {}: {} -> {}", model::to_string(one.local),
                                   model::to_string(one.remote), name(one.from), name(one.to))});
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const LogLine& a, const LogLine& b) { return a.time < b.time; });
    std::string text = fmt::format("seed {}: {}\n", record.plan.seed, describe(record.plan));
    for (const LogLine& line : lines) {
        const auto since = (line.time - lines.front().time).count();
        text += fmt::format("{:10.3f} ms  {}\n", static_cast<double>(since) / 1e6, line.text);
    }
    return text;
}

}  // namespace

Result<void> keep(const std::string& directory, const Record& record) {
    const std::string path = fmt::format("{}/{:06}", directory, record.plan.seed);
    std::ofstream(path + ".story") << story_of(record);
    if (!(std::ofstream(path + ".truth") << to_text(derive(record)))) {
        return fail(ErrorKind::BadInput, fmt::format("{}: cannot be written", path));
    }
    return write_pcap(path + ".pcap", record.captured);
}

Result<std::vector<Case>> read_corpus(const std::string& directory) {
    std::vector<Case> cases;
    std::error_code failed;
    for (const auto& file : std::filesystem::directory_iterator(directory, failed)) {
        if (file.path().extension() != ".truth") continue;
        std::ostringstream text;
        text << std::ifstream(file.path()).rdbuf();
        auto truth = parse_truth(text.str());
        if (!truth) return tl::unexpected(truth.error());
        const std::string path = (file.path().parent_path() / file.path().stem()).string();
        auto captured = read_pcap(path + ".pcap");
        if (!captured) return tl::unexpected(captured.error());
        cases.push_back({path, std::move(*truth), std::move(*captured)});
    }
    if (failed)
        return fail(ErrorKind::BadInput, fmt::format("{}: {}", directory, failed.message()));
    std::sort(cases.begin(), cases.end(),
              [](const Case& a, const Case& b) { return a.truth.seed < b.truth.seed; });
    return cases;
}

}  // namespace tcpstep::judge
