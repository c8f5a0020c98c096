export { authorize, may, PERMISSIONS, type Permission } from "./policy.ts";
