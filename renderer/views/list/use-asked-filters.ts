import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import type { AnyFilter } from '@shared/erp/filters';
import { asAsked } from '@shared/erp/list-filter';
import type { ListFilter } from '@shared/erp/list-filter';
import { weekdays } from '@shared/erp/timespan';
import { siteTime } from '@shared/sync/site-time';
import { useSession } from '../../stores/session';
import { useToday } from '../../stores/use-today';

/** The conditions as they are asked on the site's day; another array only where they, or the day, changed. */
export function useAskedFilters(filters: () => readonly ListFilter[]): ComputedRef<AnyFilter[]> {
  const session = useSession();
  const dateAt = (at: number): string => siteTime(at, session.account?.timeZone ?? 'UTC').slice(0, 10);
  const at = useToday(dateAt);
  const weekStart = computed(() => weekdays.find((day) => day === session.account?.defaults['first_day_of_the_week']) ?? 'Sunday');
  return computed(() => asAsked(filters(), { date: dateAt(at.value), weekStart: weekStart.value }));
}
