#include "analyzer/collect/item_reorder.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "analyzer/text/folder.h"

namespace hasten {
namespace {

constexpr std::size_t scopes = 4;  // class to session; function-scoped parameters move nothing

std::size_t rank(Scope scope) { return static_cast<std::size_t>(scope) - 1; }

class Reordering {
 public:
  Reordering(const Items& items, const std::vector<TestItems>& tests, const ProjectTables& tables,
             const PytestRules& rules)
      : items_(items), tests_(tests), tables_(tables), rules_(rules), keys_(items.blocks.size()) {
    std::uint32_t position = 0;  // of the block's first item among those of its test
    for (std::uint32_t block = 0; block < items.blocks.size(); ++block) {
      const bool is_first = block == 0 || items.blocks[block - 1].test != items.blocks[block].test;
      position = is_first ? 0 : position + items.blocks[block - 1].items;
      add_keys(block, position);
    }
    for (auto& marks : taken_) marks.resize(items.blocks.size());
    for (auto& marks : within_) marks.resize(items.blocks.size());
  }

  [[nodiscard]] bool has_keys() const { return !places_.empty(); }

  [[nodiscard]] std::vector<std::uint32_t> order() {
    std::vector<std::uint32_t> all(items_.blocks.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return at_scope(std::move(all), rank(Scope::session));
  }

 private:
  using Key = std::uint32_t;
  using Owner = std::tuple<std::string_view, ClassRef>;  // folder or file, class

  /// A key's items, as places in `places_`: the smaller the priority, the nearer to the front.
  struct Place {
    std::uint32_t block;
    std::int64_t priority;
  };
  struct Parameter {
    NameId name;
    Scope scope{};
    std::uint32_t index = 0;
  };

  void add_keys(std::uint32_t block, std::uint32_t position) {
    const ItemBlock& row = items_.blocks[block];
    const TestItems& test = tests_[row.test.index()];
    std::vector<Parameter> parameters;
    for (std::uint32_t i = 0; i < test.told_apart; ++i) {
      const Parametrization& at = test.sources[i];
      if (at.scope == Scope::function) continue;
      for (std::size_t name = 0; name < at.source->names.size(); ++name) {
        const bool by_item = at.source->is_direct[name] && rules_.direct_key == DirectKey::item;
        parameters.push_back({at.source->names[name], at.scope, by_item ? position : items_.sets[row.first_set + i]});
      }
    }
    if (rules_.sorts_parameter_keys) {
      std::ranges::sort(parameters, {}, [this](const Parameter& at) { return tables_.names[at.name]; });
    }
    for (const Parameter& at : parameters) {
      const auto [found, is_new] = numbers_.try_emplace({at.scope, at.name, at.index, owner_of(row.test, at.scope)},
                                                        static_cast<Key>(by_key_.size()));
      if (is_new) by_key_.emplace_back();
      keys_[block].push_back({rank(at.scope), found->second, static_cast<std::uint32_t>(places_.size())});
      by_key_[found->second].push_back(static_cast<std::uint32_t>(places_.size()));
      places_.push_back({block, static_cast<std::int64_t>(block)});
    }
  }

  [[nodiscard]] Owner owner_of(TestId id, Scope scope) const {
    const Test& test = tables_.tests[id];
    const std::string_view path = tables_.files[test.file].source.path();
    if (scope == Scope::session) return {};
    if (scope == Scope::package && rules_.package_key == PackageKey::folder) return {folder_of(path), {}};
    return {path, scope == Scope::class_ && !test.classes.empty() ? test.classes.back() : ClassRef()};
  }

  /// One level; those below are entered at most four deep.
  std::vector<std::uint32_t> at_scope(std::vector<std::uint32_t> blocks, std::size_t scope) {
    if (is_short(blocks)) return blocks;
    const auto lower = [&](std::vector<std::uint32_t> part) {
      return scope == 0 ? std::move(part) : at_scope(std::move(part), scope - 1);
    };
    const bool concerned =
        std::ranges::any_of(blocks, [&](std::uint32_t block) { return last_key(block, scope, 0) != nullptr; });
    if (!concerned) return lower(std::move(blocks));
    const std::uint32_t call = ++calls_;
    for (std::uint32_t block : blocks) within_[scope][block] = call;
    std::vector<std::uint32_t> done, bucket;
    std::vector<std::uint32_t> queue(blocks.rbegin(), blocks.rend());  // its end is the front
    while (!queue.empty()) {
      const std::uint32_t block = queue.back();
      queue.pop_back();
      if (taken_[scope][block] == call) continue;
      if (const KeyPlace* key = last_key(block, scope, call)) {
        ignored_.resize(by_key_.size());
        ignored_[key->key] = call;
        bring_forward(key->key, scope, call, queue);
        flush(bucket, done, lower);
      } else {
        taken_[scope][block] = call;
        bucket.push_back(block);
      }
    }
    flush(bucket, done, lower);
    return done;
  }

  struct KeyPlace {
    std::size_t scope;
    Key key;
    std::uint32_t place;
  };

  template <class Lower>
  static void flush(std::vector<std::uint32_t>& bucket, std::vector<std::uint32_t>& done, const Lower& lower) {
    if (bucket.empty()) return;
    const std::vector<std::uint32_t> ordered = lower(std::exchange(bucket, {}));
    done.insert(done.end(), ordered.begin(), ordered.end());
  }

  /// The last of the block's keys at a scope that the call has not used up.
  [[nodiscard]] const KeyPlace* last_key(std::uint32_t block, std::size_t scope, std::uint32_t call) const {
    const auto& keys = keys_[block];
    for (auto at = keys.rbegin(); at != keys.rend(); ++at) {
      const bool is_ignored = call != 0 && at->key < ignored_.size() && ignored_[at->key] == call;
      if (at->scope == scope && !is_ignored) return &*at;
    }
    return nullptr;
  }

  /// All blocks of this call with the key go to the front of the queue, and to the front of whatever else lists them.
  void bring_forward(Key key, std::size_t scope, std::uint32_t call, std::vector<std::uint32_t>& queue) {
    std::vector<std::uint32_t> matching;
    std::ranges::sort(by_key_[key], {}, [this](std::uint32_t place) { return places_[place].priority; });
    for (std::uint32_t place : by_key_[key]) {
      if (within_[scope][places_[place].block] == call) matching.push_back(places_[place].block);
    }
    for (auto block = matching.rbegin(); block != matching.rend(); ++block) {
      queue.push_back(*block);
      for (const KeyPlace& at : keys_[*block]) places_[at.place].priority = --front_;
    }
  }

  /// pytest leaves fewer than three items alone.
  [[nodiscard]] bool is_short(const std::vector<std::uint32_t>& blocks) const {
    std::uint64_t count = 0;
    for (std::uint32_t block : blocks) {
      count += items_.blocks[block].items;
      if (count >= 3) return false;
    }
    return true;
  }

  const Items& items_;
  const std::vector<TestItems>& tests_;
  const ProjectTables& tables_;
  const PytestRules& rules_;
  std::vector<std::vector<KeyPlace>> keys_;  // by block, in pytest's order
  std::map<std::tuple<Scope, NameId, std::uint32_t, Owner>, Key> numbers_;
  std::vector<std::vector<std::uint32_t>> by_key_;  // places
  std::vector<Place> places_;
  std::int64_t front_ = 0;
  std::uint32_t calls_ = 0;
  std::array<std::vector<std::uint32_t>, scopes> taken_, within_;  // by block: the last call that did
  std::vector<std::uint32_t> ignored_;                             // by key: the last call that used it up
};

}  // namespace

void reorder_items(Items& items, const std::vector<TestItems>& tests, const ProjectTables& tables,
                   const PytestRules& rules) {
  Reordering reordering(items, tests, tables, rules);
  if (!reordering.has_keys()) return;
  std::vector<ItemBlock> moved;
  moved.reserve(items.blocks.size());
  for (std::uint32_t block : reordering.order()) moved.push_back(items.blocks[block]);
  items.blocks = std::move(moved);
}

}  // namespace hasten
