#include "analyzer/accesses/resources.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "analyzer/text/folder.h"
#include "analyzer/text/url.h"

namespace hasten {
namespace {

using std::string_view;

string_view last_word(string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

template <std::size_t count>
bool is_one_of(const std::array<string_view, count>& words, string_view word) {
  return std::ranges::find(words, word) != words.end();
}

/// Is it a folder that tests on other workers, or other runs, work in as well?
bool is_shared(PathRoot root) {
  switch (root) {
    case PathRoot::shared_temporary:
    case PathRoot::source_tree:
    case PathRoot::working_directory:
    case PathRoot::home:
    case PathRoot::absolute: return true;
    case PathRoot::none:
    case PathRoot::unknown:
    case PathRoot::unique_temporary: return false;
  }
  return false;
}

bool removes(string_view api) {
  constexpr std::array words = {string_view("unlink"), string_view("remove"),     string_view("rmdir"),
                                string_view("rmtree"), string_view("removedirs"), string_view("cleanup")};
  return is_one_of(words, last_word(api));
}

/// Asks for something and changes nothing. What is called otherwise may do anything.
bool only_asks(string_view api) {
  constexpr std::array words = {string_view("get"),           string_view("head"),
                                string_view("options"),       string_view("urlopen"),
                                string_view("urlretrieve"),   string_view("getaddrinfo"),
                                string_view("gethostbyname"), string_view("create_connection"),
                                string_view("connect")};
  return is_one_of(words, last_word(api));
}

bool sends(string_view api) {
  constexpr std::array words = {string_view("post"), string_view("put"), string_view("patch"), string_view("delete")};
  return is_one_of(words, last_word(api));
}

/// Opens the database, as opposed to asking something of one that is open.
bool opens(string_view api) {
  const string_view word = last_word(api);
  return word == "connect" || word == "create_engine" || (!word.empty() && word[0] >= 'A' && word[0] <= 'Z');
}

/// `./out//a/` -> `out/a`: two spellings of one path are one resource.
std::string plain_path(string_view path) {
  std::string plain;
  if (path.starts_with('/')) plain = "/";
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (!plain.empty() && plain.back() != '/') plain += '/';
    plain += part;
  }
  return plain;
}

std::uint64_t key_of(const Resource& resource) {
  return static_cast<std::uint64_t>(resource.kind) << 40 | static_cast<std::uint64_t>(resource.root) << 32 |
         resource.name.index();
}

}  // namespace

Resources::Resources(ProjectTables& tables) : tables_(tables), touches_(tables.effects.size()) {
  // Who reads state is told by its name what it is, so changes are numbered first.
  for (const bool is_read : {false, true}) {
    for (const EffectId id : tables.effects.ids()) {
      const Effect& effect = tables.effects[id];
      if ((effect.kind == EffectKind::state_read) == is_read) touches_[id.index()] = touch(effect);
    }
  }
}

std::optional<Touch> Resources::touch(const Effect& effect) {
  if (effect.is_private) return std::nullopt;
  const auto changed = [&](ResourceKind kind, NameId name) {
    return Touch{number({kind, PathRoot::none, name}), AccessMode::write};
  };
  switch (effect.kind) {
    case EffectKind::file_write:
    case EffectKind::file_read: return path(effect);
    case EffectKind::port: return changed(ResourceKind::port, effect.resource);
    case EffectKind::database: return database(effect);
    case EffectKind::network: return service(effect);
    case EffectKind::named_object:
      return effect.resource ? std::optional(changed(ResourceKind::named_object, effect.resource)) : std::nullopt;
    case EffectKind::environment: return changed(ResourceKind::environment, effect.resource);
    case EffectKind::working_directory: return changed(ResourceKind::working_directory, {});
    case EffectKind::process_state: return changed(ResourceKind::process_state, effect.api);
    case EffectKind::global_state: return changed(ResourceKind::global_state, effect.api);
    case EffectKind::state_read: return read_state(effect);
    case EffectKind::sleep:
    case EffectKind::subprocess:
    case EffectKind::clock:
    case EffectKind::randomness:
    case EffectKind::thread:
    case EffectKind::heavy_construction:
    case EffectKind::password_hash: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Touch> Resources::path(const Effect& effect) {
  if (!is_shared(effect.root)) return std::nullopt;
  const bool is_read = effect.kind == EffectKind::file_read;
  std::string tail = plain_path(tables_.names[effect.resource]);
  if (tail.starts_with("/dev/") || (tail.empty() && is_read)) return std::nullopt;
  // A path below __file__ is another one for every folder.
  if (effect.root == PathRoot::source_tree && !tail.empty() && !tail.starts_with('/')) {
    const string_view folder = folder_of(tables_.files[effect.place.file].source.path());
    if (!folder.empty()) tail = fmt::format("{}/{}", folder, tail);
  }
  // `/tmp/x` is what gettempdir() and `x` make, and `~/x` what home() and `x` do.
  if (effect.root == PathRoot::shared_temporary && !tail.empty() && !tail.starts_with('/')) tail = "/tmp/" + tail;
  if (effect.root == PathRoot::home && tail.starts_with("~/")) tail = tail.substr(2);
  const NameId name = tail.empty() ? NameId() : tables_.names.intern(tail);
  return Touch{number({ResourceKind::path, effect.root, name}), is_read ? AccessMode::read : AccessMode::write,
               removes(tables_.names[effect.api])};
}

std::optional<Touch> Resources::database(const Effect& effect) {
  if (!effect.resource && !opens(tables_.names[effect.api])) return std::nullopt;
  return Touch{number({ResourceKind::database, effect.root, effect.resource}), AccessMode::write};
}

std::optional<Touch> Resources::service(const Effect& effect) {
  const string_view api = tables_.names[effect.api];
  if (!only_asks(api) && !sends(api)) return std::nullopt;
  const string_view host = authority_of(tables_.names[effect.resource]);
  const NameId name = host.empty() ? NameId() : tables_.names.intern(host);
  return Touch{number({ResourceKind::service, PathRoot::none, name}),
               sends(api) ? AccessMode::write : AccessMode::read};
}

std::optional<Touch> Resources::read_state(const Effect& effect) {
  const bool is_variable = tables_.names[effect.api] == "os.environ";
  for (const ResourceKind kind : {ResourceKind::environment, ResourceKind::global_state, ResourceKind::process_state}) {
    if ((kind == ResourceKind::environment) != is_variable) continue;
    const NameId name = is_variable ? effect.resource : effect.api;
    const auto known = numbers_.find(key_of({kind, PathRoot::none, name}));
    if (known != numbers_.end()) return Touch{known->second, AccessMode::read};
  }
  return std::nullopt;
}

ResourceId Resources::number(const Resource& resource) {
  const auto [entry, is_new] = numbers_.try_emplace(key_of(resource));
  if (is_new) entry->second = tables_.resources.add(resource);
  return entry->second;
}

}  // namespace hasten
