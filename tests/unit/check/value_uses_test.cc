#include "analyzer/check/value_uses.h"

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "analyzer/lower/lower.h"
#include "analyzer/syntax/parser.h"

namespace hasten {
namespace {

/// One file whose first function is looked at.
struct OneFile {
  explicit OneFile(std::string text) {
    Parser parser;
    FileModel model = lower(text, parser);
    tables.files.add({FileRole::test_module, {}, Source("test_a.py", std::move(text)), std::move(model)});
  }

  /// Every call of the first function whose callee is `name` leads to `callee`.
  void add_call(std::string_view name, FunctionId callee) {
    const FileModel& model = tables.files[FileId(0)].model;
    for (const CallId id : model.calls.ids()) {
      const Call& call = model.calls[id];
      if (model.dotted(model.first_child(call.expr)) != name) continue;
      tables.calls.push_back({{FileId(0), model.function_of(call.block)}, {FileId(0), callee}, id});
    }
  }

  ProjectTables tables;
};

std::string told(const std::vector<ValueUse>& uses) {
  std::string text;
  for (const ValueUse& use : uses) {
    if (!text.empty()) text += ", ";
    switch (use.kind) {
      case ValueUse::Kind::unsettled: text += "unsettled "; break;
      case ValueUse::Kind::method: text += "method "; break;
      case ValueUse::Kind::assignment: text += "assignment "; break;
      case ValueUse::Kind::handed_on: text += "handed on "; break;
    }
    text += use.target;
  }
  return text;
}

/// What `def f(v)` with this body does to v.
std::string uses(std::string_view body) {
  std::string text = "def f(v, w):\n";
  for (std::size_t at = 0; at <= body.size();) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    text += "    " + std::string(body.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  const Project project = Draft(std::move(OneFile(text).tables)).freeze();
  return told(uses_of_parameter(project, {FileId(0), FunctionId(0)}, "v"));
}

TEST(ValueUses, reading_is_none) {
  EXPECT_EQ(uses("assert v == 1"), "");
  EXPECT_EQ(uses("assert v.name.lower() in {v['a'].b: len(v)}"), "");
  EXPECT_EQ(uses("x = [str(y) for y in sorted(v)]"), "");
  EXPECT_EQ(uses("v = v + 1"), "");
  EXPECT_EQ(uses("w.append(1)"), "");
  EXPECT_EQ(uses("x = copy.deepcopy(v)\nx.append(1)"), "");
  EXPECT_EQ(uses("monkeypatch.setattr(v, 'a', 1)"), "");
}

TEST(ValueUses, assigning_to_a_part_changes_it) {
  EXPECT_EQ(uses("v.debug = True"), "assignment v.debug");
  EXPECT_EQ(uses("v.config['a'] += 1"), "assignment v.config");
  EXPECT_EQ(uses("del v['a']"), "assignment v");
  EXPECT_EQ(uses("setattr(v, 'a', 1)"), "assignment v");
  EXPECT_EQ(uses("with w:\n    v.x, y = 1, 2"), "");  // a pair is not followed
}

TEST(ValueUses, changing_methods_are_told_apart_from_unknown_ones) {
  EXPECT_EQ(uses("v.append(1)"), "method v.append");
  EXPECT_EQ(uses("v += [1]"), "method v");
  EXPECT_EQ(uses("v.post('/')"), "unsettled v.post");
  EXPECT_EQ(uses("v()"), "unsettled v");
  EXPECT_EQ(uses("run(v)"), "unsettled run");
  EXPECT_EQ(uses("run([1, v.part])"), "unsettled run");
  EXPECT_EQ(uses("with v as w:\n    pass"), "unsettled v");
}

TEST(ValueUses, names_that_take_the_value_are_followed) {
  EXPECT_EQ(uses("x = v.rows\nx.append(1)"), "method x.append");
  EXPECT_EQ(uses("for row in v:\n    row['a'] = 1"), "assignment row");
}

TEST(ValueUses, keeping_it_in_an_object_is_unsettled) {
  EXPECT_EQ(uses("self.driver = v\nself.name = 'x'"), "unsettled self.driver");
}

TEST(ValueUses, returning_and_yielding_hand_it_on) {
  EXPECT_EQ(uses("return v"), "handed on v");
  EXPECT_EQ(uses("yield v.part"), "handed on v.part");
  EXPECT_EQ(uses("return v.name == 'x'"), "");
}

TEST(ValueUses, calls_of_project_functions_are_followed_by_parameter) {
  OneFile file("def f(v):\n    fill(1, v)\n\ndef fill(n, rows):\n    rows.append(n)\n    return rows\n");
  file.add_call("fill", FunctionId(1));
  const Project project = Draft(std::move(file.tables)).freeze();
  const std::vector<ValueUse> found = uses_of_parameter(project, {FileId(0), FunctionId(0)}, "v");
  EXPECT_EQ(told(found), "method rows.append, unsettled rows");
  EXPECT_EQ(found.front().in, (FunctionRef{FileId(0), FunctionId(1)}));
}

TEST(ValueUses, functions_that_call_each_other_end) {
  OneFile file("def f(v):\n    f(v)\n    v.clear()\n");
  file.add_call("f", FunctionId(0));
  const Project project = Draft(std::move(file.tables)).freeze();
  EXPECT_FALSE(uses_of_parameter(project, {FileId(0), FunctionId(0)}, "v").empty());
}

}  // namespace
}  // namespace hasten
