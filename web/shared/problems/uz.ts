import { uz } from '../../../src/messages/problem-words/uz.ts';
import { toOwnProblems } from './own-problems.ts';

export default toOwnProblems(uz);
