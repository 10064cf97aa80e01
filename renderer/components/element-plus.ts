import { ElOption as PlainOption, ElSelect as PlainSelect, ElSelectV2 as PlainSelectV2 } from 'element-plus';
import type { PropType } from 'vue';

/*
 * Element Plus writes `validator: … | undefined` into some of its prop types; under `exactOptionalPropertyTypes` Vue no
 * longer takes these for props and leaves the definition in place of the value's type. Here each such prop gets its value's type.
 */
type PropDefinition = { readonly type: PropType<unknown>; readonly __epPropKey: true };
type ValueOf<P> = NonNullable<P> extends PropDefinition ? (NonNullable<P> extends { readonly type: PropType<infer T> } ? T : P) : P;
type Repaired<C extends abstract new (...args: never[]) => { $props: object; $slots: object }> = new () => {
  $props: { [K in keyof InstanceType<C>['$props']]: ValueOf<InstanceType<C>['$props'][K]> };
  $slots: InstanceType<C>['$slots'];
};

// The components are the very same; only the types of their props are mended.
export const ElSelect = PlainSelect as unknown as Repaired<typeof PlainSelect>;
export const ElOption = PlainOption as unknown as Repaired<typeof PlainOption>;
export const ElSelectV2 = PlainSelectV2 as unknown as Repaired<typeof PlainSelectV2>;
