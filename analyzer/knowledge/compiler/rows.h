#pragma once

// What the knowledge files say, as rows of the contract (knowledge.h) together with the place each was written at, and
// what is wrong with them. Filled by read_rows, completed and judged by check_rows, printed by write_tables.

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/knowledge/compiler/document.h"
#include "analyzer/knowledge/decorators.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/knowledge/tables.h"

namespace hasten::knowledge_compiler {

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

template <class Row>
struct Described {
  Row row;
  Where where;
};

/// What carries requests. Masking `over` masks it too: `responses` stops all that is built on requests.
struct Transport {
  std::string_view name;
  std::string_view over;  // empty: its own connections
};

struct Rows {
  Texts texts;
  std::vector<Described<Api>> apis;
  std::vector<Described<KnownClass>> classes;
  std::vector<Described<tables::Alias>> aliases;
  std::vector<Described<KnownDecorator>> decorators;
  std::vector<Described<PluginFixture>> fixtures;
  std::vector<Described<Transport>> transports;
  std::vector<Complaint> complaints;
};

}  // namespace hasten::knowledge_compiler
