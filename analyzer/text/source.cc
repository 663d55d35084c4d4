#include "analyzer/text/source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hasten {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
bool is_four_byte_lead(char c) { return static_cast<unsigned char>(c) >= 0xF0; }

std::uint32_t width(std::string_view text, ColumnUnit unit) {
  if (unit == ColumnUnit::byte) return static_cast<std::uint32_t>(text.size());
  std::uint32_t units = 0;
  for (char c : text) {
    if (is_continuation(c)) continue;
    units += unit == ColumnUnit::utf16 && is_four_byte_lead(c) ? 2 : 1;
  }
  return units;
}

/// PEP 263: the cookie stands in a comment on one of the first two lines.
bool declares_latin1(std::string_view bytes) {
  const std::size_t first = bytes.find('\n');
  const std::size_t second = first == std::string_view::npos ? first : bytes.find('\n', first + 1);
  const std::string_view head = bytes.substr(0, second);
  const std::size_t coding = head.find("coding");
  if (coding == std::string_view::npos || head.find('#') > coding) return false;
  const std::string_view rest = head.substr(coding + 6);
  if (rest.empty() || (rest[0] != ':' && rest[0] != '=')) return false;
  const std::size_t name = rest.find_first_not_of(" \t", 1);
  if (name == std::string_view::npos) return false;
  const std::string_view encoding = rest.substr(name);
  return std::ranges::any_of(std::initializer_list<std::string_view>{"latin-1", "latin1", "iso-8859-1", "iso8859-1"},
                             [&](std::string_view known) { return encoding.starts_with(known); });
}

std::string latin1_to_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | byte >> 6);
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return out;
}

/// How many bytes from the start are surely ASCII; looks at eight at a time.
std::size_t ascii_prefix(std::string_view bytes) {
  std::size_t at = 0;
  for (std::uint64_t block = 0; at + 8 <= bytes.size(); at += 8) {
    std::memcpy(&block, bytes.data() + at, 8);
    if ((block & 0x8080'8080'8080'8080) != 0) break;
  }
  return at;
}

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

/// Over-long forms, surrogates and values past U+10FFFF are told by the second byte.
bool second_byte_fits(unsigned char lead, unsigned char second) {
  switch (lead) {
    case 0xE0: return second >= 0xA0;
    case 0xED: return second < 0xA0;
    case 0xF0: return second >= 0x90;
    case 0xF4: return second < 0x90;
    default: return true;
  }
}

}  // namespace

void Source::index_lines() {
  if (lines_are_indexed()) return;
  line_starts_.reserve(1 + static_cast<std::size_t>(std::ranges::count(bytes_, '\n')));
  line_starts_.push_back(0);
  for (std::size_t at = bytes_.find('\n'); at != std::string::npos; at = bytes_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

std::uint32_t Source::line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

std::uint32_t Source::line_of(std::uint32_t offset) const {
  return static_cast<std::uint32_t>(std::ranges::upper_bound(line_starts_, offset) - line_starts_.begin());
}

LineColumn Source::line_column(std::uint32_t offset, ColumnUnit unit) const {
  offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
  const std::uint32_t line = line_of(offset);
  const std::uint32_t start = line_starts_[line - 1];
  return {line, 1 + width(text({start, offset}), unit)};
}

TextRange Source::line_range(std::uint32_t line) const {
  const std::uint32_t begin = line_starts_[line - 1];
  auto end = line < line_starts_.size() ? line_starts_[line] - 1 : static_cast<std::uint32_t>(bytes_.size());
  if (end > begin && bytes_[end - 1] == '\r') --end;
  return {begin, end};
}

std::string decoded_python(std::string bytes) {
  if (bytes.find('\r') != std::string::npos && bytes.find('\n') == std::string::npos) {
    std::ranges::replace(bytes, '\r', '\n');
  }
  return declares_latin1(bytes) ? latin1_to_utf8(bytes) : bytes;
}

std::size_t first_invalid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (const std::size_t ascii = ascii_prefix(bytes.substr(at)); ascii > 0) {
      at += ascii;
      continue;
    }
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const std::size_t length = sequence_length(lead);
    if (length == 0 || at + length > bytes.size()) return at;
    for (std::size_t i = 1; i < length; ++i) {
      if (!is_continuation(bytes[at + i])) return at;
    }
    if (length > 2 && !second_byte_fits(lead, static_cast<unsigned char>(bytes[at + 1]))) return at;
    at += length;
  }
  return std::string_view::npos;
}

Result<std::string> read_bytes(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (file < 0) return Failure{std::strerror(errno)};
  struct stat status {};
  std::string bytes;
  Result<std::string> outcome = Failure{"not a regular file"};
  if (fstat(file, &status) != 0) {
    outcome = Failure{std::strerror(errno)};
  } else if (S_ISREG(status.st_mode)) {
    if (static_cast<std::uint64_t>(status.st_size) >= std::numeric_limits<std::uint32_t>::max()) {
      outcome = Failure{"larger than 4 GiB"};
    } else {
      bytes.resize(static_cast<std::size_t>(status.st_size));
      std::size_t filled = 0;
      ssize_t got = 1;
      while (filled < bytes.size() && (got = read(file, bytes.data() + filled, bytes.size() - filled)) > 0) {
        filled += static_cast<std::size_t>(got);
      }
      bytes.resize(filled);  // the file may have shrunk since the call above
      outcome = got < 0 ? Result<std::string>(Failure{std::strerror(errno)}) : Result<std::string>(std::move(bytes));
    }
  }
  close(file);
  return outcome;
}

}  // namespace hasten
