import type { LiveOff } from '../bridge/live';

/** What is known of the device and its person when it is decided whether to listen to the site. */
export type LiveCircumstances = {
  account: { signedIn: boolean; demo: boolean } | null;
  /** The site did not take the sign-in any more; until somebody signs in anew. */
  dead: boolean;
  chosenOffline: boolean;
  /** An engine asked for hints. */
  asked: boolean;
  /** No window of the app can be seen. */
  hidden: boolean;
  onBattery: boolean;
};

/** Why nothing should listen to the site now; null where something should. */
export function whyOff({ account, dead, chosenOffline, asked, hidden, onBattery }: LiveCircumstances): LiveOff | null {
  if (account === null) return 'no-account';
  if (account.demo) return 'demo';
  if (!account.signedIn) return 'signed-out';
  if (dead) return 'sign-in';
  if (chosenOffline) return 'chosen-offline';
  if (!asked) return 'not-asked';
  return hidden && onBattery ? 'resting' : null;
}
