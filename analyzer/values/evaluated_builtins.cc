// What Python's own functions and itertools make of evaluated values. None where that cannot be told.

#include <algorithm>
#include <utility>

#include "analyzer/values/evaluation.h"
#include "analyzer/values/known_values.h"

namespace hasten {
namespace {

using Kind = Evaluated::Kind;

constexpr std::int64_t longest_range = 20'000;
constexpr std::size_t largest_product = 20'000;

std::optional<Kind> kind_of_type(const Evaluated& type) {
  if (type.kind != Kind::external) return std::nullopt;
  const std::string_view name = type.text;
  if (name == "builtins.str") return Kind::text;
  if (name == "builtins.bool") return Kind::boolean;
  if (name == "builtins.int") return Kind::integer;
  if (name == "builtins.float") return Kind::floating;
  if (name == "builtins.list") return Kind::list;
  if (name == "builtins.tuple") return Kind::tuple;
  if (name == "builtins.set") return Kind::set;
  if (name == "builtins.dict") return Kind::dict;
  return std::nullopt;
}

}  // namespace

ValueRef Evaluation::builtin(std::string_view name, const Arguments& given) {
  const auto& values = given.positional;
  if (name == "list" || name == "tuple" || name == "iter" || name == "reversed") {
    if (values.size() > 1 || !given.keywords.empty()) return nullptr;
    auto elements = values.empty() ? std::vector<ValueRef>() : iterate(values[0]);
    if (!elements) return nullptr;
    if (name == "reversed") std::ranges::reverse(*elements);
    return collection(name == "tuple" ? Kind::tuple : Kind::list, std::move(*elements));
  }
  if (name == "set" || name == "frozenset") return set_of(Kind::set, given);
  if (name == "dict") return dict_of(given);
  if (name == "range") return range(given);
  if (name == "zip") return zip(given, false);
  if (name == "map" || name == "filter") return map_or_filter(name, given);
  if (name == "sorted") return sorted(given);
  if (name == "any" || name == "all") return any_or_all(name, given);
  if (name == "isinstance") return is_instance(given);
  if (name == "hasattr" || name == "getattr") return attribute_asked(name, given);
  if (values.empty()) return nullptr;
  if (name == "len") {
    const auto elements = iterate(values[0]);
    return elements ? integer(static_cast<std::int64_t>(elements->size())) : nullptr;
  }
  if (name == "enumerate") {
    const auto elements = iterate(values[0]);
    ValueRef start = values.size() > 1 ? values[1] : given.keyword("start");
    if (!elements || (start != nullptr && start->kind != Kind::integer)) return nullptr;
    std::int64_t number = start != nullptr ? start->number : 0;
    std::vector<ValueRef> out;
    for (const ValueRef element : *elements) out.push_back(collection(Kind::tuple, {integer(number++), element}));
    return collection(Kind::list, std::move(out));
  }
  const Evaluated& only = *values[0];
  if (values.size() > 1 || !given.keywords.empty()) return nullptr;
  if (name == "str" && only.kind == Kind::text) return values[0];
  if (name == "str" && only.kind == Kind::integer) return text(std::to_string(only.number));
  if (name == "int" && (only.kind == Kind::integer || only.kind == Kind::boolean)) return integer(only.number);
  if (name == "abs" && only.kind == Kind::integer) return integer(only.number < 0 ? -only.number : only.number);
  if (name == "bool") {
    const Truth told = truth_of(only);
    return told == Truth::unknown ? nullptr : boolean(told, {}, {});
  }
  if (name != "sum") return nullptr;
  std::int64_t total = 0;
  if (!is_collection(only)) return nullptr;
  for (const ValueRef value : only.elements) {
    if (value->kind != Kind::integer && value->kind != Kind::boolean) return nullptr;
    total += value->number;
  }
  return integer(total);
}

/// `hasattr(module, name)`; of getattr only the default for what is not there.
ValueRef Evaluation::attribute_asked(std::string_view name, const Arguments& given) {
  const auto& values = given.positional;
  if (values.size() < 2 || values[0]->kind != Kind::external || values[1]->kind != Kind::text) return nullptr;
  const Truth told = has_attribute(values[0]->text, values[1]->text);
  if (name == "getattr") return told == Truth::no && values.size() == 3 ? values[2] : nullptr;
  return told == Truth::unknown ? nullptr : boolean(told, {}, {});
}

ValueRef Evaluation::zip(const Arguments& given, bool is_longest) {
  std::vector<std::vector<ValueRef>> columns;
  std::optional<std::size_t> length;
  for (const ValueRef value : given.positional) {
    if (value->kind == Kind::endless) {
      if (is_longest) return nullptr;
      columns.emplace_back();
      continue;
    }
    auto elements = iterate(value);
    if (!elements) return nullptr;
    const std::size_t size = elements->size();
    length = !length ? size : is_longest ? std::max(*length, size) : std::min(*length, size);
    columns.push_back(std::move(*elements));
  }
  if (!length && !columns.empty()) return nullptr;
  std::vector<ValueRef> out;
  for (std::size_t i = 0; i < length.value_or(0); ++i) {
    std::vector<ValueRef> row;
    for (const auto& column : columns) row.push_back(i < column.size() ? column[i] : make({}));
    out.push_back(collection(Kind::tuple, std::move(row)));
  }
  return collection(Kind::list, std::move(out));
}

ValueRef Evaluation::map_or_filter(std::string_view name, const Arguments& given) {
  if (given.positional.size() != 2) return nullptr;
  const ValueRef function = given.positional[0];
  const auto elements = iterate(given.positional[1]);
  if (!elements) return nullptr;
  std::vector<ValueRef> out;
  for (const ValueRef element : *elements) {
    ValueRef made = nullptr;
    if (function->kind == Kind::none) made = element;
    if (function->kind == Kind::lambda) made = call_lambda(*function, {{element}, {}});
    if (function->kind == Kind::function) made = call_function(*function, {{element}, {}});
    if (name == "map") {
      out.push_back(made != nullptr ? made : make({}));
      continue;
    }
    const Truth kept = made != nullptr ? truth_of(*made) : Truth::unknown;
    if (kept == Truth::unknown) return nullptr;
    if (kept == Truth::yes) out.push_back(element);
  }
  return collection(Kind::list, std::move(out));
}

ValueRef Evaluation::range(const Arguments& given) {
  std::int64_t bounds[3] = {0, 0, 1};
  const std::size_t count = given.positional.size();
  if (count == 0 || count > 3) return nullptr;
  for (std::size_t i = 0; i < count; ++i) {
    if (given.positional[i]->kind != Kind::integer) return nullptr;
    bounds[i] = given.positional[i]->number;
  }
  if (count == 1) bounds[1] = std::exchange(bounds[0], 0);
  const std::int64_t step = bounds[2];
  if (step == 0 || (bounds[1] - bounds[0]) / step > longest_range) return nullptr;
  std::vector<ValueRef> out;
  for (std::int64_t at = bounds[0]; step > 0 ? at < bounds[1] : at > bounds[1]; at += step) out.push_back(integer(at));
  return collection(Kind::list, std::move(out));
}

/// What cannot be ordered by its values alone keeps its number of elements only.
ValueRef Evaluation::sorted(const Arguments& given) {
  if (given.positional.size() != 1) return nullptr;
  auto elements = iterate(given.positional[0]);
  if (!elements) return nullptr;
  bool is_known = given.keywords.empty() && std::ranges::all_of(*elements, [&](ValueRef value) {
                    return hasten::less(*value, *elements->front()).has_value() && !is_collection(*value);
                  });
  if (is_known) {
    std::ranges::stable_sort(*elements, [](ValueRef a, ValueRef b) { return hasten::less(*a, *b).value_or(false); });
  } else {
    for (ValueRef& element : *elements) element = make({});
  }
  return collection(Kind::list, std::move(*elements));
}

ValueRef Evaluation::is_instance(const Arguments& given) {
  if (given.positional.size() != 2 || !is_plain(*given.positional[0])) return nullptr;
  const Evaluated& value = *given.positional[0];
  const ValueRef types = given.positional[1];
  const auto all = types->kind == Kind::tuple ? types->elements : std::vector<ValueRef>{types};
  Truth found = Truth::no;
  for (const ValueRef type : all) {
    const auto kind = kind_of_type(*type);
    if (!kind) return nullptr;
    const bool is_number_too = *kind == Kind::integer && value.kind == Kind::boolean;
    if (*kind == value.kind || is_number_too) found = Truth::yes;
  }
  return boolean(found, {}, {});
}

ValueRef Evaluation::any_or_all(std::string_view name, const Arguments& given) {
  const auto elements = given.positional.size() == 1 ? iterate(given.positional[0]) : std::nullopt;
  if (!elements) return nullptr;
  const Truth decides = name == "any" ? Truth::yes : Truth::no;
  Truth out = opposite(decides);
  for (const ValueRef element : *elements) {
    const Truth here = truth_of(*element);
    if (here == decides) return boolean(here, {}, {});
    if (here == Truth::unknown) out = here;
  }
  return out == Truth::unknown ? nullptr : boolean(out, {}, {});
}

ValueRef Evaluation::set_of(Kind kind, const Arguments& given) {
  Evaluated out;
  out.kind = kind;
  if (given.positional.empty()) return make(std::move(out));
  const auto elements = iterate(given.positional[0]);
  if (!elements) return nullptr;
  const bool is_known =
      std::ranges::all_of(*elements, [&](ValueRef element) { return add_key(out, element, nullptr); });
  return is_known ? make(std::move(out)) : nullptr;
}

/// `dict(pairs, name=value)`.
ValueRef Evaluation::dict_of(const Arguments& given) {
  Evaluated out;
  out.kind = Kind::dict;
  if (given.positional.size() > 1) return nullptr;
  if (!given.positional.empty() && given.positional[0]->kind == Kind::dict) {
    out = *given.positional[0];
  } else if (!given.positional.empty()) {
    const auto pairs = iterate(given.positional[0]);
    if (!pairs) return nullptr;
    for (const ValueRef pair : *pairs) {
      if (!is_collection(*pair) || pair->elements.size() != 2) return nullptr;
      if (!add_key(out, pair->elements[0], pair->elements[1])) return nullptr;
    }
  }
  for (const auto& [name, value] : given.keywords) {
    if (!add_key(out, text(std::string(name)), value)) return nullptr;
  }
  return make(std::move(out));
}

ValueRef Evaluation::from_itertools(std::string_view name, const Arguments& given) {
  const auto& values = given.positional;
  if (name == "product") return cartesian(given);
  if (name == "permutations" || name.starts_with("combinations")) return subsets(name, given);
  if (name == "zip_longest") return zip(given, true);
  if (name == "count" || name == "cycle" || (name == "repeat" && values.size() == 1 && given.keywords.empty())) {
    Evaluated out;
    out.kind = Kind::endless;
    return make(std::move(out));
  }
  if (name == "repeat" && values.size() == 2 && values[1]->kind == Kind::integer) {
    const bool is_short = values[1]->number >= 0 && values[1]->number <= longest_range;
    return is_short
               ? collection(Kind::list, std::vector<ValueRef>(static_cast<std::size_t>(values[1]->number), values[0]))
               : nullptr;
  }
  if (name != "chain" && name != "chain.from_iterable") return nullptr;
  std::vector<ValueRef> out;
  auto parts = values;
  if (name == "chain.from_iterable") {
    const auto inner = values.size() == 1 ? iterate(values[0]) : std::nullopt;
    if (!inner) return nullptr;
    parts = *inner;
  }
  for (const ValueRef part : parts) {
    const auto elements = iterate(part);
    if (!elements) return nullptr;
    out.insert(out.end(), elements->begin(), elements->end());
  }
  return collection(Kind::list, std::move(out));
}

ValueRef Evaluation::cartesian(const Arguments& given) {
  std::vector<std::vector<ValueRef>> columns;
  for (const ValueRef value : given.positional) {
    auto elements = iterate(value);
    if (!elements) return nullptr;
    columns.push_back(std::move(*elements));
  }
  if (const ValueRef repeat = given.keyword("repeat")) {
    if (repeat->kind != Kind::integer || repeat->number < 0 || repeat->number > 16) return nullptr;
    const auto once = columns;
    columns.clear();
    for (std::int64_t i = 0; i < repeat->number; ++i) columns.insert(columns.end(), once.begin(), once.end());
  }
  std::vector<std::vector<ValueRef>> rows = {{}};
  for (const auto& column : columns) {
    if (rows.size() * column.size() > largest_product) return nullptr;
    std::vector<std::vector<ValueRef>> longer;
    for (const auto& row : rows) {
      for (const ValueRef value : column) {
        longer.push_back(row);
        longer.back().push_back(value);
      }
    }
    rows = std::move(longer);
  }
  std::vector<ValueRef> out;
  for (auto& row : rows) out.push_back(collection(Kind::tuple, std::move(row)));
  return collection(Kind::list, std::move(out));
}

/// Permutations and combinations, in the order in which itertools gives them.
ValueRef Evaluation::subsets(std::string_view name, const Arguments& given) {
  const auto pool = given.positional.empty() ? std::nullopt : iterate(given.positional[0]);
  const ValueRef size = given.positional.size() > 1 ? given.positional[1] : given.keyword("r");
  if (!pool || (size != nullptr && size->kind != Kind::integer) || (size == nullptr && name != "permutations")) {
    return nullptr;
  }
  const std::size_t length =
      size != nullptr ? static_cast<std::size_t>(std::max<std::int64_t>(size->number, 0)) : pool->size();
  if (length > 16) return nullptr;
  std::vector<std::vector<std::size_t>> rows = {{}};
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<std::vector<std::size_t>> longer;
    for (const auto& row : rows) {
      const bool is_first = row.empty() || name == "permutations";
      std::size_t next = is_first ? 0 : name == "combinations" ? row.back() + 1 : row.back();
      for (; next < pool->size(); ++next) {
        if (name == "permutations" && std::ranges::find(row, next) != row.end()) continue;
        longer.push_back(row);
        longer.back().push_back(next);
      }
      if (longer.size() > largest_product) return nullptr;
    }
    rows = std::move(longer);
  }
  std::vector<ValueRef> out;
  for (const auto& row : rows) {
    std::vector<ValueRef> chosen;
    for (const std::size_t index : row) chosen.push_back((*pool)[index]);
    out.push_back(collection(Kind::tuple, std::move(chosen)));
  }
  return collection(Kind::list, std::move(out));
}

}  // namespace hasten
