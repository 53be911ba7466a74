export {
  type LoadTenantSettingsOptions,
  loadTenantSettings,
  type SettingOrigin,
  type TenantFlags,
  type TenantSettings,
} from './tenant-settings.ts';
