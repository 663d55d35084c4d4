// Every prefix and every deletion of one byte of real and of awkward files lowers to rows that hold together. Files are
// given on the command line; the awkward one is always among them.

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyzer/lower/lower.h"
#include "analyzer/text/source.h"
#include "tests/support/file_invariants.h"

namespace hasten {
namespace {

std::vector<std::string> files;

constexpr std::string_view awkward = R"py("""Doc."""
from __future__ import annotations
import os, a.b.c as d
from ..k.l import (m as n, o)  # noqa
from s import *
type(m).prop = Mock(a); type X[T] = int | str
with (open(a) as f, g() as (h, i)): pass
@pytest.fixture(scope="x")
async def f(a, /, b: List[int]=g(), *c: int, d=lambda x, y=h(): k(x), **e: "x") -> int | None:
    "doc"
    await q(await r())
    [s(i) for i in t(u) if v(i) for w in x(i)]
    if a: return 1
    elif b: yield 2
    else: z()
    try: pass
    except* (A, B) as e: raise X from Y
    else: pass
    finally: pass
    x = f"a{b!r:>{w}}c{{d\n" 'e\tz' rb"\x"
    match a, b:
        case Foo(x, y=1) as z if f(): pass
        case [1, *rest] | {"k": v, **kw}: pass
        case _: pass
    global g1, g2
    del a, (d, e)
    x[1:2, ::3, *c] = not a in b is not c
class A(B, metaclass=C):
    # hasten: ignore[HS201, HS3] because
    z = (yy := 3) if 1 else {}  # noqa: HS201
    print "x", y
)py";

void expect_sound(std::string_view bytes, Parser& parser, std::string_view what, std::size_t at) {
  const FileModel file = lower(bytes, parser);
  ASSERT_EQ(file.source_bytes, bytes.size());
  std::vector<std::string> violations = testing::FileInvariants(file).violations();
  ASSERT_TRUE(violations.empty()) << what << ' ' << at << ": " << fmt::format("{}", fmt::join(violations, "; ")) << '\n'
                                  << bytes << '\n'
                                  << dump(file);
}

/// Every byte of the awkward file; of others some hundred places spread over them.
std::size_t stride(std::string_view source) {
  return source == awkward ? 1 : std::max<std::size_t>(1, source.size() / 300);
}

void try_prefixes(std::string_view source, Parser& parser) {
  for (std::size_t size = 0; size <= source.size(); size += stride(source)) {
    expect_sound(source.substr(0, size), parser, "prefix of", size);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

void try_deletions(std::string_view source, Parser& parser) {
  for (std::size_t at = 0; at < source.size(); at += stride(source)) {
    std::string changed(source);
    changed.erase(at, 1);
    expect_sound(changed, parser, "without byte", at);
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(LowerProperty, EveryPrefixOfTheAwkwardFileHoldsTogether) {
  Parser parser;
  try_prefixes(awkward, parser);
}

TEST(LowerProperty, TheAwkwardFileHoldsTogetherWithoutAnyByte) {
  Parser parser;
  try_deletions(awkward, parser);
}

TEST(LowerProperty, TheAwkwardFileHoldsTogetherWithAnyByteReplaced) {
  Parser parser;
  for (char byte : std::string_view("\0\xFF(\n\"", 5)) {
    for (std::size_t at = 0; at < awkward.size(); ++at) {
      std::string changed(awkward);
      changed[at] = byte;
      expect_sound(changed, parser, "with another byte at", at);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(LowerProperty, EverySampleHoldsTogetherCutAnywhere) {
  Parser parser;
  for (const std::string& path : files) {
    SCOPED_TRACE(path);
    const Result<std::string> bytes = read_bytes(path);
    ASSERT_TRUE(bytes) << bytes.reason().message;
    try_prefixes(*bytes, parser);
    if (HasFatalFailure()) return;
    try_deletions(*bytes, parser);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace hasten

int main(int count, char** arguments) {
  testing::InitGoogleTest(&count, arguments);
  hasten::files.assign(arguments + 1, arguments + count);
  return RUN_ALL_TESTS();
}
