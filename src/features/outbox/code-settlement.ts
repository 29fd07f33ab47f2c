import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import type { CodeOutcome, SmsSender } from '../../infra/sms/sms-sender.ts';
import { findGatewayId } from './outbox.repo.ts';

/**
 * Tells the gateway what became of a code, without waiting for it: the user has the result already.
 * @param id of the message, which is that of its challenge
 */
export type SettleCode = (id: string, outcome: CodeOutcome) => void;

interface Dependencies {
  db: Db;
  sms: SmsSender;
  log: Log;
}

export function createCodeSettlement({ db, sms, log }: Dependencies): SettleCode {
  async function settle(id: string, outcome: CodeOutcome): Promise<void> {
    const gatewayId = await findGatewayId(db, id);
    if (gatewayId === null) return;
    const delivery = await sms.settle?.(gatewayId, outcome);
    if (delivery && delivery.outcome !== 'sent')
      log.warn({ sms: id, outcome, error: delivery.error }, 'the SMS gateway could not be told what became of a code');
  }

  return (id, outcome) => {
    if (!sms.settle) return;
    settle(id, outcome).catch((error: unknown) =>
      log.warn(
        { sms: id, outcome, reason: error instanceof Error ? error.name : 'unknown' },
        'the SMS gateway could not be told what became of a code',
      ),
    );
  };
}
