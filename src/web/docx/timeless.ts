const DIRECTORY_END = 0x06054b50;
const END_LENGTH = 22;
/** 1 January 1980 at midnight, the first moment a ZIP file knows (APPNOTE 6.3.10, 4.4.6). */
const FIRST_TIME = 0x00210000;

/** The same ZIP file with every entry dated 1 January 1980; the writer dates them with the clock. For files without a comment. */
export function timeless(zip: Buffer): Buffer {
  const dated = Buffer.from(zip);
  const end = dated.length - END_LENGTH;
  if (dated.readUInt32LE(end) !== DIRECTORY_END) throw new RangeError('not a ZIP file without a comment');
  let at = dated.readUInt32LE(end + 16);
  for (let left = dated.readUInt16LE(end + 10); left > 0; left--) {
    dated.writeUInt32LE(FIRST_TIME, at + 12);
    dated.writeUInt32LE(FIRST_TIME, dated.readUInt32LE(at + 42) + 10);
    at += 46 + dated.readUInt16LE(at + 28) + dated.readUInt16LE(at + 30) + dated.readUInt16LE(at + 32);
  }
  return dated;
}
