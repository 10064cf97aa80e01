import type { provideGlobalConfig } from 'element-plus';

type GlobalConfig = Parameters<typeof provideGlobalConfig>[0];

// Element Plus's own type of `size` is spoilt by `exactOptionalPropertyTypes` (see components/element-plus.ts); 'large' is one of its sizes.
export const globalConfig = { size: 'large' } as unknown as GlobalConfig;
