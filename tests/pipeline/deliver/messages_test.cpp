// SPDX-License-Identifier: Apache-2.0
// Exact bytes: every channel's messages against tests/messages/CHANNEL, so that any change to what
// people and programs receive is seen in a review.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/pipeline/deliver/samples.h"

namespace bylined::deliver {
namespace {

struct Sample {
  const char* file;
  model::Alert alert;
  model::Receiver receiver;
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) { return out << sample.file; }

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Messages : public testing::TestWithParam<Sample> {};

TEST_P(Messages, AreTheseBytes) {
  const Sample& sample = GetParam();
  const std::string composed = samples::delivery(sample.alert, sample.receiver).payload;
  const std::string actual = testing::TempDir() + "actual-message";
  if (composed != read(std::string(BYLINED_SOURCE_DIR) + "/tests/messages/" + sample.file)) {
    std::ofstream(actual, std::ios::binary) << composed;
    ADD_FAILURE() << sample.file << " differs from " << actual << "; copy it there where the change is meant";
  }
}

model::Receiver english() {
  auto receiver = samples::email();
  receiver.language = model::Language::kEnglish;
  receiver.from = "Press, Watch <press@example.com>";
  return receiver;
}

INSTANTIATE_TEST_SUITE_P(All, Messages,
                         testing::Values(Sample{"webhook/ordinary.json", samples::ordinary(), samples::webhook()},
                                         Sample{"webhook/headline_only.json", samples::headline_only(), samples::webhook()},
                                         Sample{"email/ordinary.eml", samples::ordinary(), samples::email()},
                                         Sample{"email/headline_only.eml", samples::headline_only(), samples::email()},
                                         Sample{"email/english.eml", samples::ordinary(), english()}),
                         [](const auto& instance) {
                           std::string name = instance.param.file;
                           for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
                           return name;
                         });

}  // namespace
}  // namespace bylined::deliver
