import PouchDB from 'pouchdb-browser';
import find from 'pouchdb-find';

/** PouchDB over IndexedDB, with the key and the index that the app's own store has. Answers as `Store` of ../browser/task.ts. */
export async function open(subject) {
  PouchDB.plugin(find);
  const database = new PouchDB(`pouchdb-${crypto.randomUUID()}`, { auto_compaction: false });
  await database.createIndex({ index: { fields: ['doctype', 'modified'] } });
  const newest = [{ doctype: 'desc' }, { modified: 'desc' }];
  // It uses an index only where the question names each of its fields.
  const dated = { modified: { $gt: null } };
  const count = async (query) => (await database.find(query)).docs.length;
  return {
    async fill(parts) {
      for (const docs of parts) await database.bulkDocs(docs.map((doc) => ({ ...doc, _id: `${doc.doctype}/${doc.name}` })));
      // Its index is made when it is first asked for.
      await count({ selector: { doctype: subject, ...dated }, sort: newest, limit: 1 });
    },
    newest: (limit) => count({ selector: { doctype: subject, ...dated }, sort: newest, limit }),
    withStatus: (status, limit) => count({ selector: { doctype: subject, status, ...dated }, sort: newest, limit }),
    async greatest(limit) {
      // It sorts by an index alone: what has none is read and sorted by whoever asks.
      const { docs } = await database.find({ selector: { doctype: subject }, limit: 1_000_000 });
      return docs.sort((a, b) => b.grand_total - a.grand_total).slice(0, limit).length;
    },
    open: async (doctype, name) => (await database.get(`${doctype}/${name}`)).items.length,
    search: (asked) => count({ selector: { doctype: { $gt: null }, title: { $regex: new RegExp(`(^| )${asked}`) } }, limit: 20 }),
    async end() {
      await database.destroy();
    },
  };
}
