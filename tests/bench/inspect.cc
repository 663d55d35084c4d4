// What one analysis reads and keeps, measured from inside.
//
//     bench_inspect LIST PATH...
//
// Writes the absolute path of every file that was analysed to LIST, so that the yardstick parses the same ones, and
// prints: files, source bytes, bytes of the file models, bytes of the heap that is in use when the analysis is done.

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <vector>

#include <malloc.h>

#include "analyzer/pipeline.h"

namespace {

std::size_t heap_bytes() {
  const auto heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fputs("usage: bench_inspect LIST PATH...\n", stderr);
    return 2;
  }
  hasten::ConfigRequest request;
  request.paths.assign(arguments + 2, arguments + count);
  request.isolated = true;
  std::vector<hasten::Problem> problems;
  const auto config = hasten::load_config(request, problems);
  if (!config) {
    std::fprintf(stderr, "%s\n", config.reason().message.c_str());
    return 2;
  }

  // The arenas die with the parsers, inside analyze(); what is left is what a run holds on to.
  const std::size_t before = heap_bytes();
  const hasten::Outcome outcome = hasten::analyze(*config, hasten::Pool());
  const std::size_t after = heap_bytes();

  std::ofstream list(arguments[1]);
  std::size_t source_bytes = 0;
  std::size_t model_bytes = 0;
  for (const hasten::File& file : outcome.project->files) {
    list << config->pytest.root << '/' << file.source.path() << '\n';
    source_bytes += file.source.bytes().size();
    model_bytes += file.model.bytes();
  }
  std::printf("%zu %zu %zu %zu\n", outcome.project->files.size(), source_bytes, model_bytes, after - before);
}
