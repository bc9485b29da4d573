// SPDX-License-Identifier: Apache-2.0
// A process of its own that works on a store, tells each acknowledgement as a line over a pipe, and may die
// meanwhile. What it told is what must be there.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <functional>
#include <string>

#include "tests/store/faults/day.h"

namespace bylined::store::test {

class Child {
 public:
  // `work` runs in the child; its status is the child's.
  explicit Child(const std::function<int(int out)>& work) {
    int ends[2];
    if (::pipe(ends) != 0) return;
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      ::_exit(work(ends[1]));
    }
    ::close(ends[1]);
    lines_ = ::fdopen(ends[0], "r");
  }
  ~Child() {
    if (lines_ != nullptr) std::fclose(lines_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Reads until it is gone; kills it at that line, from 1; 0: never.
  Acknowledged listen(int kill_at = 0) {
    Acknowledged acknowledged;
    char line[512];
    for (int i = 1; std::fgets(line, sizeof line, lines_) != nullptr; ++i) {
      std::string text(line + 1);
      text.pop_back();
      (line[0] == 'L' ? acknowledged.listed : line[0] == 'A' ? acknowledged.articles : acknowledged.delivered).insert(text);
      if (i == kill_at) ::kill(pid_, SIGKILL);
    }
    EXPECT_EQ(::waitpid(pid_, &status_, 0), pid_);
    return acknowledged;
  }

  bool killed_by(int signal) const { return WIFSIGNALED(status_) && WTERMSIG(status_) == signal; }
  bool ended_with(int status) const { return WIFEXITED(status_) && WEXITSTATUS(status_) == status; }

 private:
  pid_t pid_ = -1;
  FILE* lines_ = nullptr;
  int status_ = 0;
};

// In the child: a day's acknowledgements, told as they come.
class Teller {
 public:
  explicit Teller(int out) : out_(out) {}

  Acknowledged now;

  void tell() {
    tell('L', told_.listed, now.listed);
    tell('A', told_.articles, now.articles);
    tell('D', told_.delivered, now.delivered);
  }

 private:
  void tell(char kind, std::set<std::string>& before, const std::set<std::string>& after) {
    for (const std::string& one : after) {
      if (!before.insert(one).second) continue;
      const std::string line = kind + one + "\n";
      if (::write(out_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(4);
    }
  }

  const int out_;
  Acknowledged told_;
};

}  // namespace bylined::store::test
