import { describe, expect, it } from 'vitest';
import { formatsAmong, formatsOfPage } from '@shared/erp/site-formats';

const page = (boot: string) =>
  `<!DOCTYPE html><html><body><script>window.frappe = {};\nfrappe.boot = ${boot};\nfrappe.sys_defaults = frappe.boot.sysdefaults;</script></body></html>`;

describe('how a site writes dates and numbers', () => {
  it.each([
    [
      'as JSON',
      '{"lang": "en",\n "sysdefaults": {\n  "float_precision": 4,\n  "date_format": "dd-mm-yyyy",\n  "time_format": "HH:mm:ss",\n  "number_format": "#\'###.##"\n }}',
      { float_precision: '4', date_format: 'dd-mm-yyyy', time_format: 'HH:mm:ss', number_format: "#'###.##" },
    ],
    [
      'as Python writes it',
      "{'sysdefaults': {'float_precision': 3, 'date_format': 'dd.mm.yyyy', 'time_format': 'HH:mm', 'number_format': \"#'###.##\"}}",
      { float_precision: '3', date_format: 'dd.mm.yyyy', time_format: 'HH:mm', number_format: "#'###.##" },
    ],
    ['where it tells a part', '{"sysdefaults": {"date_format": "mm/dd/yyyy"}}', { date_format: 'mm/dd/yyyy' }],
    [
      'where it tells what Frappe does not know',
      '{"sysdefaults": {"date_format": "yyyy年mm月", "float_precision": 11, "number_format": "<b>"}}',
      {},
    ],
  ])('is read from a page that tells it %s', (_how, boot, formats) => {
    expect(formatsOfPage(page(boot))).toEqual(formats);
  });

  it('is unknown where the page tells nothing, or only in its text', () => {
    expect(formatsOfPage('<html>hello</html>')).toEqual({});
    expect(formatsOfPage('frappe.boot = {};</script> "date_format": "dd-mm-yyyy"')).toEqual({});
  });

  it('is taken from values by its own keys only', () => {
    expect(formatsAmong(JSON.parse('{"__proto__": {"date_format": "dd-mm-yyyy"}, "company": "A", "time_format": "HH:mm"}'))).toEqual({
      time_format: 'HH:mm',
    });
  });
});
