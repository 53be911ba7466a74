import type { Directory, OrganizationDirectory } from '../directory/directory.ts';

/** A directory that tells of each question before it is asked, and waits until that is heard. */
export function watchDirectory(
  directory: Directory,
  before: (operation: keyof OrganizationDirectory) => Promise<void> | void,
): Directory {
  const watchOrganization = (one: OrganizationDirectory): OrganizationDirectory =>
    new Proxy(one, {
      get(target, name: keyof OrganizationDirectory) {
        const member = target[name];
        if (typeof member !== 'function') return member;
        return async (...values: unknown[]) => {
          await before(name);
          return Reflect.apply(member, target, values);
        };
      },
    });
  return new Proxy(directory, {
    get(target, name: keyof Directory) {
      if (name === 'organization') return (id: string) => watchOrganization(target.organization(id));
      const member = target[name];
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
