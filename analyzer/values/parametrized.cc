#include "analyzer/values/parametrized.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace hasten {
namespace {

using std::string_view;

struct Position {
  std::size_t index = 0;
  bool is_only = false;  // the values stand by themselves, not in tuples
};

string_view trimmed(string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == string_view::npos ? string_view() : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

bool is_collection(ExprKind kind) { return kind == ExprKind::tuple || kind == ExprKind::list; }

/// Where `name` stands among `"a, b"` or `["a", "b"]`.
std::optional<Position> position_of(const FileModel& model, ExprId names, string_view name) {
  if (!names) return std::nullopt;
  std::size_t index = 0;
  if (model.exprs[names].kind == ExprKind::string) {
    const string_view whole = model.word(names);
    const bool is_only = whole.find(',') == string_view::npos;
    for (string_view rest = whole; !rest.empty(); ++index) {
      const std::size_t comma = rest.find(',');
      if (trimmed(rest.substr(0, comma)) == name) return Position{index, is_only};
      rest = comma == string_view::npos ? string_view() : rest.substr(comma + 1);
    }
    return std::nullopt;
  }
  if (!is_collection(model.exprs[names].kind)) return std::nullopt;
  for (ExprId at = model.first_child(names); at; at = model.next(at), ++index) {
    // One name in a list still stands for tuples of one.
    if (model.exprs[at].kind == ExprKind::string && model.word(at) == name) return Position{index, false};
  }
  return std::nullopt;
}

/// `pytest.param(value, id="x")` holds its values as arguments.
bool is_param(const FileModel& model, ExprId set) {
  return model.exprs[set].kind == ExprKind::call && model.word(model.first_child(set)) == "param";
}

ExprId value_in(const FileModel& model, ExprId set, Position position) {
  if (is_param(model, set)) return model.positional(set, position.index);
  if (position.is_only) return set;
  return is_collection(model.exprs[set].kind) ? model.child(set, position.index) : ExprId();
}

class Reader {
 public:
  Reader(const ProjectTables& tables, const Names& names) : tables_(tables), names_(names) {}

  void read(FileId file, BlockId block, Run<DecoratorTag> decorators, string_view name) {
    const FileModel& model = tables_.files[file].model;
    for (const DecoratorId id : decorators) {
      const ExprId mark = model.decorators[id].expr;
      if (model.exprs[mark].kind != ExprKind::call || model.word(model.first_child(mark)) != "parametrize") continue;
      if (model.keyword(mark, "indirect")) continue;
      const ExprId names = given(model, mark, 0, "argnames");
      const std::optional<Position> position = position_of(model, names, name);
      if (position) add({file, block, given(model, mark, 1, "argvalues")}, *position);
    }
  }

  void read_fixture(FileId file, BlockId block, Run<DecoratorTag> decorators) {
    const FileModel& model = tables_.files[file].model;
    for (const DecoratorId id : decorators) {
      const ExprId fixture = model.decorators[id].expr;
      if (model.exprs[fixture].kind != ExprKind::call) continue;
      if (const ExprId params = model.keyword(fixture, "params")) add({file, block, params}, {0, true});
    }
  }

  std::vector<GivenValue> found;

 private:
  static ExprId given(const FileModel& model, ExprId mark, std::size_t position, string_view keyword) {
    const ExprId by_name = model.keyword(mark, keyword);
    return by_name ? by_name : model.positional(mark, position);
  }

  void add(GivenValue sets, Position position) {
    if (!sets.expr) return;
    if (tables_.files[sets.file].model.exprs[sets.expr].kind == ExprKind::name) {
      const Denotation named = names_.denote(sets.file, sets.block, sets.expr);
      if (named.kind != Denotation::Kind::binding || !named.expr || named.class_) return;
      sets = {named.file, FileModel::module_block(), named.expr};
    }
    const FileModel& model = tables_.files[sets.file].model;
    if (!is_collection(model.exprs[sets.expr].kind)) return;
    for (ExprId at = model.first_child(sets.expr); at; at = model.next(at)) {
      if (const ExprId value = value_in(model, at, position)) found.push_back({sets.file, sets.block, value});
    }
  }

  const ProjectTables& tables_;
  const Names& names_;
};

}  // namespace

std::vector<GivenValue> parametrized_values(const ProjectTables& tables, const Names& names, FunctionRef function,
                                            ParamId param) {
  const FileModel& model = tables.files[function.file].model;
  const Function& row = model.functions[function.id];
  const string_view name = model.word(model.params[param].name);
  Reader reader(tables, names);
  reader.read(function.file, model.statements[row.statement].block, row.decorators, name);
  if (row.class_) {
    const Class& in = model.classes[row.class_];
    reader.read(function.file, model.statements[in.statement].block, in.decorators, name);
  }
  return std::move(reader.found);
}

std::vector<GivenValue> fixture_values(const ProjectTables& tables, const Names& names, FunctionRef fixture) {
  const FileModel& model = tables.files[fixture.file].model;
  const Function& row = model.functions[fixture.id];
  Reader reader(tables, names);
  reader.read_fixture(fixture.file, model.statements[row.statement].block, row.decorators);
  return std::move(reader.found);
}

}  // namespace hasten
