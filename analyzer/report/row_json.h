#pragma once

// A test and a fixture as JSON: the same keys wherever one is printed. lists_json.cc documents them.

#include <string>
#include <vector>

#include "analyzer/report/json_writer.h"
#include "analyzer/report/places.h"

namespace hasten {

class RowJson {
 public:
  RowJson(const Project& project, JsonWriter& json);

  /// Members of an object that the caller begins and ends.
  void members(TestId test);
  void members(FixtureId fixture);
  void count(std::string_view key, Count count);
  /// {file, line of the first decorator}
  void place(FunctionRef function);
  [[nodiscard]] const std::string& id_of(FixtureId fixture) const { return ids_[fixture.index()]; }

 private:
  void verdict(TestId test);
  void reason(TestId test, const Reason& reason);
  void doubt(const SetUpDoubt* doubt);
  void names(std::string_view key, const std::vector<ClosureEntry>& entries);
  [[nodiscard]] std::uint32_t line_of(FunctionRef function);

  const Project& project_;
  JsonWriter& json_;
  Places places_;
  std::vector<std::string> ids_;
  std::vector<std::string> groups_;  // names, by group
};

}  // namespace hasten
