// A separate file because of its large word lists. strength.js loads it when it is needed.
export { scorePassword } from '../../src/features/credentials/password-strength.ts';
