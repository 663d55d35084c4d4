#include "analyzer/effects/call_facts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "analyzer/effects/commands.h"
#include "analyzer/effects/databases.h"
#include "analyzer/effects/ports.h"
#include "analyzer/effects/waits.h"
#include "analyzer/text/url.h"
#include "analyzer/values/arguments.h"

namespace hasten {
namespace {

using std::string_view;

bool is_state(EffectKind kind) {
  return kind == EffectKind::environment || kind == EffectKind::working_directory ||
         kind == EffectKind::process_state || kind == EffectKind::global_state;
}

/// Does the mode create or change the file? Python's `open`, `zipfile`, `tarfile` (`w:gz`).
bool writes(string_view mode) { return mode.find_first_of("wax+") != string_view::npos; }

/// The literal beginning of a text expression: `f"http://localhost:{port}/x"` -> `http://localhost:`. A local variable
/// that is bound once stands for its value.
string_view literal_prefix(const CallSite& site, ExprId expr) {
  const FileModel& model = site.model();
  const FunctionId function = model.function_of(site.row().block);
  if (expr && function && model.exprs[expr].kind == ExprKind::name) {
    const auto& bindings = site.values.bindings().locals(site.file, function, model.exprs[expr].word());
    if (bindings.size() == 1 && bindings[0].kind == Binding::Kind::value) expr = bindings[0].value;
  }
  while (expr && (model.exprs[expr].kind == ExprKind::template_string || model.exprs[expr].kind == ExprKind::binary)) {
    expr = model.first_child(expr);
  }
  if (!expr || model.exprs[expr].kind != ExprKind::string) return {};
  const string_view text = model.word(expr);
  return text.starts_with('%') || text.starts_with('{') ? string_view() : text;  // "%s/path" % address
}

/// `/orders/1` leaves the address to the client.
bool is_relative(string_view url) { return url.starts_with('/'); }

/// An address that test code does not spell out comes from a fixture or from `self`: mostly a server of its own.
bool stays_on_this_machine(const CallSite& site, const Callee& callee) {
  const ExprId url = site.argument(callee.api->url);
  if (!url) return false;
  const Value value = site.evaluate(url);
  const string_view spelled =
      value.kind == Value::Kind::text ? site.tables.names[value.name] : literal_prefix(site, url);
  if (!spelled.empty() && !is_relative(spelled)) return is_loopback(spelled);
  return site.tables.files[site.file].role != FileRole::first_party;
}

/// "bucket orders"; none when the name is not known.
NameId named(const CallSite& site, const Api& api, string_view name) {
  return name.empty() ? NameId() : site.tables.names.intern(fmt::format("{} {}", api.object, name));
}

/// No URL, no list of settings: `localhost`, `db.internal:5432`.
bool is_host(string_view address) {
  return address.find("://") == string_view::npos && address.find('=') == string_view::npos;
}

NameId resource_of(const CallSite& site, const Api& api, EffectKind kind, const Value& path) {
  if (path.kind == Value::Kind::path) return path.name;
  if (kind == EffectKind::named_object) {
    const Value name = site.value(api.key);
    return name.kind == Value::Kind::text ? named(site, api, site.tables.names[name.name]) : NameId();
  }
  const bool key_names_object = api.effects.has(EffectKind::named_object);
  for (const ArgumentRef& argument : {api.url, key_names_object ? ArgumentRef() : api.key}) {
    const ExprId expr = site.argument(argument);
    const Value value = site.value(argument);
    if (value.kind == Value::Kind::text) {
      // `MongoClient("localhost")` says which server, not which database.
      const bool is_server = kind == EffectKind::database && argument.keyword == api.url.keyword &&
                             argument.position == api.url.position && is_host(site.tables.names[value.name]);
      if (is_server) continue;
      return value.name;
    }
    // The beginning of a name is not the name: `f"sqlite:///{name}.db"` may be another database every time.
    if (kind == EffectKind::database) continue;
    if (const string_view prefix = expr ? literal_prefix(site, expr) : string_view(); !prefix.empty()) {
      return site.tables.names.intern(prefix);
    }
  }
  return api.port.given() && kind != EffectKind::database ? port_of_call(site, api) : NameId();
}

/// A loop with a condition in it mostly asks whether it is done; its range is only the limit.
bool may_end_early(const FileModel& model, const Block& loop) {
  return std::ranges::any_of(loop.statements, [&](StatementId id) {
    const StatementKind kind = model.statements[id].kind;
    return kind == StatementKind::if_ || kind == StatementKind::return_ || kind == StatementKind::try_;
  });
}

}  // namespace

/// `for _ in range(5)` around the call.
std::uint32_t repeats_of(const CallSite& site) {
  const FileModel& model = site.model();
  double repeats = 1;
  for (BlockId id = site.row().block; id; id = model.blocks[id].parent) {
    const Block& block = model.blocks[id];
    if (block.kind == BlockKind::function || block.kind == BlockKind::module) break;
    if (block.kind != BlockKind::for_ || may_end_early(model, block)) continue;
    const ExprId iterable = model.statements[block.header].value;
    if (!iterable || model.exprs[iterable].kind != ExprKind::call ||
        model.dotted(model.first_child(iterable)) != "range" || model.positional(iterable, 1)) {
      continue;
    }
    const Value count = site.evaluate(site.file, block.parent, model.positional(iterable, 0));
    if (count.kind == Value::Kind::number && count.number >= 1 && count.number < 1e6) repeats *= count.number;
  }
  return static_cast<std::uint32_t>(std::min(repeats, 1e6));
}

namespace {

/// The callee's name is enough of a place: short, on one line.
Place place_of(const CallSite& site) {
  const FileModel& model = site.model();
  return {site.file, model.exprs[site.function()].range};
}

/// Would anybody but this test notice? Not a file in a folder of its own, a server on this machine, a free port.
bool is_private(const CallSite& site, const Callee& callee, EffectKind kind, const Value& path) {
  switch (kind) {
    case EffectKind::file_write:
    case EffectKind::file_read:
      return path.root == PathRoot::unique_temporary || callee.api->root == PathRoot::unique_temporary;
    case EffectKind::database: return path.root == PathRoot::unique_temporary || is_own_database(site, *callee.api);
    case EffectKind::port: return site.tables.names[port_of_call(site, *callee.api)] == "0";
    case EffectKind::network: return stays_on_this_machine(site, callee);
    default: return false;
  }
}

/// `open(path)`: nothing is written, but who writes there meets this reader.
bool only_reads(const CallSite& site, const Api& api) {
  if (!api.mode.given()) return false;
  const Value mode = site.value(api.mode);
  return mode.kind != Value::Kind::text || !writes(site.tables.names[mode.name]);
}

/// `zipfile.ZipFile(io.BytesIO(), "w")`: what is passed is no path but an object of its own.
bool is_stream(const CallSite& site, const Api& api) {
  if (!api.path.given() || api.path.is_receiver()) return false;
  const Value value = site.value(api.path);
  return value.kind == Value::Kind::instance && value.root == PathRoot::none &&
         site.tables.names[value.name].starts_with("io.");
}

/// How what is open already goes by.
constexpr std::array open_names = {string_view("fd"), string_view("fileno"), string_view("fileobj"), string_view("fp")};

/// `open(fd, "w")`, `open(sock.fileno(), "wb")`, `ZipFile(self.target_fp, "w")`: what is open already need not be a
/// file, and whoever opened it has written.
bool is_open_already(const CallSite& site, const Api& api) {
  const ExprId path = api.path.given() && !api.path.is_receiver() ? site.argument(api.path) : ExprId();
  if (!path) return false;
  const FileModel& model = site.model();
  const ExprKind kind = model.exprs[path].kind;
  if (kind == ExprKind::call) return model.word(model.first_child(path)) == "fileno";
  if (kind == ExprKind::integer) return true;
  if (kind != ExprKind::name && kind != ExprKind::attribute) return false;
  const string_view word = model.word(path);
  return std::ranges::find(open_names, word.substr(word.rfind('_') + 1)) != open_names.end();
}

/// `tarfile.open(fileobj=buffer)`, `frame.to_parquet("orders", filesystem=memory)`, `frame.to_csv("memory://orders")`.
bool goes_elsewhere(const CallSite& site, const Api& api) {
  const FileModel& model = site.model();
  const auto is_given = [&](string_view keyword) {
    const ExprId argument = model.keyword(site.row().expr, keyword);
    return argument && model.exprs[argument].kind != ExprKind::none_literal;
  };
  if (std::ranges::any_of(api.elsewhere, is_given)) return true;
  const ExprId path = api.path.is_receiver() ? ExprId() : site.argument(api.path);
  const Value value = path ? site.evaluate(path) : Value();
  const string_view text = value.kind == Value::Kind::text ? string_view(site.tables.names[value.name])
                           : path                          ? literal_prefix(site, path)
                                                           : string_view();
  return text.find("://") != string_view::npos && !text.starts_with("file:");
}

/// `ftplib.FTP()` connects later, when it is told where to.
bool is_not_told_where(const CallSite& site, const Callee& callee) {
  const string_view name = site.tables.names[callee.external];
  const char first = name.substr(name.rfind('.') + 1).front();
  return callee.api->url.given() && first >= 'A' && first <= 'Z' && !site.argument(callee.api->url);
}

/// `socket.bind(str(folder / "socket"))`: where an address is a pair, what is a text is a file.
bool is_socket_file(const CallSite& site, const Callee& callee) {
  const string_view name = site.tables.names[callee.external];
  if (name != "socket.socket.bind" && name != "socket.socket.connect" && name != "socket.socket.connect_ex")
    return false;
  const FileModel& model = site.model();
  const ExprId address = model.positional(site.row().expr, 0);
  if (!address) return false;
  const Value value = site.evaluate(address);
  if (value.kind == Value::Kind::path || value.kind == Value::Kind::text) return true;
  if (model.exprs[address].kind == ExprKind::template_string) return true;
  if (model.exprs[address].kind != ExprKind::call) return false;
  const string_view maker = model.word(model.first_child(address));
  return maker == "str" || maker == "fspath";
}

/// Does nothing of the kind.
bool is_harmless(const CallSite& site, const Callee& callee, EffectKind kind) {
  const Api& api = *callee.api;
  switch (kind) {
    case EffectKind::file_write:
      return only_reads(site, api) || is_stream(site, api) || is_open_already(site, api) || goes_elsewhere(site, api);
    case EffectKind::sleep: {
      if (api.is_wait) return !waits_without_end(site, api);  // ends as soon as what it waits for happens
      const Value seconds = site.value(api.seconds);
      return seconds.kind == Value::Kind::number && seconds.number <= 0;
    }
    case EffectKind::port: return callee.is_in_process != 0 || is_socket_file(site, callee);
    case EffectKind::network:
      return callee.is_in_process != 0 || is_not_told_where(site, callee) || is_socket_file(site, callee);
    default: return callee.is_in_process != 0;
  }
}

/// `def save(path=CHECKPOINT): open(path, "w")` writes there for whoever says nothing else. `assumed` are the
/// parameters that must be left alone for it.
Value value_by_default(const CallSite& site, const ArgumentRef& argument, std::vector<ParamId>& assumed) {
  const Value value = site.value(argument);
  const ExprId expr = site.argument(argument);
  if (value.known() || !expr || site.frame != nullptr) return value;
  Frame defaults{.function = {site.file, site.model().function_of(site.row().block)}, .takes_defaults = true};
  const Value by_default = site.values.evaluate_in(defaults, site.file, site.row().block, expr);
  if (by_default.known()) assumed.insert(assumed.end(), defaults.open.begin(), defaults.open.end());
  return by_default;
}

Value path_argument(const CallSite& site, const Callee& callee, std::vector<ParamId>& assumed) {
  if (callee.api->path.given() && !callee.api->path.is_receiver()) {
    return site.values.as_path(value_by_default(site, callee.api->path, assumed));
  }
  Value receiver;
  const FileModel& model = site.model();
  const ExprId function = site.function();
  if (callee.receiver_root != PathRoot::none && model.exprs[function].kind == ExprKind::attribute) {
    receiver = site.evaluate(model.first_child(function));
    if (receiver.kind != Value::Kind::path) receiver.root = callee.receiver_root;
  }
  return receiver;
}

}  // namespace

ExprId CallSite::function() const { return handed_over ? handed_over : model().first_child(row().expr); }

ExprId CallSite::argument(const ArgumentRef& ref) const {
  if (!handed_over && ref.position >= 0 && passes_self()) {
    ArgumentRef behind = ref;
    ++behind.position;
    return argument_of(model(), row().expr, behind);
  }
  if (!handed_over) return argument_of(model(), row().expr, ref);
  if (!ref.keyword.empty()) {
    if (const ExprId given = model().keyword(row().expr, ref.keyword)) return given;
  }
  if (ref.position < 0) return {};
  // Behind the function stand its own arguments; behind `target=load` there are none.
  std::size_t position = 0;
  for (ExprId at = model().positional(row().expr, 0); at; at = model().positional(row().expr, ++position)) {
    if (at == handed_over) return model().positional(row().expr, position + 1 + static_cast<std::size_t>(ref.position));
  }
  return {};
}

/// `HTTPServer.__init__(self, address)`: unlike `super().__init__(address)`.
bool CallSite::passes_self() const {
  const ExprId called = function();
  if (model().exprs[called].kind != ExprKind::attribute || model().word(called) != "__init__") return false;
  return model().exprs[model().first_child(called)].kind != ExprKind::call;
}

Value CallSite::value(const ArgumentRef& ref) const {
  const ExprId expr = argument(ref);
  return expr ? evaluate(expr) : Value();
}

Value CallSite::evaluate(FileId in, BlockId block, ExprId expr) const {
  return frame != nullptr ? values.evaluate_in(*frame, in, block, expr) : values.evaluate(in, block, expr);
}

namespace {

/// `locale.setlocale(locale.LC_ALL)`
bool only_asks(const CallSite& site, const Api& api) {
  if (!api.needs.given() || passes_unpacked(site.model(), site.row().expr)) return false;
  const ExprId argument = site.argument(api.needs);
  return !argument || site.model().exprs[argument].kind == ExprKind::none_literal;
}

/// The same effect, but for the file that is read instead.
CallEffect reading(const CallSite& site, const Callee& callee, const Value& path, std::vector<ParamId> assumed) {
  Effect effect;
  effect.kind = EffectKind::file_read;
  effect.is_private = path.root == PathRoot::unique_temporary ? 1 : 0;
  effect.root = path.root;
  effect.place = place_of(site);
  effect.api = callee.external;
  effect.resource = path.name;
  return {effect, std::move(assumed)};
}

/// The port that a child process serves, and what it makes under a name.
void add_effects_of_child(const CallSite& site, const Effect& child, std::vector<CallEffect>& effects) {
  const Knowledge& knowledge = site.values.names().knowledge();
  const Api* api = knowledge.find_api(site.tables.names[child.api]);
  const std::optional<ChildCommand> command = command_of(site, *api, knowledge);
  if (!command) return;
  const Api& program = *command->program;
  Effect effect = child;
  effect.cost = CostClass::none;
  effect.api = site.tables.names.intern(program.name);
  if (const std::optional<NameId> port = port_of_command(site, *command)) {
    effect.kind = EffectKind::port;
    effect.resource = *port;
    effect.is_private = site.tables.names[*port] == "0" ? 1 : 0;
    effects.push_back({effect, {}});
  }
  if (program.effects.has(EffectKind::named_object)) {
    effect.kind = EffectKind::named_object;
    effect.resource = named(site, program, command->option(program.key.keyword));
    effects.push_back({effect, {}});
  }
}

}  // namespace

std::vector<CallEffect> effects_of_call(const CallSite& site, const Callee& callee, EffectDetail detail) {
  const Api& api = *callee.api;
  std::vector<CallEffect> effects;
  // `httpx.Client(transport=ASGITransport(app))` connects to nothing.
  const Value made = site.evaluate(site.row().expr);
  if (api.is_in_process || made.is_in_process || only_asks(site, api)) return effects;
  std::vector<ParamId> assumed;
  const Value path = path_argument(site, callee, assumed);
  const Value database = path.known() || !api.effects.has(EffectKind::database) ? path : database_file(site, api);
  for (std::size_t bit = 0; bit < effect_kinds; ++bit) {
    const auto kind = static_cast<EffectKind>(bit);
    if (!api.effects.has(kind)) continue;
    const bool is_write = kind == EffectKind::file_write;
    if (is_write && detail == EffectDetail::all && path.kind == Value::Kind::path && only_reads(site, api)) {
      effects.push_back(reading(site, callee, path, assumed));
      continue;
    }
    if (is_harmless(site, callee, kind)) continue;
    const Value& place = kind == EffectKind::database ? database : path;
    const bool is_own = is_private(site, callee, kind, place);
    const bool is_work = !is_write && kind != EffectKind::network;  // costs time all the same
    if (is_own && !is_work && detail != EffectDetail::all) continue;
    Effect effect;
    effect.kind = kind;
    effect.is_private = is_own ? 1 : 0;
    effect.cost = api.cost;
    effect.place = place_of(site);
    effect.api = callee.external;
    effect.repeats = repeats_of(site);
    if (is_state(kind)) effect.restored = api.is_restoring ? Restored::yes : Restored::no;
    if (kind == EffectKind::file_write || kind == EffectKind::file_read) {
      effect.root = path.root == PathRoot::none ? PathRoot::unknown : path.root;
      if (path.kind == Value::Kind::path) effect.resource = path.name;
    } else {
      if (kind == EffectKind::database && place.kind == Value::Kind::path) effect.root = place.root;
      effect.resource = kind == EffectKind::port ? port_of_call(site, api) : resource_of(site, api, kind, place);
    }
    std::vector<ParamId> left_alone = effect.root == PathRoot::none ? std::vector<ParamId>() : assumed;
    if (kind == EffectKind::sleep) {
      const Value seconds = value_by_default(site, api.seconds, left_alone);
      if (api.is_wait) effect.seconds = without_end;
      const double unit = api.is_in_milliseconds ? 1e-3 : 1;
      if (seconds.kind == Value::Kind::number) effect.seconds = {static_cast<float>(seconds.number * unit)};
    }
    effects.push_back({effect, std::move(left_alone)});
    if (kind == EffectKind::subprocess) add_effects_of_child(site, effect, effects);
  }
  return effects;
}

}  // namespace hasten
