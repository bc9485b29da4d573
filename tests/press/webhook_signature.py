# SPDX-License-Identifier: Apache-2.0
"""Verifies Standard Webhooks 1.0 signatures; written from the specification, shares nothing with the daemon."""
import base64
import hashlib
import hmac

TOLERANCE = 300  # seconds, as the reference libraries have it


def sign(secret, identifier, timestamp, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{identifier}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def fault(secret, headers, body, now):
    """Why this attempt may not be believed; None where it may. Header names in lower case."""
    identifier, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not identifier or "." in identifier or not timestamp.isdigit():
        return f"bad webhook-id {identifier!r} or webhook-timestamp {timestamp!r}"
    if abs(now - int(timestamp)) > TOLERANCE:
        return f"webhook-timestamp {timestamp} is not of now"
    expected = sign(secret, identifier, timestamp, body)
    given = headers.get("webhook-signature", "").split(" ")
    if not any(hmac.compare_digest(expected, one) for one in given):
        return "no signature fits"
    return None
