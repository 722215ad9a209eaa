const TIMEOUT_MS = 5000;

/** GETs, or POSTs a body, and reads a bounded answer. @throws Error */
export async function fetchBytes(
  url: string,
  maxBytes: number,
  post?: { readonly type: string; readonly body: Uint8Array },
): Promise<Uint8Array> {
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(post ? { method: 'POST', headers: { 'content-type': post.type }, body: Buffer.from(post.body) } : {}),
  });
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`${url} answered more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
