#pragma once

// What we know of code that is not the project's: the standard library, pytest, its plugins, well-known packages.
// Written as data in rules/knowledge/*.toml, checked and compiled into sorted constexpr tables by a host tool
// (knowledge/compiler); an unknown key, an unknown word or a name described twice fails the build.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/knowledge/argument_ref.h"
#include "analyzer/knowledge/decorators.h"
#include "analyzer/model/effect.h"
#include "analyzer/model/project.h"

namespace hasten {

/// What linking has to do with a call besides noting its effects.
enum class Role : std::uint8_t {
  none,
  // Mocks (spec E1-E3). `target` names the argument with the dotted target, or the object.
  patch,           // unittest.mock.patch("a.b.c")
  patch_object,    // patch.object(obj, "name")
  patch_dict,      // patch.dict(mapping, ...)
  patch_multiple,  // patch.multiple("a.b" or obj, name=...)
  setattr_,        // monkeypatch.setattr: (obj, "name", value) or ("a.b.c", value)
  setitem,         // monkeypatch.setitem(mapping, key, value)
  spy,             // calls through: masks nothing
  mask,            // switches a mask on while it lasts: responses.activate, respx.mock, freeze_time, ...
  // Lifetime of the above.
  start,
  stop,
  // Registration of clean-up: the argument runs at tear-down.
  add_cleanup,      // addfinalizer, addCleanup, ExitStack.callback, atexit.register is not one
  enter_context,    // enter_context(cm), enterContext(cm)
  dynamic_fixture,  // request.getfixturevalue
  skip,             // pytest.skip, pytest.importorskip: what follows may not run
};

/// "patch-object", "mask", ...: as in knowledge files.
[[nodiscard]] std::string_view to_string(Role role);

/// One function, method or class.
struct Api {
  std::string_view name;  // dotted, after aliases: `requests.Session.get` is method get of class requests.Session
  EffectSet effects;
  CostClass cost = CostClass::none;
  Role role = Role::none;
  PathRoot root = PathRoot::none;  // of the path that the call yields (tempfile.mkdtemp: unique_temporary)
  std::uint8_t is_restoring =
      0;  // the change is taken back by the object that makes it (monkeypatch.setenv, CliRunner)
  std::uint8_t is_in_process = 0;       // looks like I/O but stays in the process (test clients, MockTransport)
  std::uint8_t is_context = 0;          // the effect lasts for a `with` and ends with it
  std::uint8_t is_wait = 0;             // returns as soon as what it waits for happens; `seconds` is only the limit
  std::uint8_t is_in_milliseconds = 0;  // what `seconds` points at, and not in seconds
  std::uint8_t is_beside = 0;           // what `runs` names runs in a thread or task that the caller does not wait for
  std::uint8_t covers_set_up = 0;       // as the decorator of a class it covers setUp and the like too, not tests alone
  std::string_view transport;  // network: what carries it: requests, urllib3, httpx, aiohttp, socket, botocore, ...
  std::string_view returns;    // class of the object that the call yields: `requests.Session`
  ArgumentRef seconds, path, mode, url, port, key, target, timeout;
  ArgumentRef needs;              // without it, or with None, the call changes nothing: locale.setlocale
  ArgumentRef wraps;              // what it yields is as good as this argument: functools.partial, contextlib.closing
  ArgumentRef runs;               // the function that it calls, with the positional arguments behind it
  std::string_view default_port;  // of a server that is given none: "8000"
  std::int32_t rate = 0;          // megabytes that it reads in a second; 0: not known
  std::string_view object;        // what the effect named-object makes, `key` being its name: "bucket"
  // Transports (`requests`, with all that is carried over them) and effect kinds (`kind:sleep`) it neutralises; sorted.
  std::span<const std::string_view> masks;
  // What it looks up at run time inside its package (`requests.get`: `requests.Session.request`): replacing one of them
  // replaces it. Canonical names, sorted.
  std::span<const std::string_view> uses;
  // APIs whose changes of the process it meets: `asyncio.run` fails where `asyncio._set_running_loop` left a loop
  // behind.
  std::span<const std::string_view> notices;
  // Keyword arguments that take what it writes out of the file system: an open file, a file system in memory.
  std::span<const std::string_view> elsewhere;
  std::string_view why;   // one clause for messages: "opens a connection to the server"
  std::string_view docs;  // URL
  std::string_view from;  // what describes it: "rules/knowledge/network.toml:31", "pyproject.toml:12"
};

struct PluginFixture {
  std::string_view name;
  std::string_view plugin;  // distribution: pytest-django; "pytest" for built-in ones
  Scope scope{};
  std::uint8_t is_autouse = 0;
  std::int32_t params = 0;         // -1 when it depends on what is installed
  PathRoot root = PathRoot::none;  // tmp_path: unique_temporary
  EffectSet effects;
  CostClass cost = CostClass::none;
  std::string_view returns;                     // class of its value: pytest_mock.MockerFixture
  std::span<const std::string_view> arguments;  // fixtures it requests, in order
  std::span<const std::string_view> masks;      // as Api::masks, while it is in a test's closure
  std::string_view why;
  std::string_view since;  // first version of the plugin that has it; empty: all
  std::string_view until;  // first version of the plugin that has it no more; empty: none
};

/// A class of a package that is not analysed.
struct KnownClass {
  std::string_view name;
  std::span<const std::string_view> bases;  // dotted; django.test.TestCase -> unittest.TestCase
};

/// What is known in one run: what is compiled in, with a project's own entries laid over it (project_knowledge.h). A
/// view that is copied; names must be canonical.
class Knowledge {
 public:
  /// What is compiled in.
  Knowledge();
  /// Both sorted by name. `own` are those of `apis` that the project describes itself.
  Knowledge(std::span<const Api> apis, std::span<const Api> own, std::span<const KnownDecorator> decorators)
      : apis_(apis), own_apis_(own), decorators_(decorators) {}

  /// Null when nothing is known.
  [[nodiscard]] const Api* find_api(std::string_view name) const;
  /// Looks `member` up in a known class and its bases (`requests.Session`, `get`).
  [[nodiscard]] const Api* find_method(std::string_view class_name, std::string_view member) const;
  [[nodiscard]] const KnownDecorator* find_decorator(std::string_view name) const;

  [[nodiscard]] std::span<const Api> apis() const { return apis_; }
  [[nodiscard]] std::span<const Api> own_apis() const { return own_apis_; }

 private:
  std::span<const Api> apis_, own_apis_;
  std::span<const KnownDecorator> decorators_;
};

/// The name under which facts are filed: follows re-exports (`requests.sessions.Session` -> `requests.Session`), for
/// the longest known prefix. Returns the argument itself when there is none; the result may hold a new string.
[[nodiscard]] std::string canonical_name(std::string_view name);

[[nodiscard]] const KnownClass* find_class(std::string_view name);
/// Is `name` the class `base` or derived from it, as far as knowledge goes?
[[nodiscard]] bool is_subclass(std::string_view name, std::string_view base);

[[nodiscard]] std::span<const PluginFixture> all_plugin_fixtures();  // sorted by name, then plugin

}  // namespace hasten
