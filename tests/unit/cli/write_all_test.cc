#include "analyzer/cli/write_all.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hasten {
namespace {

class WriteFileTest : public ::testing::Test {
 protected:
  WriteFileTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hasten-XXXXXX").string();
    folder = mkdtemp(pattern.data());
  }
  ~WriteFileTest() override { std::filesystem::remove_all(folder); }

  static std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::filesystem::path folder;
};

TEST_F(WriteFileTest, CreatesAndReplaces) {
  const std::string path = folder / "out.json";
  EXPECT_FALSE(write_file(path, "one").has_value());
  EXPECT_FALSE(write_file(path, "two").has_value());
  EXPECT_EQ(content(path), "two");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1) << "the temporary file is gone";
}

TEST_F(WriteFileTest, KeepsPermissionsAndLinks) {
  const std::string target = folder / "target";
  ASSERT_FALSE(write_file(target, "old").has_value());
  ASSERT_EQ(chmod(target.c_str(), 0640), 0);
  std::filesystem::create_symlink("target", folder / "link");
  ASSERT_FALSE(write_file(folder / "link", "new").has_value());
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_EQ(content(target), "new");
  struct stat status {};
  ASSERT_EQ(stat(target.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640U);
}

TEST_F(WriteFileTest, SaysWhyItFailed) {
  const auto failure = write_file(folder / "no" / "such" / "folder", "x");
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->message, "No such file or directory");
}

TEST_F(WriteFileTest, WritesIntoWhatIsNoFile) { EXPECT_FALSE(write_file("/dev/null", "x").has_value()); }

}  // namespace
}  // namespace hasten
