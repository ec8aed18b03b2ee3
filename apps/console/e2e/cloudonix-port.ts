/** Where the product of a port asks Cloudonix's REST API: nobody is there, unless a test plays it. */
export const cloudonixPortOf = (port: number): number => (port > 20_000 ? port - 20_000 : port + 20_000);
