#include "analyzer/base/pool.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <sched.h>

namespace hasten {
namespace {

std::size_t usable_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<std::size_t>(std::max(1, CPU_COUNT(&set)));
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

Pool::Pool(std::size_t workers) : workers_(workers == 0 ? usable_processors() : workers) {}

void Pool::for_each(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) const {
  std::atomic<std::size_t> next = 0;
  auto work = [&](std::size_t worker) {
    for (std::size_t index = next++; index < count; index = next++) body(index, worker);
  };

  std::vector<std::jthread> helpers;
  for (std::size_t worker = 1; worker < std::min(workers_, count); ++worker) helpers.emplace_back(work, worker);
  work(0);
}

}  // namespace hasten
