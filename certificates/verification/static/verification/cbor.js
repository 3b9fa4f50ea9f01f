// A strict reader for the few kinds of CBOR that a credential of ours is made of. Throws on everything else.

export function decode(bytes) {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw new Error("trailing bytes");
  return value;
}

export class Tagged {
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

// The bytes that a COSE_Sign1 signature covers: ["Signature1", protected, h'', payload].
export function toBeSigned(protectedBytes, payload) {
  const context = new TextEncoder().encode("Signature1");
  const parts = [[0x84, 0x60 + context.length], context, head(0x40, protectedBytes.length), protectedBytes, [0x40], head(0x40, payload.length), payload];
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

function head(major, length) {
  if (length < 24) return [major + length];
  return length < 256 ? [major + 24, length] : [major + 25, length >> 8, length & 255];
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(length) {
    if (this.at + length > this.bytes.length) throw new Error("too short");
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  length(info) {
    if (info < 24) return info;
    if (info > 26) throw new Error("unexpected length"); // 64-bit, reserved and indefinite lengths
    return this.take(2 ** (info - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  value(depth) {
    if (depth > 4) throw new Error("too deep");
    const first = this.take(1)[0];
    const length = this.length(first & 31);
    switch (first >> 5) {
      case 0: return length;
      case 1: return -1 - length;
      case 2: return this.take(length);
      case 3: return new TextDecoder("utf-8", { fatal: true }).decode(this.take(length));
      case 4: return Array.from({ length: Math.min(length, 64) }, () => this.value(depth + 1));
      case 5: return new Map(Array.from({ length: Math.min(length, 64) }, () => [this.value(depth + 1), this.value(depth + 1)]));
      case 6: return new Tagged(length, this.value(depth + 1));
      default: throw new Error("unexpected kind");
    }
  }
}
