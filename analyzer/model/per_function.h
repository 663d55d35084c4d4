#pragma once

// Something for every function that is asked about, found by position: a row for each function of a file as soon as one
// of them is wanted.

#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

template <class Row>
class PerFunction {
 public:
  /// `files` stays where it is, and no function is added to them.
  explicit PerFunction(const Table<FileTag, File>& files) : files_(files), rows_(files.size()) {}

  /// A default one when it is asked for the first time. Stays where it is.
  [[nodiscard]] Row& operator[](FunctionRef function) {
    std::vector<Row>& rows = rows_[function.file.index()];
    if (rows.empty()) rows.resize(files_[function.file].model.functions.size());
    return rows[function.id.index()];
  }
  /// None while nobody asked for a function of the file.
  [[nodiscard]] const Row* find(FunctionRef function) const {
    const std::vector<Row>& rows = rows_[function.file.index()];
    return rows.empty() ? nullptr : &rows[function.id.index()];
  }

 private:
  const Table<FileTag, File>& files_;
  std::vector<std::vector<Row>> rows_;  // by file
};

}  // namespace hasten
