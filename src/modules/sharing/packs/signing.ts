import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { keepDeploymentKey } from '../commands/keys.ts';

const ACTOR = system('signing-key');

/** The raw 32 bytes of this deployment's Ed25519 key (RFC 8032); the pair is made at its first use, its private half sealed. */
export async function publicKeyOf(desk: Pick<Desk, 'db' | 'clock' | 'keys'>): Promise<Buffer> {
  return (await keyPair(desk)).publicKey;
}

/** What signs for this deployment (Ed25519), its key fetched and opened once. */
export async function signerOf(desk: Pick<Desk, 'db' | 'clock' | 'keys'>): Promise<{ readonly publicKey: Buffer; readonly sign: (bytes: Uint8Array) => Buffer }> {
  const { publicKey, sealed } = await keyPair(desk);
  const der = desk.keys.unseal('signing', sealed, 'deployment');
  if (!der) throw new Error('the signing key was sealed with another master key');
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { publicKey, sign: (bytes) => sign(null, bytes, key) };
}

/** A key in a form to read out by telephone: the first 160 bits of its SHA-256, in ten groups of four. */
export function fingerprint(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 40).match(/.{4}/g)!.join(' ');
}

/** Did the holder of this raw key sign these bytes? False for anything that is no key or no signature. */
export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') }, format: 'jwk' }), signature);
  } catch {
    return false;
  }
}

async function keyPair(desk: Pick<Desk, 'db' | 'clock' | 'keys'>): Promise<{ publicKey: Buffer; sealed: Buffer }> {
  return inTransaction(desk, ACTOR, async (tx) => {
    const read = () => tx.selectFrom('deployment_key').select(['public_key', 'sealed_private']).executeTakeFirst();
    let row = await read();
    if (!row) {
      const pair = generateKeyPairSync('ed25519');
      const raw = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x!, 'base64url');
      await keepDeploymentKey(tx, raw, desk.keys.seal('signing', pair.privateKey.export({ format: 'der', type: 'pkcs8' }), 'deployment'));
      row = (await read())!;
    }
    return { publicKey: row.public_key, sealed: row.sealed_private };
  });
}
