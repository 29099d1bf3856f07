// The tenant that a system admin is working in. Kept per tab, so that another tab can be in another tenant.
const key = "tenure.entered";

export const entered = {
  /** { id, name }, or null. */
  get tenant() {
    return JSON.parse(sessionStorage.getItem(key));
  },

  enter({ id, name }) {
    sessionStorage.setItem(key, JSON.stringify({ id, name }));
    window.dispatchEvent(new CustomEvent("entered"));
  },

  leave() {
    sessionStorage.removeItem(key);
    window.dispatchEvent(new CustomEvent("entered"));
  },
};

// What a system admin does for the installation, whichever tenant they are in.
const ownPaths = /^\/(admin\/(tenants|queue|console)|users\/me|auth|invitations)\b/;

/** The header that says which tenant a call is for. */
export function whereabouts(path) {
  const tenant = ownPaths.test(path) ? null : entered.tenant;
  return tenant ? { "X-Tenure-Tenant": tenant.id } : {};
}
