#include "app/lesson/library.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

namespace tcpstep::lesson {
namespace {

TEST(Library, HasTheShippedLessonsInTheOrderOfTeaching) {
    const auto lessons = load_lessons();
    ASSERT_TRUE(lessons) << lessons.error().line();
    ASSERT_GE(lessons->size(), 2U);
    for (std::size_t i = 1; i < lessons->size(); ++i)
        EXPECT_LT((*lessons)[i - 1].order, (*lessons)[i].order);
    EXPECT_TRUE(find_lesson("handshake-free"));
    EXPECT_TRUE(find_lesson("four-way-close"));
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

TEST_F(AssetsElsewhere, ABrokenFileIsNamed) {
    std::filesystem::create_directory(folder / "lessons");
    std::ofstream(folder / "lessons" / "bad.json") << "{";
    const auto lessons = load_lessons();
    ASSERT_FALSE(lessons);
    EXPECT_NE(lessons.error().line().find("bad.json"), std::string::npos);
}

}  // namespace
}  // namespace tcpstep::lesson
