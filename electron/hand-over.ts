import type { HandedOver } from '@shared/bridge/work';

/** Gives the person a file: where they say, or as a download. `write` writes it to the path that it is given. */
export type HandOver = (fileName: string, write: (path: string) => Promise<void>) => Promise<HandedOver>;
