import { nextMark, openRecord } from './record-format';

type ScannedRecord = { sequence: number; text: string };

/** What a journal file holds. */
export type Scan = {
  records: ScannedRecord[];
  /** Where the last whole record ends (bytes): appending goes on there. */
  end: number;
  /** The file ends inside a record: a write that power or process did not finish, and that was never acknowledged. */
  torn: boolean;
  /** Places that are not as they were written: changed bytes, missing or repeated records. */
  damaged: number;
};

/** Reads all records that open, finding the way again after damage. Only an incomplete last record counts as torn. */
export function scan(key: Uint8Array, file: Buffer): Scan {
  const result: Scan = { records: [], end: 0, torn: false, damaged: 0 };
  let last: number | null = null;
  for (let at = 0; at < file.byteLength;) {
    const opened = openRecord(key, file, at);
    if (opened.at === 'record') {
      if (last !== null && opened.sequence !== last + 1) result.damaged += 1;
      // A record from before is a copy put there; taken again it could undo what came after it.
      if (last === null || opened.sequence > last) {
        result.records.push({ sequence: opened.sequence, text: opened.text });
        last = opened.sequence;
      }
      at = opened.end;
      result.end = at;
      continue;
    }
    const next = nextRecord(key, file, at + 1);
    if (next === -1 && opened.at === 'incomplete') result.torn = true;
    else result.damaged += 1;
    if (next === -1) break;
    // The gap that follows is this damage, not another one.
    last = null;
    at = next;
  }
  return result;
}

/** The next place from which a record opens; a mark may also stand in sealed bytes by chance. */
function nextRecord(key: Uint8Array, file: Buffer, from: number): number {
  for (let at = nextMark(file, from); at !== -1; at = nextMark(file, at + 1)) {
    if (openRecord(key, file, at).at === 'record') return at;
  }
  return -1;
}
