import { Client } from 'minio';

export interface S3Options {
  readonly endpoint: URL;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region: string;
}

export const s3Client = ({ endpoint, accessKey, secretKey, region }: S3Options): Client =>
  new Client({
    endPoint: endpoint.hostname,
    port: Number(endpoint.port || (endpoint.protocol === 'https:' ? 443 : 80)),
    useSSL: endpoint.protocol === 'https:',
    accessKey,
    secretKey,
    region,
    pathStyle: true,
  });
