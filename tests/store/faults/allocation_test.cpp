// SPDX-License-Identifier: Apache-2.0
// The n-th allocation fails, for every n: of SQLite, or of our own. The process may end of it; it starts again and
// has lost nothing.
#include <cstdlib>
#include <new>

#include "tests/store/faults/child.h"
#include "tests/support/effort.h"

namespace {

int allocations_left = -1;  // until one fails; negative: none does

bool fails_now() { return allocations_left >= 0 && allocations_left-- == 0; }

sqlite3_mem_methods system_memory;

void* give(int bytes) { return fails_now() ? nullptr : system_memory.xMalloc(bytes); }
void* resize(void* memory, int bytes) { return fails_now() ? nullptr : system_memory.xRealloc(memory, bytes); }

// SQLite takes another allocator only before it begins.
bool use_failing_memory() {
  sqlite3_shutdown();
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
  sqlite3_mem_methods failing = system_memory;
  failing.xMalloc = give;
  failing.xRealloc = resize;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK;
}

bool ours_fail = false;

}  // namespace

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
void* operator new(std::size_t bytes) {
  if (ours_fail && fails_now()) throw std::bad_alloc();
  void* const memory = std::malloc(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace bylined::store::test {
namespace {

constexpr int kDays = 2;
constexpr int kFarthest = 20'000;
constexpr int kCannotOpen = 3, kGaveUp = 4, kOutOfMemory = 5;

class Allocations : public Faults {
 protected:
  // A child whose n-th allocation fails. True where it had so many.
  bool outlives(int nth, bool ours) {
    remove_database();
    EXPECT_TRUE(open_store(options_for(path())));
    Child child([&](int out) { return work(nth, ours, out); });
    const Acknowledged acknowledged = child.listen();
    EXPECT_FALSE(child.killed_by(SIGSEGV)) << "allocation " << nth;
    EXPECT_EQ(missing(acknowledged), "") << "allocation " << nth;
    expect_whole("allocation " + std::to_string(nth));
    auto store = open_store(options_for(path()));
    EXPECT_TRUE(store) << "allocation " << nth;
    Acknowledged more;
    EXPECT_TRUE(Day(**store, more, 1).run(kDays, kDays)) << "goes on after a new start, allocation " << nth;
    return !child.ended_with(0);
  }

 private:
  int work(int nth, bool ours, int out) const {
    if (!use_failing_memory()) return kCannotOpen;
    try {
      auto store = open_store(options_for(path()));
      if (!store) return kCannotOpen;
      Teller teller(out);
      ours_fail = ours;
      allocations_left = nth - 1;
      const bool done = Day(**store, teller.now, 1, [&teller] { teller.tell(); }).run(0, kDays);
      const bool failed = allocations_left < 0;
      allocations_left = -1;
      return failed && !done ? kGaveUp : failed ? kOutOfMemory : 0;
    } catch (const std::bad_alloc&) {
      return kOutOfMemory;  // the daemon ends with 70
    }
  }
};

TEST_F(Allocations, ThatSqliteDoesNotGetLosesNothing) {
  int nth = 1;
  while (nth <= kFarthest && outlives(nth, false)) nth += nth < kNthMax ? tests::effort(23, 1, 1) : nth / 20;
  EXPECT_GT(nth, kNthMax) << "there were as many allocations";
  EXPECT_LT(nth, kFarthest) << "and an end to them";
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which keep the allocator to themselves
TEST_F(Allocations, ThatWeDoNotGetLosesNothing) {
  int nth = 1;
  while (nth <= kFarthest && outlives(nth, true)) nth += nth < kNthMax ? tests::effort(23, 1, 1) : nth / 20;
  EXPECT_GT(nth, kNthMax);
}
#endif

}  // namespace
}  // namespace bylined::store::test
