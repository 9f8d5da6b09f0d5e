import { Parser } from 'htmlparser2';
import { Unreadable } from './unreadable.ts';

const MOST_DEPTH = 100;
const MOST_ATTRIBUTES = 200;
/** Characters of one name, value, comment or CDATA section, and of all attributes of one element. */
const LONGEST_TOKEN = 1_000_000;

export type Attributes = Readonly<Record<string, string>>;

/** What a reader of a part wants to hear; names come without namespace prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(data: string): void;
}

/**
 * XML in UTF-8, piece by piece, in bounded memory. A document type or entity declaration is refused where it stands, so
 * that there is nothing to expand and nothing to fetch. What the handler throws comes out of `write`.
 * @throws Unreadable dtd, malformed (too deep, too many attributes, not UTF-8)
 */
export class XmlReader {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #parser: Parser;
  #depth = 0;
  #attributes = 0;
  #attributeLength = 0;
  #written = 0;

  constructor(handler: XmlHandler) {
    this.#parser = new Parser({
      onopentagname: () => {
        [this.#attributes, this.#attributeLength] = [0, 0];
        if (++this.#depth > MOST_DEPTH) throw new Unreadable('malformed', 'depth');
      },
      onattribute: (_, value) => {
        this.#attributeLength += value.length;
        if (++this.#attributes > MOST_ATTRIBUTES || this.#attributeLength > LONGEST_TOKEN) throw new Unreadable('malformed', 'attributes');
      },
      onopentag: (name, attributes) => handler.open?.(local(name), attributes),
      onclosetag: (name) => {
        this.#depth--;
        handler.close?.(local(name));
      },
      ontext: (data) => handler.text?.(data),
      onprocessinginstruction: (name) => {
        if (name.startsWith('!')) throw new Unreadable('dtd');
      },
    }, { xmlMode: true });
  }

  write(bytes: Uint8Array): void {
    this.#feed(() => this.#decoder.decode(bytes, { stream: true }));
    if (this.#written - this.#parser.endIndex > LONGEST_TOKEN) throw new Unreadable('malformed', 'one long token');
  }

  /** Every element that is still open counts as closed; a part that breaks off is found by its size and checksum. */
  end(): void {
    this.#feed(() => this.#decoder.decode());
    this.#parser.end();
  }

  #feed(decode: () => string): void {
    let text;
    try {
      text = decode();
    } catch (error) {
      throw new Unreadable('malformed', 'not UTF-8', { cause: error });
    }
    this.#written += text.length;
    if (text !== '') this.#parser.write(text);
  }
}

/** Reads a whole part. @throws as `XmlReader` and as the handler and the chunks do */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const reader = new XmlReader(handler);
  for await (const chunk of chunks) reader.write(chunk);
  reader.end();
}

/** An attribute whatever its prefix: `r:id` of one writer is `rel:id` of the next. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((one) => local(one) === name && one.includes(':'));
  return key === undefined ? attributes[name] : attributes[key];
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
