// The yardstick: reads and parses every file of a list with stock tree-sitter, as a tool that does nothing else would.
//
//     bench_stock THREADS LIST
//
// LIST holds one path a line. Largest files first, one parser a thread, trees deleted; memory from malloc.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <tree_sitter/api.h>
#include <unistd.h>

extern "C" const TSLanguage* tree_sitter_python();

namespace {

struct Listed {
  off_t size;
  std::string path;
};

std::vector<Listed> largest_first(const char* list) {
  std::vector<Listed> files;
  std::ifstream lines(list);
  for (std::string path; std::getline(lines, path);) {
    struct stat status {};
    if (stat(path.c_str(), &status) == 0) files.push_back({status.st_size, std::move(path)});
  }
  std::ranges::sort(files, std::ranges::greater(), &Listed::size);
  return files;
}

void read_into(const Listed& file, std::string& bytes) {
  bytes.resize(static_cast<std::size_t>(file.size));
  const int handle = open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
  const ssize_t got = read(handle, bytes.data(), bytes.size());
  close(handle);
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
}

/// The number of nodes, so that nothing can be left out as unused.
std::uint64_t parse(TSParser* parser, const std::string& bytes) {
  TSTree* tree = ts_parser_parse_string(parser, nullptr, bytes.data(), static_cast<std::uint32_t>(bytes.size()));
  const std::uint64_t nodes = ts_node_descendant_count(ts_tree_root_node(tree));
  ts_tree_delete(tree);
  return nodes;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: bench_stock THREADS LIST\n", stderr);
    return 2;
  }
  const std::vector<Listed> files = largest_first(arguments[2]);
  std::atomic<std::size_t> next = 0;
  std::atomic<std::uint64_t> nodes = 0;

  const auto work = [&] {
    TSParser* parser = ts_parser_new();
    if (!ts_parser_set_language(parser, tree_sitter_python())) std::abort();
    std::string bytes;
    for (std::size_t index = next++; index < files.size(); index = next++) {
      read_into(files[index], bytes);
      nodes += parse(parser, bytes);
    }
    ts_parser_delete(parser);
  };
  {
    std::vector<std::jthread> helpers;
    for (int thread = 1; thread < std::atoi(arguments[1]); ++thread) helpers.emplace_back(work);
    work();
  }
  std::printf("%llu nodes\n", static_cast<unsigned long long>(nodes.load()));
}
