// SPDX-License-Identifier: Apache-2.0
// The suite that defines the store's face: each test runs on every backend.
#pragma once

#include <memory>
#include <string>

#include "tests/store/newsroom.h"

namespace bylined::store::test {

struct Backend {
  std::string name;
  bool in_memory = false;
};

class StoreContract : public testing::TestWithParam<Backend> {
 protected:
  StoreContract() {
    auto opened = open_store(options_for(GetParam().in_memory ? ":memory:" : folder_.path()));
    EXPECT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
    room_ = std::make_unique<Newsroom>(*store_);
  }

  // Whatever a test did, the store's promises hold at its end.
  void TearDown() override {
    room_.reset();
    store_.reset();
    if (GetParam().in_memory) return;
    const auto looked = audit(folder_.path());
    ASSERT_TRUE(looked) << looked.error().text();
    for (const std::string& found : looked->findings) ADD_FAILURE() << found;
  }

  Store& store() { return *store_; }
  Newsroom& room() { return *room_; }

 private:
  Folder folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Newsroom> room_;
};

inline std::string backend_name(const testing::TestParamInfo<Backend>& backend) { return backend.param.name; }

// Used once, in backends_test.cpp; the suite's tests stand in many files.
inline const Backend kBackends[] = {{"SqliteInMemory", true}, {"SqliteOnDisk", false}};

}  // namespace bylined::store::test
