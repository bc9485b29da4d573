// SPDX-License-Identifier: Apache-2.0
// A store in a folder of its own, with a reader beside it. The last look of each test is the audit's.
#pragma once

#include <memory>
#include <string>

#include "tests/store/newsroom.h"

namespace bylined::store::test {

class OnDisk : public testing::Test {
 protected:
  OnDisk() { open(); }

  void TearDown() override {
    if (!audited_) return;
    const auto looked = audit(path());
    ASSERT_TRUE(looked) << looked.error().text();
    for (const std::string& found : looked->findings) ADD_FAILURE() << found;
  }

  void open() {
    auto opened = open_store(options_for(path()));
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
    room_ = std::make_unique<Newsroom>(*store_);
  }
  void close() {
    room_.reset();
    store_.reset();
  }

  std::string path(const std::string& name = "bylined.db") const { return folder_.path(name); }
  Store& store() { return *store_; }
  Newsroom& room() { return *room_; }
  Reader& reader() {
    if (!reader_) {
      auto opened = open_reader(path());
      EXPECT_TRUE(opened) << opened.error().text();
      reader_ = std::move(*opened);
    }
    return *reader_;
  }
  void leave_unaudited() { audited_ = false; }

 private:
  Folder folder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Newsroom> room_;
  std::unique_ptr<Reader> reader_;
  bool audited_ = true;
};

}  // namespace bylined::store::test
