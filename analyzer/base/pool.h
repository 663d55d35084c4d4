#pragma once

// The only place that starts threads. Work is numbered; result k goes to slot k, so nothing that is printed can depend
// on which worker was faster.

#include <cstddef>
#include <functional>

namespace hasten {

class Pool {
 public:
  /// `workers` of 0 means one per processor that this process may use.
  explicit Pool(std::size_t workers = 0);

  [[nodiscard]] std::size_t workers() const { return workers_; }

  /// Calls body(index, worker) once for every index in [0, count), `worker` in [0, workers()); indices are handed out
  /// in ascending order, so put the largest work first. Returns when all are done. The body writes to its own slot
  /// only.
  void for_each(std::size_t count, const std::function<void(std::size_t index, std::size_t worker)>& body) const;

 private:
  std::size_t workers_;
};

}  // namespace hasten
