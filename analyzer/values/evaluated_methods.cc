// Methods of lists, sets, dicts and texts. None where the result is not known; a collection is then forgotten.

#include <algorithm>
#include <utility>

#include "analyzer/values/evaluation.h"

namespace hasten {
namespace {

using Kind = Evaluated::Kind;

void remove_at(Evaluated& object, std::size_t index) {
  const auto offset = static_cast<std::ptrdiff_t>(index);
  object.elements.erase(object.elements.begin() + offset);
  if (object.kind == Kind::dict) object.values.erase(object.values.begin() + offset);
}

/// Takes out the first element that equals the value. `no`: there is none; `unknown`: one may or may not be it.
Truth remove_equal(Evaluated& object, const Evaluated& value) {
  for (std::size_t i = 0; i < object.elements.size(); ++i) {
    const Truth same = equal(*object.elements[i], value);
    if (same == Truth::yes) remove_at(object, i);
    if (same != Truth::no) return same;
  }
  return Truth::no;
}

std::string mapped(std::string_view text, bool is_upper) {
  std::string out(text);
  for (char& c : out) {
    if (is_upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!is_upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
}

/// At white space, or at `separator`.
std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> out;
  const bool is_blank = separator.empty();
  while (true) {
    const std::size_t end = is_blank ? text.find_first_of(" \t\n\r") : text.find(separator);
    const std::string_view part = text.substr(0, end);
    if (!is_blank || !part.empty()) out.emplace_back(part);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + (is_blank ? 1 : separator.size()));
  }
}

}  // namespace

ValueRef Evaluation::method(ValueRef object, std::string_view name, const Arguments& given) {
  if (object->kind == Kind::text) return text_method(*object, name, given);
  if (object->kind == Kind::dict) return dict_method(*object, name, given);
  if (object->kind == Kind::set) return set_method(*object, name, given);
  if (object->kind == Kind::list) return list_method(*object, name, given);
  return nullptr;
}

ValueRef Evaluation::list_method(Evaluated& object, std::string_view name, const Arguments& given) {
  const auto& values = given.positional;
  if (!given.keywords.empty() && name != "sort") return nullptr;
  if (name == "append" && values.size() == 1) {
    object.elements.push_back(values[0]);
    return none();
  }
  if (name == "extend" && values.size() == 1) {
    const auto more = iterate(values[0]);
    if (!more) return nullptr;
    object.elements.insert(object.elements.end(), more->begin(), more->end());
    return none();
  }
  if (name == "insert" && values.size() == 2 && values[0]->kind == Kind::integer) {
    const auto size = static_cast<std::int64_t>(object.elements.size());
    const std::int64_t at = values[0]->number < 0 ? values[0]->number + size : values[0]->number;
    object.elements.insert(object.elements.begin() + std::clamp<std::int64_t>(at, 0, size), values[1]);
    return none();
  }
  if (name == "copy" && values.empty()) return make(Evaluated(object));
  if (name == "reverse" && values.empty()) {
    std::ranges::reverse(object.elements);
    return none();
  }
  if (name == "sort") {
    const ValueRef out = sorted({{&object}, given.keywords});
    if (out != nullptr) object.elements = out->elements;
    return out != nullptr ? none() : nullptr;
  }
  if (name == "pop" && values.size() <= 1 && !object.elements.empty()) {
    const ValueRef index = values.empty() ? integer(-1) : values[0];
    const ValueRef popped = item(object, *index);
    if (popped == nullptr) return nullptr;
    const auto size = static_cast<std::int64_t>(object.elements.size());
    remove_at(object, static_cast<std::size_t>(index->number < 0 ? index->number + size : index->number));
    return popped;
  }
  if (name == "remove" && values.size() == 1) {
    return remove_equal(object, *values[0]) == Truth::yes ? none() : nullptr;
  }
  if (name == "index" && values.size() == 1) {
    for (std::size_t at = 0; at < object.elements.size(); ++at) {
      const Truth is_equal = compared(Operator::equal, *object.elements[at], *values[0]);
      if (is_equal == Truth::yes) return integer(static_cast<std::int64_t>(at));
      if (is_equal == Truth::unknown) return nullptr;
    }
  }
  return nullptr;
}

ValueRef Evaluation::set_method(Evaluated& object, std::string_view name, const Arguments& given) {
  const auto& values = given.positional;
  if (!given.keywords.empty()) return nullptr;
  if (name == "add" && values.size() == 1) return add_key(object, values[0], nullptr) ? none() : nullptr;
  if (name == "copy" && values.empty()) return make(Evaluated(object));
  if ((name == "discard" || name == "remove") && values.size() == 1) {
    const Truth removed = remove_equal(object, *values[0]);
    const bool is_done = removed == Truth::yes || (removed == Truth::no && name == "discard");
    return is_done ? none() : nullptr;
  }
  Operator op = Operator::none;
  if (name == "union" || name == "update") op = Operator::bit_or;
  if (name == "difference" || name == "difference_update") op = Operator::subtract;
  if (name == "intersection" || name == "intersection_update") op = Operator::bit_and;
  if (op == Operator::none) return nullptr;
  ValueRef out = make(Evaluated(object));
  for (const ValueRef value : values) {
    const ValueRef other = set_of(Kind::set, {{value}, {}});
    out = other != nullptr ? combined_sets(op, *out, *other) : nullptr;
    if (out == nullptr) return nullptr;
  }
  if (!name.ends_with("update")) return out;
  object.elements = out->elements;
  return none();
}

ValueRef Evaluation::dict_method(Evaluated& object, std::string_view name, const Arguments& given) {
  const auto& values = given.positional;
  if (name == "update") {
    const ValueRef more = dict_of(given);
    if (more == nullptr) return nullptr;
    for (std::size_t i = 0; i < more->elements.size(); ++i) {
      if (!add_key(object, more->elements[i], more->values[i])) return nullptr;
    }
    return none();
  }
  if (!given.keywords.empty()) return nullptr;
  if (name == "copy" && values.empty()) return make(Evaluated(object));
  if (name == "keys" && values.empty()) return collection(Kind::list, object.elements);
  if (name == "values" && values.empty()) return collection(Kind::list, object.values);
  if (name == "items" && values.empty()) {
    std::vector<ValueRef> out;
    for (std::size_t i = 0; i < object.elements.size(); ++i) {
      out.push_back(collection(Kind::tuple, {object.elements[i], object.values[i]}));
    }
    return collection(Kind::list, std::move(out));
  }
  if (values.empty() || values.size() > 2) return nullptr;
  if (name != "get" && name != "pop" && name != "setdefault") return nullptr;
  for (std::size_t i = 0; i < object.elements.size(); ++i) {
    const Truth same = equal(*object.elements[i], *values[0]);
    if (same == Truth::unknown) return nullptr;
    if (same == Truth::no) continue;
    const ValueRef found = object.values[i];
    if (name == "pop") remove_at(object, i);
    return found;
  }
  const ValueRef otherwise = values.size() == 2 ? values[1] : none();
  if (name == "pop" && values.size() == 1) return nullptr;
  if (name == "setdefault") (void)set_item(object, values[0], otherwise);
  return otherwise;
}

ValueRef Evaluation::text_method(const Evaluated& object, std::string_view name, const Arguments& given) {
  const auto& values = given.positional;
  const std::string& own = object.text;
  if (!given.keywords.empty()) return nullptr;
  const bool is_affix = name == "startswith" || name == "endswith";
  if (is_affix && values.size() == 1) {
    const auto affixes = values[0]->kind == Kind::tuple ? values[0]->elements : values;
    Truth found = Truth::no;
    for (const ValueRef affix : affixes) {
      if (affix->kind != Kind::text) return nullptr;
      if (name == "startswith" ? own.starts_with(affix->text) : own.ends_with(affix->text)) found = Truth::yes;
    }
    return boolean(found, {}, {});
  }
  if ((name == "upper" || name == "lower") && values.empty() && is_ascii(own))
    return text(mapped(own, name == "upper"));
  if (name == "split" && values.size() <= 1) {
    if (!values.empty() && (values[0]->kind != Kind::text || values[0]->text.empty())) return nullptr;
    std::vector<ValueRef> out;
    for (std::string& part : split(own, values.empty() ? std::string_view() : values[0]->text)) {
      out.push_back(text(std::move(part)));
    }
    return collection(Kind::list, std::move(out));
  }
  if (name == "join" && values.size() == 1) {
    const auto parts = iterate(values[0]);
    if (!parts) return nullptr;
    std::string out;
    for (const ValueRef part : *parts) {
      if (part->kind != Kind::text) return nullptr;
      out += part == parts->front() ? part->text : own + part->text;
    }
    return out.size() > FileModel::max_word ? nullptr : text(std::move(out));
  }
  if (name == "strip" && values.empty()) {
    const std::size_t first = own.find_first_not_of(" \t\n\r");
    const std::size_t last = own.find_last_not_of(" \t\n\r");
    return text(first == std::string::npos ? std::string() : own.substr(first, last - first + 1));
  }
  return nullptr;
}

}  // namespace hasten
