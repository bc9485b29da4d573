// SPDX-License-Identifier: Apache-2.0
// One run over the files: what is read so far, and what must be looked at again once all is read.
// The readers of the sections and tables share it; each lives in a file of its own.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/net/url.h"
#include "settings/document.h"
#include "settings/settings.h"
#include "settings/table.h"

namespace bylined::settings {

enum class Noun { kSource, kEntity, kWatch, kReceiver };
std::string_view noun_name(Noun noun);  // as the table is called: "source"

struct Reference {
  Noun noun;
  Placed<std::string> id;
};

struct Reading {
  std::string folder;  // of the main file: relative paths start here
  Environment environment = nullptr;
  Secrets secrets = Secrets::kRead;
  Complaints complaints;
  Settings settings;

  std::map<Noun, std::size_t> tables;  // how many so far
  std::map<Noun, std::map<std::string, Place>> ids;
  std::vector<Reference> references;
  std::map<std::string, std::optional<model::Recipe>> recipes;  // by name; none where it is faulty
  bool whole = true;  // false: a file could not be parsed, so what seems missing may stand in it
};

// The sections of the main file.
void read_daemon(Table& root, Reading& reading);  // and [store], which lies in its folder
void read_http(Table& root, Reading& reading);
void read_fetch(Table& root, Reading& reading);

// The tables that every file may hold.
void read_source(Table table, Reading& reading);
void read_entity(Table table, Reading& reading);
void read_watch(Table table, Reading& reading);
void read_receiver(Table table, Reading& reading);

// The id of a table, noted; complains where it is missing, unusable or taken.
std::string read_id(Table& table, Noun noun, Reading& reading);
// Where the table with this id gives it; null for one without an id, which is a fault already.
const Place* place_of(Noun noun, const std::string& id, const Reading& reading);
// { file = "…" } or { credential = "…" }: the bytes, without one trailing line feed. None where it
// complained.
std::optional<Secret> read_secret(const Value& value, Reading& reading);
std::optional<model::Language> read_language(Table& table);
// Does it say "user@" or "user:password@" before its host? Then it is refused, and not printed.
bool holds_login(const std::string& url);
// An http or https URL; `remedy` shows a right one. A faulty one is named up to its host: what follows may be a key.
std::optional<net::Url> read_web_url(const Value& value, const std::string& remedy);
// Ranges of addresses.
std::vector<std::string> read_ranges(const Value& value, Reading& reading);
// The recipe of this name; none where it complained.
std::optional<model::Recipe> read_recipe(const Value& name, Reading& reading);
std::vector<std::string> read_hosts(Table& table, const std::string& key, Reading& reading);

// What only shows once everything is read: references, pace, what nobody uses.
void check_whole(Reading& reading);
// Part of that: addresses that can never be reached.
void check_reach(Reading& reading);

}  // namespace bylined::settings
