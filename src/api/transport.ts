/** What is loaded when the first search comes near. */
export { failureOf } from './answer.ts';
export { createHttp } from './http.ts';
export { searchMembers } from './search-members.ts';
export { createTokenSource } from './token.ts';
