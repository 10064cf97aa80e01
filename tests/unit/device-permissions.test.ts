import type { PermissionCheckHandlerHandlerDetails, Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { appOrigin, restrictPermissions } from '../../electron/host/restrictions';

// There is no device to ask for where the tests in a real Electron run; what is set is called here as Electron would.
vi.mock('electron', () => ({ shell: {} }));

type Check = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Request = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type Device = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;
type Permission = Parameters<Request>[1];

function handlers(): { check: Check; request: Request; device: Device } {
  let [check, request, device]: [Check | null, Request | null, Device | null] = [null, null, null];
  const session = {
    setPermissionCheckHandler: (handler: Check) => (check = handler),
    setPermissionRequestHandler: (handler: Request) => (request = handler),
    setDevicePermissionHandler: (handler: Device) => (device = handler),
  };
  // Only these three are called.
  restrictPermissions(session as unknown as Session);
  if (check === null || request === null || device === null) throw new Error('a handler was not set');
  return { check, request, device };
}

const foreign = 'https://example.com';
const at = (url: string): WebContents => ({ getURL: () => url }) as unknown as WebContents;

/** What is answered to a request of a page at `page`, of its frame at `frame`. */
function asked(permission: Permission, details: object, page = `${appOrigin}/#/home`, frame = page, isMainFrame = true): boolean {
  let answer: boolean | null = null;
  // The details differ from kind to kind.
  const whole = { requestingUrl: frame, isMainFrame, ...details } as Parameters<Request>[3];
  handlers().request(at(page), permission, (granted) => (answer = granted), whole);
  if (answer === null) throw new Error('no answer');
  return answer;
}

const checked = (permission: Permission, details: Partial<PermissionCheckHandlerHandlerDetails>, origin = `${appOrigin}/`): boolean =>
  handlers().check(at(`${appOrigin}/`), permission, origin, { isMainFrame: true, ...details });

it('no device is given to the page, whichever it is', () => {
  const { device: allowed } = handlers();
  for (const deviceType of ['hid', 'serial', 'usb'] as const) {
    const device = { deviceId: '1', name: 'scanner', vendorId: 1, productId: 2, guid: 'a' };
    // What a device is described by differs from kind to kind, and does not matter here.
    expect(allowed({ deviceType, origin: appOrigin, device } as unknown as Parameters<Device>[0])).toBe(false);
  }
});

describe('the camera', () => {
  it('is given to the page of the app: its picture, without sound', () => {
    expect(asked('media', { mediaTypes: ['video'] })).toBe(true);
    expect(checked('media', { mediaType: 'video' })).toBe(true);
    for (const mediaTypes of [['audio'], ['video', 'audio'], [], undefined]) expect(asked('media', { mediaTypes })).toBe(false);
    for (const mediaType of ['audio', 'unknown'] as const) expect(checked('media', { mediaType })).toBe(false);
    expect(checked('media', {})).toBe(false);
  });

  it('is given to no other page, and to no frame in ours', () => {
    expect(asked('media', { mediaTypes: ['video'] }, foreign)).toBe(false);
    expect(asked('media', { mediaTypes: ['video'] }, `${appOrigin}/`, foreign)).toBe(false);
    expect(asked('media', { mediaTypes: ['video'] }, `${appOrigin}/`, `${appOrigin}/`, false)).toBe(false);
    expect(asked('media', { mediaTypes: ['video'] }, 'app://fieldbook.example/')).toBe(false);
    expect(checked('media', { mediaType: 'video' }, foreign)).toBe(false);
    expect(checked('media', { mediaType: 'video', isMainFrame: false })).toBe(false);
  });
});

it('of everything else only storage that stays is given', () => {
  for (const permission of ['geolocation', 'notifications', 'display-capture', 'clipboard-read', 'fileSystem', 'midi'] as const) {
    expect([permission, asked(permission, { mediaTypes: ['video'] }), checked(permission, { mediaType: 'video' })]).toEqual([
      permission,
      false,
      false,
    ]);
  }
  expect([asked('persistent-storage', {}), checked('persistent-storage', {})]).toEqual([true, true]);
});
