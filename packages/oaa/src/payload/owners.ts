export interface WireOwner {
  readonly external_id: string;
  readonly owner_type?: string;
  readonly primary?: boolean;
}
