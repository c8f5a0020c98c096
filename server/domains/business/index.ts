export { feeFreeUntil } from "./fee-free-until.ts";
export { DEFAULT_POLICIES, type Policy, POLICY_SCHEMAS, type PolicyKind } from "./policies.ts";
export {
  type Business,
  findBusiness,
  getBusiness,
  getPolicy,
  listPolicyVersions,
  type PolicyVersion,
  todayIn,
} from "./queries.ts";
export { parseZone } from "./rules.ts";
export { type BusinessDraft, saveBusiness, type SaveBusinessRefusal } from "./save-business.ts";
export { setLogo } from "./set-logo.ts";
export { savePolicy } from "./save-policy.ts";
