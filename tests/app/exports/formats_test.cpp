#include <filesystem>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "app/exports/format.hpp"
#include "app/exports/target.hpp"
#include "model/qlog/reader.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports {
namespace {

TEST(Formats, EachHasANameAndAnEndingOfItsOwn) {
    std::set<std::string_view> names, endings;
    for (const Format& format : formats()) {
        EXPECT_TRUE(names.insert(format.name).second) << format.name;
        EXPECT_TRUE(endings.insert(format.ending).second) << format.ending;
        EXPECT_TRUE(format.ending.starts_with(".")) << format.ending;
        EXPECT_EQ(find_format(format.name), &format);
        EXPECT_EQ(format_of_file("a/b" + std::string(format.ending)), &format);
    }
    EXPECT_EQ(find_format("gif"), nullptr);
    EXPECT_EQ(format_of_file("t.gif"), nullptr);
    EXPECT_TRUE(format_names().starts_with("qlog, sqlog, svg")) << format_names();
}

TEST(Formats, SayWhatTheyHeed) {
    EXPECT_EQ(formats_that_heed(Choice::Scale), "png");
    EXPECT_EQ(formats_that_heed(Choice::Steps), "svg, png, html");
    EXPECT_EQ(formats_that_heed(Choice::Side), "packetdrill");
    EXPECT_EQ(formats_that_heed(Choice::Connection), "svg, png, html, pcapng, packetdrill");
    for (const Format& format : formats()) {
        EXPECT_EQ(format.heeds(Choice::Side), format.words != format.client_words) << format.name;
        EXPECT_TRUE(!format.of_one || format.heeds(Choice::Connection)) << format.name;
    }
}

TEST(Formats, EveryOneWritesARunAndWhatHasNoConnection) {
    for (const Format& format : formats()) {
        for (const model::Trace& trace : {testing::whole_run(), model::Trace()}) {
            std::ostringstream out;
            const auto written = format.write({trace}, out);
            ASSERT_TRUE(written) << format.name << ": " << written.error().line();
            EXPECT_FALSE(out.str().empty()) << format.name;
        }
    }
}

TEST(Formats, ATraceThatIsReadAndWrittenAgainHasTheSameOctets) {
    for (const char* name : {"qlog", "sqlog"}) {
        const Format& format = *find_format(name);
        const model::Trace trace = testing::whole_run();
        std::ostringstream first, second;
        ASSERT_TRUE(format.write({trace}, first));
        const auto reading = model::qlog::read(first.str());
        ASSERT_TRUE(reading) << reading.error().line();
        EXPECT_TRUE(reading->faults.empty());
        ASSERT_TRUE(format.write({reading->trace}, second));
        EXPECT_EQ(first.str(), second.str());
    }
}

TEST(Formats, TheConnectionThatIsAskedForMustBeThere) {
    const model::Trace trace = testing::whole_run();
    Options options;
    options.connection = 0;
    EXPECT_TRUE(timeline_of({trace, options}));
    options.connection = 1;
    const auto none = timeline_of({trace, options});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().what, "there is no connection 2: the trace has 1");
}

TEST(Target, WhatFailsLeavesNothing) {
    const std::string place = ::testing::TempDir() + "no-such-steps.svg";
    auto target = Target::open(*find_format("svg"), place);
    ASSERT_TRUE(target);
    const model::Trace trace = testing::whole_run();
    Options options;
    options.from_step = 1000;
    EXPECT_FALSE(target->write({trace, options}));
    EXPECT_FALSE(std::filesystem::exists(place));
}

}  // namespace
}  // namespace tcpstep::exports
