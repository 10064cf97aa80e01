import { chacha20poly1305, hchacha } from '@noble/ciphers/chacha.js';

/**
 * Seals text for the database (XChaCha20-Poly1305). Synchronous, unlike WebCrypto: an IndexedDB transaction ends while
 * anything else is awaited. What is sealed is bound to what it is about, and opens nowhere else.
 *
 * A sealed text: the version in one byte, three bytes of nought, a nonce of 24, then cipher text and tag. The first 16 bytes of
 * the nonce are random, drawn anew by each window and worker, and the other 8 count: the key that XChaCha20 derives from the
 * first is derived once for all of them, which is half of what sealing a short text costs.
 */
export class Sealer {
  readonly #key: Uint32Array;
  readonly #derived = new Map<string, Uint8Array>();
  readonly #prefix = crypto.getRandomValues(new Uint8Array(prefixLength));
  #count = 0;

  /** `key`: 32 bytes. */
  constructor(key: Uint8Array) {
    this.#key = wordsOf(key);
  }

  seal(text: string, about: string): Uint8Array<ArrayBuffer> {
    const plain = encoder.encode(text);
    const sealed = new Uint8Array(headerLength + plain.length + tagLength);
    sealed[0] = version;
    sealed.set(this.#prefix, 4);
    const counter = new DataView(sealed.buffer, 4 + prefixLength, 8);
    counter.setUint32(0, Math.floor(this.#count / 2 ** 32));
    counter.setUint32(4, this.#count % 2 ** 32);
    this.#count += 1;
    // The header is as long as four-byte words allow, so that the cipher writes straight into its place.
    this.#cipher(sealed, about).encrypt(plain, sealed.subarray(headerLength));
    return sealed;
  }

  /** Throws where it is damaged, was sealed with another key, or about something else. */
  open(sealed: Uint8Array, about: string): string {
    if (sealed[0] !== version) throw new Error('sealed by another version');
    // A copy begins at a four-byte word, wherever it stood.
    return decoder.decode(this.#cipher(sealed, about).decrypt(sealed.slice(headerLength)));
  }

  /** XChaCha20-Poly1305 is this with a key derived from the beginning of its nonce, and four bytes of nought before the rest. */
  #cipher(sealed: Uint8Array, about: string) {
    const nonce = new Uint8Array(12);
    nonce.set(sealed.subarray(4 + prefixLength, headerLength), 4);
    return chacha20poly1305(this.#derivedFrom(sealed.subarray(4, 4 + prefixLength)), nonce, encoder.encode(about));
  }

  #derivedFrom(prefix: Uint8Array): Uint8Array {
    const id = String.fromCharCode(...prefix);
    const known = this.#derived.get(id);
    if (known !== undefined) return known;
    const derived = new Uint32Array(8);
    hchacha(sigma, this.#key, wordsOf(prefix), derived);
    const bytes = new Uint8Array(derived.buffer);
    this.#derived.set(id, bytes);
    return bytes;
  }
}

const version = 1;
const prefixLength = 16;
const headerLength = 4 + prefixLength + 8;
const tagLength = 16;

const encoder = new TextEncoder();
// A mark at the beginning of a text is part of the text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Every platform that Electron runs on has the lower byte first, as the cipher has. */
const wordsOf = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.slice().buffer);

const sigma = wordsOf(encoder.encode('expand 32-byte k'));
