#pragma once

// A folder of real files for one test, removed with it. Paths are relative to it.

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

namespace hasten {

class ProjectFolder : public testing::Test {
 protected:
  void SetUp() override {
    // No link may stand in the way: paths are compared as text.
    const std::filesystem::path base = std::filesystem::canonical(testing::TempDir());
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    top_ = base / ("hasten_" + std::to_string(getpid()) + "_" + std::string(test->name()).substr(0, 40));
    std::filesystem::remove_all(top_);
    std::filesystem::create_directories(top_);
    before_ = std::filesystem::current_path();
    std::filesystem::current_path(top_);
  }
  void TearDown() override {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(top_);
  }

  void write(const std::string& path, std::string_view text = "") const {
    const std::filesystem::path file = top_ / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  void make_folder(const std::string& path) const { std::filesystem::create_directories(top_ / path); }
  void enter(const std::string& path) const { std::filesystem::current_path(top_ / path); }
  [[nodiscard]] std::string at(const std::string& path) const { return (top_ / path).string(); }
  [[nodiscard]] std::string top() const { return top_.string(); }

 private:
  std::filesystem::path top_, before_;
};

}  // namespace hasten
