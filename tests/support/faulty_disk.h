// SPDX-License-Identifier: Apache-2.0
// A disk between SQLite and the system: it forgets what was not synced when the power is cut, fails the n-th
// operation, and is full when it is told to be. Everything follows from what it was told: no chance of its
// own. Header only, so that tests of every floor can use it.
#pragma once

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bylined::tests {

class FaultyDisk {
 public:
  enum class Fault { kIoError, kFull, kBusy };
  enum class Kind { kRead, kWrite, kSync, kTruncate, kLock, kOpen };

  // Registers itself with SQLite under `name` (OpenOptions::vfs) until it is destroyed. Close what uses it
  // before.
  explicit FaultyDisk(std::string name) : name_(std::move(name)), system_(sqlite3_vfs_find(nullptr)) {
    vfs_ = *system_;
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + system_->szOsFile;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    vfs_.xSleep = [](sqlite3_vfs*, int) { return 0; };  // a busy handler need not wait for a simulated disk
    sqlite3_vfs_register(&vfs_, 0);
  }
  ~FaultyDisk() { sqlite3_vfs_unregister(&vfs_); }
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  const std::string& name() const { return name_; }
  int operations() const { return operations_; }
  int fired() const { return fired_; }

  // ---- failing ----

  // The n-th operation from now (from 1), of those that this fault can strike, fails; with `lasting` all
  // that follow do too.
  void fail_at(int nth, Fault fault, bool lasting = false) {
    nth_ = nth;
    fault_ = fault;
    lasting_ = lasting;
    struck_ = fired_ = 0;
  }
  void heal() { nth_ = 0; }

  // ---- power ----

  // From here on a write reaches the file below when it is synced, not before.
  void hold_unsynced() { holding_ = true; }
  // The power goes at the n-th write or sync from now.
  void cut_at(int nth) { cut_at_ = nth; }
  // The power goes now; with everything kept afterwards it is the process alone that was killed.
  void cut_now() { cut_ = true; }
  bool is_cut() const { return cut_; }
  // What lay unsynced is kept or lost as `kept` says, write by write; the log's index is gone. Whatever is
  // still open stays dead. Then the power is back.
  void restart(const std::function<bool()>& kept) {
    for (auto& [path, content] : contents_) content->settle(path, kept);
    contents_.clear();
    for (const std::string& index : indexes_) ::unlink(index.c_str());
    indexes_.clear();
    ++boot_;
    cut_ = false;
    cut_at_ = 0;
  }

  // ---- space ----

  // Files of this disk, and `beside` where it is there, may take this many bytes together; -1: any number.
  void limit_space(std::int64_t bytes, std::string beside = "") {
    space_ = bytes;
    beside_ = std::move(beside);
  }

 private:
  struct Write {
    std::int64_t at = 0;
    std::string bytes;
  };

  // A file as its readers see it; what lies below is what a cut leaves.
  struct Content {
    std::string now;
    std::vector<Write> unsynced;
    std::int64_t truncated = -1;  // to, unsynced

    void put(std::int64_t at, const void* bytes, int count) {
      const auto end = static_cast<std::size_t>(at) + static_cast<std::size_t>(count);
      if (now.size() < end) now.resize(end);
      std::memcpy(now.data() + at, bytes, static_cast<std::size_t>(count));
      unsynced.push_back({at, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(count))});
    }
    void settle(const std::string& path, const std::function<bool()>& kept) {
      FILE* const file = std::fopen(path.c_str(), "r+b");
      if (file == nullptr) return;
      if (truncated >= 0 && kept()) static_cast<void>(::ftruncate(::fileno(file), truncated) == 0);
      for (const Write& write : unsynced) {
        if (!kept()) continue;
        std::fseek(file, static_cast<long>(write.at), SEEK_SET);
        std::fwrite(write.bytes.data(), 1, write.bytes.size(), file);
      }
      std::fclose(file);
      unsynced.clear();
      truncated = -1;
    }
  };

  struct File {
    sqlite3_file base;
    FaultyDisk* disk;
    std::string* path;
    int boot;
    sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };

  static File& cast(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

  static const sqlite3_io_methods* methods() {
    static const sqlite3_io_methods all = {
        2, close, read, write, truncate, sync, size, lock, unlock, reserved, control,
        [](sqlite3_file* f) { return cast(f).below()->pMethods->xSectorSize(cast(f).below()); },
        [](sqlite3_file* f) { return cast(f).below()->pMethods->xDeviceCharacteristics(cast(f).below()); },
        [](sqlite3_file* f, int page, int bytes, int extend, void volatile** out) { return map_index(cast(f), page, bytes, extend, out); },
        lock_index,
        [](sqlite3_file* f) { cast(f).below()->pMethods->xShmBarrier(cast(f).below()); },
        [](sqlite3_file* f, int remove) { return cast(f).below()->pMethods->xShmUnmap(cast(f).below(), remove); },
        nullptr, nullptr};
    return &all;
  }

  // What happens to an operation before it is done: SQLITE_OK, or the error that it gets.
  int admit(Kind kind) {
    ++operations_;
    if (cut_) return SQLITE_IOERR;
    if ((kind == Kind::kWrite || kind == Kind::kSync) && cut_at_ > 0 && --cut_at_ == 0) {
      cut_ = true;
      return SQLITE_IOERR;
    }
    if (nth_ == 0 || !strikes(kind)) return SQLITE_OK;
    ++struck_;
    if (struck_ < nth_ || (struck_ > nth_ && !lasting_)) return SQLITE_OK;
    ++fired_;
    return code(kind);
  }
  bool strikes(Kind kind) const {
    if (fault_ == Fault::kFull) return kind == Kind::kWrite;
    if (fault_ == Fault::kBusy) return kind == Kind::kLock;
    return kind != Kind::kLock;
  }
  int code(Kind kind) const {
    if (fault_ == Fault::kFull) return SQLITE_FULL;
    if (fault_ == Fault::kBusy) return SQLITE_BUSY;
    switch (kind) {
      case Kind::kRead: return SQLITE_IOERR_READ;
      case Kind::kWrite: return SQLITE_IOERR_WRITE;
      case Kind::kSync: return SQLITE_IOERR_FSYNC;
      case Kind::kTruncate: return SQLITE_IOERR_TRUNCATE;
      case Kind::kOpen: return SQLITE_CANTOPEN;
      case Kind::kLock: break;
    }
    return SQLITE_IOERR_LOCK;
  }

  static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
    auto& disk = *static_cast<FaultyDisk*>(vfs->pAppData);
    File& one = cast(file);
    file->pMethods = nullptr;
    if (const int refused = disk.admit(Kind::kOpen); refused != SQLITE_OK) return refused;
    const int code = disk.system_->xOpen(disk.system_, name, one.below(), flags, out);
    if (code != SQLITE_OK) return code;
    one.disk = &disk;
    one.path = new std::string(name == nullptr ? "" : name);
    one.boot = disk.boot_;
    file->pMethods = methods();
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    auto& disk = *static_cast<FaultyDisk*>(vfs->pAppData);
    if (disk.cut_) return SQLITE_IOERR_DELETE;
    disk.contents_.erase(name);
    return disk.system_->xDelete(disk.system_, name, sync_folder);
  }

  static int close(sqlite3_file* file) {
    File& one = cast(file);
    delete one.path;
    return one.below()->pMethods->xClose(one.below());
  }

  int admit(File& file, Kind kind) { return file.boot != boot_ ? SQLITE_IOERR : admit(kind); }

  // The held content of a file; null where nothing is held.
  Content* content(File& file) {
    if (!holding_ || file.path->empty()) return nullptr;
    std::shared_ptr<Content>& held = contents_[*file.path];
    if (held) return held.get();
    held = std::make_shared<Content>();
    sqlite3_int64 bytes = 0;
    file.below()->pMethods->xFileSize(file.below(), &bytes);
    held->now.resize(static_cast<std::size_t>(bytes));
    if (bytes > 0) file.below()->pMethods->xRead(file.below(), held->now.data(), static_cast<int>(bytes), 0);
    return held.get();
  }

  static int read(sqlite3_file* f, void* out, int count, sqlite3_int64 at) {
    File& file = cast(f);
    if (const int refused = file.disk->admit(file, Kind::kRead); refused != SQLITE_OK) return refused;
    const Content* const held = file.disk->content(file);
    if (held == nullptr) return file.below()->pMethods->xRead(file.below(), out, count, at);
    const auto have = std::clamp<std::int64_t>(static_cast<std::int64_t>(held->now.size()) - at, 0, count);
    if (have > 0) std::memcpy(out, held->now.data() + at, static_cast<std::size_t>(have));
    std::memset(static_cast<char*>(out) + have, 0, static_cast<std::size_t>(count - have));
    return have == count ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* f, const void* bytes, int count, sqlite3_int64 at) {
    File& file = cast(f);
    if (const int refused = file.disk->admit(file, Kind::kWrite); refused != SQLITE_OK) return refused;
    if (file.disk->too_much(file, at + count)) return SQLITE_FULL;
    Content* const held = file.disk->content(file);
    if (held == nullptr) return file.below()->pMethods->xWrite(file.below(), bytes, count, at);
    held->put(at, bytes, count);
    return SQLITE_OK;
  }

  static int truncate(sqlite3_file* f, sqlite3_int64 bytes) {
    File& file = cast(f);
    if (const int refused = file.disk->admit(file, Kind::kTruncate); refused != SQLITE_OK) return refused;
    Content* const held = file.disk->content(file);
    if (held == nullptr) return file.below()->pMethods->xTruncate(file.below(), bytes);
    held->now.resize(static_cast<std::size_t>(bytes));
    held->truncated = bytes;
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* f, int flags) {
    File& file = cast(f);
    if (const int refused = file.disk->admit(file, Kind::kSync); refused != SQLITE_OK) return refused;
    Content* const held = file.disk->content(file);
    if (held == nullptr) return file.below()->pMethods->xSync(file.below(), flags);
    held->settle(*file.path, [] { return true; });
    return SQLITE_OK;
  }

  static int size(sqlite3_file* f, sqlite3_int64* out) {
    File& file = cast(f);
    const Content* const held = file.disk->content(file);
    if (held == nullptr) return file.below()->pMethods->xFileSize(file.below(), out);
    *out = static_cast<sqlite3_int64>(held->now.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file* f, int level) {
    File& file = cast(f);
    if (const int refused = file.disk->admit(file, Kind::kLock); refused != SQLITE_OK) return refused;
    return file.below()->pMethods->xLock(file.below(), level);
  }
  static int unlock(sqlite3_file* f, int level) { return cast(f).below()->pMethods->xUnlock(cast(f).below(), level); }
  static int reserved(sqlite3_file* f, int* out) { return cast(f).below()->pMethods->xCheckReservedLock(cast(f).below(), out); }
  static int control(sqlite3_file* f, int what, void* value) { return cast(f).below()->pMethods->xFileControl(cast(f).below(), what, value); }

  static int lock_index(sqlite3_file* f, int offset, int n, int flags) {
    File& file = cast(f);
    if ((flags & SQLITE_SHM_LOCK) != 0) {
      if (const int refused = file.disk->admit(file, Kind::kLock); refused != SQLITE_OK) return refused;
    }
    return file.below()->pMethods->xShmLock(file.below(), offset, n, flags);
  }

  static int map_index(File& file, int page, int bytes, int extend, void volatile** out) {
    const std::string index = *file.path + "-shm";
    auto& known = file.disk->indexes_;
    if (std::find(known.begin(), known.end(), index) == known.end()) known.push_back(index);
    return file.below()->pMethods->xShmMap(file.below(), page, bytes, extend, out);
  }

  bool too_much(File& file, std::int64_t end) {
    if (space_ < 0) return false;
    sqlite3_int64 now = 0;
    size(&file.base, &now);
    return end > now && used() + end - now > space_;
  }
  std::int64_t used() const {
    std::int64_t sum = size_of(beside_);
    for (const auto& [path, content] : contents_) sum += static_cast<std::int64_t>(content->now.size());
    if (!holding_) {
      for (const std::string& index : indexes_) {
        const std::string database = index.substr(0, index.size() - 4);
        sum += size_of(database) + size_of(database + "-wal");
      }
    }
    return sum;
  }
  static std::int64_t size_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_size : 0;
  }

  const std::string name_;
  sqlite3_vfs* const system_;
  sqlite3_vfs vfs_{};
  std::map<std::string, std::shared_ptr<Content>> contents_;
  std::vector<std::string> indexes_;
  std::string beside_;
  std::int64_t space_ = -1;
  Fault fault_ = Fault::kIoError;
  int nth_ = 0, struck_ = 0, fired_ = 0, operations_ = 0, cut_at_ = 0, boot_ = 0;
  bool lasting_ = false, holding_ = false, cut_ = false;
};

}  // namespace bylined::tests
