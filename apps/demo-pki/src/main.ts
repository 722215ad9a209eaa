/**
 * The demonstration's certificate authority: issues once what the token program's folder lacks, then answers OCSP, time
 * stamps and lists on loopback. The private keys of people and agencies are made in the token folder and stay there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DemoPki, demoPkiHandler, drawDemoSeal, drawDemoSignature } from '@qlvb/demo-pki';
import { loadConfig } from '@qlvb/platform-config';
import { TokenStore } from '@qlvb/token';
import { z } from 'zod';

const config = loadConfig(
  z.object({
    port: z.int().min(1),
    demoPkiDir: z.string(),
    demoTokenDir: z.string(),
    demoTokenPin: z.string().min(4),
    demoAccountsFile: z.string(),
    demoAgenciesFile: z.string(),
  }),
);

const Account = z.object({
  login: z.string(),
  agencyCode: z.string(),
  fullName: z.string(),
  title: z.string(),
  roles: z.array(z.string()),
});
const Agency = z.object({ code: z.string(), name: z.string() });

const pki = new DemoPki({ directory: config.demoPkiDir, baseUrl: `http://127.0.0.1:${config.port}` });
const tokens = new TokenStore(config.demoTokenDir);
const accounts = z.array(Account).parse(JSON.parse(readFileSync(config.demoAccountsFile, 'utf8')));
const agencies = new Map(
  z
    .array(Agency)
    .parse(JSON.parse(readFileSync(config.demoAgenciesFile, 'utf8')))
    .map((agency) => [agency.code, agency.name]),
);
const present = new Set(tokens.list().flatMap((key) => (key.certificate ? [key.label] : [])));

function certify(label: string, request: Parameters<DemoPki['issue']>[0], picture: () => Uint8Array): void {
  if (present.has(label)) return;
  const { id, publicKey } = tokens.generate({ label, pin: config.demoTokenPin });
  writeFileSync(join(config.demoTokenDir, `${label}.png`), picture());
  tokens.attach(id, pki.issue(request, { publicKey }).certificate);
}

for (const { login, agencyCode, fullName, title, roles } of accounts) {
  const organization = agencies.get(agencyCode) ?? agencyCode;
  if (!roles.includes('leader')) continue;
  certify(`person-${login}`, { kind: 'person', name: fullName, title, organization, cccd: login }, () =>
    drawDemoSignature(fullName),
  );
  certify(`agency-${agencyCode}`, { kind: 'agency', organization, code: agencyCode }, () =>
    drawDemoSeal(organization, 36),
  );
}
writeFileSync(join(config.demoPkiDir, 'trust.pem'), pki.root.certificate.pem);
writeFileSync(join(config.demoPkiDir, 'chain.pem'), pki.authority.certificate.pem);

const answer = demoPkiHandler(pki);
const server = createServer((request, response) => {
  if (request.url !== '/-/ready') return answer(request, response);
  response.end('ok');
});
server.listen(config.port, '127.0.0.1', () => process.send?.({ type: 'ready', name: 'demo-pki', port: config.port }));

const stop = (): void => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
process.once('disconnect', stop);
