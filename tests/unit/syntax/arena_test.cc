#include "analyzer/syntax/arena.h"

#include <cstdint>
#include <cstring>

#include <gtest/gtest.h>
#include <tree_sitter/api.h>

#include "analyzer/syntax/parser.h"
#include "analyzer/syntax/tree.h"

namespace hasten {
namespace {

TEST(Arena, BlocksAreApartAndAligned) {
  Arena arena;
  auto* const first = static_cast<char*>(arena.allocate(3));
  auto* const second = static_cast<char*>(arena.allocate(5));
  EXPECT_GE(second, first + 3);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % 8, 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(second) % 8, 0u);
}

TEST(Arena, TheYoungestBlockGrowsInPlaceAnOlderOneMoves) {
  Arena arena;
  void* const older = arena.allocate(8);
  std::memcpy(older, "abcdefg", 8);
  void* const youngest = arena.allocate(8);
  EXPECT_EQ(arena.reallocate(youngest, 100), youngest);
  void* const moved = arena.reallocate(older, 100);
  EXPECT_NE(moved, older);
  EXPECT_STREQ(static_cast<const char*>(moved), "abcdefg");
}

TEST(Arena, ResetGivesTheSameMemoryAgainAndReturnsGiants) {
  Arena arena;
  void* const first = arena.allocate(100);
  (void)arena.allocate(std::size_t{100} << 20);
  EXPECT_GT(arena.held_bytes(), std::size_t{100} << 20);
  arena.reset();
  EXPECT_LE(arena.held_bytes(), std::size_t{32} << 20);
  EXPECT_EQ(arena.used_bytes(), 0u);
  EXPECT_EQ(arena.allocate(100), first);
}

TEST(Parser, LeavesNothingBehindInTheArena) {
  Parser parser;
  for (int i = 0; i < 3; ++i) {
    Tree tree = parser.parse("x = [1, 2]\n");
    std::vector<Node> children;
    tree.children(tree.root(), children);
    ASSERT_EQ(children.size(), 1u);
    EXPECT_EQ(children[0].kind, Kind::expression_statement);
    EXPECT_FALSE(tree.has_error());
  }
}

TEST(Parser, IsNotNeededByTreesMadeWithMalloc) {
  {
    Parser own;
    const Tree tree = own.parse("x");
  }
  TSParser* const parser = ts_parser_new();  // outside a Tree the allocator is malloc again
  ts_parser_delete(parser);
}

}  // namespace
}  // namespace hasten
