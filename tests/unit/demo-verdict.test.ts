import { expect, test } from 'vitest';
import type { Doc } from '@shared/erp/document';
import { judge, type Evening, type Held, type HeldFile } from '../story/verdict';

const customer: Doc = { doctype: 'Customer', name: 'Birke', website: '', customer_details: '', modified: '1' };
const other: Doc = { doctype: 'Customer', name: 'Adler', website: 'adler.example', modified: '1' };
const contested: Doc = { doctype: 'Sales Order', name: 'SO-1', po_no: 'A', grand_total: 60, modified: '1' };
const oldFile: HeldFile = { doctype: 'Customer', on: 'Adler', fileName: 'map.png', sha256: 'old', isPrivate: false };
const before: Held = { documents: [customer, other, contested], files: [oldFile] };

const mine = { customer: 'Harbour', po_no: 'HLB-1', delivery_date: '2026-07-01', owner: 'field@example.com', docstatus: 0 };
const row = { item_code: 'PUMP', qty: 2, rate: 12.5 };
const made: Doc = { doctype: 'Customer', name: 'Harbour', customer_name: 'Harbour', modified: '2' };
const order: Doc = { doctype: 'Sales Order', name: 'SO-2', ...mine, items: [{ name: 'r1', ...row }], modified: '2' };
const note: HeldFile = { doctype: 'Sales Order', on: 'SO-2', fileName: 'note.pdf', sha256: 'pdf', isPrivate: true };
const edited: Doc = { ...customer, website: 'birke.example', customer_details: 'Rings twice', modified: '2' };
const decided: Doc = { ...contested, po_no: 'MINE', grand_total: 61, modified: '2' };

/** What the server holds after a right evening, each document by a word for it. */
const right = { edited, other, decided, made, order };
type ByWord = { [word: string]: Doc | undefined };
const held = (documents: ByWord = right, files: HeldFile[] = [oldFile, note]): Held => ({
  documents: Object.values(documents).filter((doc) => doc !== undefined),
  files,
});

const evening: Evening = {
  before,
  undecided: { documents: [edited, other, { ...contested, po_no: 'THEIRS' }], files: [oldFile] },
  after: held(),
  deeds: [
    { what: 'the website', kind: 'edit', doctype: 'Customer', name: 'Birke', values: { website: 'birke.example' } },
    { what: 'the number', kind: 'edit', doctype: 'Sales Order', name: 'SO-1', values: { po_no: 'MINE' } },
    { what: 'the new customer', kind: 'create', doctype: 'Customer', by: 'customer_name', values: { customer_name: 'Harbour' } },
    { what: 'the new order', kind: 'create', doctype: 'Sales Order', by: 'po_no', values: { ...mine, items: [row] } },
    { what: 'the note', kind: 'attach', doctype: 'Sales Order', by: 'po_no', value: 'HLB-1', fileName: 'note.pdf', sha256: 'pdf' },
  ],
  colleagues: [
    { what: 'the details', kind: 'edit', doctype: 'Customer', name: 'Birke', values: { customer_details: 'Rings twice' }, until: 'end' },
    { what: 'their number', kind: 'edit', doctype: 'Sales Order', name: 'SO-1', values: { po_no: 'THEIRS' }, until: 'decided' },
  ],
  kept: 3,
  downloaded: 3,
  offlineLookups: 2,
  needsYou: 1,
  clashes: 1,
  computed: (_, path) => ['modified', 'grand_total'].includes(path),
};

test('a right evening passes, and everything in it is counted', () => {
  expect(judge(evening)).toEqual({
    reckoning: {
      ...{ downloaded: 3, offlineLookups: 2, offlineChanges: 5, attachments: 1 },
      ...{ reconciled: 5, lost: 0, duplicated: 0, overwritten: 0, needsYou: 1 },
    },
    complaints: [],
  });
});

const after = (documents: ByWord, files?: HeldFile[]): Partial<Evening> => ({ after: held({ ...right, ...documents }, files) });
const orderWith = (values: object, cells: object = {}): Partial<Evening> =>
  after({ order: { ...order, ...values, items: [{ name: 'r1', ...row, ...cells }] } });

