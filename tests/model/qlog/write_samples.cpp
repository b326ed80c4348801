// Writes every sample in both forms into a folder: for the schema's test.
#include <fstream>
#include <iostream>

#include "model/qlog/writer.hpp"
#include "tests/model/qlog/sample_traces.hpp"

int main(int count, char** arguments) {
    using namespace tcpstep::model::qlog;
    if (count != 2) {
        std::cerr << "usage: write_samples FOLDER\n";
        return 2;
    }
    const std::string folder = std::string(arguments[1]) + "/";
    for (const NamedTrace& sample : all_samples()) {
        std::ofstream contained(folder + sample.name + ".qlog", std::ios::binary);
        contained << contained_text(sample.trace) << std::flush;
        std::ofstream sequential(folder + sample.name + ".sqlog", std::ios::binary);
        sequential << sequential_text(sample.trace) << std::flush;
        if (!contained || !sequential) {
            std::cerr << folder << sample.name << ": cannot be written\n";
            return 1;
        }
    }
}
