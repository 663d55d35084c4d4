// hasten against the yardstick, in one run, taking turns, so that both see the same machine.
//
//     hasten_bench FOLDER LIST THREADS ROUNDS PATH...
//
// FOLDER holds hasten (bin) and bench_stock; LIST names the files that hasten reads (bench_inspect wrote it). Prints
// one line per quantity. Ratios are medians over rounds of hasten's time to the yardstick's in the same round.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/bench/process.h"

namespace {

using hasten::bench::Measured;
using hasten::bench::median;
using hasten::bench::run;

struct Series {
  std::vector<double> wall, cpu, peak_rss;

  void add(const Measured& measured) {
    wall.push_back(measured.wall);
    cpu.push_back(measured.cpu);
    peak_rss.push_back(measured.peak_rss);
  }
};

double total_bytes(const char* list) {
  double bytes = 0;
  std::ifstream lines(list);
  for (std::string path; std::getline(lines, path);) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(path, missing);
    if (!missing) bytes += static_cast<double>(size);
  }
  return bytes;
}

std::vector<double> ratios(const std::vector<double>& numerators, const std::vector<double>& denominators) {
  std::vector<double> out;
  for (std::size_t round = 0; round < numerators.size(); ++round)
    out.push_back(numerators[round] / denominators[round]);
  return out;
}

void print(std::string_view what, const Series& series, double bytes) {
  const double wall = median(series.wall);
  fmt::print("{:<22} wall {:7.3f} s  cpu {:7.3f} s  {:6.2f} MB/s  peak rss {:6.1f} MB\n", what, wall,
             median(series.cpu), bytes / wall / 1e6, median(series.peak_rss) / 1e6);
}

void require(const Measured& measured, int highest, std::string_view what) {
  if (measured.exit_code <= highest) return;
  fmt::print(stderr, "{} ended with {}\n", what, measured.exit_code);
  std::exit(2);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 6) {
    fmt::print(stderr, "usage: hasten_bench FOLDER LIST THREADS ROUNDS PATH...\n");
    return 2;
  }
  const std::string folder = arguments[1];
  const std::string threads = arguments[3];
  const std::vector<std::string> stock{folder + "/tests/bench/bench_stock", threads, arguments[2]};
  std::vector<std::string> hasten{folder + "/hasten", "check", "--isolated", "--output-format", "json",
                                  "--workers",        threads};
  hasten.insert(hasten.end(), arguments + 5, arguments + count);

  Series ours, theirs, start;
  const int rounds = std::atoi(arguments[4]);
  for (int round = -1; round < rounds; ++round) {
    // Who goes first changes, and so does who finds the caches warm. The round before the first one counts for nothing.
    const bool we_go_first = round % 2 == 0;
    Measured mine = we_go_first ? run(hasten) : Measured{};
    const Measured yardstick = run(stock);
    if (!we_go_first) mine = run(hasten);
    const Measured version = run({folder + "/hasten", "--version"});
    require(mine, 1, "hasten check");
    require(yardstick, 0, "bench_stock");
    require(version, 0, "hasten --version");
    if (round < 0) continue;
    ours.add(mine);
    theirs.add(yardstick);
    start.add(version);
  }

  const double bytes = total_bytes(arguments[2]);
  print("stock parse", theirs, bytes);
  print("hasten check", ours, bytes);
  fmt::print("{:<22} wall {:.3f}  cpu {:.3f}  (hasten / stock parse, {} rounds, {} threads)\n", "ratio",
             median(ratios(ours.wall, theirs.wall)), median(ratios(ours.cpu, theirs.cpu)), rounds, threads);
  fmt::print("{:<22} wall {:.2f} ms  cpu {:.2f} ms\n", "start (--version)", median(start.wall) * 1e3,
             median(start.cpu) * 1e3);
}
