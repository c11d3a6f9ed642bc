export { MASK, maskIdentifiers } from './mask.js';
