import type { KeyStore } from '@shared/bridge/accounts';

/**
 * The operating system's protection of secrets: `safeStorage` in the Electron host, nothing in the headless one.
 * `keyStore` may change while the app runs (a keyring that is unlocked later), so it is asked each time.
 */
export type Encryptor = {
  keyStore(): Pick<KeyStore, 'backend' | 'name'>;
  /** Throws where the key store refuses. */
  encrypt(text: string): Uint8Array;
  decrypt(sealed: Uint8Array): string;
};

/** A host without a key store. */
export const noEncryptor: Encryptor = {
  keyStore: () => ({ backend: 'none', name: '' }),
  encrypt: () => {
    throw new Error('there is no key store');
  },
  decrypt: () => {
    throw new Error('there is no key store');
  },
};
