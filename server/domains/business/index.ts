export { DEFAULT_POLICIES, type Policy, POLICY_SCHEMAS, type PolicyKind } from "./policies.ts";
export { type Business, findBusiness, getBusiness, getPolicy, todayIn } from "./queries.ts";
export { savePolicy } from "./save-policy.ts";
