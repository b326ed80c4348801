// The kernel as the judge, by hand:
//   judge --make DIR --seeds A..B    play these stories and keep them in DIR
//   judge --compare DIR              decode every capture in DIR and compare with the truth
//   judge --show DIR SEED            one of them: story, truth and what was decoded
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/judge/corpus.hpp"
#include "tests/judge/laboratory.hpp"
#include "tests/judge/verdict.hpp"

namespace tcpstep::judge {
namespace {

int refuse(const Error& error) {
    fmt::print(stderr, "judge: {}\n", error.line());
    return error.kind == ErrorKind::MachineForbids ? 3 : 2;
}

int make(const std::string& directory, const std::string& range) {
    unsigned first = 1;
    unsigned last = 1;
    if (std::sscanf(range.c_str(), "%u..%u", &first, &last) != 2) {
        return refuse({ErrorKind::BadInput, "--seeds " + range, "--seeds 1..100"});
    }
    std::filesystem::create_directories(directory);
    std::vector<std::uint32_t> seeds;
    for (unsigned seed = first; seed <= last; ++seed) seeds.push_back(seed);
    const auto played = play(seeds, [&](const Record& record) { (void)keep(directory, record); });
    return played ? 0 : refuse(played.error());
}

int compare(const std::string& directory) {
    const auto cases = read_corpus(directory);
    if (!cases) return refuse(cases.error());
    const Tally tally = compare_all(*cases);
    fmt::print("{}{}", disagreements(tally), figures(tally));
    return tally.wrong.empty() ? 0 : 1;
}

int show(const std::string& directory, const std::string& seed) {
    const auto cases = read_corpus(directory);
    if (!cases) return refuse(cases.error());
    for (const Case& one : *cases) {
        if (std::to_string(one.truth.seed) == seed) fmt::print("{}", show(one));
    }
    return 0;
}

int run(const std::vector<std::string>& words) {
    if (words.size() == 4 && words[0] == "--make" && words[2] == "--seeds") {
        return make(words[1], words[3]);
    }
    if (words.size() == 2 && words[0] == "--compare") return compare(words[1]);
    if (words.size() == 3 && words[0] == "--show") return show(words[1], words[2]);
    fmt::print(stderr, "usage: judge --make DIR --seeds A..B | --compare DIR | --show DIR SEED\n");
    return 2;
}

}  // namespace
}  // namespace tcpstep::judge

int main(int argc, char** argv) {
    return tcpstep::judge::run({argv + 1, argv + argc});
}
