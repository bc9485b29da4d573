// SPDX-License-Identifier: Apache-2.0
// Words of an article that want to be more than words, through every channel: they arrive inert.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "base/markup/json.h"
#include "tests/pipeline/deliver/samples.h"
#include "tests/support/temp_folder.h"

namespace bylined::deliver {
namespace {

std::vector<std::string> hostile_texts() {
  return {"<script>alert(1)</script>",
          "</title></b><img src=x onerror=alert(1)>",
          "\" onmouseover=\"alert(1)\" style=\"background:url(//evil.example)\"",
          "' onfocus='alert(1)",
          "<!-- --><style>*{display:none}</style><iframe src=https://evil.example>",
          "&lt;script&gt; &#60;b&#62; &amp;amp;",
          "javascript:alert(1) [click](javascript:alert(1)) <a href=//evil.example>여기</a>",
          "@everyone @channel <!here> <@U123>",
          "제목\r\nBcc: victim@example.com\r\n\r\n본문",
          "제목\nContent-Type: text/html\n\n<b>",
          "끝\r\n.\r\nMAIL FROM:<evil@example.com>",
          "--=_d2w3e4r5t6y7u2i3o4p5a6s7d2--\r\n",
          "=?UTF-8?B?PHNjcmlwdD4=?= =?utf-8?q?=0D=0ABcc:_x?=",
          "\x1b[2J\x1b[31m빨강\x1b]8;;https://evil.example\x1b\\여기\x1b]8;;\x1b\\\x07",
          "\xc2\x9b" "31m \xc2\x85 C1",
          "invoice_\u202Egpj.exe \u2067뒤집힌\u2069 \u200F\u061C\u200B\uFEFF\u2066",
          "Z" + samples::repeated("\u0327\u0301\u0336", 3'334) + "algo",
          "가\u2028나\u2029다",
          std::string("nul\0nul", 7),
          "\xff\xfe\xed\xa0\x80 broken \xf0\x9f",
          samples::repeated("한", 20'000),
          samples::repeated("x", 20'000),
          samples::repeated("👨\u200D", 3'000) + "👨",
          "{{constructor}} ${7*7} %s%n <%= 1 %> #{1}"};
}

// The text in every field that an article or its listing can fill.
model::Alert poisoned(const std::string& text) {
  model::Alert alert = samples::ordinary();
  model::Content& content = alert.version.content;
  content.title = text + " 한빛전자 " + text;
  content.body = text + "\n한빛전자" + text;
  content.outlet = content.summary = content.byline = text;
  content.authors = {text, text};
  alert.article.url = "https://press.example/" + text;
  alert.version.text_url = "https://copy.example/" + text;
  alert.watch.value = text;
  for (model::Mention& mention : alert.mentions) {
    mention.text = text;
    mention.sentence = text + "한빛전자" + text;
  }
  return alert;
}

// What Python's parsers find wrong with these mails, each on a line.
std::string python_says(const std::vector<std::string>& mails) {
  const tests::TempFolder folder;
  std::string command = "/usr/bin/python3 -B " BYLINED_SOURCE_DIR "/tests/pipeline/deliver/check_mail.py";
  for (std::size_t i = 0; i < mails.size(); ++i) {
    const std::string path = folder.path() + "/" + std::to_string(i) + ".eml";
    std::ofstream(path, std::ios::binary) << mails[i];
    command += " " + path;
  }
  std::string said;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  char block[4096];
  for (std::size_t length = std::fread(block, 1, sizeof block, pipe); length > 0; length = std::fread(block, 1, sizeof block, pipe)) said.append(block, length);
  const int status = ::pclose(pipe);
  if (status != 0 && said.empty()) said = "python3 ended with " + std::to_string(status);
  return said;
}

TEST(Hostile, WordsAreInertInMails) {
  std::vector<std::string> mails;
  for (const std::string& text : hostile_texts()) {
    auto receiver = samples::email();
    mails.push_back(samples::delivery(poisoned(text), receiver).payload);
    receiver.language = model::Language::kEnglish;
    mails.push_back(samples::delivery(poisoned(text), receiver).payload);
  }
  for (const std::string& mail : mails) EXPECT_LT(mail.size(), 200'000u);
  EXPECT_EQ(python_says(mails), "");
}

TEST(Hostile, MailsOfOrdinaryAlertsPassTheSameExamination) {
  EXPECT_EQ(python_says({samples::delivery(samples::ordinary(), samples::email()).payload,
                         samples::delivery(samples::headline_only(), samples::email()).payload}), "");
}

TEST(Hostile, TheExaminationFindsWhatIsWrong) {
  const std::string good = samples::delivery(samples::ordinary(), samples::email()).payload;
  std::string injected = good;
  injected.insert(injected.find("To: "), "Bcc: x@example.com\r\n");
  EXPECT_NE(python_says({injected}).find("0.eml: headers are"), std::string::npos);
  EXPECT_NE(python_says({"a\n" + good}).find("bare CR, LF"), std::string::npos);
}

TEST(Hostile, WordsAreWordsInAWebhooksBody) {
  for (const std::string& text : hostile_texts()) {
    if (!text::valid_utf8(text)) continue;  // no room of ours hands on such text
    const auto alert = poisoned(text);
    const std::string body = samples::delivery(alert, samples::webhook()).payload;
    const auto read = markup::parse_json(body);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(markup::text_at(read->at("data").at("article"), "title"), alert.version.content.title);
    for (const char c : body) EXPECT_GE(static_cast<unsigned char>(c), 0x20u);
  }
}

}  // namespace
}  // namespace bylined::deliver
