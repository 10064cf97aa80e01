import dayjs from 'dayjs';
import { defineStore } from 'pinia';
import { computed } from 'vue';
import { barcodeValue } from '@shared/erp/barcode';
import type { DocField } from '@shared/erp/docfield';
import type { DocumentValues, FieldValue } from '@shared/erp/document';
import { formatCurrency } from '@shared/format/currency';
import type { CurrencyStyle } from '@shared/format/currency';
import { defaultDateFormat, formatDate, formatDatetime, formatTime } from '@shared/format/date';
import { formatNumber, formatQuantity, readNumberFormat } from '@shared/format/number';
import { listDocuments } from '../cache/documents';
import { useAliases } from './aliases';
import { useSession } from './session';
import { useLive } from './use-live';

const precisionOf = (text: string | undefined): number | null => (text !== undefined && /^\d$/.test(text) ? Number(text) : null);

/** Numbers, money, dates and times as the active site writes them. */
export const useFormats = defineStore('formats', () => {
  const session = useSession();
  const aliases = useAliases();
  const defaults = computed(() => session.account?.defaults ?? {});
  const numberFormat = computed(() => readNumberFormat(defaults.value['number_format'] ?? '#,###.##'));
  const dateFormat = computed(() => defaults.value['date_format'] ?? defaultDateFormat);
  const timeFormat = computed(() => defaults.value['time_format'] ?? 'HH:mm');
  const floatPrecision = computed(() => precisionOf(defaults.value['float_precision']) ?? 3);
  const currencyPrecision = computed(() => precisionOf(defaults.value['currency_precision']));

  const currencies = useLive<ReadonlyMap<string, CurrencyStyle>>(
    async () => {
      if (!session.cache) return new Map<string, CurrencyStyle>();
      const { rows } = await listDocuments(session.cache, {
        doctype: 'Currency',
        filters: [],
        sort: { fieldname: 'name', order: 'asc' },
        limit: 500,
      });
      return new Map(
        rows.map(({ doc }): [string, CurrencyStyle] => [
          doc.name,
          {
            symbol: typeof doc['symbol'] === 'string' && doc['symbol'] !== '' ? doc['symbol'] : doc.name,
            numberFormat: typeof doc['number_format'] === 'string' && doc['number_format'] !== '' ? doc['number_format'] : null,
            symbolOnRight: doc['symbol_on_right'] === 1,
          },
        ]),
      );
    },
    { initial: new Map() },
  );

  const integer = (value: number): string => formatNumber(value, numberFormat.value, 0);
  const decimal = (value: number | string, precision = floatPrecision.value): string => formatNumber(value, numberFormat.value, precision);
  const quantity = (value: number | string): string => formatQuantity(value, numberFormat.value, floatPrecision.value);
  const date = (value: string): string => formatDate(value, dateFormat.value);
  const time = (value: string): string => formatTime(value, timeFormat.value);
  const datetime = (value: string): string => formatDatetime(value, dateFormat.value, timeFormat.value);

  /** A moment of this device (ms), in its own time zone: when something was saved or sent. */
  function moment(ms: number): string {
    const text = dayjs(ms).format('YYYY-MM-DD HH:mm');
    return dayjs(ms).isSame(dayjs(), 'day') ? text.slice(11) : datetime(text);
  }

  /** How a currency's amounts are written; null is the default currency. */
  function styleOf(currency: string | null): CurrencyStyle {
    const code = currency ?? defaults.value['currency'] ?? '';
    return currencies.value.get(code) ?? { symbol: code, numberFormat: null, symbolOnRight: false };
  }

  function money(value: number | string, currency: string | null, precision = currencyPrecision.value): string {
    return formatCurrency(value, styleOf(currency), numberFormat.value, precision);
  }

  /** Bytes as people read them. */
  function bytes(count: number): string {
    const units = ['B', 'kB', 'MB', 'GB'];
    const step = count === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
    const scaled = count / 1000 ** step;
    return `${formatQuantity(scaled, numberFormat.value, scaled < 10 ? 1 : 0)}\u00a0${units[step] ?? ''}`;
  }

  /** The currency of a Currency field: its options name a field of the document or its parent, else the default. */
  function currencyOf(field: DocField, doc: DocumentValues, parent?: DocumentValues): string | null {
    const options = field.options ?? '';
    const named = options.includes(':') ? undefined : (doc[options] ?? parent?.[options]);
    if (typeof named === 'string' && named !== '') return named;
    // `Company:company:default_currency` is the company's currency, which is the site's in all but a few companies.
    return null;
  }

  /** One value as text, as a list or a read-only field shows it. */
  function cell(field: DocField, value: FieldValue | undefined, doc: DocumentValues, parent?: DocumentValues): string {
    if (value === null || value === undefined || value === '') return '';
    const number = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) ? value : null;
    switch (field.fieldtype) {
      case 'Currency':
        return number === null
          ? String(value)
          : money(number, currencyOf(field, doc, parent), precisionOf(field.precision) ?? currencyPrecision.value);
      case 'Float':
        return number === null ? String(value) : field.precision ? decimal(number, Number(field.precision)) : quantity(number);
      case 'Percent':
        return number === null ? String(value) : `${quantity(number)}\u00a0%`;
      case 'Int':
        return number === null ? String(value) : formatNumber(number, numberFormat.value, 0);
      case 'Date':
        return date(String(value));
      case 'Datetime':
        return datetime(String(value));
      case 'Time':
        return time(String(value));
      case 'Barcode':
        return barcodeValue(value);
      default:
        return aliases.shown(String(value));
    }
  }

  return {
    numberFormat,
    dateFormat,
    timeFormat,
    floatPrecision,
    currencyPrecision,
    integer,
    decimal,
    quantity,
    date,
    time,
    datetime,
    moment,
    styleOf,
    money,
    bytes,
    currencyOf,
    cell,
  };
});
