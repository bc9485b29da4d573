// SPDX-License-Identifier: Apache-2.0
#include "query/cli/cli.h"

#include <gtest/gtest.h>

#include <iostream>
#include <streambuf>
#include <string>
#include <vector>

#include "query/cli/command.h"

namespace bylined::cli {
namespace {

// A disk with room for so many bytes.
class Disk : public std::streambuf {
 public:
  explicit Disk(std::size_t room) : room_(room) {}

 protected:
  int overflow(int c) override { return room_-- > 0 ? c : traits_type::eof(); }
  int sync() override { return room_ >= 0 ? 0 : -1; }

 private:
  std::ptrdiff_t room_;
};

struct Wrote {
  int status = 0;
  std::string err;
};

Wrote run_onto(std::size_t room, std::vector<std::string> words) {
  std::ios::sync_with_stdio(false);  // the first call puts buffers of its own into the streams
  Disk disk(room);
  std::stringbuf said;
  std::streambuf* const out = std::cout.rdbuf(&disk);
  std::streambuf* const err = std::cerr.rdbuf(&said);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  const int status = run(static_cast<int>(argv.size()), argv.data());
  std::cout.rdbuf(out);
  std::cout.clear();
  std::cerr.rdbuf(err);
  return {status, said.str()};
}

TEST(Cli, AFullDiskIsNoSuccess) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"byline", "source", "kinds"}, {"byline", "--help"}, {"byline", "--version"}, {"byline", "canonical", "https://press.example/1"}}) {
    const Wrote full = run_onto(3, words);
    EXPECT_EQ(full.status, kNotWritten) << words.back();
    EXPECT_EQ(full.err, "byline: standard output cannot be written, what stands there is not whole (is the disk full?)\n");
    EXPECT_EQ(run_onto(1 << 20, words).status, kDone) << words.back();
  }
}

}  // namespace
}  // namespace bylined::cli
