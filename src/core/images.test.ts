import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ACCEPTED_IMAGES, type ImageType, imageType, isAcceptedImage } from './images.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

it.each<[string, ImageType]>([
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'jpeg'],
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'png'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'webp'],
  ['RIFF\x24\0\0\0WAVEfmt ', 'unknown'],
  ['GIF89a\x01\0\x01\0', 'gif'],
  ['\0\0\0\x18ftypheic\0\0\0\0', 'heic'],
  ['\0\0\0\x20ftypavif\0\0\0\0', 'heic'],
  ['\0\0\0\x20ftypisom\0\0\0\0', 'unknown'],
  ['<svg xmlns="http://www.w3.org/2000/svg">', 'svg'],
  ['\xef\xbb\xbf\n<?xml version="1.0"?><!-- x --><svg>', 'svg'],
  ['<html><svg>', 'unknown'],
  ['PK\x03\x04\x14\0', 'zip'],
  ['PK\x05\x06\0\0', 'zip'],
  ['%PDF-1.7\n', 'pdf'],
  ['', 'empty'],
  ['\xff\xd8', 'unknown'],
  [' \x89PNG\r\n\x1a\n', 'unknown'],
])('%j is %s', (head, type) => expect(imageType(bytes(head))).toBe(type));

it('accepts the four kinds of its table', () => {
  const types: ImageType[] = ['jpeg', 'png', 'webp', 'gif', 'heic', 'svg', 'zip', 'pdf', 'empty', 'unknown'];
  expect(types.filter(isAcceptedImage)).toEqual(Object.keys(ACCEPTED_IMAGES));
});

it('takes any bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (any) => {
    expect(typeof imageType(any)).toBe('string');
  }));
});
