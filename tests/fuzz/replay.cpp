// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer: its seeds, then seeds that were changed at random, for some seconds. It knows
// nothing of coverage, but every compiler can build it, so the address sanitizer's build has it for free.
//   replay_THING SECONDS ARTIFACT SEEDS…
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)());

namespace {

constexpr std::size_t kLongest = 65'536;
constexpr int kSlowest = 5;  // seconds for one input

struct Input {
  std::string bytes;
  std::string artifact;
};

// What was being read when the program died, for whoever looks into it.
Input& input() {
  static Input one;
  return one;
}

void keep_input() {
  std::FILE* const file = std::fopen(input().artifact.c_str(), "wb");
  if (file == nullptr) return;
  std::fwrite(input().bytes.data(), 1, input().bytes.size(), file);
  std::fclose(file);
  std::fprintf(stderr, "the input is in %s\n", input().artifact.c_str());
}

void on_signal(int number) {
  keep_input();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void run(std::string bytes) {
  bytes.resize(std::min(bytes.size(), kLongest));
  input().bytes = std::move(bytes);
  ::alarm(kSlowest);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input().bytes.data()), input().bytes.size());
  ::alarm(0);
}

std::vector<std::string> read_seeds(const std::vector<std::string>& folders) {
  std::vector<std::string> seeds;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  std::sort(seeds.begin(), seeds.end());  // a folder's order is not the same everywhere
  return seeds;
}

class Mutator {
 public:
  explicit Mutator(const std::vector<std::string>& seeds) : seeds_(seeds) {}

  std::string next() {
    std::string bytes = seeds_[below(seeds_.size())];
    bytes.resize(std::min(bytes.size(), kLongest));
    for (std::size_t changes = 1 + below(6); changes > 0; --changes) change(bytes);
    return bytes;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(chance_() % limit); }

  void change(std::string& bytes) {
    const std::size_t at = below(bytes.size());
    const std::size_t length = below(std::min<std::size_t>(64, bytes.size() - at));
    switch (below(6)) {
      case 0: if (!bytes.empty()) bytes[at] = static_cast<char>(chance_()); break;
      case 1: bytes.insert(at, 1 + below(8), static_cast<char>(chance_())); break;
      case 2: bytes.erase(at, length); break;
      case 3: bytes.insert(below(bytes.size()), bytes.substr(at, length)); break;
      case 4: splice(bytes, at); break;
      default: bytes.resize(at); break;
    }
  }

  void splice(std::string& bytes, std::size_t at) {
    const std::string& other = seeds_[below(seeds_.size())];
    bytes.insert(at, other, below(other.size()), below(256));
  }

  const std::vector<std::string>& seeds_;
  std::mt19937_64 chance_{20'250'204};  // the same run everywhere
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 64;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
  input().artifact = argv[2];
  __sanitizer_set_death_callback(keep_input);
  for (const int number : {SIGABRT, SIGALRM, SIGSEGV}) std::signal(number, on_signal);
  const std::vector<std::string> seeds = read_seeds({argv + 3, argv + argc});
  if (seeds.empty()) return 66;
  for (const std::string& seed : seeds) run(seed);
  Mutator mutator(seeds);
  std::size_t runs = seeds.size();
  for (; std::chrono::steady_clock::now() < end; ++runs) run(mutator.next());
  std::printf("%zu inputs\n", runs);
  return 0;
}
