import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/db.ts';
import type { Desk } from '#platform/desk.ts';
import { keepDeploymentKey } from '../commands/keys.ts';

const ACTOR = system('signing-key');

/** The raw 32 bytes of this deployment's Ed25519 key (RFC 8032); the pair is made at its first use, its private half sealed. */
export async function publicKeyOf(desk: Pick<Desk, 'db' | 'clock' | 'keys'>): Promise<Buffer> {
  return (await keyPair(desk)).publicKey;
}

/** The raw key others check signatures by; null before anything was signed, because looking for it makes none. */
export async function publishedKey(desk: Pick<Desk, 'db' | 'clock'>): Promise<Buffer | null> {
  return inTransaction(desk, ACTOR, async (tx) => (await tx.selectFrom('deployment_key').select('public_key').executeTakeFirst())?.public_key ?? null);
}

/** Signs bytes for this deployment (Ed25519). */
export async function signed(desk: Pick<Desk, 'db' | 'clock' | 'keys'>, bytes: Uint8Array): Promise<Buffer> {
  const { sealed } = await keyPair(desk);
  const der = desk.keys.unseal('signing', sealed, 'deployment');
  if (!der) throw new Error('the signing key was sealed with another master key');
  return sign(null, bytes, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
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
