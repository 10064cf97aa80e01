import { defineAsyncComponent } from 'vue';
import type { Component } from 'vue';
import AttachField from './AttachField.vue';
import AutocompleteField from './AutocompleteField.vue';
import BarcodeField from './BarcodeField.vue';
import ButtonField from './ButtonField.vue';
import CheckField from './CheckField.vue';
import ColorField from './ColorField.vue';
import DataField from './DataField.vue';
import DateField from './DateField.vue';
import DatetimeField from './DatetimeField.vue';
import DurationField from './DurationField.vue';
import DynamicLinkField from './DynamicLinkField.vue';
import GeolocationField from './GeolocationField.vue';
import HeadingField from './HeadingField.vue';
import HtmlField from './HtmlField.vue';
import ImageField from './ImageField.vue';
import LinkField from './LinkField.vue';
import MultiSelectField from './MultiSelectField.vue';
import NumberField from './NumberField.vue';
import PasswordField from './PasswordField.vue';
import PhoneField from './PhoneField.vue';
import RatingField from './RatingField.vue';
import RichTextField from './RichTextField.vue';
import SelectField from './SelectField.vue';
import SignatureField from './SignatureField.vue';
import TextField from './TextField.vue';
import TimeField from './TimeField.vue';
import UnknownField from './UnknownField.vue';

/** Asynchronous: a grid shows fields itself. */
const TableField = defineAsyncComponent<Component>(() => import('./TableField.vue'));

/** The component of each fieldtype of Frappe 15. Any other (listed as '') shows its value read-only. */
const components: ReadonlyMap<string, Component> = new Map<string, Component>([
  ['Data', DataField],
  ['Phone', PhoneField],
  ['Barcode', BarcodeField],
  ['Icon', DataField],
  ['Read Only', DataField],
  ['Small Text', TextField],
  ['Text', TextField],
  ['Long Text', TextField],
  ['Markdown Editor', TextField],
  ['Code', TextField],
  ['JSON', TextField],
  ['Text Editor', RichTextField],
  ['HTML Editor', RichTextField],
  ['Int', NumberField],
  ['Long Int', NumberField],
  ['Float', NumberField],
  ['Currency', NumberField],
  ['Percent', NumberField],
  ['Check', CheckField],
  ['Select', SelectField],
  ['Autocomplete', AutocompleteField],
  ['Link', LinkField],
  ['Dynamic Link', DynamicLinkField],
  ['Table', TableField],
  ['Table MultiSelect', MultiSelectField],
  ['Date', DateField],
  ['Datetime', DatetimeField],
  ['Time', TimeField],
  ['Duration', DurationField],
  ['Rating', RatingField],
  ['Color', ColorField],
  ['Attach', AttachField],
  ['Attach Image', AttachField],
  ['Image', ImageField],
  ['Signature', SignatureField],
  ['Geolocation', GeolocationField],
  ['Password', PasswordField],
  ['HTML', HtmlField],
  ['Heading', HeadingField],
  ['Button', ButtonField],
  ['', UnknownField],
]);

export const fieldComponent = (fieldtype: string): Component | undefined => components.get(fieldtype) ?? components.get('');

/** Types that name themselves: a form puts no label above them. */
export const labelsItself: ReadonlySet<string> = new Set(['Check', 'Heading', 'HTML', 'Button']);

/** Types that want the whole width of a section. */
export const isWide: ReadonlySet<string> = new Set(['Table']);
