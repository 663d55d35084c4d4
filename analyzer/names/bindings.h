#pragma once

// Who binds a local variable, an attribute of self, a fixture argument: the indexes that values are read from.

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analyzer/model/project.h"

namespace hasten {

/// One place that gives a name a value.
struct Binding {
  enum class Kind : std::uint8_t { value, entered, element, part, declared, opaque };
  Kind kind{};
  BlockId block;               // where the value's expression stands
  ExprId value;                // value: the expression; entered: a context manager; element, part: of this iterable;
                               // declared: the annotation of `client: Client` in a class; opaque: none
  std::uint32_t position = 0;  // part: which, from 0; element: which part of it, from 1, 0 for all of it
  ExprId holder = {};          // of `stores`: whose attribute it is
};

class Bindings {
 public:
  explicit Bindings(const ProjectTables& tables) : tables_(tables) {}

  /// Assignments to the local variable `name`, a word of the file, in source order.
  [[nodiscard]] std::span<const Binding> locals(FileId file, FunctionId function, WordId name) const;
  /// `self.name = ...` in the methods of the class itself, and `name = ...` in its body, in source order.
  [[nodiscard]] const std::vector<Binding>& attributes(ClassRef class_, std::string_view name) const;
  /// `holder.name = value` in the function's own body, of a holder that goes by a plain name; in source order.
  [[nodiscard]] std::span<const Binding> stores(FileId file, FunctionId function, WordId name) const;
  /// What `return` and (for generators) `yield` hand out.
  [[nodiscard]] const std::vector<Binding>& results(FunctionRef function) const;
  /// The fixtures that pytest passes as `param`, over all tests that use the function.
  [[nodiscard]] const std::vector<FixtureId>& fixtures(FunctionRef function, std::string_view param) const;
  /// Those that `request.getfixturevalue(name)` gives in the function, a test or fixture or one inside it.
  [[nodiscard]] const std::vector<FixtureId>& asked_for(FunctionRef function, NameId name) const;

 private:
  using Key = std::pair<std::uint32_t, std::string_view>;
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      return std::hash<std::string_view>()(key.second) * 31 + key.first;
    }
  };
  using Index = std::unordered_map<Key, std::vector<Binding>, KeyHash>;

  /// What functions bind, by function and word.
  class ByFunction {
   public:
    void add(FunctionId function, WordId word, const Binding& binding) { rows_.push_back({function, word, binding}); }
    /// Once, when all are there.
    void sort(std::size_t functions);
    [[nodiscard]] std::span<const Binding> of(FunctionId function, WordId word) const;

   private:
    struct Row {
      FunctionId function;
      WordId word;
      Binding binding;
    };
    std::vector<Row> rows_;             // while they are added
    std::vector<std::uint32_t> first_;  // by function, and the end
    std::vector<WordId> words_;
    std::vector<Binding> bindings_;  // of the word at the same position
  };

  struct FileIndex {
    ByFunction locals;
    ByFunction stores;
    Index attributes;                           // by class
    std::vector<std::vector<Binding>> results;  // by function
    bool is_built = false;
  };
  const FileIndex& index(FileId file) const;
  static void add_result(const FileModel& model, const Statement& statement, FileIndex& index);
  void add_targets(FileId file, const Statement& statement, FileIndex& index) const;
  void add_target(FileId file, ExprId target, Binding binding, FileIndex& index) const;
  /// By function and name.
  using FixturesByName = std::unordered_map<FunctionRef, std::vector<std::pair<NameId, std::vector<FixtureId>>>>;
  static void add_fixture(FixturesByName& fixtures, FunctionRef function, NameId name, FixtureId fixture);
  [[nodiscard]] static const std::vector<FixtureId>& find(const FixturesByName& fixtures, FunctionRef function,
                                                          NameId name);
  void build_fixtures() const;
  void build_asked_for() const;
  [[nodiscard]] std::unordered_set<FunctionRef> askers() const;

  const ProjectTables& tables_;
  mutable std::vector<FileIndex> files_;
  mutable FixturesByName fixtures_;
  mutable FixturesByName asked_for_;
  mutable bool fixtures_are_built_ = false;
  mutable bool asked_for_is_built_ = false;
};

}  // namespace hasten
