/** Files as field staff have them. */
export type Paper = { name: string; type: string; bytes: Uint8Array };

export function pdf(name: string): Paper {
  return {
    name,
    type: 'application/pdf',
    bytes: new TextEncoder().encode(`%PDF-1.4\n% ${name}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`),
  };
}

/** The smallest real JPEG: one grey pixel. */
const pixel =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';

export function photo(name: string): Paper {
  return { name, type: 'image/jpeg', bytes: new Uint8Array(Buffer.from(pixel, 'base64')) };
}
