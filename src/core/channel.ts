/** Messages between two processes of one server. They are JSON and arrive in order. */
export interface Channel {
  send(topic: string, content: unknown): void;
  /** One listener for each topic. @param onMessage gets what the other process sends, which is of the same version */
  listen<Content>(topic: string, onMessage: (content: Content) => void): void;
}
