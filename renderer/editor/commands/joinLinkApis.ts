import { mergeRegister } from 'lexical';
import type { LinkApi } from '../LinkApi.ts';

/** The links of several editors, each command for the one that the caret was in last. */
export function joinLinkApis(all: readonly LinkApi[], getActive: () => LinkApi): LinkApi {
  return {
    getLink: () => getActive().getLink(),
    applyLink: (address, words) => getActive().applyLink(address, words),
    removeLink: () => getActive().removeLink(),
    subscribeLinkFollowed: (listener) => mergeRegister(...all.map((each) => each.subscribeLinkFollowed(listener))),
  };
}