const wrong: [what: string, difference: Partial<Evening>, complaint: string, counts: object][] = [
  [
    'an edit that did not arrive',
    after({ edited: { ...edited, website: '' } }),
    'lost: the website: website is "", not "birke.example"',
    { lost: 1, reconciled: 4 },
  ],
  [
    'a create that did not arrive',
    after({ made: undefined }),
    'lost: the new customer: it is not on the server',
    { lost: 1, reconciled: 4 },
  ],
  [
    'a create that arrived twice',
    after({ twin: { ...made, name: 'Harbour - 1' } }),
    'duplicated: the new customer: it is 2 times on the server',
    { duplicated: 1, reconciled: 4, lost: 0 },
  ],
  ['a wrong rate', orderWith({}, { rate: 20 }), 'lost: the new order: items.0.rate is 20, not 12.5', { lost: 1 }],
  ['a wrong quantity', orderWith({}, { qty: 3 }), 'lost: the new order: items.0.qty is 3, not 2', { lost: 1 }],
  [
    'a wrong date',
    orderWith({ delivery_date: '2026-07-02' }),
    'lost: the new order: delivery_date is "2026-07-02", not "2026-07-01"',
    { lost: 1 },
  ],
  [
    'a wrong customer',
    orderWith({ customer: 'new-customer-1' }),
    'lost: the new order: customer is "new-customer-1", not "Harbour"',
    { lost: 1 },
  ],
  [
    'a row too many',
    after({ order: { ...order, items: [row, row].map((cells, at) => ({ name: `r${at}`, ...cells })) } }),
    'lost: the new order: items.length is 2, not 1',
    { lost: 1 },
  ],
  ['an order that was submitted', orderWith({ docstatus: 1 }), 'lost: the new order: docstatus is 1, not 0', { lost: 1 }],
  ['a file that did not arrive', after({}, [oldFile]), 'lost: the note: it is not on the server', { lost: 1, attachments: 0 }],
  ['a file that is public', after({}, [oldFile, { ...note, isPrivate: false }]), 'lost: the note: it is public', { lost: 1 }],
  [
    'a file under another name',
    after({}, [oldFile, { ...note, fileName: 'a.pdf' }]),
    'lost: the note: it is called a.pdf, not note.pdf',
    { lost: 1 },
  ],
  [
    'a file sent twice',
    after({}, [oldFile, note, { ...note }]),
    'attachments: 2 new files on the server, not 1',
    { duplicated: 1, attachments: 2 },
  ],
  [
    'a file of other bytes',
    after({}, [oldFile, { ...note, sha256: 'x' }]),
    'added: the file note.pdf on Sales Order SO-2 was made by nobody',
    { lost: 1, duplicated: 1 },
  ],
  [
    'a file on another document',
    after({}, [oldFile, { ...note, on: 'SO-1' }]),
    'added: the file note.pdf on Sales Order SO-1 was made by nobody',
    { lost: 1 },
  ],
  [
    'a file of before that is gone',
    after({}, [note]),
    'overwritten: the file map.png on Customer Adler is gone or another one, which nobody did',
    { overwritten: 1 },
  ],
  [
    'a document that nobody made',
    after({ stray: { ...other, name: 'Stray' } }),
    'added: Customer Stray was made by nobody',
    { duplicated: 1 },
  ],
  [
    'a document that nobody deleted',
    after({ other: undefined }),
    'overwritten: Customer Adler is gone, which nobody did',
    { overwritten: 1 },
  ],
  [
    'a document that nobody edited',
    after({ other: { ...other, website: 'x' } }),
    'overwritten: Customer Adler changed in website, which nobody did',
    { overwritten: 1 },
  ],
  [
    'a document that was saved without a change',
    after({ other: { ...other, modified: '2' } }),
    'overwritten: Customer Adler changed in modified, which nobody did',
    { overwritten: 1 },
  ],
  [
    'another field of an edited document',
    after({ edited: { ...edited, territory: 'North' } }),
    'overwritten: Customer Birke changed in territory, which nobody did',
    { overwritten: 1 },
  ],
  [
    "a colleague's edit that is gone",
    after({ edited: { ...edited, customer_details: '' } }),
    'overwritten: the details: customer_details is "", not "Rings twice"',
    { overwritten: 1 },
  ],
  [
    "a colleague's edit overwritten before anybody decided",
    { undecided: held() },
    'overwritten: their number: po_no is "MINE", not "THEIRS"',
    { overwritten: 1 },
  ],
  ['a clash that nobody was asked about', { needsYou: 0 }, 'needs you: 0 changes waited for a person, not 1', { needsYou: 0 }],
  ['a question too many', { needsYou: 2 }, 'needs you: 2 changes waited for a person, not 1', { needsYou: 2 }],
  ['an empty device', { kept: 0, downloaded: 0 }, 'not downloaded: the device had no document as the server has it', { downloaded: 0 }],
  [
    'a device with old documents',
    { kept: 5 },
    'not downloaded: 2 documents on the device are not as the server has them',
    { downloaded: 3 },
  ],
  ['nothing looked up offline', { offlineLookups: 0 }, 'not looked up: nothing was read without a network', { offlineLookups: 0 }],
];

test.each(wrong)('%s is found', (_, difference, complaint, counts) => {
  const { reckoning, complaints } = judge({ ...evening, ...difference });
  expect(complaints).toContain(complaint);
  expect(reckoning).toMatchObject(counts);
});
