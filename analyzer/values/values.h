#pragma once

// What an expression can denote: a module, a function, a class, an object made by a known constructor, a text, a path
// with its root. Flow-insensitive within a function; several bindings that disagree are unknown. Bounded in depth;
// whatever is not followed is unknown, never guessed.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/project.h"
#include "analyzer/names/bindings.h"
#include "analyzer/names/names.h"

namespace hasten {

/// Whose methods a path has.
enum class HeldBy : std::uint8_t { pathlib, text, py_path };

struct Value {
  enum class Kind : std::uint8_t {
    unknown,
    module,    // a file of the project
    function,  // a function of the project
    class_,    // a class of the project
    object,    // an instance of a class of the project
    external,  // a function, class or module outside the project, by canonical dotted name
    instance,  // of an external class, by canonical dotted name
    text,      // name: the text
    number,
    path,  // root, and name: the tail below it as far as it is literal
  };
  Kind kind = Kind::unknown;
  PathRoot root = PathRoot::none;    // path; instance: of the file or folder that the object stands for
  std::uint8_t is_in_process = 0;    // instance, external method: made with a transport that never leaves the process
  HeldBy held_by = HeldBy::pathlib;  // path
  std::uint8_t is_member = 0;        // external: an attribute of an instance, not of a module or class
  FileId file;
  FunctionId function;
  ClassId class_;  // class_, object; function: the class on whose instance the method was found
  NameId name;
  double number = 0;

  [[nodiscard]] bool known() const { return kind != Kind::unknown; }
  [[nodiscard]] FunctionRef function_ref() const { return {file, function}; }
  [[nodiscard]] ClassRef class_ref() const { return {file, class_}; }
  friend bool operator==(const Value&, const Value&) = default;
};

/// Every name that is looked up at run time to get at a value, as `namespace.attribute` with the namespace's canonical
/// name. Replacing one of them (unittest.mock.patch) replaces the value.
using References = std::vector<NameId>;

/// What the parameters of one function stand for while an expression of it is evaluated: what a call passes, seen from
/// the function around that call, and so on outwards.
struct Frame {
  FunctionRef function = {};
  FileId file = {};  // of the call, its block and the call expression; none at the outermost function
  BlockId block = {};
  ExprId call = {};
  Frame* outer = nullptr;          // of the function around the call; not owned
  bool takes_defaults = false;     // outermost: its callers leave the parameters that have a default alone
  std::vector<ParamId> open = {};  // outermost: parameters whose value was asked for
};

class Values {
 public:
  Values(ProjectTables& tables, const Names& names);

  /// `expr` stands in `block` of `file`. With `references`, what is looked up on the way is appended.
  [[nodiscard]] Value evaluate(FileId file, BlockId block, ExprId expr, References* references = nullptr);
  /// The same where the parameters of the function around it stand for what `frame` says.
  [[nodiscard]] Value evaluate_in(Frame& frame, FileId file, BlockId block, ExprId expr);
  /// The same in code that runs on an object of `receiver`: `self` of its methods and of those that it inherits.
  [[nodiscard]] Value evaluate_on(ClassRef receiver, FileId file, BlockId block, ExprId expr,
                                  References* references = nullptr);
  /// An expression, and what the parameters of the function around it stand for.
  struct Written {
    FileId file;
    BlockId block;
    ExprId expr;
    Frame* frame = nullptr;
  };
  /// Where `expr` names a parameter that the function leaves alone, the argument that stands for it, seen from the call
  /// outwards; `expr` itself where that is not known.
  [[nodiscard]] Written written(Written at) const;
  /// What calling `callee` gives; `call` is the call expression when there is one.
  [[nodiscard]] Value result(const Value& callee, FileId file, BlockId block, ExprId call,
                             References* references = nullptr);
  /// What `with value as x` binds.
  [[nodiscard]] Value entered(const Value& value);
  [[nodiscard]] Value attribute(const Value& object, std::string_view name, References* references = nullptr);
  /// A path argument as a path: a literal text gets the root that its spelling implies.
  [[nodiscard]] Value as_path(const Value& value);
  /// Of a class outside the project.
  [[nodiscard]] Value instance_of(std::string_view class_name);
  /// The class of the method that the block belongs to.
  [[nodiscard]] ClassRef class_around(FileId file, BlockId block) const;
  /// The canonical name of a module, class or external thing as a namespace; empty for anything else.
  [[nodiscard]] std::string namespace_of(const Value& value) const;

