import { createRxDatabase } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

const text = { type: 'string', maxLength: 200 };

/** RxDB over its Dexie storage, with the key and the index that the app's own store has. Answers as `Store` of ../browser/task.ts. */
export async function open(subject) {
  const database = await createRxDatabase({ name: `rxdb-${crypto.randomUUID()}`, storage: getRxStorageDexie(), multiInstance: false });
  const { documents } = await database.addCollections({
    documents: {
      schema: {
        version: 0,
        primaryKey: 'id',
        type: 'object',
        properties: {
          id: text,
          doctype: text,
          name: text,
          modified: text,
          title: { type: 'string' },
          status: { type: 'string' },
          grand_total: { type: 'number' },
        },
        required: ['id', 'doctype', 'modified'],
        additionalProperties: true,
        indexes: [['doctype', 'modified']],
      },
    },
  });
  const count = async (selector, sort, limit) => (await documents.find({ selector, sort, limit }).exec()).length;
  const newest = [{ modified: 'desc' }];
  return {
    async fill(parts) {
      for (const docs of parts) await documents.bulkInsert(docs.map((doc) => ({ ...doc, id: `${doc.doctype}/${doc.name}` })));
    },
    newest: (limit) => count({ doctype: subject }, newest, limit),
    withStatus: (status, limit) => count({ doctype: subject, status }, newest, limit),
    greatest: (limit) => count({ doctype: subject }, [{ grand_total: 'desc' }], limit),
    open: async (doctype, name) => (await documents.findOne(`${doctype}/${name}`).exec())?.toJSON().items.length ?? 0,
    search: (asked) => count({ title: { $regex: `(^| )${asked}` } }, newest, 20),
    async end() {
      await database.remove();
    },
  };
}
