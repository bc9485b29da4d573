// SPDX-License-Identifier: Apache-2.0
// When a source's articles come, learnt from those that came: how many, at which hour of the day, on which day of
// the week; and for how long its page says that it stays as it is. Pure; a value that is stored with its source.
// Decides nothing: schedule.h does.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace bylined::schedule {

// Older arrivals count less, by half every four weeks. Hours and days are Seoul's: elsewhere only the edge between two
// days lies at another hour.
class Rhythm {
 public:
  Rhythm() = default;
  // Of what text() wrote. Anything else is a rhythm that knows nothing: it is learnt anew.
  static Rhythm parse(std::string_view text);
  std::string text() const;

  // Articles came at `arrivals`; those before the first call's oldest, or after `now`, are not counted.
  void learn(const std::vector<Instant>& arrivals, Instant now);

  // What the last answer's Cache-Control allows (RFC 9111): asking again earlier gives the same.
  Millis fresh_for() const { return fresh_for_; }
  void stays_fresh(Millis length) { fresh_for_ = length; }

  // Is it enough to go by: three articles seen over two days, or a fortnight in which there were fewer?
  bool known(Instant now) const;
  // When the newest article came; the epoch where none did.
  Instant last() const { return last_; }
  // How many articles are to be expected between the two.
  double expected(Instant from, Instant to) const;
  // When so many articles are to be expected from `from` on, at `latest`.
  Instant after(double articles, Instant from, Instant latest) const;
  // Why it is remarkable that nothing came since the last article, in words; empty where it is not: with a dozen articles
  // in a week or more behind it, a silence that would come once in ten thousand times.
  std::string silence(Instant now) const;

 private:
  double articles() const;
  double rate(Instant at) const;  // articles a millisecond
  void fade(Instant now);

  Instant since_;  // of the oldest article; the epoch where nothing was learnt
  Instant at_;     // the counts are as of then
  Instant last_;   // the newest article
  Millis fresh_for_{0};
  std::array<double, 7> days_{};
  std::array<double, 24> hours_{};
};

}  // namespace bylined::schedule
