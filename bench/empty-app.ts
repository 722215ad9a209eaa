/** A Nest application that does nothing: the least a service can cost. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

@Module({})
class EmptyModule {}

const app = await NestFactory.create(EmptyModule, new FastifyAdapter(), { logger: false });
await app.listen(Number(process.env['QLVB_PORT']), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
process.send?.({ type: 'ready' });
