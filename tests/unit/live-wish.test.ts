import { describe, expect, it } from 'vitest';
import { whyOff } from '@shared/live/live-wish';
import type { LiveCircumstances } from '@shared/live/live-wish';

const at = (over: Partial<LiveCircumstances> = {}): LiveCircumstances => ({
  account: { signedIn: true, demo: false },
  dead: false,
  chosenOffline: false,
  asked: true,
  hidden: false,
  onBattery: false,
  ...over,
});

describe('whether a device listens to its site', () => {
  it('does while somebody is signed in and its engine asked', () => expect(whyOff(at())).toBeNull());

  it('goes on while the window is hidden on mains power, and while somebody looks on battery', () => {
    expect(whyOff(at({ hidden: true }))).toBeNull();
    expect(whyOff(at({ onBattery: true }))).toBeNull();
  });

  it.each<[Partial<LiveCircumstances>, string]>([
    [{ hidden: true, onBattery: true }, 'resting'],
    [{ chosenOffline: true }, 'chosen-offline'],
    [{ account: null }, 'no-account'],
    [{ account: { signedIn: false, demo: false } }, 'signed-out'],
    [{ account: { signedIn: true, demo: true } }, 'demo'],
    [{ dead: true }, 'sign-in'],
    [{ asked: false }, 'not-asked'],
  ])('does not with %o', (over, why) => expect(whyOff(at(over))).toBe(why));
});
