import { en } from '../../../src/messages/problem-words/en.ts';
import { toOwnProblems } from './own-problems.ts';

export default toOwnProblems(en);
