/** True in a local build, which has the gallery of components. */
declare const __PORTICO_LOCAL__: boolean;
