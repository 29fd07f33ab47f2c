/** What the scripts in web/ read from their page. Public, like the page itself. */
export interface PageData {
  readonly product: {
    readonly name: string;
    readonly logoUrl?: string | undefined;
    readonly support?: string | undefined;
  };
  /** Which pages this server has. */
  readonly pages: { readonly account: boolean; readonly console: boolean };
  /** FEDERATION_PREFIX: the prefix of types and operations in the schema. */
  readonly namePrefix: string;
  readonly version: string;
  /** Shows hints for developers. */
  readonly isDevelopment: boolean;
}
