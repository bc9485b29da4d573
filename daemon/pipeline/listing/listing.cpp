// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listing/listing.h"

#include <algorithm>

namespace bylined::listing {

#define ADAPTER(name) extern const Adapter name;
#include "pipeline/listing/adapters/adapters.inc"
#undef ADAPTER

const std::vector<const Adapter*>& adapters() {
  static const std::vector<const Adapter*> kAll{
#define ADAPTER(name) &name,
#include "pipeline/listing/adapters/adapters.inc"
#undef ADAPTER
  };
  return kAll;
}

const Adapter* find_adapter(std::string_view name) {
  const auto found = std::find_if(adapters().begin(), adapters().end(), [&](const Adapter* one) { return one->name == name; });
  return found == adapters().end() ? nullptr : *found;
}

const Adapter* suggest_adapter(const net::Url& url) {
  const auto found = std::find_if(adapters().begin(), adapters().end(), [&](const Adapter* one) { return one->recognises(url); });
  return found == adapters().end() ? nullptr : *found;
}

Result<model::Listing> read_listing(const model::Source& source, const model::Page& page) {
  const Adapter* adapter = find_adapter(source.kind);
  if (adapter == nullptr) return Error(ErrorKind::kInvalid, "no kind of source is called " + quoted(source.kind));
  auto listing = adapter->read(source, page);
  if (!listing) return listing.error().within("read as " + source.kind);
  return listing;
}

}  // namespace bylined::listing
