#include "app/browse/dialog.hpp"

#include <gtest/gtest.h>

namespace tcpstep::browse {
namespace {

Listing traces() {
    return {"/home/ann/traces/",
            {{".git", true, 0},
             {"old", true, 0},
             {".hidden.qlog", false, 5},
             {"Web.pcap", false, 1200},
             {"notes.txt", false, 12},
             {"webinar.qlog", false, 3456789}},
            ""};
}

/// In /home/ann/traces, which has been read.
Dialog in_traces() {
    Dialog dialog("/home/ann/traces", "/home/ann", {"/tmp/a.qlog", "/tmp/b.pcap"});
    dialog.take(traces());
    return dialog;
}

std::vector<std::string> names(const Dialog& dialog) {
    std::vector<std::string> names;
    for (const Dialog::Row& row : dialog.rows()) names.push_back(row.name);
    return names;
}

using Names = std::vector<std::string>;

TEST(Dialog, ShowsFoldersAndWhatTcpstepOpens) {
    const Dialog dialog = in_traces();
    EXPECT_EQ(dialog.text(), "/home/ann/traces/");
    EXPECT_EQ(names(dialog), (Names{"old/", "Web.pcap", "webinar.qlog"}));
    EXPECT_EQ(dialog.rows()[0], (Dialog::Row{"old/", "/home/ann/traces/old/", true, {}}));
    EXPECT_EQ(dialog.rows()[1],
              (Dialog::Row{"Web.pcap", "/home/ann/traces/Web.pcap", false, 1200}));
}

TEST(Dialog, WhatIsTypedNarrowsTheRows) {
    Dialog dialog = in_traces();
    struct Case {
        const char* typed;
        Names rows;
    };
    for (const Case& c :
         {Case{"/home/ann/traces/w", {"Web.pcap", "webinar.qlog"}},
          Case{"/home/ann/traces/WEBI", {"webinar.qlog"}},
          Case{"/home/ann/traces/.", {".git/", ".hidden.qlog"}}, Case{"/home/ann/traces/x", {}},
          Case{"/home/ann/traces/", {"old/", "Web.pcap", "webinar.qlog"}},
          Case{"~/traces/o", {"old/"}}}) {
        dialog.type(c.typed);
        EXPECT_EQ(names(dialog), c.rows) << c.typed;
    }
}

TEST(Dialog, AllFilesAreShownWhenThatIsWanted) {
    Dialog dialog = in_traces();
    dialog.toggle_all_files();
    EXPECT_EQ(names(dialog), (Names{"old/", "Web.pcap", "notes.txt", "webinar.qlog"}));
    dialog.toggle_all_files();
    EXPECT_EQ(names(dialog).size(), 3U);
}

TEST(Dialog, NamesTheFolderThatIsToBeListed) {
    Dialog dialog("/home/ann/traces", "/home/ann", {});
    struct Case {
        const char* typed;
        const char* folder;
    };
    for (const Case& c :
         {Case{"/home/ann/traces/w", "/home/ann/traces/"}, Case{"/", "/"}, Case{"/etc/", "/etc/"},
          Case{"~/x", "/home/ann/"}, Case{"~", "/home/ann/traces/"},
          Case{"old/y", "/home/ann/traces/old/"}, Case{"", "/home/ann/traces/"}}) {
        dialog.type(c.typed);
        EXPECT_EQ(dialog.folder(), c.folder) << c.typed;
        EXPECT_FALSE(dialog.listed());
    }
}

TEST(Dialog, WhatIsInAnotherFolderIsNotTaken) {
    Dialog dialog = in_traces();
    dialog.type("/etc/");
    EXPECT_TRUE(dialog.rows().empty());
    dialog.take(traces());  // late
    EXPECT_TRUE(dialog.rows().empty());
    EXPECT_FALSE(dialog.listed());
}

TEST(Dialog, TabCompletesWhatTheNamesHaveInCommon) {
    Dialog dialog = in_traces();
    dialog.type("/home/ann/traces/o");
    dialog.complete();
    EXPECT_EQ(dialog.text(), "/home/ann/traces/old/");  // and goes in
    EXPECT_FALSE(dialog.listed());
    dialog.type("/home/ann/traces/webi");
    dialog.take(traces());
    dialog.complete();
    EXPECT_EQ(dialog.text(), "/home/ann/traces/webinar.qlog");
    dialog.type("/home/ann/traces/we");  // Web and web: nothing is sure
    dialog.complete();
    EXPECT_EQ(dialog.text(), "/home/ann/traces/we");
    dialog.type("/home/ann/traces/x");
    dialog.complete();
    EXPECT_EQ(dialog.text(), "/home/ann/traces/x");
}

TEST(Dialog, TabNeverCutsALetter) {
    Dialog dialog("/t", "", {});
    dialog.take({"/t/", {{"a\xc3\xa4.qlog", false, 1}, {"a\xc3\xb6.qlog", false, 1}}, ""});
    dialog.complete();
    EXPECT_EQ(dialog.text(), "/t/a");
}

TEST(Dialog, MovingStaysOnTheRows) {
    Dialog dialog = in_traces();
    for (const auto& [rows, chosen] :
         std::vector<std::pair<int, std::size_t>>{{1, 1}, {1, 2}, {1, 2}, {-1, 1}, {-9, 0}}) {
        dialog.move(rows);
        EXPECT_EQ(dialog.chosen(), chosen);
    }
    dialog.choose(2);
    EXPECT_EQ(dialog.chosen(), 2U);
    dialog.choose(3);
    EXPECT_EQ(dialog.chosen(), 2U);
    // A narrower list begins at its top.
    dialog.type("/home/ann/traces/w");
    EXPECT_EQ(dialog.chosen(), 0U);
}

TEST(Dialog, EnterGoesIntoAFolderAndGivesAFile) {
    Dialog dialog = in_traces();
    EXPECT_EQ(dialog.accept(), std::nullopt);
    EXPECT_EQ(dialog.text(), "/home/ann/traces/old/");
    EXPECT_TRUE(dialog.rows().empty());
    dialog.folder_above();
    dialog.take(traces());
    dialog.move(1);
    EXPECT_EQ(dialog.accept(), "/home/ann/traces/Web.pcap");
}

TEST(Dialog, EnterGivesWhatIsTypedWhereNoRowFits) {
    Dialog dialog = in_traces();
    dialog.type("/home/ann/traces/notes.txt");
    EXPECT_EQ(dialog.accept(), "/home/ann/traces/notes.txt");
    // Even before the folder is known: a whole path may have been pasted.
    dialog.type("/etc/passwd");
    EXPECT_EQ(dialog.accept(), "/etc/passwd");
    // But nothing of a folder that is empty.
    dialog.type("/empty/");
    dialog.take({"/empty/", {}, ""});
    EXPECT_EQ(dialog.accept(), std::nullopt);
}

TEST(Dialog, GoesUpToTheRoot) {
    Dialog dialog = in_traces();
    for (const char* folder : {"/home/ann/", "/home/", "/", "/"}) {
        dialog.folder_above();
        EXPECT_EQ(dialog.text(), folder);
    }
    dialog.home_folder();
    EXPECT_EQ(dialog.text(), "/home/ann/");
}

TEST(Dialog, AnAbsolutePathTypedBehindTheFolderBeginsAnew) {
    Dialog dialog = in_traces();
    dialog.type("/home/ann/traces//");
    EXPECT_EQ(dialog.text(), "/");
    dialog.type("/home/ann/traces//tmp/x.pcap");
    EXPECT_EQ(dialog.text(), "/tmp/x.pcap");
    EXPECT_EQ(dialog.folder(), "/tmp/");
    dialog.type("/tmp/~/x");
    EXPECT_EQ(dialog.text(), "~/x");
    EXPECT_EQ(dialog.folder(), "/home/ann/");
}

TEST(Dialog, TheNewestOfTheSessionsIsTheFirst) {
    Dialog dialog("/home/ann", "/home/ann", {}, "/state/sessions");
    EXPECT_TRUE(dialog.knows_sessions());
    EXPECT_FALSE(dialog.in_sessions());
    dialog.sessions_folder();
    EXPECT_TRUE(dialog.in_sessions());
    dialog.take({dialog.folder(), {{"2026-a.sqlog", false, 1}, {"2026-b.sqlog", false, 1}}, ""});
    EXPECT_EQ(names(dialog), (Names{"2026-b.sqlog", "2026-a.sqlog"}));
    EXPECT_EQ(dialog.accept(), "/state/sessions/2026-b.sqlog");
    EXPECT_FALSE(Dialog("/home/ann", "", {}).knows_sessions());
}

TEST(Dialog, RecentFilesTakeThePlaceOfTheFolder) {
    Dialog dialog = in_traces();
    dialog.toggle_recent();
    EXPECT_EQ(names(dialog), (Names{"/tmp/a.qlog", "/tmp/b.pcap"}));
    dialog.move(1);
    EXPECT_EQ(dialog.accept(), "/tmp/b.pcap");
    dialog.toggle_recent();
    EXPECT_EQ(names(dialog).size(), 3U);
    // Whoever types wants the folder.
    dialog.toggle_recent();
    dialog.type("/home/ann/traces/w");
    EXPECT_FALSE(dialog.recent());
    EXPECT_EQ(names(dialog).size(), 2U);
}

TEST(Dialog, AFaultIsToldUntilAnotherThingIsTried) {
    Dialog dialog("/secret", "", {});
    dialog.take({"/secret/", {}, "/secret/: cannot be read: Permission denied"});
    EXPECT_EQ(dialog.fault(), "/secret/: cannot be read: Permission denied");
    dialog.folder_above();
    EXPECT_EQ(dialog.fault(), "");
    dialog.refuse("x.txt: not a trace");
    dialog.take({"/", {}, ""});
    EXPECT_EQ(dialog.fault(), "");
    dialog.refuse("x.txt: not a trace");
    EXPECT_EQ(dialog.fault(), "x.txt: not a trace");
    dialog.take({"/", {}, ""});  // the same folder again does not hide it
    EXPECT_EQ(dialog.fault(), "x.txt: not a trace");
    dialog.type("/y");
    EXPECT_EQ(dialog.fault(), "");
}

TEST(Dialog, KnowsItsKindsByTheirEnd) {
    for (const char* name : {"a.qlog", "a.sqlog", "a.pcap", "A.PCAP", "a.pcapng", "a.json"})
        EXPECT_TRUE(is_known_kind(name)) << name;
    for (const char* name : {"a.txt", "qlog", ".qlog", "a.pcap.gz", "pcapng", ""})
        EXPECT_FALSE(is_known_kind(name)) << name;
}

TEST(Dialog, SizesAreAFewLetters) {
    struct Case {
        std::uint64_t octets;
        const char* text;
    };
    for (const Case& c :
         {Case{0, "0 B"}, Case{999, "999 B"}, Case{1000, "1.0 kB"}, Case{12345, "12.3 kB"},
          Case{123456, "123 kB"}, Case{999999, "1.0 MB"}, Case{3456789, "3.5 MB"},
          Case{5'000'000'000'000, "5.0 TB"}, Case{5'000'000'000'000'000, "5000 TB"}}) {
        EXPECT_EQ(size_text(c.octets), c.text);
    }
}

}  // namespace
}  // namespace tcpstep::browse
