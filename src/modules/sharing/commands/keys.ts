import type { Tx } from '#platform/db.ts';

/** Keeps the key pair of this deployment; the first one stays, whoever else made one in the same moment. */
export async function keepDeploymentKey(tx: Tx, publicKey: Buffer, sealed: Buffer): Promise<void> {
  await tx.insertInto('deployment_key').values({ public_key: publicKey, sealed_private: sealed, made_at: tx.now }).onConflict((conflict) => conflict.doNothing()).execute();
}
