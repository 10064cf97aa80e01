import type { DevicePermissionHandlerHandlerDetails, Session } from 'electron';
import { expect, it, vi } from 'vitest';
import { appOrigin, restrictPermissions } from '../../electron/host/restrictions';

// There is no device to ask for where the tests in a real Electron run; what is set is called here as Electron would.
vi.mock('electron', () => ({ shell: {} }));

type Handler = (details: DevicePermissionHandlerHandlerDetails) => boolean;

it('no device is given to the page, whichever it is', () => {
  let allowed: Handler = () => true;
  const session = {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: (handler: Handler) => (allowed = handler),
  };
  // Only these three are called.
  restrictPermissions(session as unknown as Session);
  for (const deviceType of ['hid', 'serial', 'usb'] as const) {
    const device = { deviceId: '1', name: 'scanner', vendorId: 1, productId: 2, guid: 'a' };
    // What a device is described by differs from kind to kind, and does not matter here.
    expect(allowed({ deviceType, origin: appOrigin, device } as unknown as DevicePermissionHandlerHandlerDetails)).toBe(false);
  }
});
