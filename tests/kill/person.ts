import type { Doc } from '../../shared/erp/document';
import { addDays } from '../../shared/erp/calendar';
import type { DemoSite } from '../../electron/demo/site';
import type { Random } from '../../electron/demo/engine/random';
import type { Deed } from './page-deeds';
import { counting } from './witness';
import type { Intent } from './witness';

/** A deed, given the name of the document that the deed before it made; and how it is to be found again. */
export type Plan = { deed: (made: string) => Deed; intent: Intent };

/** Thinks of things to do: single changes, and chains on documents that the server has not seen. */
export class Person {
  readonly #random: Random;
  readonly #customers: Doc[];
  /** Drafts whose rows are edited, and drafts that are submitted, one at a time. */
  readonly #drafts: Doc[];
  readonly #toSubmit: Doc[];
  readonly #items: Doc[];
  readonly #company: string;
  readonly #deliveryDate: string;
  #count = 0;

  constructor(site: DemoSite, random: Random, submits: number) {
    this.#random = random;
    this.#customers = [...site.documents('Customer')].filter((doc) => doc['disabled'] !== 1);
    this.#items = site.documents('Item').filter((doc) => doc['disabled'] !== 1 && doc['is_sales_item'] === 1);
    this.#company = site.documents('Company')[0]?.name ?? '';
    this.#deliveryDate = addDays(site.clock.date(), 30);
    const draft = (): Doc => site.as('office@example.com').insert('Sales Order', this.#order(''));
    this.#drafts = Array.from({ length: 8 }, draft);
    this.#toSubmit = Array.from({ length: submits }, draft);
  }

  /** What there is to do something with. */
  subjects(): [doctype: string, name: string][] {
    const orders = [...this.#drafts, ...this.#toSubmit].map(({ name }): [string, string] => ['Sales Order', name]);
    return [...orders, ...this.#customers.map(({ name }): [string, string] => ['Customer', name])];
  }

  /** What is done next, as one or more deeds in order. */
  next(): Plan[] {
    const draw = this.#random.next();
    if (draw < 0.2) return this.#chain();
    if (draw < 0.4) return [this.#set()];
    if (draw < 0.55) return [this.#row()];
    if (draw < 0.65) return [this.#submit()];
    const customer = this.#random.pick(this.#customers).name;
    if (draw < 0.8) return [this.#comment('Customer', () => customer)];
    if (draw < 0.9) return [this.#file('Customer', () => customer)];
    return [this.#newCustomer()];
  }

  /** A field of a customer that nothing else is done to. */
  website(): { name: string; intent: Intent } {
    // Each is taken once: what is typed over a value of one's own would hide the loss of the first.
    const customer = this.#customers.shift()?.name ?? '';
    const token = this.#token('field');
    return { name: customer, intent: this.#intent('field', token, counting.field(token, 'Customer', customer)) };
  }

  #chain(): Plan[] {
    const created = this.#newCustomer();
    const token = this.#token('order');
    const order: Plan = {
      deed: (customer) => ({ kind: 'create', doctype: 'Sales Order', values: { ...this.#order(token), customer } }),
      intent: this.#intent('order', token, counting.order(token)),
    };
    return [created, order, this.#file('Sales Order', (made) => made), this.#comment('Sales Order', (made) => made)];
  }

  #newCustomer(): Plan {
    const token = this.#token('customer');
    const { customer_group, territory } = this.#random.pick(this.#customers);
    const values = { customer_name: token, customer_type: 'Company', customer_group: customer_group ?? '', territory: territory ?? '' };
    return {
      deed: () => ({ kind: 'create', doctype: 'Customer', values }),
      intent: this.#intent('customer', token, counting.customer(token)),
    };
  }

  #set(): Plan {
    const { name, intent } = this.website();
    return { deed: () => ({ kind: 'set', doctype: 'Customer', name, values: { website: intent.token } }), intent };
  }

  #row(): Plan {
    const token = this.#token('row');
    const name = this.#random.pick(this.#drafts).name;
    const row = { ...this.#line(), description: token };
    return { deed: () => ({ kind: 'row', doctype: 'Sales Order', name, row }), intent: this.#intent('row', token, counting.row(token)) };
  }

  #submit(): Plan {
    const name = this.#toSubmit.shift()?.name;
    if (name === undefined) return this.#newCustomer();
    return { deed: () => ({ kind: 'submit', doctype: 'Sales Order', name }), intent: this.#intent('submit', name, counting.submit(name)) };
  }

  #comment(doctype: string, on: (made: string) => string): Plan {
    const token = this.#token('comment');
    return {
      deed: (made) => ({ kind: 'comment', doctype, name: on(made), content: token }),
      intent: this.#intent('comment', token, counting.comment(token)),
    };
  }

  #file(doctype: string, on: (made: string) => string): Plan {
    const token = this.#token('file');
    return {
      deed: (made) => ({ kind: 'attach', doctype, name: on(made), text: token }),
      intent: this.#intent('file', token, counting.file(token)),
    };
  }

  #order(po_no: string) {
    const customer = this.#random.pick(this.#customers).name;
    return { customer, company: this.#company, delivery_date: this.#deliveryDate, po_no, items: [{ name: '', ...this.#line() }] };
  }

  #line() {
    const item_code = this.#random.pick(this.#items).name;
    return { item_code, qty: this.#random.int(1, 9), rate: 12.5, delivery_date: this.#deliveryDate };
  }

  #token(kind: string): string {
    this.#count += 1;
    return `${kind}-${this.#count}-${this.#random.hash(6)}`;
  }

  #intent(kind: string, token: string, count: Intent['count']): Intent {
    return { token, kind, promised: false, count };
  }
}
