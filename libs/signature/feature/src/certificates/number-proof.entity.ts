import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'number_proof' })
export class NumberProof {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @Column('text', { name: 'key_id' })
  keyId!: string;

  @Column('text')
  proof!: string;

  @Column('timestamptz', { name: 'told_at' })
  toldAt!: Date;
}
