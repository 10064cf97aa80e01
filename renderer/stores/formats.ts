import dayjs from 'dayjs';
import { defineStore } from 'pinia';
import { computed } from 'vue';
import { barcodeValue } from '@shared/erp/barcode';
import type { DocField } from '@shared/erp/docfield';
import type { Doc, DocumentValues, FieldValue } from '@shared/erp/document';
import { currencyOf as currencyIn } from '@shared/form/currency-of';
import { formatCurrency } from '@shared/format/currency';
import type { CurrencyStyle } from '@shared/format/currency';
import { defaultDateFormat, formatDate, formatDatetime, formatTime } from '@shared/format/date';
import { formatDuration } from '@shared/format/duration';
import { starsAtMost, starsOf } from '@shared/format/rating';
import { formatNumber, formatQuantity, readNumberFormat } from '@shared/format/number';
import { i18n } from '../messages/i18n';
import type { Detail } from '../search/describe';
import { listDocuments } from '../cache/documents';
import { useAliases } from './aliases';
import { useSession } from './session';
import { useLive } from './use-live';

/** Whatever it is and however long. */
const hiddenPassword = '••••••';

const textOr = <T>(value: unknown, otherwise: T): string | T => (typeof value === 'string' && value !== '' ? value : otherwise);

const currencyStyle = (doc: Doc): CurrencyStyle => ({
  symbol: textOr(doc['symbol'], doc.name),
  numberFormat: textOr(doc['number_format'], null),
  symbolOnRight: doc['symbol_on_right'] === 1,
});

const precisionOf = (text: string | undefined): number | null => (text !== undefined && /^\d$/.test(text) ? Number(text) : null);

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

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

  const every = async (doctype: string): Promise<Doc[]> => {
    if (!session.cache) return [];
    const { rows } = await listDocuments(session.cache, { doctype, filters: [], sort: { fieldname: 'name', order: 'asc' }, limit: 500 });
    return rows.map(({ doc }) => doc);
  };
  const currencies = useLive<ReadonlyMap<string, CurrencyStyle>>(
    async () => new Map((await every('Currency')).map((doc) => [doc.name, currencyStyle(doc)])),
    { initial: new Map() },
  );
  /** Their currencies by the names of companies. */
  const companies = useLive<ReadonlyMap<string, string>>(
    async () => new Map((await every('Company')).map((doc) => [doc.name, textOr(doc['default_currency'], '')])),
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

  /** The currency that names itself for a Currency field; null where the default counts. */
  const currencyOf = (field: DocField, doc: DocumentValues, parent?: DocumentValues | null): string | null =>
    currencyIn(field, doc, parent ?? null, (company) => companies.value.get(company) || null);

  /** One value as text, as a list or a read-only field shows it. */
  function cell(field: DocField, value: FieldValue | undefined, doc: DocumentValues, parent?: DocumentValues): string {
    if (value === null || value === undefined || value === '') return '';
    const number = typeof value === 'number' || (typeof value === 'string' && isNumber(value)) ? value : null;
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
      case 'Duration':
        return number === null ? String(value) : formatDuration(Number(number), field);
      case 'Rating':
        return number === null ? String(value) : `${quantity(starsOf(field, number))}/${starsAtMost(field)}`;
      case 'Check':
        return i18n.global.t(value === true || Number(value) === 1 ? 'common.yes' : 'common.no');
      case 'Password':
        return hiddenPassword;
      case 'Barcode':
        return barcodeValue(value);
      default:
        return aliases.shown(String(value));
    }
  }

  /** What stands beside a document's title, in one line. Of amounts the currency is not known here. */
  const details = (all: readonly Detail[]): string =>
    all
      .map(({ value, field }) => (field === null ? value : field.fieldtype === 'Currency' ? asNumber(value) : cell(field, value, {})))
      .filter((words) => words !== '')
      .join(' · ');
  const asNumber = (value: string): string => (isNumber(value) ? decimal(value, currencyPrecision.value ?? 2) : value);

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
    details,
  };
});
