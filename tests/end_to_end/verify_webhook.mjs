// SPDX-License-Identifier: Apache-2.0
// Reads { secret, headers, body } from standard input; status 0 where the reference library accepts it.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
try {
  new Webhook(secret).verify(body, headers);
} catch (refusal) {
  console.error(String(refusal));
  process.exit(1);
}
