export interface WireTag {
  readonly key: string;
  readonly value: string;
}
