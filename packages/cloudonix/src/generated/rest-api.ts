export interface paths {
    "/customers/self/domains/{domain}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        /** A domain with its profile, its aliases and its default application */
        get: operations["readDomain"];
        /** Replaces the domain's profile; whether names that are left out are kept isn't said, so all of them are sent */
        put: operations["writeDomainProfile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Sets the application that gets the calls which no number of the domain claims */
        patch: operations["changeDomain"];
        trace?: never;
    };
    "/customers/self/domains/{domain}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        /** The domain's voice applications; 404 when it has none */
        get: operations["listApplications"];
        put?: never;
        /** A new voice application */
        post: operations["createApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/self/domains/{domain}/applications/{application}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
                /** @description The application's name or number */
                application: components["parameters"]["Application"];
            };
            cookie?: never;
        };
        get?: never;
        /** Changes where a voice application takes its documents from */
        put: operations["writeApplication"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/self/domains/{domain}/dnids": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        /** The numbers that lead to an application; 404 when there is none */
        get: operations["listNumbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/self/domains/{domain}/trunks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        /** The domain's trunks, passwords included; 404 when it has none */
        get: operations["listTrunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/self/domains/{domain}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        /** Sessions, those in progress and those that are over; 404 when there is none */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/self/domains/{domain}/sessions/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
                /** @description The session's token */
                token: components["parameters"]["Token"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Hangs up; 404 when the session is over already */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{domain}/sessions/{token}/application": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
                /** @description The session's token */
                token: components["parameters"]["Token"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets go of whoever a session is connected to and goes on with another document */
        post: operations["switchApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{domain}/application": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rings somebody and, when they answer, connects them with an application, an address or a document */
        post: operations["startCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Refusal: {
            status?: boolean | string | number;
            message?: string;
        };
        /** @description Settings by their names; the platform knows many more than are told here */
        Profile: {
            /** @description The bearer token of every webhook */
            "authorization-api-key"?: string | null;
            "session-update-endpoint"?: string | null;
            "cdr-endpoint"?: string | null;
        } & {
            [key: string]: unknown;
        };
        Domain: {
            id: number;
            uuid?: string;
            tenantId?: number;
            domain: string;
            active?: boolean;
            /** @description The number of an application */
            defaultApplication?: number | null;
            aliases?: {
                alias?: string;
                active?: boolean;
            }[];
            profile?: components["schemas"]["Profile"];
        };
        DomainProfileChange: {
            domain: string;
            profile: components["schemas"]["Profile"];
        };
        DomainChange: {
            domain: string;
            defaultApplication: number | null;
        };
        Application: {
            id: number;
            name: string;
            /** @description cxml; those that the platform brings along are of another type */
            type?: string;
            url?: string | null;
            method?: string | null;
            active?: boolean;
            profile?: {
                [key: string]: unknown;
            };
        };
        NewApplication: {
            name: string;
            /** @enum {string} */
            type: "cxml";
            /** Format: uri */
            url: string;
            /** @enum {string} */
            method: "GET" | "POST";
            profile?: {
                [key: string]: unknown;
            };
        };
        ApplicationChange: {
            /** @enum {string} */
            type: "cxml";
            /** Format: uri */
            url: string;
            /** @enum {string} */
            method: "GET" | "POST";
            profile?: {
                [key: string]: unknown;
            };
        };
        Number: {
            id: number;
            /** @description A pattern */
            dnid?: string;
            /** @description What the pattern was made of */
            source?: string | null;
            applicationId?: number | null;
            active?: boolean;
            prefix?: boolean;
            expression?: boolean;
        };
        Trunk: {
            id: number;
            uuid?: string;
            name: string;
            ip?: string | null;
            port?: string | number | null;
            /** @enum {string} */
            transport?: "udp" | "tcp" | "tls";
            prefix?: string | null;
            /** @enum {string} */
            direction?: "inbound" | "outbound" | "public-inbound" | "public-outbound";
            active?: boolean;
            metric?: number | null;
            profile?: {
                [key: string]: unknown;
            };
        };
        Session: {
            id?: number;
            token: string;
            domain?: string;
            destination?: string | null;
            callerId?: string | null;
            direction?: string | null;
            status?: string | null;
            timeLimit?: number | null;
            /** @description Milliseconds since 1970 */
            callStartTime?: string | number | null;
            callAnswerTime?: string | number | null;
            callEndTime?: string | number | null;
            /** Format: date-time */
            endTime?: string | null;
            /** Format: date-time */
            createdAt?: string;
            /** Format: date-time */
            modifiedAt?: string;
            url?: string | null;
        };
        /** @description A document, or the address of one */
        Switch: {
            cxml: string;
        } | {
            /** Format: uri */
            url: string;
            /** @enum {string} */
            method: "GET" | "POST";
        };
        SwitchedSession: {
            token?: string;
            domainId?: number;
        };
        NewCall: {
            destination: string;
            "caller-id"?: string;
            /** @description An application's name */
            application?: string;
            /** Format: uri */
            url?: string;
            cxml?: string;
            /** @enum {string} */
            execute?: "connected" | "immediately";
            /** @description Seconds to wait for an answer */
            timeout?: number;
            /** @description Seconds that the call may last */
            timeLimit?: number;
            /** @description A trunk's name */
            trunk?: string;
            /**
             * Format: uri
             * @description Is told how the session goes
             */
            callback?: string;
            profile?: {
                key: string;
                value: string;
            }[];
        };
        StartedCall: {
            token: string;
            destination?: string;
            direction?: string;
            domainId?: number;
        };
    };
    responses: {
        /** @description The domain as it is now */
        Domain: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Domain"];
            };
        };
        /** @description The application as it is now */
        Application: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Application"];
            };
        };
        /** @description The session goes on with the new document */
        Switched: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SwitchedSession"];
            };
        };
        /** @description 400, 401, 403, 404, 429 or 500 */
        Refusal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Refusal"];
            };
        };
    };
    parameters: {
        /** @description The domain's name, number or UUID */
        Domain: string;
        /** @description The application's name or number */
        Application: string;
        /** @description The session's token */
        Token: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Domain"];
            default: components["responses"]["Refusal"];
        };
    };
    writeDomainProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DomainProfileChange"];
            };
        };
        responses: {
            200: components["responses"]["Domain"];
            default: components["responses"]["Refusal"];
        };
    };
    changeDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DomainChange"];
            };
        };
        responses: {
            200: components["responses"]["Domain"];
            default: components["responses"]["Refusal"];
        };
    };
    listApplications: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"][];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    createApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApplication"];
            };
        };
        responses: {
            200: components["responses"]["Application"];
            201: components["responses"]["Application"];
            default: components["responses"]["Refusal"];
        };
    };
    writeApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
                /** @description The application's name or number */
                application: components["parameters"]["Application"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationChange"];
            };
        };
        responses: {
            200: components["responses"]["Application"];
            default: components["responses"]["Refusal"];
        };
    };
    listNumbers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"][];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    listTrunks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trunk"][];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that the platform still lists */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"][];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
                /** @description The session's token */
                token: components["parameters"]["Token"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hung up */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Refusal"];
        };
    };
    switchApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
                /** @description The session's token */
                token: components["parameters"]["Token"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Switch"];
            };
        };
        responses: {
            200: components["responses"]["Switched"];
            202: components["responses"]["Switched"];
            default: components["responses"]["Refusal"];
        };
    };
    startCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's name, number or UUID */
                domain: components["parameters"]["Domain"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCall"];
            };
        };
        responses: {
            /** @description It rings; the token is the session's */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedCall"];
                };
            };
            default: components["responses"]["Refusal"];
        };
    };
}
