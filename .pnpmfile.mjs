/** The generator of the REST client needs a TypeScript API that 7 no longer ships: it gets one of its own, which settings can't give to a peer. */
export const hooks = {
  readPackage: (manifest) => {
    if (manifest.name !== "openapi-typescript") return manifest;
    const { typescript: _, ...peerDependencies } = manifest.peerDependencies;
    return { ...manifest, peerDependencies, dependencies: { ...manifest.dependencies, typescript: "6.0.3" } };
  },
};
