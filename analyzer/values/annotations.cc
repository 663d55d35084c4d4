#include "analyzer/values/annotations.h"

#include <algorithm>
#include <array>
#include <string>

#include "analyzer/values/values.h"

namespace hasten {
namespace {

using std::string_view;

constexpr std::array<string_view, 6> iterators = {"AsyncGenerator", "AsyncIterable", "AsyncIterator",
                                                  "Generator",      "Iterable",      "Iterator"};
/// Optional inside Annotated inside Final is as deep as annotations go.
constexpr int max_wrapped = 4;

bool is_none(const FileModel& model, ExprId expr) { return model.exprs[expr].kind == ExprKind::none_literal; }

/// Of `Client | None` and `Union[None, Client]` the one that is not None; none when both are something.
ExprId other_than_none(const FileModel& model, ExprId first, ExprId second) {
  if (!first || !second) return {};
  if (is_none(model, second)) return first;
  return is_none(model, first) ? second : ExprId();
}

ExprId unwrapped(const FileModel& model, ExprId annotation) {
  const ExprId first = model.first_child(annotation);
  if (model.exprs[annotation].kind == ExprKind::binary) {
    return model.exprs[annotation].op == Operator::bit_or ? other_than_none(model, first, model.next(first)) : ExprId();
  }
  const string_view generic = model.word(first);
  const ExprId inner = model.child(annotation, 1);
  if (generic == "Optional" || generic == "Annotated" || generic == "Final" || generic == "ClassVar") return inner;
  const ExprId second = generic == "Union" && inner ? model.next(inner) : ExprId();
  return second && !model.next(second) ? other_than_none(model, inner, second) : ExprId();
}

/// `Any`, `Callable`, `Self`, `Protocol`: what they name is no class of the value.
bool is_any_type(string_view name) {
  return name.starts_with("typing.") || name.starts_with("typing_extensions.") || name.starts_with("collections.abc.");
}

bool is_dotted_name(string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

}  // namespace

ExprId yielded(const FileModel& model, ExprId annotation) {
  if (!annotation || model.exprs[annotation].kind != ExprKind::subscript) return {};
  const string_view generic = model.word(model.first_child(annotation));
  return std::ranges::binary_search(iterators, generic) ? model.child(annotation, 1) : ExprId();
}

ExprId bare(const FileModel& model, ExprId annotation) {
  for (int depth = 0; annotation && depth < max_wrapped; ++depth) {
    const ExprKind kind = model.exprs[annotation].kind;
    if (kind != ExprKind::binary && kind != ExprKind::subscript) return annotation;
    annotation = unwrapped(model, annotation);
  }
  return {};
}

string_view bare(string_view text) {
  if (text.ends_with(" | None")) text.remove_suffix(string_view(" | None").size());
  const std::size_t bracket = text.find('[');
  if (bracket != string_view::npos && text.ends_with(']') && text.substr(0, bracket).ends_with("Optional")) {
    text = text.substr(bracket + 1, text.size() - bracket - 2);
  }
  return is_dotted_name(text) ? text : string_view();
}

/// The object that an annotation promises. It may be one of a subclass.
Value Values::promised(Site site, ExprId annotation) {
  const FileModel& in = model(site.file);
  const ExprId type = annotation ? bare(in, annotation) : ExprId();
  if (!type) return {};
  const std::string_view text = in.exprs[type].kind == ExprKind::string ? bare(in.word(type)) : std::string_view();
  Value value = text.empty() ? evaluate(site.file, site.block, type) : Value();
  if (!value.known()) value = promised_by_text(site, text.empty() ? in.dotted(type) : std::string(text));
  const bool is_named = value.kind == Value::Kind::external && !is_any_type(tables_.names[value.name]);
  return is_named || value.kind == Value::Kind::class_ ? result(value, site.file, {}, {}) : Value();
}

/// By names as they are looked up here, those included that are imported for type checkers only.
Value Values::promised_by_text(Site site, std::string_view annotation) {
  Value value;
  for (std::string_view rest = annotation; !rest.empty();) {
    const std::size_t size = std::min(rest.find('.'), rest.size());
    const std::string_view name = rest.substr(0, size);
    const bool is_first = rest.size() == annotation.size();
    const WordId word = is_first ? names_.namespaces(site.file).word(name) : WordId();
    value = is_first ? denoted(names_.denote(site.file, site.block, name), word, nullptr) : attribute(value, name);
    if (is_first && !value.known()) value = imported_for_types(site.file, name);
    rest.remove_prefix(std::min(size + 1, rest.size()));
  }
  return value;
}

Value Values::imported_for_types(FileId file, std::string_view name) {
  const FileModel& in = model(file);
  const auto import = std::ranges::find_if(in.imports, [&](const Import& row) { return in.word(row.bound) == name; });
  if (import == in.imports.end()) return {};
  std::string dotted = names_.modules().absolute(file, import->level, in.word(import->module));
  if (import->is_from) dotted.append(1, '.').append(in.word(import->imported));
  if (!import->is_from && dotted.starts_with(name)) dotted = name;  // `import shop.client` binds `shop`
  return denoted(names_.import_path(file, dotted), {}, nullptr);
}

}  // namespace hasten
