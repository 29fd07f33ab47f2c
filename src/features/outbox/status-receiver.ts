import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import type { SmsSender, StatusCallback } from '../../infra/sms/sms-sender.ts';
import { recordReport } from './outbox.repo.ts';
import type { StatusLinks } from './status-links.ts';

/** unknown: no message has this URL. forged: the gateway's signature is wrong. received: also a repeated or late report. */
export type StatusOutcome = 'received' | 'unknown' | 'forged';

/** Records what a gateway reports. Repeated and late reports change nothing. */
export type ReceiveStatus = (
  link: { id: string; secret: string },
  request: Omit<StatusCallback, 'url'>,
) => Promise<StatusOutcome>;

interface Dependencies {
  db: Db;
  sms: SmsSender;
  log: Log;
  statusLinks: StatusLinks;
}

export function createStatusReceiver({ db, sms, log, statusLinks }: Dependencies): ReceiveStatus {
  return async ({ id, secret }, request) => {
    const url = statusLinks.check(id, secret);
    if (url === undefined) return 'unknown';
    const report = await sms.readStatus?.({ ...request, url });
    if (report === 'forged') return 'forged';
    if (!report) return 'received';
    const error = report.status === 'failed' ? report.reason : null;
    const kind = await recordReport(db, id, { report: report.status, error });
    if (kind !== undefined && error !== null) log.warn({ sms: id, kind, error }, 'a text message was not delivered');
    return 'received';
  };
}
