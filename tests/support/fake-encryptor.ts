import type { Encryptor } from '../../electron/accounts/encryptor';

export type FakeEncryptor = Encryptor & { backend: 'system' | 'basic_text' | 'none'; refuses: boolean };

/** A key store that a test can lock. What it seals does not hold what went in. */
export function fakeEncryptor(backend: FakeEncryptor['backend'] = 'system'): FakeEncryptor {
  const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x5a);
  const encryptor: FakeEncryptor = {
    backend,
    refuses: false,
    keyStore: () => ({ backend: encryptor.backend, name: 'test store' }),
    encrypt(text) {
      if (encryptor.refuses) throw new Error(`cannot encrypt ${text}`);
      return flip(Buffer.from(text));
    },
    decrypt(sealed) {
      if (encryptor.refuses) throw new Error('locked');
      return Buffer.from(flip(sealed)).toString();
    },
  };
  return encryptor;
}
