/** What a registration is held against: one bare handler, one INSERT, one object put; no rules, no rights, no events. */
import 'reflect-metadata';
import { Controller, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FilesystemStore } from '@qlvb/platform-storage';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { Readable } from 'node:stream';

const store = new FilesystemStore(process.env['QLVB_STORAGE_DIR'] ?? '');
const pool = new pg.Pool({ connectionString: process.env['QLVB_DATABASE_URL'], max: 16 });

@Controller()
class BareController {
  @Post('registrations')
  async register(@Req() request: FastifyRequest): Promise<object> {
    const { key } = await store.put(Readable.from([request.body as Buffer]), { maxBytes: 10_000_000 });
    const { rows } = await pool.query<{ id: string }>(
      'INSERT INTO registration (object_key) VALUES ($1) RETURNING id',
      [key],
    );
    return rows[0] ?? {};
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
app
  .getHttpAdapter()
  .getInstance()
  .addContentTypeParser('application/pdf', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
await app.listen(Number(process.env['QLVB_PORT']), '127.0.0.1');
process.on(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => pool.end())
      .then(() => process.exit(0)),
);
process.send?.({ type: 'ready' });
