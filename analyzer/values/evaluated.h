#pragma once

// What running a piece of code would leave behind, as far as literals tell: numbers, texts and collections, and opaque
// values for everything else. Collections are shared by reference, as in Python.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzer/names/conditions.h"
#include "analyzer/values/literals.h"

namespace hasten {

struct Evaluated;
/// Owned by the Evaluation that made it; never null.
using ValueRef = Evaluated*;

/// The variables of one run of a function, class body or comprehension.
struct Variables {
  std::unordered_map<std::string_view, ValueRef> names;
  Variables* around = nullptr;
  std::vector<ValueRef> yielded;
};

struct Evaluated {
  enum class Kind : std::uint8_t {
    opaque,   // some value; `made_by` is the expression, if it was one
    endless,  // an iterator without an end
    none,
    boolean,   // number
    integer,   // number
    floating,  // real
    text,
    list,  // also what an iterator gives
    tuple,
    set,
    dict,  // elements are the keys
    function,
    lambda,
    class_,
    external,  // text is its dotted name
  };
  Kind kind = Kind::opaque;
  std::int64_t number = 0;
  double real = 0;
  std::string text;
  std::vector<ValueRef> elements;
  std::vector<ValueRef> values;  // of a dict, beside `elements`
  Site made_by;                  // opaque, lambda
  FunctionRef function;
  ClassRef class_;
  Variables* around = nullptr;  // function, lambda: the variables that it sees
};

[[nodiscard]] bool is_collection(const Evaluated& value);
[[nodiscard]] bool is_number(const Evaluated& value);
/// A value that is known for good: equal or not to any other such.
[[nodiscard]] bool is_plain(const Evaluated& value);
[[nodiscard]] Truth truth_of(const Evaluated& value);
[[nodiscard]] Truth equal(const Evaluated& left, const Evaluated& right);
/// `left < right`; nothing where Python would fail or we cannot tell.
[[nodiscard]] std::optional<bool> less(const Evaluated& left, const Evaluated& right);
/// Whether a collection holds the value; of a text, whether it is part of it.
[[nodiscard]] Truth contains(const Evaluated& collection, const Evaluated& value);

}  // namespace hasten
