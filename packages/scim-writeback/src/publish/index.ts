export { defaultPublishSettings, type PublishSettings } from './publish-settings.ts';
export { Publisher, type PublisherOptions, type Step } from './publisher.ts';
export type { Delivered, PushRequest, PushTarget } from './push-target.ts';
export { type TenantPushTargetOptions, tenantPushTarget } from './tenant-push-target.ts';
