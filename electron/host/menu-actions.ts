import type { Asked, Place } from '@shared/bridge/system';

/** What a menu of the system may do. */
export type MenuActions = {
  show: () => void;
  quit: () => void;
  /** Shows the window and asks it. */
  ask: (asked: Asked) => void;
};

export const toPlace =
  ({ ask }: Pick<MenuActions, 'ask'>, place: Place): (() => void) =>
  () =>
    ask({ kind: 'place', place });
