#include "app/lesson/library.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

namespace tcpstep::lesson {
namespace {

TEST(Library, HasTheShippedLessonsInTheOrderOfTeaching) {
    const auto library = load_library();
    ASSERT_TRUE(library) << library.error().line();
    for (const Error& fault : library->faults) ADD_FAILURE() << fault.line();
    const auto& lessons = library->lessons;
    ASSERT_GE(lessons.size(), 2U);
    for (std::size_t i = 1; i < lessons.size(); ++i)
        EXPECT_LT(lessons[i - 1].order, lessons[i].order);
    for (const char* id :
         {"handshake", "handshake-free", "no-accept", "two-queues", "connect-retries", "refused",
          "four-way-close", "simultaneous-open", "simultaneous-close", "time-wait"}) {
        EXPECT_TRUE(find_lesson(id)) << id;
    }
    EXPECT_EQ(lessons.front().id, "handshake");
}

TEST(Library, PutsALessonWhereItsOrderSays) {
    const auto lesson = [](const char* id, int order, const char* title) {
        Lesson one;
        one.id = id;
        one.order = order;
        one.title.en = title;
        return one;
    };
    std::vector<Lesson> lessons = {lesson("a", 1, "A"), lesson("b", 5, "B")};
    put_in_order(lesson("mine", 100, "Mine"), lessons);
    put_in_order(lesson("a", 7, "Another A"), lessons);
    std::string all;
    for (const Lesson& one : lessons) all += one.title.en + ", ";
    EXPECT_EQ(all, "B, Another A, Mine, ");
}

TEST(Library, TheShippedLessonsSpeakBothLanguages) {
    const auto library = load_library();
    ASSERT_TRUE(library) << library.error().line();
    for (const Lesson& lesson : library->lessons) {
        EXPECT_NE(lesson.title.zh, "") << lesson.id;
        EXPECT_NE(lesson.summary.zh, "") << lesson.id;
    }
}

TEST(Library, AnUnknownLessonNamesTheOneThatWasPerhapsMeant) {
    const auto lesson = find_lesson("four-way-clsoe");
    ASSERT_FALSE(lesson);
    EXPECT_EQ(lesson.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(lesson.error().line(),
              "lesson 'four-way-clsoe': there is no such lesson - did you mean four-way-close? "
              "'tcpstep lessons' lists them");
    EXPECT_EQ(find_lesson("zzzzzzzzzzzzzzzzzzzzzzzzzzzz").error().remedy,
              "'tcpstep lessons' lists them");
}

class AssetsElsewhere : public ::testing::Test {
  public:
    std::filesystem::path folder;
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "tcpstep-XXXXXX").string();
        folder = mkdtemp(name.data());
        setenv("TCPSTEP_ASSETS", folder.c_str(), 1);
    }
    void TearDown() override {
        unsetenv("TCPSTEP_ASSETS");
        std::filesystem::remove_all(folder);
    }
};

TEST_F(AssetsElsewhere, WithoutLessonsIsSaid) {
    const auto assets = assets_folder();
    ASSERT_FALSE(assets);
    EXPECT_EQ(assets.error().kind, ErrorKind::MachineForbids);
}

TEST_F(AssetsElsewhere, ABrokenFileIsNamedAndHindersNoOther) {
    std::filesystem::create_directory(folder / "lessons");
    std::ofstream(folder / "lessons" / "bad.json") << "{";
    const auto shipped = std::filesystem::path(TCPSTEP_SHIPPED_LESSONS);
    std::filesystem::copy(shipped / "handshake-free.json", folder / "lessons" / "a.json");
    std::filesystem::copy(shipped / "handshake-free.json", folder / "lessons" / "b.json");
    const auto library = load_library();
    ASSERT_TRUE(library);
    EXPECT_EQ(library->lessons.size(), 1U);
    ASSERT_EQ(library->faults.size(), 2U);
    EXPECT_NE(
        library->faults[0].line().find("b.json: /id: another lesson is called handshake-free"),
        std::string::npos);
    EXPECT_NE(library->faults[1].line().find("bad.json"), std::string::npos);
    EXPECT_TRUE(library->find("handshake-free"));
    EXPECT_EQ(library->find("bad").error(), library->faults[1]);
}

TEST_F(AssetsElsewhere, AnEmptyVariableIsNoFolder) {
    setenv("TCPSTEP_ASSETS", "", 1);
    EXPECT_TRUE(assets_folder());
}

}  // namespace
}  // namespace tcpstep::lesson
