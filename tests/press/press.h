// SPDX-License-Identifier: Apache-2.0
// A small press: what its servers answer at a given moment of its script. Pure; client.h puts it behind the
// daemon's HttpClient for the simulation, server.cpp on loopback.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/net/http.h"
#include "tests/press/pages.h"
#include "tests/press/script.h"

namespace bylined::press {

struct Answer {
  int status = 200;
  net::Headers headers;
  std::string body;                 // gzip where the request takes it
  std::vector<std::string> listed;  // keys of the articles on a listing, newest first
  std::string shown;                // key of the article on an article's page
};

class Press {
 public:
  // The script's moments count from `start`.
  Press(Script script, Instant start) : script_(std::move(script)), start_(start) {}

  // A GET of `target` (path and query) on `host` (without a port); header names in lower case.
  // Honours If-None-Match, If-Modified-Since and Accept-Encoding.
  Answer answer(std::string_view host, std::string_view target, const net::Headers& headers, Instant now) const;

  const Script& script() const { return script_; }
  Instant start() const { return start_; }

 private:
  struct Found {
    Answer answer;
    Instant changed;
  };
  Found find(std::string_view host, std::string_view target, Instant now) const;
  Found listing(const Outlet& outlet, Instant now) const;
  Found more(const Outlet& outlet, std::string_view target, Instant now) const;
  Found article(const Outlet& outlet, std::string_view number, Instant now) const;
  Found robots(std::string_view host) const;
  Copy copy(const Article& article, const Place& place, const Outlet& outlet, Millis elapsed) const;
  std::vector<Copy> copies(const Outlet& outlet, Instant now) const;  // listed now, newest first

  Script script_;
  Instant start_;
};

std::string gzip(std::string_view bytes);

}  // namespace bylined::press
