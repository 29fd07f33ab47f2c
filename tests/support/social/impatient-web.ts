import { boundedWeb } from '../../../src/infra/web/bounded-web.ts';
import type { OpenWeb } from '../../../src/infra/web/web.ts';

/** Milliseconds. The service's own deadline is five seconds. */
const [PATIENT, IMPATIENT] = [60_000, 700];

/** Gives up soon on servers that never respond. All others have a minute, because a busy machine is slow. */
export const impatientWeb =
  (peers: () => readonly { fault: string }[]): OpenWeb =>
  (bounds) => {
    const patient = boundedWeb({ ...bounds, deadline: PATIENT });
    const impatient = boundedWeb({ ...bounds, deadline: IMPATIENT });
    const web = () => (peers().some(({ fault }) => fault === 'never responds') ? impatient : patient);
    return {
      send: (request) => web().send(request),
      post: (message) => web().post(message),
      allow(url) {
        patient.allow(url);
        impatient.allow(url);
      },
    };
  };
