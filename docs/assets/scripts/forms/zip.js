/** Just enough of the ZIP format to put some texts into one file, uncompressed. */

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Return the checksum of some bytes. @param {Uint8Array} bytes */
function crc32(bytes) {
  let value = ~0;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return ~value >>> 0;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
/** 1 January 1980, the first day that the format knows: the same content makes the same file. */
const FIRST_DAY = 0x0021;

/**
 * Return a ZIP file.
 * @param {[string, string][]} files name and text of each, in order
 */
export function zip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let at = 0;
  /** @param {Uint8Array<ArrayBuffer>[]} list @param {Uint8Array<ArrayBuffer>} part */
  const add = (list, part) => {
    list.push(part);
    return part.length;
  };
  for (const [name, text] of files) {
    const path = encoder.encode(name);
    const data = encoder.encode(text);
    /** @type {Field[]} */
    const about = [
      [VERSION, 2],
      [UTF8, 2],
      [0, 2], // stored as it is
      [0, 2], // at midnight
      [FIRST_DAY, 2],
      [crc32(data), 4],
      [data.length, 4],
      [data.length, 4],
      [path.length, 2],
      [0, 2],
    ];
    /** @type {Field[]} */
    const entry = [[CENTRAL, 4], [VERSION, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]];
    directory.push(numbers(entry), path);
    at += add(parts, numbers([[LOCAL, 4], ...about]));
    at += add(parts, path);
    at += add(parts, data);
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([
    [END, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [length, 4],
    [at, 4],
    [0, 2],
  ]);
  return new Blob([...parts, ...directory, end]);
}

/** @typedef {[value: number, bytes: number]} Field */

/** Write numbers, the lowest byte first. @param {Field[]} fields */
function numbers(fields) {
  return Uint8Array.from(
    fields.flatMap(([value, bytes]) =>
      Array.from({ length: bytes }, (_, place) => (value >>> (8 * place)) & 0xff),
    ),
  );
}
