declare module "virtual:icons" {
  /** The address of the icon sprite. */
  const address: string;
  export default address;
}

/** True in a local build, which has the gallery of components. */
declare const __PORTICO_LOCAL__: boolean;
