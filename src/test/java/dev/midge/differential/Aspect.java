package dev.midge.differential;

/** What a script that runs a tool, and a broker that serves it, can see of a run. */
enum Aspect {
  /** The exit status, or that it did not end. */
  STATUS,
  /** Standard output, byte by byte. */
  OUT,
  /** Standard error. */
  ERR,
  /** What the client wrote, packet by packet. */
  WIRE
}
