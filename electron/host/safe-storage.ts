/* eslint-disable @typescript-eslint/no-deprecated -- the asynchronous calls are newer than the Electron of the tests */
import { safeStorage } from 'electron';
import type { Encryptor } from '../accounts/encryptor';

/** The system's own key store. On Linux `basic_text` means a fixed key: no protection, and the person is told so. */
export const safeStorageEncryptor: Encryptor = {
  keyStore() {
    if (process.platform === 'darwin') return { backend: available('system'), name: 'Keychain' };
    if (process.platform === 'win32') return { backend: available('system'), name: 'Windows data protection' };
    const name = safeStorage.getSelectedStorageBackend();
    if (name === 'basic_text') return { backend: 'basic_text', name };
    return name === 'unknown' ? { backend: 'none', name: '' } : { backend: available('system'), name };
  },
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
};

const available = (backend: 'system') => (safeStorage.isEncryptionAvailable() ? backend : 'none');
