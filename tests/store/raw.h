// SPDX-License-Identifier: Apache-2.0
// A plain connection beside the store, to plant faults and to look where no face looks.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <sstream>
#include <string>

namespace bylined::store::test {

class Raw {
 public:
  explicit Raw(const std::string& path) {
    EXPECT_EQ(sqlite3_open_v2(path.c_str(), &connection_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr), SQLITE_OK);
    sqlite3_busy_timeout(connection_, 1000);
  }
  ~Raw() { sqlite3_close(connection_); }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  void run(const std::string& sql) {
    char* why = nullptr;
    EXPECT_EQ(sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << sql << ": " << (why == nullptr ? "" : why);
    sqlite3_free(why);
  }

  // All rows, columns joined by a bar, rows by a line break.
  std::string ask(const std::string& sql) {
    std::string answer;
    const auto collect = [](void* out, int columns, char** values, char**) {
      auto& text = *static_cast<std::string*>(out);
      if (!text.empty()) text += '\n';
      for (int i = 0; i < columns; ++i) text += std::string(i > 0 ? "|" : "") + (values[i] == nullptr ? "null" : values[i]);
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(connection_, sql.c_str(), collect, &answer, nullptr), SQLITE_OK) << sql << ": " << sqlite3_errmsg(connection_);
    return answer;
  }

  sqlite3* connection() { return connection_; }

 private:
  sqlite3* connection_ = nullptr;
};

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

inline void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
}

}  // namespace bylined::store::test
