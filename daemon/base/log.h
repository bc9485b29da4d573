// SPDX-License-Identifier: Apache-2.0
// One line per event: the event's name first, then fields. Callers log a state when it begins and
// when it ends, not while it lasts. Takes no Secret: there is no way to convert one to a Value.
// error = a person must act; warn = we coped, but look; info = a state changed; debug = one request.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/secret.h"

namespace bylined::log {

enum class Level { kDebug, kInfo, kWarn, kError };

// A field's value as text. Strings are quoted where they hold blanks; controls are escaped.
class Value {
 public:
  Value(std::string_view text) : text_(text), is_text_(true) {}    // NOLINT: implicit
  Value(const char* text) : Value(std::string_view(text)) {}       // NOLINT: implicit
  Value(const std::string& text) : Value(std::string_view(text)) {}  // NOLINT: implicit
  Value(bool value) : text_(value ? "true" : "false") {}           // NOLINT: implicit
  template <class N, std::enable_if_t<std::is_arithmetic_v<N> && !std::is_same_v<N, bool>, int> = 0>
  Value(N value) : text_(std::to_string(value)) {}                 // NOLINT: implicit
  Value(const Secret&) = delete;

  const std::string& text() const { return text_; }
  bool is_text() const { return is_text_; }

 private:
  std::string text_;
  bool is_text_ = false;
};

struct Field {
  std::string_view name;
  Value value;
};
using Fields = std::initializer_list<Field>;

void debug(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

// Standard error, with the priority prefixes of sd-daemon(3) under the journal, else with a time.
// Lines of one event name beyond 200 in a minute are counted and summed up in one line.
void open_stderr(Level least);
// Every line goes to `sink` instead; an empty function silences. For tests.
void open_sink(std::function<void(Level, const std::string& line)> sink);

// `event name=value …`, as it is written. Exposed for the tests of the escaping.
std::string format_line(std::string_view event, Fields fields);

}  // namespace bylined::log
