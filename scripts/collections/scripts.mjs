// Scripts of the tools, which keep what later requests need.

// The blocks: Postman runs all scripts of a run in one scope.

/** @param set the tool's function that sets a variable; @param body the expression of the parsed response */
export const keepTokens = (set, body) => `{
  const data = ${body}?.data ?? {};
  for (const outcome of Object.values(data)) {
    if (typeof outcome?.accessToken === 'string') ${set}('accessToken', outcome.accessToken);
    if (typeof outcome?.refreshToken === 'string') ${set}('refreshToken', outcome.refreshToken);
    const challengeId = outcome?.__typename === 'Challenge' ? outcome.id : outcome?.challengeId;
    if (challengeId) ${set}('challengeId', challengeId);
    if (outcome?.__typename === 'LoggedOut') ${set}('accessToken', '');
  }
}`;

export const keepCode = (set, body) => `{
  const message = ${body}?.find?.(({ code }) => code);
  if (message) ${set}('code', message.code);
}`;

/** The request that reads the newest code, where the outbox viewer is on. */
export const OUTBOX = {
  folder: 'Development',
  name: 'ReadCode',
  about:
    'Reads the newest code from the outbox of the service. Needs OUTBOX_VIEWER=on, the default with the embedded database.',
  path: '/dev/outbox',
  headers: { accept: 'application/json' },
};
