/** A web page where JSON was expected. */
export interface ErrorPage {
  /** Text of its title element; undefined when it has none. */
  readonly title: string | undefined;
}

/** Recognises an HTML page by its type or its first character. */
export function readErrorPage(contentType: string | undefined, text: string): ErrorPage | undefined {
  const start = text.slice(0, 20_000).trimStart();
  if (contentType?.includes('html') !== true && !/^<(?:!doctype|html|head|body)/i.test(start)) return undefined;
  const title = /<title[^>]{0,200}>([^<]{1,200})/i.exec(start)?.[1]?.replace(/\s+/g, ' ').trim();
  return { title: title === '' ? undefined : title };
}