  [[nodiscard]] const Names& names() const { return names_; }
  [[nodiscard]] const Bindings& bindings() const { return bindings_; }

 private:
  /// Expressions looked at for one value that is not kept: its references, or what depends on callers or objects.
  static constexpr int max_untracked = 256;
  /// Bindings of one local variable; what is bound more often is no value to rely on.
  static constexpr std::size_t max_bindings = 64;

  struct Site {
    FileId file;
    BlockId block;
  };
  [[nodiscard]] std::uint32_t& slot(ExprRef expr);
  Value compute(Site site, ExprId expr, References* references);
  Value named(Site site, ExprId expr, References* references);
  /// `name` is the word of the file for what a function binds.
  Value denoted(const Denotation& denotation, WordId name, References* references);
  Value local(FileId file, FunctionId function, WordId name, References* references);
  Value parameter(FileId file, FunctionId function, ParamId param, References* references);
  Value passed(Frame& frame, ParamId param);
  Value rebound(Site site, ExprId expr, const Value& given, References* references);
  Value fixture_value(FixtureId fixture, References* references);
  Value returned(FunctionRef function, References* references);
  Value returned_on(ClassRef receiver, FunctionRef method, References* references);
  Value called(Site site, ExprId call, const Value& callee, References* references);
  [[nodiscard]] bool is_of_self(FunctionRef method, ExprId expr) const;
  Value object_attribute(ClassRef class_, std::string_view name, References* references);
  std::optional<Value> assigned_before(Site site, ExprId attribute, References* references);
  Value promised(Site site, ExprId annotation);
  Value promised_by_text(Site site, std::string_view annotation);
  Value imported_for_types(FileId file, std::string_view name);
  Value bound(FileId file, const Binding& binding, References* references);
  Value bound_on(ClassRef receiver, FileId file, const Binding& binding, References* references);
  Value part_of(FileId file, const Binding& binding, References* references);
  Value part_of_result(FunctionRef function, std::uint32_t position, References* references);
  Value external_result(const Value& callee, Site site, ExprId call, References* references);
  Value asked_for(Site site, ExprId call, References* references);
  Value folded(Site site, ExprId expr, References* references);
  Value super_object(Site site);
  Value super_attribute(Site site, std::string_view name, References* references);
  bool has_in_process_argument(Site site, ExprId call);
  bool is_built_in_process(ClassRef class_);
  [[nodiscard]] bool defines(ClassRef class_, FunctionRef method) const;
  [[nodiscard]] ClassRef receiver_in(ClassRef class_) const;
  bool is_local_address(Site site, ExprId expr);
  Value external(std::string_view dotted);
  static Value source_folder();
  Value unique(const std::vector<Value>& candidates) const;
  [[nodiscard]] bool is_declared_global(FileId file, ExprId value);
  void note_held_object(Site site, ExprId attribute, References* references);
  void note_reference(References* references, std::string_view holder, std::string_view attribute);

  [[nodiscard]] const FileModel& model(FileId file) const { return tables_.files[file].model; }

  ProjectTables& tables_;
  const Names& names_;
  Bindings bindings_;
  /// What evaluate() found: by file and expression the position in `known_`, 0 while nobody asked.
  std::vector<std::vector<std::uint32_t>> slots_;
  std::vector<Value> known_;
  Frame* frame_ = nullptr;              // set while evaluate_in() runs
  ClassRef receiver_;                   // set while evaluate_on() runs
  std::map<FileId, bool> has_globals_;  // does the file declare any `global`?
  std::map<ClassRef, bool> in_process_;
  int depth_ = 0;
  int budget_ = 0;  // of an evaluation whose results are not kept
};

}  // namespace hasten
