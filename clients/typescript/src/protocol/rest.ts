import type { DesignDocument, DesignKind } from './design.js';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** Roles of the installation: `admin`, `member`. */
  readonly roles: readonly string[];
}

/** What register, login and refresh answer. */
export interface AuthSession {
  readonly user: User;
  readonly accessToken: string;
  /** Good for one refresh; using a spent one ends the session everywhere. */
  readonly refreshToken: string;
  /** When the access token expires, ISO 8601. */
  readonly expiresAt: string;
}

export type ProjectRole = 'owner' | 'editor' | 'commenter' | 'viewer';

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** The role of whoever asked. */
  readonly role: ProjectRole;
  readonly memberCount: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewProject {
  readonly name: string;
  readonly description?: string;
}

export interface ProjectPatch {
  readonly name?: string;
  readonly description?: string | null;
}

export interface Member {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly role: ProjectRole;
  readonly since: string;
}

/** Somebody to add to a project, named by address or by account id. */
export type NewMember = { readonly role: ProjectRole } & ({ readonly email: string } | { readonly accountId: string });

/** A design in a list: everything but its content. */
export interface DesignSummary {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly kind: DesignKind;
  readonly description?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewDesign {
  readonly name: string;
  readonly kind: DesignKind;
  readonly description?: string;
}

/** What an import made, and what of the file it could not keep as it was. */
export interface ImportedDesign {
  readonly design: DesignDocument;
  readonly warnings: readonly ImportWarning[];
}

export interface ImportWarning {
  /** JSON pointer into the file. */
  readonly pointer: string;
  readonly text: string;
}

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** RFC 9457 problem document. */
export interface Problem {
  readonly type?: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** Stable and documented; what code should branch on. */
  readonly code: string;
  readonly traceId?: string;
  readonly retryable: boolean;
  /** Field to messages, for validation problems. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}
