import { parted } from '../format/disk-name';

/** What a file is by its first bytes, as far as a person cares. */
export type ContentKind = 'program' | 'page' | 'drawing' | 'picture' | 'pdf' | 'archive' | 'text' | 'other';

export type NameVerdict =
  /** The name says what it is, or nothing. */
  | { kind: 'true' }
  /** A picture under the ending of another kind of picture: it gets its own. */
  | { kind: 'renamed'; fileName: string }
  /** The name says something else: its person decides whether it is taken, under `fileName`. */
  | { kind: 'doubt'; fileName: string; content: ContentKind };

const office = /^application\/(x-ole-storage|vnd\.(openxmlformats|oasis))/;
const oldOffice = /^application\/(msword|vnd\.ms-|x-ole-storage)|^text\//;
const texts = /^text\/|^application\/(json|xml)$|^image\/svg/;
const films = /^video\//;

/** The type of the picture that an ending speaks of. */
const pictures: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  heic: 'image/heic',
  heif: 'image/heic',
  avif: 'image/avif',
};

/** The types that are true to other endings. */
const others: Readonly<Record<string, RegExp>> = {
  pdf: /^application\/pdf$/,
  zip: /^application\/(zip|vnd\.)/,
  ...Object.fromEntries(['docx', 'xlsx', 'pptx', 'odt', 'ods'].map((ending) => [ending, office])),
  ...Object.fromEntries(['doc', 'xls', 'ppt'].map((ending) => [ending, oldOffice])),
  ...Object.fromEntries(['txt', 'log', 'md', 'csv', 'json', 'xml'].map((ending) => [ending, texts])),
  ...Object.fromEntries(['mp4', 'mov'].map((ending) => [ending, films])),
};

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'image/bmp': '.bmp',
  'image/tiff': '.tif',
  'image/heic': '.heic',
  'image/avif': '.avif',
  'image/svg+xml': '.svg',
  'application/pdf': '.pdf',
  'application/zip': '.zip',
  'application/x-msdownload': '.exe',
  'text/html': '.html',
  'text/plain': '.txt',
};

/**
 * Does a file's name say what is in it? `type` is the media type by its content (`contentType`). Other bytes under the ending of
 * a JPEG make the server answer 500 (erpnext-facts, recording `upload-images`): they go under that of their content.
 */
export function nameAndContent(fileName: string, type: string): NameVerdict {
  const { stem, ending } = parted(fileName);
  const named = ending.slice(1).toLowerCase();
  const picture = pictures[named];
  if (picture === undefined ? (others[named]?.test(type) ?? true) : picture === type) return { kind: 'true' };
  const content = contentKind(type);
  const own = `${stem}${endings[type] ?? '.bin'}`;
  if (picture !== undefined && content === 'picture') return { kind: 'renamed', fileName: own };
  return { kind: 'doubt', fileName: picture === 'image/jpeg' ? own : fileName, content };
}

function contentKind(type: string): ContentKind {
  if (/^application\/x-(msdownload|elf)$/.test(type)) return 'program';
  if (type === 'text/html') return 'page';
  if (type === 'image/svg+xml') return 'drawing';
  if (type.startsWith('image/')) return 'picture';
  if (type === 'application/pdf') return 'pdf';
  if (/^application\/(zip|gzip)$/.test(type)) return 'archive';
  return type.startsWith('text/') ? 'text' : 'other';
}
