#pragma once

// What entries of knowledge say, as rows of the contract (knowledge.h) together with the place each was written at, and
// what is wrong with them. Filled by read_entries, completed and judged by check_rows.

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/decorators.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/knowledge/tables.h"
#include "analyzer/model/entry.h"

namespace hasten::facts {

/// Owns the texts that the rows point to; they stay where they are.
class Texts {
 public:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  std::span<const std::string_view> keep(std::vector<std::string_view> list) {
    return lists_.emplace_back(std::move(list));
  }

 private:
  std::deque<std::string> texts_;
  std::deque<std::vector<std::string_view>> lists_;
};

/// "what, expected what": printed behind `file:line:column: `.
struct Complaint {
  Where where;
  std::string message;
  friend auto operator<=>(const Complaint&, const Complaint&) = default;
};

template <class Row>
struct Described {
  Row row;
  Where where;
};

struct Rows {
  Texts texts;
  std::vector<Described<Api>> apis;
  std::vector<Described<KnownClass>> classes;
  std::vector<Described<tables::Alias>> aliases;
  std::vector<Described<KnownDecorator>> decorators;
  std::vector<Described<PluginFixture>> fixtures;
  std::vector<Described<tables::Transport>> transports;
  std::vector<Complaint> complaints;
};

}  // namespace hasten::facts
