#include "analyzer/text/gitignore.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace hasten {
namespace {

constexpr auto npos = std::string_view::npos;

/// Spaces at the end do not count unless a backslash stands before them.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = line.size();
  std::size_t first_space = npos;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == ' ') {
      first_space = std::min(first_space, at);
      continue;
    }
    if (line[at] == '\\' && ++at == line.size()) return line;
    first_space = npos;
  }
  if (first_space != npos) end = first_space;
  return line.substr(0, end);
}

struct PosixClass {
  std::string_view name;
  int (*contains)(int);
};

constexpr auto posix_classes = std::to_array<PosixClass>({
    {"alnum", [](int c) { return std::isalnum(c); }},
    {"alpha", [](int c) { return std::isalpha(c); }},
    {"blank", [](int c) { return c == ' ' || c == '\t' ? 1 : 0; }},
    {"cntrl", [](int c) { return std::iscntrl(c); }},
    {"digit", [](int c) { return std::isdigit(c); }},
    {"graph", [](int c) { return std::isgraph(c); }},
    {"lower", [](int c) { return std::islower(c); }},
    {"print", [](int c) { return std::isprint(c); }},
    {"punct", [](int c) { return std::ispunct(c); }},
    {"space", [](int c) { return std::isspace(c); }},
    {"upper", [](int c) { return std::isupper(c); }},
    {"xdigit", [](int c) { return std::isxdigit(c); }},
});

/// One bracket expression, read as git's wildmatch does: `\` escapes, `[:class:]`, `!` or `^` negates, `]` first is
/// itself.
class SetReader {
 public:
  /// `at` is behind the `[`.
  SetReader(std::string_view pattern, std::size_t at) : pattern_(pattern), at_(at) {}

  /// None when the expression is not closed or names an unknown class.
  std::optional<std::bitset<256>> read();
  /// Behind the `]`.
  [[nodiscard]] std::size_t end() const { return at_; }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= pattern_.size(); }
  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
  }
  void add(char c) { set_.set(static_cast<unsigned char>(c)); }
  bool read_one();
  bool read_range();
  bool read_class();

  std::string_view pattern_;
  std::size_t at_;
  std::bitset<256> set_;
  char previous_ = '\0';  // what a range would begin with
};

std::optional<std::bitset<256>> SetReader::read() {
  const bool negated = peek(0) == '!' || peek(0) == '^';
  if (negated) ++at_;
  do {
    if (at_end() || !read_one()) return std::nullopt;
  } while (peek(0) != ']');
  ++at_;
  if (negated) set_.flip();
  set_.reset('/');
  return set_;
}

bool SetReader::read_one() {
  const char c = peek(0);
  if (c == '-' && previous_ != '\0' && peek(1) != '\0' && peek(1) != ']') return read_range();
  if (c == '[' && peek(1) == ':') return read_class();
  ++at_;
  previous_ = c;
  if (c == '\\') {
    if (at_end()) return false;
    previous_ = pattern_[at_++];
  }
  add(previous_);
  return true;
}

bool SetReader::read_range() {
  ++at_;
  if (peek(0) == '\\') ++at_;
  if (at_end()) return false;
  const auto first = static_cast<unsigned char>(previous_);
  const auto last = static_cast<unsigned char>(pattern_[at_++]);
  for (unsigned c = first; c <= last; ++c) set_.set(c);
  previous_ = '\0';
  return true;
}

bool SetReader::read_class() {
  const std::size_t name_begin = at_ + 2;
  const std::size_t close = pattern_.find(']', name_begin);
  if (close == npos) return false;
  if (close == name_begin || pattern_[close - 1] != ':') {
    add('[');  // no `:]`: an ordinary set that holds a bracket
    previous_ = '[';
    ++at_;
    return true;
  }
  const std::string_view name = pattern_.substr(name_begin, close - 1 - name_begin);
  const auto known = std::ranges::find(posix_classes, name, &PosixClass::name);
  if (known == posix_classes.end()) return false;
  for (int c = 0; c < 128; ++c) {
    if (known->contains(c) != 0) set_.set(static_cast<std::size_t>(c));
  }
  previous_ = '\0';
  at_ = close + 1;
  return true;
}

std::string_view next_part(std::string_view path, std::size_t at) {
  return path.substr(at, std::min(path.find('/', at), path.size()) - at);
}

}  // namespace

