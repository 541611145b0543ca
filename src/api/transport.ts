/** What is loaded when the first search comes near. */
export { createHttp, failureOf } from './http.ts';
export { searchMembers } from './search-members.ts';
export { createTokenSource } from './token.ts';
