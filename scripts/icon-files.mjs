/** Windows' icon file: a list of PNGs. `images`: `{ side, png }`, sides of at most 256 pixels. */
export function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let at = head.length;
  images.forEach(({ side, png }, index) => {
    const entry = 6 + 16 * index;
    // 256 does not fit into a byte and is written as 0.
    head[entry] = side % 256;
    head[entry + 1] = side % 256;
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** The type of each PNG in a Mac's icon file, by its side in pixels; the larger of two are for finer screens. */
const icnsTypes = { ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };

/** The Mac's icon file. `pngs`: by their side in pixels. */
export function icns(pngs) {
  const parts = Object.entries(icnsTypes).map(([type, side]) => block(type, pngs[side]));
  return block('icns', Buffer.concat(parts));
}

function block(type, bytes) {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'ascii');
  head.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([head, bytes]);
}
