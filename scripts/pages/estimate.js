// Large for its lists of words, and therefore a file of its own, which strength.js asks for when it is needed.
export { strengthOf } from '../../src/features/credentials/password-strength.ts';
