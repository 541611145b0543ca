/** What WeChat and WeCom put into a page; it needs no SDK and no signature for this one call. */
interface WeixinBridge {
  call?: (name: string) => void;
}

/**
 * Takes "share", "copy link" and the like out of the host's menu: a member's page is nobody else's.
 * Where the host has no bridge, nothing happens.
 */
export function hideShareMenu(page: Window & { WeixinJSBridge?: WeixinBridge }): void {
  const hide = () => page.WeixinJSBridge?.call?.('hideOptionMenu');
  if (page.WeixinJSBridge === undefined) page.document.addEventListener('WeixinJSBridgeReady', hide);
  else hide();
}
