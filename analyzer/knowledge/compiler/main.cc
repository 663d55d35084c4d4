// hasten_knowledge_compiler OUTPUT.cc INPUT.toml...: checks the knowledge files and writes the tables. Everything that
// is wrong is said, `file:line:column: what, expected what`, and then the exit code is 1 and nothing is written.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "analyzer/knowledge/compiler/document.h"
#include "analyzer/knowledge/compiler/write.h"
#include "analyzer/knowledge/facts/check.h"
#include "analyzer/knowledge/facts/read.h"

namespace {

using hasten::facts::Complaint;
using hasten::facts::Rows;
using hasten::knowledge_compiler::Document;

void read_files(const std::vector<std::string>& files, Rows& rows) {
  for (std::uint32_t file = 0; file < files.size(); ++file) {
    std::ifstream stream(files[file], std::ios::binary);
    if (!stream) rows.complaints.push_back({{file, 1, 1}, "cannot be read, expected a knowledge file"});
    std::ostringstream text;
    text << stream.rdbuf();
    Document document = hasten::knowledge_compiler::parse_document(text.str(), file);
    std::ranges::move(document.complaints, std::back_inserter(rows.complaints));
    hasten::facts::read_entries(document.entries, {.files = files}, rows);
  }
}

void print(const std::vector<Complaint>& complaints, const std::vector<std::string>& files) {
  for (const auto& [where, message] : complaints) {
    fmt::print(stderr, "{}:{}:{}: {}\n", files[where.file], where.line, where.column, message);
  }
}

bool write_file(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  return static_cast<bool>(stream.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: {} OUTPUT.cc INPUT.toml...\n", argv[0]);
    return 1;
  }
  std::vector<std::string> files(argv + 2, argv + argc);
  std::ranges::sort(files);
  Rows rows;
  read_files(files, rows);
  hasten::facts::check_rows(files, rows);
  if (!rows.complaints.empty()) {
    print(rows.complaints, files);
    return 1;
  }
  if (write_file(argv[1], hasten::knowledge_compiler::write_tables(rows))) return 0;
  fmt::print(stderr, "{}: cannot be written, expected a folder that exists\n", argv[1]);
  return 1;
}
