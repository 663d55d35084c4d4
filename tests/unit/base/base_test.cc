#include <atomic>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzer/base/interner.h"
#include "analyzer/base/pool.h"
#include "analyzer/base/result.h"
#include "analyzer/base/table.h"

namespace hasten {
namespace {

using ThingId = Id<struct ThingTag>;

TEST(Ids, DefaultNamesNothing) {
  EXPECT_FALSE(ThingId());
  EXPECT_TRUE(ThingId(0));
  EXPECT_LT(ThingId(1), ThingId(2));
}

TEST(Runs, YieldsConsecutiveIdsAndKnowsItsMembers) {
  const hasten::Run<ThingTag> run{2, 3};
  const std::vector<ThingId> ids(run.begin(), run.end());
  EXPECT_EQ(ids, (std::vector<ThingId>{ThingId(2), ThingId(3), ThingId(4)}));
  EXPECT_FALSE(run.contains(ThingId(1)));
  EXPECT_TRUE(run.contains(ThingId(4)));
  EXPECT_FALSE(run.contains(ThingId(5)));
  EXPECT_FALSE(run.contains(ThingId()));
}

TEST(Tables, HandsOutIdsInOrder) {
  Table<ThingTag, std::string> table;
  EXPECT_EQ(table.next_id(), ThingId(0));
  const ThingId id = table.add("a");
  table.add("b");
  EXPECT_EQ(table[id], "a");
  EXPECT_EQ(table.ids().size(), 2u);
}

TEST(Interners, GivesOneIdForEachTextInOrderOfFirstUse) {
  Interner<ThingTag> interner;
  const ThingId a = interner.intern("a");
  const ThingId b = interner.intern(std::string(1000, 'b'));
  EXPECT_EQ(interner.intern("a"), a);
  EXPECT_EQ(b, ThingId(1));
  EXPECT_EQ(interner[b], std::string(1000, 'b'));
  EXPECT_EQ(interner[ThingId()], "");
  EXPECT_FALSE(interner.find("c"));
  EXPECT_EQ(interner.find("a"), a);
}

TEST(Interners, ViewsStayWhereTheyAre) {
  Interner<ThingTag> interner;
  const std::string_view first = interner[interner.intern("first")];
  for (int i = 0; i < 10'000; ++i) interner.intern(std::to_string(i));
  EXPECT_EQ(first, "first");
  EXPECT_EQ(first.data(), interner[ThingId(0)].data());
}

TEST(Pools, DoesEachPieceOnceWhateverTheNumberOfWorkers) {
  for (std::size_t workers : {1u, 2u, 8u}) {
    const Pool pool(workers);
    std::vector<std::atomic<int>> done(1000);
    std::atomic<bool> is_worker_in_range = true;
    pool.for_each(done.size(), [&](std::size_t index, std::size_t worker) {
      ++done[index];
      if (worker >= workers) is_worker_in_range = false;
    });
    for (const std::atomic<int>& times : done) ASSERT_EQ(times, 1);
    EXPECT_TRUE(is_worker_in_range);
  }
}

TEST(Pools, HasAtLeastOneWorkerAndTakesNoWork) {
  const Pool pool;
  EXPECT_GE(pool.workers(), 1u);
  pool.for_each(0, [](std::size_t, std::size_t) { FAIL(); });
}

TEST(Results, IsAValueOrAReason) {
  const Result<int> value = 3;
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, 3);
  const Result<int> failure = Failure{"no such file"};
  ASSERT_FALSE(failure);
  EXPECT_EQ(failure.reason().message, "no such file");
}

}  // namespace
}  // namespace hasten
