import type { DemoSite } from '../site';

/** What pushing needs of a site. */
export type PushSite = Pick<DemoSite, 'onChange' | 'whoAsks' | 'mayRead' | 'engine'>;