IgnorePattern::IgnorePattern(std::string_view line) {
  if (line.starts_with('!')) {
    negated_ = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    directories_only_ = true;
    line.remove_suffix(1);
  }
  on_base_name_ = line.find('/') == npos;
  if (line.starts_with('/')) line.remove_prefix(1);

  Part part;
  std::size_t part_begin = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char c = line[at++];
    const bool escapes_slash = c == '\\' && at < line.size() && line[at] == '/';
    if (c == '/' || escapes_slash) {
      end_part(part, line.substr(part_begin, at - 1 - part_begin));
      if (escapes_slash) ++at;
      part_begin = at;
    } else if (c == '*') {
      part.tokens.push_back({Token::Kind::star, '*', 0});
    } else if (c == '?') {
      part.tokens.push_back({Token::Kind::any, '?', 0});
    } else if (c == '[') {
      at = add_set(line, at, part);
    } else if (c == '\\') {
      if (at == line.size()) never_ = true;
      part.tokens.push_back({Token::Kind::literal, at < line.size() ? line[at] : '\\', 0});
      ++at;
    } else {
      part.tokens.push_back({Token::Kind::literal, c, 0});
    }
  }
  end_part(part, line.substr(std::min(part_begin, line.size())));
}

std::size_t IgnorePattern::add_set(std::string_view pattern, std::size_t at, Part& part) {
  SetReader reader(pattern, at);
  const auto set = reader.read();
  if (!set) {
    never_ = true;
    return pattern.size();
  }
  part.tokens.push_back({Token::Kind::set, '[', static_cast<std::uint32_t>(sets_.size())});
  sets_.push_back(*set);
  return reader.end();
}

void IgnorePattern::end_part(Part& part, std::string_view written) {
  const bool only_stars = written.size() >= 2 && written.find_first_not_of('*') == npos;
  part.any_depth = only_stars && !on_base_name_;
  part.is_literal = std::ranges::all_of(part.tokens, [](Token t) { return t.kind == Token::Kind::literal; });
  if (part.is_literal) {
    for (const Token& token : part.tokens) part.text += token.literal;
  }
  parts_.push_back(std::move(part));
  part = Part();
}

bool IgnorePattern::matches(std::string_view path, EntryKind kind) const {
  return matches(path, path.substr(path.rfind('/') + 1), kind);
}

bool IgnorePattern::matches(std::string_view path, std::string_view name, EntryKind kind) const {
  if (never_ || (directories_only_ && kind == EntryKind::file)) return false;
  return on_base_name_ ? part_matches(parts_.front(), name) : parts_match(path);
}

bool IgnorePattern::part_matches(const Part& part, std::string_view name) const {
  if (part.is_literal) return part.text == name;
  std::size_t token = 0, at = 0;
  std::size_t star = npos, star_at = 0;
  const auto accepts = [&](const Token& one, char c) {
    if (one.kind == Token::Kind::literal) return one.literal == c;
    return one.kind == Token::Kind::any ||
           (one.kind == Token::Kind::set && sets_[one.set].test(static_cast<unsigned char>(c)));
  };
  while (at < name.size()) {
    if (token < part.tokens.size() && part.tokens[token].kind == Token::Kind::star) {
      star = token++;
      star_at = at;
    } else if (token < part.tokens.size() && accepts(part.tokens[token], name[at])) {
      ++token;
      ++at;
    } else if (star != npos) {
      at = ++star_at;
      token = star + 1;
    } else {
      return false;
    }
  }
  while (token < part.tokens.size() && part.tokens[token].kind == Token::Kind::star) ++token;
  return token == part.tokens.size();
}

/// The same with parts for characters and `**` for the star. A `**` at the end wants at least one part.
bool IgnorePattern::parts_match(std::string_view path) const {
  std::size_t part = 0, at = 0;
  std::size_t deep = npos, deep_at = 0;
  const auto behind = [&](std::size_t from) { return from + next_part(path, from).size() + 1; };
  while (at < path.size()) {
    if (part < parts_.size() && parts_[part].any_depth) {
      if (part + 1 == parts_.size()) return true;
      deep = part++;
      deep_at = at;
    } else if (part < parts_.size() && part_matches(parts_[part], next_part(path, at))) {
      ++part;
      at = behind(at);
    } else if (deep != npos) {
      deep_at = behind(deep_at);
      at = deep_at;
      part = deep + 1;
    } else {
      return false;
    }
  }
  return part == parts_.size();
}

IgnoreList::IgnoreList(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) add_line(pattern);
}

IgnoreList IgnoreList::parse(std::string_view bytes) {
  IgnoreList list;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    list.add_line(line);
  }
  return list;
}

void IgnoreList::add_line(std::string_view line) {
  if (line.starts_with('#')) return;
  line = without_trailing_spaces(line.substr(0, line.find('\0')));
  if (!line.empty()) patterns_.emplace_back(line);
}

IgnoreList::Verdict IgnoreList::verdict(std::string_view path, EntryKind kind) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (pattern->matches(path, name, kind)) return pattern->is_negated() ? Verdict::kept : Verdict::ignored;
  }
  return Verdict::silent;
}

bool IgnoreList::ignores(std::string_view path, EntryKind kind) const {
  if (patterns_.empty()) return false;
  for (std::size_t slash = path.find('/'); slash != npos; slash = path.find('/', slash + 1)) {
    if (verdict(path.substr(0, slash), EntryKind::directory) == Verdict::ignored) return true;
  }
  return verdict(path, kind) == Verdict::ignored;
}

}  // namespace hasten
